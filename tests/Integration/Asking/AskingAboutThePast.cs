using System.Globalization;
using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Asking;

public sealed class AskingAboutThePast
{
    [Fact]
    public async Task Golden_scenario_3_happened_on_the_1st_learned_on_the_9th_recorded_on_the_12th()
    {
        await using var county = await FoundAsync();
        var clientId = await county.ClientAsync();
        await county.RecordedAtAsync(Cdt(5, 4, 10), afterPosition: 0);
        var before = await county.ShowAsync();
        var story = await county.OverdoseKnownAsync(clientId, Cdt(6, 9, 10), Cdt(6, 10, 10), occurredAt: Cdt(6, 1, 22));
        await county.RecordedAtAsync(Cdt(6, 12, 11), before);
        async Task<string[]> KindsAsync(string query) => [.. (await county.AllAsync(Agent1, $"clients/{clientId}/timeline?kind=overdose_reported&kind=overdose_known_to_agent&direction=oldest&{query}"))
            .Select(item => item["kind"]!.GetValue<string>())];
        async Task<int> DutiesAsync(string query) => (await county.AllAsync(Agent1, $"referral-compliance?{query}")).Count;

        // The duty runs from the 9th and is judged from the 9th.
        var duty = (await county.AllAsync(Agent1, "referral-compliance")).ShouldHaveSingleItem();
        duty["clockStartsAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 9, 10));
        duty["state"]!.GetValue<string>().ShouldBe("overdue");

        // As recorded on the 10th: nothing, the system did not know yet.
        (await KindsAsync($"asRecorded={At(Cdt(6, 10, 12))}")).ShouldBeEmpty();
        (await DutiesAsync($"asRecorded={At(Cdt(6, 10, 12))}")).ShouldBe(0);

        // As recorded on the 12th: with all three times.
        var shown = (await county.AllAsync(Agent1, $"clients/{clientId}/timeline?kind=overdose_reported&asRecorded={At(Cdt(6, 12, 12))}")).ShouldHaveSingleItem();
        shown["occurredAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 1, 22));
        shown["knownAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 9, 10));
        shown["recordedAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 12, 11));
        (await DutiesAsync($"asRecorded={At(Cdt(6, 12, 12))}")).ShouldBe(1);

        // As of the 5th, with all that is recorded today: the overdose, but no duty.
        (await KindsAsync($"asOf={At(Cdt(6, 5, 12))}")).ShouldBe(["overdose_reported"]);
        (await DutiesAsync($"asOf={At(Cdt(6, 5, 12))}")).ShouldBe(0);
        (await KindsAsync($"asOf={At(Cdt(6, 9, 12))}")).ShouldBe(["overdose_reported", "overdose_known_to_agent"]);
        (await DutiesAsync($"asOf={At(Cdt(6, 9, 12))}")).ShouldBe(1);

        // A packet of the 11th, reproduced later, has neither.
        (await KindsAsync($"asRecorded={At(Cdt(6, 11, 9))}&asOf={At(Cdt(6, 11, 9))}")).ShouldBeEmpty();
        (await DutiesAsync($"asRecorded={At(Cdt(6, 11, 9))}&asOf={At(Cdt(6, 11, 9))}")).ShouldBe(0);
        (await county.AskAsync(Agent1, $"referral-compliance/{story.DutyId}?asRecorded={At(Cdt(6, 11, 9))}")).ShouldBeProblem(404, "duty-not-found");
    }

    [Fact]
    public async Task Due_and_overdue_are_judged_at_the_asked_instant()
    {
        await using var county = await FoundAsync();
        await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 1, 10), Cdt(6, 20, 10));
        await county.ShowAsync();
        async Task<(string State, long? Left)> AtAsync(string query)
        {
            var item = (await county.AllAsync(Agent1, $"referral-compliance?{query}")).ShouldHaveSingleItem();
            return (item["state"]!.GetValue<string>(), item["minutesLeft"]?.GetValue<long>());
        }

        (await AtAsync("")).ShouldBe(("open", 5 * 24 * 60 + 60));
        (await AtAsync($"asOf={At(Cdt(6, 20, 9))}")).ShouldBe(("dueSoon", 60));
        (await AtAsync($"asOf={At(Cdt(6, 20, 10))}")).ShouldBe(("dueSoon", 0));
        // What will be overdue if nothing happens.
        (await AtAsync($"asOf={At(Cdt(6, 20, 11))}&state=overdue")).ShouldBe(("overdue", -60));
        (await county.AllAsync(Agent1, "referral-compliance?state=overdue")).ShouldBeEmpty();
        county.Clock.Now = Cdt(6, 20, 10, 1);
        (await AtAsync("state=overdue")).ShouldBe(("overdue", -1));
    }

    [Fact]
    public async Task An_open_duty_whose_knowing_was_corrected_is_due_at_the_corrected_time_and_was_not_before()
    {
        await using var county = await FoundAsync();
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), Cdt(6, 10, 10));
        var before = await county.ShowAsync();
        await CorrectAsync(
            story, Cdt(6, 8, 10),
            new ReferralDutyDueMoved(story.DutyId, Cdt(6, 10, 10), Cdt(6, 8, 10), Cdt(6, 9, 10), Cdt(6, 9, 6), 3) { ClientId = story.ClientId });
        await county.ShowAsync();

        var now = await OneAsync(county, story, "");
        now["dueAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 9, 10));
        now["overdoses"]![0]!["knownAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 8, 10));
        now["overdoses"]![0]!["previousKnownAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 9, 10));
        now["corrections"]![0]!["previousDueAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 10, 10));

        var then = await OneAsync(county, story, $"asRecordedPosition={before}");
        then["dueAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 10, 10));
        then["corrections"]!.AsArray().ShouldBeEmpty();

        // It had occurred on the 8th, as is known today.
        (await OneAsync(county, story, $"asOf={At(Cdt(6, 8, 12))}"))["dueAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 9, 10));
        (await county.AllAsync(Agent1, $"referral-compliance?asOf={At(Cdt(6, 8, 12))}&asRecordedPosition={before}")).ShouldBeEmpty();
        var timeline = (await county.AllAsync(Agent1, $"clients/{story.ClientId}/timeline?kind=overdose_known_to_agent")).ShouldHaveSingleItem();
        timeline["correction"]!["reason"]!.GetValue<string>().ShouldBe("The call was the day before.");
        timeline["correction"]!["previousOccurredAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 9, 10));
    }

    [Fact]
    public async Task A_met_duty_whose_knowing_was_corrected_is_judged_again_and_both_verdicts_can_be_seen()
    {
        await using var county = await FoundAsync();
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), Cdt(6, 10, 10));
        await story.NotInterestedAsync(Cdt(6, 10, 9), "No.");
        await story.AttestedAsync(Cdt(6, 10, 9));
        await story.VerifiedAsync(Cdt(6, 10, 9));
        var before = await county.ShowAsync();
        await CorrectAsync(
            story, Cdt(6, 8, 10),
            new ReferralDutyRejudged(story.DutyId, Cdt(6, 10, 10), Cdt(6, 8, 10), Cdt(6, 9, 10), WasInTime: true, InTime: false, 3) { ClientId = story.ClientId });
        await county.ShowAsync();

        var now = await OneAsync(county, story, "");
        now["metInTime"]!.GetValue<bool>().ShouldBeFalse();
        now["verification"].ShouldBeNull();
        now["attestation"].ShouldNotBeNull();
        var then = await OneAsync(county, story, $"asRecordedPosition={before}");
        then["metInTime"]!.GetValue<bool>().ShouldBeTrue();
        then["verification"].ShouldNotBeNull();
        // Before its discharge it was open, and late by what is known today.
        var open = await OneAsync(county, story, $"asOf={At(Cdt(6, 9, 12))}");
        open["metInTime"].ShouldBeNull();
        open["state"]!.GetValue<string>().ShouldBe("overdue");
        (await county.AllAsync(Agent1, "referral-compliance?state=metLate")).Count.ShouldBe(1);
        (await county.AllAsync(Agent1, $"referral-compliance?state=metInTime&asRecordedPosition={before}")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_position_from_an_answer_gives_the_same_bytes_for_ever()
    {
        await using var county = await FoundAsync();
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), Cdt(6, 10, 10));
        await story.SentAsync(Cdt(6, 9, 11));
        await county.ShowAsync();
        string[] paths =
        [
            "referral-compliance", "referral-compliance/counts", $"referral-compliance/{story.DutyId}", $"clients/{story.ClientId}/timeline", "caseload",
        ];
        var first = new Dictionary<string, string>();
        foreach (var path in paths)
            first[path] = await AgainAsync(path);
        async Task<string> AgainAsync(string path, long? position = null)
        {
            var at = position ?? (await county.AskAsync(Agent1, path)).Ok()["position"]!.GetValue<long>();
            return (await county.AskAsync(Agent1, $"{path}?asRecordedPosition={at}")).Whole();
        }

        var positions = first.ToDictionary(one => one.Key, one => JsonNode.Parse(one.Value[one.Value.IndexOf('{', StringComparison.Ordinal)..])!["position"]!.GetValue<long>());
        await story.DeliveredAsync(Cdt(6, 11, 9));
        await story.ContactAsync(Cdt(6, 11, 10), Agent1);
        await county.ShowAsync();
        county.Clock.Now = Cdt(7, 1, 9);

        foreach (var path in paths)
        {
            (await AgainAsync(path, positions[path])).ShouldBe(first[path], path);
            (await county.AskAsync(Agent1, path)).Ok()["position"]!.GetValue<long>().ShouldBeGreaterThan(positions[path], path);
        }
    }

    [Fact]
    public async Task An_answer_of_now_can_be_had_again_by_its_position_and_instant()
    {
        await using var county = await FoundAsync();
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 14, 10), Cdt(6, 15, 10));
        await county.ShowAsync();
        var now = (await county.AskAsync(Agent1, "referral-compliance")).Ok();
        await story.NotInterestedAsync(Cdt(6, 15, 9), "No.");
        await county.ShowAsync();
        county.Clock.Now = Cdt(6, 16, 9);

        var evaluatedAt = now["evaluatedAt"]!.GetValue<DateTimeOffset>();
        var again = (await county.AskAsync(Agent1, $"referral-compliance?asRecordedPosition={now["position"]}&asOf={At(evaluatedAt)}")).Ok();

        again["items"]!.ToJsonString().ShouldBe(now["items"]!.ToJsonString());
        again["evaluatedAt"]!.GetValue<DateTimeOffset>().ShouldBe(evaluatedAt);
    }

    [Fact]
    public async Task Refuses_a_past_that_is_none()
    {
        await using var county = await FoundAsync();
        var end = await county.ShowAsync();

        (await county.AskAsync(Agent1, $"caseload?asRecordedPosition={end}")).Ok();
        var refused = (await county.AskAsync(Agent1, $"caseload?asRecordedPosition={end + 1}")).ShouldBeProblem(422, "position-beyond-log");
        refused.AsObject().Remove("traceId").ShouldBeTrue("its digits are chance");
        refused.ToJsonString().ShouldNotContain(end.ToString(CultureInfo.InvariantCulture));
        (await county.AskAsync(Agent1, $"caseload?asRecorded={At(county.Clock.Now.AddHours(1))}")).ShouldBeProblem(422, "as-recorded-ahead");
        (await county.AskAsync(Agent1, $"caseload?asRecorded={At(county.Clock.Now)}&asRecordedPosition=1")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Agent1, "caseload?asOf=2026-06-09T10:00:00+05:00")).Ok();
        (await county.AskAsync(Agent1, "caseload?asOf=2026-06-09T10:00:00%2B05:00")).Ok();
    }

    [Fact]
    public async Task Waits_for_the_write_that_must_show_and_then_says_so()
    {
        await using var county = await FoundAsync();
        await county.ClientAsync();
        var waiting = county.AskAsync(Agent1, "caseload", ("If-Consistent-With", $"{county.LastSequence}"));
        await county.ShowAsync();

        (await waiting).Ok()["items"]!.AsArray().Count.ShouldBe(1);
        await county.ClientAsync();
        var late = await county.AskAsync(Agent1, "caseload", ("If-Consistent-With", $"{county.LastSequence}"));
        late.ShouldBeProblem(503, "view-behind");
        late.Headers["Retry-After"].ShouldBe("1");
        (await county.AskAsync(Agent1, "caseload", ("If-Consistent-With", "soon"))).ShouldBeProblem(400, "bad-parameter");
    }

    private static Task CorrectAsync(Story story, DateTimeOffset knownAt, DutyEvent consequence) => story.OfDutyAsync(
        knownAt,
        story.Agent,
        new AgentKnowledgeCorrected(story.OverdoseId, story.DutyId, story.KnownEventId, Cdt(6, 9, 10), knownAt, Sealed<string>.Of("The call was the day before."))
        {
            ClientId = story.ClientId,
        },
        consequence);

    private static async Task<JsonNode> OneAsync(StoppedCounty county, Story story, string query) =>
        (await county.AskAsync(Agent1, $"referral-compliance/{story.DutyId}?{query}")).Ok()["duty"]!;
}
