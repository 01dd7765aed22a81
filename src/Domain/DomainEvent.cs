namespace CaseFlow.Domain;

/// <summary>
/// A fact that has been recorded. The type's name and JSON shape are the storage format; names are unique in the whole
/// system. The three times of <c>envelope-and-time</c>: occurred and known here, recorded by the database.
/// </summary>
public abstract record DomainEvent
{
    /// <summary>When it happened (UTC). With precision <c>day</c>: the start of the local day.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>How exactly <see cref="OccurredAt"/> is known.</summary>
    public TimePrecision OccurredPrecision { get; init; }

    /// <summary>End of the local day (UTC) when only the day is known; <c>asOf</c> counts it as occurred from then on.</summary>
    public DateTimeOffset? OccurredUntil { get; init; }

    /// <summary>When the person recording it, or the duty-holder, learned of it (UTC).</summary>
    public DateTimeOffset KnownAt { get; init; }

    /// <summary>The instant from which <c>asOf</c> counts this as occurred.</summary>
    public DateTimeOffset CountsFrom() => OccurredUntil ?? OccurredAt;

    /// <summary>
    /// Whether this happened before another fact, whichever was told first. A time that is known to the day can have been any of that day: what may have come after, and was
    /// told after, did. A day ends where the next begins, so all of it is before that.
    /// </summary>
    public bool IsBefore(DomainEvent other) => IsBefore(other.OccurredAt);

    /// <summary>Whether this was over when an instant came (<see cref="When.IsBefore"/>).</summary>
    public bool IsBefore(DateTimeOffset instant) => When.IsOver(OccurredAt, OccurredUntil, instant);
}

/// <summary>How exactly a time is known; <c>day</c> covers the whole local day.</summary>
public enum TimePrecision
{
    Exact,
    Minute,
    Day,
    Estimated,
}

/// <summary>A correction names the event it corrects; views show the corrected value and that it was corrected.</summary>
public interface ICorrection
{
    /// <summary>The event that this one corrects.</summary>
    Guid CorrectedEventId { get; }

    /// <summary>The corrected time of occurrence, when that is what was wrong.</summary>
    DateTimeOffset? CorrectedOccurredAt { get; }

    /// <summary>End of the local day (UTC) when of the corrected time only the day is known: what was corrected to a day counts from its end, as what was told of a day does.</summary>
    DateTimeOffset? CorrectedOccurredUntil => null;

    /// <summary>The instant from which <c>asOf</c> counts what is corrected as occurred, when its time was wrong; null where it was right.</summary>
    DateTimeOffset? CorrectedCountsFrom => CorrectedOccurredUntil ?? CorrectedOccurredAt;
}

/// <summary>An event about one client, whose data key seals its sealed members.</summary>
public interface IClientEvent
{
    /// <summary>The client; null while the person is not identified.</summary>
    Guid? ClientId { get; }
}
