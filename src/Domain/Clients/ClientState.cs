using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Clients;

/// <summary>What a decision about a client's record needs to know; no personal value, only the ids of values.</summary>
/// <param name="IsRegistered">False for a client who does not exist.</param>
/// <param name="RegisteredByAgency">The agency that opened the record; null when a system without an agency did.</param>
/// <param name="IsAnonymous">Registered without a name, and none recorded since.</param>
/// <param name="NameId">The current name; null when none is known.</param>
/// <param name="FirstNameId">The first name recorded: telling the registration again with it changes nothing.</param>
/// <param name="ContactPoints">By id; null for one that was removed.</param>
/// <param name="Identifiers">By id; false for one that was unlinked.</param>
public sealed record ClientState(
    bool IsRegistered,
    string? RegisteredByAgency,
    bool IsAnonymous,
    Guid? NameId,
    Guid? FirstNameId,
    Guid? BirthDateId,
    ImmutableHashSet<Guid> Aliases,
    ImmutableDictionary<Guid, ContactPointSafety?> ContactPoints,
    ImmutableDictionary<Guid, LinkedIdentifier> Identifiers)
{
    public static readonly ClientState Initial = new(
        IsRegistered: false,
        RegisteredByAgency: null,
        IsAnonymous: false,
        NameId: null,
        FirstNameId: null,
        BirthDateId: null,
        [],
        ImmutableDictionary<Guid, ContactPointSafety?>.Empty,
        ImmutableDictionary<Guid, LinkedIdentifier>.Empty);

    /// <summary>The word by which each agency knows the client without a name, by agency.</summary>
    public ImmutableDictionary<string, Guid> CodeWords { get; init; } = ImmutableDictionary<string, Guid>.Empty;

    /// <summary>Null while nobody made sure who the client is.</summary>
    public IdentityVerification? Verification { get; init; }

    /// <summary>Null while the client lives, as far as the record knows.</summary>
    public KnownDeath? Death { get; init; }

    /// <summary>A death was recorded by mistake, and none since.</summary>
    public bool DeathRetracted { get; init; }

    public static ClientState Evolve(ClientState state, ClientEvent fact) => fact switch
    {
        ClientRegistered e => state with { IsRegistered = true, RegisteredByAgency = e.RegisteredByAgency, IsAnonymous = e.Anonymous },
        ClientNameRecorded e => state with { NameId = e.NameId, FirstNameId = state.FirstNameId ?? e.NameId, IsAnonymous = false, Verification = state.Verification?.Lapsed() },
        AliasAdded e => state with { Aliases = state.Aliases.Add(e.AliasId) },
        BirthDateRecorded e => state with
        {
            BirthDateId = e.BirthDateId,
            Verification = state.BirthDateId is null ? state.Verification : state.Verification?.Lapsed(),
        },
        ContactPointAdded e => state.WithContactPoint(e.ContactPointId, new(e.SafeToText, e.SafeToLeaveMessage, e.Kind)),
        // To somebody from whom the contact point is hidden there is none.
        ContactPointSafetyFlagged e => state.ContactPoints.GetValueOrDefault(e.ContactPointId) is { } known
            ? state.WithContactPoint(e.ContactPointId, known with { ToText = e.SafeToText, ToLeaveMessage = e.SafeToLeaveMessage })
            : state,
        ContactPointRemoved e => state.WithContactPoint(e.ContactPointId, null),
        ExternalIdentifierLinked e => state.WithIdentifier(e.IdentifierId, new(e.System, IsLinked: true)),
        ExternalIdentifierUnlinked e => state.WithIdentifier(e.IdentifierId, new(e.System, IsLinked: false)),
        ClientIdentifiedAnonymously e => state with { CodeWords = state.CodeWords.SetItem(e.AgencyId, e.CodeWordId) },
        ClientIdentityVerified e => state with { Verification = new IdentityVerification(e.How, e.DocumentKind) },
        ClientDeceased e => state with { Death = new KnownDeath(e.VerifiedBy, e.OccurredAt, e.CountsFrom()), DeathRetracted = false },
        ClientDeathRetracted => state with { Death = null, DeathRetracted = true },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ClientState)}."),
    };

    private ClientState WithContactPoint(Guid id, ContactPointSafety? safety) =>
        this with { ContactPoints = ContactPoints.SetItem(id, safety) };

    private ClientState WithIdentifier(Guid id, LinkedIdentifier identifier) =>
        this with { Identifiers = Identifiers.SetItem(id, identifier) };
}

/// <summary>What the client said is safe at a contact point.</summary>
public sealed record ContactPointSafety(bool ToText, bool ToLeaveMessage, ContactPointKind Kind);

/// <summary>An identifier that is, or was, the client's.</summary>
public sealed record LinkedIdentifier(IdentifierSystem System, bool IsLinked);
