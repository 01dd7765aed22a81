using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Consents;

/// <summary>What the jurisdiction's policy says about consents, and which version says it.</summary>
public sealed record ConsentPolicyInForce(ConsentPolicy Rules, int Version)
{
    /// <summary>Where no policy is in force, or one older than consents, the default counts (version 0 for none).</summary>
    public static ConsentPolicyInForce Of(PolicyInForce? policy) => new(policy?.Policy.Consents ?? ConsentPolicy.Default, policy?.Version ?? 0);

    /// <returns>The last instant a consent may hold until.</returns>
    public DateTimeOffset LatestEnd(DateTimeOffset from) => from.AddMonths(Rules.MaxTermMonths);
}
