using System.Diagnostics;

namespace CaseFlow.Domain.Consents;

// Storage format: renaming a type or a member here breaks every consent already recorded.

/// <summary>
/// What a client permits, refuses and takes back, and what else limits or orders disclosures. One stream per client, folded
/// at the moment somebody asks: nothing is computed ahead, so nothing lags behind.
/// </summary>
public abstract record ConsentEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    /// <returns>The consent that it is about; null for a restriction or a court order.</returns>
    public Guid? ConsentInQuestion() => this switch
    {
        ConsentRequested e => e.ConsentId,
        ConsentGranted e => e.ConsentId,
        ConsentRefused e => e.ConsentId,
        ConsentRenewed e => e.ConsentId,
        ConsentRevocationRequested e => e.ConsentId,
        ConsentProtectiveHoldPlaced e => e.ConsentId,
        ConsentHoldLifted e => e.ConsentId,
        ConsentRevoked e => e.ConsentId,
        ConsentRevocationDeferredUntilEvent e => e.ConsentId,
        ConsentConditionMet e => e.ConsentId,
        ConsentConditionRetracted e => e.ConsentId,
        // Restrictions and court orders are no consents.
        RestrictionRequested or RestrictionAgreed or RestrictionDeclined or RestrictionEnded or CourtOrderForDisclosureReceived => null,
        _ => throw new UnreachableException($"{GetType().Name} has no place here."),
    };
}

/// <summary>The client was asked to consent.</summary>
/// <param name="RequestedBy">Who asked, a staff id.</param>
public sealed record ConsentRequested(Guid ConsentId, ConsentKind Kind, ConsentScope Scope, string RequestedBy) : ConsentEvent;

/// <summary>The client, or who may sign for them, consented with every element that law asks for (42 CFR 2.31, 2.35, Wis. Stat. 51.30).</summary>
/// <param name="Description">The information in the words of the form, sealed.</param>
/// <param name="PurposeInWords">The purpose in the words of the form, sealed; null when the codes say it all.</param>
/// <param name="SignedName">Name of who signed, sealed.</param>
/// <param name="RecipientPerson">Name of the person who may be told, sealed; null when only agencies may.</param>
public sealed record ConsentGranted(
    Guid ConsentId,
    ConsentKind Kind,
    ConsentScope Scope,
    ConsentTerm Term,
    ConsentForm Form,
    Sealed<string> Description,
    Sealed<string>? PurposeInWords,
    Sealed<string> SignedName,
    Sealed<string>? RecipientPerson,
    int PolicyVersion) : ConsentEvent
{
    /// <summary>When its end is announced; null where no date ends it, and for one from before ends were announced.</summary>
    public EndAnnouncements? Announced { get; init; }
}

/// <summary>The client refused. They had been warned that they may, and of what follows.</summary>
/// <param name="Disclosers">Agencies that were not permitted to disclose.</param>
/// <param name="Recipients">Agencies that were not to be told.</param>
/// <param name="RecordedBy">Who heard it, a staff id.</param>
/// <param name="ToldThatRefusalIsPermitted">Always true: a refusal without the warning is none.</param>
/// <param name="ConsequenceTold">What the client was told would follow, sealed.</param>
/// <param name="Reason">The client's own words, sealed; null when they gave none.</param>
public sealed record ConsentRefused(
    Guid ConsentId,
    ConsentKind Kind,
    IReadOnlyList<string> Disclosers,
    IReadOnlyList<string> Recipients,
    string RecordedBy,
    bool ToldThatRefusalIsPermitted,
    Sealed<string> ConsequenceTold,
    Sealed<string>? Reason) : ConsentEvent;

/// <summary>The same consent, signed again for a new period.</summary>
/// <param name="SignedName">Name of who signed, sealed.</param>
public sealed record ConsentRenewed(
    Guid ConsentId, ConsentTerm Term, ConsentForm Form, Sealed<string> SignedName, int PolicyVersion) : ConsentEvent
{
    /// <summary>When its end is announced; null where no date ends it, and for one from before ends were announced.</summary>
    public EndAnnouncements? Announced { get; init; }
}

/// <summary>The client asked to take the consent back.</summary>
/// <param name="Mode">Said or written: only a writing revokes (42 CFR 2.31(a)(6)).</param>
/// <param name="ReceivedBy">Who received it, a staff id.</param>
/// <param name="Words">The client's own words, sealed; null when none were kept.</param>
public sealed record ConsentRevocationRequested(
    Guid ConsentId, RevocationMode Mode, string ReceivedBy, Sealed<string>? Words) : ConsentEvent;

/// <summary>Said but not yet written: nothing new is disclosed from this moment, and the writing is asked for (R61).</summary>
public sealed record ConsentProtectiveHoldPlaced(Guid ConsentId) : ConsentEvent
{
    /// <summary>What was already done in reliance on it, sealed; null for nothing noted.</summary>
    public Sealed<string>? RelianceNote { get; init; }
}

/// <summary>The client took the oral request back.</summary>
/// <param name="LiftedBy">Who heard it, a staff id.</param>
/// <param name="Reason">Sealed.</param>
public sealed record ConsentHoldLifted(Guid ConsentId, string LiftedBy, Sealed<string> Reason) : ConsentEvent;

