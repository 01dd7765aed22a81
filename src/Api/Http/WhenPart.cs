using CaseFlow.Domain;
using FluentValidation;

namespace CaseFlow.Api.Http;

/// <summary>When it happened and when it was learned, as a request states it: a time, or a local day.</summary>
/// <param name="OccurredAt">The time with its offset; not together with <paramref name="OccurredOn"/>.</param>
/// <param name="OccurredOn">The local day, when no more is known.</param>
/// <param name="Precision">How exactly <paramref name="OccurredAt"/> is known; exact unless said.</param>
/// <param name="KnownAt">When whoever tells it learned of it; now unless said.</param>
public sealed record WhenPart(
    DateTimeOffset? OccurredAt = null, DateOnly? OccurredOn = null, TimePrecision? Precision = null, DateTimeOffset? KnownAt = null)
{
    /// <param name="now">The instant of the command.</param>
    /// <param name="zone">The jurisdiction's time zone, in which a day begins and ends.</param>
    /// <returns>The times as the domain takes them, UTC.</returns>
    public When ToWhen(DateTimeOffset now, TimeZoneInfo zone)
    {
        var knownAt = (KnownAt ?? now).ToUniversalTime();
        return OccurredOn is { } day
            ? new When(StartOf(day, zone), TimePrecision.Day, knownAt, StartOf(day.AddDays(1), zone))
            : new When(
                (OccurredAt ?? throw new InvalidOperationException("A validated request states a time.")).ToUniversalTime(),
                Precision ?? TimePrecision.Exact,
                knownAt);
    }

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        // Where clocks go forward at midnight the day begins when they arrive.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        // Where midnight comes twice the day begins at the first.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}

/// <summary>Shape of a stated time; what it means is checked by <see cref="When.Check"/>.</summary>
public sealed class WhenPartValidator : AbstractValidator<WhenPart>
{
    /// <summary>Nobody now served was born before.</summary>
    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public WhenPartValidator()
    {
        RuleFor(when => when.OccurredAt)
            .Must((when, at) => at is null != when.OccurredOn is null)
            .WithErrorCode("one-of").WithMessage("Either occurredAt or occurredOn.");
        RuleFor(when => when.OccurredAt).GreaterThan(Earliest);
        RuleFor(when => when.OccurredOn).GreaterThan(DateOnly.FromDateTime(Earliest.UtcDateTime)).LessThan(DateOnly.MaxValue);
        RuleFor(when => when.KnownAt).GreaterThan(Earliest);
        RuleFor(when => when.Precision)
            .Must((when, precision) => precision is null || precision == TimePrecision.Day == when.OccurredOn is not null)
            .WithErrorCode("precision").WithMessage("Precision day goes with occurredOn, every other with occurredAt.");
    }
}

public static class StatingWhen
{
    /// <summary>A stated time is optional; when it is there, it has a time's shape.</summary>
    public static void MayStateWhen<T>(this AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, WhenPart?>> stated)
    {
        var read = stated.Compile();
        validator.RuleFor(stated).SetValidator(new WhenPartValidator()!).When(request => read(request) is not null);
    }
}
