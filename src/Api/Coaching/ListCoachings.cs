using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Coachings;

namespace CaseFlow.Api.Coaching;

/// <summary>
/// A provider's coachings with what wants attention first (R22, R24, R55, a review that is due): all of them for who leads the coaches, their own for a coach.
/// </summary>
public static class ListCoachings
{
    /// <param name="CoachId">Null while nobody coaches.</param>
    /// <param name="CoachedSince">When the first coach took the client on, UTC; null once it was ended while the court's order stands.</param>
    /// <param name="Alarms">The most pressing first; empty for nothing.</param>
    public sealed record Item(
        Guid ParticipationId, Guid ClientId, string ClientCode, string? Court, string? CoachId, DateTimeOffset? CoachedSince, IReadOnlyList<CoachingAlarm> Alarms);

    /// <param name="ByAlarm">Coachings by alarm, before any filter.</param>
    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever.</param>
    public sealed record Answer(
        int Open, IReadOnlyDictionary<string, int> ByAlarm, IReadOnlyList<Item> Items, string? Next, long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt)
        : IAnsweredFrom;

    /// <summary>What the list is narrowed to.</summary>
    public sealed record Filter(CoachingAlarmKind? Alarm)
    {
        public static ValueTask<Filter?> BindAsync(HttpContext context) => new(new Filter(new QueryReader(context.Request).Word<CoachingAlarmKind>("alarm")));
    }

    private static readonly DateTimeOffset At = new(2026, 3, 9, 15, 0, 0, TimeSpan.Zero);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/coachings", HandleAsync)
        .Named("listCoachings", "The provider's coachings, what wants attention first: no coach, no contact, a session of which nobody said what came of it")
        .Allow(Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist)
        .Shows<Answer>(CoachingsView.ViewName, (answer, _) => answer.Items.Select(item => item.ClientId))
        .Asks([
            new("alarm", "Only coachings with this alarm.", Words: QueryReader.ViewWords<CoachingAlarmKind>()),
            .. AskedMoment.Parameters,
            .. AskedPage.Parameters,
        ])
        .Gives(new Answer(
            12,
            new SortedDictionary<string, int> { ["noContact"] = 1 },
            [
                new Item(
                    Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "C-7KQ2-9M", "drug-court", "coach-1",
                    At.AddDays(-20), [new CoachingAlarm(CoachingAlarmKind.NoContact, At.AddDays(-9), At.AddDays(-1), Overdue: true, CourtVersion: 1, PolicyVersion: null)]),
            ],
            Next: null,
            Position: 4711,
            AsOf: null,
            At));

    private static async Task<IResult> HandleAsync(
        Filter filter, AskedMoment asked, AskedPage page, Actor actor, CoachingLists lists, CancellationToken cancellation) => actor.Agency is { } agency
            ? TypedResults.Ok(await lists.PageAsync(actor, agency, filter, asked, page, cancellation))
            : Problems.From(AccessRejections.NoAgency());
}

/// <summary>Puts a provider's coachings in order and pages them.</summary>
public sealed class CoachingLists(CaseFlowDatabase database, CourtMoments moments, Persons persons, CoachCertifications certifications, StandingOrders orders, ContactStandings contacts)
{
    private readonly ViewCursors cursors = new(database.MarkKeys.Derive("coachings-cursors"));

    /// <exception cref="UnreadableRequestException">There is no such moment, or the cursor is another question's.</exception>
    public async Task<ListCoachings.Answer> PageAsync(
        Actor actor, string agency, ListCoachings.Filter filter, AskedMoment asked, AskedPage page, CancellationToken cancellation)
    {
        var jurisdiction = actor.Jurisdiction;
        var after = page.After(cursors, actor);
        var at = after?.At ?? await moments.PinAsync(jurisdiction, asked, cancellation);
        var (held, found) = await CoachingsQueries.OfAgencyAsync(
            database.Reader, database.Views.Coachings, jurisdiction, agency, actor.Role == Role.CoachSupervisor ? null : actor.Id, at, cancellation);
        var ended = await orders.OfAsync(jurisdiction, [.. held.Where(line => line.IsEnded())], at.Position!.Value, at.Instant, cancellation);
        var coaches = await certifications.OfAsync(jurisdiction, held.Select(line => line.CoachId).OfType<string>(), at.Position, cancellation);
        var lives = await PersonLife.DeathsOfAsync(
            database.Store, persons, jurisdiction, [.. held.Select(line => line.ClientId)], at.Position, at.Instant, cancellation);
        var known = new Dictionary<string, CourtKnown>(StringComparer.Ordinal);
        foreach (var court in held.Select(line => line.Court).OfType<string>().Distinct(StringComparer.Ordinal))
            known[court] = await moments.KnownAsync(jurisdiction, court, at.Position, cancellation);
        var standings = await contacts.OfAsync(jurisdiction, held, known, at.Position!.Value, at.Instant, cancellation);
        var position = lives.Values.Select(life => life.ChangedAt).Concat([coaches.ChangedAt, ended.ChangedAt, standings.ChangedAt, found.Position!.Value]).Max();
        var now = after?.JudgedAt ?? await moments.JudgedAtAsync(jurisdiction, asked, () => Task.FromResult(position), cancellation);
        var courts = known.ToDictionary(court => court.Key, court => court.Value.At(now), StringComparer.Ordinal);

        var lines = held.Where(line => !line.IsEnded() || (CourtOf(line) is { } court && ended.Stand(line, court.Today))).ToList();
        var policy = await moments.PolicyAsync(jurisdiction, at.Position, now, cancellation);
        var judged = lines.Select(line => (Line: line, Alarms: AlarmsOf(line))).ToList();
        var ordered = judged.Where(one => filter.Alarm is not { } kind || one.Alarms.Any(alarm => alarm.Kind == kind))
            .OrderBy(one => one.Alarms.Count == 0 ? int.MaxValue : (int)one.Alarms[0].Kind)
            .ThenBy(one => one.Alarms.Count == 0 ? DateTimeOffset.MaxValue : one.Alarms[0].Since).ThenBy(one => one.Line.ParticipationId)
            .ToList();
        var start = after is null ? 0 : ordered.FindIndex(one => one.Line.ParticipationId.ToString() == after.Key) + 1;
        var shown = ordered.Skip(start).Take(page.Limit).ToList();
        var next = start + shown.Count < ordered.Count ? new ViewCursor(at, [], shown[^1].Line.ParticipationId.ToString()) { JudgedAt = now } : null;
        return new ListCoachings.Answer(
            lines.Count,
            judged.SelectMany(one => one.Alarms.Select(alarm => Projections.ViewText.Of(alarm.Kind)).Distinct()).GroupBy(kind => kind, StringComparer.Ordinal).ToSortedCounts(),
            [.. shown.Select(one => new ListCoachings.Item(
                one.Line.ParticipationId, one.Line.ClientId, one.Line.ClientCode, one.Line.Court, one.Line.CoachId, one.Line.Tenure.CoachedSince, one.Alarms))],
            page.Next(cursors, actor, next),
            position,
            at.Instant,
            now);

        CourtAsked? CourtOf(CoachingLine line) => line.Court is { } court ? courts[court] : null;

        IReadOnlyList<CoachingAlarm> AlarmsOf(CoachingLine line) => lives.GetValueOrDefault(line.ClientId)?.Death is not null
            ? []
            : CourtOf(line)?.Alarms.At(now, line.Watched() with
            {
                UncertifiedSince = coaches.UncertifiedSince(line.CoachId, policy, now),
                Standings = standings.Of(line.ParticipationId),
            }) ?? [];
    }
}
