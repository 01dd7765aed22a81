using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.Privacy;

/// <summary>What goes with everything that another agency is told by the client's consent (42 CFR 2.32).</summary>
/// <param name="Version">Of the wording.</param>
/// <param name="Text">The notice.</param>
/// <param name="Consents">The scope of each consent that the answer rests on.</param>
public sealed record RedisclosureNoticeShown(string Version, string Text, IReadOnlyList<ConsentScopeShown> Consents);

/// <param name="Disclosers">Agencies that may disclose.</param>
/// <param name="Recipients">Agencies that may be told.</param>
/// <param name="ExpiresAt">When it ends; null where only an event ends it.</param>
public sealed record ConsentScopeShown(
    Guid ConsentId,
    ConsentKind Kind,
    IReadOnlyList<string> Disclosers,
    AgencyKind? DiscloserClass,
    IReadOnlyList<string> Recipients,
    AgencyKind? RecipientClass,
    IReadOnlyList<Role> RecipientRoles,
    IReadOnlyList<ConsentInformation> Information,
    IReadOnlyList<ConsentPurpose> Purposes,
    DateTimeOffset? ExpiresAt,
    ConsentCondition? ExpiresOn)
{
    internal static ConsentScopeShown Of(Consent consent) => new(
        consent.ConsentId,
        consent.Kind,
        consent.Scope.Disclosers,
        consent.Scope.DiscloserClass,
        consent.Scope.Recipients,
        consent.Scope.RecipientClass,
        consent.Scope.RecipientRoles,
        consent.Scope.Information,
        consent.Scope.Purposes,
        consent.Latest.Term.ExpiresAt,
        consent.Latest.Term.ExpiresOn);
}

/// <summary>What another agency's record costs before an answer with it may leave: the notice on it, and the disclosure on record.</summary>
public sealed class RedisclosureNotices(JurisdictionTime time, DisclosureDesk disclosures, TimeProvider clock)
{
    /// <summary>Names the version of the notice that the body carries.</summary>
    public const string Header = "Redisclosure-Notice";

    /// <summary>Records what is told, ends the consents that were for once, and puts the notice on the answer.</summary>
    /// <returns>The notice in the wording of the policy in force, also named in the answer's header; null for an answer that rests on no consent.</returns>
    /// <exception cref="DisclosureNotRecordedException">The answer stays here.</exception>
    public async Task<RedisclosureNoticeShown?> OnAsync(
        HttpResponse response, Actor reader, IReadOnlyList<Consent> consents, IReadOnlyList<RecordTold> told, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var policy = consents.Count == 0 ? null : await time.PolicyAtAsync(reader.Jurisdiction, now, cancellation);
        var notice = consents.Count == 0 ? null : policy?.Policy.Redisclosure ?? RedisclosureNotice.Prescribed;
        await disclosures.RecordAsync(reader, told, notice?.Version, cancellation);
        var once = consents.Where(consent => consent.IsForOnceAt(now) && !consent.GoesOn).Select(consent => (Guid?)consent.ConsentId).ToHashSet();
        foreach (var one in told.Where(one => one.Basis == DisclosureBasis.Consent && once.Contains(one.BasisId)).DistinctBy(one => one.BasisId))
            await disclosures.EndConsentAsync(reader, one, cancellation);
        if (notice is null)
            return null;
        response.Headers[Header] = notice.Version;
        return new RedisclosureNoticeShown(notice.Version, notice.Text, [.. consents.Select(ConsentScopeShown.Of)]);
    }
}
