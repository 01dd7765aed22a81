using System.Globalization;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Courts;

/// <summary>Every way an entry of a participation can be refused.</summary>
public static class ParticipationRejections
{
    public static Rejection NotFound(Guid participationId) => new(
        RejectionKind.NotFound, "participation-not-found", $"There is no participation {participationId}.");

    public static Rejection AlreadyOpen() => Conflict("participation-already-open", "The client takes part, or is referred, already; one at a time.");

    public static Rejection Over(ParticipationStage stage) => Conflict("participation-over", $"The participation is over ({PlainNames.Words(stage)}); this is not added to it.");

    public static Rejection WrongStage(ParticipationStage stage) => Conflict("participation-stage-wrong", $"The participation is at another stage ({PlainNames.Words(stage)}).");

    public static Rejection EntryToldDifferently(Guid entryId) => Conflict(
        "court-entry-told-differently", $"Entry {entryId} is recorded with other content. Retract it, and record it anew.", "entryId");

    public static Rejection BeforeReferral() => Invalid("before-referral", "This cannot have happened before the client was referred.", "when");

    public static Rejection BeforeAdmission() => Invalid("before-admission", "This cannot have happened before the client was admitted.", "when");

    public static Rejection BeforeTheEnd() => Invalid("before-the-end", "This cannot have happened before the participation ended.", "when");

    public static Rejection FileNotAllowed(CourtFile file) => Invalid(
        "court-file-not-allowed", $"An entry of this kind does not go to the {PlainNames.Words(file)} file (R39).", "file");

    public static Rejection DecidedByNobody() => Invalid("decided-by-nobody", "The team decides this, by name; it is never done by the system (R33).", "decidedBy");

    public static Rejection DeciderTwice() => Invalid("decider-twice", "Each person is named once.", "decidedBy");

    public static Rejection DeciderUnknown(string staffId) => Invalid("decider-unknown", $"Nobody with the id \"{staffId}\" works here.", "decidedBy");

    public static Rejection DeciderOfAnotherCourt(string staffId) =>
        Invalid("decider-of-another-court", $"\"{staffId}\" judges or coordinates elsewhere; only this court's own decide here.", "decidedBy");

    public static Rejection NotByAJudge() => Invalid("not-by-a-judge", "A judge of the court decides this.", "decidedBy");

    public static Rejection ReasonMissing() => Invalid("court-reason-missing", "This needs its reason in words.", "words");

    public static Rejection TermsMissing() => Invalid("condition-terms-missing", "A condition says in words what is to be done.", "words");

    public static Rejection SanctionWithoutReason() => Invalid("sanction-without-reason", "A sanction says in words why it is imposed.", "words");

    public static Rejection OfficerUnknown() => Invalid("court-officer-unknown", "No agent of that name is at work.", "officerId");

    public static Rejection CodeUnknown(string field) => Invalid("court-code-unknown", "It is none of the court's own codes.", field);

    public static Rejection AmountOutOfRange(string field, long least, long most) => Invalid(
        "court-amount-out-of-range", string.Create(CultureInfo.InvariantCulture, $"It lies between {least} and {most}."), field);

    // Referral to admission.

    public static Rejection ScreeningIncomplete() => Invalid("screening-incomplete", "A screening of risk and need says both.", "risk");

    public static Rejection ScreeningAfterDecision() => Invalid(
        "screening-after-decision", "What is recorded anew in the place of a retracted screening was found before the court decided.", "when");

    public static Rejection ScreeningsMissing(IReadOnlyCollection<string> missing) => Conflict(
        "screenings-missing", $"Not yet screened: {string.Join(", ", missing)}.");

    public static Rejection ScreeningNotMet(string kind) => Conflict("screening-not-met", $"The last screening ({kind}) says that the client is not suitable.");

    public static Rejection LegalBasisNotHere() => Invalid("legal-basis-not-here", "The court admits nobody on this basis.", "basis");

    public static Rejection LegalBasisUnsigned() => Invalid("legal-basis-unsigned", "Its document is signed by the day of the admission.", "documentSignedOn");

    public static Rejection LegalBasisOver() => Invalid("legal-basis-over", "It ends after the day of the admission.", "basisEndsOn");

    public static Rejection CompletionNotOfBasis() => Invalid("completion-not-of-basis", "Completing a programme on this basis cannot mean that.", "onCompletion");

    public static Rejection ConsentsMissing(IReadOnlyCollection<string> missing) => Conflict(
        "consents-missing", $"No consent in force lets these tell the team: {string.Join(", ", missing)}. Take them, or state the legal reason to admit without (R38).", "overrideReason");

