namespace CaseFlow.Domain.Clients;

// Storage format: renaming a type or a member here breaks every client already recorded.

/// <summary>
/// Somebody who gives no name can be known again by a word that they and an agency share. The word itself is nowhere: what is kept is a
/// keyed mark of it, and that is sealed.
/// </summary>
/// <param name="AgencyId">Whose word it is: the same word of two agencies has two marks.</param>
/// <param name="Mark">The keyed mark, hexadecimal.</param>
public sealed record ClientIdentifiedAnonymously(string AgencyId, Sealed<string> Mark) : ClientEvent
{
    /// <summary>The same word of the same agency has the same id.</summary>
    public Guid CodeWordId { get; init; }
}

/// <summary>Somebody made sure that the client is who the record says; another name or birth date later ends it.</summary>
/// <param name="How">How.</param>
/// <param name="DocumentKind">The document that was seen, a code of the policy; its number is not kept. Null when none was.</param>
/// <param name="VerifiedBy">The person who made sure.</param>
/// <param name="AgencyId">For which agency; null for none. Another agency is not told who it was: that would tell where somebody was seen.</param>
public sealed record ClientIdentityVerified(IdentityMethod How, string? DocumentKind, string VerifiedBy, string? AgencyId) : ClientEvent;

/// <summary>The client has died, when the event says it occurred.</summary>
/// <param name="VerifiedBy">Who verified it, a code of the policy.</param>
/// <param name="Source">How that became known, in words.</param>
public sealed record ClientDeceased(string VerifiedBy, Sealed<string> Source) : ClientEvent;

/// <summary>The client lives: the death was recorded by mistake.</summary>
/// <param name="CorrectedEventId">The event that said so.</param>
/// <param name="Reason">In words.</param>
public sealed record ClientDeathRetracted(Guid CorrectedEventId, Sealed<string> Reason) : ClientEvent, ICorrection
{
    DateTimeOffset? ICorrection.CorrectedOccurredAt => null;
}

public enum IdentityMethod
{
    /// <summary>An official document was seen.</summary>
    DocumentSeen,

    /// <summary>Another agency confirmed it.</summary>
    AgencyConfirmed,

    /// <summary>Whoever recorded it has known the client for long.</summary>
    PersonallyKnown,

    /// <summary>Fingerprints or the like.</summary>
    Biometric,
}
