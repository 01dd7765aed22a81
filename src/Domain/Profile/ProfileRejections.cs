namespace CaseFlow.Domain.Profile;

/// <summary>Every way a profile can say no; none repeats a personal value.</summary>
public static class ProfileRejections
{
    public static Rejection CodeUnknown(string field) =>
        new(RejectionKind.Unprocessable, "profile-code-not-in-policy", "The policy in force does not list this code.", field);

    public static Rejection ValueMissing(string field) =>
        new(RejectionKind.Unprocessable, "profile-value-missing", "There is nothing to record.", field);

    public static Rejection AnswerMissing() =>
        new(RejectionKind.Unprocessable, "demographics-answer-missing", "There is no answer; a client who gives none has declined, or was not asked.", "codes");

    public static Rejection DeclinedExcludesOthers() => new(
        RejectionKind.Unprocessable, "demographics-declined-excludes-others", "Whoever declines to answer gives no other answer beside it.", "codes");

    public static Rejection OneAnswerOnly() =>
        new(RejectionKind.Unprocessable, "demographics-one-answer-only", "This question has one answer, and none twice.", "codes");

    public static Rejection SelfDescriptionMismatch() => new(
        RejectionKind.Unprocessable,
        "demographics-self-description-mismatch",
        "Own words go with the code self-described, and that code with own words.",
        "selfDescribed");

    public static Rejection NotAnswered() =>
        new(RejectionKind.Conflict, "demographics-not-answered", "Your agency has no answer to this question that could be corrected.", "field");

    public static Rejection EndsBeforeItBegins() =>
        new(RejectionKind.Unprocessable, "place-ends-before-it-begins", "Nobody leaves a place before they came there.", "until");

    public static Rejection Ahead(string field) =>
        new(RejectionKind.Unprocessable, "place-date-ahead", "That day lies ahead.", field);

    public static Rejection PlaceNotFound(Guid placeId) =>
        new(RejectionKind.NotFound, "place-not-found", $"Your agency knows no place {placeId} of the client.");

    public static Rejection NeedCodeMismatch() => new(
        RejectionKind.Unprocessable, "need-code-mismatch", "A language, disability or accommodation has a code; a self-advocate has none.", "code");

    public static Rejection NeedNotFound(Guid needId) =>
        new(RejectionKind.NotFound, "need-not-found", $"Your agency knows no communication need {needId} of the client.");

    public static Rejection ContactNotFound(Guid contactId) =>
        new(RejectionKind.NotFound, "emergency-contact-not-found", $"Your agency knows no emergency contact {contactId} of the client.");

    public static Rejection FamilyOfOneself() =>
        new(RejectionKind.Unprocessable, "family-of-oneself", "Nobody is their own family.", "otherClientId");

    public static Rejection FamilyLinkNotFound(Guid linkId) =>
        new(RejectionKind.NotFound, "family-link-not-found", $"Your agency knows no family link {linkId} of the client.");

    public static Rejection NotVictimServices() => new(
        RejectionKind.Forbidden, "not-victim-services", "Only an agency that the directory has as victim services opens such a record.");
}
