namespace CaseFlow.Domain.Coaching;

/// <summary>
/// A change of coaches that is told again, with the time that it was told with, is told already, whatever came later: whoever coaches now stays. Without a time it is
/// a change of now.
/// </summary>
public static class ToldCoaches
{
    /// <returns>Done, where somebody was assigned so; else a refusal.</returns>
    public static Decision<CoachingEvent> Assigned(string coachId, Sealed<string>? handoverNote, When when, DateTimeOffset now) =>
        Told<CoachAssigned>(when, now, (fact, same) => fact.CoachId == coachId && same(handoverNote, fact.HandoverNote));

    /// <returns>Done, where a coach left so; else a refusal.</returns>
    public static Decision<CoachingEvent> Left(CoachChangeReason reason, Sealed<string>? handoverNote, When when, DateTimeOffset now) =>
        Told<CoachUnassigned>(when, now, (fact, same) => fact.Reason == reason && same(handoverNote, fact.HandoverNote));

    private static Decision<CoachingEvent> Told<TFact>(When when, DateTimeOffset now, Func<TFact, SameWords, bool> says)
        where TFact : CoachingEvent
    {
        Decision<CoachingEvent> untold = RepeatRejections.RecordedDifferently();
        return when == When.At(now) ? untold : untold.UnlessTold(when, now, says);
    }
}
