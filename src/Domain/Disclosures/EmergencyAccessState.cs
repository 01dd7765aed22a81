using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Disclosures;

/// <summary>Who opened whose record in an emergency, until when, and what came of the review.</summary>
/// <param name="Accesses">In the order they were recorded.</param>
public sealed record EmergencyAccessState(ImmutableList<EmergencyAccess> Accesses)
{
    public static readonly EmergencyAccessState Initial = new([]);

    /// <returns>The access that lets somebody of an agency see the client's record at an instant; null for none.</returns>
    public EmergencyAccess? InForce(Guid clientId, string staffId, string agencyId, DateTimeOffset at) => Accesses.FindLast(
        access => access.Used.ClientId == clientId && access.Used.UsedBy == staffId && access.Used.AgencyId == agencyId && access.Used.OccurredAt <= at && at < access.Used.ValidUntil);

    public EmergencyAccess? Find(Guid emergencyAccessId) => Accesses.Find(access => access.Used.EmergencyAccessId == emergencyAccessId);

    public static EmergencyAccessState Evolve(EmergencyAccessState state, EmergencyAccessEvent fact) => fact switch
    {
        EmergencyAccessUsed e => new(state.Accesses.Add(new EmergencyAccess(e, Reviewed: null))),
        EmergencyAccessReviewed e => new(state.Accesses.ConvertAll(
            access => access.Used.EmergencyAccessId == e.EmergencyAccessId ? access with { Reviewed = e } : access)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(EmergencyAccessState)}."),
    };
}

/// <summary>One opening of a record in an emergency.</summary>
/// <param name="Reviewed">Null while nobody reviewed it.</param>
public sealed record EmergencyAccess(EmergencyAccessUsed Used, EmergencyAccessReviewed? Reviewed);
