using System.Collections.Immutable;
using System.Diagnostics;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;

namespace CaseFlow.Api.Clients;

/// <summary>A client's record as it stands, personal members sealed: what the door opens for those who may see it.</summary>
/// <param name="Code">Null for a client who does not exist.</param>
/// <param name="ContactPoints">In the order they were added.</param>
/// <param name="Identifiers">In the order they were linked.</param>
public sealed record ClientDetails(
    string? Code,
    RegistrationSource Source,
    string? RegisteredByAgency,
    DateTimeOffset RegisteredAt,
    SealedName? Name,
    Sealed<string>? BornOn,
    ImmutableList<SealedAlias> Aliases,
    ImmutableList<SealedContactPoint> ContactPoints,
    ImmutableList<SealedIdentifier> Identifiers)
{
    public static readonly ClientDetails Initial = new(
        Code: null, default, RegisteredByAgency: null, default, Name: null, BornOn: null, [], [], []);

    public static ClientDetails Evolve(ClientDetails details, ClientEvent fact) => fact switch
    {
        ClientRegistered e => details with { Code = e.Code, Source = e.Source, RegisteredByAgency = e.RegisteredByAgency, RegisteredAt = e.OccurredAt },
        ClientNameRecorded e => details with { Name = new SealedName(e.GivenName, e.FamilyName) },
        AliasAdded e => details with { Aliases = details.Aliases.Add(new SealedAlias(e.AliasId, e.Alias)) },
        BirthDateRecorded e => details with { BornOn = e.BornOn },
        ContactPointAdded e => details with
        {
            ContactPoints = details.ContactPoints.Add(new(e.ContactPointId, e.Kind, e.Value, e.SafeToText, e.SafeToLeaveMessage)),
        },
        ContactPointSafetyFlagged e => details with
        {
            ContactPoints = details.ContactPoints.ConvertAll(point => point.ContactPointId == e.ContactPointId
                ? point with { SafeToText = e.SafeToText, SafeToLeaveMessage = e.SafeToLeaveMessage }
                : point),
        },
        ContactPointRemoved e => details with { ContactPoints = details.ContactPoints.RemoveAll(point => point.ContactPointId == e.ContactPointId) },
        ExternalIdentifierLinked e => details with { Identifiers = details.Identifiers.Add(new(e.IdentifierId, e.System, e.Value)) },
        ExternalIdentifierUnlinked e => details with { Identifiers = details.Identifiers.RemoveAll(one => one.IdentifierId == e.IdentifierId) },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ClientDetails)}."),
    };
}

public sealed record SealedName(Sealed<string> Given, Sealed<string> Family);

public sealed record SealedAlias(Guid AliasId, Sealed<string> Value);

public sealed record SealedContactPoint(Guid ContactPointId, ContactPointKind Kind, Sealed<string> Value, bool SafeToText, bool SafeToLeaveMessage);

public sealed record SealedIdentifier(Guid IdentifierId, IdentifierSystem System, Sealed<string> Value);
