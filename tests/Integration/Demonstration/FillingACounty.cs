using System.Globalization;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Demonstration;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Time;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Infrastructure;
using Npgsql;

namespace CaseFlow.Integration.Demonstration;

/// <summary>The demonstration's stories keep every rule of the domain: one that broke one would not be told.</summary>
public sealed class FillingACounty
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_a_court_with_twenty_five_participants_in_all_phases_and_told_again_nothing_is_added()
    {
        await using var empty = await TestDatabase.CreateAsync();
        using var keys = new KeyFolder();
        await using var database = new CaseFlowDatabase(empty.ConnectionString, keys.Open());
        await database.MigrateAsync(Stop);

        await DemonstrationData.LoadAsync(database, TimeProvider.System, Stop);
        await database.CatchUpAsync(Stop);
        var end = (await database.Store.EndOfLogAsync(Stop)).Position;

        await using var source = NpgsqlDataSource.Create(empty.ConnectionString);
        var stages = await CountsAsync(source, "select stage, count(*) from views.court_compliance where court = 'drug-court' and pos_to = 9223372036854775807 and occ_to = 'infinity' group by 1");
        stages.Values.Sum().ShouldBe(25);
        stages.Keys.ToList().ShouldBe(["referred", "accepted", "admitted", "graduated", "withdrawn", "notAccepted"], ignoreOrder: true);
        stages["admitted"].ShouldBe(18);
        (await CountsAsync(source, "select phase, count(*) from views.court_compliance where stage = 'admitted' and pos_to = 9223372036854775807 and occ_to = 'infinity' group by 1"))
            .Keys.Count.ShouldBe(5);
        var officers = await CountsAsync(source, "select data ->> 'officerId', count(*) from caseflow.mt_events where type = 'supervision_officer_named' group by 1");
        (officers["agent-1"], officers["agent-2"]).ShouldBe((14, 7), "twelve and six of those who take part now, where the court wants ten at most");
        (await CountsAsync(source, "select state, count(*) from views.court_activity where kind = 'test' and pos_to = 9223372036854775807 and occ_to = 'infinity' group by 1"))
            .Keys.ShouldBeSubsetOf(["negative", "positive", "nonCompliance", "pending"]);
        await DrawnAsync(database, source);
        (await CountsAsync(source, "select coalesce(headers ->> 'sourceSystem', 'none'), count(*) from caseflow.mt_events group by 1")).Keys.ShouldBe([DemonstrationData.Source]);
        (await CountsAsync(source, "select 'entries', count(*) from views.entry_timeliness")).Values.Single().ShouldBe(0, "what was taken over is nobody's delay");
        foreach (var (kind, states) in new (string, string[])[]
        {
            ("coaching", ["ordered", "declined", "accepted"]), ("coach", ["coached", "betweenCoaches", "ended"]),
            ("session", ["held", "missed", "excused", "scheduled"]), ("treatment", ["reported"]),
        })
        {
            (await CountsAsync(source, $"select state, count(*) from views.court_activity where kind = '{kind}' and pos_to = 9223372036854775807 and occ_to = 'infinity' group by 1"))
                .Keys.ToList().ShouldBe(states, ignoreOrder: true, kind);
        }

        (await CountsAsync(source, "select type, count(*) from caseflow.mt_events where type in ('coaching_session_corrected', 'handover_completed', 'assessment_completed') group by 1"))
            .Keys.ToList().ShouldBe(["coaching_session_corrected", "handover_completed", "assessment_completed"], ignoreOrder: true);
        (await CountsAsync(source, "select coalesce(coach_id, 'none'), count(*) from views.coachings where is_open and pos_to = 9223372036854775807 and occ_to = 'infinity' group by 1"))
            .Keys.ToList().ShouldBe(["coach-1", "coach-2", "none"], ignoreOrder: true);
        (await CountsAsync(source, "select labels ->> 0, count(*) from (select headers -> 'labels' as labels from caseflow.mt_events where type = 'eligibility_screened') e group by 1"))
            .Keys.ToList().ShouldBe(["COURT_CONFIDENTIAL"], customMessage: "a screening is in the confidential file");

        await DemonstrationData.LoadAsync(database, TimeProvider.System, Stop);
        await database.CatchUpAsync(Stop);
        (await database.Store.EndOfLogAsync(Stop)).Position.ShouldBe(end);
    }

    /// <summary>Whoever starts it at night, or after holidays, is told the same stories: the court sat before a participation ended, and not on a day on which it is closed.</summary>
    [Theory]
    [InlineData("2025-11-28T02:30-06:00")] // the night after Thanksgiving
    [InlineData("2025-12-26T00:10-06:00")] // the night after the holiday of the county
    public async Task It_is_filled_at_any_hour_of_any_day(string at)
    {
        var anchor = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        await using var empty = await TestDatabase.CreateMigratedAsync();
        using var keys = new KeyFolder();
        await using var database = new CaseFlowDatabase(empty.ConnectionString, keys.Open());

        (await DemonstrationData.LoadAsync(database, new SetClock(anchor), Stop)).ShouldBeTrue();

        await using var source = NpgsqlDataSource.Create(empty.ConnectionString);
        var ends = await MinutesAsync("occurredAt", "'participant_graduated', 'participant_withdrew'");
        var last = await MinutesAsync("scheduledAt", "'status_hearing_scheduled'");
        ends.Count.ShouldBe(3);
        ends.ShouldAllBe(end => last[end.Key] < end.Value);
        var calendar = new BusinessCalendar((await new Registers(database.Store).PoliciesAsync("demo", Stop)).InForceAt(anchor)!.Policy);
        (await SittingsAsync(source)).ShouldAllBe(sitting => IsOpenMorning(sitting, calendar));

        Task<Dictionary<string, long>> MinutesAsync(string member, string types) => CountsAsync(
            source,
            $"select data ->> 'participationId', (extract(epoch from max((data ->> '{member}')::timestamptz)) / 60)::bigint from caseflow.mt_events where type in ({types}) group by 1");
    }

    /// <summary>Every test is of a draw that proves itself, and every hearing on a working morning of the court.</summary>
    private static async Task DrawnAsync(CaseFlowDatabase database, NpgsqlDataSource source)
    {
        var registers = new Registers(database.Store);
        var calendar = new BusinessCalendar((await registers.PoliciesAsync("demo", Stop)).InForceAt(DateTimeOffset.UtcNow)!.Policy);
        var pools = new DayPools(database.Store, new Persons(new RememberedStreams(database.Store)), new CourtPlaces(database));
        var (today, selected, disclosed) = (calendar.LocalDate(DateTimeOffset.UtcNow), new HashSet<Guid>(), 0);
        for (var month = SelectionMonth.Of(today.AddDays(-41), calendar); month.First <= today; month = month.Next)
        {
            var stream = await database.Store.ReadStreamAsync("demo", StreamIds.TestSelection("demo", "drug-court", month.First), cancellation: Stop);
            var state = stream.Events.Select(recorded => (SelectionEvent)recorded.Data).Aggregate(SelectionState.Initial, SelectionState.Evolve);
            var drawn = stream.Events.Where(recorded => recorded.Data is TestsDrawn).ToList();
            (await pools.ProveAsync("demo", "drug-court", month, drawn, Stop)).ShouldAllBe(proof => proof.Holds);
            var draws = drawn.ConvertAll(recorded => (TestsDrawn)recorded.Data);
            draws.ShouldAllBe(draw => !draw.CaughtUp);
            if (state.Disclosed is { } seed)
            {
                DrawProof.Of(state.Commitment!, seed, state.FirstDay, draws).Holds.ShouldBeTrue();
                disclosed++;
            }

            selected.UnionWith(draws.SelectMany(draw => draw.Participations.Where(one => one.Selected).Select(one => SelectDrugTest.IdOfDrawn(one.ParticipationId, draw.Day))));
        }

        disclosed.ShouldBeGreaterThan(0);
        (await CountsAsync(source, "select data ->> 'testId', count(*) from caseflow.mt_events where type = 'drug_test_selected' group by 1"))
            .Keys.ShouldBe(selected.Select(id => id.ToString()), ignoreOrder: true);
        (await SittingsAsync(source)).ShouldAllBe(sitting => IsOpenMorning(sitting, calendar));
    }

    private static async Task<IEnumerable<DateTimeOffset>> SittingsAsync(NpgsqlDataSource source) =>
        (await CountsAsync(source, "select data ->> 'scheduledAt', count(*) from caseflow.mt_events where type = 'status_hearing_scheduled' group by 1"))
            .Keys.Select(at => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));

    private static bool IsOpenMorning(DateTimeOffset at, BusinessCalendar calendar) =>
        calendar.OfficeTimeFrom(at) == at && calendar.LocalTime(at) >= new TimeOnly(9, 0) && calendar.LocalTime(at) < new TimeOnly(11, 0);

    private static async Task<Dictionary<string, long>> CountsAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync(Stop);
        var counts = new Dictionary<string, long>();
        while (await row.ReadAsync(Stop))
            counts[row.GetString(0)] = row.GetInt64(1);
        return counts;
    }

    /// <summary>Where the key file is, and what is kept beside it; gone however the test ends.</summary>
    private sealed class KeyFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("caseflow-demonstration-");

        public FileWrappingKey Open() => FileWrappingKey.OpenOrCreate(Path.Combine(folder.FullName, "wrapping.key"));

        public void Dispose() => folder.Delete(recursive: true);
    }
}
