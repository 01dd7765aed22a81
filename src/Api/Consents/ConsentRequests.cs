using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;

namespace CaseFlow.Api.Consents;

/// <summary>
/// A consent as it was signed. Which elements it must have depends on its kind (42 CFR 2.31, 2.35, Wis. Stat. 51.30): one answer
/// names everything that is missing, so hardly anything is required here.
/// </summary>
/// <param name="RecipientPerson">Name, stored sealed.</param>
/// <param name="Description">In the words of the form, stored sealed.</param>
/// <param name="PurposeInWords">Stored sealed.</param>
public sealed record GrantConsentRequest(
    ConsentKind Kind,
    IReadOnlyList<string>? Disclosers = null,
    AgencyKind? DiscloserClass = null,
    IReadOnlyList<string>? Recipients = null,
    AgencyKind? RecipientClass = null,
    IReadOnlyList<Role>? RecipientRoles = null,
    string? RecipientPerson = null,
    IReadOnlyList<ConsentInformation>? Information = null,
    string? Description = null,
    IReadOnlyList<ConsentPurpose>? Purposes = null,
    string? PurposeInWords = null,
    TermPart? Term = null,
    FormPart? Form = null,
    Guid? ConsentId = null)
{
    public static readonly GrantConsentRequest Example = new(
        ConsentKind.Part2General,
        ["recovery-coaches"],
        Recipients: ["dcc"],
        Information: [ConsentInformation.Engagement, ConsentInformation.Attendance],
        Description: "Whether I meet my recovery coach, and when.",
        Purposes: [ConsentPurpose.Supervision],
        Term: TermPart.Example,
        Form: FormPart.Example);

    public ConsentDraft ToDraft() => new(
        Kind,
        Disclosers ?? [],
        DiscloserClass,
        Recipients ?? [],
        RecipientClass,
        RecipientRoles ?? [],
        Sealing.Seal(RecipientPerson),
        Information ?? [],
        Sealing.Seal(Description),
        Purposes ?? [],
        Sealing.Seal(PurposeInWords),
        (Term ?? new TermPart()).ToDraft(),
        (Form ?? new FormPart()).ToDraft());
}

/// <param name="EffectiveFrom">From the signature when it is left out.</param>
/// <param name="ExpiresOn">The event that ends it.</param>
/// <param name="IrrevocableUntil">For a criminal-justice consent alone.</param>
public sealed record TermPart(
    DateTimeOffset? EffectiveFrom = null, DateTimeOffset? ExpiresAt = null, ConsentCondition? ExpiresOn = null, ConsentCondition? IrrevocableUntil = null)
{
    public static readonly TermPart Example = new(ExpiresAt: new DateTimeOffset(2027, 3, 2, 18, 0, 0, TimeSpan.Zero));

    public TermDraft ToDraft() => new(EffectiveFrom, ExpiresAt, ExpiresOn, IrrevocableUntil);
}

/// <param name="ExplainedBy">A staff id.</param>
/// <param name="SignedName">Stored sealed.</param>
public sealed record FormPart(
    string? FormVersion = null,
    string? ExplainedBy = null,
    string? Language = null,
    RevocationRightTold? RightToRevoke = null,
    bool RedisclosureStated = false,
    bool RefusalConsequencesStated = false,
    ConsentSigner? Signer = null,
    AgeAtSigning? ClientAge = null,
    SignatureMethod? Signature = null,
    string? SignedName = null,
    DateTimeOffset? SignedAt = null)
{
    public static readonly FormPart Example = new(
        "part2-2024-02",
        "coach-1",
        "en",
        RevocationRightTold.OnTheForm,
        RedisclosureStated: true,
        RefusalConsequencesStated: true,
        ConsentSigner.Client,
        AgeAtSigning.Adult,
        SignatureMethod.Paper,
        "Dana Doe",
        new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero));

    public FormDraft ToDraft() => new(
        FormVersion, ExplainedBy, Language, RightToRevoke, RedisclosureStated, RefusalConsequencesStated, Signer, ClientAge, Signature, Sealing.Seal(SignedName), SignedAt);
}

