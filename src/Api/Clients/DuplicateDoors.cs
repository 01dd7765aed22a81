using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
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

    public sealed record Answer(IReadOnlyList<Pair> Items);

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
        Actor actor, CaseFlowDatabase database, ClientAccess access, IEventStore store, CancellationToken cancellation)
    {
        if (SearchDesk.ByOf(actor) is not { } by)
            return TypedResults.Ok(new Answer([]));

        var reached = new Dictionary<Guid, bool>();
        var shown = new List<Pair>();
        foreach (var pair in await database.Views.ClientSearch.PairsAsync(database.Reading, actor.Jurisdiction, by, cancellation))
        {
            if (shown.Count == Most)
                break;
            if (await ReachesAsync(pair.ClientId) && await ReachesAsync(pair.OtherClientId))
                shown.Add(new Pair(pair.ClientId, ClientCode.Of(pair.ClientId), pair.OtherClientId, ClientCode.Of(pair.OtherClientId), pair.Kinds));
        }

        return TypedResults.Ok(new Answer(shown));

        async Task<bool> ReachesAsync(Guid clientId)
        {
            if (!reached.TryGetValue(clientId, out var reaches))
            {
                var client = await store.FoldAsync(Streams.Client, actor.Jurisdiction, clientId, cancellation);
                reached[clientId] = reaches = await access.ReachAsync(actor, clientId, client.State, cancellation) == ClientReach.Whole;
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
