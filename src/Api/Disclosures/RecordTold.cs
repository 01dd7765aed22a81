using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Disclosures;

/// <summary>What of another agency's record an answer tells its reader.</summary>
/// <param name="ClientId">Whose record.</param>
/// <param name="DisclosingAgency">Which agency's.</param>
/// <param name="View">Stable name of the view that shows it.</param>
/// <param name="Information">What it tells, as a code.</param>
/// <param name="Basis">On what ground.</param>
/// <param name="BasisId">The consent, grant or emergency access; null when there is none to name.</param>
public sealed record RecordTold(Guid ClientId, string DisclosingAgency, string View, string Information, DisclosureBasis Basis, Guid? BasisId);

/// <summary>A disclosure could not be recorded, so the answer does not leave.</summary>
public sealed class DisclosureNotRecordedException(Exception? inner = null) : Exception("The disclosure could not be recorded.", inner);

public static class DisclosurePurposes
{
    /// <returns>On what ground another agency's record is told, for its accounting; null where nothing is told outside of those who keep or watch over it.</returns>
    public static (DisclosureBasis Basis, Guid? BasisId)? ToldOn(this Disclosure.Allowed allowed, Guid? emergencyId = null) => allowed.Basis switch
    {
        Basis.Consent => (DisclosureBasis.Consent, allowed.ConsentId),
        Basis.CourtOrder => (DisclosureBasis.CourtOrder, allowed.OrderId),
        Basis.Emergency => (DisclosureBasis.EmergencyAccess, emergencyId),
        // Which grant it is, the desk knows: whoever reads under one reads all by it.
        Basis.AuditGrant => (DisclosureBasis.AuditGrant, null),
        _ => null,
    };

    /// <returns>The purpose of a disclosure to somebody who reads for a purpose of use.</returns>
    public static DisclosurePurpose Of(Purpose purpose, DisclosureBasis basis) => (basis, purpose) switch
    {
        (DisclosureBasis.EmergencyAccess, _) => DisclosurePurpose.MedicalEmergency,
        (_, Purpose.Care) => DisclosurePurpose.Treatment,
        (_, Purpose.Supervision) => DisclosurePurpose.Supervision,
        (_, Purpose.CourtMonitoring) => DisclosurePurpose.CourtMonitoring,
        (_, Purpose.Audit) => DisclosurePurpose.AuditOrEvaluation,
        (_, Purpose.OwnRecord) => DisclosurePurpose.AtClientsRequest,
        _ => DisclosurePurpose.HealthCareOperations,
    };
}
