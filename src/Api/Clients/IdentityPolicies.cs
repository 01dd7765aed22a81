using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.Clients;

/// <summary>The code lists in force for a command; what it records keeps their version.</summary>
public sealed class IdentityPolicies(JurisdictionTime time)
{
    /// <returns>The lists of the policy in force now; the defaults while there is none.</returns>
    public async Task<IdentityPolicy> InForceAsync(CommandSession session)
    {
        var policy = await time.PolicyAtAsync(session.Actor.Jurisdiction, session.Now, session.Cancellation);
        session.Circumstances = session.Circumstances with { PolicyVersion = policy?.Version };
        return policy?.Policy.Identity ?? IdentityPolicy.Default;
    }
}
