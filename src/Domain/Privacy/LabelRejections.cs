namespace CaseFlow.Domain.Privacy;

/// <summary>Every way a label can be refused.</summary>
public static class LabelRejections
{
    public static Rejection LawEnforcementSensitive() => new(
        RejectionKind.Unprocessable,
        "law-enforcement-sensitive",
        "Law-enforcement-sensitive content is not recorded here: direct it to the investigator in charge, and record only that you did [Seed 3].");

    /// <summary>What was sent is not said again: it may be anybody's words, and answers end up in logs of others.</summary>
    public static Rejection Unknown() => new(RejectionKind.Unprocessable, "label-unknown", "One of them is no label.", "labels");

    public static Rejection ProgramNotOpen(string programId) =>
        new(RejectionKind.Unprocessable, "filing-program-not-open", $"The agency has no open programme \"{programId}\".", "filedAs.program");

    public static Rejection NoCourtFile() => new(
        RejectionKind.Unprocessable, "filing-no-court-file", "Only a court keeps an open and a confidential file.", "filedAs.file");

    public static Rejection NotAPeerNote() => new(
        RejectionKind.Unprocessable, "filing-not-a-peer-note", "Only a peer worker's own note is private to the worker.", "filedAs.workerPrivate");

    public static Rejection CannotBePrivate() => new(
        RejectionKind.Unprocessable, "label-not-a-peer-note", "Only a peer worker's own note, contact or session is private to the worker.", "labels");

    public static Rejection NotOfSource() => new(
        RejectionKind.Unprocessable,
        "label-not-of-source",
        "By the directory neither the agency nor a programme of it has records under that label, which keeps them from those who watch over the record or from the client: the privacy officer decides.",
        "labels");

    public static Rejection BoundByOrder() => new(
        RejectionKind.Conflict, "label-bound-by-order", "An order about this class of the record stands, and what is of the class stays of it: have the order lifted first.", "labels");

    public static Rejection EntryNotFound(Guid eventId) =>
        new(RejectionKind.NotFound, "labelled-entry-not-found", $"The client's record has no entry {eventId} whose labels you may correct.");

    public static Rejection CourtFilesBoth() => new(
        RejectionKind.Unprocessable, "label-both-court-files", "An entry is in the court's open file or in the confidential one.", "labels");
}
