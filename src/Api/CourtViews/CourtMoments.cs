using CaseFlow.Api.Access;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Api.CourtViews;

/// <summary>The court that a question is about, as it was configured at the moment asked about.</summary>
/// <param name="Code">The court's code.</param>
/// <param name="InForce">The version in force.</param>
/// <param name="Policy">The jurisdiction's policy in force; null while there is none.</param>
/// <param name="Now">The instant asked about.</param>
public sealed record CourtAsked(string Code, CourtInForce InForce, PolicyInForce? Policy, DateTimeOffset Now)
{
    /// <summary>By which alarms of coaching are judged.</summary>
    public Domain.Coaching.CoachingAlarmRules Alarms { get; } = Domain.Coaching.CoachingAlarmRules.Of(InForce, Policy);

    /// <summary>Whose days; null while the jurisdiction has no policy.</summary>
    public BusinessCalendar? Calendar { get; } = Policy is null ? null : new BusinessCalendar(Policy.Policy);

    /// <summary>How the court tests by one of its versions; null where that version tests for nothing, or there is none.</summary>
    public Func<int, TestRules?> TestRulesOf { get; init; } = _ => InForce.Configuration.Tests;

    /// <summary>The court's local day of the instant asked about.</summary>
    public DateOnly Today => LocalDay(Now);

    /// <returns>The court's local day of an instant; the UTC day while the jurisdiction has no policy.</returns>
    public DateOnly LocalDay(DateTimeOffset instant) => Calendar?.LocalDate(instant) ?? DateOnly.FromDateTime(instant.UtcDateTime);

    /// <returns>An instant as the clock on the court's wall shows it, with its offset; UTC while the jurisdiction has no policy.</returns>
    public DateTimeOffset OnTheWall(DateTimeOffset instant) => Calendar?.Local(instant) ?? instant.ToUniversalTime();

    /// <summary>Name of the court's time zone.</summary>
    public string TimeZone => Policy?.Policy.TimeZone ?? "UTC";

    /// <returns>Start of a local day, inclusive, and its end, exclusive.</returns>
    public (DateTimeOffset Start, DateTimeOffset End) DayOf(DateOnly day)
    {
        if (Calendar is not null)
            return Calendar.DayOf(day);
        var start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return (start, day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : start.AddDays(1));
    }
}

/// <summary>What was known of a court and of its jurisdiction's policy, whatever of it is in force.</summary>
public sealed record CourtKnown(string Code, CourtState Court, PolicyState Policies)
{
    /// <returns>What is in force at an instant; null when no version of the court is.</returns>
    public CourtAsked? At(DateTimeOffset now) => Court.InForceAt(now) is { } inForce
        ? new CourtAsked(Code, inForce, Policies.InForceAt(now), now) { TestRulesOf = TestRulesOf }
        : null;

    /// <returns>How the court tests by one of its versions; null where that version tests for nothing, or there is none.</returns>
    public TestRules? TestRulesOf(int version) => Court.Find(version)?.Configuration.Tests;

    /// <returns>The court's local day of an instant; the UTC day while the jurisdiction has no policy.</returns>
    public DateOnly LocalDay(DateTimeOffset instant) =>
        Policies.InForceAt(instant) is { } policy ? new BusinessCalendar(policy.Policy).LocalDate(instant) : DateOnly.FromDateTime(instant.UtcDateTime);
}

