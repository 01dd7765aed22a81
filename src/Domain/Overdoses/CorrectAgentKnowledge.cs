using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Overdoses;

/// <summary>The agent learned at another time than was recorded: the due time moves, or the verdict is made again, visibly.</summary>
/// <param name="KnownEventId">The event that is corrected: the agent's knowing on record.</param>
public sealed record CorrectAgentKnowledge(
    Guid ClientId, Guid OverdoseId, Guid KnownEventId, DateTimeOffset CorrectedKnownAt, Sealed<string> Reason, string? CorrectedBy = null)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The client's duties.</param>
    /// <param name="overdose">The overdose.</param>
    /// <param name="policyAt">The policy in force at an instant, among versions up to a bound: what was published later never
    /// judges what was decided.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<DutyEvent> Decide(
        CorrectAgentKnowledge command,
        DutyState state,
        OverdoseFacts overdose,
        Func<DateTimeOffset, int, PolicyInForce?> policyAt,
        DateTimeOffset now)
    {
        if (!state.KnownAt.TryGetValue(command.OverdoseId, out var previous))
            return DutyRejections.KnowledgeNotRecorded(command.OverdoseId);
        if (previous == command.CorrectedKnownAt)
            return Again(command, state);
        if (overdose.CheckKnown(command.CorrectedKnownAt, now) is { } rejection)
            return rejection;

        var duty = state.Duties.Find(candidate => candidate.OverdoseIds.Contains(command.OverdoseId));
        if (duty?.EndedAt < command.CorrectedKnownAt)
            return DutyRejections.KnownAfterDischarge(duty.EndedAt.Value);

        var corrected = new AgentKnowledgeCorrected(
            command.OverdoseId, duty?.DutyId, command.KnownEventId, previous, command.CorrectedKnownAt, command.Reason)
        { ClientId = command.ClientId, CorrectedBy = command.CorrectedBy };
        List<DutyEvent> facts = [corrected];
        if (duty is { Phase: not DutyPhase.ClosedUnsupervised })
            facts.AddRange(Consequences(duty, DutyState.Evolve(state, corrected), command.ClientId, policyAt));

        return facts.ConvertAll(fact => fact.At(command.CorrectedKnownAt));
    }

    /// <summary>What was never corrected stands as it was told: there is nothing to correct, and a reason alone changes nothing.</summary>
    private static Decision<DutyEvent> Again(CorrectAgentKnowledge command, DutyState state) => state.Corrected.Contains(command.OverdoseId)
        ? Decision<DutyEvent>.AlreadyDoneIf<AgentKnowledgeCorrected>(fact => fact.OverdoseId == command.OverdoseId, (fact, same) => fact.CorrectedKnownAt == command.CorrectedKnownAt && same(command.Reason, fact.Reason))
        : Decision<DutyEvent>.AlreadyDoneIf<OverdoseKnownToAgent>(fact => fact.OverdoseId == command.OverdoseId, (fact, _) => fact.OccurredAt == command.CorrectedKnownAt);

    private static IEnumerable<DutyEvent> Consequences(
        Duty duty, DutyState corrected, Guid clientId, Func<DateTimeOffset, int, PolicyInForce?> policyAt)
    {
        var knownAt = duty.FirstKnownAt(corrected);
        return policyAt(knownAt, duty.LatestPolicyVersion) is { } policy
            ? DutyClock.Of(knownAt, policy.Policy).AppliedTo(duty, clientId, policy.Version)
            : [];
    }
}
