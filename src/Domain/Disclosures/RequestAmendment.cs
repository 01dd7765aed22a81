using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Disclosures;

/// <summary>A client asks that the record be amended.</summary>
public sealed record RequestAmendment(
    Guid ClientId, Guid RequestId, string AgencyId, Guid? EntryEventId, IdentityProof Proof, Sealed<string> Text, When When)
{
    /// <param name="agencyIsKnown">The directory has that agency.</param>
    /// <param name="policyVersion">The policy in force; null while there is none, and then the defaults hold.</param>
    public static Decision<RecordRightsEvent> Decide(
        RequestAmendment command, RecordRightsState state, bool agencyIsKnown, RightsPolicy policy, int? policyVersion, DateTimeOffset now)
    {
        if (state.Find(command.RequestId) is { } asked)
        {
            return (asked.ClientId, asked.Kind, asked.AgencyId, asked.EntryEventId) == (command.ClientId, RightsKind.Amendment, command.AgencyId, command.EntryEventId)
                ? Decision<RecordRightsEvent>.AlreadyDoneIf<AmendmentRequested>(fact => fact.RequestId == command.RequestId, (fact, same) => command.When.Says(fact, now) && fact.Proof.IsLike(command.Proof) && same(command.Text, fact.Text), RecordRightsRejections.AskedDifferently(command.RequestId))
                : RecordRightsRejections.AskedDifferently(command.RequestId);
        }

        if (!agencyIsKnown)
            return RecordRightsRejections.AgencyUnknown(command.AgencyId);
        return command.When.Check(now) is { } rejection
            ? rejection
            : new AmendmentRequested(
                command.AgencyId, command.EntryEventId, command.Proof, command.When.OccurredAt.AddDays(policy.AmendmentDays), policyVersion, command.Text)
            { ClientId = command.ClientId, RequestId = command.RequestId }.At(command.When);
    }
}
