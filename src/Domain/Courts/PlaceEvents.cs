namespace CaseFlow.Domain.Courts;

// Storage format: renaming a type or a member here breaks every register of places already recorded.

/// <summary>
/// Who holds the places of a court. One stream per jurisdiction and court, so that two admissions at once never take the same last place. It names
/// participations, and no client.
/// </summary>
public abstract record CourtPlaceEvent : DomainEvent
{
    /// <summary>The court's code.</summary>
    public required string Court { get; init; }
}

/// <summary>The register begins: these held a place before there was one. The first event of the stream, and there once.</summary>
/// <param name="Participations">Admitted and not ended, by their own streams.</param>
public sealed record CourtPlacesCounted(IReadOnlyList<Guid> Participations) : CourtPlaceEvent;

/// <summary>A participant holds a place, in the transaction that admitted them, or that took back what had ended their participation.</summary>
/// <param name="CourtVersion">Version of the court's configuration whose capacity was held against it.</param>
/// <param name="AboveCapacity">All places were taken: an end was recorded wrongly, and somebody else was admitted meanwhile. Never so for an admission.</param>
public sealed record CourtPlaceTaken(Guid ParticipationId, int CourtVersion, bool AboveCapacity) : CourtPlaceEvent;

/// <summary>A participant holds no place any more, in the transaction that ended the participation or took the admission back.</summary>
public sealed record CourtPlaceGivenBack(Guid ParticipationId) : CourtPlaceEvent;
