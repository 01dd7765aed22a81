using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Policies;

/// <summary>A jurisdiction's policies, version by version, and the one question asked of them: which counted when.</summary>
public sealed record PolicyState(ImmutableList<PublishedPolicy> Versions)
{
    public static readonly PolicyState Initial = new(ImmutableList<PublishedPolicy>.Empty);

    /// <summary>The newest version's number; 0 when none was ever published.</summary>
    public int Latest => Versions.Count;

    /// <summary>
    /// The version that judges what became known at an instant: the latest to take effect by then (of two that take effect
    /// together the newer), leaving out what was retired by then.
    /// </summary>
    /// <param name="knownAt">When the duty-holder learned of it.</param>
    /// <param name="amongVersionsUpTo">
    /// The newest version there was when the verdict was first given. A later policy never changes an earlier verdict, not
    /// even one published with an earlier effective date: whoever judges again passes the bound kept with the verdict.
    /// Null when judging for the first time.
    /// </param>
    /// <returns>The version in force, or null when there was none.</returns>
    public PolicyInForce? InForceAt(DateTimeOffset knownAt, int? amongVersionsUpTo = null)
    {
        var newest = Math.Min(amongVersionsUpTo ?? Latest, Latest);
        var inForce = Versions
            .Where(policy => policy.Version <= newest && policy.EffectiveFrom <= knownAt && !(policy.RetiredAt <= knownAt))
            .OrderBy(policy => policy.EffectiveFrom).ThenBy(policy => policy.Version)
            .LastOrDefault();
        return inForce is null ? null : new PolicyInForce(inForce.Policy, inForce.Version, newest);
    }

    /// <returns>The version with that number, or null.</returns>
    public PublishedPolicy? Find(int version) => Versions.Find(policy => policy.Version == version);

    public static PolicyState Evolve(PolicyState state, PolicyEvent fact) => fact switch
    {
        JurisdictionPolicyPublished e => new(state.Versions.Add(
            new PublishedPolicy(e.PolicyVersion, e.EffectiveFrom, e.Policy, e.ChangeNote))),
        JurisdictionPolicyRetired e => new(state.Versions.ConvertAll(
            policy => policy.Version == e.PolicyVersion ? policy with { RetiredAt = e.OccurredAt } : policy)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(PolicyState)}."),
    };
}

/// <summary>One version of a jurisdiction's policy.</summary>
/// <param name="Version">1, 2, 3, … in the order of publication.</param>
/// <param name="EffectiveFrom">UTC, inclusive.</param>
/// <param name="RetiredAt">UTC; from then on it judges nothing that becomes known. Null while it is in use.</param>
public sealed record PublishedPolicy(
    int Version, DateTimeOffset EffectiveFrom, JurisdictionPolicy Policy, string ChangeNote, DateTimeOffset? RetiredAt = null);
