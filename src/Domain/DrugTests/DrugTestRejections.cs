namespace CaseFlow.Domain.DrugTests;

/// <summary>Every way an act on a drug test can be refused.</summary>
public static class DrugTestRejections
{
    public static Rejection NotFound(Guid testId) =>
        new(RejectionKind.NotFound, "drug-test-not-found", $"There is no drug test {testId} here.");

    public static Rejection CauseMissing() =>
        new(RejectionKind.Unprocessable, "test-cause-missing", "A test for cause says why.", "reason");

    public static Rejection BeforeAdmission() =>
        new(RejectionKind.Unprocessable, "test-before-admission", "Nobody is tested for a day before their admission.", "day");

    public static Rejection TooFarAhead(DateOnly latest) =>
        new(RejectionKind.Unprocessable, "test-too-far-ahead", $"A test is ordered for {latest:yyyy-MM-dd} at the latest.", "day");

    public static Rejection NoticeTooLate() =>
        new(RejectionKind.Conflict, "test-notice-given", "The participant was told already, or the test is over.");

    public static Rejection DayOver() =>
        new(RejectionKind.Conflict, "test-day-over", "The day of the draw was over: nobody is asked for a specimen of it.");

    public static Rejection BeforeItsDay() =>
        new(RejectionKind.Unprocessable, "test-before-its-day", "Nobody is told of a test before its day.", "when");

    public static Rejection BeforeSelection() =>
        new(RejectionKind.Unprocessable, "test-before-selection", "Nobody is told of a test before it is ordered or drawn; an order that was entered late is corrected to when it was given.", "when");

    public static Rejection OrderTimeMissing() =>
        new(RejectionKind.Unprocessable, "test-order-time-missing", "A test that was ordered at another time is corrected by when it was.", "ordered");

    public static Rejection NoOrderCorrected() =>
        new(RejectionKind.Unprocessable, "no-test-order-corrected", "What is corrected is no order of a test; when it was ordered is not in question.", "ordered");

    public static Rejection NoResultTimeCorrected() => new(
        RejectionKind.Unprocessable, "no-test-result-time-corrected", "What is corrected is neither a result nor a confirmation; when that was reported is not in question.", "reported");

    public static Rejection ResultAndTime() =>
        new(RejectionKind.Unprocessable, "test-result-and-time", "What was found and when that was reported are corrected one after the other.", "reported");

    public static Rejection ReportedAfterDoubt() =>
        new(RejectionKind.Unprocessable, "test-result-after-doubt", "It cannot have been reported after it was contested or corrected.", "reported");

    public static Rejection TimesOneByOne(string field) =>
        new(RejectionKind.Unprocessable, "test-times-one-by-one", "Each time of a test, and what was found, is corrected by itself.", field);

    public static Rejection NoSuchTimeCorrected(string field) => new(
        RejectionKind.Unprocessable, "no-such-test-time-corrected", "What is corrected does not say that the participant was told, or gave the specimen; when that was is not in question.", field);

    public static Rejection NoticeAfterAnswer() =>
        new(RejectionKind.Unprocessable, "test-notice-after-answer", "The participant cannot have been told after the specimen was given or refused.", "notified");

    public static Rejection SpecimenAfterFinding() => new(
        RejectionKind.Unprocessable, "specimen-after-finding", "The specimen cannot have been given after it was found what is in it, or that nothing will be.", "collected");

    public static Rejection AfterTheEnd(string field) =>
        new(RejectionKind.Unprocessable, "test-after-the-end", "The participation was over by then: nobody is told of a test, or gives a specimen, after it.", field);

    public static Rejection OrderedAfterNotice() =>
        new(RejectionKind.Unprocessable, "test-ordered-after-notice", "It cannot have been ordered after the participant was told of it.", "ordered");

    public static Rejection NotNotified() =>
        new(RejectionKind.Conflict, "test-not-notified", "Nobody gives, misses or refuses a test before having been told of it.");

