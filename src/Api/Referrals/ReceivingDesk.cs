using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Referrals;

/// <summary>What every act of a receiver has in common: both sides loaded, delivery proven first, the answer about the intake.</summary>
public sealed class ReceivingDesk(CommandDesk desk, Registers registers, JurisdictionTime time)
{
    /// <summary>Runs a receiver's act; answers 204 with the version of the receiver's stream.</summary>
    public Task<IResult> RunAsync(Guid referralId, WhenPart? stated, Func<Received, When, Decision<IntakeEvent>> decide) =>
        desk.RunAsync(async session =>
        {
            var intake = await session.LoadAsync(Streams.Intake, StreamIds.ReferralIntake(referralId));
            intake.Before = BeforeHolder(intake.History);
            var referral = await session.LoadAsync(Streams.Referral, referralId);
            var actor = session.Actor;
            var when = await time.WhenAsync(actor.Jurisdiction, stated, session.Now, session.Cancellation);
            var policies = await registers.PoliciesAsync(actor.Jurisdiction, session.Cancellation);
            var received = new Received(
                session,
                actor.Agency ?? "",
                referral.State,
                intake.State,
                await registers.DirectoryAsync(actor.Jurisdiction, session.Cancellation),
                policies.InForceAt(session.Now));

            var decision = decide(received, when);
            if (session.Record(intake, decision, about => about with { Intercept = 5 }) && decision.Events.Count > 0)
                await session.DeliverAsync(referral, ConfirmDelivery.ByReceiver(referralId, actor, when), policies);
            // Who passed the referral on is no longer told how far the new holder is.
            return (intake.State.HolderAgencyId ?? referral.State.ToAgencyId) == actor.Agency
                ? Answer.Done(intake)
                : new Answer(StatusCodes.Status204NoContent, null);
        });

    /// <returns>How many entries are from before it was passed on to whoever holds it: what another provider did, and how much, is not theirs to know.</returns>
    internal static int BeforeHolder(IReadOnlyList<RecordedEvent> history) =>
        history.Select((recorded, n) => recorded.Data is ReferralRedirected ? n + 1 : 0).DefaultIfEmpty().Max();
}

/// <summary>What a decision of a receiver rests on.</summary>
public sealed record Received(
    CommandSession Session, string Agency, ReferralState Referral, IntakeState Intake, DirectoryState Directory, PolicyInForce? Policy);
