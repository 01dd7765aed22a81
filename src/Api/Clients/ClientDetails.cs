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
    /// <summary>The agencies that know the client by a code word, each by its own.</summary>
    public ImmutableHashSet<string> CodeWordsOf { get; init; } = [];

    /// <summary>Null while nobody made sure who the client is.</summary>
    public VerifiedIdentity? Verified { get; init; }

    /// <summary>Null while the client lives, as far as the record knows.</summary>
    public SealedDeath? Death { get; init; }

    public static readonly ClientDetails Initial = new(
        Code: null, default, RegisteredByAgency: null, default, Name: null, BornOn: null, [], [], []);

    public static ClientDetails Evolve(ClientDetails details, ClientEvent fact) => fact switch
    {
        ClientRegistered e => details with { Code = e.Code, Source = e.Source, RegisteredByAgency = e.RegisteredByAgency, RegisteredAt = e.OccurredAt },
        ClientNameRecorded e => details with { Name = new SealedName(e.GivenName, e.FamilyName), Verified = details.Verified?.Lapse(e.OccurredAt) },
        AliasAdded e => details with { Aliases = details.Aliases.Add(new SealedAlias(e.AliasId, e.Alias)) },
        BirthDateRecorded e => details with { BornOn = e.BornOn, Verified = details.BornOn is null ? details.Verified : details.Verified?.Lapse(e.OccurredAt) },
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
        ClientIdentifiedAnonymously e => details with { CodeWordsOf = details.CodeWordsOf.Add(e.AgencyId) },
        ClientIdentityVerified e => details with { Verified = new VerifiedIdentity(e.How, e.DocumentKind, e.VerifiedBy, e.AgencyId, e.OccurredAt) },
        ClientDeceased e => details with { Death = new SealedDeath(e.OccurredAt, e.OccurredPrecision, e.VerifiedBy, e.Source) },
        ClientDeathRetracted => details with { Death = null },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ClientDetails)}."),
    };
}

public sealed record SealedName(Sealed<string> Given, Sealed<string> Family);

public sealed record SealedAlias(Guid AliasId, Sealed<string> Value);

public sealed record SealedContactPoint(Guid ContactPointId, ContactPointKind Kind, Sealed<string> Value, bool SafeToText, bool SafeToLeaveMessage);

public sealed record SealedIdentifier(Guid IdentifierId, IdentifierSystem System, Sealed<string> Value);

/// <param name="AgencyId">For which agency somebody made sure; null for none.</param>
/// <param name="LapsedAt">When another name or birth date than the verified one was told; null while it holds.</param>
public sealed record VerifiedIdentity(IdentityMethod How, string? DocumentKind, string VerifiedBy, string? AgencyId, DateTimeOffset At, DateTimeOffset? LapsedAt = null)
{
    internal VerifiedIdentity Lapse(DateTimeOffset at) => this with { LapsedAt = LapsedAt ?? at };
}

public sealed record SealedDeath(DateTimeOffset At, TimePrecision Precision, string VerifiedBy, Sealed<string>? Source);
