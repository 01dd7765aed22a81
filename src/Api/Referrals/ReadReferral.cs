using CaseFlow.Api.Access;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Supervision;
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
        var read = await store.ReadStreamAsync(actor.Jurisdiction, referralId, cancellation: cancellation);
        if (read.Events.Count == 0 || read.Events[0].StreamType != Streams.Referral.Alias)
            return Problems.From(ReferralRejections.NotFound(referralId));

        var state = read.Events.Aggregate(ReferralState.Initial, (folded, recorded) => ReferralState.Evolve(folded, (ReferralEvent)recorded.Data));
        var supervision = await store.ReadStreamAsync(actor.Jurisdiction, StreamIds.Supervision(state.ClientId), cancellation: cancellation);
        var supervised = supervision.Events.Aggregate(
            SupervisionState.Initial, (folded, recorded) => SupervisionState.Evolve(folded, (SupervisionEvent)recorded.Data));
        if (state.FromAgencyId != actor.Agency || !ClientRights.Supervises(actor, supervised))
            return Problems.From(ReferralRejections.NotFound(referralId));

        response.SetVersion(read.Version);
        return TypedResults.Ok(new View(
            referralId, state.ClientId, state.DutyId, state.ToAgencyId, state.Need, state.Phase, state.CreatedAt!.Value, state.SentAt));
    }
}
