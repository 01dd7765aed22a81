using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Coaching;

/// <summary>
/// The participation is over, and the client goes on with the coach of their own free will; the court's order ends with the participation, and what
/// is done from then on rests on nothing but that (R25).
/// </summary>
/// <param name="Words">The client's own; null for none.</param>
public sealed record ContinueCoaching(CoachedIn In, Sealed<string>? Words, When When)
{
    public static Decision<CoachingEvent> Decide(ContinueCoaching command, CoachingState state, DateTimeOffset now) => state switch
    {
        { Phase: CoachingPhase.None } => CoachingRejections.NotFound(),
        { Phase: CoachingPhase.Ended } => CoachingRejections.Over(),
        { GoesOnFreely: true } => Decision<CoachingEvent>.AlreadyDoneIf<CoachingContinued>((fact, same) => command.When.Says(fact, now) && same(command.Words, fact.Words)),
        _ when command.In.OrderEndedAt is null => CoachingRejections.OrderNotEnded(),
        _ when (command.In.Death?.CheckDone(command.When.OccurredAt) ?? command.When.Check(now)) is { } rejection => rejection,
        _ => new CoachingContinued(command.Words) { ParticipationId = command.In.ParticipationId, ClientId = command.In.ClientId }.At(command.When),
    };
}

/// <summary>A court orders for as long as it works with the participant: when that is over, so is its order, and nobody need lift it.</summary>
public static class EndedOrder
{
    /// <param name="coaching">The provider's.</param>
    /// <param name="order">What the court ordered.</param>
    /// <param name="over">From when the participation counts as over, UTC; null while it lasts.</param>
    /// <param name="calendar">Whose days.</param>
    /// <returns>
    /// From when nothing can be done in the order's name any more, UTC. Null while the participation lasts; and for coaching that did not rest on an
    /// order then, for it was offered, lifted or run out, or that the client went on with: nobody hinders that.
    /// </returns>
    public static DateTimeOffset? Of(CoachingState coaching, CoachingOrderState order, DateTimeOffset? over, BusinessCalendar calendar) =>
        over is { } ended && !coaching.GoesOnFreely && order.Order is not null && order.Stands(coaching.ProviderAgencyId, calendar.LocalDate(ended))
            ? ended
            : null;
}
