namespace CaseFlow.Domain.Coaching;

/// <summary>Every way something about a coaching can be refused.</summary>
public static class CoachingRejections
{
    public static Rejection NotFound() =>
        new(RejectionKind.NotFound, "coaching-not-found", "There is no coaching here.");

    public static Rejection UnderWay() =>
        new(RejectionKind.Conflict, "coaching-under-way", "Coaching was agreed or ordered already.");

    public static Rejection ProviderNotUsed(string agencyId) =>
        new(RejectionKind.Unprocessable, "coaching-provider-not-used", $"The court's coaches are not those of \"{agencyId}\".", "providerAgencyId");

    public static Rejection NothingOffered() =>
        new(RejectionKind.Conflict, "coaching-not-offered", "Only an offer can be declined.");

    public static Rejection Over() =>
        new(RejectionKind.Conflict, "coaching-over", "The coaching has ended; offer or order it again first.");

    public static Rejection OrderUnsound(string field) =>
        new(RejectionKind.Unprocessable, "coaching-order-unsound", "An order says how many sessions, from when and until when, within five years.", field);

    public static Rejection OrderOver() =>
        new(RejectionKind.Unprocessable, "coaching-order-over", "The order's last day is over already.", "order.until");

    public static Rejection CoachThere() =>
        new(RejectionKind.Conflict, "coach-already-assigned", "Somebody coaches this client; they hand over first.");

    public static Rejection CoachBeforeOrder() =>
        new(RejectionKind.Unprocessable, "coach-before-order", "Nobody coaches before the day on which it was agreed or ordered.", "when");

    public static Rejection CoachBeforeLastLeft() =>
        new(RejectionKind.Unprocessable, "coach-before-last-left", "Nobody takes over before the day on which the last coach left.", "when");

    public static Rejection NotAgreed() =>
        new(RejectionKind.Conflict, "coaching-not-agreed", "The participant has not accepted, and nothing is ordered.");

    public static Rejection NoCoach() =>
        new(RejectionKind.Conflict, "coaching-without-coach", "Nobody coaches this client.");

    public static Rejection NotTheCoach() =>
        new(RejectionKind.Forbidden, "not-the-coach", "Only the coach who is assigned does that.");

    public static Rejection HandoverNoteMissing() =>
        new(RejectionKind.Unprocessable, "handover-note-missing", "Whoever hands over says what the next coach must know (R24).", "handoverNote");

    public static Rejection NoteAfterTheEnd() => new(
        RejectionKind.Conflict, "handover-note-after-end", "The coaching has ended, and not with this note; whoever assigns the next coach says what they must know.", "handoverNote");

    public static Rejection OrderEnded() => new(
        RejectionKind.Conflict, "coaching-order-ended",
        "The participation is over, and the court's order with it. Record first that the client goes on of their own free will, or end the coaching.");

    public static Rejection OrderNotEnded() =>
        new(RejectionKind.Conflict, "coaching-order-not-ended", "No court's order ended here; the coaching goes on as it is.");

    public static Rejection SessionKnown() =>
        new(RejectionKind.Conflict, "session-already-scheduled", "That session is scheduled for another time or of another kind; move it.");

    public static Rejection SessionInPast() =>
        new(RejectionKind.Unprocessable, "session-in-past", "A session is scheduled ahead.", "startsAt");

    public static Rejection SessionUnknown() =>
        new(RejectionKind.Conflict, "session-unknown", "No such session was scheduled.");

    public static Rejection SessionHeld() =>
        new(RejectionKind.Conflict, "session-already-held", "The session was held.");

    public static Rejection SessionMissed() =>
        new(RejectionKind.Conflict, "session-already-missed", "The session was missed; what is held instead is another session.");

    public static Rejection SessionToldDifferently() => new(
        RejectionKind.Conflict, "session-told-differently", "The session is on record with other content. Correct that entry, by its id, with the reason.");

    public static Rejection SessionAhead() =>
        new(RejectionKind.Conflict, "session-still-ahead", "The session has not begun; nobody has missed it.");

    public static Rejection NobodyCoachedThen() => new(
        RejectionKind.Unprocessable, "session-without-coach", "Nobody coached the client here at that time: sessions begin with the day on which a coach is assigned.", "when");

    public static Rejection AnotherCoachThen() =>
        new(RejectionKind.Unprocessable, "session-of-another-coach", "Whoever is named did not coach the client at that time.", "coachId");