    public static Rejection NotTaken() =>
        new(RejectionKind.Conflict, "test-not-taken", "The test was missed or refused; correct that first if it is wrong.");

    public static Rejection AlreadyCollected() =>
        new(RejectionKind.Conflict, "specimen-already-collected", "The specimen of this test was given at another time.");

    public static Rejection AlreadyAnswered() =>
        new(RejectionKind.Conflict, "test-already-answered", "A specimen was given, or the test was missed or refused.");

    public static Rejection AnotherSpecimen() =>
        new(RejectionKind.Unprocessable, "specimen-differs", "The participant was told to give another specimen.", "specimen");

    public static Rejection IdentityNotChecked() =>
        new(RejectionKind.Unprocessable, "identity-not-checked", "Each time the identity of who gives a specimen is checked.", "identityChecked");

    public static Rejection NotWitnessed() =>
        new(RejectionKind.Unprocessable, "collection-not-witnessed", "Each collection is witnessed.", "witnessedBy");

    public static Rejection BeforeNotice() =>
        new(RejectionKind.Unprocessable, "test-before-notice", "It cannot have happened before the participant was told.", "when");

    public static Rejection WindowOpen(DateTimeOffset collectBy) =>
        new(RejectionKind.Conflict, "collection-window-open", $"The specimen can be given until {collectBy:u} (R31).");

    public static Rejection NotCollected() =>
        new(RejectionKind.Conflict, "test-not-collected", "Nothing is found in a specimen that was never given.");

    public static Rejection BeforeCollection() =>
        new(RejectionKind.Unprocessable, "result-before-collection", "A result is not there before the specimen is.", "when");

    public static Rejection BeforeResult() =>
        new(RejectionKind.Unprocessable, "contest-before-result", "Nobody contests a result before it is reported.", "when");

    public static Rejection AlreadyReported() =>
        new(RejectionKind.Conflict, "result-already-reported", "Another result is on record; confirm it or correct it.");

    public static Rejection NoResult() =>
        new(RejectionKind.Conflict, "test-without-result", "There is no result yet.");

    public static Rejection AlreadyConfirmed() =>
        new(RejectionKind.Conflict, "result-already-confirmed", "Another confirmation is on record; correct it.");

    public static Rejection ConfirmedSince() =>
        new(RejectionKind.Conflict, "result-confirmed-since", "The confirmation counts, whatever the first report said; correct that if it is wrong.", "correctedEventId");

    public static Rejection OutcomeContradicts() => new(
        RejectionKind.Unprocessable, "test-outcome-contradictory", "A positive result names what was found, each once, as codes; a negative one names nothing.", "outcome");

    public static Rejection EventUnknown(Guid eventId) =>
        new(RejectionKind.Unprocessable, "test-event-unknown", $"The event {eventId} is not one of this test.", "correctedEventId");

    public static Rejection NotCorrectable() => new(
        RejectionKind.Unprocessable, "test-event-not-correctable", "What somebody ordered, a result, a confirmation, a miss, a refusal, lateness or a finding can be corrected, and when somebody was told or gave the specimen; a draw cannot.", "correctedEventId");

    public static Rejection RightResultMissing() =>
        new(RejectionKind.Unprocessable, "right-result-missing", "A wrong result is corrected by the right one; a report that was entered here by mistake (entry) is struck out without one.", "outcome");

    public static Rejection NoResultCorrected() =>
        new(RejectionKind.Unprocessable, "no-result-corrected", "What is corrected is no result; it is struck out.", "outcome");

    public static Rejection NothingCorrected() =>
        new(RejectionKind.Unprocessable, "test-nothing-corrected", "That is what is on record.");

    public static Rejection NothingToExcuse() =>
        new(RejectionKind.Conflict, "test-nothing-to-excuse", "The test was neither missed nor refused nor given late.");

    public static Rejection NothingAwaited() =>
        new(RejectionKind.Conflict, "test-nothing-awaited", "No result of this test is awaited, so there is nothing to close; what the court ordered, and nobody gave, it may ask no more for (notAsked).");
}
