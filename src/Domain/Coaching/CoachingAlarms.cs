using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Coaching;

/// <summary>What of a coaching wants somebody's attention; the most pressing first.</summary>
public enum CoachingAlarmKind
{
    /// <summary>
    /// The coach left, or the coaching was ended while the court's order stands, and nobody took over: there is time for it until <c>dueAt</c> (R24).
    /// </summary>
    NoCoach,

    /// <summary>Nobody met the client for longer than the rule allows (R22).</summary>
    NoContact,

    /// <summary>None of the coach's certifications counts (R50): nobody new is taken on by them, and whoever is coached stays with them until their lead decides (scenario 14).</summary>
    CertificationNotInForce,

    /// <summary>A session's time is over, and nobody said in time what came of it (R55).</summary>
    SessionUntold,

    /// <summary>The new coach has not read what the one before left (R24).</summary>
    HandoverUnread,

    /// <summary>The recovery plan is to be reviewed on a day that has come: the one that coach and client agreed (4.2 G).</summary>
    PlanReviewDue,
}

/// <summary>It shows, and decides nothing.</summary>
/// <param name="Since">From when the time runs, UTC: the leaving, the last contact, the end of the certification, the session's agreed beginning, the assignment, the plan or its last review.</param>
/// <param name="DueAt">When the time was, or is, over, UTC; null where no rule sets one.</param>
/// <param name="Overdue">Whether it is over.</param>
/// <param name="CourtVersion">Version of the court's configuration whose time counts; null for another rule.</param>
/// <param name="PolicyVersion">Version of the jurisdiction's policy whose time counts; null for another rule, and while none is published.</param>
public sealed record CoachingAlarm(CoachingAlarmKind Kind, DateTimeOffset Since, DateTimeOffset? DueAt, bool Overdue, int? CourtVersion, int? PolicyVersion);

/// <summary>A provider's coaching as its alarms are judged by.</summary>
/// <param name="Tenure">Who coaches since when.</param>
/// <param name="Sessions">Its sessions; null where they may not be told: then nothing is said of contacts.</param>
public sealed record CoachingWatched(CoachTenure Tenure, IReadOnlyCollection<WatchedSession>? Sessions)
{
    /// <summary>Since when none of the coach's certifications counts, UTC; null while one does, and where it is not known.</summary>
    public DateTimeOffset? UncertifiedSince { get; init; }

    /// <summary>The review of the plan that is to come; null for none, and for whoever is told nothing of plans.</summary>
    public ReviewDate? Review { get; init; }

    /// <summary>Phases and risk of the participant, each from its day on, in their order; none where the court asks the same of everybody, or nothing is on record.</summary>
    public IReadOnlyList<ContactStanding> Standings { get; init; } = [];

    /// <summary>The court's order, or an offer that was accepted, stands with the provider: asked of a coaching that was ended alone.</summary>
    public bool OrderStands { get; init; }

    /// <summary>Nobody coaches and somebody is to: of a coaching that was ended that is so while the court's order stands.</summary>
    private bool WantsCoach => Tenure.UnassignedAt is not null && (Tenure.CoachedSince is not null || OrderStands);

    /// <returns>When there is to be a next coach, of a coaching that wants one.</returns>
    public (DateTimeOffset Left, DateTimeOffset NextBy)? NextCoach() =>
        WantsCoach && Tenure is { UnassignedAt: { } left, NextCoachBy: { } nextBy } ? (left, nextBy) : null;

    /// <returns>The coaching after its history, with the sessions as they were corrected.</returns>
    public static CoachingWatched Of(IEnumerable<CoachingEvent> history)
    {
        var (tenure, sessions) = (CoachTenure.None, new Dictionary<Guid, CoachingSession?>());
        foreach (var fact in history)
        {
            tenure = tenure.After(fact);
            if (CoachingSession.IdIn(fact) is { } id)
                sessions[id] = CoachingSession.After(sessions.GetValueOrDefault(id), fact);
        }

        return new CoachingWatched(tenure, [.. sessions.Values.OfType<CoachingSession>().Select(one => new WatchedSession(one.StartsAt, one.Phase))]);
    }
}

/// <param name="StartsAt">UTC.</param>
public readonly record struct WatchedSession(DateTimeOffset StartsAt, SessionPhase Phase);

