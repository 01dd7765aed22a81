namespace CaseFlow.Domain.Policies;

/// <summary>A version is not to be used for what becomes known from now on; what it judged stays judged.</summary>
public sealed record RetirePolicy(int PolicyVersion, string Reason)
{
    public static Decision<PolicyEvent> Decide(RetirePolicy command, PolicyState state, DateTimeOffset now)
    {
        if (state.Find(command.PolicyVersion) is not { } policy)
            return PolicyRejections.NotFound(command.PolicyVersion);
        if (policy.RetiredAt is not null)
            return Decision<PolicyEvent>.AlreadyDoneIf<JurisdictionPolicyRetired>(fact => fact.PolicyVersion == command.PolicyVersion, (fact, _) => fact.Reason == command.Reason);

        var retired = new JurisdictionPolicyRetired(command.PolicyVersion, command.Reason).At(now);
        return state.InForceAt(now) is not null && PolicyState.Evolve(state, retired).InForceAt(now) is null
            ? PolicyRejections.LastInForce()
            : retired;
    }
}
