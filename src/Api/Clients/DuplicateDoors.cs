using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;
using CaseFlow.Projections.ClientSearch;
using FluentValidation;

namespace CaseFlow.Api.Clients;

/// <summary>Clients who may be one person, for those who reach both.</summary>
public static class DuplicateDoors
{
    /// <summary>Pairs in one answer; the next come when these are decided.</summary>
    private const int Most = 20;

    /// <param name="Reasons">What both have, the strongest first.</param>
    public sealed record Pair(Guid ClientId, string Code, Guid OtherClientId, string OtherCode, IReadOnlyList<SearchKind> Reasons);

    public sealed record Answer(IReadOnlyList<Pair> Items) : IToldByAgencies
    {
        /// <summary>Whoever recorded of them what is compared, for whom it is no record of their own agency.</summary>
        [JsonIgnore]
        public IEnumerable<string?> ToldBy { get; init; } = [];
    }

    public sealed record Dismissal(DismissalReason Reason)
    {
        public static readonly Dismissal Example = new(DismissalReason.Related);
    }

    public sealed class Validator : AbstractValidator<Dismissal>
    {
        public Validator() => RuleFor(dismissal => dismissal.Reason).IsInEnum();
    }

    private static readonly Role[] Deciders = [Role.AgentSupervisor, Role.PrivacyOfficer];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapAsk("/clients/duplicates", ListAsync)
            .Named("listPossibleDuplicates", "Clients who may be one person, with what both have, the likeliest first")
            .Allow(Deciders)
            .Shows<Answer>(ClientSearchView.ViewName, (answer, _) => answer.Items.SelectMany(pair => new[] { pair.ClientId, pair.OtherClientId }))
            .Asks([])
            .Gives(new Answer([new Pair(
                ReadClient.Example.ClientId, ReadClient.Example.Code, Guid.Parse("0195d6c4-0000-7000-8000-00000000000c"), "C-2F8H0QNW",
                [SearchKind.BirthDate, SearchKind.FamilySound])]));
        api.MapFact("/clients/{clientId:guid}/duplicates/{otherClientId:guid}/dismiss", DismissAsync)
            .Named("dismissDuplicate", "The two are not one person, or nobody can tell: they are not proposed any more")
            .Allow(Deciders).Takes(new Validator(), Dismissal.Example);
    }

    private static async Task<IResult> ListAsync(
        Actor actor, CaseFlowDatabase database, ClientAccess access, Persons persons, SealedRecords seals, EntrySights sights, OpenedTexts texts, IEventStore store,
        CancellationToken cancellation)
    {
        if (SearchDesk.ByOf(actor) is not { } by)
            return TypedResults.Ok(new Answer([]));

        var identities = (await persons.OfAsync(actor.Jurisdiction, cancellation)).Now;
        var reached = new Dictionary<Guid, bool>();
        var histories = new Dictionary<Guid, IReadOnlyList<RecordedEvent>>();
        var shown = new List<Pair>();
        foreach (var pair in await database.Views.ClientSearch.PairsAsync(
            database.Views.ClientIdentifiers, database.Reading, actor.Jurisdiction, by, [.. identities.Merged()], cancellation))
        {
            if (shown.Count == Most)
                break;
            if (!await ReachesAsync(pair.ClientId) || !await ReachesAsync(pair.OtherClientId))
                continue;
            var (one, other) = DismissDuplicate.PairOf(await StandingForAsync(pair.ClientId), await StandingForAsync(pair.OtherClientId));
            var kinds = await StillInCommonAsync(pair.ClientId, pair.OtherClientId, pair.Kinds);
            if (!kinds.Any(kind => kind.Narrows()))
                continue;
            if (one == other || shown.Exists(known => known.ClientId == one && known.OtherClientId == other))
                continue;
            if ((one, other) == DismissDuplicate.PairOf(pair.ClientId, pair.OtherClientId) || !await IsDismissedAsync(one, other))
                shown.Add(new Pair(one, ClientCode.Of(one), other, ClientCode.Of(other), kinds));
        }

        return TypedResults.Ok(new Answer(shown)
        {
            ToldBy = actor.Role == Role.PrivacyOfficer ? shown.SelectMany(pair => RecordOwners.Of(histories[pair.ClientId]).Concat(RecordOwners.Of(histories[pair.OtherClientId]))) : [],
        });

        // What labels hide of either, an alias that is somebody else's and a number that is hidden with its class, is no reason any more.
        async Task<IReadOnlyList<SearchKind>> StillInCommonAsync(Guid one, Guid other, IReadOnlyList<SearchKind> kinds)
        {
            var sightOf = await sights.OfAllAsync(actor, [one, other], cancellation);
            if (!new[] { one, other }.Any(clientId => sightOf(clientId).HidesAnyOf(histories[clientId]) || identities.OfOthersOn(clientId).Any()))
                return kinds;
            await texts.PreloadAsync(actor.Jurisdiction, [one, other], cancellation);
            var common = TermsOf(one);
            common.IntersectWith(TermsOf(other));
            return [.. kinds.Where(kind => common.Any(term => term.Kind == kind))];

            HashSet<SearchTerm> TermsOf(Guid clientId) => ToldTerms.Of(
                histories[clientId], sightOf(clientId), MistakenAliases.On(clientId, histories[clientId], identities), text => texts.OpenReadable(actor.Jurisdiction, text.Token));
        }

        async Task<Guid> StandingForAsync(Guid clientId) => identities.SurvivorOf(clientId) is var survivor && await ReachesAsync(survivor) ? survivor : clientId;

        async Task<bool> IsDismissedAsync(Guid one, Guid other) =>
            (await store.FoldAsync(Streams.Duplicates, actor.Jurisdiction, StreamIds.Duplicates(one, other), cancellation)).State.IsDismissed;

        async Task<bool> ReachesAsync(Guid clientId)
        {
            if (!reached.TryGetValue(clientId, out var reaches))
            {
                var client = await store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation);
                histories[clientId] = client.History;
                reached[clientId] = reaches = await access.ReachAsync(actor, clientId, client.State, cancellation) == ClientReach.Whole
                    && (await seals.OfAllAsync(actor, [clientId], cancellation))(clientId).OfWholeRecord is null;
            }

            return reaches;
        }
    }

    private static Task<IResult> DismissAsync(Guid clientId, Guid otherClientId, Dismissal dismissal, CommandDesk desk, ClientAccess access) => desk.RunAsync(async session =>
    {
        var (first, second) = DismissDuplicate.PairOf(clientId, otherClientId);
        var pair = await session.LoadAsync(Streams.Duplicates, StreamIds.Duplicates(first, second));
        foreach (var id in new[] { clientId, otherClientId })
        {
            var client = await session.LoadAsync(Streams.Client, id);
            if (!await access.EnterAsync(session, id, client.State, ClientReach.Whole))
                return Commands.Answer.Done(pair);
        }

        session.Record(pair, DismissDuplicate.Decide(new(clientId, otherClientId, dismissal.Reason), pair.State, session.Now));
        return Commands.Answer.Done(pair);
    });
}
