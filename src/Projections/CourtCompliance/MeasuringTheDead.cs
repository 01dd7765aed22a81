using CaseFlow.Domain.Clients;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.HearingCalendar;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>A participant's death, as far as any of the person's records knows.</summary>
/// <param name="Known">The death.</param>
/// <param name="On">The court's local day of it.</param>
/// <param name="IsTold">The reader is shown it; what was missed since then is counted for nobody.</param>
public sealed record MeasuredDeath(KnownDeath Known, DateOnly On, bool IsTold);

/// <summary>
/// Nobody fails to come on the day they die, or later, whenever it was recorded: misses and tests without a specimen from that day on count no
/// more, days are counted to that day, and nothing is due after it. What was done before is measured as ever. Whoever is not told of the death must
/// not read it off: for them days go on and things are due as if the participant lived.
/// </summary>
internal static class MeasuringTheDead
{
    /// <returns>What is measured of somebody who has died; of the living, all of it.</returns>
    public static MeasuredBy Counted(MeasuredBy by) => by.Death is not { } death
        ? by
        : by with
        {
            Today = death.IsTold && death.On < by.Today ? death.On : by.Today,
            Activity = [.. by.Activity.Where(line => !IsExcused(line, death))],
            Hearings = WithoutMissed(by.Hearings, death),
        };

    private static bool IsExcused(ActivityLine line, MeasuredDeath death) => line.Kind switch
    {
        ActivityKind.Test => line.Day >= death.On && line.Step != ViewText.Of(TestStep.Collected),
        ActivityKind.Session => line.StartsAt is { } startsAt && death.Known.Excuses(startsAt) && line.State != ViewText.Of(SessionStatus.Held),
        _ => false,
    };

    /// <summary>Also one whose outcome nobody told: there is none to tell. What is to come stays, to be taken off the calendar.</summary>
    private static List<HearingEntry> WithoutMissed(IReadOnlyList<HearingEntry> entries, MeasuredDeath death)
    {
        var excused = HearingQueries.Together(entries)
            .Where(hearing => death.Known.Excuses(hearing.At) && hearing.State is HearingState.Missed)
            .Select(hearing => hearing.HearingId)
            .ToHashSet();
        return [.. entries.Where(entry => !excused.Contains(entry.Fact.Subject))];
    }
}
