using CaseFlow.Api.Access;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Api.ReferralCompliance;
using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Referrals;

/// <summary>The sender's side of a referral. Whether a coach did something afterwards is not in this stream.</summary>
public static class ReadReferral
{
    /// <param name="Need">Null where labels were corrected and it is not the asker's to see any more; how far the referral is stays, for a duty hangs on it.</param>
    /// <param name="Engagement">What became of it after delivery, in the word of the duty queue: <c>restricted</c> unless the client's consent to tell is in force.</param>
    public sealed record View(
        Guid ReferralId,
        Guid ClientId,
        Guid? DutyId,
        string ToAgencyId,
        string? Need,
        ReferralPhase Phase,
        DateTimeOffset CreatedAt,
        DateTimeOffset? SentAt,
        string Engagement = DutyItem.Restricted,
        RedisclosureNoticeShown? Notice = null)
    {
        /// <summary>What stands beside entries of the sender's side: what the client had put there, and that one is on the wrong person.</summary>
        public IReadOnlyList<EntryBeside> Beside { get; init; } = [];
    }

    public static View Example { get; } = new(
        CreateReferralRequest.ExampleId,
        CreateReferralRequest.Example.ClientId,
        CreateReferralRequest.Example.DutyId,
        CreateReferralRequest.Example.ToAgencyId,
        CreateReferralRequest.Example.Need,
        ReferralPhase.Sent,
        new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 3, 3, 16, 5, 0, TimeSpan.Zero));

    public static async Task<IResult> Handle(
        Guid referralId, Actor actor, IEventStore store, EntrySights sights, BesideEntries besides, Engagements engagements, RedisclosureNotices notices, HttpResponse response,
        CancellationToken cancellation)
    {
        var referral = await store.FoldAsync(Streams.Referral, actor.Jurisdiction, referralId, cancellation);
        var state = referral.State;
        var supervision = await store.FoldAsync(Streams.Supervision, actor.Jurisdiction, StreamIds.Supervision(state.ClientId), cancellation);
        if (state.Phase == ReferralPhase.NotCreated || state.FromAgencyId != actor.Agency || !ClientRights.Supervises(actor, supervision.State))
            return Problems.From(ReferralRejections.NotFound(referralId));

        var marks = await besides.OfAsync(actor, [state.ClientId], asked: null, position: null, cancellation);
        response.SetVersion(referral.Version);
        var sight = await sights.OfAsync(actor, [state.ClientId], cancellation);
        var isNeedHidden = referral.History.Any(recorded => recorded.Data is ReferralCreated && sight.Hides(recorded));
        var engagement = state.Phase == ReferralPhase.Delivered
            ? await engagements.OfOneAsync(actor, new EngagementAsked(referralId, state.ClientId, referralId, state.ToAgencyId), cancellation)
            : OneEngagement.None;
        var notice = await notices.OnAsync(response, actor, engagement.Consents, engagement.Told, cancellation);
        return TypedResults.Ok(new View(
            referralId, state.ClientId, state.DutyId, state.ToAgencyId, isNeedHidden ? null : state.Need, state.Phase, state.CreatedAt!.Value, state.SentAt,
            engagement.Word, notice)
        {
            Beside = marks.Among(referral.History.Where(recorded => !sight.Hides(recorded)).Select(recorded => recorded.EventId)),
        });
    }
}
