using CaseFlow.Domain;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Privacy;

/// <summary>What corrects an entry tells of it, so it goes with it: whenever either was recorded, and whatever labels the correction has itself.</summary>
public static class WithCorrections
{
    /// <param name="events">In log order: what is corrected comes before what corrects it.</param>
    /// <param name="isShown">Whether an entry by itself is.</param>
    /// <returns>Those that are shown, in their order, and none that corrects one of them that is not.</returns>
    public static IEnumerable<RecordedEvent> Shown(this IEnumerable<RecordedEvent> events, Func<RecordedEvent, bool> isShown)
    {
        var hidden = new HashSet<Guid>();
        foreach (var recorded in events)
        {
            if (isShown(recorded) && !(recorded.Data is ICorrection correction && hidden.Contains(correction.CorrectedEventId)))
                yield return recorded;
            else
                hidden.Add(recorded.EventId);
        }
    }
}
