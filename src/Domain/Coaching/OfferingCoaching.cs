using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Coaching;

/// <summary>Whose coaching it is.</summary>
public sealed record CoachedIn(Guid ParticipationId, Guid ClientId)
{
    /// <summary>As far as any record of the person knows; null while they live, and where it is not asked.</summary>
    public Clients.KnownDeath? Death { get; init; }

    /// <summary>Since when the court's order that it rests on is over with the participation, UTC; null while it is not, and where it rests on none.</summary>
    public DateTimeOffset? OrderEndedAt { get; init; }

    /// <summary>Until when coach and client went on freely, once that has ended, UTC; null where they never did.</summary>
    public DateTimeOffset? FreeUntil { get; init; }

    /// <summary>Whose days; null where no day is asked.</summary>
    public BusinessCalendar? Calendar { get; init; }

    /// <returns>
    /// Why nothing is done in the order's name at that time; null where it stands, for what happened while it did, and for what happened while coach and client
    /// went on freely, also when that is told once it has ended.
    /// </returns>
    internal Rejection? CheckOrder(DateTimeOffset at) => at >= OrderEndedAt && !(at <= FreeUntil) ? CoachingRejections.OrderEnded() : null;

    /// <returns>Whether a stated time lies before the local day of an instant: who coaches since when is known to the day, for it is written down in the evening.</returns>
    internal bool IsBeforeDayOf(DateTimeOffset? at, When when) => at is { } instant
        && when.IsBefore(Calendar is null ? instant : Calendar.DayOf(Calendar.LocalDate(instant)).Start);
}

/// <summary>A court offers a peer; saying no has no consequence [Seed 2.8].</summary>
/// <param name="Rules">The court's.</param>
public sealed record OfferPeer(CoachedIn In, string Court, string ProviderAgencyId, string? ProgramId, CoachingRules Rules, When When)
{
    public static Decision<CoachingOrderEvent> Decide(OfferPeer command, CoachingOrderState state, DateTimeOffset now) => DecideAnew(command, state, now)
        .UnlessTold<PeerOffered>(command.When, now, (fact, _) => (fact.ProviderAgencyId, fact.ProgramId) == (command.ProviderAgencyId, command.ProgramId));

    private static Decision<CoachingOrderEvent> DecideAnew(OfferPeer command, CoachingOrderState state, DateTimeOffset now)
    {
        if (state.Phase == CoachingOrderPhase.Offered && state.ProviderAgencyId == command.ProviderAgencyId && state.ProgramId == command.ProgramId)
            return RepeatRejections.RecordedDifferently();
        if (state.Phase == CoachingOrderPhase.Agreed)
            return CoachingRejections.UnderWay();
        if (!command.Rules.Agencies.Contains(command.ProviderAgencyId))
            return CoachingRejections.ProviderNotUsed(command.ProviderAgencyId);
        return command.When.Check(now) is { } wrongTime
            ? wrongTime
            : new PeerOffered(command.Court, command.ProviderAgencyId, command.ProgramId)
            {
                ParticipationId = command.In.ParticipationId,
                ClientId = command.In.ClientId,
            }.At(command.When);
    }
}

public sealed record AcceptPeer(CoachedIn In, When When)
{
    /// <summary>
    /// With the time that it was told with, it is told already, whatever came later; without one it is an answer of now. Of a day, it may be a second one, to an offer that was made
    /// anew, and while that waits for an answer it is.
    /// </summary>
    public static Decision<CoachingOrderEvent> Decide(AcceptPeer command, CoachingOrderState state, DateTimeOffset now) => command.When == When.At(now) || state.Awaits(command.When)
        ? DecideAnew(command, state, now)
        : DecideAnew(command, state, now).UnlessTold<PeerAccepted>(command.When, now, (_, _) => true);

    private static Decision<CoachingOrderEvent> DecideAnew(AcceptPeer command, CoachingOrderState state, DateTimeOffset now) => state.Phase switch
    {
        CoachingOrderPhase.None => CoachingRejections.NotFound(),
        CoachingOrderPhase.Agreed => Decision<CoachingOrderEvent>.AlreadyDoneIf<PeerAccepted>((fact, _) => command.When.Says(fact, now)).Or<CoachingOrdered>(_ => true, (fact, _) => command.When.Says(fact, now)),
        CoachingOrderPhase.Lifted => CoachingRejections.Over(),
        _ when (command.When.Check(now) ?? state.Last?.Check(command.When)) is { } wrongTime => wrongTime,
        _ => new PeerAccepted { ParticipationId = command.In.ParticipationId, ClientId = command.In.ClientId, Court = state.Court }.At(command.When),
    };
}

