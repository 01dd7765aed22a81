using CaseFlow.Api.Access;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Overdoses;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Referrals;

namespace CaseFlow.Api.Referrals;

/// <summary>The doors of the sender: an agent for own clients, a supervisor for the office's.</summary>
public static class SendingReferrals
{
    public static Task<IResult> CreateAsync(
        CreateReferralRequest request, CommandDesk desk, Registers registers)
    {
        var referralId = request.ReferralId ?? Guid.CreateVersion7();
        return desk.RunAsync(async session =>
        {
            var referral = await session.LoadAsync(Streams.Referral, referralId);
            var answer = Answer.Created(referral, $"/api/referrals/{referralId}", new ReferralCreatedAnswer(referralId));
            if (await session.OwnClientAsync(request.ClientId) is null)
                return answer;

            if (request.DutyId is { } dutyId && referral.State.Phase == ReferralPhase.NotCreated)
                await CheckDutyAsync(session, registers, request, dutyId);

            var actor = session.Actor;
            var directory = await registers.DirectoryAsync(actor.Jurisdiction, session.Cancellation);
            var command = new CreateReferral(
                referralId, request.ClientId, request.DutyId, actor.Agency!, request.ToAgencyId, actor.Id, request.Need, Sealing.Seal(request.Message), When.At(session.Now));
            session.Record(
                referral,
                CreateReferral.Decide(command, referral.State, directory.FindAgency(request.ToAgencyId) is { InternalOnly: false }, session.Now),
                DutyDesk.About);
            return answer;
        });
    }

    public static Task<IResult> SendAsync(Guid referralId, SendRequest request, CommandDesk desk, JurisdictionTime time) =>
        ChangeOwnAsync(referralId, desk, async (session, state) =>
        {
            var policy = await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation);
            return SendReferral.Decide(new(referralId, request.Channel, When.At(session.Now), session.Actor.Id), state, policy, session.Now);
        });

    public static Task<IResult> WithdrawAsync(Guid referralId, WithdrawRequest request, CommandDesk desk) =>
        ChangeOwnAsync(referralId, desk, (session, state) =>
            Task.FromResult(WithdrawReferral.Decide(new(referralId, request.Reason, When.At(session.Now)), state, session.Now)));

    public static Task<IResult> RecordFailureAsync(Guid referralId, FailureRequest request, CommandDesk desk, JurisdictionTime time) =>
        ChangeOwnAsync(referralId, desk, async (session, state) =>
        {
            var when = await time.WhenAsync(session.Actor.Jurisdiction, request.When, session.Now, session.Cancellation);
            return RecordDeliveryFailure.Decide(new(referralId, Sealed<string>.Of(request.Reason), when), state, session.Now);
        });

    /// <summary>The transport's receipt, from another system; the duty is discharged in the same transaction.</summary>
    public static Task<IResult> ConfirmDeliveryAsync(Guid referralId, ReceiptRequest request, CommandDesk desk, JurisdictionTime time, Registers registers) =>
        desk.RunAsync(async session =>
        {
            var referral = await session.LoadAsync(Streams.Referral, referralId);
            var when = await time.WhenAsync(session.Actor.Jurisdiction, request.When, session.Now, session.Cancellation);
            var command = new ConfirmDelivery(referralId, DeliveryProof.TransportReceipt, request.Receipt, session.Actor, when);
            await session.DeliverAsync(referral, command, await registers.PoliciesAsync(session.Actor.Jurisdiction, session.Cancellation));
            return Answer.Done(referral);
        });

    /// <summary>Records a proof of delivery in the sender's stream and the discharge of the duty it was for.</summary>
    internal static async Task DeliverAsync(
        this CommandSession session, LoadedStream<ReferralState, ReferralEvent> referral, ConfirmDelivery command, PolicyState policies)
    {
        var decision = ConfirmDelivery.Decide(command, referral.State, session.Now);
        if (!session.Record(referral, decision, SendersRecord(referral.State)) || decision.Events.Count == 0 || referral.State.DutyId is not { } dutyId)
            return;

        var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(referral.State.ClientId));
        var facts = referral.History.Select(recorded => recorded.Data).ToList();
        var referredBy = facts.OfType<ReferralCreated>().First().CreatedBy;
        var sentBy = facts.OfType<ReferralSent>().LastOrDefault()?.SentBy;
        var discharge = new DischargeByDelivery(referral.State.ClientId, dutyId, command.ReferralId, Delivered(command.When, session.Now), referredBy, sentBy);
        session.Record(
            duties, DischargeByDelivery.Decide(discharge, duties.State, (at, upTo) => policies.InForceAt(at, upTo)), SendersRecord(referral.State));
    }

    /// <summary>A delivery told to the day counts at the end of that day, or now while the day lasts.</summary>
    private static DateTimeOffset Delivered(When when, DateTimeOffset now) => when.Latest < now ? when.Latest : now;

    private static async Task CheckDutyAsync(CommandSession session, Registers registers, CreateReferralRequest request, Guid dutyId)
    {
        var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(request.ClientId));
        var own = OwnDuties.Of(session.Actor, duties.State, duties.History);
        var policies = await registers.PoliciesAsync(session.Actor.Jurisdiction, session.Cancellation);
        var rejection = own.Find(dutyId) is { } duty && policies.Find(duty.PolicyVersion) is { } judgedBy
            ? ReferForDuty.Check(own, dutyId, request.ToAgencyId, session.Actor.Role, judgedBy.Policy)
            : DutyRejections.NotFound();
        if (rejection is not null)
            session.Refuse(rejection);
    }

    private static Task<IResult> ChangeOwnAsync(
        Guid referralId, CommandDesk desk, Func<CommandSession, ReferralState, Task<Decision<ReferralEvent>>> decide) =>
        desk.RunAsync(async session =>
        {
            var referral = await session.LoadAsync(Streams.Referral, referralId);
            if (await IsOwnAsync(session, referral.State))
                session.Record(referral, await decide(session, referral.State), SendersRecord(referral.State));
            else
                session.Refuse(ReferralRejections.NotFound(referralId));
            return Answer.Done(referral);
        });

    /// <summary>The sender's agency, and the client the actor's own; a transport system acts for any sender.</summary>
    private static async Task<bool> IsOwnAsync(CommandSession session, ReferralState state)
    {
        if (state.Phase == ReferralPhase.NotCreated)
            return false;
        if (session.Actor.Role == Role.Service)
            return true;

        var supervision = await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(state.ClientId));
        return state.FromAgencyId == session.Actor.Agency && ClientRights.Supervises(session.Actor, supervision.State);
    }

    /// <summary>Whoever proves it, delivery belongs to the sender's record.</summary>
    private static Func<Circumstances, Circumstances> SendersRecord(ReferralState referral) => about =>
        DutyDesk.About(about) with
        {
            RecordOf = referral.FromAgencyId == about.Agency ? null : referral.FromAgencyId,
        };
}
