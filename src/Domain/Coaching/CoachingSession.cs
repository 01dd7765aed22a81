using System.Diagnostics;
using System.Text.Json.Serialization;

namespace CaseFlow.Domain.Coaching;

/// <summary>One session: what was agreed, and what came of it. Views may fold it as it is.</summary>
/// <param name="StartsAt">When it is to begin, or began, UTC.</param>
public sealed record CoachingSession(Guid SessionId, DateTimeOffset StartsAt, SessionKind Kind, SessionPhase Phase)
{
    /// <summary>End of the local day on which it began, UTC, where only the day is known; null else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartsUntil { get; init; }

    /// <summary>When it was agreed to begin, UTC; null for one that was held without.</summary>
    public DateTimeOffset? AgreedFor { get; init; }

    public SessionKind? AgreedKind { get; init; }

    /// <summary>Which statement says what came of it; null while none does.</summary>
    public SessionStatement? Told { get; init; }

    /// <summary>An excuse came after the miss.</summary>
    public bool ExcusedLater { get; init; }

    /// <summary>0 unless it was held.</summary>
    public int Minutes { get; init; }

    /// <summary>How they met; null unless it was held.</summary>
    public ContactMode? Mode { get; init; }

    /// <summary>Goals that were worked on.</summary>
    public IReadOnlyList<Guid> PlanItems { get; init; } = [];

    /// <summary>How it was; null while nobody said.</summary>
    public SessionOutcome? Outcome => Phase switch
    {
        SessionPhase.Held => new(Attendance.Attended, Kind, Minutes),
        SessionPhase.Missed => new(Attendance.Missed, Kind, null),
        SessionPhase.Excused => new(Attendance.Excused, Kind, null),
        _ => null,
    };

    /// <returns>The session that a fact is about; null for none.</returns>
    public static Guid? IdIn(CoachingEvent fact) => fact switch
    {
        CoachingSessionScheduled e => e.SessionId,
        CoachingSessionRescheduled e => e.SessionId,
        CoachingSessionHeld e => e.SessionId,
        CoachingSessionMissed e => e.SessionId,
        CoachingSessionExcused e => e.SessionId,
        CoachingSessionCorrected e => e.SessionId,
        _ => null,
    };

    /// <returns>
    /// The session after a fact about it, told or corrected; null when there is none, because all that was said of it is taken back.
    /// </returns>
    public static CoachingSession? After(CoachingSession? session, CoachingEvent fact) => (fact, session) switch
    {
        (CoachingSessionScheduled e, _) => Agreed(e.SessionId, e.StartsAt, e.Kind),
        (CoachingSessionHeld e, _) => new(e.SessionId, e.OccurredAt, e.Kind, SessionPhase.Held)
        {
            StartsUntil = e.OccurredUntil,
            AgreedFor = session?.AgreedFor,
            AgreedKind = session?.AgreedKind,
            Told = SessionStatement.Held,
            Minutes = e.Minutes,
            Mode = e.Mode,
            PlanItems = e.PlanItems,
        },
        (CoachingSessionMissed e, _) => new(e.SessionId, e.OccurredAt, e.Kind, e.Excused ? SessionPhase.Excused : SessionPhase.Missed)
        {
            StartsUntil = e.OccurredUntil,
            AgreedFor = session?.AgreedFor,
            AgreedKind = session?.AgreedKind,
            Told = SessionStatement.Missed,
        },
        (_, null) => null,
        (CoachingSessionRescheduled e, _) => session with { StartsAt = e.StartsAt, AgreedFor = e.StartsAt },
        (CoachingSessionExcused, _) => session with { Phase = SessionPhase.Excused, ExcusedLater = true },
        (CoachingSessionCorrected e, _) => session.Corrected(e),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(CoachingSession)}."),
    };

    private static CoachingSession Agreed(Guid sessionId, DateTimeOffset at, SessionKind kind) =>
        new(sessionId, at, kind, SessionPhase.Scheduled) { AgreedFor = at, AgreedKind = kind };

    private CoachingSession? Corrected(CoachingSessionCorrected e) => (e, this) switch
    {
        ({ Corrects: SessionStatement.Agreed }, _) => null,
        ({ Corrects: SessionStatement.Excused }, _) => this with { Phase = SessionPhase.Missed, ExcusedLater = false },
        ({ Outcome: { } right }, _) => this with
        {
            StartsAt = e.CorrectedOccurredAt ?? StartsAt,
            StartsUntil = e.CorrectedOccurredAt is null ? StartsUntil : e.OccurredUntil,
            Kind = right.Kind,
            Phase = right.Attended switch { Attendance.Attended => SessionPhase.Held, Attendance.Missed => SessionPhase.Missed, _ => SessionPhase.Excused },
            Minutes = right.Minutes ?? 0,
        },
        (_, { AgreedFor: { } at, AgreedKind: { } kind }) => Agreed(SessionId, at, kind),
        _ => null,
    };
}

public enum SessionPhase
{
    Scheduled,
    Held,
    Missed,
    Excused,
}
