namespace CaseFlow.Domain.Overdoses;

// Storage format: renaming a type or a member here breaks every duty already recorded.

/// <summary>
/// The duty to refer after an overdose (R1–R6). One stream per client, not per overdose: knowing and triggering are appended
/// in one transaction, so two overdoses learned at once cannot make two duties.
/// </summary>
public abstract record DutyEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;
}

/// <summary>The agent learned of an overdose; <c>occurredAt</c> is the moment of knowing. Only this starts a duty.</summary>
/// <param name="AgentId">Whose knowledge it is.</param>
/// <param name="How">How the agent learned.</param>
public sealed record OverdoseKnownToAgent(Guid OverdoseId, string AgentId, LearnedFrom How) : DutyEvent;

/// <param name="DutyId">Follows from client and overdose.</param>
/// <param name="Rule">The rule's mark, <c>R1</c>.</param>
/// <param name="ClockStartsAt">First office moment at or after the knowing, UTC.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="RemindAt">When the reminder goes out, UTC.</param>
/// <param name="PolicyVersion">In force when the agent learned; the verdict keeps it.</param>
/// <param name="LatestPolicyVersion">The newest version published when this was decided; later ones never judge it.</param>
public sealed record ReferralDutyTriggered(
    Guid DutyId,
    Guid OverdoseId,
    string Rule,
    string AgentId,
    string AgencyId,
    string OfficeId,
    string ProviderAgencyId,
    DateTimeOffset ClockStartsAt,
    DateTimeOffset DueAt,
    DateTimeOffset RemindAt,
    int PolicyVersion,
    int LatestPolicyVersion) : DutyEvent;

/// <summary>A further overdose inside the merge window of an undischarged duty (R4).</summary>
public sealed record OverdoseMergedIntoDuty(Guid DutyId, Guid OverdoseId, int PolicyVersion) : DutyEvent;

/// <summary>The agent knows, and no duty follows; said, so that nobody wonders.</summary>
public sealed record ReferralDutyNotOwed(Guid OverdoseId, NotOwedReason Reason, int PolicyVersion) : DutyEvent;

/// <summary>The client was asked and said no (R2). Covers only overdoses known before the asking.</summary>
/// <param name="AskedBy">The person who spoke to the client.</param>
/// <param name="Mode">How they spoke.</param>
/// <param name="Answer">The client's own words, sealed.</param>
/// <param name="ReofferDueOn">When to ask again, local date.</param>
public sealed record ClientNotInterestedRecorded(
    Guid DutyId, string AskedBy, ContactMode Mode, Sealed<string> Answer, IReadOnlyList<Guid> CoveredOverdoseIds, DateOnly ReofferDueOn)
    : DutyEvent;

/// <param name="ReasonCode">From the policy's list (R3).</param>
/// <param name="ApprovedBy">The supervisor; never the agent.</param>
/// <param name="Evidence">Where the proof is; sealed.</param>
public sealed record ReferralDutyExemptionRecorded(
    Guid DutyId, string ReasonCode, string ApprovedBy, Sealed<string>? Evidence) : DutyEvent;

/// <summary>Cannot be met; stays visible and is counted apart.</summary>
public sealed record ReferralDutyImpossibilityRecorded(
    Guid DutyId, ImpossibleReason Reason, IReadOnlyList<ContactAttempt> Attempts) : DutyEvent
{
    /// <summary>Who recorded it; that person does not verify it.</summary>
    public string? RecordedBy { get; init; }
}

/// <summary>The duty is discharged; <c>occurredAt</c> is the moment of it.</summary>
/// <param name="Path">How.</param>
/// <param name="ReferralId">The delivered referral, when that was the path.</param>
/// <param name="DueAt">When it was due.</param>
/// <param name="InTime">Discharged at or before due.</param>
/// <param name="PolicyVersion">The version judged under.</param>
public sealed record ReferralDutyDischarged(
    Guid DutyId, DischargePath Path, Guid? ReferralId, DateTimeOffset DueAt, bool InTime, int PolicyVersion) : DutyEvent
{
    /// <summary>Who made the referral, when that was the path; that person does not verify it.</summary>
    public string? ReferredBy { get; init; }

    /// <summary>Who sent it.</summary>
    public string? SentBy { get; init; }
}

/// <summary>The agent confirms what was done: this is what "confirming" a referral is.</summary>
public sealed record ReferralAttestationGiven(Guid DutyId, string AttestedBy) : DutyEvent;

public sealed record AgentSupervisorVerified(Guid DutyId, string VerifiedBy) : DutyEvent;

/// <summary>The supervisor does not accept it as it is; the agent attests again.</summary>
public sealed record ReferralDutyReturned(Guid DutyId, string ReturnedBy, Sealed<string> Reason) : DutyEvent
{
    /// <summary>Set when it had been called impossible: it is open again, and was due then.</summary>
    public DateTimeOffset? ReopenedDueAt { get; init; }
}

/// <summary>Follows the client to a new agent; the clock does not restart (R5).</summary>
public sealed record ReferralDutyReassigned(
    Guid DutyId, string PreviousAgentId, string AgentId, string AgencyId, string OfficeId) : DutyEvent;

/// <summary>Supervision ended: closed as no longer supervised, with its state at that time.</summary>
public sealed record ReferralDutyClosedUnsupervised(Guid DutyId, DutyPhase PhaseThen) : DutyEvent;

/// <summary>The agent learned at another time than was recorded. <c>occurredAt</c> is the corrected moment of knowing.</summary>
/// <param name="DutyId">The duty that holds the overdose; null when none was owed.</param>
public sealed record AgentKnowledgeCorrected(
    Guid OverdoseId,
    Guid? DutyId,
    Guid CorrectedEventId,
    DateTimeOffset PreviousKnownAt,
    DateTimeOffset CorrectedKnownAt,
    Sealed<string> Reason)
    : DutyEvent, ICorrection
{
    /// <summary>Who corrected it; that person does not verify the duty.</summary>
    public string? CorrectedBy { get; init; }

    DateTimeOffset? ICorrection.CorrectedOccurredAt => CorrectedKnownAt;
}

/// <summary>A corrected knowing moved an open duty's due time.</summary>
public sealed record ReferralDutyDueMoved(
    Guid DutyId, DateTimeOffset PreviousDueAt, DateTimeOffset ClockStartsAt, DateTimeOffset DueAt, DateTimeOffset RemindAt, int PolicyVersion)
    : DutyEvent;

/// <summary>A corrected knowing judged a discharged duty again, under the policy that was in force.</summary>
public sealed record ReferralDutyRejudged(
    Guid DutyId, DateTimeOffset PreviousDueAt, DateTimeOffset ClockStartsAt, DateTimeOffset DueAt, bool WasInTime, bool InTime, int PolicyVersion)
    : DutyEvent;

public enum LearnedFrom
{
    Client,
    Police,
    Hospital,
    Family,
    Provider,
    Court,
    Record,
    Other,
}

public enum NotOwedReason
{
    DutyOff,
    NotSupervised,
    Fatal,
    RuledOut,
}

public enum ImpossibleReason
{
    ClientGone,
    Unreachable,
}

public enum DischargePath
{
    Referred,
    NotInterested,
    Exempt,
}

/// <summary>Where a duty stands; overdue is computed from <c>dueAt</c> and the asked instant.</summary>
public enum DutyPhase
{
    Open,
    Discharged,
    Impossible,
    ClosedUnsupervised,
}
