namespace CaseFlow.Domain.Disclosures;

// Storage format: renaming a type or a member here breaks every request already recorded.

/// <summary>What a client asked of the own record, and what they were answered. One stream per request.</summary>
public abstract record RecordRightsEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    public required Guid RequestId { get; init; }
}

/// <summary>The client asked to whom the record was disclosed (42 CFR 2.25, 45 CFR 164.528).</summary>
/// <param name="DueAt">UTC: the policy's days after the request.</param>
public sealed record AccountingRequested(LookBack LookBack, IdentityProof Proof, DateTimeOffset DueAt, int? PolicyVersion) : RecordRightsEvent;

/// <param name="Count">How many disclosures it lists.</param>
/// <param name="Through">UTC: the last instant it covers.</param>
public sealed record AccountingProvided(int Count, DateTimeOffset Through, DisclosureMethod Method, string ProvidedBy) : RecordRightsEvent;

/// <summary>The client asked for a copy of the record (45 CFR 164.524; Wis. Stat. 51.30(4)(d)).</summary>
/// <param name="DueAt">UTC.</param>
/// <param name="Words">What they asked for in their own words, sealed; null for the whole record.</param>
public sealed record RecordsRequestReceived(IdentityProof Proof, DateTimeOffset DueAt, int? PolicyVersion, Sealed<string>? Words) : RecordRightsEvent;

public sealed record RecordsRequestFulfilled(DisclosureMethod Method, string FulfilledBy) : RecordRightsEvent;

/// <summary>The client asked that the record be amended (45 CFR 164.526).</summary>
/// <param name="AgencyId">Whose record it is about.</param>
/// <param name="EntryEventId">The entry of the timeline that it is about; null for the record as a whole.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="Text">What should be amended, in the client's own words, sealed.</param>
public sealed record AmendmentRequested(
    string AgencyId, Guid? EntryEventId, IdentityProof Proof, DateTimeOffset DueAt, int? PolicyVersion, Sealed<string> Text) : RecordRightsEvent;

/// <param name="Text">How the record is amended, sealed. What was recorded stays; this stands beside it.</param>
public sealed record AmendmentAccepted(string AnsweredBy, Sealed<string> Text) : RecordRightsEvent
{
    /// <summary>What it stands beside from now on; null in what was recorded before views showed it there.</summary>
    public AmendedRecord? Beside { get; init; }
}

/// <param name="Reason">In plain words, sealed (164.526(d)(1)); null when the record was erased before anybody answered.</param>
public sealed record AmendmentDenied(AmendmentDenial Ground, string AnsweredBy, Sealed<string>? Reason) : RecordRightsEvent
{
    /// <summary>What a statement of disagreement would stand beside; null in what was recorded before views showed it there.</summary>
    public AmendedRecord? Beside { get; init; }
}

/// <summary>The client disagrees with a denial; it goes with the record from then on (164.526(d)(2)).</summary>
/// <param name="Statement">The client's own words, sealed.</param>
public sealed record DisagreementStated(Sealed<string> Statement, string ReceivedBy) : RecordRightsEvent
{
    /// <summary>What it stands beside from now on; null in what was recorded before views showed it there.</summary>
    public AmendedRecord? Beside { get; init; }

    /// <summary>On what ground it was denied, which goes with the statement; null in what was recorded before.</summary>
    public AmendmentDenial? Ground { get; init; }
}

/// <summary>What an amendment is about, as it was found in the record when the request was answered.</summary>
/// <param name="AgencyId">Whose record.</param>
/// <param name="Entry">Which entry; null for the record as a whole.</param>
public sealed record AmendedRecord(string AgencyId, AmendedEntry? Entry);

/// <param name="EventId">The event that wrote the entry.</param>
/// <param name="Kind">Its stored name.</param>
/// <param name="OverdoseId">The overdose it tells of, when it is the report of one or an agent's knowing.</param>
/// <param name="RecordedOn">The client on whom it was recorded: the record that holds it may be another by now.</param>
public sealed record AmendedEntry(Guid EventId, string Kind, Guid? OverdoseId, Guid RecordedOn);

/// <summary>How whoever asked showed to be the client (45 CFR 164.514(h)).</summary>
/// <param name="By">What was shown.</param>
/// <param name="VerifiedBy">Who looked at it, a staff id.</param>
/// <param name="Asker">Who asked.</param>
public sealed record IdentityProof(ProofOfIdentity By, string VerifiedBy, RightsAsker Asker)
{
    /// <returns>Whether the same was shown by the same asker, whoever looked at it.</returns>
    internal bool IsLike(IdentityProof other) => (By, Asker) == (other.By, other.Asker);
}

public enum ProofOfIdentity
{
    PhotoDocument,
    KnownInPerson,

    /// <summary>Signed in as themselves, vouched for by another system.</summary>
    SignedIn,
    SignatureCompared,
    PowerOfAttorney,
}

public enum RightsAsker
{
    Client,
    PersonalRepresentative,
}

/// <summary>The four grounds of 45 CFR 164.526(a)(2).</summary>
public enum AmendmentDenial
{
    NotCreatedHere,
    NotPartOfRecord,
    NotAvailableForAccess,
    AccurateAndComplete,
}
