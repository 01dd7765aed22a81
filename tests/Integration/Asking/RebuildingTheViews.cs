using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using Npgsql;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Asking;

public sealed class RebuildingTheViews
{
    [Fact]
    public async Task Gives_the_same_rows_and_answers_byte_for_byte()
    {
        await using var county = await FoundAsync();
        var stories = new List<Story>();
        for (var n = 0; n < 4; n++)
        {
            var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 1 + n, 10), Cdt(6, 2 + n, 10));
            stories.Add(story);
            await story.SentAsync(Cdt(6, 1 + n, 11));
            await county.ShowAsync();
        }

        await stories[0].DeliveredAsync(Cdt(6, 2, 9));
        await stories[0].CoachedAsync(Cdt(6, 3, 9));
        await stories[1].NotInterestedAsync(Cdt(6, 3, 9), "No.");
        await stories[1].ReturnedAsync(Cdt(6, 4, 9), "Why?");
        await stories[2].OfDutyAsync(
            Cdt(6, 2, 10),
            Agent1,
            new AgentKnowledgeCorrected(stories[2].OverdoseId, stories[2].DutyId, stories[2].KnownEventId, Cdt(6, 3, 10), Cdt(6, 2, 10), Sealed<string>.Of("Earlier."))
            {
                ClientId = stories[2].ClientId,
            },
            new ReferralDutyDueMoved(stories[2].DutyId, Cdt(6, 4, 10), Cdt(6, 2, 10), Cdt(6, 3, 10), Cdt(6, 3, 6), 3) { ClientId = stories[2].ClientId });
        await stories[3].ContactAsync(Cdt(6, 5, 9), Agent1);
        var end = await county.ShowAsync();
        var (rows, answers) = (await RowsAsync(county), await AnswersAsync(county, stories[2], end));

        var rebuilt = await county.Database.RebuildAsync(null, (_, _) => { }, Cancellation);

        rebuilt.ShouldBe(county.Database.Views.Inline.Count + county.Database.Runner.Views.Count(view => view.Tables.Count > 0));
        (await RowsAsync(county)).ShouldBe(rows);
        (await AnswersAsync(county, stories[2], end)).ShouldBe(answers);
        rows.ShouldNotContain("afternoon");
    }

    [Fact]
    public async Task While_a_raised_view_is_built_anew_its_questions_are_answered_with_when_to_ask_again()
    {
        await using var county = await FoundAsync();
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 1, 10));
        await county.ShowAsync();
        var timeline = $"clients/{story.ClientId}/timeline";
        var before = (await county.AskAsync(Agent1, timeline)).Ok();
        await using (var source = NpgsqlDataSource.Create(county.ConnectionString))
        await using (var older = source.CreateCommand("""
            update caseflow.cf_views set version = 1 where name = 'timeline';
            alter table views.timeline drop column source cascade
            """))
        {
            await older.ExecuteNonQueryAsync(Cancellation);
        }

        var heard = await county.AskAsync(Agent1, timeline);

        heard.ShouldBeProblem(503, "view-raised");
        int.Parse(heard.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        (await county.AskAsync(Agent1, "referral-compliance")).Ok()["items"]!.AsArray().Count.ShouldBe(1, "other views go on");
        await county.ShowAsync();
        (await county.AskAsync(Agent1, timeline)).Ok()["items"]!.ToJsonString().ShouldBe(before["items"]!.ToJsonString());
    }

    private static async Task<string> RowsAsync(StoppedCounty county)
    {
        var lines = new List<string>();
        await using var owner = NpgsqlDataSource.Create(county.ConnectionString);
        foreach (var table in county.Database.Views.Async.SelectMany(view => view.Tables))
        {
            await using var command = owner.CreateCommand($"select v::text from views.{table} v order by 1");
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            while (await reader.ReadAsync(Cancellation))
                lines.Add($"{table} {reader.GetString(0)}");
        }

        return string.Join('\n', lines);
    }

    private static async Task<string> AnswersAsync(StoppedCounty county, Story story, long end)
    {
        var heard = new List<string>();
        for (var position = 0L; position <= end; position += 5)
        {
            foreach (var path in new[] { "referral-compliance", "caseload", $"clients/{story.ClientId}/timeline" })
                heard.Add((await county.AskAsync(Agent1, $"{path}?asRecordedPosition={position}")).Whole());
        }

        return string.Join('\n', heard);
    }
}
