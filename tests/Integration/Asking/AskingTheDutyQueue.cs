using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Supervision;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Asking;

public sealed class AskingTheDutyQueue
{
    /// <summary>One duty of every kind, in due order; the clock stands at 15 June, 09:00.</summary>
    private static async Task<Dictionary<string, Story>> EveryKindAsync(StoppedCounty county)
    {
        async Task<Story> DueAsync(DateTimeOffset due, Actor? agent = null) =>
            await county.OverdoseKnownAsync(await county.ClientAsync(agent), Cdt(6, 1, 10), due, agent);
        var duties = new Dictionary<string, Story>
        {
            ["overdue"] = await DueAsync(Cdt(6, 2, 10)),
            ["metInTime"] = await DueAsync(Cdt(6, 3, 10)),
            ["metLate"] = await DueAsync(Cdt(6, 4, 10)),
            ["notInterested"] = await DueAsync(Cdt(6, 5, 10)),
            ["exempt"] = await DueAsync(Cdt(6, 6, 10)),
            ["impossible"] = await DueAsync(Cdt(6, 7, 10)),
            ["unsupervised"] = await DueAsync(Cdt(6, 8, 10)),
            ["returned"] = await DueAsync(Cdt(6, 9, 10)),
            ["dueSoon"] = await DueAsync(Cdt(6, 15, 11)),
            ["sent"] = await DueAsync(Cdt(6, 20, 10)),
            ["merged"] = await DueAsync(Cdt(6, 21, 10)),
            ["otherOffice"] = await DueAsync(Cdt(6, 22, 10), Agent3),
        };
        await duties["metInTime"].SentAsync(Cdt(6, 2, 11));
        await duties["metInTime"].DeliveredAsync(Cdt(6, 2, 12));
        await duties["metInTime"].AttestedAsync(Cdt(6, 2, 13));
        await duties["metInTime"].VerifiedAsync(Cdt(6, 2, 14));
        await duties["metLate"].SentAsync(Cdt(6, 5, 11));
        await duties["metLate"].DeliveredAsync(Cdt(6, 5, 12));
        await duties["metLate"].AttestedAsync(Cdt(6, 5, 13));
        await duties["notInterested"].NotInterestedAsync(Cdt(6, 2, 9), "I have my own people.");
        await duties["exempt"].OfDutyAsync(
            Cdt(6, 2, 9),
            Supervisor,
            new ReferralDutyExemptionRecorded(duties["exempt"].DutyId, "in-treatment", Supervisor.Id, Sealed<string>.Of("Letter of 2 June")) { ClientId = duties["exempt"].ClientId },
            duties["exempt"].Discharged(DischargePath.Exempt, Cdt(6, 2, 9), null));
        await duties["impossible"].OfDutyAsync(
            Cdt(6, 6, 9),
            Agent1,
            new ReferralDutyImpossibilityRecorded(
                duties["impossible"].DutyId, ImpossibleReason.Unreachable, [new ContactAttempt(Cdt(6, 3, 9), ContactMode.Phone, AttemptOutcome.NoAnswer)])
            {
                ClientId = duties["impossible"].ClientId,
            });
        await duties["unsupervised"].OfDutyAsync(
            Cdt(6, 4, 9), Agent1, new ReferralDutyClosedUnsupervised(duties["unsupervised"].DutyId, DutyPhase.Open) { ClientId = duties["unsupervised"].ClientId });
        await duties["returned"].NotInterestedAsync(Cdt(6, 3, 9), "Not now.");
        await duties["returned"].AttestedAsync(Cdt(6, 3, 10));
        await duties["returned"].ReturnedAsync(Cdt(6, 4, 9), "Ask again in person.");
        await duties["sent"].SentAsync(Cdt(6, 14, 9));
        await duties["merged"].OfDutyAsync(
            Cdt(6, 2, 10), Agent1, new OverdoseMergedIntoDuty(duties["merged"].DutyId, Guid.CreateVersion7(), 3) { ClientId = duties["merged"].ClientId });
        await county.ShowAsync();
        return duties;
    }

