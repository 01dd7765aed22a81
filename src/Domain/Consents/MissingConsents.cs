using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Consents;

/// <summary>Why a source may not tell a court what monitoring takes.</summary>
public enum ConsentGap
{
    /// <summary>Nothing that the client signed lets it.</summary>
    None,

    /// <summary>Nothing new is told for now: the client said that they take it back, and has not written it yet (R61).</summary>
    Held,

    /// <summary>The source agreed with the client not to tell (45 CFR 164.522).</summary>
    Restricted,

    /// <summary>Taken back in writing.</summary>
    Revoked,

    /// <summary>Over by its date or event.</summary>
    Expired,

    /// <summary>A consent is in force between the two, but not for all that monitoring takes, nor for everybody who monitors, nor of a kind
    /// that law lets the record go by.</summary>
    DoesNotCover,
}

/// <summary>What one source may not tell a court, for one reason.</summary>
/// <param name="Source">The agency whose records they are.</param>
/// <param name="Information">What the court does not get.</param>
/// <param name="Roles">Who of the court's team does not get it.</param>
/// <param name="ConsentId">The consent that stands in the way or falls short; null when there is none.</param>
public sealed record MissingConsent(
    string Source, ConsentGap Gap, IReadOnlyList<ConsentInformation> Information, IReadOnlyList<Role> Roles, Guid? ConsentId)
{
    public bool Equals(MissingConsent? other) => other is not null
        && (Source, Gap, ConsentId) == (other.Source, other.Gap, other.ConsentId)
        && Information.SequenceEqual(other.Information)
        && Roles.SequenceEqual(other.Roles);

    public override int GetHashCode() => HashCode.Combine(Source, Gap, ConsentId, Information.Count, Roles.Count);
}

/// <summary>
/// Which sources of a client's treatment lack a consent in force that names a court (R38). It is asked of the decision about records
/// itself, so the list and what the court sees never differ: a hard stop on the data, which this only tells of, and a soft stop on an
/// admission, which goes on with a legal reason.
/// </summary>
public static class MissingConsents
{
    /// <summary>Who reads what monitoring takes for the court at every hearing.</summary>
    private static readonly Role[] Team = [Role.Coordinator, Role.Judge];

    /// <param name="court">The court's agency.</param>
    /// <param name="grounds">The client's consents, at the instant asked about.</param>
    /// <param name="sources">The sources that the asker may know of; the court itself is none.</param>
    /// <param name="policy">What monitoring takes.</param>
    /// <returns>By source and reason; a source from which the court gets all of it is not named.</returns>
    public static IReadOnlyList<MissingConsent> Of(
        string court, ConsentGrounds grounds, IEnumerable<ProtectedSource> sources, ConsentPolicy policy) =>
        Of(court, grounds, sources, policy, gap => gap);

    /// <summary>The same as the court's team is told it: what a client agreed with a source not to tell the court shows as held, not why.</summary>
    public static IReadOnlyList<MissingConsent> ToldTo(
        string court, ConsentGrounds grounds, IEnumerable<ProtectedSource> sources, ConsentPolicy policy) =>
        Of(court, grounds, sources, policy, gap => gap == ConsentGap.Restricted ? ConsentGap.Held : gap);

    /// <summary>
    /// The sources that a court may know of: those that a consent, or a request for one, that names the court names by their id. What
    /// the client's record holds has no part in it, so that asking for consents finds out nothing.
    /// </summary>
    /// <param name="court">The court's agency.</param>
    /// <param name="consents">The client's.</param>
    /// <param name="agencyOf">An agency as the directory has it; null for nobody's id.</param>
    public static IReadOnlyList<ProtectedSource> KnownTo(string court, ConsentState consents, Func<string, Agency?> agencyOf)
    {
        var kind = agencyOf(court)?.Kind;
        bool NamesCourt(IReadOnlyList<string> recipients, AgencyKind? recipientClass) =>
            recipients.Contains(court) || (recipientClass is { } named && named == kind);
        return
        [
            .. consents.Consents.Where(consent => NamesCourt(consent.Scope.Recipients, consent.Scope.RecipientClass)).SelectMany(consent => consent.Scope.Disclosers)
                .Concat(consents.Asked.Values.Where(asked => NamesCourt(asked.Recipients, asked.RecipientClass)).SelectMany(asked => asked.Disclosers))
                .Distinct()
                .Select(agency => ProtectedSource.Of(agencyOf(agency)))
                .OfType<ProtectedSource>(),
        ];
    }