    /// <param name="what">What was done about a test, and when.</param>
    public static Rejection AdmittedAfter(string what) => Invalid(
        "admitted-after-a-test", $"Nobody is tested before the admission, and this is on record of before it: {what}.", "when");

    public static Rejection CourtFull(int taken, int capacity) => Conflict(
        "court-full", string.Create(CultureInfo.InvariantCulture, $"{taken} of the court's {capacity} places are taken; nobody is admitted until one is given back."));

    // Phases.

    public static Rejection AdmittedIsNotTakenBack() => Invalid(
        "closed-after-admission", "Of somebody who was admitted no referral is taken back: they withdraw, or it ends after a hearing, or for another of these reasons.", "reason");

    public static Rejection PhaseUnknown() => Invalid("phase-unknown", "The programme has no such phase.", "phase");

    public static Rejection PhaseNotFirst(string first) => Invalid("phase-not-first", $"The participant has been in no phase yet, and begins in the first one, {first}.", "phase");

    public static Rejection PhaseAssignedAlready() => Conflict("phase-assigned-already", "The participant is in a phase; the team advances or returns them.");

    public static Rejection PhaseNotInVersion() => Conflict("phase-not-in-version", "The programme of today has no phase of that name; assign one first.");

    public static Rejection PhaseNotNext() => Conflict("phase-not-next", "It is not the phase after the current one.", "toPhase");

    public static Rejection PhaseNotEarlier() => Conflict("phase-not-earlier", "It is not a phase before the current one.", "toPhase");

    public static Rejection BeforeThePhase() => Invalid("before-the-phase", "This cannot have happened before the current phase began.", "when");

    public static Rejection ObjectivesOpen(IReadOnlyCollection<string> open) => Conflict("objectives-open", $"Neither met nor waived (R33): {string.Join(", ", open)}.");

    public static Rejection TeamIncomplete(int persons, IReadOnlyCollection<string> roles) => Invalid(
        "team-incomplete",
        string.Create(CultureInfo.InvariantCulture, $"The team decides this: {persons} people of it at least{(roles.Count > 0 ? $", among them by role: {string.Join(", ", roles)}" : "")} (R33)."),
        "decidedBy");

    public static Rejection StaffingUnknown() => Conflict("staffing-unknown", "There is no such staffing that was held by then.", "staffingId");

    public static Rejection NotAtTheStaffing(string staffId) => Invalid(
        "decider-not-at-staffing", $"\"{staffId}\" was not at the staffing that is named.", "decidedBy");

    public static Rejection PhaseTooShort(int days) => Conflict(
        "phase-too-short", string.Create(CultureInfo.InvariantCulture, $"The phase takes {days} days at least (R33)."));

    public static Rejection SobrietyTooShort(int days) => Conflict(
        "sobriety-too-short", string.Create(CultureInfo.InvariantCulture, $"{days} consecutive days of sobriety are asked; the team states how many it counts (R33)."), "sobrietyDays");

    public static Rejection SobrietyContradicted(int days, DateOnly since) => Conflict(
        "sobriety-contradicted-by-tests",
        string.Create(CultureInfo.InvariantCulture, $"By the court's own tests there are {days} consecutive days of sobriety, since {since:yyyy-MM-dd}; fewer than are stated or asked (R32, R33)."),
        "sobrietyDays");

    public static Rejection SobrietyBeforeAdmission(int days) => Invalid(
        "sobriety-before-admission",
        string.Create(CultureInfo.InvariantCulture, $"The admission was {days} days ago: sobriety is counted in the programme, and nobody has more days of it (R33, R40)."),
        "sobrietyDays");

    public static Rejection ObjectiveUnknown() => Invalid("objective-unknown", "The phase has no such objective.", "objective");

    public static Rejection ObjectiveOfAnotherPhase() => Conflict(
        "objective-of-another-phase", "The participant is in another phase; an objective is met or waived in its own.", "phase");

    public static Rejection ObjectiveSettled() => Conflict("objective-settled", "It is met or waived already.", "objective");

    public static Rejection PlanWithoutParticipant() => Invalid(
        "remedial-plan-without-participant", "The plan for a return is made with the participant (R34).", "madeWithParticipant");

    // Hearings and conditions.

    public static Rejection HearingInThePast() => Invalid("hearing-in-the-past", "A hearing is set for a time ahead of when it is set; one that nobody entered beforehand is entered with when it was set.", "scheduledAt");

    public static Rejection HearingUnknown() => Conflict("hearing-unknown", "There is no such hearing that is scheduled and neither held nor missed.", "hearingId");