    [Fact]
    public async Task Every_filter_keeps_its_own_and_the_counts_agree()
    {
        await using var county = await FoundAsync();
        var duties = await EveryKindAsync(county);
        var names = duties.ToDictionary(one => one.Value.DutyId.ToString(), one => one.Key);
        async Task<string> AskedAsync(string query, Actor? by = null) => string.Join(' ', (await county.AllAsync(by ?? Overseer, $"referral-compliance?{query}"))
            .Select(item => names[item["dutyId"]!.GetValue<string>()]));

        (await AskedAsync("")).ShouldBe(string.Join(' ', duties.Keys));
        (await AskedAsync("sort=-dueAt&limit=5")).ShouldBe(string.Join(' ', duties.Keys.Reverse()));
        (await AskedAsync("", Agent1)).ShouldBe(string.Join(' ', duties.Keys.SkipLast(1)));
        (await AskedAsync("", Supervisor)).ShouldBe(string.Join(' ', duties.Keys.SkipLast(1)));
        (await AskedAsync("", OtherSupervisor)).ShouldBe("otherOffice");
        (await AskedAsync("", Auditor)).ShouldBe(string.Join(' ', duties.Keys));
        (await AskedAsync("", Coordinator)).ShouldBe("");
        (await AskedAsync("office=sun-prairie")).ShouldBe("otherOffice");
        (await AskedAsync("agent=agent-3")).ShouldBe("otherOffice");
        (await AskedAsync("office=sun-prairie", Supervisor)).ShouldBe("");
        (await AskedAsync($"client={duties["sent"].ClientId}")).ShouldBe("sent");
        (await AskedAsync($"dueFrom={At(Cdt(6, 3, 10))}&dueTo={At(Cdt(6, 5, 10))}")).ShouldBe("metInTime metLate");

        var states = new Dictionary<string, string>
        {
            ["open"] = "overdue dueSoon sent merged otherOffice",
            ["overdue"] = "overdue",
            ["dueSoon"] = "dueSoon",
            ["sent"] = "sent",
            ["discharged"] = "metInTime metLate notInterested exempt returned",
            ["metInTime"] = "metInTime notInterested exempt returned",
            ["metLate"] = "metLate",
            ["referred"] = "metInTime metLate",
            ["notInterested"] = "notInterested returned",
            ["exempt"] = "exempt",
            ["impossible"] = "impossible",
            ["noLongerSupervised"] = "unsupervised",
            ["attested"] = "metInTime metLate",
            ["unattested"] = "notInterested exempt returned",
            ["verified"] = "metInTime",
            ["unverified"] = "metLate notInterested exempt impossible returned",
            ["returned"] = "returned",
            ["merged"] = "merged",
        };
        var counts = (await county.AskAsync(Overseer, "referral-compliance/counts")).Ok()["counts"]!;
        counts["all"]!.GetValue<int>().ShouldBe(duties.Count);
        foreach (var (state, expected) in states)
        {
            (await AskedAsync($"state={state}")).ShouldBe(expected, state);
            if (counts[state == "sent" ? "sentUndelivered" : state] is { } counted)
                counted.GetValue<int>().ShouldBe(expected.Split(' ').Length, state);
            (await county.AskAsync(Overseer, $"referral-compliance/counts?state={state}")).Ok()["counts"]!["all"]!.GetValue<int>()
                .ShouldBe(expected.Split(' ').Length, state);
        }

        (await AskedAsync("state=discharged&state=unverified&office=madison")).ShouldBe("metLate notInterested exempt returned");
        (await AskedAsync("state=open&state=verified")).ShouldBe("");
    }

    [Fact]
    public async Task Each_item_says_where_it_stands()
    {
        await using var county = await FoundAsync();
        var duties = await EveryKindAsync(county);
        var items = (await county.AllAsync(Supervisor, "referral-compliance")).ToDictionary(item => item["dutyId"]!.GetValue<string>());
        JsonNode Item(string name) => items[duties[name].DutyId.ToString()];

        Item("overdue")["state"]!.GetValue<string>().ShouldBe("overdue");
        Item("overdue")["minutesLeft"]!.GetValue<long>().ShouldBe(-(13 * 24 * 60) + 60);
        Item("dueSoon")["minutesLeft"]!.GetValue<long>().ShouldBe(120);
        Item("metLate")["metInTime"]!.GetValue<bool>().ShouldBeFalse();
        Item("metLate")["minutesLeft"].ShouldBeNull();
        Item("metInTime")["referral"]!["proof"]!.GetValue<string>().ShouldBe("receiverAcknowledgement");
        Item("metInTime")["attestation"]!["by"]!.GetValue<string>().ShouldBe("agent-1");
        Item("metInTime")["verification"]!["by"]!.GetValue<string>().ShouldBe("sup-1");
        Item("notInterested")["notInterested"]!["reofferDueOn"]!.GetValue<string>().ShouldBe("2026-09-01");
        Item("exempt")["exemption"]!["reasonCode"]!.GetValue<string>().ShouldBe("in-treatment");
        Item("impossible")["impossibility"]!["attempts"]!.AsArray().Count.ShouldBe(1);
        Item("unsupervised")["phaseWhenClosed"]!.GetValue<string>().ShouldBe("open");
        Item("returned")["return"]!["reason"]!.GetValue<string>().ShouldBe("Ask again in person.");
        Item("sent")["state"]!.GetValue<string>().ShouldBe("open");
        Item("sent")["referral"]!["step"]!.GetValue<string>().ShouldBe("sent");
        Item("merged")["overdoses"]!.AsArray().Count.ShouldBe(2);
        items.Values.ShouldAllBe(item => item["engagement"]!.GetValue<string>() == "restricted" && item["policyVersion"]!.GetValue<int>() == 3);
    }