/// <summary>Signed again; the same elements as before.</summary>
public sealed record RenewConsentRequest(TermPart Term, FormPart Form)
{
    public static readonly RenewConsentRequest Example = new(
        new TermPart(ExpiresAt: new DateTimeOffset(2028, 3, 1, 18, 0, 0, TimeSpan.Zero)),
        FormPart.Example with { SignedAt = new DateTimeOffset(2026, 3, 3, 18, 0, 0, TimeSpan.Zero) });
}

/// <summary>What a client is asked for, or refuses.</summary>
public interface IConsentQuestion
{
    ConsentKind Kind { get; }

    /// <summary>Agencies that would disclose.</summary>
    IReadOnlyList<string> Disclosers { get; }

    /// <summary>Agencies that would be told.</summary>
    IReadOnlyList<string> Recipients { get; }

    Guid? ConsentId { get; }

    WhenPart? When { get; }
}

/// <param name="Disclosers">Agencies that would disclose.</param>
/// <param name="Recipients">Agencies that would be told.</param>
public sealed record RequestConsentRequest(
    ConsentKind Kind,
    IReadOnlyList<string> Disclosers,
    IReadOnlyList<string> Recipients,
    IReadOnlyList<ConsentInformation>? Information = null,
    IReadOnlyList<ConsentPurpose>? Purposes = null,
    Guid? ConsentId = null,
    WhenPart? When = null) : IConsentQuestion
{
    public static readonly RequestConsentRequest Example =
        new(ConsentKind.Part2General, ["recovery-coaches"], ["dcc"], [ConsentInformation.Engagement], [ConsentPurpose.Supervision]);

    public ConsentScope ToScope() => new(Disclosers, null, Recipients, null, [], null, Information ?? [], Purposes ?? []);
}

/// <param name="ToldThatRefusalIsPermitted">The client was told that they may refuse.</param>
/// <param name="ConsequenceTold">What the client was told would follow, stored sealed.</param>
/// <param name="Reason">The client's own words, stored sealed.</param>
public sealed record RefuseConsentRequest(
    ConsentKind Kind,
    IReadOnlyList<string> Disclosers,
    IReadOnlyList<string> Recipients,
    bool ToldThatRefusalIsPermitted,
    string ConsequenceTold,
    string? Reason = null,
    Guid? ConsentId = null,
    WhenPart? When = null) : IConsentQuestion
{
    public static readonly RefuseConsentRequest Example = new(
        ConsentKind.Part2General, ["recovery-coaches"], ["dcc"], ToldThatRefusalIsPermitted: true, "Nothing changes for your coaching; your agent is told nothing.");

    public ConsentScope ToScope() => new(Disclosers, null, Recipients, null, [], null, [], []);
}

/// <param name="Mode">A word holds new disclosures at once; the writing revokes.</param>
/// <param name="EffectiveAt">On receipt when it is left out; never earlier.</param>
/// <param name="Words">The client's own words, stored sealed.</param>
/// <param name="RelianceNote">What was already done in reliance on it, stored sealed.</param>
public sealed record TakeBackRequest(
    RevocationMode Mode, DateTimeOffset? EffectiveAt = null, string? Words = null, string? RelianceNote = null, WhenPart? When = null)
{
    public static readonly TakeBackRequest Example = new(RevocationMode.Oral, Words: "I do not want my agent to know any more.");
}

/// <param name="Reason">Stored sealed.</param>
public sealed record LiftHoldRequest(string Reason, WhenPart? When = null)
{
    public static readonly LiftHoldRequest Example = new("The client thought it over.");
}

public sealed record ConditionRequest(ConsentCondition Condition, WhenPart? When = null)
{
    public static readonly ConditionRequest Example = new(ConsentCondition.FinalDisposition);
}

/// <param name="Reason">Why it was a mistake; stored sealed.</param>
public sealed record RetractConditionRequest(ConsentCondition Condition, string Reason, WhenPart? When = null)
{
    public static readonly RetractConditionRequest Example = new(ConsentCondition.FinalDisposition, "Entered on the wrong case.");
}
