namespace CaseFlow.Domain.Coaching;

/// <summary>A coach takes the client on, who is free for it by the workforce's own rules (R50, R54, R56).</summary>
/// <param name="AgencyId">The provider that assigns.</param>
/// <param name="AboveAdvised">As the workforce decided.</param>
/// <param name="CourtVersion">Version of the court's configuration that it was decided under.</param>
public sealed record AssignCoach(CoachedIn In, string AgencyId, string CoachId, bool AboveAdvised, int CourtVersion)
{
    public static Decision<CoachingEvent> Decide(AssignCoach command, CoachingState state, CoachingOrderState order, DateTimeOffset now)
    {
        if (state.CoachId == command.CoachId)
            return Decision<CoachingEvent>.AlreadyDone;
        return Check(command.AgencyId, state, order) is { } rejection
            ? rejection
            : new CoachAssigned(command.CoachId, command.AgencyId, order.ProgramId, command.AboveAdvised, command.CourtVersion)
            {
                ParticipationId = command.In.ParticipationId,
                ClientId = command.In.ClientId,
            }.At(now);
    }

    /// <summary>Whether there is anything to assign a coach to, before a coach is asked.</summary>
    /// <returns>Why not, or null.</returns>
    public static Rejection? Check(string agencyId, CoachingState state, CoachingOrderState order) => (state, order) switch
    {
        ({ Phase: CoachingPhase.Coached }, _) => CoachingRejections.CoachThere(),
        (_, { Phase: CoachingOrderPhase.Agreed }) when order.ProviderAgencyId == agencyId => null,
        ({ Phase: CoachingPhase.None }, _) => CoachingRejections.NotFound(),
        _ => CoachingRejections.NotAgreed(),
    };
}

/// <summary>The coach hands over; without a note nobody leaves (R24).</summary>
/// <param name="HandoverNote">What the next coach must know; null for nothing.</param>
/// <param name="NextCoachBy">When there is to be a new coach (R24).</param>
/// <param name="CourtVersion">Version of the court's configuration that says so.</param>
public sealed record UnassignCoach(CoachedIn In, CoachChangeReason Reason, Sealed<string>? HandoverNote, DateTimeOffset NextCoachBy, int? CourtVersion = null)
{
    public static Decision<CoachingEvent> Decide(UnassignCoach command, CoachingState state, DateTimeOffset now) => state switch
    {
        { Phase: CoachingPhase.None } => CoachingRejections.NotFound(),
        { CoachId: null } => Decision<CoachingEvent>.AlreadyDone,
        { CoachId: { } coachId } => command.HandoverNote is { } note
            ? new CoachUnassigned(coachId, command.Reason, note, command.NextCoachBy)
            {
                ParticipationId = command.In.ParticipationId,
                ClientId = command.In.ClientId,
                CourtVersion = command.CourtVersion,
            }.At(now)
            : CoachingRejections.HandoverNoteMissing(),
    };
}

/// <summary>The new coach has read what the one before left.</summary>
public sealed record CompleteHandover(CoachedIn In, string CoachId)
{
    public static Decision<CoachingEvent> Decide(CompleteHandover command, CoachingState state, DateTimeOffset now) => state switch
    {
        { Phase: CoachingPhase.None } => CoachingRejections.NotFound(),
        _ when state.CoachId != command.CoachId => CoachingRejections.NotTheCoach(),
        { HandoverOpen: false } => Decision<CoachingEvent>.AlreadyDone,
        _ => new HandoverCompleted(command.CoachId) { ParticipationId = command.In.ParticipationId, ClientId = command.In.ClientId }.At(now),
    };
}

public sealed record EndCoaching(CoachedIn In, CoachingEndReason Reason, When When)
{
    public static Decision<CoachingEvent> Decide(EndCoaching command, CoachingState state, DateTimeOffset now) => state.Phase switch
    {
        CoachingPhase.None => CoachingRejections.NotFound(),
        CoachingPhase.Ended => Decision<CoachingEvent>.AlreadyDone,
        _ when command.When.Check(now) is { } wrongTime => wrongTime,
        _ => new CoachingEnded(command.Reason) { ParticipationId = command.In.ParticipationId, ClientId = command.In.ClientId }.At(command.When),
    };
}
