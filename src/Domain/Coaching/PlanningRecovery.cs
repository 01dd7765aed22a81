namespace CaseFlow.Domain.Coaching;

/// <summary>A recovery plan is made with the client; it takes the place of the one before.</summary>
/// <param name="PlanId">Chosen by who makes it.</param>
/// <param name="ReviewOn">Local.</param>
/// <param name="Today">Local.</param>
public sealed record CreatePlan(CoachedIn In, Guid PlanId, Sealed<string> Summary, DateOnly ReviewOn, DateOnly Today)
{
    /// <summary>What the plan on record under that id says, opened; null where there is none, and where nobody can open it any more.</summary>
    public string? OnRecord { get; init; }

    public static Decision<CoachingEvent> Decide(CreatePlan command, CoachingState state, DateTimeOffset now)
    {
        if (Sessions.CheckCoached(state) is { } rejection)
            return rejection;
        if (state.Plans.TryGetValue(command.PlanId, out var known))
        {
            return known.ReviewOn == command.ReviewOn && Plans.SaySame(command.OnRecord, command.Summary)
                ? Decision<CoachingEvent>.AlreadyDone
                : CoachingRejections.PlanToldDifferently();
        }

        if (command.In.CheckOrder(now) is { } ended)
            return ended;
        if (command.ReviewOn <= command.Today)
            return CoachingRejections.ReviewInPast("reviewOn");
        CoachingEvent created = new RecoveryPlanCreated(command.PlanId, command.Summary, command.ReviewOn)
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
        }.At(now);
        return state.PlanId is { } before
            ? new[]
            {
                created,
                new RecoveryPlanSuperseded(before, command.PlanId) { ParticipationId = command.In.ParticipationId, ClientId = command.In.ClientId }.At(now),
            }
            : created;
    }
}

/// <summary>Client or coach signs the plan that counts, each once.</summary>
public sealed record SignPlan(CoachedIn In, Guid PlanId, SessionParty SignedBy, When When)
{
    public static Decision<CoachingEvent> Decide(SignPlan command, CoachingState state, DateTimeOffset now)
    {
        if (Plans.CheckCurrent(state, command.PlanId) is { } rejection)
            return rejection;
        if (state.Plans[command.PlanId].SignedAt.TryGetValue(command.SignedBy, out var signedAt))
        {
            return command.When == When.At(now) || command.When.OccurredAt == signedAt
                ? Decision<CoachingEvent>.AlreadyDone
                : CoachingRejections.SignatureToldDifferently();
        }

        return (command.When.Check(now) ?? command.In.CheckOrder(command.When.OccurredAt)) is { } rejected ? rejected : new RecoveryPlanSigned(command.PlanId, command.SignedBy)
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
        }.At(command.When);
    }
}

/// <param name="NextReviewOn">Local.</param>
/// <param name="Today">Local.</param>
public sealed record ReviewPlan(CoachedIn In, Guid PlanId, DateOnly NextReviewOn, Sealed<string>? Note, DateOnly Today)
{
    public static Decision<CoachingEvent> Decide(ReviewPlan command, CoachingState state, DateTimeOffset now)
    {
        if (Plans.CheckCurrent(state, command.PlanId) is { } rejection)
            return rejection;
        if (command.In.CheckOrder(now) is { } ended)
            return ended;
        return command.NextReviewOn <= command.Today
            ? CoachingRejections.ReviewInPast("nextReviewOn")
            : new RecoveryPlanReviewed(command.PlanId, command.NextReviewOn, command.Note)
            {
                ParticipationId = command.In.ParticipationId,
                ClientId = command.In.ClientId,
            }.At(now);
    }
}

/// <param name="GoalId">Chosen by who sets it.</param>
/// <param name="Area">Code of the area of life.</param>
public sealed record SetGoal(CoachedIn In, Guid PlanId, Guid GoalId, string Area, Sealed<string> Words, DateOnly? TargetOn)
{
    /// <summary>What the goal on record under that id says, opened; null where there is none, and where nobody can open it any more.</summary>
    public string? OnRecord { get; init; }

    public static Decision<CoachingEvent> Decide(SetGoal command, CoachingState state, DateTimeOffset now)
    {
        if (Plans.CheckCurrent(state, command.PlanId) is { } rejection)
            return rejection;
        if (state.Goals.TryGetValue(command.GoalId, out var known))
        {
            return (known.PlanId, known.Area, known.TargetOn) == (command.PlanId, command.Area, command.TargetOn) && Plans.SaySame(command.OnRecord, command.Words)
                ? Decision<CoachingEvent>.AlreadyDone
                : CoachingRejections.GoalToldDifferently();
        }

        return command.In.CheckOrder(now) is { } ended ? ended : new GoalSet(command.PlanId, command.GoalId, command.Area, command.Words, command.TargetOn)
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
        }.At(now);
    }
}

/// <summary>Progress, achieved or abandoned.</summary>
/// <param name="To">Where the goal stands now; <see cref="GoalPhase.Open"/> for progress.</param>
/// <param name="Note">Needed for progress.</param>
public sealed record MoveGoal(CoachedIn In, Guid GoalId, GoalPhase To, Sealed<string>? Note, When When)
{
    public static Decision<CoachingEvent> Decide(MoveGoal command, CoachingState state, DateTimeOffset now)
    {
        if (Sessions.CheckCoached(state) is { } rejection)
            return rejection;
        if (state.Goals.GetValueOrDefault(command.GoalId) is not { } goal)
            return CoachingRejections.GoalUnknown("goalId");
        if (goal.Phase != GoalPhase.Open)
            return goal.Phase == command.To ? Again(command, now) : CoachingRejections.GoalClosed();
        if ((command.When.Check(now) ?? command.In.CheckOrder(command.When.OccurredAt)) is { } refused)
            return refused;
        var (participationId, clientId) = command.In;
        return command switch
        {
            { To: GoalPhase.Achieved } => new GoalAchieved(goal.GoalId) { ParticipationId = participationId, ClientId = clientId }.At(command.When),
            { To: GoalPhase.Abandoned } =>
                new GoalAbandoned(goal.GoalId, command.Note) { ParticipationId = participationId, ClientId = clientId }.At(command.When),
            { Note: { } note } => new GoalProgressRecorded(goal.GoalId, note) { ParticipationId = participationId, ClientId = clientId }.At(command.When),
            _ => CoachingRejections.ProgressUntold(),
        };
    }

    private static Decision<CoachingEvent> Again(MoveGoal command, DateTimeOffset now) => command.To == GoalPhase.Abandoned
        ? Decision<CoachingEvent>.AlreadyDoneIf<GoalAbandoned>(fact => fact.GoalId == command.GoalId, (fact, same) => command.When.Says(fact, now) && same(command.Note, fact.Reason))
        : Decision<CoachingEvent>.AlreadyDoneIf<GoalAchieved>(fact => fact.GoalId == command.GoalId, (fact, _) => command.When.Says(fact, now));
}

internal static class Plans
{
    public static Rejection? CheckCurrent(CoachingState state, Guid planId) => Sessions.CheckCoached(state)
        ?? (!state.Plans.ContainsKey(planId) ? CoachingRejections.PlanUnknown()
            : state.PlanId != planId ? CoachingRejections.PlanSuperseded() : null);

    /// <summary>What was erased says nothing any more, so it contradicts nothing.</summary>
    public static bool SaySame(string? onRecord, Sealed<string> told) => onRecord is null || onRecord == told.Plain();
}
