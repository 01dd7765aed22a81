namespace CaseFlow.Domain.Courts;

/// <summary>Restitution, fees and community service: ordered once, settled bit by bit, never beyond what was ordered.</summary>
internal static class OrderRules
{
    /// <summary>Ten million dollars.</summary>
    private const long MostCents = 1_000_000_000;
    private const int MostHours = 10_000;

    public static Rejection? Check(RestitutionOrdered fact, ParticipationState state, CourtQuestion asked) => CheckMoney(fact.AmountCents) ?? ConditionRules.CheckDue(fact.DueOn, fact);

    public static Rejection? Check(RestitutionPaid fact, ParticipationState state, CourtQuestion asked) =>
        CheckMoney(fact.AmountCents) ?? CheckOpen(CourtOrderKind.Restitution, fact.OrderId, fact.AmountCents, state);

    public static Rejection? Check(FeeOrdered fact, ParticipationState state, CourtQuestion asked) => CheckMoney(fact.AmountCents) ?? ConditionRules.CheckDue(fact.DueOn, fact);

    public static Rejection? Check(FeePaid fact, ParticipationState state, CourtQuestion asked) =>
        CheckMoney(fact.AmountCents) ?? CheckOpen(CourtOrderKind.Fee, fact.OrderId, fact.AmountCents, state);

    public static Rejection? Check(FeeWaived fact, ParticipationState state, CourtQuestion asked) =>
        CheckMoney(fact.AmountCents) ?? CheckOpen(CourtOrderKind.Fee, fact.OrderId, fact.AmountCents, state);

    public static Rejection? Check(CommunityServiceOrdered fact, ParticipationState state, CourtQuestion asked) => CheckHours(fact.Hours) ?? ConditionRules.CheckDue(fact.DueOn, fact);

    public static Rejection? Check(CommunityServiceCompleted fact, ParticipationState state, CourtQuestion asked) =>
        CheckHours(fact.Hours) ?? CheckOpen(CourtOrderKind.CommunityService, fact.OrderId, fact.Hours, state);

    private static Rejection? CheckMoney(long cents) => cents is >= 1 and <= MostCents ? null : ParticipationRejections.AmountOutOfRange("amountCents", 1, MostCents);

    private static Rejection? CheckHours(int hours) => hours is >= 1 and <= MostHours ? null : ParticipationRejections.AmountOutOfRange("hours", 1, MostHours);

    private static Rejection? CheckOpen(CourtOrderKind kind, Guid orderId, long amount, ParticipationState state) => state.Orders.GetValueOrDefault(orderId) switch
    {
        { } order when order.Kind == kind => amount > order.Open ? ParticipationRejections.AmountOverOpen(order.Open) : null,
        _ => ParticipationRejections.OrderUnknown(),
    };
}
