using CaseFlow.Projections.CourtActivity;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>What coach and client go on with after the participation is no business of the court's, from the moment of its end.</summary>
public static class AfterTheEnd
{
    /// <param name="line">A row of the participant's activity.</param>
    /// <param name="ended">What ended the participation; null while nothing has.</param>
    /// <param name="dayOf">The court's local day of an instant.</param>
    /// <returns>Whether it is theirs alone: a session from the end on, and who coaches the client once it is over.</returns>
    public static bool Holds(ActivityLine line, FileEntry? ended, Func<DateTimeOffset, DateOnly> dayOf) => (line.Kind, ended) switch
    {
        (_, null) => false,
        (ActivityKind.Coach, _) => true,
        (ActivityKind.Session, { At: { } over }) when line.StartsAt is { } at => at >= over,
        // Of some ends only the day is kept: their day is still the participation's.
        (ActivityKind.Session, { On: var on }) => (line.StartsAt is { } at ? dayOf(at) : line.Day) > on,
        _ => false,
    };

    /// <returns>The first instant from which on sessions are theirs alone, or, where only the day is kept, one after it.</returns>
    public static DateTimeOffset From(FileEntry ended) => ended.At ?? new DateTimeOffset(ended.On.AddDays(2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
