namespace CaseFlow.Domain.Courts;

/// <param name="Amount">US cents, or hours of community service.</param>
/// <param name="Settled">Paid, waived or done of it.</param>
public sealed record CourtOrder(CourtOrderKind Kind, long Amount, long Settled = 0)
{
    public long Open => Amount - Settled;
}

public enum CourtOrderKind
{
    Restitution,
    Fee,
    CommunityService,
}
