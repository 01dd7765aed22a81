namespace CaseFlow.Domain.Disclosures;

/// <summary>Every way a disclosure can be refused.</summary>
public static class DisclosureRejections
{
    public static Rejection ToldDifferently(Guid disclosureId) => new(
        RejectionKind.Conflict, "disclosure-told-differently", $"Disclosure {disclosureId} is already recorded, with other content.", "disclosureId");

    public static Rejection NotOwnAgency() => new(
        RejectionKind.Forbidden, "disclosure-not-own-agency", "An agency accounts for its own disclosures; the privacy officer for anybody's.", "disclosingAgency");

    public static Rejection ContentMissing() => new(
        RejectionKind.Unprocessable, "disclosure-content-missing", "A disclosure says what was told, by codes in kebab-case.", "content");

    public static Rejection RecipientMissing() => new(
        RejectionKind.Unprocessable, "disclosure-recipient-missing", "A disclosure says who was told: an agency, or a name.", "recipientAgency");

    public static Rejection RecipientIsDiscloser() => new(
        RejectionKind.Unprocessable, "disclosure-within-agency", "What stays within the agency is no disclosure.", "recipientAgency");

    public static Rejection AgencyUnknown() => new(
        RejectionKind.Unprocessable, "disclosure-agency-unknown", "The directory knows no such agency; somebody outside of it is named by name.", "recipientAgency");

    public static Rejection BasisMissing() => new(
        RejectionKind.Unprocessable, "disclosure-basis-missing", "A disclosure by consent, court order, audit grant or emergency access names it.", "basisId");

    public static Rejection LawMissing() => new(
        RejectionKind.Unprocessable, "disclosure-law-missing", "What a law asks for names that law, or the order made under it, by a code in kebab-case.", "law");

    public static Rejection BasisNotInForce() => new(
        RejectionKind.Conflict,
        "disclosure-basis-not-in-force",
        "The consent, order, grant or emergency access named did not permit this disclosure then, or not at every moment of the day that is stated: then say at what time it was. Told all the same, it is recorded without a basis, and is a suspected breach.",
        "basisId");

    public static Rejection NoticeMissing() => new(
        RejectionKind.Unprocessable,
        "disclosure-notice-missing",
        "A Part 2 record told by consent carries the notice on redisclosure (42 CFR 2.32); name its version.",
        "noticeVersion");

    public static Rejection ProceedingsNeedConsentOrOrder() => new(
        RejectionKind.Conflict,
        "proceedings-need-consent-or-order",
        "A Part 2 record is not used against the client without their consent or a court order (42 CFR 2.12(d), R67).",
        "purpose");

    public static Rejection NotBySystem() => new(
        RejectionKind.Unprocessable, "disclosure-not-by-system", "What is read in the system is recorded by the system itself.", "method");
}
