using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Erasure;
using CaseFlow.Projections.RecordAges;

namespace CaseFlow.Api.Retention;

/// <summary>
/// How long records are kept (R64): whose period is over is proposed to the privacy officer, who approves that a record goes, or has it kept longer.
/// Nothing goes by itself.
/// </summary>
public static class RetentionDoors
{
    /// <param name="EndsOn">The first local day on which the record need not be kept any more.</param>
    /// <param name="Rule">Which of the policy's rules ends last.</param>
    /// <param name="Blocks">What stands in the way whatever the day.</param>
    /// <param name="IsProposed">Over, and nothing stands in the way.</param>
    /// <param name="PolicyVersion">By which version of the policy; null while there is none.</param>
    /// <param name="LastActivityAt">When something last happened with the client, on any record of theirs; null when nothing ever did.</param>
    /// <param name="LastRecordedAt">When anything was last recorded of them.</param>
    public sealed record Item(
        Guid ClientId, DateOnly EndsOn, RetentionRule Rule, IReadOnlyList<RetentionBlock> Blocks, bool IsProposed, int? PolicyVersion,
        DateTimeOffset? LastActivityAt, DateTimeOffset LastRecordedAt, bool IsErased) : ITellsCji
    {
        /// <summary>How old a record is tells nothing of what is in it.</summary>
        bool ITellsCji.TellsCji => false;
    }

    /// <param name="Items">The oldest first; a page may be short before the last.</param>
    public sealed record Answer(IReadOnlyList<Item> Items, string? Next) : ITellsCji
    {
        /// <summary>As of each.</summary>
        bool ITellsCji.TellsCji => false;
    }

    public static Item Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), new DateOnly(2026, 3, 1), RetentionRule.LastActivity, [], IsProposed: true, PolicyVersion: 3,
        new DateTimeOffset(2019, 2, 28, 16, 0, 0, TimeSpan.Zero), new DateTimeOffset(2019, 3, 1, 9, 0, 0, TimeSpan.Zero), IsErased: false);

    public static void Map(IEndpointRouteBuilder api)
    {
        const string retention = "/clients/{clientId:guid}/retention";

        api.MapAsk("/retention", ListAsync)
            .Named("listRetention", "Records whose period of keeping is over, the oldest first, with what stands in the way of giving them up")
            .Allow(Role.PrivacyOfficer).Shows<Answer>(RecordAgesView.ViewName, (answer, _) => answer.Items.Select(item => item.ClientId))
            .ShowsSkeletonOfHidden("how old a record is, nothing of what is in it")
            .Asks([.. AskedPage.Parameters])
            .Gives(new Answer([Example], Next: null));
        api.MapAsk(retention, ReadAsync)
            .Named("readRetention", "Until when a client's record is kept, by which rule of which policy, and what stands in the way of giving it up")
            .Allow(Role.PrivacyOfficer, Role.Auditor).Shows<Item>(RecordAgesView.ViewName)
            .ShowsSkeletonOfHidden("how old a record is, nothing of what is in it")
            .Asks().Gives(Example);
        api.MapFact(retention + "/approve", (Guid clientId, ApprovalRequest ask, Actor actor, RetentionDesk desk) => desk.ApproveAsync(actor, clientId, ask))
            .WithMetadata(new EndsWhatItBegan()).GoesOnErased("its orders say themselves what is left to do")
            .Named("approveRetention", "A record whose period is over is erased, on every record of the person: its keys are destroyed, and there is no way back").Allow(Role.PrivacyOfficer)
            .Takes(new ApprovalRequestValidator(), ApprovalRequest.Example)
            .Gives(new Erased(ApproveRetention.OrderOf(Example.ClientId), new DateTimeOffset(2026, 3, 2, 10, 5, 0, TimeSpan.Zero)));
        api.MapFact(retention + "/postpone", (Guid clientId, PostponementRequest ask, RetentionDesk desk) => desk.PostponeAsync(clientId, ask))
            .GoesOnErased("its orders say themselves what is left to do")
            .Named("postponeRetention", "A record is kept longer than policy asks, until a day and for a reason").Allow(Role.PrivacyOfficer)
            .Takes(new PostponementRequestValidator(), PostponementRequest.Example);
    }

    private static async Task<IResult> ListAsync(AskedPage page, Actor actor, RetentionLists lists, CancellationToken cancellation)
    {
        var (items, next, terms) = await lists.PageAsync(page, actor, cancellation);
        return TypedResults.Ok(new Answer([.. items.Select(one => ItemOf(one.Row, one.Found, terms))], next));
    }

    private static async Task<IResult> ReadAsync(
        Guid clientId, Actor actor, ReadingRights rights, RetentionLists lists, CancellationToken cancellation)
    {
        if (await rights.AccessesAsync(actor, clientId, cancellation) is { } refused)
            return Problems.From(refused);
        return await lists.OfAsync(actor.Jurisdiction, clientId, cancellation) is { } one
            ? TypedResults.Ok(ItemOf(one.Row, one.Found, one.Terms))
            : Problems.From(ClientRejections.NotFound(clientId));
    }

    private static Item ItemOf(RecordAgeRow row, RetentionFound found, RetentionTerms terms) => new(
        row.ClientId,
        found.Standing.EndsOn,
        found.Standing.Rule,
        found.Standing.Blocks,
        !row.Age.IsErased && found.Standing.IsProposedOn(terms.Today),
        terms.Version,
        found.Age.LastActivityAt,
        found.Age.LastRecordedAt,
        row.Age.IsErased);
}
