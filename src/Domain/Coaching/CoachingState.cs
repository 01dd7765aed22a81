using System.Collections.Immutable;
using System.Diagnostics;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Coaching;

/// <summary>A provider's coaching in one participation: who coaches, which sessions, plans and goals there are.</summary>
/// <param name="Phase">How far it got.</param>
/// <param name="ProviderAgencyId">Whose coaches.</param>
/// <param name="ProgramId">The provider's programme; null for none.</param>
/// <param name="CoachId">Null while nobody coaches.</param>
/// <param name="Sessions">By id.</param>
/// <param name="PlanId">The plan that counts; null for none.</param>
/// <param name="Goals">By id.</param>
public sealed record CoachingState(
    CoachingPhase Phase,
    Guid ClientId,
    string ProviderAgencyId,
    string? ProgramId,
    string? CoachId,
    ImmutableDictionary<Guid, CoachingSession> Sessions,
    Guid? PlanId,
    ImmutableDictionary<Guid, Goal> Goals)
{
    public static readonly CoachingState Initial = new(
        CoachingPhase.None, default, "", null, null, ImmutableDictionary<Guid, CoachingSession>.Empty, null, ImmutableDictionary<Guid, Goal>.Empty);

    /// <summary>Who coaches since when, and until when there is to be a next one.</summary>
    public CoachTenure Tenure { get; init; } = CoachTenure.None;

    /// <summary>Who coached when, in order.</summary>
    public ImmutableList<CoachedTime> Coached { get; init; } = [];

    /// <summary>The last leaving of a coach: once somebody coaches, that by which they took over at once; null where nobody left for them.</summary>
    public CoachUnassigned? Left { get; init; }

    /// <summary>When the last coach left, UTC; of a day known as such in that day. Null while somebody coaches, and before anybody did.</summary>
    public DateTimeOffset? LastLeftAt => Coached is [.., { Left: { } left } last] ? (last.LeftUntil ?? left).AddTicks(-1) : null;

    /// <summary>The coach has not confirmed having read the handover.</summary>
    public bool HandoverOpen => Tenure.HandoverOpen;

    /// <summary>A coaching ended without a note: nobody is assigned before somebody says what the next coach must know (R24).</summary>
    public bool NoteOwed { get; init; }

    /// <summary>The last end was told with a note.</summary>
    public bool NoteLeft { get; init; }

    /// <summary>The client goes on of their own free will, whatever became of the court's order.</summary>
    public bool GoesOnFreely { get; init; }

    /// <summary>Since when it goes on freely, UTC; null while it does not.</summary>
    public DateTimeOffset? ContinuedAt { get; init; }

    /// <summary>Until when it went on freely, once that has ended, UTC: what was done by then can still be told. Null where it never did.</summary>
    public DateTimeOffset? FreeUntil { get; init; }

    /// <summary>Who held each session that was held, by its id.</summary>
    public ImmutableDictionary<Guid, string> HeldBy { get; init; } = ImmutableDictionary<Guid, string>.Empty;

    /// <summary>Every plan there was, by id.</summary>
    public ImmutableDictionary<Guid, RecoveryPlan> Plans { get; init; } = ImmutableDictionary<Guid, RecoveryPlan>.Empty;

    /// <summary>Each session that was told as held, as it was told, by its id, whatever was corrected since.</summary>
    public ImmutableDictionary<Guid, CoachingSessionHeld> ToldHeld { get; init; } = ImmutableDictionary<Guid, CoachingSessionHeld>.Empty;

    /// <summary>Assessments that count, by id.</summary>
    public ImmutableDictionary<Guid, AssessedScore> Assessments { get; init; } = ImmutableDictionary<Guid, AssessedScore>.Empty;

    /// <summary>Events that said what never was: they count no more.</summary>
    public ImmutableHashSet<Guid> StruckOut { get; init; } = [];

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
            Tenure = state.Tenure.After(e),
            Coached = state.Coached.Add(new CoachedTime(e.CoachId, e.OccurredAt, null)),
            NoteOwed = false,
            Left = state.Left is { } left && e.HandoverNote is null && (left.OccurredAt, left.OccurredUntil, left.KnownAt) == (e.OccurredAt, e.OccurredUntil, e.KnownAt) ? left : null,
        },
        CoachUnassigned e => state with { Left = e, Phase = CoachingPhase.WithoutCoach, CoachId = null, Tenure = state.Tenure.After(fact), Coached = state.CoachedUntil(fact) },
        HandoverCompleted => state with { Tenure = state.Tenure.After(fact) },
        CoachingEnded e => state with
        {
            Phase = CoachingPhase.Ended,
            CoachId = null,
            Tenure = state.Tenure.After(e),
            Coached = state.CoachedUntil(e),
            NoteLeft = e.HandoverNote is not null,
            NoteOwed = e.HandoverNote is null && (state.CoachId is not null || state.NoteOwed),
            FreeUntil = state.GoesOnFreely ? e.CountsFrom() : state.FreeUntil,
            GoesOnFreely = false,
            ContinuedAt = null,
            Left = null,
        },
        CoachingContinued e => state with { GoesOnFreely = true, ContinuedAt = e.OccurredAt },
        CoachingSessionScheduled e => state.With(e.SessionId, e),
        CoachingSessionRescheduled e => state.With(e.SessionId, e),
        CoachingSessionHeld e => state.With(e.SessionId, e) with
        {
            HeldBy = state.HeldBy.SetItem(e.SessionId, e.CoachId),
            ToldHeld = state.ToldHeld.SetItem(e.SessionId, e),
        },
        CoachingSessionMissed e => state.With(e.SessionId, e),
        CoachingSessionExcused e => state.With(e.SessionId, e),
        CoachingSessionCorrected { Outcome: null } e => state.StrikeOut(e).With(e.SessionId, e),
        CoachingSessionCorrected { CoachId: { } coachId } e => state.With(e.SessionId, e) with { HeldBy = state.HeldBy.SetItem(e.SessionId, coachId) },
        CoachingSessionCorrected e => state.With(e.SessionId, e),
        CoachNoteKept => state,
        RecoveryPlanCreated e => state.With(e.PlanId, new RecoveryPlan(e.ReviewOn, RecoveryPlan.Unsigned)) with { PlanId = e.PlanId },
        RecoveryPlanSigned e => state.With(e.PlanId, state.Plans[e.PlanId].Signed(e.SignedBy, e.OccurredAt)),
        RecoveryPlanReviewed => state,
        RecoveryPlanSuperseded e => state with { PlanId = e.ByPlanId },
        GoalSet e => state.With(new Goal(e.GoalId, e.PlanId, e.Area, e.TargetOn, GoalPhase.Open)),
        GoalProgressRecorded => state,
        GoalAchieved e => state.With(state.Goals[e.GoalId] with { Phase = GoalPhase.Achieved }),
        GoalAbandoned e => state.With(state.Goals[e.GoalId] with { Phase = GoalPhase.Abandoned }),
        RecoveryPlanEntryRetracted e => state.StrikeOut(e).Before(e),
        AssessmentCompleted e => state with { Assessments = state.Assessments.SetItem(e.AssessmentId, new(e, e.Score, e.Band, e.Items)) },
        AssessmentCorrected { Score: { } score } e => state with
        {
            Assessments = state.Assessments.SetItem(e.AssessmentId, state.Assessments[e.AssessmentId] with { Score = score, Band = e.Band, Items = e.Items }),
        },
        AssessmentCorrected e => state.StrikeOut(e) with { Assessments = state.Assessments.Remove(e.AssessmentId) },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(CoachingState)}."),
    };

    /// <summary>Whoever begins to coach may have met the client on that day before somebody wrote it down.</summary>
    /// <param name="when">A time that somebody states.</param>
    /// <param name="calendar">Whose days; null for the very moment of the assignment.</param>
    /// <returns>Who coached then, the last of several; null when nobody did.</returns>
    public string? CoachAt(When when, BusinessCalendar? calendar) => Coached.LastOrDefault(one => one.Covers(when, calendar))?.CoachId;

    /// <returns>Whether that coach was one of those who coached then.</returns>
    public bool CoachedThen(string coachId, When when, BusinessCalendar? calendar) => Coached.Any(one => one.CoachId == coachId && one.Covers(when, calendar));

    private ImmutableList<CoachedTime> CoachedUntil(CoachingEvent end) =>
        Coached is [.., { Left: null } last] ? Coached.SetItem(Coached.Count - 1, last with { Left = end.OccurredAt, LeftUntil = end.OccurredUntil }) : Coached;

    private CoachingState With(Guid sessionId, CoachingEvent fact) => this with
    {
        Sessions = CoachingSession.After(Sessions.GetValueOrDefault(sessionId), fact) is { } session ? Sessions.SetItem(sessionId, session) : Sessions.Remove(sessionId),
    };

    private CoachingState StrikeOut(ICoachingCorrection fact) => this with { StruckOut = StruckOut.Add(fact.CorrectedEventId) };

    private CoachingState Before(RecoveryPlanEntryRetracted fact) => fact switch
    {
        { Retracts: PlanStatement.Signature, SignedBy: { } party } =>
            With(fact.SubjectId, Plans[fact.SubjectId].NotSigned(party)),
        { Retracts: PlanStatement.Achieved or PlanStatement.Abandoned } => With(Goals[fact.SubjectId] with { Phase = GoalPhase.Open }),
        _ => this,
    };

    private CoachingState With(Guid planId, RecoveryPlan plan) => this with { Plans = Plans.SetItem(planId, plan) };

    private CoachingState With(Goal goal) => this with { Goals = Goals.SetItem(goal.GoalId, goal) };
}

