using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Disclosures;

/// <summary>A client asks for a copy of the record.</summary>
public sealed record ReceiveRecordsRequest(Guid ClientId, Guid RequestId, IdentityProof Proof, Sealed<string>? Words, When When)
{
    /// <param name="policyVersion">The policy in force; null while there is none, and then the defaults hold.</param>
    public static Decision<RecordRightsEvent> Decide(
        ReceiveRecordsRequest command, RecordRightsState state, RightsPolicy policy, int? policyVersion, DateTimeOffset now)
    {
        if (state.Find(command.RequestId) is { } asked)
        {
            return (asked.ClientId, asked.Kind) == (command.ClientId, RightsKind.CopyOfRecord)
                ? Decision<RecordRightsEvent>.AlreadyDoneIf<RecordsRequestReceived>(fact => fact.RequestId == command.RequestId, (fact, same) => command.When.Says(fact, now) && fact.Proof.IsLike(command.Proof) && same(command.Words, fact.Words), RecordRightsRejections.AskedDifferently(command.RequestId))
                : RecordRightsRejections.AskedDifferently(command.RequestId);
        }

        return command.When.Check(now) is { } rejection
            ? rejection
            : new RecordsRequestReceived(command.Proof, command.When.OccurredAt.AddDays(policy.RecordsRequestDays), policyVersion, command.Words)
            { ClientId = command.ClientId, RequestId = command.RequestId }.At(command.When);
    }
}
