namespace CaseFlow.Domain.Disclosures;

// Storage format: renaming a type or a member here breaks every emergency access already recorded.

/// <summary>
/// A record was opened in an emergency, and what the privacy officer thought of it. One stream per opening: nobody who opens a record waits for, or
/// is refused because of, anybody else who does.
/// </summary>
public abstract record EmergencyAccessEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    public required Guid EmergencyAccessId { get; init; }
}

/// <summary>Somebody opened the record without consent, in an emergency (42 CFR 2.51; Wis. Stat. 51.30(4)(b)8): break-glass.</summary>
/// <param name="UsedBy">A staff id.</param>
/// <param name="Reason">What the emergency is, in words, sealed (2.51(c)(4)).</param>
/// <param name="ValidUntil">UTC, exclusive: the policy's hours after it was opened.</param>
/// <param name="ReviewDueAt">UTC: the privacy officer looks at it until then.</param>
public sealed record EmergencyAccessUsed(
    string UsedBy,
    Role Role,
    string AgencyId,
    EmergencyReason ReasonCode,
    Sealed<string> Reason,
    DateTimeOffset ValidUntil,
    DateTimeOffset ReviewDueAt,
    int? PolicyVersion) : EmergencyAccessEvent;

/// <summary>The privacy officer looked at it.</summary>
/// <param name="ReviewedBy">A staff id.</param>
/// <param name="Note">Sealed; null for none.</param>
public sealed record EmergencyAccessReviewed(string ReviewedBy, EmergencyVerdict Verdict, Sealed<string>? Note) : EmergencyAccessEvent;

public enum EmergencyReason
{
    Overdose,
    Unconscious,
    SuicideRisk,
    MedicalCrisis,
    Disaster,
}

public enum EmergencyVerdict
{
    Justified,

    /// <summary>It is closed by that, and a suspected breach.</summary>
    NotJustified,
}