/// <summary>A time in which somebody coached.</summary>
/// <param name="From">UTC.</param>
/// <param name="Left">UTC; of a time known to the day the start of it. Null while they do.</param>
/// <param name="LeftUntil">End of that day; null where more than the day is known.</param>
public sealed record CoachedTime(string CoachId, DateTimeOffset From, DateTimeOffset? Left, DateTimeOffset? LeftUntil = null)
{
    internal bool Covers(When when, BusinessCalendar? calendar) =>
        (calendar?.DayOf(calendar.LocalDate(From)).Start ?? From) <= when.Latest && !(Left is { } left && When.IsOver(left, LeftUntil, when.OccurredAt));
}

/// <param name="Told">As it was told, whatever was corrected since.</param>
/// <param name="Score">The total that counts.</param>
/// <param name="Band">Code; null when there is none.</param>
/// <param name="Items">The single answers that count, sealed; null for none.</param>
public sealed record AssessedScore(AssessmentCompleted Told, int Score, string? Band, Sealed<string>? Items);

/// <param name="ReviewOn">As it was made, local.</param>
/// <param name="SignedAt">Who signed it and when, UTC.</param>
public sealed record RecoveryPlan(DateOnly ReviewOn, ImmutableDictionary<SessionParty, DateTimeOffset> SignedAt)
{
    internal static ImmutableDictionary<SessionParty, DateTimeOffset> Unsigned { get; } = ImmutableDictionary<SessionParty, DateTimeOffset>.Empty;

    internal RecoveryPlan Signed(SessionParty party, DateTimeOffset at) => this with { SignedAt = SignedAt.SetItem(party, at) };

    internal RecoveryPlan NotSigned(SessionParty party) => this with { SignedAt = SignedAt.Remove(party) };
}

/// <param name="Area">Code of the area of life.</param>
/// <param name="TargetOn">Local; null for none.</param>
public sealed record Goal(Guid GoalId, Guid PlanId, string Area, DateOnly? TargetOn, GoalPhase Phase);

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