    [Fact]
    public async Task A_page_and_its_next_ones_are_from_one_moment_while_writes_go_on()
    {
        await using var county = await FoundAsync();
        var clientId = await county.ClientAsync();
        for (var n = 0; n < 9; n++)
            await county.OverdoseKnownAsync(clientId, Cdt(6, 1, 10), Cdt(6, 2 + n, 10));
        await county.ShowAsync();
        var all = (await county.AskAsync(Agent1, "referral-compliance")).Ok()["items"]!.AsArray().Select(item => item!.ToJsonString());

        var paged = await county.AllAsync(Agent1, "referral-compliance?limit=2", async () =>
        {
            county.Clock.Now += TimeSpan.FromHours(7);
            var story = await county.OverdoseKnownAsync(clientId, Cdt(6, 1, 10), Cdt(6, 5, 11));
            await story.NotInterestedAsync(Cdt(6, 2, 9), "No.");
            await county.ShowAsync();
        });

        paged.Select(item => item.ToJsonString()).ShouldBe(all);
    }

    [Fact]
    public async Task A_cursor_is_of_its_own_question_and_asker()
    {
        await using var county = await FoundAsync();
        var clientId = await county.ClientAsync();
        await county.OverdoseKnownAsync(clientId, Cdt(6, 1, 10));
        await county.OverdoseKnownAsync(clientId, Cdt(6, 1, 10));
        await county.ShowAsync();
        var first = await county.AskAsync(Agent1, "referral-compliance?limit=1");
        var next = first.Ok()["next"]!.GetValue<string>();
        first.Headers["Link"].ShouldBe($"<{next}>; rel=\"next\"");

        (await county.AskAsync(Agent1, next)).Ok();
        (await county.AskAsync(Agent1, next + "&state=open")).ShouldBeProblem(400, "bad-cursor");
        (await county.AskAsync(Agent2, next)).ShouldBeProblem(400, "bad-cursor");
        (await county.AskAsync(Agent1, next[..^2])).ShouldBeProblem(400, "bad-cursor");
    }

