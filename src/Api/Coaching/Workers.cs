using CaseFlow.Api.Asking;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Time;
using CaseFlow.Domain.Workforce;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Coaching;

/// <summary>What had been decided about a worker by a day: who is assigned late, or held a session long ago, is judged by what held then (R50, R56).</summary>
internal static class Workers
{
    private static readonly Certification[] Kinds = Enum.GetValues<Certification>();

    /// <returns>The worker by what had occurred before an instant, as far as it is recorded now.</returns>
    public static WorkforceState By(IReadOnlyList<RecordedEvent> history, DateTimeOffset at) =>
        Occurred.By(history, at).Select(recorded => (WorkforceEvent)recorded.Data).Aggregate(WorkforceState.Initial, WorkforceState.Evolve);

    /// <returns>Whether a coach had a certification in force on a local day.</returns>
    public static async Task<bool> IsCertifiedAsync(CommandSession session, string coachId, DateOnly on, BusinessCalendar calendar)
    {
        var worker = await session.LoadAsync(Streams.Workforce, StreamIds.Workforce(session.Actor.Jurisdiction, coachId));
        return By(worker.History, calendar.DayOf(on).End).IsCertified(Kinds, on);
    }
}
