using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Coaching;

/// <summary>
/// What a court is told of coaching: which kind of session on which day, how long, and whether the client was there. Nothing of what was
/// said, with whom, on what goals or how the client was reached; it is made from those four facts alone.
/// </summary>
public static class CoachingAttendance
{
    /// <returns>Sessions held and missed, in the order of their days; one that was corrected is as it was, and one that never was is not there.</returns>
    /// <param name="history">Of one coaching, in the order in which it was recorded.</param>
    /// <param name="calendar">Whose days.</param>
    /// <param name="over">Since when the participation is, UTC: what coach and client go on with from then on is no business of the court's. Null while it lasts.</param>
    public static IReadOnlyList<AttendedSession> Of(IEnumerable<CoachingEvent> history, BusinessCalendar calendar, DateTimeOffset? over = null)
    {
        var sessions = new Dictionary<Guid, AttendedSession>();
        var begun = new Dictionary<Guid, DateTimeOffset>();
        foreach (var fact in history)
        {
            switch (fact)
            {
                case CoachingSessionHeld e:
                    begun[e.SessionId] = e.OccurredAt;
                    sessions[e.SessionId] = new AttendedSession(calendar.LocalDate(e.OccurredAt), e.Kind, e.Minutes, Attendance.Attended);
                    break;
                case CoachingSessionMissed e:
                    begun[e.SessionId] = e.OccurredAt;
                    sessions[e.SessionId] = new AttendedSession(
                        calendar.LocalDate(e.OccurredAt), e.Kind, null, e.Excused ? Attendance.Excused : Attendance.Missed);
                    break;
                case CoachingSessionCorrected e when sessions.TryGetValue(e.SessionId, out var told):
                    begun[e.SessionId] = e.CorrectedOccurredAt ?? begun[e.SessionId];
                    if (e is { Corrects: SessionStatement.Excused })
                        sessions[e.SessionId] = told with { Attended = Attendance.Missed };
                    else if (e.Outcome is { } right)
                        sessions[e.SessionId] = new AttendedSession(e.CorrectedOccurredAt is { } at ? calendar.LocalDate(at) : told.On, right.Kind, right.Minutes, right.Attended);
                    else
                        sessions.Remove(e.SessionId);
                    break;
                case CoachingSessionExcused e when sessions.TryGetValue(e.SessionId, out var missed):
                    sessions[e.SessionId] = missed with { Attended = Attendance.Excused };
                    break;
            }
        }

        return [.. sessions.Where(one => !(over <= begun[one.Key])).Select(one => one.Value).OrderBy(one => one.On).ThenBy(one => one.Kind).ThenBy(one => one.Minutes).ThenBy(one => one.Attended)];
    }
}

/// <param name="On">Local day.</param>
/// <param name="Kind">What kind of session.</param>
/// <param name="Minutes">Null when it was not held.</param>
/// <param name="Attended">Whether the client was there.</param>
public sealed record AttendedSession(DateOnly On, SessionKind Kind, int? Minutes, Attendance Attended);

public enum Attendance
{
    Attended,
    Missed,
    Excused,
}
