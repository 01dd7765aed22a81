namespace CaseFlow.Domain.Disclosures;

/// <summary>Every way a client's request about the own record, or its answer, can be refused.</summary>
public static class RecordRightsRejections
{
    public static Rejection NotFound(Guid requestId) =>
        new(RejectionKind.NotFound, "rights-request-not-found", $"The client made no such request {requestId}.");

    public static Rejection AskedDifferently(Guid requestId) => new(
        RejectionKind.Conflict, "rights-request-asked-differently", $"Request {requestId} is recorded already, with other content.", "requestId");

    public static Rejection AnsweredDifferently(Guid requestId) => new(
        RejectionKind.Conflict, "rights-request-answered-differently", $"Request {requestId} was answered already, otherwise.");

    public static Rejection AgencyUnknown(string agencyId) =>
        new(RejectionKind.Unprocessable, "amendment-agency-unknown", $"There is no agency \"{agencyId}\" whose record could be amended.", "agencyId");

    public static Rejection EntryNotFound(Guid eventId) => new(
        RejectionKind.Conflict,
        "amended-entry-not-found",
        $"The agency's record has no entry {eventId} that could be amended; a request about what is no part of the record is denied as that.");

    public static Rejection NothingToDisagreeWith(Guid requestId) => new(
        RejectionKind.Conflict, "amendment-not-denied", $"The amendment {requestId} was not denied; a statement of disagreement follows a denial.");

    public static Rejection ReasonMissing() => new(
        RejectionKind.Unprocessable, "amendment-reason-missing", "A denial says why, in plain words.", "reason");

    public static Rejection DisagreementStatedDifferently(Guid requestId) => new(
        RejectionKind.Conflict,
        "disagreement-stated-differently",
        $"The disagreement with the denial of {requestId} is on record in other words; more is said by asking for an amendment anew.");

    public static Rejection NotForOwnRecord() => new(
        RejectionKind.Forbidden, "purpose-not-own-record", "A client's copy is made for the purpose own-record; the token says another.");

    public static Rejection NotOpen(Guid requestId) =>
        new(RejectionKind.Conflict, "records-request-not-open", $"Request {requestId} was fulfilled already; a further copy is made for a new request.");

    public static Rejection CopyNotMade(Guid requestId) => new(
        RejectionKind.Conflict,
        "records-copy-not-made",
        $"No copy was made for request {requestId}. Make it first, for the purpose own-record, then say how it was given.");

    public static Rejection AccountingNotMade(Guid requestId) => new(
        RejectionKind.Conflict,
        "accounting-not-made",
        $"No accounting was made for request {requestId}. Read it with its requestId first, then say how it was given.");
}
