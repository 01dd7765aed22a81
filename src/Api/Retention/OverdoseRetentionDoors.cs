using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Projections.UnidentifiedOverdoses;

namespace CaseFlow.Api.Retention;

/// <summary>
/// How long overdoses are kept whose person nobody knows, and the holds that keep one: what the doors of clients' records are for a record that is nobody's yet.
/// </summary>
public static class OverdoseRetentionDoors
{
    /// <param name="EndsOn">The first local day on which it need not be kept any more.</param>
    /// <param name="Rule">Which of the policy's rules ends last.</param>
    /// <param name="Blocks">What stands in the way whatever the day.</param>
    /// <param name="IsProposed">Over, and nothing stands in the way.</param>
    /// <param name="PolicyVersion">By which version of the policy; null while there is none.</param>
    /// <param name="LastActivityAt">When something last happened with it.</param>
    /// <param name="LastRecordedAt">When anything was last recorded of it.</param>
    public sealed record Item(
        Guid OverdoseId, DateOnly EndsOn, RetentionRule Rule, IReadOnlyList<RetentionBlock> Blocks, bool IsProposed, int? PolicyVersion,
        DateTimeOffset? LastActivityAt, DateTimeOffset LastRecordedAt);

    /// <param name="Items">The oldest first; a page may be short before the last.</param>
    public sealed record Answer(IReadOnlyList<Item> Items, string? Next) : ITellsCji
    {
        bool ITellsCji.TellsCji => false;
    }

    /// <param name="Standing">Until when it is kept.</param>
    /// <param name="IsErased">Its content is gone.</param>
    /// <param name="Holds">Holds on it, in force and released.</param>
    public sealed record One(Item Standing, bool IsErased, IReadOnlyList<ReadErasure.Hold> Holds) : ITellsCji
    {
        bool ITellsCji.TellsCji => false;
    }

    public static Item Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000002"), new DateOnly(2026, 3, 1), RetentionRule.LastActivity, [], IsProposed: true, PolicyVersion: 3,
        new DateTimeOffset(2019, 2, 28, 16, 0, 0, TimeSpan.Zero), new DateTimeOffset(2019, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public static void Map(IEndpointRouteBuilder api)
    {
        const string overdose = "/overdoses/{overdoseId:guid}";
        const string retention = overdose + "/retention";
        const string orders = "its orders say themselves what is left to do";

        api.MapAsk("/retention/overdoses", ListAsync)
            .Named("listOverdoseRetention", "Overdoses of nobody known whose period of keeping is over, the oldest first, with what stands in the way of giving them up")
            .Allow(Role.PrivacyOfficer).Shows<Answer>(UnidentifiedOverdosesView.ViewName, (_, _) => [])
            .ShowsSkeletonOfSealed("overdoses that are nobody's record")
            .Asks([.. AskedPage.Parameters])
            .Gives(new Answer([Example], Next: null));
        api.MapAsk(retention, ReadAsync)
            .Named("readOverdoseRetention", "Until when an overdose of nobody known is kept, by which rule of which policy, and what holds it")
            .Allow(Role.PrivacyOfficer).Shows<One>(UnidentifiedOverdosesView.ViewName, (_, _) => [])
            .ShowsSkeletonOfSealed("an overdose that is nobody's record")
            .Asks().Gives(new One(Example, IsErased: false, []));
        api.MapFact(retention + "/approve", (Guid overdoseId, ApprovalRequest ask, Actor actor, OverdoseRetentionDesk desk) => desk.ApproveAsync(actor, overdoseId, ask))
            .WithMetadata(new EndsWhatItBegan()).GoesOnErased(orders)
            .Named("approveOverdoseRetention", "An overdose of nobody known whose period is over is erased: its key is destroyed, and there is no way back").Allow(Role.PrivacyOfficer)
            .Takes(new ApprovalRequestValidator(), ApprovalRequest.Example)
            .Gives(new Erased(ApproveRetention.OrderOf(Example.OverdoseId), new DateTimeOffset(2026, 3, 2, 10, 5, 0, TimeSpan.Zero)));
        api.MapFact(retention + "/postpone", (Guid overdoseId, PostponementRequest ask, OverdoseRetentionDesk desk) => desk.PostponeAsync(overdoseId, ask))
            .GoesOnErased(orders)
            .Named("postponeOverdoseRetention", "An overdose of nobody known is kept longer than policy asks, until a day and for a reason").Allow(Role.PrivacyOfficer)
            .Takes(new PostponementRequestValidator(), PostponementRequest.Example);
        api.MapFact(overdose + "/holds", (Guid overdoseId, HoldRequest ask, OverdoseRetentionDesk desk) => desk.HoldAsync(overdoseId, ask))
            .GoesOnErased(orders)
            .Named("holdOverdose", "An overdose of nobody known must be kept as it is, also with the record of whoever is recognised in it").Allow(Role.PrivacyOfficer)
            .Takes(new HoldRequestValidator(), HoldRequest.Example)
            .Gives(new HoldRecorded(Guid.Parse("0195d6c4-0000-8000-8000-000000000022")), StatusCodes.Status201Created);
        api.MapFact(overdose + "/holds/{holdId:guid}/release", (Guid overdoseId, Guid holdId, ReleaseRequest ask, OverdoseRetentionDesk desk) => desk.ReleaseAsync(overdoseId, holdId, ask))
            .GoesOnErased(orders)
            .Named("releaseOverdoseHold", "A hold on an overdose no longer stands in the way").Allow(Role.PrivacyOfficer)
            .Takes(new ReleaseRequestValidator(), ReleaseRequest.Example);
    }

    private static async Task<IResult> ListAsync(AskedPage page, Actor actor, OverdoseRetention overdoses, CancellationToken cancellation)
    {
        var (items, next, terms) = await overdoses.PageAsync(page, actor, cancellation);
        return TypedResults.Ok(new Answer([.. items.Select(one => ItemOf(one.OverdoseId, one.Found, terms))], next));
    }

    private static async Task<IResult> ReadAsync(
        Guid overdoseId, Actor actor, OverdoseRetention overdoses, OpenedTexts texts, CancellationToken cancellation)
    {
        var (refused, found, orders, terms) = await overdoses.OfAsync(actor.Jurisdiction, overdoseId, cancellation);
        if (refused is not null)
            return Problems.From(refused);
        ErasureEvent[] facts = [.. orders.Select(recorded => (ErasureEvent)recorded.Data)];
        return TypedResults.Ok(new One(
            ItemOf(overdoseId, found, terms), found.Age.IsErased, ReadErasure.HoldsOf(facts, text => texts.Open(actor.Jurisdiction, text.Token))));
    }

    private static Item ItemOf(Guid overdoseId, RetentionFound found, RetentionTerms terms) => new(
        overdoseId,
        found.Standing.EndsOn,
        found.Standing.Rule,
        found.Standing.Blocks,
        !found.Age.IsErased && found.Standing.IsProposedOn(terms.Today),
        terms.Version,
        found.Age.LastActivityAt,
        found.Age.LastRecordedAt);
}
