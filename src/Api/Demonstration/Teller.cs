using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Api.Demonstration;

/// <summary>
/// Tells the demonstration's stories through the same decisions as the doors. All ids follow from names and all times from
/// one anchor, so a story told again after a kill records only what is missing.
/// </summary>
internal sealed class Teller(CommandLoop loop, Registers registers, DateTimeOffset anchor, CancellationToken cancellation)
{
    public const string Jurisdiction = "demo";

    /// <summary>The moment that all times of the stories are counted from, UTC.</summary>
    public DateTimeOffset Anchor { get; } = anchor;

    public static Guid Id(string name) => NamedId.Of("demonstration", name);

    public static Actor Who(string id, Role role, string? agency = null, string? office = null) =>
        new(id, role, Jurisdiction, agency, office);

    public DateTimeOffset Ago(double days) => Anchor.AddMinutes(-Math.Round(days * 24 * 60));

    /// <summary>One command on one stream.</summary>
    public Task TellAsync<TState, TEvent>(
        Actor actor, StreamOf<TState, TEvent> kind, Guid id, Func<TState, DateTimeOffset, Decision<TEvent>> decide, Func<Circumstances, Circumstances>? about = null)
        where TEvent : DomainEvent => TellAsync(actor, async session =>
        {
            var stream = await session.LoadAsync(kind, id);
            session.Record(stream, decide(stream.State, session.Now), about);
            return Answer.Done(stream);
        });

    /// <summary>One command on several streams.</summary>
    /// <exception cref="InvalidOperationException">The story breaks a rule: a mistake in it, not in the data.</exception>
    public async Task TellAsync(Actor actor, Func<CommandSession, Task<Answer>> act) => Told(await loop.RunAsync(actor, act, new CommandTerms(), cancellation));

    /// <summary>Sees that a command was recorded, now or before.</summary>
    /// <exception cref="InvalidOperationException">The story breaks a rule: a mistake in it, not in the data.</exception>
    public static void Told(CommandResult result)
    {
        if (result is CommandResult.Refused refused)
            throw new InvalidOperationException($"The demonstration breaks the rule \"{refused.Rejection.Code}\": {refused.Rejection.Reason}");
        if (result is not (CommandResult.Recorded or CommandResult.AlreadyDone))
            throw new InvalidOperationException($"The demonstration got no answer but {result.GetType().Name}.");
    }

    /// <summary>A plain fact about a client; facts refuse nothing, so this looks for itself whether it is told already.</summary>
    public Task FactAsync(Actor actor, TouchpointEvent fact, double daysAgo) => TellAsync(actor, async session =>
    {
        var stream = await session.LoadAsync(Streams.Touchpoints, StreamIds.Touchpoints(fact.ClientId, actor.Agency!));
        var when = When.At(Ago(daysAgo));
        var told = stream.History.Any(recorded =>
            recorded.Data.GetType() == fact.GetType() && ((TouchpointEvent)recorded.Data).OccurredAt == when.OccurredAt);
        session.Record(
            stream,
            told ? Decision<TouchpointEvent>.AlreadyDone : ReportFact.Decide(new(fact, when), session.Now),
            about => about with { Intercept = ReportableFacts.Of(fact).Intercept });
        return Answer.Done(stream);
    });

