using System.Globalization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;
using CaseFlow.Projections.ClientSearch;
using CaseFlow.Projections.Coachings;
using CaseFlow.Projections.ReferralInbox;

namespace CaseFlow.Api.Clients;

/// <summary>Searches among the clients whom somebody reaches.</summary>
public sealed class SearchDesk(
    CaseFlowDatabase database, ClientDesk clients, ClientAccess access, Persons persons, SealedRecords seals, PersonDeaths deaths, EntrySights sights, OpenedTexts texts)
{
    /// <summary>Clients in one answer: who has more has to say more.</summary>
    public const int Most = 20;

    /// <returns>The best first.</returns>
    public async Task<IReadOnlyList<SearchClientsDoor.Found>> SearchAsync(
        SearchClientsDoor.Request request, Actor actor, CancellationToken cancellation)
    {
        var identities = (await persons.OfAsync(actor.Jurisdiction, cancellation)).Now;
        var found = new List<SearchClientsDoor.Found>();
        var hits = await HitsAsync(request, actor, cancellation);
        var sealOf = await seals.OfAllAsync(actor, [.. hits.SelectMany(hit => (Guid[])[hit.ClientId, identities.SurvivorOf(hit.ClientId)])], cancellation);
        // What is known of a sealed record finds nobody, also not by another record of the person.
        foreach (var hit in hits.Where(hit => sealOf(hit.ClientId).OfWholeRecord is null))
        {
            // The index knows roughly who reaches whom; the record itself says it.
            if (found.Count == Most || await ShowAsync(hit, request, actor, cancellation) is not { } own)
                continue;

            // A person is found once, by the record that stands for them, where the asker reaches that too.
            var survivor = identities.SurvivorOf(hit.ClientId);
            var shown = survivor == hit.ClientId || sealOf(survivor).OfWholeRecord is not null ? own : await ShowAsync(hit with { ClientId = survivor }, request, actor, cancellation, foundAs: own) ?? own;
            var known = found.FindIndex(one => one.ClientId == shown.ClientId);
            if (known < 0)
                found.Add(shown);
            else
                found[known] = shown with { Reasons = [.. SearchKinds.StrongestFirst.Where(kind => shown.Reasons.Contains(kind) || found[known].Reasons.Contains(kind))] };
        }

        return found;
    }

    private async Task<IReadOnlyList<SearchHit>> HitsAsync(SearchClientsDoor.Request request, Actor actor, CancellationToken cancellation)
    {
        if (ByOf(actor) is not { } by)
            return [];
        var held = await HeldAsync(actor, cancellation);
        var hits = await database.Views.ClientSearch.FindAsync(
            database.Reading, actor.Jurisdiction, [.. TermsOf(request).Distinct()], by, held, cancellation);
        // What is known by a mark of its own comes before what is remembered.
        if (request.CodeWord is { } word && actor.Agency is { } own && await clients.FindByCodeWordAsync(actor.Jurisdiction, own, word, cancellation) is { } known)
            hits = First(SearchKind.CodeWord, [known], hits);
        return request.ExternalIdentifier is { } number
            ? First(SearchKind.Identifier, await clients.FindAsync(actor, number.System, number.Value, cancellation), hits)
            : hits;
    }

    /// <summary>Who was referred to the agency, and whom the asker coaches for a court or leads the coach of.</summary>
    private async Task<IReadOnlyList<Guid>> HeldAsync(Actor actor, CancellationToken cancellation)
    {
        if (actor.Agency is not { } agency)
            return [];
        var referred = await InboxQueries.ClientsOfAsync(database.Reader, database.Views.ReferralInbox, actor.Jurisdiction, agency, cancellation);
        return actor.Role is not (Role.Coach or Role.PeerSpecialist or Role.CoachSupervisor)
            ? referred
            : [.. referred.Union(await CoachingsQueries.ClientsOfAsync(
                database.Reader, database.Views.Coachings, actor.Jurisdiction, agency, actor.Role == Role.CoachSupervisor ? null : actor.Id, cancellation))];
    }

    private static IReadOnlyList<SearchHit> First(SearchKind kind, IReadOnlyList<Guid> holders, IReadOnlyList<SearchHit> hits) =>
    [
        .. holders.Select(holder => new SearchHit(holder, [kind, .. hits.FirstOrDefault(hit => hit.ClientId == holder)?.Kinds ?? []])),
        .. hits.Where(hit => !holders.Contains(hit.ClientId)),
    ];

    /// <param name="hit">What the index found.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <param name="foundAs">The record of the person that was found by it; null when it is this one.</param>
    private async Task<SearchClientsDoor.Found?> ShowAsync(
        SearchHit hit, SearchClientsDoor.Request request, Actor actor, CancellationToken cancellation, SearchClientsDoor.Found? foundAs = null)
    {
        var read = await database.Store.ReadStreamAsync(actor.Jurisdiction, hit.ClientId, cancellation: cancellation);
        ClientEvent[] facts = [.. read.Events.Select(recorded => recorded.Data).OfType<ClientEvent>()];
        var state = facts.Aggregate(ClientState.Initial, ClientState.Evolve);
        if (await access.ReachAsync(actor, hit.ClientId, state, cancellation) == ClientReach.None)
            return null;

        await texts.PreloadAsync(actor.Jurisdiction, [hit.ClientId], cancellation);
        var sight = await sights.OfAsync(actor, [hit.ClientId], cancellation);
        var mistaken = MistakenAliases.On(hit.ClientId, read.Events, (await persons.OfAsync(actor.Jurisdiction, cancellation)).Now);
        var kinds = foundAs?.Reasons ?? (sight.HidesAnyOf(read.Events) || mistaken.Count > 0 ? StillFoundBy(hit, request, actor, read.Events, sight, mistaken) : hit.Kinds);
        if (!kinds.Any(kind => kind.Narrows()))
            return null;
        var details = ShownDetails.Of(read.Events, sight);
        var (given, family) = (texts.Open(actor.Jurisdiction, details.Name?.Given.Token), texts.Open(actor.Jurisdiction, details.Name?.Family.Token));
        return new SearchClientsDoor.Found(
            hit.ClientId,
            details.Code!,
            given is null || family is null ? null : new ReadClient.NameView(given, family),
            texts.Open(actor.Jurisdiction, details.BornOn?.Token),
            kinds)
        {
            ToldBy = actor.Role == Role.PrivacyOfficer ? RecordOwners.Of(read.Events) : [],
            IsDeceased = details.Death is not null || await deaths.OnOthersAsync(actor, hit.ClientId, cancellation) is not null,
        };
    }

    /// <summary>The index holds what was told, whoever may see it: what labels hide, and an alias that is somebody else's, finds nobody.</summary>
    private IReadOnlyList<SearchKind> StillFoundBy(
        SearchHit hit, SearchClientsDoor.Request request, Actor actor, IReadOnlyList<RecordedEvent> events, EntrySight sight, IReadOnlySet<Guid> mistaken)
    {
        var told = ToldTerms.Of(events, sight, mistaken, Open);
        var found = TermsOf(request).Where(told.Contains).Select(term => term.Kind).ToHashSet();
        return
        [
            .. hit.Kinds.Where(kind => kind switch
            {
                SearchKind.Identifier => request.ExternalIdentifier is { } number && ShownDetails.HasNumber(events, sight, number.System, number.Value, Open),
                // Of the own agency's words the last one counts.
                SearchKind.CodeWord => events.LastOrDefault(recorded => recorded.Data is ClientIdentifiedAnonymously word && word.AgencyId == actor.Agency) is { } last && !sight.Hides(last),
                _ => found.Contains(kind),
            }),
        ];

        string? Open(Sealed<string> text) => texts.OpenReadable(actor.Jurisdiction, text.Token);
    }

    /// <returns>Whose clients the actor searches; null for nobody's.</returns>
    internal static SearchedBy? ByOf(Actor actor) => actor switch
    {
        { Role: Role.PrivacyOfficer } => new SearchedBy.Everybody(),
        { Role: Role.Agent, Agency: { } agency } => new SearchedBy.Agent(agency, actor.Id),
        { Role: Role.AgentSupervisor, Agency: { } agency, Office: { } office } => new SearchedBy.Office(agency, office),
        { Agency: { } agency } => new SearchedBy.Agency(agency),
        _ => null,
    };

    /// <summary>A name may be one that the client only goes by, and what is told as an alias may be the name.</summary>
    private static IEnumerable<SearchTerm> TermsOf(SearchClientsDoor.Request request)
    {
        string?[] parts = [request.GivenName, request.FamilyName];
        IEnumerable<SearchTerm> names =
        [
            .. SearchTerm.OfNameAsked(request.GivenName, request.FamilyName),
            .. parts.OfType<string>().SelectMany(SearchTerm.OfAlias),
        ];
        if (request.Alias is { } alias)
            names = [.. names, .. SearchTerm.OfAlias(alias), .. SearchTerm.OfName(alias, null), .. SearchTerm.OfName(null, alias), .. SearchTerm.OfWhole(alias)];
        if (request.BornOn is { } bornOn)
            names = [.. names, .. SearchTerm.OfBirth(bornOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
        return request.BornIn is { } year ? names.Append(SearchTerm.OfBirthYear(year)) : names;
    }
}