    public static Rejection HearingStillAhead() => Conflict("hearing-still-ahead", "The hearing still lies ahead.", "when");

    public static Rejection HearingNotHeld() => Invalid("hearing-not-held", "This names the hearing that was held about it.", "hearingId");

    public static Rejection NobodyAttended() => Invalid("staffing-without-anybody", "A staffing names who was there.", "attendees");

    public static Rejection DueInThePast() => Invalid("due-before-ordered", "It is due on the day of the order or later.", "dueOn");

    public static Rejection ConditionNotOpen() => Conflict("condition-not-open", "There is no such condition, or it is satisfied or lifted.");

    public static Rejection WarrantNotOpen() => Conflict("warrant-not-open", "There is no such warrant, or it is quashed.");

    // Responses and orders.

    public static Rejection SanctionForSymptom() => Invalid(
        "sanction-for-symptom", "This behaviour is part of the illness: it is answered by a change of service, never by a sanction (R37).", "behaviour");

    public static Rejection SanctionForCompliance() => Invalid(
        "sanction-for-compliance", "The court's matrix counts this behaviour as doing what was asked: it is never sanctioned.", "behaviour");

    public static Rejection IncentiveForNonCompliance() => Invalid(
        "incentive-for-non-compliance", "The court's matrix counts this behaviour as not doing what was asked: no incentive answers it.", "behaviour");

    public static Rejection TreatmentSourceUnknown() => Invalid(
        "treatment-source-unknown", "A change of service is advised by an agency that the court names as treating its participants (R37).", "treatmentAgencyId");

    public static Rejection JailNotUsed() => Conflict("jail-not-used", "The court does not use jail as a sanction.");

    /// <param name="days">The court's limit.</param>
    /// <param name="together">Days that nobody was heard about.</param>
    /// <param name="hearing">Why the hearing that is named is none about these days; null where none is named.</param>
    public static Rejection JailOverLimitWithoutHearing(int days, int together, string? hearing = null) => Conflict(
        "jail-over-limit-without-hearing",
        string.Create(CultureInfo.InvariantCulture, $"More than {days} days of jail need a hearing held about them; with what was imposed without one these are {together} (R36).{(hearing is null ? "" : $" The hearing that is named {hearing}.")}"),
        hearing is null ? "days" : "hearingId");

    public static Rejection JailDaysAhead(int gone) => Conflict(
        "jail-days-ahead", string.Create(CultureInfo.InvariantCulture, $"By then {gone} days have gone by since the jail began: no more were served."), "days");

    public static Rejection JailDaysExceeded() => Conflict("jail-days-exceeded", "There is no such jail sanction, or not so many days of it are left.", "days");

    public static Rejection OrderUnknown() => Conflict("court-order-unknown", "There is no such order.");

    public static Rejection AmountOverOpen(long open) => Conflict(
        "amount-over-open", string.Create(CultureInfo.InvariantCulture, $"Only {open} of it are open."));

    // The end.

    public static Rejection TerminationProposedAlready() => Conflict("termination-proposed-already", "A proposal to terminate is open; hear that one.");

    public static Rejection TerminationNotProposed() => Conflict("termination-not-proposed", "There is no such proposal to terminate that is open.");

    public static Rejection TerminationNotHeard() => Conflict("termination-not-heard", "Nobody is terminated before a hearing decided it.");

    public static Rejection CounselNeitherPresentNorWaived() => Conflict(
        "termination-without-counsel", "Nobody's participation is ended at a hearing without counsel, unless they waived it: say so, and in words how.", "counselWaived");

    public static Rejection CounselPresentAndWaived() => Invalid("counsel-present-and-waived", "Counsel was there, or was waived.", "counselWaived");

    public static Rejection NotAnotherJudge(string staffId) => Conflict(
        "not-another-judge",
        $"\"{staffId}\" has decided in this participation, or sat with its team: another judge hears and ends it, or the participant waives that.",
        "decidedBy");

    public static Rejection GraduationRequirementsOpen(IReadOnlyCollection<string> open) => Conflict(
        "graduation-requirements-open", $"Not yet (R40): {string.Join(", ", open)}.");

    // Corrections.

    public static Rejection EntryUnknown() => Conflict("court-entry-unknown", "There is no such entry, or it is retracted, or a retraction itself.");

    public static Rejection EntryRestedOn() => Conflict("court-entry-rested-on", "Later entries rest on this one; retract those first.");

    private static Rejection Conflict(string code, string reason, string? field = null) => new(RejectionKind.Conflict, code, reason, field);

    private static Rejection Invalid(string code, string reason, string field) => new(RejectionKind.Unprocessable, code, reason, field);
}
