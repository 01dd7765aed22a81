using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Erasure;

/// <summary>
/// The period of a record is over, and whoever is responsible approves that it goes. It is then erased like by an order, on every record of the
/// person; there is no way back.
/// </summary>
/// <param name="EndsOn">When the period ended, as the approver was shown it.</param>
/// <param name="PolicyVersion">By which version of the policy, as the approver was shown it; null while there is none.</param>
/// <param name="FurtherSubjects">Subjects of the record's content with ids of their own.</param>
public sealed record ApproveRetention(Guid ClientId, DateOnly EndsOn, int? PolicyVersion, IReadOnlyList<Guid> FurtherSubjects)
{
    /// <summary>A record goes by its age once: the same approval has the same id.</summary>
    public static Guid OrderOf(Guid clientId) => NamedId.Of(clientId, "retention");

    /// <param name="command">What is approved.</param>
    /// <param name="state">What was ordered before.</param>
    /// <param name="age">What the log tells of all records of the person.</param>
    /// <param name="standing">How the record stands now.</param>
    /// <param name="policyVersion">The version by which it does; null while there is none.</param>
    /// <param name="today">The local day.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<ErasureEvent> Decide(
        ApproveRetention command, ErasureState state, RecordAge age, RetentionStanding standing, int? policyVersion, DateOnly today, DateTimeOffset now)
    {
        var orderId = OrderOf(command.ClientId);
        if (state.Orders.ContainsKey(orderId))
            return Decision<ErasureEvent>.AlreadyDoneIf<RetentionReached>((fact, _) => (fact.EndedOn, fact.PolicyVersion) == (command.EndsOn, command.PolicyVersion));
        if (state.IsErased)
            return ErasureRejections.AlreadyErased();
        if (standing.Blocks.Count > 0)
            return ErasureRejections.RetentionBlocked(string.Join(", ", standing.Blocks.Select(PlainNames.Words)));
        if (standing.EndsOn > today)
            return ErasureRejections.RetentionNotReached(standing.EndsOn);
        if ((command.EndsOn, command.PolicyVersion) != (standing.EndsOn, policyVersion))
            return ErasureRejections.RetentionChanged(standing.EndsOn);
        ErasureEvent[] facts =
        [
            new RetentionReached(orderId, standing.EndsOn, standing.Rule, age.LastActivityAt, age.LastRecordedAt, policyVersion) { ClientId = command.ClientId }.At(now),
            new ExpunctionApplied(
                orderId, ErasureScope.WholeRecord, ErasureAuthority.Agency, RetentionPolicy.ReasonCode,
                [.. SealedClasses.SubjectsOf(command.ClientId, ErasureScope.WholeRecord).Concat(command.FurtherSubjects).Distinct()])
            {
                ClientId = command.ClientId,
            }.At(now),
        ];
        return facts;
    }
}
