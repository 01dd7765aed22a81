namespace CaseFlow.Domain.Disclosures;

// Storage format: renaming a type or a member here breaks every disclosure already recorded.

/// <summary>What of a client's record was told to whom outside the agency whose record it is. One stream per client.</summary>
public abstract record DisclosureEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;
}

/// <summary>
/// Something of the record was told: date, recipient, description and purpose, as an accounting must list them (42 CFR 2.25, 45 CFR
/// 164.528(b)).
/// </summary>
/// <param name="DisclosureId">The same disclosure has the same id, however often it is told.</param>
/// <param name="DisclosingAgency">Whose record it is.</param>
/// <param name="Content">What was told, as codes: the view and the kinds of information.</param>
/// <param name="BasisId">The consent, court order, audit grant or emergency access that it rests on; null for none of these.</param>
/// <param name="NoticeVersion">Version of the notice on redisclosure that went with it (42 CFR 2.32); null when none did.</param>
/// <param name="Description">The information in plain words, sealed; null when the codes say it all.</param>
/// <param name="RecipientName">Who was told, by name and address, sealed; null when agency and staff id say it.</param>
public sealed record DisclosureMade(
    Guid DisclosureId,
    string DisclosingAgency,
    DisclosureRecipient Recipient,
    DisclosurePurpose Purpose,
    IReadOnlyList<string> Content,
    DisclosureBasis Basis,
    Guid? BasisId,
    string? NoticeVersion,
    DisclosureMethod Method,
    Sealed<string>? Description,
    Sealed<string>? RecipientName) : DisclosureEvent
{
    /// <summary>The law, or the order made under it, that asked for it, as a code; null where none did, and for what was told before it was asked for.</summary>
    public string? Law { get; init; }

    public bool Equals(DisclosureMade? other) => base.Equals(other)
        && (DisclosureId, DisclosingAgency, Recipient, Purpose, Basis, BasisId, NoticeVersion, Method, Description, RecipientName, Law)
            == (other.DisclosureId, other.DisclosingAgency, other.Recipient, other.Purpose, other.Basis, other.BasisId, other.NoticeVersion,
                other.Method, other.Description, other.RecipientName, other.Law)
        && Content.SequenceEqual(other.Content);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), DisclosureId, Content.Count);
}

/// <summary>A disclosure was asked for, and a rule stopped it.</summary>
/// <param name="DisclosingAgency">Whose record was asked for.</param>
public sealed record DisclosureBlocked(
    Guid DisclosureId, string DisclosingAgency, DisclosureRecipient Recipient, DisclosurePurpose Purpose, DisclosureRule Rule) : DisclosureEvent;

/// <param name="AgencyId">The receiving agency; null for somebody outside of any.</param>
/// <param name="Role">What the recipient acts as; null when not known.</param>
/// <param name="StaffId">The person who read it here; null for a disclosure by other ways.</param>
public sealed record DisclosureRecipient(string? AgencyId, Role? Role, string? StaffId);

public enum DisclosurePurpose
{
    Treatment,
    Payment,
    HealthCareOperations,
    Supervision,
    CourtMonitoring,
    FamilyInvolvement,
    Research,
    AtClientsRequest,
    AuditOrEvaluation,
    MedicalEmergency,

    /// <summary>A civil, criminal, administrative or legislative proceeding against the client (42 CFR 2.12(d), R67).</summary>
    ProceedingsAgainstClient,
    RequiredByLaw,
}

public enum DisclosureBasis
{
    Consent,
    CourtOrder,
    AuditGrant,
    EmergencyAccess,
    RequiredByLaw,

    /// <summary>Nothing permitted it: it is listed all the same, and is a suspected breach.</summary>
    WithoutBasis,
}

public enum DisclosureMethod
{
    /// <summary>Read in this system.</summary>
    System,
    Paper,
    Phone,
    Fax,
    Email,
    InPerson,
}

/// <summary>Why a disclosure was stopped.</summary>
public enum DisclosureRule
{
    /// <summary>Use against the client without consent for it or a court order (R67).</summary>
    ProceedingsAgainstClient,

    /// <summary>The consent or order that was named did not permit it then.</summary>
    BasisNotInForce,
}
