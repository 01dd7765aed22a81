using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Overdoses;

/// <summary>A client's overdose duties, oldest first, and which overdoses the agent knows of.</summary>
/// <param name="KnownAt">By overdose: when the agent learned, as corrected.</param>
/// <param name="NotOwed">By overdose: why no duty followed from the knowing.</param>
public sealed record DutyState(
    ImmutableDictionary<Guid, DateTimeOffset> KnownAt, ImmutableDictionary<Guid, NotOwedReason> NotOwed, ImmutableList<Duty> Duties)
{
    public static readonly DutyState Initial = new(
        ImmutableDictionary<Guid, DateTimeOffset>.Empty, ImmutableDictionary<Guid, NotOwedReason>.Empty, []);

    /// <summary>Overdoses whose knowing was corrected.</summary>
    public ImmutableHashSet<Guid> Corrected { get; init; } = [];

    /// <returns>The duty named, or the latest when none is named; null when there is none.</returns>
    public Duty? Find(Guid? dutyId) => dutyId is null ? Duties.LastOrDefault() : Duties.Find(duty => duty.DutyId == dutyId);

    public static DutyState Evolve(DutyState state, DutyEvent fact) => fact switch
    {
        OverdoseKnownToAgent e => state with { KnownAt = state.KnownAt.SetItem(e.OverdoseId, e.OccurredAt) },
        AgentKnowledgeCorrected e => (state with { KnownAt = state.KnownAt.SetItem(e.OverdoseId, e.CorrectedKnownAt), Corrected = state.Corrected.Add(e.OverdoseId) })
            .Change(e.DutyId, duty => duty.ActedOnBy(e.CorrectedBy)),
        ReferralDutyNotOwed e => state with { NotOwed = state.NotOwed.SetItem(e.OverdoseId, e.Reason) },
        ReferralDutyTriggered e => state.Without(e.OverdoseId) with { Duties = state.Without(e.OverdoseId).Duties.Add(Duty.From(e)) },
        OverdoseMergedIntoDuty e => state.Without(e.OverdoseId)
            .Change(e.DutyId, duty => duty with { OverdoseIds = duty.OverdoseIds.Add(e.OverdoseId) }),
        ReferralDutyDueMoved e => state.Change(e.DutyId, duty => duty with { DueAt = e.DueAt, PolicyVersion = e.PolicyVersion }),
        ReferralDutyRejudged e => state.Change(e.DutyId, duty => duty with
        {
            DueAt = e.DueAt,
            PolicyVersion = e.PolicyVersion,
            InTime = e.InTime,
            Verified = false,
        }),
        ClientNotInterestedRecorded e => state.Change(e.DutyId, duty => duty.ActedOnBy(e.AskedBy)),
        ReferralDutyExemptionRecorded e => state.Change(e.DutyId, duty => duty.ActedOnBy(e.ApprovedBy)),
        ReferralDutyImpossibilityRecorded e => state.Change(
            e.DutyId, duty => duty.ActedOnBy(e.RecordedBy) with { Phase = DutyPhase.Impossible, EndedAt = e.OccurredAt }),
        ReferralDutyDischarged e => state.Change(e.DutyId, duty => duty.ActedOnBy(e.ReferredBy).ActedOnBy(e.SentBy) with
        {
            Phase = DutyPhase.Discharged,
            Path = e.Path,
            EndedAt = e.OccurredAt,
            InTime = e.InTime,
            Attested = false,
            Verified = false,
            Returned = false,
        }),
        ReferralAttestationGiven e => state.Change(e.DutyId, duty => duty.ActedOnBy(e.AttestedBy) with { Attested = true }),
        AgentSupervisorVerified e => state.Change(e.DutyId, duty => duty with { Verified = true }),
        ReferralDutyReturned { ReopenedDueAt: not null } e => state.Change(
            e.DutyId, duty => duty with { Phase = DutyPhase.Open, EndedAt = null, Attested = false, Verified = false, Returned = true }),
        ReferralDutyReturned e => state.Change(e.DutyId, duty => duty with { Attested = false, Verified = false, Returned = true }),
        ReferralDutyReassigned e => state.Change(
            e.DutyId, duty => duty.ActedOnBy(e.PreviousAgentId) with { AgentId = e.AgentId, AgencyId = e.AgencyId, OfficeId = e.OfficeId }),
        ReferralDutyClosedUnsupervised e => state.Change(e.DutyId, duty => duty with
        {
            Phase = DutyPhase.ClosedUnsupervised,
            EndedAt = e.OccurredAt,
        }),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(DutyState)}."),
    };

    /// <summary>An overdose belongs to one duty at most: to the last that it was put to.</summary>
    private DutyState Without(Guid overdoseId) => this with
    {
        NotOwed = NotOwed.Remove(overdoseId),
        Duties = Duties.ConvertAll(duty =>
            duty.OverdoseIds.Contains(overdoseId) ? duty with { OverdoseIds = duty.OverdoseIds.Remove(overdoseId) } : duty),
    };

    private DutyState Change(Guid? dutyId, Func<Duty, Duty> change) =>
        dutyId is not null && Find(dutyId) is { } duty ? this with { Duties = Duties.Replace(duty, change(duty)) } : this;
}

/// <summary>One duty to refer.</summary>
/// <param name="LatestPolicyVersion">The newest policy version that may ever judge it.</param>
/// <param name="EndedAt">When it was discharged, found impossible or closed; null while open.</param>
/// <param name="ActorIds">Who acted on it or held it before; none of them verifies it.</param>
public sealed record Duty(
    Guid DutyId,
    string AgentId,
    string AgencyId,
    string OfficeId,
    string ProviderAgencyId,
    ImmutableList<Guid> OverdoseIds,
    DateTimeOffset DueAt,
    int PolicyVersion,
    int LatestPolicyVersion,
    DutyPhase Phase,
    DischargePath? Path,
    DateTimeOffset? EndedAt,
    bool InTime,
    bool Attested,
    bool Verified,
    bool Returned,
    ImmutableHashSet<string> ActorIds)
{
    internal static Duty From(ReferralDutyTriggered fact) => new(
        fact.DutyId, fact.AgentId, fact.AgencyId, fact.OfficeId, fact.ProviderAgencyId, [fact.OverdoseId], fact.DueAt, fact.PolicyVersion, fact.LatestPolicyVersion,
        DutyPhase.Open, Path: null, EndedAt: null, InTime: false, Attested: false, Verified: false, Returned: false, ActorIds: []);

    internal Duty ActedOnBy(string? actorId) => actorId is null ? this : this with { ActorIds = ActorIds.Add(actorId) };

    /// <returns>When the agent first knew of any of its overdoses: the clock's cause.</returns>
    internal DateTimeOffset FirstKnownAt(DutyState state) => OverdoseIds.Min(id => state.KnownAt[id]);
}
