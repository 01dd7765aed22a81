namespace CaseFlow.Domain.Courts;

/// <summary>What the court ordered of a participant, and warrants.</summary>
internal static class ConditionRules
{
    public static Rejection? Check(ConditionOrdered fact, ParticipationState state, CourtQuestion asked) =>
        asked.Court.Configuration.Conditions.Contains(fact.Kind) ? CheckDue(fact.DueOn, fact) : ParticipationRejections.CodeUnknown("kind");

    public static Rejection? Check(ConditionAmended fact, ParticipationState state, CourtQuestion asked) =>
        CheckOpen(fact.ConditionId, state) ?? CheckDue(fact.DueOn, fact);

    public static Rejection? Check(ConditionSatisfied fact, ParticipationState state, CourtQuestion asked) => CheckOpen(fact.ConditionId, state);

    public static Rejection? Check(ConditionViolated fact, ParticipationState state, CourtQuestion asked) => CheckOpen(fact.ConditionId, state);

    public static Rejection? Check(ConditionLifted fact, ParticipationState state, CourtQuestion asked) => CheckOpen(fact.ConditionId, state);

    public static Rejection? Check(WarrantQuashed fact, ParticipationState state, CourtQuestion asked) =>
        state.Warrants.Contains(fact.WarrantId) ? null : ParticipationRejections.WarrantNotOpen();

    public static Rejection? CheckDue(DateOnly? dueOn, ParticipationEvent fact) => dueOn < fact.OccurredOn ? ParticipationRejections.DueInThePast() : null;

    private static Rejection? CheckOpen(Guid conditionId, ParticipationState state) =>
        state.Conditions.TryGetValue(conditionId, out var standing) && standing == ConditionStanding.Open ? null : ParticipationRejections.ConditionNotOpen();
}
