using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Courts;

/// <summary>What a decision about a participation needs to know. An entry that was retracted counts as if it had never been recorded.</summary>
/// <param name="Stage">How far it is.</param>
/// <param name="AgencyId">The agency that the court is.</param>
/// <param name="ReferredAt">UTC.</param>
/// <param name="AdmittedOn">Local date; null before admission.</param>
/// <param name="AdmittedAt">UTC.</param>
/// <param name="EndedAt">UTC; null before the end.</param>
/// <param name="OnCompletion">What completing it means.</param>
/// <param name="Screenings">What was screened, with the screening that happened last, whichever was told last.</param>
/// <param name="Phase">Code of the current phase.</param>
/// <param name="PhaseSince">Local date of its beginning.</param>
/// <param name="Met">Objectives met, as phase and objective.</param>
/// <param name="Waived">Objectives waived, as phase and objective.</param>
/// <param name="Hearings">By their entry.</param>
/// <param name="Conditions">By their entry.</param>
/// <param name="Orders">Restitution, fees and community service, by their entry.</param>
/// <param name="JailDays">Days of jail sanctions not served, by their entry.</param>
/// <param name="Warrants">Open warrants, by their entry.</param>
/// <param name="Proposal">The proposal to terminate that is open; null for none.</param>
/// <param name="Log">Every entry in order, the retracted ones and their retractions too.</param>
/// <param name="Retracted">Entries that count no more.</param>
public sealed record ParticipationState(
    ParticipationStage Stage,
    Guid ClientId,
    Guid ParticipationId,
    string? Court,
    string? AgencyId,
    DateTimeOffset? ReferredAt,
    DateOnly? AdmittedOn,
    DateTimeOffset? AdmittedAt,
    DateTimeOffset? EndedAt,
    CompletionEffect? OnCompletion,
    ImmutableDictionary<ScreeningKind, EligibilityScreened> Screenings,
    string? Phase,
    DateOnly? PhaseSince,
    ImmutableHashSet<(string Phase, string Objective)> Met,
    ImmutableHashSet<(string Phase, string Objective)> Waived,
    ImmutableDictionary<Guid, CourtHearing> Hearings,
    ImmutableDictionary<Guid, ConditionStanding> Conditions,
    ImmutableDictionary<Guid, CourtOrder> Orders,
    ImmutableDictionary<Guid, int> JailDays,
    ImmutableHashSet<Guid> Warrants,
    OpenProposal? Proposal,
    ImmutableList<ParticipationEvent> Log,
    ImmutableHashSet<Guid> Retracted)
{
    public static readonly ParticipationState Initial = new(
        ParticipationStage.None,
        Guid.Empty,
        Guid.Empty,
        Court: null,
        AgencyId: null,
        ReferredAt: null,
        AdmittedOn: null,
        AdmittedAt: null,
        EndedAt: null,
        OnCompletion: null,
        ImmutableDictionary<ScreeningKind, EligibilityScreened>.Empty,
        Phase: null,
        PhaseSince: null,
        [],
        [],
        ImmutableDictionary<Guid, CourtHearing>.Empty,
        ImmutableDictionary<Guid, ConditionStanding>.Empty,
        ImmutableDictionary<Guid, CourtOrder>.Empty,
        ImmutableDictionary<Guid, int>.Empty,
        [],
        Proposal: null,
        ImmutableList<ParticipationEvent>.Empty,
        []);

    /// <summary>From when it counts as over, UTC: an end that is known to the day, from the end of that day; null before the end.</summary>
    public DateTimeOffset? OverSince { get; init; }

    /// <summary>Whether it is over, whatever the reason.</summary>
    public bool IsOver => Stage > ParticipationStage.Admitted;

    /// <summary>Every entry that counts, in the order of recording.</summary>
    public IEnumerable<ParticipationEvent> Standing => Log.Where(entry => entry is not CourtEntryRetracted && !Retracted.Contains(entry.EntryId));

    /// <returns>The entry with that id, retracted or not; null for none.</returns>
    public ParticipationEvent? FindEntry(Guid entryId) => Log.Find(entry => entry.EntryId == entryId);

    /// <returns>Whether an objective need not be met any more.</returns>
    public bool IsSettled(string phase, string objective) => Met.Contains((phase, objective)) || Waived.Contains((phase, objective));

    /// <returns>Codes of the required objectives of a phase that are neither met nor waived.</returns>
    public IReadOnlyList<string> OpenObjectives(CourtPhase phase) =>
        [.. phase.Objectives.Where(objective => objective.Required && !IsSettled(phase.Code, objective.Code)).Select(objective => objective.Code)];

    public static ParticipationState Evolve(ParticipationState state, ParticipationEvent fact)
    {
        var log = state.Log.Add(fact);
        if (fact is not CourtEntryRetracted retraction)
            return Apply(state, fact) with { Log = log };

        var retracted = state.Retracted.Add(retraction.RetractedEntryId);
        return log.Where(entry => entry is not CourtEntryRetracted && !retracted.Contains(entry.EntryId))
            .Aggregate(Initial, Apply) with
        { Log = log, Retracted = retracted };
    }

    /// <summary>
    /// The participation as some of its entries tell it, in their order: those of a moment in the past. An entry about something that these do
    /// not know yet stays in the log and changes nothing.
    /// </summary>
    public static ParticipationState OfSome(IEnumerable<ParticipationEvent> entries)
    {
        ImmutableList<ParticipationEvent> log = [.. entries];
        ImmutableHashSet<Guid> retracted = [.. log.OfType<CourtEntryRetracted>().Select(entry => entry.RetractedEntryId)];
        return log.Where(entry => entry is not CourtEntryRetracted && !retracted.Contains(entry.EntryId))
            .Aggregate(Initial, (state, entry) => state.Knows(entry) ? Apply(state, entry) : state) with
        { Log = log, Retracted = retracted };
    }

    private bool Knows(ParticipationEvent fact) => fact switch
    {
        StatusHearingContinued e => Hearings.ContainsKey(e.HearingId),
        StatusHearingMissed e => Hearings.ContainsKey(e.HearingId),
        RestitutionPaid e => Orders.ContainsKey(e.OrderId),
        FeePaid e => Orders.ContainsKey(e.OrderId),
        FeeWaived e => Orders.ContainsKey(e.OrderId),
        CommunityServiceCompleted e => Orders.ContainsKey(e.OrderId),
        JailSanctionServed e => JailDays.ContainsKey(e.SanctionId),
        _ => true,
    };

    private static ParticipationState Apply(ParticipationState state, ParticipationEvent fact) => fact switch
    {
        TreatmentCourtReferred e => state with
        {
            Stage = ParticipationStage.Referred,
            ClientId = e.ClientId,
            ParticipationId = e.ParticipationId,
            Court = e.Court,
            AgencyId = e.AgencyId,
            ReferredAt = e.OccurredAt,
        },
        EligibilityScreened e => state.Screenings.GetValueOrDefault(e.Kind) is { } last && e.IsBefore(last) ? state : state with { Screenings = state.Screenings.SetItem(e.Kind, e) },
        EligibilityDetermined { Accepted: true } => state with { Stage = ParticipationStage.Accepted },
        EligibilityDetermined e => state.Over(ParticipationStage.NotAccepted, e),
        ParticipantDeclinedProgram e => state.Over(ParticipationStage.Declined, e),
        ParticipantAdmitted e => state with
        {
            Stage = ParticipationStage.Admitted,
            AdmittedOn = e.OccurredOn,
            AdmittedAt = e.OccurredAt,
            OnCompletion = e.OnCompletion,
        },
        PhaseAssigned e => state with { Phase = e.Phase, PhaseSince = e.OccurredOn },
        PhaseAdvanced e => state with { Phase = e.ToPhase, PhaseSince = e.OccurredOn },
        PhaseReturnedToEarlier e => state.ReturnedTo(e),
        PhaseRequirementRecorded e => state with { Met = state.Met.Add((e.Phase, e.Objective)) },
        PhaseRequirementWaived e => state with { Waived = state.Waived.Add((e.Phase, e.Objective)) },
        StatusHearingScheduled e => state.WithHearing(e.EntryId, new CourtHearing(e.Kind, e.ScheduledAt, HearingStanding.Scheduled)),
        StatusHearingHeld e => state.WithHearing(e.HearingId ?? e.EntryId, new CourtHearing(e.Kind, e.OccurredAt, HearingStanding.Held)),
        StatusHearingContinued e => state.WithHearing(e.HearingId, state.Hearings[e.HearingId] with { At = e.ScheduledAt }),
        StatusHearingMissed e => state.WithHearing(e.HearingId, state.Hearings[e.HearingId] with { Standing = HearingStanding.Missed }),
        ConditionOrdered e => state.WithCondition(e.EntryId, ConditionStanding.Open),
        ConditionSatisfied e => state.WithCondition(e.ConditionId, ConditionStanding.Satisfied),
        ConditionLifted e => state.WithCondition(e.ConditionId, ConditionStanding.Lifted),
        RestitutionOrdered e => state.WithOrder(e.EntryId, new CourtOrder(CourtOrderKind.Restitution, e.AmountCents)),
        FeeOrdered e => state.WithOrder(e.EntryId, new CourtOrder(CourtOrderKind.Fee, e.AmountCents)),
        CommunityServiceOrdered e => state.WithOrder(e.EntryId, new CourtOrder(CourtOrderKind.CommunityService, e.Hours)),
        RestitutionPaid e => state.Settled(e.OrderId, e.AmountCents),
        FeePaid e => state.Settled(e.OrderId, e.AmountCents),
        FeeWaived e => state.Settled(e.OrderId, e.AmountCents),
        CommunityServiceCompleted e => state.Settled(e.OrderId, e.Hours),
        JailSanctionImposed e => state with { JailDays = state.JailDays.SetItem(e.EntryId, e.Days) },
        JailSanctionServed e => state with { JailDays = state.JailDays.SetItem(e.SanctionId, state.JailDays[e.SanctionId] - e.Days) },
        WarrantIssued e => state with { Warrants = state.Warrants.Add(e.EntryId) },
        WarrantQuashed e => state with { Warrants = state.Warrants.Remove(e.WarrantId) },
        TerminationProposed e => state with { Proposal = new OpenProposal(e.EntryId, Heard: false) },
        TerminationHearingHeld { Outcome: TerminationOutcome.Continue } => state with { Proposal = null },
        TerminationHearingHeld e => state with { Proposal = new OpenProposal(e.ProposalId, Heard: true) },
        ParticipationTerminated e => state.Over(ParticipationStage.Terminated, e),
        ParticipantWithdrew e => state.Over(ParticipationStage.Withdrawn, e),
        ParticipationClosed e => state.Over(ParticipationStage.Closed, e),
        ParticipantGraduated e => state.Over(ParticipationStage.Graduated, e),
        StaffingHeld or JudicialActionRecorded or ConditionAmended or ConditionViolated or IncentiveGranted or SanctionImposed
            or ServiceAdjustmentMade or CommencementHeld or AftercareContactMade or SupervisionOfficerNamed => state,
        CourtEntryRetracted => state,
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ParticipationState)}."),
    };

    private ParticipationState Over(ParticipationStage stage, ParticipationEvent fact) =>
        this with { Stage = stage, EndedAt = fact.OccurredAt, OverSince = fact.CountsFrom(), Proposal = null };

    /// <summary>What was met in the phase before stays met; what the phase asks is asked anew, or the return would be one in name alone.</summary>
    private ParticipationState ReturnedTo(PhaseReturnedToEarlier e) => this with
    {
        Phase = e.ToPhase,
        PhaseSince = e.OccurredOn,
        Met = [.. Met.Where(one => one.Phase != e.ToPhase)],
    };

    private ParticipationState WithHearing(Guid id, CourtHearing hearing) => this with { Hearings = Hearings.SetItem(id, hearing) };

    private ParticipationState WithCondition(Guid id, ConditionStanding standing) => this with { Conditions = Conditions.SetItem(id, standing) };

    private ParticipationState WithOrder(Guid id, CourtOrder order) => this with { Orders = Orders.SetItem(id, order) };

    private ParticipationState Settled(Guid id, long amount) => WithOrder(id, Orders[id] with { Settled = Orders[id].Settled + amount });
}

/// <summary>In this order; everything after <see cref="Admitted"/> is an end.</summary>
public enum ParticipationStage
{
    None,
    Referred,
    Accepted,
    Admitted,
    NotAccepted,
    Declined,
    Terminated,
    Withdrawn,
    Closed,
    Graduated,
}

/// <param name="At">UTC: when it is to be held, or was.</param>
public sealed record CourtHearing(HearingKind Kind, DateTimeOffset At, HearingStanding Standing);

public enum HearingStanding
{
    Scheduled,
    Held,
    Missed,
}

public enum ConditionStanding
{
    Open,
    Satisfied,
    Lifted,
}

/// <param name="EntryId">The proposal.</param>
/// <param name="Heard">Whether a hearing decided to terminate.</param>
public sealed record OpenProposal(Guid EntryId, bool Heard);
