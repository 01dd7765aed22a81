using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Projections.HearingCalendar;

namespace CaseFlow.Api.CourtViews;

/// <summary>A court's hearings by day.</summary>
public static class HearingCalendarDoor
{
    private const int MostDays = 62;

    /// <param name="Kind">Code.</param>
    /// <param name="At">When it is, or was; in the open file as it was filed there last.</param>
    /// <param name="State">Null in the open file where that tells no outcome: the other file may tell one, or that it was put off.</param>
    /// <param name="Presence">How the participant was there; null unless it was held.</param>
    /// <param name="PutOff">How often it was put off; null in the open file, which need not tell of each time.</param>
    public sealed record Item(
        Guid HearingId, Guid ParticipationId, Guid ClientId, string ClientCode, string Kind, DateTimeOffset At, HearingState? State, string? Presence, int? PutOff)
    {
        /// <summary>A record of the participant's knows that they have died; false for whoever sees the open file alone.</summary>
        public bool Deceased { get; init; }
    }

    public sealed record Day(DateOnly On, IReadOnlyList<Item> Hearings);

    /// <param name="File"><c>whole</c> or <c>open</c>: from which entries it is.</param>
    /// <param name="Position">For <c>asRecordedPosition</c>: the same answer for ever.</param>
    public sealed record Answer(string Court, string File, DateOnly From, DateOnly To, IReadOnlyList<Day> Days, long Position, DateTimeOffset? AsOf)
        : IAnsweredFrom, IToldByAgencies
    {
        /// <summary>The court's own agency.</summary>
        internal string? AgencyId { get; init; }

        IEnumerable<string?> IToldByAgencies.ToldBy => [AgencyId];
    }

    /// <summary>Local days, both included.</summary>
    public sealed record Period(DateOnly? From, DateOnly? To)
    {
        public static ValueTask<Period?> BindAsync(HttpContext context)
        {
            var query = new QueryReader(context.Request);
            var period = new Period(query.Day("from"), query.Day("to"));
            if (period is { From: { } from, To: { } to } && (to < from || to.DayNumber - from.DayNumber >= MostDays))
                throw QueryReader.Bad("to", $"Not before from, and at most {MostDays} days in all.");
            return (period.From is null) == (period.To is null)
                ? new(period)
                : throw QueryReader.Bad(period.From is null ? "from" : "to", "Both from and to, or neither.");
        }
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/courts/{court}/hearings", HandleAsync)
        .Named("listHearings", "A court's hearings by local day, with participants and what came of them")
        .Allow(ComplianceDoor.Readers)
        .Shows<Answer>(HearingCalendarView.ViewName, (answer, _) => answer.Days.SelectMany(day => day.Hearings).Select(one => one.ClientId).Distinct())
        .Asks([
            new("from", "First local day, for example 2026-03-01; the day asked about unless said."),
            new("to", $"Last local day; at most {MostDays} days in all. The sixth day after the first unless said."),
            .. AskedMoment.Parameters,
        ])
        .Gives(new Answer(
            "drug-court", "whole", new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 8),
            [
                new Day(new DateOnly(2026, 3, 6),
                [
                    new Item(
                        Guid.Parse("0195d6c4-0000-7000-8000-000000000042"), Guid.Parse("0195d6c4-0000-7000-8000-000000000041"),
                        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "C-7KQ2-9M", "status", new DateTimeOffset(2026, 3, 6, 15, 0, 0, TimeSpan.Zero),
                        HearingState.Scheduled, Presence: null, PutOff: 0),
                ]),
            ],
            Position: 4711,
            AsOf: null));

    private static async Task<IResult> HandleAsync(
        string court, Period period, AskedMoment asked, Actor actor, CourtMoments moments, HearingDays days, CancellationToken cancellation)
    {
        if (await moments.CheckAsync(actor, court, cancellation) is { } refused)
            return Problems.From(refused);
        return await days.OfAsync(actor, court, period, asked, cancellation) is { } answer
            ? TypedResults.Ok(answer)
            : Problems.From(CourtRejections.NoneInForce());
    }
}

