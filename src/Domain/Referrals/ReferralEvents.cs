namespace CaseFlow.Domain.Referrals;

// Storage format: renaming a type or a member here breaks every referral already recorded.

/// <summary>The sender's side of a referral. One stream per referral; it ends with the proof of delivery.</summary>
public abstract record ReferralEvent : DomainEvent, IClientEvent
{
    public required Guid ReferralId { get; init; }

    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    /// <summary>The duty it is to discharge, when there is one.</summary>
    public Guid? DutyId { get; init; }
}

/// <param name="Need">What is asked for, for example <c>recovery-coach</c>.</param>
/// <param name="Message">To the receiver, sealed.</param>
public sealed record ReferralCreated(
    string FromAgencyId, string ToAgencyId, string CreatedBy, string Need, Sealed<string>? Message) : ReferralEvent;

/// <param name="AcknowledgeBy">When receipt should be confirmed (R7), UTC.</param>
/// <param name="UnacknowledgedNoticeAt">After the grace (R7), UTC.</param>
public sealed record ReferralSent(
    ReferralChannel Channel, DateTimeOffset AcknowledgeBy, DateTimeOffset UnacknowledgedNoticeAt, int PolicyVersion) : ReferralEvent
{
    /// <summary>Who sent it; that person does not verify the duty it discharges.</summary>
    public string? SentBy { get; init; }
}

/// <param name="Proof">The receiver's act or the transport's receipt; never the sender's click.</param>
/// <param name="Receipt">The transport's receipt number, when that is the proof.</param>
public sealed record ReferralDeliveryConfirmed(DeliveryProof Proof, string? Receipt) : ReferralEvent;

public sealed record ReferralDeliveryFailed(Sealed<string> Reason) : ReferralEvent;

public sealed record ReferralWithdrawn(WithdrawalReason Reason) : ReferralEvent;

/// <summary>The receiver's side. A stream of its own: nothing in it moves what the sender sees.</summary>
public abstract record IntakeEvent : DomainEvent, IClientEvent
{
    public required Guid ReferralId { get; init; }

    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    /// <summary>The agency that acts.</summary>
    public required string ProviderAgencyId { get; init; }
}

public sealed record ReferralAcknowledged(string AcknowledgedBy) : IntakeEvent;

public sealed record ReferralAccepted(string AcceptedBy) : IntakeEvent;

public sealed record ReferralDeclinedByReceiver(ReceiverDeclineReason Reason) : IntakeEvent;

/// <summary>Passed on to another provider, which then has it in its inbox.</summary>
public sealed record ReferralRedirected(string ToAgencyId, Sealed<string> Reason) : IntakeEvent;

/// <summary>The provider tried to reach the client; <c>occurredAt</c> is the attempt.</summary>
public sealed record ReferralContactAttempted(ContactMode Mode, AttemptOutcome Outcome) : IntakeEvent;

public sealed record ReferralFirstContactMade(ContactMode Mode) : IntakeEvent;

/// <summary>The attempts that policy asks for were made in vain (R9).</summary>
public sealed record ReferralCouldNotContact(IReadOnlyList<ContactAttempt> Attempts, int PolicyVersion) : IntakeEvent;

public sealed record ReferralClosed(ReferralOutcome Outcome) : IntakeEvent;

public sealed record ReferralReopened(Sealed<string> Reason) : IntakeEvent;

public enum ReferralChannel
{
    Inbox,
    SecureMail,
    Fax,
    Api,
    InPerson,
}

public enum DeliveryProof
{
    ReceiverAcknowledgement,
    TransportReceipt,
}

public enum WithdrawalReason
{
    SentInError,
    ClientNoLongerInterested,
    ClientDeceased,
    Duplicate,
}

public enum ReceiverDeclineReason
{
    NoCapacity,
    NotEligible,
    OutOfArea,
}

public enum ReferralOutcome
{
    GotHelp,
    DidNotGetHelp,
    NoLongerInterested,
    CouldNotContact,
    Deceased,
    InCustody,
}
