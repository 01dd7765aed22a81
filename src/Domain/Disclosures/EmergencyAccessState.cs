using System.Diagnostics;

namespace CaseFlow.Domain.Disclosures;

/// <summary>One opening of a record in an emergency: who opened whose, until when, and what came of the review.</summary>
/// <param name="Access">Null while there is none.</param>
public sealed record EmergencyAccessState(EmergencyAccess? Access)
{
    public static readonly EmergencyAccessState Initial = new(Access: null);

    /// <returns>The access, if it lets somebody of an agency see the client's record at an instant; else null.</returns>
    public EmergencyAccess? InForce(Guid clientId, string staffId, string agencyId, DateTimeOffset at) =>
        Access is { IsNotJustified: false, Used: var used } && used.ClientId == clientId && used.UsedBy == staffId && used.AgencyId == agencyId && used.OccurredAt <= at && at < used.ValidUntil
            ? Access
            : null;

    public EmergencyAccess? Find(Guid emergencyAccessId) => Access?.Used.EmergencyAccessId == emergencyAccessId ? Access : null;

    public static EmergencyAccessState Evolve(EmergencyAccessState state, EmergencyAccessEvent fact) => fact switch
    {
        EmergencyAccessUsed e => new(new EmergencyAccess(e, Reviewed: null)),
        EmergencyAccessReviewed e => new(state.Access! with { Reviewed = e }),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(EmergencyAccessState)}."),
    };
}

/// <param name="Reviewed">Null while nobody reviewed it.</param>
public sealed record EmergencyAccess(EmergencyAccessUsed Used, EmergencyAccessReviewed? Reviewed)
{
    /// <summary>Whoever reviewed it found so: it opens nothing any more.</summary>
    public bool IsNotJustified => Reviewed is { Verdict: EmergencyVerdict.NotJustified };

    /// <summary>Until when it opens, or opened, the record: a verdict that it was not justified closes it before its time.</summary>
    public DateTimeOffset OpenUntil => IsNotJustified && Reviewed!.OccurredAt < Used.ValidUntil ? Reviewed.OccurredAt : Used.ValidUntil;
}
