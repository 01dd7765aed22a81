using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Disclosures;

/// <summary>A client asks to whom the record was disclosed.</summary>
public sealed record RequestAccounting(Guid ClientId, Guid RequestId, LookBack LookBack, IdentityProof Proof, When When)
{
    /// <param name="policyVersion">The policy in force; null while there is none, and then the defaults hold.</param>
    public static Decision<RecordRightsEvent> Decide(
        RequestAccounting command, RecordRightsState state, RightsPolicy policy, int? policyVersion, DateTimeOffset now)
    {
        if (state.Find(command.RequestId) is { } asked)
        {
            return (asked.ClientId, asked.Kind, asked.LookBack) == (command.ClientId, RightsKind.Accounting, command.LookBack)
                ? Decision<RecordRightsEvent>.AlreadyDoneIf<AccountingRequested>(fact => fact.RequestId == command.RequestId, (fact, _) => command.When.Says(fact, now) && fact.Proof.IsLike(command.Proof), RecordRightsRejections.AskedDifferently(command.RequestId))
                : RecordRightsRejections.AskedDifferently(command.RequestId);
        }

        return command.When.Check(now) is { } rejection
            ? rejection
            : new AccountingRequested(command.LookBack, command.Proof, command.When.OccurredAt.AddDays(policy.AccountingDays), policyVersion)
            { ClientId = command.ClientId, RequestId = command.RequestId }.At(command.When);
    }
}
