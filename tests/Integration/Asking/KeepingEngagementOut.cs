using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Asking;

/// <summary>
/// Past delivery, what an agent or a court sees is the same whether the coach did something or nothing: bodies, counts, order,
/// positions, versions, headers, byte for byte.
/// </summary>
public sealed class KeepingEngagementOut
{
    [Fact]
    public async Task Every_answer_to_the_agents_side_is_the_same_before_and_after_all_that_a_coach_may_do()
    {
        await using var county = await FoundAsync();
        var (coached, waiting) = (await DeliveredAsync(county), await DeliveredAsync(county));
        await NothingThatPermitsAsync(county, coached.ClientId);
        await county.ShowAsync();
        string[] paths =
        [
            "referral-compliance", "referral-compliance?limit=1", "referral-compliance?state=discharged&sort=-dueAt", "referral-compliance/counts",
            $"referral-compliance?asOf={At(Cdt(6, 14, 9))}", $"referral-compliance?asRecorded={At(Cdt(6, 14, 9))}",
            $"referral-compliance/{coached.DutyId}", $"referral-compliance/{waiting.DutyId}",
            "caseload", "caseload?openDuties=true",
            $"clients/{coached.ClientId}/timeline", $"clients/{coached.ClientId}/timeline?limit=3", $"clients/{coached.ClientId}/timeline?direction=oldest",
            $"clients/{coached.ClientId}/timeline?intercept=2", $"clients/{coached.ClientId}/timeline?kind=contact_made",
            $"clients/{coached.ClientId}/referral-duty",
        ];
        Actor[] askers = [Agent1, Supervisor, Overseer, Coordinator, Judge, Prosecutor, Defence];
        var pages = new List<string>(paths);
        foreach (var path in new[] { "referral-compliance?limit=1", "caseload?limit=1", $"clients/{coached.ClientId}/timeline?limit=3" })
        {
            // A cursor belongs to its asker: the second page is asked by whom the first one was given to.
            var next = (await county.AskAsync(Agent1, path)).Ok()["next"];
            pages.Add(next.ShouldNotBeNull($"{path} has a second page").GetValue<string>());
        }

        paths = [.. pages];
        var before = await HearAsync(county, askers, paths);

        await coached.CoachedAsync(Cdt(6, 12, 9));
        await county.ShowAsync();

        (await HearAsync(county, askers, paths)).ShouldBe(before);
        (await county.AllAsync(Coach, $"clients/{coached.ClientId}/timeline"))
            .Count(item => !item["kind"]!.GetValue<string>().StartsWith("consent", StringComparison.Ordinal)).ShouldBe(9);
    }

    [Fact]
    public async Task Two_clients_with_the_same_past_read_the_same_but_for_who_they_are()
    {
        await using var county = await FoundAsync();
        var coached = await DeliveredAsync(county);
        await coached.CoachedAsync(Cdt(6, 12, 9));
        var waiting = await DeliveredAsync(county);
        await county.ShowAsync();

        (await TellAsync(county, coached)).ShouldBe(await TellAsync(county, waiting));
    }

    /// <summary>Consents enough, and not one that lets an agent know: to others, about other things, from others, taken back, on hold, over.</summary>
    private static async Task NothingThatPermitsAsync(StoppedCounty county, Guid clientId)
    {
        await county.GrantAsync(clientId, ConsentStories.ToCorrections with { Recipients = ["tellurian"] });
        await county.GrantAsync(clientId, ConsentStories.ToCorrections with { Disclosers = ["tellurian"] });
        await county.GrantAsync(clientId, ConsentStories.ToCorrections with { Purposes = [ConsentPurpose.Treatment] });
        await county.GrantAsync(clientId, ConsentStories.ToCorrections with { RecipientRoles = [Role.Judge] });
        await county.GrantAsync(clientId, ConsentStories.ToCorrections, ConsentKind.Wi5130);
        await county.GrantAsync(clientId, ConsentStories.ToCorrections, expires: Cdt(6, 11, 9));
        await county.HoldAsync(clientId, await county.GrantAsync(clientId, ConsentStories.ToCorrections with { Information = [ConsentInformation.Progress] }));
        await county.RevokeAsync(clientId, await county.GrantAsync(clientId, ConsentStories.ToCorrections));
    }

    /// <summary>The whole of what an agent reads about a client, without ids and without the times and positions of recording.</summary>
    private static async Task<string> TellAsync(StoppedCounty county, Story story)
    {
        var told = new List<string>();
        foreach (var path in new[] { $"referral-compliance/{story.DutyId}", $"referral-compliance?client={story.ClientId}", $"clients/{story.ClientId}/timeline" })
        {
            var answer = await county.AskAsync(Agent1, path);
            told.Add(System.Text.RegularExpressions.Regex.Replace(
                answer.Whole(),
                """[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|"clientCode":"[^"]*"|"recordedAt":"[^"]*"|"position":\d+|Content-Length: \d+""",
                "…"));
        }

        return string.Join('\n', told);
    }

    private static async Task<Story> DeliveredAsync(StoppedCounty county)
    {
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), Cdt(6, 10, 10));
        await story.ContactAsync(Cdt(6, 9, 10), Agent1);
        await story.SentAsync(Cdt(6, 9, 11));
        await story.DeliveredAsync(Cdt(6, 9, 12));
        await story.AttestedAsync(Cdt(6, 9, 13));
        return story;
    }

    private static async Task<string> HearAsync(StoppedCounty county, Actor[] askers, string[] paths)
    {
        var heard = new List<string>();
        foreach (var actor in askers)
        {
            foreach (var path in paths)
                heard.Add($"{actor.Id} {path}\n{System.Text.RegularExpressions.Regex.Replace((await county.AskAsync(actor, path)).Whole(), "\"traceId\":\"[^\"]*\"", "")}");
        }

        return string.Join('\n', heard);
    }
}
