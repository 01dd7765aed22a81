using CaseFlow.Api.Composition;
using CaseFlow.Api.Demonstration;
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
        var key = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.key");
        await using var database = new CaseFlowDatabase(empty.ConnectionString, FileWrappingKey.OpenOrCreate(key));
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
            .Keys.ToList().ShouldBe(["negative", "positive", "nonCompliance"], ignoreOrder: true);
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
        File.Delete(key);
    }

    private static async Task<Dictionary<string, long>> CountsAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync(Stop);
        var counts = new Dictionary<string, long>();
        while (await row.ReadAsync(Stop))
            counts[row.GetString(0)] = row.GetInt64(1);
        return counts;
    }
}
