namespace CaseFlow.Domain.Profile;

// Storage format: renaming a type or a member here breaks every profile already recorded.

/// <summary>
/// What an agency knows about a client's person and life. One stream per client and agency, so that nothing one agency learns moves what
/// another one sees. Every value is sealed, also a code: the codes of a small list can be guessed.
/// </summary>
public abstract record ProfileEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;
}

/// <summary>The client's answer to one question; a later one takes its place.</summary>
/// <param name="Field">The question, a code of the policy.</param>
/// <param name="Codes">Answers, apart by one space; to decline is one.</param>
/// <param name="SelfDescribed">In the client's own words; null when not said.</param>
public sealed record DemographicsRecorded(string Field, Sealed<string> Codes, Sealed<string>? SelfDescribed) : ProfileEvent
{
    /// <summary>The same answer has the same id.</summary>
    public Guid AnswerId { get; init; }
}

/// <summary>An answer had been written down wrongly.</summary>
/// <param name="CorrectedEventId">The event that held it.</param>
public sealed record DemographicsCorrected(
    Guid CorrectedEventId, string Field, Sealed<string> Codes, Sealed<string>? SelfDescribed, Sealed<string> Reason) : ProfileEvent, ICorrection
{
    /// <summary>The same answer has the same id.</summary>
    public Guid AnswerId { get; init; }

    DateTimeOffset? ICorrection.CorrectedOccurredAt => null;
}

/// <summary>Where the client lives or sleeps; told again, what is said last counts.</summary>
/// <param name="PlaceId">Names it in later events; the same place has the same id.</param>
/// <param name="Kind">A code of the policy.</param>
/// <param name="Place">An address, or words by which it is found.</param>
/// <param name="From">Local date; null when not known.</param>
/// <param name="Until">Local date, the last day there; null when not known.</param>
/// <param name="Visits">Whether it is safe to come there.</param>
/// <param name="SafeToWrite">The client said that a letter is safe.</param>
public sealed record AddressOrSleepingPlaceRecorded(
    Guid PlaceId, Sealed<string> Kind, Sealed<string> Place, DateOnly? From, DateOnly? Until, VisitSafety Visits, bool SafeToWrite) : ProfileEvent;

/// <param name="On">Local date, the last day there.</param>
/// <param name="Reason">In words; null when not said.</param>
public sealed record AddressOrSleepingPlaceEnded(Guid PlaceId, DateOnly On, Sealed<string>? Reason) : ProfileEvent;

/// <summary>What it takes to speak with the client.</summary>
/// <param name="NeedId">Names it in later events; the same need has the same id.</param>
/// <param name="Kind">A word of <see cref="CommunicationNeedKind"/>.</param>
/// <param name="Code">A code of the policy; null for a client who speaks for themselves.</param>
/// <param name="Words">In words; null when not said.</param>
public sealed record CommunicationNeedRecorded(Guid NeedId, Sealed<string> Kind, Sealed<string>? Code, Sealed<string>? Words) : ProfileEvent;

public sealed record CommunicationNeedEnded(Guid NeedId, Sealed<string> Reason) : ProfileEvent;

/// <summary>Whom to call; told again, what is said last counts.</summary>
/// <param name="ContactId">Names it in later events; the same person has the same id.</param>
/// <param name="Relation">A code of the policy.</param>
/// <param name="Reach">Number or address.</param>
/// <param name="SafeToLeaveMessage">The client said so.</param>
/// <param name="KnowsOfServices">The client said that this person may be told where the call comes from.</param>
public sealed record EmergencyContactRecorded(
    Guid ContactId, Sealed<string> Relation, Sealed<string> Name, Sealed<string> Reach, bool SafeToLeaveMessage, bool KnowsOfServices) : ProfileEvent;

public sealed record EmergencyContactRemoved(Guid ContactId, Sealed<string> Reason) : ProfileEvent;

/// <summary>Somebody is the client's family. Nobody sees another client's record by it.</summary>
/// <param name="LinkId">Names it in later events; the same person in the same relation has the same id.</param>
/// <param name="Relation">What that person is to the client, a code of the policy.</param>
/// <param name="OtherClient">The id of another client; null for a person who is none. No words: it is in no copy of the record.</param>
/// <param name="Name">As the client calls them.</param>
public sealed record FamilyMemberLinked(Guid LinkId, Sealed<string> Relation, Sealed<Guid>? OtherClient, Sealed<string> Name) : ProfileEvent;

public sealed record FamilyMemberUnlinked(Guid LinkId, Sealed<string> Reason) : ProfileEvent;

/// <summary>Victim services support the client as a victim or witness. It stays with that agency: see the label VICTIM.</summary>
/// <param name="Capacity">A word of <see cref="VictimCapacity"/>.</param>
public sealed record VictimWitnessSupportRecordOpened(Sealed<string> Capacity, Sealed<string>? Words) : ProfileEvent;

public enum VisitSafety
{
    NotKnown,
    Safe,
    NotSafe,
}

public enum CommunicationNeedKind
{
    Language,
    Disability,
    Accommodation,

    /// <summary>The client speaks for themselves and wants to be spoken with, not about.</summary>
    SelfAdvocate,
}

public enum VictimCapacity
{
    Victim,
    Witness,
    FamilyOfVictim,
}
