namespace CaseFlow.Domain.Erasure;

/// <summary>Who ends what somebody demanded about a record.</summary>
public static class ErasureAuthorities
{
    /// <returns>Whether an authority ends what another one demanded: its own, and a court everybody's. What a court demanded, a court alone ends.</returns>
    public static bool Ends(this ErasureAuthority authority, ErasureAuthority demandedBy) => authority == demandedBy || authority == ErasureAuthority.Court;
}
