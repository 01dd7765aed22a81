using System.Collections.Immutable;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Referrals;

/// <summary>
/// The doors of the receiver. Whatever a receiver does first proves that the referral arrived, in the sender's stream; all
/// else goes to the receiver's own.
/// </summary>
public static class ReceivingReferrals
{
    /// <param name="Need">Null where labels were corrected and it is not the receiver's to see any more.</param>
    public sealed record View(
        Guid ReferralId, Guid ClientId, string FromAgencyId, string? Need, IntakePhase Phase, ImmutableList<ContactAttempt> Attempts, bool FirstContactMade, ReferralOutcome? Outcome)
    {
        /// <summary>What stands beside entries of the receiver's own side: what the client had put there, and that one is on the wrong person.</summary>
        public IReadOnlyList<EntryBeside> Beside { get; init; } = [];
    }

    public static View Example { get; } = new(
        CreateReferralRequest.ExampleId, CreateReferralRequest.Example.ClientId, "dcc", "recovery-coach", IntakePhase.Acknowledged, [], FirstContactMade: false, Outcome: null);

    public static async Task<IResult> ReadAsync(
        Guid referralId, Actor actor, IEventStore store, EntrySights sights, BesideEntries besides, HttpResponse response, CancellationToken cancellation)
    {
        var (_, referral) = await store.FoldAsync(Streams.Referral, actor.Jurisdiction, referralId, cancellation);
        var received = await store.FoldAsync(Streams.Intake, actor.Jurisdiction, StreamIds.ReferralIntake(referralId), cancellation);
        var intake = received.State;
        if (referral.Phase is ReferralPhase.NotCreated or ReferralPhase.Created || (intake.HolderAgencyId ?? referral.ToAgencyId) != actor.Agency)
            return Problems.From(ReferralRejections.NotFound(referralId));

        var marks = await besides.OfAsync(actor, [referral.ClientId], asked: null, position: null, cancellation);
        var before = ReceivingDesk.BeforeHolder(received.History);
        response.SetVersion(received.Version - before);
        var sight = await sights.OfAsync(actor, [referral.ClientId], cancellation);
        var need = (string?)referral.Need;
        if (sight.HidesAny)
        {
            var sent = await store.ReadStreamAsync(actor.Jurisdiction, referralId, cancellation: cancellation);
            need = sent.Events.Any(recorded => recorded.Data is ReferralCreated && sight.Hides(recorded)) ? null : need;
            // Who holds it is known to whoever holds it.
            intake = received.History.Where(recorded => recorded.Data is ReferralRedirected || !sight.Hides(recorded))
                .Aggregate(IntakeState.Initial, (state, recorded) => IntakeState.Evolve(state, (IntakeEvent)recorded.Data));
        }

        return TypedResults.Ok(new View(
            referralId, referral.ClientId, referral.FromAgencyId, need, intake.Phase, intake.Attempts, intake.FirstContactMade, intake.Outcome)
        {
            Beside = marks.Among(received.History.Skip(before).Where(recorded => !sight.Hides(recorded)).Select(recorded => recorded.EventId)),
        });
    }

    public static Task<IResult> AcknowledgeAsync(Guid referralId, WhenOnly request, ReceivingDesk desk) =>
        desk.RunAsync(referralId, request.When, (received, when) =>
            AcknowledgeReferral.Decide(new(referralId, received.Agency, received.Session.Actor.Id, when), received.Intake, received.Referral, received.Session.Now));

    public static Task<IResult> AcceptAsync(Guid referralId, WhenOnly request, ReceivingDesk desk) =>
        desk.RunAsync(referralId, request.When, (received, when) =>
            AcceptReferral.Decide(new(referralId, received.Agency, received.Session.Actor.Id, when), received.Intake, received.Referral, received.Session.Now));

    public static Task<IResult> DeclineAsync(Guid referralId, DeclineRequest request, ReceivingDesk desk) =>
        desk.RunAsync(referralId, request.When, (received, when) =>
            DeclineReferral.Decide(
                new(referralId, received.Agency, received.Session.Actor.Id, request.Reason, when), received.Intake, received.Referral, received.Session.Now));

    public static Task<IResult> RedirectAsync(Guid referralId, RedirectRequest request, ReceivingDesk desk) =>
        desk.RunAsync(referralId, request.When, (received, when) =>
            RedirectReferral.Decide(
                new(referralId, received.Agency, received.Session.Actor.Id, request.ToAgencyId, Sealed<string>.Of(request.Reason), when),
                received.Intake,
                received.Referral,
                received.Directory.IsProvider(request.ToAgencyId),
                received.Session.Now));

    public static Task<IResult> AttemptAsync(Guid referralId, AttemptRequest request, ReceivingDesk desk) =>
        desk.RunAsync(referralId, request.When, (received, when) =>
            RecordContactAttempt.Decide(
                new(referralId, received.Agency, request.Mode, request.Outcome, when), received.Intake, received.Referral, received.Session.Now));

    public static Task<IResult> FirstContactAsync(Guid referralId, FirstContactRequest request, ReceivingDesk desk) =>
        desk.RunAsync(referralId, request.When, (received, when) =>
            RecordFirstContact.Decide(new(referralId, received.Agency, request.Mode, when), received.Intake, received.Referral, received.Session.Now));

    public static Task<IResult> CouldNotContactAsync(Guid referralId, WhenOnly request, ReceivingDesk desk) =>
        desk.RunAsync(referralId, request.When, (received, when) =>
            RecordCouldNotContact.Decide(new(referralId, received.Agency, when), received.Intake, received.Referral, received.Policy, received.Session.Now));

    public static Task<IResult> CloseAsync(Guid referralId, CloseRequest request, ReceivingDesk desk) =>
        desk.RunAsync(referralId, request.When, (received, when) =>
            CloseReferral.Decide(new(referralId, received.Agency, request.Outcome, when), received.Intake, received.Referral, received.Session.Now));

    public static Task<IResult> ReopenAsync(Guid referralId, ReopenRequest request, ReceivingDesk desk) =>
        desk.RunAsync(referralId, request.When, (received, when) =>
            ReopenReferral.Decide(
                new(referralId, received.Agency, Sealed<string>.Of(request.Reason), when), received.Intake, received.Referral, received.Session.Now));
}