/// <summary>Puts the hearings of some days together.</summary>
public sealed class HearingDays(CaseFlowDatabase database, CourtMoments moments, Persons persons, EntrySights sights)
{
    /// <returns>Null when no version of the court was in force at the moment.</returns>
    public async Task<HearingCalendarDoor.Answer?> OfAsync(
        Actor actor, string court, HearingCalendarDoor.Period period, AskedMoment asked, CancellationToken cancellation)
    {
        var at = await moments.PinAsync(actor.Jurisdiction, asked, cancellation);
        var now = await moments.JudgedAtAsync(actor.Jurisdiction, asked, () => Task.FromResult(at.Position!.Value), cancellation);
        if (await moments.CourtAsync(actor.Jurisdiction, court, at.Position!.Value, now, cancellation) is not { } configured)
            return null;

        // The confidential file is not for everybody beside the court; what they see is the open one.
        var viewer = RecordSights.ViewerOf(actor);
        var own = new RecordShown(configured.InForce.Configuration.AgencyId, [Label.CourtConfidential], Domain.Consents.ConsentInformation.WholeRecord);
        var openFileOnly = Disclosing.Decide(viewer, own, Grounds.None) is Disclosure.Restricted;
        var from = period.From ?? configured.Today;
        var to = period.To ?? from.AddDays(6);
        var (start, end) = (configured.DayOf(from).Start, configured.DayOf(to).End);
        var (entries, found) = await HearingQueries.OfCourtAsync(
            database.Reader, database.Views.HearingCalendar, actor.Jurisdiction, court, openFileOnly, start, end, at, cancellation);
        var hidden = await HiddenAsync(actor, configured.InForce.Configuration.AgencyId, entries, openFileOnly, cancellation);
        var hearings = HearingQueries.Together(entries.Where(entry => !hidden.Contains(entry.Fact.EventId))).Where(hearing => hearing.At >= start && hearing.At < end).ToList();
        var (endedOn, endedAt) = await CourtEnds.OfAsync(
            database, actor.Jurisdiction, hearings.Select(hearing => hearing.ParticipationId), openFileOnly, at, cancellation, hidden);
        var items = hearings.ConvertAll(hearing => hearing.After(endedOn(hearing.ParticipationId), configured.LocalDay));
        var (dead, diedAt) = openFileOnly
            ? (new Dictionary<Guid, KnownDeath>(), 0)
            : await CourtDeaths.OfAsync(database, await persons.OfAsync(actor.Jurisdiction, cancellation), actor.Jurisdiction, items.Select(hearing => hearing.ClientId), at, cancellation);
        return new HearingCalendarDoor.Answer(
            court,
            openFileOnly ? "open" : "whole",
            from,
            to,
            [.. items.GroupBy(hearing => configured.LocalDay(hearing.At)).OrderBy(day => day.Key).Select(day => new HearingCalendarDoor.Day(day.Key, [.. day.Select(ItemOf)]))],
            Math.Max(found.Position!.Value, Math.Max(diedAt, endedAt)),
            found.Instant)
        {
            AgencyId = configured.InForce.Configuration.AgencyId,
        };

        HearingCalendarDoor.Item ItemOf(Hearing hearing) => new(
            hearing.HearingId, hearing.ParticipationId, hearing.ClientId, ClientCode.Of(hearing.ClientId), hearing.Kind, hearing.At,
            openFileOnly && hearing.State == HearingState.Scheduled ? null : hearing.State, hearing.Presence, openFileOnly ? null : hearing.PutOff)
        {
            Deceased = dead.ContainsKey(hearing.ClientId),
        };
    }

    /// <summary>
    /// What corrected labels hide, whatever the moment asked about: entries that they take from the asker, of hearings or of what ended the participation, and from the
    /// open file what was moved to the confidential one. And what an order about a class hides.
    /// </summary>
    private async Task<HashSet<Guid>> HiddenAsync(
        Actor actor, string agency, IReadOnlyList<HearingEntry> entries, bool openFileOnly, CancellationToken cancellation)
    {
        var sightOf = await sights.OfAllAsync(actor, entries.Select(entry => entry.ClientId), cancellation);
        var hidden = new HashSet<Guid>();
        foreach (var ofClient in entries.GroupBy(entry => entry.ClientId))
        {
            var sight = sightOf(ofClient.Key);
            hidden.UnionWith(sight.Hidden.Where(entry => entry.AgencyId == agency).Select(entry => entry.EventId));
            if (sight.HidesAClass)
                hidden.UnionWith(await OfClassAsync(actor.Jurisdiction, sight, [.. ofClient.Select(entry => entry.ParticipationId).Distinct()], cancellation));
            if (openFileOnly)
                hidden.UnionWith(sight.Labels.Corrected.Where(entry => !entry.Labels.Contains(Label.CourtOpen.Code(), StringComparer.Ordinal)).Select(entry => entry.EventId));
        }

        return hidden;
    }

    private async Task<IEnumerable<Guid>> OfClassAsync(string jurisdiction, EntrySight sight, IReadOnlyList<Guid> participations, CancellationToken cancellation) =>
        (await database.Store.ReadStreamsAsync(jurisdiction, participations, cancellation)).Values
            .SelectMany(stream => stream.Events).Where(recorded => sight.ClassOf(recorded) is not null).Select(recorded => recorded.EventId);
}
