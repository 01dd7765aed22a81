namespace CaseFlow.Domain.Policies;

// Storage format: renaming a type or a member here breaks every policy already recorded.

/// <summary>What a jurisdiction decided to do, version by version. One stream per jurisdiction.</summary>
public abstract record PolicyEvent : DomainEvent;

/// <param name="PolicyVersion">1, 2, 3, … in the order of publication.</param>
/// <param name="EffectiveFrom">UTC. May lie before the publication; what was decided before is never judged again.</param>
/// <param name="Policy">The whole policy; a version does not build on another.</param>
/// <param name="ChangeNote">What changed and why, for the register.</param>
public sealed record JurisdictionPolicyPublished(
    int PolicyVersion, DateTimeOffset EffectiveFrom, JurisdictionPolicy Policy, string ChangeNote) : PolicyEvent;

/// <summary>A version that is no longer to be used for what becomes known from now on.</summary>
public sealed record JurisdictionPolicyRetired(int PolicyVersion, string Reason) : PolicyEvent;
