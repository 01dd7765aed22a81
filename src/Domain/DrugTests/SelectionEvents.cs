namespace CaseFlow.Domain.DrugTests;

// Storage format: renaming a type or a member here breaks every draw already recorded, and with it the proof that it was fair.

/// <summary>
/// Who of a court's participants is tested on which day, for one month: the seed committed before the month, one draw a day, the seed
/// disclosed after. One stream per court and month; it names participations, never people.
/// </summary>
public abstract record SelectionEvent : DomainEvent
{
    /// <summary>Code of the court.</summary>
    public required string Court { get; init; }

    /// <summary>First day of the month that is drawn for.</summary>
    public required DateOnly Month { get; init; }
}

/// <summary>
/// A secret seed was made, and bound by its hash before the first day that is drawn with it. The seed itself is in no event until it is
/// disclosed: it is a key of marks, wrapped by a key outside the database.
/// </summary>
/// <param name="Commitment">SHA-256 of the seed's 32 bytes, lower-case hex; public from now on.</param>
/// <param name="FirstDay">First local day that is drawn; later than the month's first when the seed was made during the month.</param>
/// <param name="FirstDrawAt">When that day is drawn, UTC.</param>
public sealed record SelectionSeedCommitted(string Commitment, DateOnly FirstDay, DateTimeOffset FirstDrawAt) : SelectionEvent;

/// <summary>Everybody who could be tested on a day, and who is: one fact per court and day (R31).</summary>
/// <param name="Day">The local day.</param>
/// <param name="CaughtUp">The day was over when it was drawn: nobody could be told in time, so nothing was missed.</param>
/// <param name="Participations">In the order of their ids.</param>
/// <param name="CourtVersion">Version of the court's configuration that the odds are from.</param>
/// <param name="NextAt">When the day after is drawn, UTC; after the month's last day, when the seed is disclosed.</param>
public sealed record TestsDrawn(
    DateOnly Day, bool CaughtUp, IReadOnlyList<DrawnParticipation> Participations, int CourtVersion, DateTimeOffset NextAt) : SelectionEvent
{
    /// <summary>
    /// From whom was drawn, so that nobody is left out without a reason; null in draws of the first format, which name who could be drawn and prove
    /// nothing of who could not.
    /// </summary>
    public DrawnPool? Pool { get; init; }

    public bool Equals(TestsDrawn? other) => other is not null && base.Equals(other)
        && (Day, CaughtUp, CourtVersion, NextAt, Pool) == (other.Day, other.CaughtUp, other.CourtVersion, other.NextAt, other.Pool)
        && Participations.SequenceEqual(other.Participations);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Day, Participations.Count);
}

/// <summary>The month is over: from now on everybody can check every draw of it.</summary>
/// <param name="Seed">The seed in plain hex; its SHA-256 is the commitment.</param>
public sealed record SelectionSeedDisclosed(string Seed) : SelectionEvent;

/// <param name="ParticipationId">Whose draw it is.</param>
/// <param name="Odds">The odds in force for it that day.</param>
/// <param name="Selected">Whether it is tested.</param>
public sealed record DrawnParticipation(Guid ParticipationId, SelectionOdds Odds, bool Selected)
{
    /// <summary>Version of the participation's stream that the odds rest on; null in draws of the first format.</summary>
    public long? Version { get; init; }
}

/// <summary>
/// From whom a day was drawn: with the participations drawn, those left out are everybody who held a place of the court when it was drawn. It names versions
/// of streams, so it can be looked up again in the log exactly as it was.
/// </summary>
/// <param name="Format">2: the second format of draws, and the first that holds this.</param>
/// <param name="PlacesVersion">Version of the court's register of places: who was admitted and not ended.</param>
/// <param name="RosterVersion">Version of the testing roster: who takes part in draws, and from when.</param>
/// <param name="LeftOut">In the order of their ids.</param>
/// <param name="Hash">SHA-256 of the pool's text (<see cref="DayPool.TextOf"/>), lower-case hex; whoever keeps it can tell a list changed afterwards.</param>
public sealed record DrawnPool(int Format, long PlacesVersion, long RosterVersion, IReadOnlyList<LeftOutParticipation> LeftOut, string Hash)
{
    public const int CurrentFormat = 2;

    public bool Equals(DrawnPool? other) => other is not null
        && (Format, PlacesVersion, RosterVersion, Hash) == (other.Format, other.PlacesVersion, other.RosterVersion, other.Hash)
        && LeftOut.SequenceEqual(other.LeftOut);

    public override int GetHashCode() => HashCode.Combine(Format, PlacesVersion, RosterVersion, Hash);
}

/// <param name="Version">Version of the participation's stream that was looked at.</param>
public sealed record LeftOutParticipation(Guid ParticipationId, LeftOutReason Reason, long Version);

/// <summary>Why somebody who holds a place of the court could not be drawn.</summary>
public enum LeftOutReason
{
    /// <summary>No version of the court's configuration in force that day tests for drugs.</summary>
    CourtWithoutTests,

    /// <summary>Nobody ever began to draw them.</summary>
    TestingNotBegun,

    /// <summary>They were taken out of the draws.</summary>
    TestingEnded,

    /// <summary>They take part from a later day on.</summary>
    BeginsLater,

    /// <summary>Their phase tests nobody.</summary>
    PhaseWithoutTests,

    /// <summary>Their participation was over.</summary>
    ParticipationOver,

    /// <summary>A record of the person says that they cannot be tested. What it says is told where that record tells it, and not to whoever checks a proof.</summary>
    PersonsRecord,
}

/// <summary>Chances of being selected on any one day: so many in so many, exactly.</summary>
/// <param name="Chances">At least 0.</param>
/// <param name="In">At least 1, and no fewer than <paramref name="Chances"/>.</param>
public sealed record SelectionOdds(int Chances, int In);

/// <summary>Who of a court's participants takes part in the draw. One stream per court.</summary>
public abstract record TestingRosterEvent : DomainEvent, IClientEvent
{
    public required string Court { get; init; }

    public required Guid ParticipationId { get; init; }

    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;
}

/// <summary>The participation takes part in the draws: testing starts at entry [S:jsi-drug].</summary>
/// <param name="FirstDay">First local day that it takes part in.</param>
public sealed record RandomTestingStarted(DateOnly FirstDay) : TestingRosterEvent;

/// <summary>It no longer takes part in any draw.</summary>
public sealed record RandomTestingEnded(TestingEndReason Reason) : TestingRosterEvent;

public enum TestingEndReason
{
    ParticipationEnded,
    OrderedByCourt,
    RecordedInError,
}