/// <summary>Taken back in writing; what was disclosed in reliance on it before stays lawful (R61).</summary>
/// <param name="ReceivedBy">Who received the writing, a staff id.</param>
/// <param name="EffectiveAt">UTC: on receipt, or later when the client says so.</param>
/// <param name="RelianceNote">What was already done in reliance on it, sealed; null for nothing noted.</param>
public sealed record ConsentRevoked(
    Guid ConsentId, string ReceivedBy, DateTimeOffset EffectiveAt, Sealed<string>? RelianceNote) : ConsentEvent;

/// <summary>Asked back before the event that it is irrevocable until (42 CFR 2.35): it stays in force, and is revoked by the event.</summary>
/// <param name="Until">The event.</param>
/// <param name="ReceivedBy">Who received the request, a staff id.</param>
/// <param name="Reason">Why it is deferred, as the client is told.</param>
public sealed record ConsentRevocationDeferredUntilEvent(
    Guid ConsentId, ConsentCondition Until, string ReceivedBy, RevocationDeferral Reason) : ConsentEvent
{
    /// <summary>What was already done in reliance on it, sealed; null for nothing noted.</summary>
    public Sealed<string>? RelianceNote { get; init; }
}

/// <summary>The event that a consent waits for happened; <c>occurredAt</c> is when.</summary>
public sealed record ConsentConditionMet(Guid ConsentId, ConsentCondition Condition, string RecordedBy) : ConsentEvent;

/// <summary>The event that a consent waits for did not happen: it was entered by mistake, and the consent stands as if it had not been.</summary>
/// <param name="CorrectedEventId">What recorded it.</param>
/// <param name="RetractedBy">A staff id.</param>
/// <param name="Reason">In words, sealed.</param>
public sealed record ConsentConditionRetracted(
    Guid ConsentId, ConsentCondition Condition, Guid CorrectedEventId, string RetractedBy, Sealed<string> Reason) : ConsentEvent, ICorrection
{
    DateTimeOffset? ICorrection.CorrectedOccurredAt => null;
}

/// <summary>The client asked an agency not to use or disclose something that it otherwise might (42 CFR 2.26, 45 CFR 164.522).</summary>
/// <param name="DisclosingAgency">The agency asked.</param>
/// <param name="RecipientAgency">Not to be told; null for nobody.</param>
/// <param name="Information">What is not to be told; empty for everything.</param>
/// <param name="Purposes">Not for these; empty for none at all.</param>
/// <param name="Words">The client's own words, sealed.</param>
public sealed record RestrictionRequested(
    Guid RestrictionId,
    string DisclosingAgency,
    string? RecipientAgency,
    IReadOnlyList<ConsentInformation> Information,
    IReadOnlyList<ConsentPurpose> Purposes,
    Sealed<string>? Words) : ConsentEvent
{
    /// <summary>The client paid for the service in full: the agency then has to agree (45 CFR 164.522(a)(1)(vi)).</summary>
    public bool PaidInFull { get; init; }
}

/// <summary>The agency agreed: it binds from then on.</summary>
public sealed record RestrictionAgreed(Guid RestrictionId, string AgreedBy) : ConsentEvent;

public sealed record RestrictionDeclined(Guid RestrictionId, string DeclinedBy, Sealed<string> Reason) : ConsentEvent;

/// <summary>
/// An agreed restriction comes to its end: at the client's wish, written or spoken, or because the agency ends it and has told the client,
/// which leaves what it received before restricted (45 CFR 164.522(a)(2)). <c>occurredAt</c> is when it was said or told.
/// </summary>
/// <param name="By">Whose wish it is.</param>
/// <param name="RecordedBy">Who heard or told it, a staff id.</param>
/// <param name="Words">What was said, sealed; null when nothing was kept.</param>
public sealed record RestrictionEnded(Guid RestrictionId, RestrictionEnder By, string RecordedBy, Sealed<string>? Words) : ConsentEvent;

/// <summary>A court ordered a disclosure (42 CFR 2.61–2.67, Wis. Stat. 51.30(4)(b)4): it permits without consent, for what it names alone.</summary>
/// <param name="OrderedUntil">UTC, exclusive; null when the order names no end.</param>
/// <param name="CaseReference">Court and case number, sealed.</param>
/// <param name="ReceivedBy">Who received it, a staff id.</param>
public sealed record CourtOrderForDisclosureReceived(
    Guid OrderId,
    CourtOrderBasis Basis,
    string DisclosingAgency,
    string RecipientAgency,
    IReadOnlyList<ConsentInformation> Information,
    DateTimeOffset? OrderedUntil,
    Sealed<string> CaseReference,
    string ReceivedBy) : ConsentEvent
{
    /// <summary>Who at the receiving agency; empty when the order names nobody.</summary>
    public IReadOnlyList<Role> RecipientRoles { get; init; } = [];
}

public enum RevocationMode
{
    Oral,
    Written,
}

public enum RestrictionEnder
{
    Client,
    Agency,
}

public enum RevocationDeferral
{
    /// <summary>The client agreed not to take it back before the event (42 CFR 2.35).</summary>
    IrrevocableUntilEvent,
}

public enum CourtOrderBasis
{
    /// <summary>42 CFR 2.64.</summary>
    NonCriminal,

    /// <summary>42 CFR 2.65.</summary>
    CriminalAgainstClient,

    /// <summary>42 CFR 2.66.</summary>
    InvestigationOfProgram,

    /// <summary>Wis. Stat. 51.30(4)(b)4.</summary>
    Wi5130,
}
