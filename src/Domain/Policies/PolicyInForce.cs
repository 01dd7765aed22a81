namespace CaseFlow.Domain.Policies;

/// <summary>The policy that a decision is made under.</summary>
/// <param name="Policy">Its content.</param>
/// <param name="Version">Its version, kept in every verdict.</param>
/// <param name="LatestVersion">The newest version published by then: later ones never judge what is decided now.</param>
public sealed record PolicyInForce(JurisdictionPolicy Policy, int Version, int LatestVersion);