    /// <summary>
    /// The sources whose consents a court asks for, to admit a client, in its caseload and for a packet: the providers that its configuration names, and those
    /// that consents name for it.
    /// </summary>
    /// <param name="court">The court's agency.</param>
    /// <param name="providers">Those that the court's configuration names. One of which nobody decided whether Part 2 holds is taken as under
    /// it until somebody does.</param>
    /// <param name="consents">The client's.</param>
    /// <param name="agencyOf">An agency as the directory has it; null for nobody's id.</param>
    public static IReadOnlyList<ProtectedSource> AskedFor(
        string court, IEnumerable<string> providers, ConsentState consents, Func<string, Agency?> agencyOf) =>
    [
        .. providers.Select(agencyOf).Select(agency => ProtectedSource.Of(agency) ?? Undecided(agency)).OfType<ProtectedSource>()
            .Concat(KnownTo(court, consents, agencyOf)).DistinctBy(source => source.AgencyId),
    ];

    /// <summary>What a court that admits a client still lacks, as far as it may know: a soft stop, overridden with a legal reason.</summary>
    /// <param name="court">The court's agency.</param>
    /// <param name="providers">Those that the court's configuration names.</param>
    /// <param name="consents">The client's.</param>
    /// <param name="agencyOf">An agency as the directory has it; null for nobody's id.</param>
    /// <param name="policy">What monitoring takes.</param>
    /// <param name="at">The moment of the admission.</param>
    public static IReadOnlyList<MissingConsent> AtAdmission(
        string court, IEnumerable<string> providers, ConsentState consents, Func<string, Agency?> agencyOf, ConsentPolicy policy, DateTimeOffset at) =>
        ToldTo(court, new ConsentGrounds(consents, at, agency => agencyOf(agency)?.Kind), AskedFor(court, providers, SignedBy(consents, at), agencyOf), policy);

    /// <summary>Whom a consent names that was signed only since, the court did not know of.</summary>
    private static ConsentState SignedBy(ConsentState consents, DateTimeOffset at) =>
        consents with { Consents = consents.Consents.FindAll(consent => consent.Periods.Exists(period => period.Form.SignedAt <= at)) };

    private static ProtectedSource? Undecided(Agency? agency) =>
        agency is { InternalOnly: false, StatusOfRecords.Part2: Part2Status.Unknown } ? new ProtectedSource(agency.AgencyId, [Label.Part2]) : null;

    private static IReadOnlyList<MissingConsent> Of(
        string court, ConsentGrounds grounds, IEnumerable<ProtectedSource> sources, ConsentPolicy policy, Func<ConsentGap, ConsentGap> told) =>
    [
        .. sources.Where(source => source.AgencyId != court).OrderBy(source => source.AgencyId, StringComparer.Ordinal)
            .SelectMany(source => OfSource(court, grounds, source, policy, told)),
    ];

    private static IEnumerable<MissingConsent> OfSource(
        string court, ConsentGrounds grounds, ProtectedSource source, ConsentPolicy policy, Func<ConsentGap, ConsentGap> told) =>
        from role in Team
        let viewer = new Viewer(role, court, Purpose.CourtMonitoring)
        from information in policy.CourtMonitoring
        let record = new RecordShown(source.AgencyId, source.Labels, information)
        let said = grounds.For(viewer, record)
        where said.Show(viewer, record) is Disclosure.Restricted
        group (Role: role, Information: information, said.ConsentId) by told(GapOf(said, grounds, source.AgencyId, court)) into gap
        orderby gap.Key
        select new MissingConsent(
            source.AgencyId,
            gap.Key,
            [.. gap.Select(one => one.Information).Distinct().Order()],
            [.. gap.Select(one => one.Role).Distinct().Order()],
            gap.Key == ConsentGap.DoesNotCover
                ? InForceBetween(grounds, source.AgencyId, court)!.ConsentId
                : gap.Select(one => one.ConsentId).OfType<Guid>().Cast<Guid?>().FirstOrDefault());

    private static ConsentGap GapOf(Grounds said, ConsentGrounds grounds, string source, string court) => said switch
    {
        { Restricted: true } => ConsentGap.Restricted,
        { Consent: ConsentStanding.Held } => ConsentGap.Held,
        { Consent: ConsentStanding.Revoked } => ConsentGap.Revoked,
        { Consent: ConsentStanding.Expired } => ConsentGap.Expired,
        _ => InForceBetween(grounds, source, court) is null ? ConsentGap.None : ConsentGap.DoesNotCover,
    };

    private static Consent? InForceBetween(ConsentGrounds grounds, string source, string court) => grounds.Consents.Consents.FindLast(consent =>
        consent.Scope.IsFromTo(source, grounds.KindOf(source), court, grounds.KindOf(court)) && consent.StandingAt(grounds.At) == ConsentStanding.InForce);
}