    /// <summary>The police report an overdose; the supervisor records when the client's agent learned of it.</summary>
    public async Task OverdoseAsync(Guid clientId, string name, double occurredDaysAgo, double knownDaysAgo, Actor supervisor, params string[] substances)
    {
        var overdoseId = Id($"overdose/{name}");
        await TellAsync(County.Dispatcher1, Streams.Overdose, overdoseId, (state, now) => ReportOverdose.Decide(
            new(
                overdoseId, clientId, new OverdoseDetails(Fatality.NonFatal, Certainty.Suspected, substances, NaloxoneGiven: true, 2, "north"),
                OverdoseSource.Police, County.Police, Note: null, new When(Ago(occurredDaysAgo), TimePrecision.Minute, Ago(occurredDaysAgo))),
            state, now), about => about with { Intercept = 1 });

        await TellAsync(supervisor, async session =>
        {
            var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(clientId));
            var overdose = await session.LoadAsync(Streams.Overdose, overdoseId);
            var supervision = (await session.LoadAsync(Streams.Supervision, StreamIds.Supervision(clientId))).State;
            var policies = await registers.PoliciesAsync(Jurisdiction, session.Cancellation);
            var facts = new OverdoseFacts(overdoseId, clientId, overdose.State.OccurredAt, overdose.State.IsFatal, overdose.State.RuledOut);
            session.Record(duties, RecordOverdoseKnown.Decide(
                new(clientId, overdoseId, supervision.AgentId!, LearnedFrom.Police, Ago(knownDaysAgo)),
                duties.State,
                facts,
                new SupervisedBy(supervision.AgentId!, supervision.AgencyId!, supervision.OfficeId!),
                (at, upTo) => policies.InForceAt(at, upTo),
                session.Now), Overdoses.DutyDesk.About);
            return Answer.Done(duties);
        });
    }

    /// <summary>A change of a client's latest duty.</summary>
    public Task DutyAsync(Actor actor, Guid clientId, Func<DutyState, JurisdictionPolicy, DateTimeOffset, Decision<DutyEvent>> decide) =>
        TellAsync(actor, async session =>
        {
            var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(clientId));
            var policies = await registers.PoliciesAsync(Jurisdiction, session.Cancellation);
            session.Record(duties, decide(duties.State, policies.Find(duties.State.Duties[^1].PolicyVersion)!.Policy, session.Now), Overdoses.DutyDesk.About);
            return Answer.Done(duties);
        });

    /// <summary>The agent refers for the latest duty and sends it.</summary>
    public async Task ReferAsync(Actor agent, Guid clientId, string name, double sentDaysAgo)
    {
        var referralId = Id($"referral/{name}");
        var sent = When.At(Ago(sentDaysAgo));
        var policies = await registers.PoliciesAsync(Jurisdiction, cancellation);
        await TellAsync(agent, async session =>
        {
            var referral = await session.LoadAsync(Streams.Referral, referralId);
            var duties = await session.LoadAsync(Streams.Duty, StreamIds.ReferralDuty(clientId));
            session.Record(referral, CreateReferral.Decide(
                new(referralId, clientId, duties.State.Duties[^1].DutyId, agent.Agency!, County.Provider, agent.Id, "recovery-coach",
                    Sealed<string>.Of("Prefers to be called in the morning."), sent),
                referral.State, receiverIsKnown: true, session.Now), Overdoses.DutyDesk.About);
            session.Record(
                referral,
                SendReferral.Decide(new(referralId, ReferralChannel.Inbox, sent, agent.Id), referral.State, policies.InForceAt(sent.OccurredAt), session.Now),
                Overdoses.DutyDesk.About);
            return Answer.Done(referral);
        });
    }

    /// <summary>The provider acknowledges, which proves delivery and discharges the duty; then accepts.</summary>
    public async Task ReceiveAsync(Actor coach, string name, double daysAgo, bool accept)
    {
        var referralId = Id($"referral/{name}");
        var when = When.At(Ago(daysAgo));
        var policies = await registers.PoliciesAsync(Jurisdiction, cancellation);
        await TellAsync(coach, async session =>
        {
            var intake = await session.LoadAsync(Streams.Intake, StreamIds.ReferralIntake(referralId));
            var referral = await session.LoadAsync(Streams.Referral, referralId);
            session.Record(intake, AcknowledgeReferral.Decide(new(referralId, coach.Agency!, coach.Id, when), intake.State, referral.State, session.Now));
            if (accept)
                session.Record(intake, AcceptReferral.Decide(new(referralId, coach.Agency!, coach.Id, when), intake.State, referral.State, session.Now));
            await Referrals.SendingReferrals.DeliverAsync(session, referral, ConfirmDelivery.ByReceiver(referralId, coach, when), policies);
            return Answer.Done(intake);
        });
    }
}
