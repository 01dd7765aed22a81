using System.Diagnostics.CodeAnalysis;

namespace CaseFlow.Domain;

/// <summary>When something happened and when it was learned, as a person states it.</summary>
/// <param name="OccurredAt">UTC; with precision <c>day</c> the start of the local day.</param>
/// <param name="Precision">How exactly that is known.</param>
/// <param name="KnownAt">When whoever tells it learned of it, UTC.</param>
/// <param name="OccurredUntil">End of the local day when only the day is known.</param>
public readonly record struct When(
    DateTimeOffset OccurredAt, TimePrecision Precision, DateTimeOffset KnownAt, DateTimeOffset? OccurredUntil = null)
{
    /// <summary>Clocks of two machines may differ by this much.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>It happened, and was learned, at this very instant.</summary>
    public static When At(DateTimeOffset instant) => new(instant, TimePrecision.Exact, instant);

    /// <summary>The last instant it can have happened at: time known to the day counts to the end of that day.</summary>
    public DateTimeOffset Latest => OccurredUntil ?? OccurredAt;

    /// <summary>The same, as far as it was known by then: what is told by the day happened before it was known.</summary>
    public DateTimeOffset LatestKnown => LastOf(OccurredAt, OccurredUntil, KnownAt);

    /// <summary>Whether it was over when an instant came: a day that ends then is before it, whatever hour of it is meant.</summary>
    public bool IsBefore([NotNullWhen(true)] DateTimeOffset? instant) =>
        instant is { } at && IsOver(OccurredAt, OccurredUntil, at);

    /// <summary>Whether a recorded fact happened when this says. Where nobody states a time the moment of asking is meant, and says nothing that could be lost.</summary>
    /// <param name="fact">What is on record.</param>
    /// <param name="now">The moment of asking.</param>
    public bool Says(DomainEvent fact, DateTimeOffset now) =>
        this == At(now) || (OccurredAt, Precision, OccurredUntil) == (fact.OccurredAt, fact.OccurredPrecision, fact.OccurredUntil);

    /// <summary>Whether what happened was surely over when an instant came: the one place that says so, for what is stated, what is recorded and what a row keeps.</summary>
    /// <param name="occurredAt">When it happened; of a time known to the day the start of it.</param>
    /// <param name="occurredUntil">End of that day; null where more than the day is known.</param>
    /// <param name="instant">The instant asked about.</param>
    public static bool IsOver(DateTimeOffset occurredAt, DateTimeOffset? occurredUntil, DateTimeOffset instant) =>
        occurredUntil is { } end ? end <= instant : occurredAt < instant;

    internal static DateTimeOffset LastOf(DateTimeOffset occurredAt, DateTimeOffset? occurredUntil, DateTimeOffset knownAt) => occurredUntil switch
    {
        null => occurredAt,
        { } end when end <= knownAt => end,
        _ => knownAt > occurredAt ? knownAt : occurredAt,
    };

    /// <summary>Checks <c>occurredAt ≤ knownAt ≤ now</c>, five minutes of skew allowed (envelope-and-time); what lies ahead of the recording is said to.</summary>
    public Rejection? Check(DateTimeOffset now) => this switch
    {
        { Precision: TimePrecision.Day, OccurredUntil: null } => TimeRejections.DayWithoutEnd(),
        _ when OccurredAt - KnownAt > Skew && OccurredAt > now + Skew && KnownAt <= now + Skew => TimeRejections.OccurredInFuture(OccurredAt, now),
        _ when OccurredAt - KnownAt > Skew => TimeRejections.KnownBeforeOccurred(KnownAt),
        _ when KnownAt > now + Skew => TimeRejections.KnownInFuture(KnownAt, now),
        _ => null,
    };
}

/// <summary>Every way a stated time can be refused.</summary>
public static class TimeRejections
{
    public static Rejection OccurredInFuture(DateTimeOffset occurredAt, DateTimeOffset now) => new(
        RejectionKind.Unprocessable, "occurred-in-future", $"{occurredAt:u} lies ahead of the recording at {now:u}: what is recorded has happened.", "when");

    /// <param name="what">What it follows on, and when that was.</param>
    public static Rejection BeforeWhatItFollows(string what) => new(
        RejectionKind.Unprocessable, "before-what-it-follows", $"This cannot have happened before what it follows on: {what}.", "when");

    /// <summary>It does not say when it happened: whoever tells of a knowing is not always shown that.</summary>
    public static Rejection KnownBeforeOccurred(DateTimeOffset knownAt) => new(
        RejectionKind.Unprocessable, "known-before-occurred", $"It cannot have been known at {knownAt:u}, before it happened.", "knownAt");

    public static Rejection KnownInFuture(DateTimeOffset knownAt, DateTimeOffset now) => new(
        RejectionKind.Unprocessable, "known-in-future", $"{knownAt:u} lies ahead of the recording at {now:u}.", "knownAt");

    public static Rejection DayWithoutEnd() => new(
        RejectionKind.Unprocessable, "day-without-end", "A time known to the day needs the end of that local day.", "occurredUntil");
}

public static class DomainEventTimes
{
    /// <summary>The same fact with these times.</summary>
    public static TEvent At<TEvent>(this TEvent fact, When when)
        where TEvent : DomainEvent =>
        (TEvent)((DomainEvent)fact with
        {
            OccurredAt = when.OccurredAt,
            OccurredPrecision = when.Precision,
            OccurredUntil = when.OccurredUntil,
            KnownAt = when.KnownAt,
        });

    /// <summary>The same fact, occurred and known at one instant.</summary>
    public static TEvent At<TEvent>(this TEvent fact, DateTimeOffset instant)
        where TEvent : DomainEvent => fact.At(When.At(instant));
}