    [Fact]
    public async Task Both_agents_see_a_duty_that_followed_its_client_and_only_the_present_one_its_words()
    {
        await using var county = await FoundAsync();
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 1, 10));
        await county.RecordAsync(Supervisor, StreamIds.Supervision(story.ClientId), "supervision",
            [new AgentReassigned("agent-1", "agent-2", "dcc", "madison", Sealed<string>.Of("Leave.")) { ClientId = story.ClientId }.At(Cdt(6, 1, 12))]);
        await story.OfDutyAsync(Cdt(6, 1, 12), Supervisor, new ReferralDutyReassigned(story.DutyId, "agent-1", "agent-2", "dcc", "madison") { ClientId = story.ClientId });
        await story.NotInterestedAsync(Cdt(6, 1, 13), "The client's own words.");
        await county.ShowAsync();

        (await county.AllAsync(Agent1, "referral-compliance")).ShouldBeEmpty();
        (await county.AllAsync(Agent1, "referral-compliance?held=previously")).ShouldHaveSingleItem()["agentId"]!.GetValue<string>().ShouldBe("agent-2");
        (await county.AllAsync(Agent2, "referral-compliance?held=previously")).ShouldBeEmpty();
        (await county.AllAsync(Agent2, "referral-compliance")).ShouldHaveSingleItem()["previousAgentIds"]![0]!.GetValue<string>().ShouldBe("agent-1");
        var path = $"referral-compliance/{story.DutyId}";
        (await county.AskAsync(Agent2, path)).Text.ShouldContain("own words");
        (await county.AskAsync(Supervisor, path)).Text.ShouldContain("own words");
        (await county.AskAsync(Agent1, path)).Ok();
        (await county.AskAsync(Agent1, path)).Text.ShouldNotContain("own words");
        (await county.AskAsync(Agent3, path)).ShouldBeProblem(404, "duty-not-found");
        (await county.AskAsync(OtherSupervisor, path)).ShouldBeProblem(404, "duty-not-found");
        (await county.AskAsync(Coordinator, path)).ShouldBeProblem(404, "duty-not-found");
        (await county.AskAsync(Supervisor, $"referral-compliance/{Guid.CreateVersion7()}")).ShouldBeProblem(404, "duty-not-found");
    }

    [Fact]
    public async Task Shows_the_facts_behind_a_duty_and_none_of_the_receivers()
    {
        await using var county = await FoundAsync();
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 1, 10));
        await story.SentAsync(Cdt(6, 1, 11));
        await story.DeliveredAsync(Cdt(6, 1, 12));
        await story.AttestedAsync(Cdt(6, 1, 13));
        await story.CoachedAsync(Cdt(6, 1, 14));
        await county.ShowAsync();

        var answer = await county.AskAsync(Supervisor, $"referral-compliance/{story.DutyId}");
        var facts = answer.Ok()["facts"]!.AsArray();

        facts.Select(fact => fact!["kind"]!.GetValue<string>()).ShouldBe(
        [
            "overdose_known_to_agent", "referral_duty_triggered", "referral_created", "referral_sent", "referral_delivery_confirmed",
            "referral_duty_discharged", "referral_attestation_given",
        ]);
        facts[1]!["policyVersion"]!.GetValue<int>().ShouldBe(3);
        facts[2]!["said"]!.GetValue<string>().ShouldBe("Call in the afternoon.");
        facts[4]!["by"]!.GetValue<string>().ShouldBe("coach-1");
        answer.Headers["ETag"].ShouldBe("\"4\"");
        (await county.AskAsync(Supervisor, $"referral-compliance/{story.DutyId}?asOf={At(Cdt(6, 1, 11, 30))}")).Ok()["facts"]!.AsArray().Count.ShouldBe(4);
        (await county.AskAsync(Supervisor, $"referral-compliance/{story.DutyId}?asOf={At(Cdt(6, 1, 9))}")).ShouldBeProblem(404, "duty-not-found");
    }

    [Fact]
    public async Task Is_for_those_who_answer_for_duties()
    {
        await using var county = await FoundAsync();
        await county.ShowAsync();

        (await county.AskAsync(AuditorWithoutGrant, "referral-compliance")).ShouldBeProblem(403, "no-audit-grant");
        (await county.AskAsync(AuditorWithoutGrant, "referral-compliance/counts")).ShouldBeProblem(403, "no-audit-grant");
        (await county.AskAsync(Coach, "referral-compliance")).ShouldBeProblem(403, "role-not-allowed");
        (await county.AskAsync(Administrator, "referral-compliance/counts")).ShouldBeProblem(403, "role-not-allowed");
        (await county.AskAsync(Coordinator, "referral-compliance/counts")).Ok()["counts"]!["all"]!.GetValue<int>().ShouldBe(0);
        county.Clock.Now = Cdt(9, 1, 9);
        (await county.AskAsync(Auditor, "referral-compliance")).ShouldBeProblem(403, "no-audit-grant");
    }

    [Theory]
    [InlineData("state=late", "bad-parameter")]
    [InlineData("state=Open", "bad-parameter")]
    [InlineData("states=open", "unknown-parameter")]
    [InlineData("sort=clientCode", "bad-parameter")]
    [InlineData("limit=0", "bad-parameter")]
    [InlineData("limit=201", "bad-parameter")]
    [InlineData("cursor=abc", "bad-cursor")]
    [InlineData("dueFrom=2026-06-01", "bad-parameter")]
    [InlineData("asOf=2026-06-01T10:00:00", "bad-parameter")]
    [InlineData("agent=A%00", "bad-parameter")]
    [InlineData("agent=a&agent=b", "bad-parameter")]
    [InlineData("client=7", "bad-parameter")]
    [InlineData("asRecordedPosition=-1", "bad-parameter")]
    public async Task Refuses_what_it_cannot_read(string query, string code)
    {
        await using var county = await FoundAsync();

        (await county.AskAsync(Supervisor, $"referral-compliance?{query}")).ShouldBeProblem(400, code);
    }
}