    public static Rejection CoachNotCertifiedThen() =>
        new(RejectionKind.Unprocessable, "session-coach-not-certified", "Whoever is named had no certification in force at that time (R50).", "coachId");

    public static Rejection NobodyHeldIt() =>
        new(RejectionKind.Unprocessable, "session-held-by-nobody", "A session that was missed was held by nobody.", "coachId");

    public static Rejection ExcuseMissing() =>
        new(RejectionKind.Unprocessable, "session-excuse-missing", "An excuse says why.", "reason");

    public static Rejection NothingToExcuse() =>
        new(RejectionKind.Conflict, "session-nothing-to-excuse", "The session was not missed.");

    public static Rejection MinutesUnsound(int most) =>
        new(RejectionKind.Unprocessable, "session-minutes-unsound", $"A session lasts 1 to {most} minutes.", "minutes");

    public static Rejection GoalUnknown(string field) =>
        new(RejectionKind.Unprocessable, "goal-unknown", "There is no such goal in this coaching.", field);

    public static Rejection GoalClosed() =>
        new(RejectionKind.Conflict, "goal-closed", "The goal was achieved or abandoned.");

    public static Rejection ProgressUntold() =>
        new(RejectionKind.Unprocessable, "goal-progress-untold", "Progress says what came closer.", "note");

    public static Rejection PlanUnknown() =>
        new(RejectionKind.Conflict, "recovery-plan-unknown", "There is no such recovery plan in this coaching.");

    public static Rejection PlanSuperseded() =>
        new(RejectionKind.Conflict, "recovery-plan-superseded", "Another recovery plan took its place.");

    public static Rejection PlanToldDifferently() => new(
        RejectionKind.Conflict, "recovery-plan-told-differently", "A plan of that id is on record with other content. A changed plan is another plan, with an id of its own.");

    public static Rejection SignatureToldDifferently() => new(
        RejectionKind.Conflict, "recovery-plan-signature-told-differently", "That signature is on record with another time. Retract that entry, by its id, with the reason.");

    public static Rejection GoalToldDifferently() => new(
        RejectionKind.Conflict, "goal-told-differently", "A goal of that id is on record with other content. A changed goal is another goal, with an id of its own.");

    public static Rejection ReviewInPast(string field) =>
        new(RejectionKind.Unprocessable, "recovery-plan-review-in-past", "A review lies ahead.", field);

    public static Rejection InstrumentNotUsed(string code) =>
        new(RejectionKind.Unprocessable, "instrument-not-used", $"The court does not use an instrument \"{code}\".", "instrument");

    public static Rejection ScoreOutOfRange(int least, int most) =>
        new(RejectionKind.Unprocessable, "instrument-score-out-of-range", $"The total lies between {least} and {most}.", "score");

    public static Rejection BandContradicts() =>
        new(RejectionKind.Unprocessable, "instrument-band-contradicts", "The total falls into another band.", "band");

    public static Rejection AnswersNotKept() =>
        new(RejectionKind.Unprocessable, "instrument-answers-not-kept", "Of this instrument only total, band and date are kept.", "answers");

    public static Rejection AnswersUnsound(int count, int least, int most) => new(
        RejectionKind.Unprocessable, "instrument-answers-unsound", $"The instrument has {count} answers, each of {least} to {most}.", "answers");

    public static Rejection TotalWrong(int sum) =>
        new(RejectionKind.Unprocessable, "instrument-total-wrong", $"The answers add up to {sum}.", "score");

    public static Rejection AssessmentToldDifferently() => new(
        RejectionKind.Conflict, "assessment-told-differently", "The assessment is on record with other content. Correct that entry, by its id, with the reason.");

    // Corrections.

    public static Rejection EntryUnknown() =>
        new(RejectionKind.Conflict, "coaching-entry-unknown", "The coaching has no entry of that id.");

    public static Rejection EntryNotCorrectable() => new(
        RejectionKind.Conflict, "coaching-entry-not-correctable",
        "An entry of this kind is not corrected so: what follows on it says what is right.");

    public static Rejection EntryRetracted() =>
        new(RejectionKind.Conflict, "coaching-entry-retracted", "The entry is retracted; what is right is recorded anew.");

    public static Rejection EntryRestedOn() =>
        new(RejectionKind.Conflict, "coaching-entry-rested-on", "A later entry rests on this one; retract that one first.");

    public static Rejection NotTheRecorder() => new(
        RejectionKind.Forbidden, "not-the-recorder", "Whoever recorded an entry corrects it, or who leads the coaches there.");
}
