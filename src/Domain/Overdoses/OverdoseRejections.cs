namespace CaseFlow.Domain.Overdoses;

/// <summary>Every way an overdose record can say no.</summary>
public static class OverdoseRejections
{
    public static Rejection NotFound(Guid overdoseId) =>
        new(RejectionKind.NotFound, "overdose-not-found", $"There is no overdose {overdoseId}.");

    /// <summary>Somebody else's report: said before the version, so that nothing of it is told.</summary>
    public static Rejection IdTaken(Guid overdoseId) =>
        new(RejectionKind.NotFound, "overdose-id-not-free", $"The id {overdoseId} cannot be used for a new report; leave it out.", "overdoseId");

    /// <summary>Said to those who know that there is one, and to nobody else.</summary>
    public static Rejection ReportRestricted(Guid overdoseId) => new(
        RejectionKind.Forbidden, "overdose-report-restricted",
        $"What was reported of overdose {overdoseId} is not shown to you, so you cannot add to it: its reporting agency can. Report what you learned yourself as your agency's own.");

    public static Rejection ReportedDifferently(Guid overdoseId) =>
        new(RejectionKind.Conflict, "overdose-reported-differently", $"Overdose {overdoseId} is already reported, with other content. Correct it instead.", "overdoseId");

    public static Rejection DosesWithoutNaloxone() =>
        new(RejectionKind.Unprocessable, "doses-without-naloxone", "Doses are counted, yet no naloxone was given.", "naloxoneDoses");

    public static Rejection DosesOutOfRange() =>
        new(RejectionKind.Unprocessable, "doses-out-of-range", "Naloxone doses lie between 0 and 50.", "naloxoneDoses");

    public static Rejection SubstanceUnknown(string code) =>
        new(RejectionKind.Unprocessable, "substance-unknown", "A substance is not in the list of codes; leave out what is not known.", "substances");

    public static Rejection PersonAlreadyIdentified(Guid overdoseId) =>
        new(RejectionKind.Conflict, "person-already-identified", $"The person of overdose {overdoseId} is already identified as somebody else.", "clientId");

    /// <summary>What is ordered of it by itself is ordered of its person's record.</summary>
    public static Rejection PersonKnown(Guid overdoseId) => new(
        RejectionKind.Conflict, "overdose-person-known", $"The person of overdose {overdoseId} was identified: it is kept, held and erased with their record.");

    public static Rejection RuledOut(Guid overdoseId) =>
        new(RejectionKind.Conflict, "overdose-ruled-out", $"Overdose {overdoseId} was ruled out.");

    public static Rejection FatalNotRuledOut(Guid overdoseId) =>
        new(RejectionKind.Conflict, "fatality-confirmed", $"The death in overdose {overdoseId} is confirmed; it cannot be ruled out.");

    public static Rejection NothingCorrected() =>
        new(RejectionKind.Unprocessable, "nothing-corrected", "The correction says the same as the record.");

    public static Rejection ReportEventUnknown(Guid eventId) =>
        new(RejectionKind.Unprocessable, "corrected-event-unknown", $"Event {eventId} is not the report of this overdose.", "correctedEventId");

    public static Rejection NoPolicy() => new(
        RejectionKind.Conflict, "no-policy", "The jurisdiction has published no policy for that time, so the family's support cannot be scheduled (R18).");
}
