using System.Globalization;

namespace CaseFlow.Domain.Clients;

/// <summary>Every way a client's record can say no; none of them repeats a personal value.</summary>
public static class ClientRejections
{
    public static Rejection NotFound(Guid clientId) =>
        new(RejectionKind.NotFound, "client-not-found", $"There is no client {clientId}.");

    public static Rejection RegisteredDifferently(Guid clientId) => new(
        RejectionKind.Conflict, "client-registered-differently", $"Client {clientId} is registered with another name. Record the name instead.", "name");

    public static Rejection NameIncomplete(string field) =>
        new(RejectionKind.Unprocessable, "client-name-incomplete", "A name has a given and a family name; without either the client is anonymous.", field);

    public static Rejection BirthDateInvalid() =>
        new(RejectionKind.Unprocessable, "birth-date-invalid", "A birth date is a calendar date such as 1990-12-31.", "bornOn");

    public static Rejection BirthDateInFuture() =>
        new(RejectionKind.Unprocessable, "birth-date-in-future", "A birth date does not lie ahead.", "bornOn");

    public static Rejection BirthDateTooLongAgo() =>
        new(RejectionKind.Unprocessable, "birth-date-too-long-ago", "Nobody is older than 120 years.", "bornOn");

    public static Rejection ValueMissing(string field) =>
        new(RejectionKind.Unprocessable, "client-value-missing", "There is nothing to record.", field);

    public static Rejection TextOnlyToPhone() =>
        new(RejectionKind.Unprocessable, "text-only-to-phone", "Only a phone can be safe to text.", "safeToText");

    public static Rejection ContactPointAddedDifferently() => new(
        RejectionKind.Conflict,
        "contact-point-added-differently",
        "The client has this contact point already, with other safety flags. Flag it instead.",
        "value");

    public static Rejection DuplicateOfItself() =>
        new(RejectionKind.Unprocessable, "duplicate-of-itself", "A client is no duplicate of itself; name two.");

    public static Rejection ContactPointNotFound(Guid contactPointId) =>
        new(RejectionKind.NotFound, "contact-point-not-found", $"The client has no contact point {contactPointId}.");

    public static Rejection IdentifierInvalid() =>
        new(RejectionKind.Unprocessable, "identifier-invalid", "An identifier has letters or digits, and at most 64 characters.", "value");

    public static Rejection IdentifierOfAnotherClient() => new(
        RejectionKind.Conflict,
        "identifier-of-another-client",
        "Another client has this identifier. One of the two is a mistake, or both are one person.",
        "value");

    public static Rejection IdentifierNotFound(Guid identifierId) =>
        new(RejectionKind.NotFound, "identifier-not-found", $"The client has no identifier {identifierId}.");

    public static Rejection HasAName() =>
        new(RejectionKind.Conflict, "client-has-a-name", "A code word is for a client who gave no name.", "codeWord");

    public static Rejection CodeWordWeak(int letters) => new(
        RejectionKind.Unprocessable,
        "code-word-weak",
        string.Create(
            CultureInfo.InvariantCulture,
            $"A code word has at least {letters} letters or digits, four of them different, and is none that anybody would guess."),
        "codeWord");

    public static Rejection CodeWordUsed() =>
        new(RejectionKind.Conflict, "code-word-used", "Somebody else has this word with your agency; take another.", "codeWord");

    public static Rejection CodeUnknown(string field) =>
        new(RejectionKind.Unprocessable, "code-not-in-policy", "The policy in force does not list this code.", field);

    public static Rejection NoNameToVerify() =>
        new(RejectionKind.Conflict, "no-name-to-verify", "Whose name nobody knows cannot be verified to have it.");

    public static Rejection DocumentKindMismatch() => new(
        RejectionKind.Unprocessable, "document-kind-mismatch", "A document that was seen has a kind; no other way of verifying has one.", "documentKind");

    public static Rejection Deceased() =>
        new(RejectionKind.Conflict, "client-deceased", "The client had died by then, as the record says; whoever has died decides nothing any more.");

    public static Rejection ParticipantDeceased() => new(
        RejectionKind.Conflict, "participant-deceased",
        "The participant had died by then, as a record of theirs says: nobody is tested, sanctioned, sought or said to have failed any more. The court closes the participation.");

    public static Rejection DeathRecordedDifferently() => new(
        RejectionKind.Conflict, "death-recorded-differently", "The death is on record with another time or verifier; take that back first.");

    public static Rejection NoDeathRecorded() =>
        new(RejectionKind.Conflict, "no-death-recorded", "No death is on record that could be taken back.");
}
