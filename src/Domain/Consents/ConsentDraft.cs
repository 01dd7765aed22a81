using CaseFlow.Domain.Agencies;

namespace CaseFlow.Domain.Consents;

/// <summary>A consent as somebody brings it: whatever the form does not say is null or empty, and named when it is checked.</summary>
/// <param name="Disclosers">Agencies that may disclose.</param>
/// <param name="Recipients">Agencies that may be told.</param>
/// <param name="RecipientRoles">Only these roles there; empty for those that <see cref="ConsentScope.IsFor"/> says.</param>
/// <param name="RecipientPerson">Name of a person who may be told.</param>
/// <param name="Description">The information in the words of the form.</param>
public sealed record ConsentDraft(
    ConsentKind Kind,
    IReadOnlyList<string> Disclosers,
    AgencyKind? DiscloserClass,
    IReadOnlyList<string> Recipients,
    AgencyKind? RecipientClass,
    IReadOnlyList<Role> RecipientRoles,
    Sealed<string>? RecipientPerson,
    IReadOnlyList<ConsentInformation> Information,
    Sealed<string>? Description,
    IReadOnlyList<ConsentPurpose> Purposes,
    Sealed<string>? PurposeInWords,
    TermDraft Term,
    FormDraft Form)
{
    /// <returns>What it permits. The person who may be told is named by the consent alone.</returns>
    public ConsentScope ToScope(Guid consentId) => new(
        Disclosers,
        DiscloserClass,
        Recipients,
        RecipientClass,
        RecipientRoles,
        RecipientPerson is null ? null : NamedId.Of(consentId, "recipient-person"),
        Information,
        Purposes);
}

/// <param name="EffectiveFrom">From the signature when it is left out.</param>
public sealed record TermDraft(
    DateTimeOffset? EffectiveFrom, DateTimeOffset? ExpiresAt, ConsentCondition? ExpiresOn, ConsentCondition? IrrevocableUntil)
{
    /// <summary>
    /// How long it holds. What is to end by an event alone ends at the policy's longest term at the latest (R60), but for a
    /// criminal-justice consent, which needs to last until the case is over.
    /// </summary>
    public ConsentTerm ToTerm(ConsentKind kind, DateTimeOffset signedAt, ConsentPolicyInForce policy)
    {
        var from = EffectiveFrom ?? signedAt;
        var until = ExpiresAt ?? (kind == ConsentKind.CriminalJustice ? null : policy.LatestEnd(from));
        return new ConsentTerm(from, until, ExpiresOn, IrrevocableUntil);
    }

    /// <returns>Whether a recorded period was made of this; an end that policy set says nothing about it.</returns>
    internal bool IsSameAs(ConsentPeriod period) =>
        (EffectiveFrom ?? period.Form.SignedAt, ExpiresAt ?? period.Term.ExpiresAt, ExpiresOn, IrrevocableUntil)
        == (period.Term.EffectiveFrom, period.Term.ExpiresAt, period.Term.ExpiresOn, period.Term.IrrevocableUntil);
}

public sealed record FormDraft(
    string? FormVersion,
    string? ExplainedBy,
    string? Language,
    RevocationRightTold? RightToRevoke,
    bool RedisclosureStated,
    bool RefusalConsequencesStated,
    ConsentSigner? Signer,
    AgeAtSigning? ClientAge,
    SignatureMethod? Signature,
    Sealed<string>? SignedName,
    DateTimeOffset? SignedAt)
{
    /// <returns>Whether a recorded form was made of this; whose name is signed, only the vault knows.</returns>
    internal bool IsSameAs(ConsentForm form) =>
        (FormVersion, ExplainedBy, Language, RightToRevoke, RedisclosureStated, RefusalConsequencesStated)
            == (form.FormVersion, form.ExplainedBy, form.Language, form.RightToRevoke, form.RedisclosureStated, form.RefusalConsequencesStated)
        && (Signer, ClientAge, Signature, SignedAt) == (form.Signer, form.ClientAge, form.Signature, form.SignedAt);

    /// <summary>The form once every element is there.</summary>
    public ConsentForm ToForm() => new(
        FormVersion!,
        ExplainedBy!,
        Language!,
        RightToRevoke!.Value,
        RedisclosureStated,
        RefusalConsequencesStated,
        Signer!.Value,
        ClientAge!.Value,
        Signature!.Value,
        SignedAt!.Value);
}
