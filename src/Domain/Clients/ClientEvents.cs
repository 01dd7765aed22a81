namespace CaseFlow.Domain.Clients;

// Storage format: renaming a type or a member here breaks every client already recorded.

/// <summary>Who a client is. One stream per client; personal members are sealed under the client's key.</summary>
public abstract record ClientEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;
}

/// <param name="Code">Anonymous code, shown where no name may be: derived from the id, says nothing about the person.</param>
/// <param name="Source">How the client came to be known.</param>
/// <param name="RegisteredByAgency">The agency that opened the record.</param>
/// <param name="Anonymous">No name was given at registration; a name recorded later ends it.</param>
public sealed record ClientRegistered(string Code, RegistrationSource Source, string? RegisteredByAgency, bool Anonymous) : ClientEvent;

/// <summary>The name from now on; an earlier one stays in the history.</summary>
public sealed record ClientNameRecorded(Sealed<string> GivenName, Sealed<string> FamilyName) : ClientEvent
{
    /// <summary>The same name has the same id, which tells nobody the name: see <c>ValueId</c>.</summary>
    public Guid NameId { get; init; }
}

public sealed record AliasAdded(Sealed<string> Alias) : ClientEvent
{
    /// <summary>The same alias has the same id.</summary>
    public Guid AliasId { get; init; }
}

/// <param name="BornOn">ISO date.</param>
public sealed record BirthDateRecorded(Sealed<string> BornOn) : ClientEvent
{
    /// <summary>The same date has the same id.</summary>
    public Guid BirthDateId { get; init; }
}

/// <param name="ContactPointId">Names it in later events; the same number or address has the same id.</param>
/// <param name="Value">Number or address.</param>
/// <param name="SafeToText">The client said a text is safe.</param>
/// <param name="SafeToLeaveMessage">The client said a message is safe.</param>
public sealed record ContactPointAdded(
    Guid ContactPointId, ContactPointKind Kind, Sealed<string> Value, bool SafeToText, bool SafeToLeaveMessage) : ClientEvent;

public sealed record ContactPointSafetyFlagged(Guid ContactPointId, bool SafeToText, bool SafeToLeaveMessage) : ClientEvent;

public sealed record ContactPointRemoved(Guid ContactPointId, Sealed<string> Reason) : ClientEvent;

/// <param name="IdentifierId">Names it in later events; the same identifier of the same client has the same id.</param>
public sealed record ExternalIdentifierLinked(Guid IdentifierId, IdentifierSystem System, Sealed<string> Value) : ClientEvent;

/// <summary>It was linked by mistake.</summary>
public sealed record ExternalIdentifierUnlinked(Guid IdentifierId, IdentifierSystem System, Sealed<string> Reason) : ClientEvent;

public enum RegistrationSource
{
    Supervision,
    Police,
    Court,
    Jail,
    Hospital,
    PublicDefender,
    CommunityEngagement,
    SelfReferral,
    DropIn,
    Import,
}

public enum ContactPointKind
{
    Phone,
    Email,
    Address,
}

/// <summary>Whose number it is: corrections (DOC), treatment-court data (CORE), court case, HMIS, another system.</summary>
public enum IdentifierSystem
{
    Doc,
    Core,
    CourtCase,
    Hmis,
    Other,
}
