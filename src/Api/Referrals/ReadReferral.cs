using CaseFlow.Api.Access;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Referrals;

/// <summary>The sender's side of a referral. Whether a coach did something afterwards is not in this stream.</summary>
public static class ReadReferral
{
    /// <param name="Engagement">Always <c>restricted</c>: what happened after delivery is not the sender's to see.</param>
    public sealed record View(
        Guid ReferralId,
        Guid ClientId,
        Guid? DutyId,
        string ToAgencyId,
        string Need,
        ReferralPhase Phase,
        DateTimeOffset CreatedAt,
        DateTimeOffset? SentAt,
        string Engagement = "restricted");

    public static View Example { get; } = new(
        CreateReferralRequest.ExampleId,
        CreateReferralRequest.Example.ClientId,
        CreateReferralRequest.Example.DutyId,
        CreateReferralRequest.Example.ToAgencyId,
        CreateReferralRequest.Example.Need,
        ReferralPhase.Sent,
        new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 3, 3, 16, 5, 0, TimeSpan.Zero));

    public static async Task<IResult> Handle(Guid referralId, Actor actor, IEventStore store, HttpResponse response, CancellationToken cancellation)
    {
        var (version, state) = await store.FoldAsync(Streams.Referral, actor.Jurisdiction, referralId, cancellation);
        var supervision = await store.FoldAsync(Streams.Supervision, actor.Jurisdiction, StreamIds.Supervision(state.ClientId), cancellation);
        if (state.Phase == ReferralPhase.NotCreated || state.FromAgencyId != actor.Agency || !ClientRights.Supervises(actor, supervision.State))
            return Problems.From(ReferralRejections.NotFound(referralId));

        response.SetVersion(version);
        return TypedResults.Ok(new View(
            referralId, state.ClientId, state.DutyId, state.ToAgencyId, state.Need, state.Phase, state.CreatedAt!.Value, state.SentAt));
    }
}
