using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Coaching;

/// <summary>A provider's coaching in one participation: who coaches, which sessions, plans and goals there are.</summary>
/// <param name="Phase">How far it got.</param>
/// <param name="ProviderAgencyId">Whose coaches.</param>
/// <param name="ProgramId">The provider's programme; null for none.</param>
/// <param name="CoachId">Null while nobody coaches.</param>
/// <param name="HandoverOpen">The coach has not confirmed having read the handover.</param>
/// <param name="Sessions">By id.</param>
/// <param name="PlanId">The plan that counts; null for none.</param>
/// <param name="Goals">By id.</param>
public sealed record CoachingState(
    CoachingPhase Phase,
    Guid ClientId,
    string ProviderAgencyId,
    string? ProgramId,
    string? CoachId,
    bool HandoverOpen,
    ImmutableDictionary<Guid, CoachingSession> Sessions,
    Guid? PlanId,
    ImmutableDictionary<Guid, Goal> Goals)
{
    public static readonly CoachingState Initial = new(
        CoachingPhase.None, default, "", null, null, false, ImmutableDictionary<Guid, CoachingSession>.Empty, null, ImmutableDictionary<Guid, Goal>.Empty);

    /// <summary>Every plan there was, and who signed it.</summary>
    public ImmutableDictionary<Guid, ImmutableHashSet<SessionParty>> Signatures { get; init; } =
        ImmutableDictionary<Guid, ImmutableHashSet<SessionParty>>.Empty;

    /// <summary>Assessments that count, by id.</summary>
    public ImmutableDictionary<Guid, AssessedScore> Assessments { get; init; } = ImmutableDictionary<Guid, AssessedScore>.Empty;

    /// <summary>Events that said what never was: they count no more.</summary>
    public ImmutableHashSet<Guid> StruckOut { get; init; } = [];

    /// <summary>The client had a coach before: the next one needs a handover.</summary>
    public bool HadCoach { get; init; }

    public static CoachingState Evolve(CoachingState state, CoachingEvent fact) => fact switch
    {
        CoachingOrderEvent => state,
        CoachAssigned e => state with
        {
            Phase = CoachingPhase.Coached,
            ClientId = e.ClientId,
            ProviderAgencyId = e.ProviderAgencyId,
            ProgramId = e.ProgramId,
            CoachId = e.CoachId,
            HandoverOpen = state.HadCoach,
            HadCoach = true,
        },
        CoachUnassigned => state with { Phase = CoachingPhase.WithoutCoach, CoachId = null, HandoverOpen = false },
        HandoverCompleted => state with { HandoverOpen = false },
        CoachingEnded => state with { Phase = CoachingPhase.Ended, CoachId = null, HandoverOpen = false },
        CoachingSessionScheduled e => state.With(e.SessionId, e),
        CoachingSessionRescheduled e => state.With(e.SessionId, e),
        CoachingSessionHeld e => state.With(e.SessionId, e),
        CoachingSessionMissed e => state.With(e.SessionId, e),
        CoachingSessionExcused e => state.With(e.SessionId, e),
        CoachingSessionCorrected { Outcome: null } e => state.StrikeOut(e).With(e.SessionId, e),
        CoachingSessionCorrected e => state.With(e.SessionId, e),
        CoachNoteKept => state,
        RecoveryPlanCreated e => state with { PlanId = e.PlanId, Signatures = state.Signatures.SetItem(e.PlanId, []) },
        RecoveryPlanSigned e => state with { Signatures = state.Signatures.SetItem(e.PlanId, state.Signatures[e.PlanId].Add(e.SignedBy)) },
        RecoveryPlanReviewed => state,
        RecoveryPlanSuperseded e => state with { PlanId = e.ByPlanId },
        GoalSet e => state.With(new Goal(e.GoalId, e.PlanId, GoalPhase.Open)),
        GoalProgressRecorded => state,
        GoalAchieved e => state.With(state.Goals[e.GoalId] with { Phase = GoalPhase.Achieved }),
        GoalAbandoned e => state.With(state.Goals[e.GoalId] with { Phase = GoalPhase.Abandoned }),
        RecoveryPlanEntryRetracted e => state.StrikeOut(e).Before(e),
        AssessmentCompleted e => state with { Assessments = state.Assessments.SetItem(e.AssessmentId, new(e.Instrument, e.Score, e.Band)) },
        AssessmentCorrected { Score: { } score } e => state with
        {
            Assessments = state.Assessments.SetItem(e.AssessmentId, state.Assessments[e.AssessmentId] with { Score = score, Band = e.Band }),
        },
        AssessmentCorrected e => state.StrikeOut(e) with { Assessments = state.Assessments.Remove(e.AssessmentId) },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(CoachingState)}."),
    };

    private CoachingState With(Guid sessionId, CoachingEvent fact) => this with
    {
        Sessions = CoachingSession.After(Sessions.GetValueOrDefault(sessionId), fact) is { } session ? Sessions.SetItem(sessionId, session) : Sessions.Remove(sessionId),
    };

    private CoachingState StrikeOut(ICoachingCorrection fact) => this with { StruckOut = StruckOut.Add(fact.CorrectedEventId) };

    private CoachingState Before(RecoveryPlanEntryRetracted fact) => fact switch
    {
        { Retracts: PlanStatement.Signature, SignedBy: { } party } =>
            this with { Signatures = Signatures.SetItem(fact.SubjectId, Signatures[fact.SubjectId].Remove(party)) },
        { Retracts: PlanStatement.Achieved or PlanStatement.Abandoned } => With(Goals[fact.SubjectId] with { Phase = GoalPhase.Open }),
        _ => this,
    };

    private CoachingState With(Goal goal) => this with { Goals = Goals.SetItem(goal.GoalId, goal) };
}

/// <param name="Score">The total that counts.</param>
/// <param name="Band">Code; null when there is none.</param>
public sealed record AssessedScore(string Instrument, int Score, string? Band);

public sealed record Goal(Guid GoalId, Guid PlanId, GoalPhase Phase);

public enum CoachingPhase
{
    /// <summary>Nobody has coached here yet.</summary>
    None,
    Coached,
    WithoutCoach,
    Ended,
}

public enum GoalPhase
{
    Open,
    Achieved,
    Abandoned,
}