/// <summary>
/// By which rules, and on which days. A contact is a session that was held, check-ins among them; a client who did not come was not met.
/// </summary>
/// <param name="Rules">The court's: R22, R24.</param>
/// <param name="CourtVersion">Version of its configuration.</param>
/// <param name="EntryHours">Hours after a session in which what came of it is to be recorded (R55: 48 for what is a court's).</param>
/// <param name="PolicyVersion">Version of the policy that says so.</param>
/// <param name="Calendar">Whose days; UTC days while the jurisdiction has no policy.</param>
public sealed record CoachingAlarmRules(CoachingRules Rules, int CourtVersion, int EntryHours, int? PolicyVersion, BusinessCalendar? Calendar)
{
    private const int FirstWeeksDays = 28;
    private const int FirstMonths = 3;

    public static CoachingAlarmRules Of(CourtInForce court, PolicyInForce? policy) => new(
        court.Configuration.Coaching, court.Version, (policy?.Policy.DataEntry ?? DataEntryPolicy.Default).CourtHours, policy?.Version,
        policy is null ? null : new BusinessCalendar(policy.Policy));

    /// <returns>What wants attention at an instant, the most pressing first.</returns>
    public IReadOnlyList<CoachingAlarm> At(DateTimeOffset now, CoachingWatched watched)
    {
        var alarms = new List<CoachingAlarm>();
        var tenure = watched.Tenure;
        if (watched.NextCoach() is (var left, var nextBy))
            alarms.Add(new CoachingAlarm(CoachingAlarmKind.NoCoach, left, nextBy, nextBy <= now, tenure.NextCoachByVersion, null));
        if (NoContact(now, watched) is { } noContact)
            alarms.Add(noContact);
        if (watched is { UncertifiedSince: { } since, Tenure.AssignedAt: not null })
            alarms.Add(new CoachingAlarm(CoachingAlarmKind.CertificationNotInForce, since, null, Overdue: false, null, PolicyVersion));
        if (Untold(now, watched) is { } untold)
            alarms.Add(untold);
        if (tenure is { HandoverOpen: true, AssignedAt: { } assigned })
            alarms.Add(new CoachingAlarm(CoachingAlarmKind.HandoverUnread, assigned, null, Overdue: false, null, null));
        if (watched is { Review: { } review, Tenure.CoachedSince: not null } && review.On <= DayOf(now))
            alarms.Add(new CoachingAlarm(CoachingAlarmKind.PlanReviewDue, review.Since, EndOf(review.On), EndOf(review.On) <= now, null, null));
        return alarms;
    }

    /// <summary>
    /// While somebody coaches: days from the last contact, more of them the longer it lasts, or as phase and risk ask (R22). The day of the last contact says how many,
    /// and a phase or risk that came since.
    /// </summary>
    private CoachingAlarm? NoContact(DateTimeOffset now, CoachingWatched watched)
    {
        if (watched is not { Tenure: { AssignedAt: not null, CoachedSince: { } began }, Sessions: { } sessions })
            return null;
        var last = sessions.Where(session => session.Phase == SessionPhase.Held && session.StartsAt <= now).Max(session => (DateTimeOffset?)session.StartsAt);
        var since = last > began ? last.Value : began;
        var (first, day) = (DayOf(began), DayOf(since));
        var time = day < first.AddDays(FirstWeeksDays) ? 0 : day < first.AddMonths(FirstMonths) ? 1 : 2;
        var due = EndOf(Rules.NextContactBy(day, time, watched.Standings));
        return due <= now ? new CoachingAlarm(CoachingAlarmKind.NoContact, since, due, Overdue: true, CourtVersion, null) : null;
    }

    private CoachingAlarm? Untold(DateTimeOffset now, CoachingWatched watched)
    {
        var agreed = watched.Sessions?.Where(session => session.Phase == SessionPhase.Scheduled).Min(session => (DateTimeOffset?)session.StartsAt);
        return agreed is { } at && at.AddHours(EntryHours) is var due && due <= now
            ? new CoachingAlarm(CoachingAlarmKind.SessionUntold, at, due, Overdue: true, null, PolicyVersion)
            : null;
    }

    private DateOnly DayOf(DateTimeOffset instant) => Calendar?.LocalDate(instant) ?? DateOnly.FromDateTime(instant.UtcDateTime);

    private DateTimeOffset EndOf(DateOnly day) =>
        Calendar?.DayOf(day).End ?? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
