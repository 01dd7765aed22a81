using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Overdoses;

/// <summary>
/// Given what happened to a client's duties, when someone asks, then these facts are recorded or the answer is no.
/// Unless a test says otherwise, the agent learned on Tuesday 2 June 2026 at 10:00 in Wisconsin, policy version 3.
/// </summary>
public abstract class DutySpec
{
    protected const string Agent = "agent-1";
    protected const string NextAgent = "agent-2";
    protected const string Supervisor = "supervisor-1";
    protected const string Provider = "safe-communities";

    protected static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000c1");
    protected static readonly Guid FirstOverdose = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1");
    protected static readonly Guid SecondOverdose = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a2");
    protected static readonly Guid ReferralId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1");
    protected static readonly Guid DutyId = DutyOf(FirstOverdose);

    protected static readonly JurisdictionPolicy Policy = JurisdictionPolicy.Default(Provider);
    protected static readonly SupervisedBy Supervision = new(Agent, "doc", "office-1");
    protected static readonly DateTimeOffset KnownAt = Cdt(6, 2, 10);
    protected static readonly DateTimeOffset DueAt = Cdt(6, 3, 10);

    protected DutyState State { get; private set; } = DutyState.Initial;

    protected Duty Duty => State.Find(DutyId)!;

    protected void Given(params IEnumerable<DutyEvent> history) => State = history.Aggregate(State, DutyState.Evolve);

    /// <summary>What was decided became history.</summary>
    protected void GivenThat(Decision<DutyEvent> decision)
    {
        decision.Rejection.ShouldBeNull();
        Given(decision.Events);
    }

    /// <summary>Wisconsin's summer time in 2026 (8 March to 1 November).</summary>
    protected static DateTimeOffset Cdt(int month, int day, int hour, int minute = 0, int second = 0) =>
        new(2026, month, day, hour, minute, second, TimeSpan.FromHours(-5));

    /// <summary>Wisconsin's winter time.</summary>
    protected static DateTimeOffset Cst(int year, int month, int day, int hour, int minute = 0) =>
        new(year, month, day, hour, minute, 0, TimeSpan.FromHours(-6));

    protected static Guid DutyOf(Guid overdose) => NamedId.Of(ClientId, $"duty/{overdose}");

    /// <summary>The policy register: in force at an instant, among versions up to a bound. Versions count from 1.</summary>
    protected static Func<DateTimeOffset, int, PolicyInForce?> Register(params (DateTimeOffset EffectiveFrom, JurisdictionPolicy Policy)[] versions) =>
        (instant, upTo) => versions
            .Select((version, index) => (Number: index + 1, version.EffectiveFrom, version.Policy))
            .Where(version => version.Number <= upTo && version.EffectiveFrom <= instant)
            .OrderBy(version => version.EffectiveFrom)
            .Select(version => new PolicyInForce(version.Policy, version.Number, versions.Length))
            .LastOrDefault();

    /// <summary>One policy, version 3, always in force.</summary>
    protected static Func<DateTimeOffset, int, PolicyInForce?> Always(JurisdictionPolicy policy) =>
        (_, _) => new PolicyInForce(policy, Version: 3, LatestVersion: 3);

    protected static Func<DateTimeOffset, int, PolicyInForce?> InForce => Always(Policy);

    protected Decision<DutyEvent> Learning(
        Guid overdose, DateTimeOffset knownAt, Func<DateTimeOffset, int, PolicyInForce?>? policyAt = null, DateTimeOffset? now = null) =>
        RecordOverdoseKnown.Decide(
            new RecordOverdoseKnown(ClientId, overdose, Agent, LearnedFrom.Police, knownAt),
            State,
            FactsOf(overdose),
            Supervision,
            policyAt ?? InForce,
            now ?? knownAt);

    protected Decision<DutyEvent> Correcting(
        Guid overdose, DateTimeOffset correctedKnownAt, Func<DateTimeOffset, int, PolicyInForce?>? policyAt = null) =>
        CorrectAgentKnowledge.Decide(
            new CorrectAgentKnowledge(ClientId, overdose, KnownEventId, correctedKnownAt, Sealed<string>.Of("Wrong date on the form.")),
            State,
            FactsOf(overdose),
            policyAt ?? InForce,
            now: Cdt(6, 30, 9));

    protected static readonly Guid KnownEventId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e1");

    protected static OverdoseFacts FactsOf(Guid overdose) =>
        new(overdose, ClientId, OccurredAt: Cst(2026, 1, 1, 0), Fatal: false, RuledOut: false);

    protected static OverdoseKnownToAgent Known(Guid overdose, DateTimeOffset at) =>
        new OverdoseKnownToAgent(overdose, Agent, LearnedFrom.Police) { ClientId = ClientId }.At(at);

    protected static ReferralDutyTriggered Triggered(
        Guid overdose, DateTimeOffset knownAt, DateTimeOffset startsAt, DateTimeOffset dueAt, int version = 3, int latest = 3) =>
        new ReferralDutyTriggered(
            DutyOf(overdose), overdose, "R1", Agent, "doc", "office-1", Provider, startsAt, dueAt, dueAt.AddHours(-4), version, latest)
        {
            ClientId = ClientId,
        }.At(knownAt);

    protected static OverdoseMergedIntoDuty Merged(Guid overdose, DateTimeOffset knownAt) =>
        new OverdoseMergedIntoDuty(DutyId, overdose, PolicyVersion: 3) { ClientId = ClientId }.At(knownAt);

    protected static ReferralDutyDischarged Discharged(
        DischargePath path, DateTimeOffset at, bool inTime = true, Guid? referral = null, DateTimeOffset? dueAt = null) =>
        new ReferralDutyDischarged(DutyId, path, referral, dueAt ?? DueAt, inTime, PolicyVersion: 3) { ClientId = ClientId }.At(at);

    protected static ReferralDutyImpossibilityRecorded Gone(DateTimeOffset at) =>
        new ReferralDutyImpossibilityRecorded(DutyId, ImpossibleReason.ClientGone, []) { ClientId = ClientId }.At(at);

    protected static ReferralDutyClosedUnsupervised Closed(DateTimeOffset at) =>
        new ReferralDutyClosedUnsupervised(DutyId, DutyPhase.Open) { ClientId = ClientId }.At(at);

    protected static ReferralAttestationGiven Attested(DateTimeOffset at) =>
        new ReferralAttestationGiven(DutyId, Agent) { ClientId = ClientId }.At(at);

    protected static AgentSupervisorVerified Verified(DateTimeOffset at) =>
        new AgentSupervisorVerified(DutyId, Supervisor) { ClientId = ClientId }.At(at);

    protected static ReferralDutyReturned Returned(DateTimeOffset at) =>
        new ReferralDutyReturned(DutyId, Supervisor, Sealed<string>.Of("Which coach?")) { ClientId = ClientId }.At(at);

    protected static ReferralDutyReassigned Reassigned(DateTimeOffset at) =>
        new ReferralDutyReassigned(DutyId, Agent, NextAgent, "doc", "office-2") { ClientId = ClientId }.At(at);

    /// <summary>Known Tuesday 10:00, due Wednesday 10:00.</summary>
    protected static DutyEvent[] OpenDuty() => [Known(FirstOverdose, KnownAt), Triggered(FirstOverdose, KnownAt, KnownAt, DueAt)];

    /// <summary>Delivered Wednesday 09:00, in time.</summary>
    protected static DutyEvent[] MetDuty() => [.. OpenDuty(), Discharged(DischargePath.Referred, Cdt(6, 3, 9), referral: ReferralId)];
}
