namespace CaseFlow.Domain.Courts;

/// <summary>What the court ordered of a participant, and warrants.</summary>
internal static class ConditionRules
{
    public static Rejection? Check(ConditionOrdered fact, ParticipationState state, CourtQuestion asked) =>
        asked.Court.Configuration.Conditions.Contains(fact.Kind) ? CheckDue(fact.DueOn, fact) : ParticipationRejections.CodeUnknown("kind");

    public static Rejection? Check(ConditionAmended fact, ParticipationState state, CourtQuestion asked) =>
        CheckStood(fact.ConditionId, fact, state) ?? CheckDue(fact.DueOn, fact);

    public static Rejection? Check(ConditionSatisfied fact, ParticipationState state, CourtQuestion asked) => CheckOpen(fact.ConditionId, state);

    public static Rejection? Check(ConditionViolated fact, ParticipationState state, CourtQuestion asked) => CheckStood(fact.ConditionId, fact, state);

    public static Rejection? Check(ConditionLifted fact, ParticipationState state, CourtQuestion asked) => CheckOpen(fact.ConditionId, state);

    public static Rejection? Check(WarrantQuashed fact, ParticipationState state, CourtQuestion asked) =>
        state.Warrants.Contains(fact.WarrantId) ? null : ParticipationRejections.WarrantNotOpen();

    public static Rejection? CheckDue(DateOnly? dueOn, ParticipationEvent fact) => dueOn < fact.OccurredOn ? ParticipationRejections.DueInThePast() : null;

    private static Rejection? CheckOpen(Guid conditionId, ParticipationState state) =>
        state.Conditions.TryGetValue(conditionId, out var standing) && standing == ConditionStanding.Open ? null : ParticipationRejections.ConditionNotOpen();

    /// <summary>What was so while the condition stood is told as of then, also once it has ended.</summary>
    private static Rejection? CheckStood(Guid conditionId, ParticipationEvent fact, ParticipationState state) =>
        state.Conditions.ContainsKey(conditionId) && !state.Standing.Any(entry => Ends(entry, conditionId) && entry.IsBefore(fact))
            ? null
            : ParticipationRejections.ConditionNotOpen();

    private static bool Ends(ParticipationEvent entry, Guid conditionId) => entry switch
    {
        ConditionSatisfied e => e.ConditionId == conditionId,
        ConditionLifted e => e.ConditionId == conditionId,
        _ => false,
    };
}