/// <summary>
/// Finds moment and court of a question that several views answer together: one log position that all of them come to, so that what is put
/// together belongs together and is the same when it is asked again.
/// </summary>
public sealed class CourtMoments(CaseFlowDatabase database, ViewInstants instants, ReadingRights rights, RememberedStreams streams, TimeProvider clock)
{
    /// <returns>The moment, with its position.</returns>
    /// <exception cref="UnreadableRequestException">There is no such moment.</exception>
    /// <exception cref="ViewBehindException">The views do not show the write in time.</exception>
    public async Task<ViewInstant> PinAsync(string jurisdiction, AskedMoment asked, CancellationToken cancellation)
    {
        if (asked.AtLeast is { } token)
            await database.Reader.AwaitAsync(CourtComplianceView.ViewName, jurisdiction, token, cancellation);
        if (asked.AsRecorded > clock.GetUtcNow() + When.Skew)
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.AsRecordedAhead, field: "asRecorded"));
        if (await instants.ResolveAsync(asked.AsOf, asked.AsRecorded, asked.AsRecordedPosition, cancellation) is not ViewInstantAnswer.At { Instant: var found })
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.PositionBeyondLog, field: "asRecordedPosition"));
        return found with { Position = found.Position ?? await database.Positions.PositionOfAsync(CourtComplianceView.ViewName, jurisdiction, cancellation) };
    }

    /// <summary>Against which instant days and due times are counted: a position that was asked for is judged at its own time.</summary>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="asked">The moment asked about.</param>
    /// <param name="shown">Position of the last change of what is shown.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<DateTimeOffset> JudgedAtAsync(string jurisdiction, AskedMoment asked, Func<Task<long>> shown, CancellationToken cancellation) =>
        asked.AsOf ?? asked.AsRecorded ?? (asked.AsRecordedPosition is null
            ? clock.GetUtcNow()
            : await database.Positions.StampOfAsync(jurisdiction, await shown(), cancellation));

    /// <summary>
    /// Until which instant days are counted and due times judged of what somebody does: no later than what is known. A moment ahead is answered as of now, and one
    /// after the moment of the record as of that: nobody knows what happens, or happened, until then.
    /// </summary>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="asked">The moment asked about.</param>
    /// <param name="shown">Position of the last change of what is shown.</param>
    /// <param name="cancellation">Ends the read.</param>
    public Task<DateTimeOffset> CountedToAsync(string jurisdiction, AskedMoment asked, Func<Task<long>> shown, CancellationToken cancellation) =>
        JudgedAtAsync(jurisdiction, asked with { AsOf = Known(asked.AsOf, asked.AsRecorded) }, shown, cancellation);

    /// <summary>The same of a moment that names no position: nothing need be shown to know it.</summary>
    /// <param name="asOf">What had occurred; null for all that is on record.</param>
    /// <param name="asRecorded">What was on record; null for what is now.</param>
    public DateTimeOffset CountedTo(DateTimeOffset? asOf, DateTimeOffset? asRecorded) => Known(asOf, asRecorded) ?? asRecorded ?? clock.GetUtcNow();

    /// <summary>Whether somebody works for a court; the same answer for a court that is somebody else's and for none.</summary>
    /// <returns>Why the actor may not ask about it; null when they may.</returns>
    public async Task<Rejection?> CheckAsync(Actor actor, string court, CancellationToken cancellation)
    {
        if (await rights.CheckGrantAsync(actor, cancellation) is { } refused)
            return refused;
        var state = CourtOf(await streams.OfAsync(actor.Jurisdiction, StreamIds.Court(actor.Jurisdiction, court), cancellation), position: null);
        return state.Versions.Count > 0 && (actor.Role == Role.Auditor || state.Versions[^1].Configuration.AgencyId == actor.Agency)
            ? null
            : CourtRejections.NotFound(court);
    }

    /// <returns>The court and its policy as known at a position; null when no version was in force then.</returns>
    public async Task<CourtAsked?> CourtAsync(string jurisdiction, string court, long? position, DateTimeOffset now, CancellationToken cancellation) =>
        (await KnownAsync(jurisdiction, court, position, cancellation)).At(now);

    /// <returns>The versions of the court and of the policy as known at a position.</returns>
    public async Task<CourtKnown> KnownAsync(string jurisdiction, string court, long? position, CancellationToken cancellation)
    {
        var own = streams.OfAsync(jurisdiction, StreamIds.Court(jurisdiction, court), cancellation);
        var policies = streams.OfAsync(jurisdiction, StreamIds.Policies(jurisdiction), cancellation);
        await Task.WhenAll(own, policies);
        return new CourtKnown(court, CourtOf(await own, position), PoliciesOf(await policies, position));
    }

    /// <returns>The jurisdiction's policy as known at a position; null when none was in force then.</returns>
    public async Task<PolicyInForce?> PolicyAsync(string jurisdiction, long? position, DateTimeOffset now, CancellationToken cancellation) =>
        PoliciesOf(await streams.OfAsync(jurisdiction, StreamIds.Policies(jurisdiction), cancellation), position).InForceAt(now);

    private DateTimeOffset? Known(DateTimeOffset? asOf, DateTimeOffset? asRecorded) => asOf > (asRecorded ?? clock.GetUtcNow()) ? null : asOf;

    private static CourtState CourtOf(IEnumerable<RecordedEvent> recorded, long? position) =>
        UpTo(position, recorded).Aggregate(CourtState.Initial, (state, one) => CourtState.Evolve(state, (CourtEvent)one.Data));

    private static PolicyState PoliciesOf(IEnumerable<RecordedEvent> recorded, long? position) =>
        UpTo(position, recorded).Aggregate(PolicyState.Initial, (state, one) => PolicyState.Evolve(state, (PolicyEvent)one.Data));

    private static IEnumerable<RecordedEvent> UpTo(long? position, IEnumerable<RecordedEvent> recorded) =>
        position is null ? recorded : recorded.Where(one => one.Position <= position);
}
