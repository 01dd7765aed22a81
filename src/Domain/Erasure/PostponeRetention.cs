using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Erasure;

/// <summary>Somebody responsible has the record kept longer than policy asks. A later day replaces an earlier one; no day is taken back.</summary>
/// <param name="Until">The first local day on which it need not be kept any more.</param>
/// <param name="ReasonCode">From the policy's list.</param>
public sealed record PostponeRetention(Guid ClientId, DateOnly Until, string ReasonCode)
{
    public static Decision<ErasureEvent> Decide(
        PostponeRetention command, ErasureState state, RetentionPolicy policy, int? policyVersion, DateOnly today, DateTimeOffset now)
    {
        if (state.IsErased)
            return ErasureRejections.AlreadyErased();
        if (state.KeptUntil >= command.Until)
            return Decision<ErasureEvent>.AlreadyDoneIf<RetentionPostponed>((fact, _) => fact.Until > command.Until || (fact.Until, fact.ReasonCode) == (command.Until, command.ReasonCode));
        if (!policy.PostponementReasons.Contains(command.ReasonCode))
            return ErasureRejections.ReasonUnknown(command.ReasonCode);
        if (command.Until <= today || command.Until > today.AddYears(policy.LongestPostponementYears))
            return ErasureRejections.PostponementOutOfRange(policy.LongestPostponementYears);
        return new RetentionPostponed(command.Until, command.ReasonCode, policyVersion) { ClientId = command.ClientId }.At(now);
    }
}