/// <summary>The participant does not want a peer now. What is ordered is not declined, but missed.</summary>
public sealed record DeclinePeer(CoachedIn In, Sealed<string>? Words, DateOnly? ReofferOn, When When)
{
    /// <summary>As an acceptance.</summary>
    public static Decision<CoachingOrderEvent> Decide(DeclinePeer command, CoachingOrderState state, DateTimeOffset now) => command.When == When.At(now) || state.Awaits(command.When)
        ? DecideAnew(command, state, now)
        : DecideAnew(command, state, now).UnlessTold<PeerDeclined>(command.When, now, (fact, same) => Says(command, fact, same));

    private static bool Says(DeclinePeer command, PeerDeclined fact, SameWords same) =>
        (command.ReofferOn is null || fact.ReofferOn == command.ReofferOn) && same(command.Words, fact.Words);

    private static Decision<CoachingOrderEvent> DecideAnew(DeclinePeer command, CoachingOrderState state, DateTimeOffset now) => state.Phase switch
    {
        CoachingOrderPhase.None => CoachingRejections.NotFound(),
        CoachingOrderPhase.Declined => Decision<CoachingOrderEvent>.AlreadyDoneIf<PeerDeclined>((fact, same) => command.When.Says(fact, now) && Says(command, fact, same)),
        CoachingOrderPhase.Offered => (command.When.Check(now) ?? state.Last?.Check(command.When)) is { } wrongTime ? wrongTime : new PeerDeclined(command.Words, command.ReofferOn)
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
            Court = state.Court,
        }.At(command.When),
        _ => CoachingRejections.NothingOffered(),
    };
}

/// <summary>A court orders coaching, or changes its order.</summary>
/// <param name="Rules">The court's.</param>
/// <param name="CourtVersion">Version of its configuration.</param>
/// <param name="Today">When it is ordered, local: an order that has run out is entered as late as may be.</param>
public sealed record OrderCoaching(
    CoachedIn In, string Court, string ProviderAgencyId, string? ProgramId, CoachingOrder Order, CoachingRules Rules, int CourtVersion, DateOnly Today, When When)
{
    private const int MostSessions = 200;
    private const int MostYears = 5;

    public static Decision<CoachingOrderEvent> Decide(OrderCoaching command, CoachingOrderState state, DateTimeOffset now) => DecideAnew(command, state, now)
        .UnlessTold<CoachingOrdered>(
            command.When, now, (fact, _) => (fact.ProviderAgencyId, fact.ProgramId, fact.Order) == (command.ProviderAgencyId, command.ProgramId, command.Order));

    private static Decision<CoachingOrderEvent> DecideAnew(OrderCoaching command, CoachingOrderState state, DateTimeOffset now)
    {
        if (state.Phase == CoachingOrderPhase.Agreed && state.Order == command.Order
            && state.ProviderAgencyId == command.ProviderAgencyId && state.ProgramId == command.ProgramId)
        {
            return RepeatRejections.RecordedDifferently();
        }

        // The last one told is in force: one of before would put aside what came after it.
        if ((Check(command) ?? command.When.Check(now) ?? state.Ordered?.Check(command.When)) is { } rejection)
            return rejection;
        return new CoachingOrdered(command.Court, command.ProviderAgencyId, command.ProgramId, command.Order, command.CourtVersion)
        {
            ParticipationId = command.In.ParticipationId,
            ClientId = command.In.ClientId,
        }.At(command.When);
    }

    private static Rejection? Check(OrderCoaching command)
    {
        var order = command.Order;
        if (order.Sessions is < 1 or > MostSessions)
            return CoachingRejections.OrderUnsound("order.sessions");
        if (order.Until < order.From || order.Until > order.From.AddYears(MostYears))
            return CoachingRejections.OrderUnsound("order.until");
        if (order.Until < command.Today)
            return CoachingRejections.OrderOver();
        return command.Rules.Agencies.Contains(command.ProviderAgencyId) ? null : CoachingRejections.ProviderNotUsed(command.ProviderAgencyId);
    }
}

/// <summary>The court neither offers nor orders it any more; the provider ends its coaching by itself.</summary>
public sealed record LiftOrder(CoachedIn In, CoachingEndReason Reason, When When)
{
    public static Decision<CoachingOrderEvent> Decide(LiftOrder command, CoachingOrderState state, DateTimeOffset now) => state.Phase switch
    {
        CoachingOrderPhase.None => CoachingRejections.NotFound(),
        CoachingOrderPhase.Lifted => Decision<CoachingOrderEvent>.AlreadyDoneIf<CoachingOrderLifted>((fact, _) => command.When.Says(fact, now) && fact.Reason == command.Reason),
        _ when (command.When.Check(now) ?? state.Last?.Check(command.When)) is { } wrongTime => wrongTime,
        _ => new CoachingOrderLifted(command.Reason) { ParticipationId = command.In.ParticipationId, ClientId = command.In.ClientId, Court = state.Court }.At(command.When),
    };
}
