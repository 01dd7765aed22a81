using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Supervision;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Asking;

public sealed class ReadingTheOtherViews
{
    [Fact]
    public async Task A_timeline_is_for_those_whose_client_it_is_and_shows_their_own_agencys_entries()
    {
        await using var county = await FoundAsync();
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10));
        await story.SentAsync(Cdt(6, 9, 11));
        await story.DeliveredAsync(Cdt(6, 9, 12));
        await story.CoachedAsync(Cdt(6, 9, 13));
        await county.ShowAsync();
        var path = $"clients/{story.ClientId}/timeline";
        async Task<string[]> AgenciesAsync(Actor actor) =>
            [.. (await county.AllAsync(actor, path)).Select(item => item["sourceAgency"]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal)];

        foreach (var actor in new[] { Agent1, Supervisor })
            (await AgenciesAsync(actor)).ShouldBe(["dcc"]);
        (await AgenciesAsync(Coach)).ShouldBe(["safe-communities"]);
        foreach (var actor in new[] { Auditor, PrivacyOfficer })
            (await AgenciesAsync(actor)).ShouldBe(["dcc", "safe-communities"]);
        (await county.AskAsync(Agent1, path)).Ok()["otherAgencies"]!.GetValue<string>().ShouldBe("restricted");
        (await county.AskAsync(Auditor, path)).Ok()["otherAgencies"]!.GetValue<string>().ShouldBe("shown");

        (await county.AskAsync(AuditorWithoutGrant, path)).ShouldBeProblem(403, "no-audit-grant");
        (await county.AskAsync(Administrator, path)).ShouldBeProblem(403, "role-not-allowed");
        var nobody = Guid.CreateVersion7();
        foreach (var stranger in new[] { Agent2, OtherSupervisor, Overseer, OtherCoach, Coordinator })
        {
            var theirs = (await county.AskAsync(stranger, path)).ShouldBeProblem(404, "client-not-found");
            var none = (await county.AskAsync(stranger, $"clients/{nobody}/timeline")).ShouldBeProblem(404, "client-not-found");
            Anonymous(theirs, story.ClientId).ShouldBe(Anonymous(none, nobody));
        }

        (await county.AskAsync(Auditor, $"clients/{nobody}/timeline")).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task A_timeline_is_filtered_by_date_intercept_and_kind_in_either_direction()
    {
        await using var county = await FoundAsync();
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), occurredAt: Cdt(6, 8, 22));
        await story.ContactAsync(Cdt(6, 10, 9), Agent1);
        await county.RecordAsync(Agent1, story.OverdoseId, "overdose",
            [
                new OverdoseReportCorrected(
                    Guid.CreateVersion7(), Cdt(6, 8, 20),
                    new OverdoseDetails(Fatality.NonFatal, Certainty.Confirmed, ["fentanyl"], NaloxoneGiven: true, NaloxoneDoses: 3, "dane"),
                    Sealed<string>.Of("The hospital says so."))
                {
                    OverdoseId = story.OverdoseId,
                    ClientId = story.ClientId,
                }.At(Cdt(6, 8, 20)),
            ]);
        await county.ShowAsync();
        var path = $"clients/{story.ClientId}/timeline";
        async Task<string> KindsAsync(string query) => string.Join(' ', (await county.AllAsync(Agent1, $"{path}?{query}")).Select(item => item["kind"]!.GetValue<string>()));

        const string oldest = "client_registered supervision_started agent_assigned";
        (await KindsAsync($"direction=oldest&to={At(Cdt(6, 1, 0))}&limit=2")).ShouldBe(oldest);
        (await KindsAsync($"from={At(Cdt(6, 10, 0))}")).ShouldBe("supervision_contact_reported");
        (await KindsAsync("intercept=0")).ShouldBe("overdose_reported");
        (await KindsAsync("intercept=5&kind=overdose_reported")).ShouldBe("overdose_reported");
        (await KindsAsync("kind=overdose_reported&kind=supervision_contact_reported")).ShouldBe("supervision_contact_reported overdose_reported");
        (await county.AskAsync(Agent1, $"{path}?kind=overdose")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Agent1, $"{path}?kind=agency_registered")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Agent1, $"{path}?intercept=6")).ShouldBeProblem(400, "bad-parameter");

        var corrected = (await county.AllAsync(Agent1, $"{path}?kind=overdose_reported")).ShouldHaveSingleItem();
        corrected["summary"]!.GetValue<string>().ShouldBe("Overdose confirmed: fentanyl; naloxone given (3)");
        corrected["correction"]!["previousSummary"]!.GetValue<string>().ShouldBe("Overdose suspected: heroin; naloxone given (2)");
        corrected["correction"]!["reason"]!.GetValue<string>().ShouldBe("The hospital says so.");
        (await county.AllAsync(Agent1, $"{path}?limit=1")).Count.ShouldBe((await county.AllAsync(Agent1, path)).Count);
    }

    [Fact]
    public async Task A_caseload_is_the_agents_own_or_the_offices()
    {
        await using var county = await FoundAsync();
        var quiet = await county.ClientAsync();
        var late = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), Cdt(6, 20, 10));
        var soon = await county.OverdoseKnownAsync(await county.ClientAsync(Agent2), Cdt(6, 9, 10), Cdt(6, 10, 10), Agent2);
        await county.ClientAsync(Agent3);
        await late.ContactAsync(Cdt(6, 9, 9), Agent1);
        await late.ContactAsync(Cdt(6, 10, 9), Agent2);
        await county.ShowAsync();
        async Task<Guid[]> ClientsAsync(Actor actor, string query = "") =>
            [.. (await county.AllAsync(actor, $"caseload?{query}")).Select(item => item["clientId"]!.GetValue<Guid>())];

        (await ClientsAsync(Agent1)).ShouldBe([late.ClientId, quiet]);
        (await ClientsAsync(Agent1, "openDuties=true")).ShouldBe([late.ClientId]);
        (await ClientsAsync(Supervisor, "limit=1")).ShouldBe([soon.ClientId, late.ClientId, quiet]);
        (await ClientsAsync(Supervisor, "agent=agent-2")).ShouldBe([soon.ClientId]);
        (await ClientsAsync(Supervisor, "agent=agent-3")).ShouldBeEmpty();
        (await county.AskAsync(Agent1, "caseload?agent=agent-2")).ShouldBeProblem(403, "not-own-caseload");
        (await county.AskAsync(Coach, "caseload")).ShouldBeProblem(403, "role-not-allowed");

        var item = (await county.AllAsync(Agent1, "caseload"))[0];
        item["clientCode"]!.GetValue<string>().ShouldBe(ClientCode.Of(late.ClientId));
        item["nextDueAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 20, 10));
        item["openDuties"]![0]!["dutyId"]!.GetValue<Guid>().ShouldBe(late.DutyId);
        item["ownLastContactAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 9, 9));

        await county.RecordAsync(Supervisor, StreamIds.Supervision(late.ClientId), "supervision",
            [new AgentReassigned("agent-1", "agent-2", "dcc", "madison", Sealed<string>.Of("Leave.")) { ClientId = late.ClientId }.At(Cdt(6, 11, 9))]);
        await county.ShowAsync();
        (await county.AllAsync(Agent2, "caseload"))[1]["ownLastContactAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 10, 9));
        (await ClientsAsync(Agent1, $"asOf={At(Cdt(6, 10, 12))}")).ShouldBe([late.ClientId, quiet]);
    }

    [Fact]
    public async Task An_inbox_shows_what_the_agency_holds_with_the_senders_words_and_no_drafts()
    {
        await using var county = await FoundAsync();
        var sent = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10));
        await sent.SentAsync(Cdt(6, 9, 11), "Call in the afternoon.");
        var taken = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10));
        await taken.SentAsync(Cdt(6, 9, 12));
        await taken.DeliveredAsync(Cdt(6, 9, 13));
        await taken.CoachedAsync(Cdt(6, 9, 14));
        var other = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10));
        await other.SentAsync(Cdt(6, 9, 12), to: "tellurian");
        await county.ShowAsync();
        var before = (await county.AskAsync(Coach, "referral-inbox")).Whole();
        var draft = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10));
        await draft.CreatedAsync(Cdt(6, 9, 12));
        await draft.OfReferralAsync(
            Cdt(6, 9, 13), Agent1, new ReferralWithdrawn(WithdrawalReason.SentInError) { ReferralId = draft.ReferralId, ClientId = draft.ClientId, DutyId = draft.DutyId });
        await other.OfIntakeAsync(Cdt(6, 9, 13), OtherCoach, new ReferralAccepted("coach-2") { ReferralId = other.ReferralId, ClientId = other.ClientId, ProviderAgencyId = "tellurian" });
        await county.ShowAsync();

        (await county.AskAsync(Coach, "referral-inbox")).Whole().ShouldBe(before);
        var items = await county.AllAsync(Coach, "referral-inbox?limit=1");
        items.Select(item => item["referralId"]!.GetValue<Guid>()).ShouldBe([sent.ReferralId, taken.ReferralId]);
        items[0]["message"]!.GetValue<string>().ShouldBe("Call in the afternoon.");
        items[1]["attempts"]!.AsArray().Count.ShouldBe(1);
        (await county.AllAsync(Coach, "referral-inbox?status=new")).ShouldHaveSingleItem();
        (await county.AllAsync(Coach, "referral-inbox?status=closed")).ShouldBeEmpty();
        (await county.AllAsync(Coach, "referral-inbox?sort=-receivedAt"))[0]["referralId"]!.GetValue<Guid>().ShouldBe(taken.ReferralId);
        (await county.AskAsync(Coach, "referral-inbox?status=draft")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Agent1, "referral-inbox")).ShouldBeProblem(403, "role-not-allowed");

        await sent.OfIntakeAsync(
            Cdt(6, 10, 9), Coach, new ReferralRedirected("tellurian", Sealed<string>.Of("Lives there.")) { ReferralId = sent.ReferralId, ClientId = sent.ClientId, ProviderAgencyId = "safe-communities" });
        await county.ShowAsync();
        (await county.AllAsync(Coach, "referral-inbox")).ShouldHaveSingleItem();
        (await county.AllAsync(OtherCoach, "referral-inbox")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_referral_that_was_passed_on_tells_the_next_provider_nothing_of_what_the_one_before_did()
    {
        await using var county = await FoundAsync();
        await using var quiet = await FoundAsync();
        var touched = await DeliveredAsync(county);
        var untouched = await DeliveredAsync(quiet);
        var before = (await county.AskAsync(OtherCoach, "referral-inbox")).Whole();
        await touched.CoachedAsync(Cdt(6, 9, 13));
        await touched.OfIntakeAsync(
            Cdt(6, 9, 14), Coach, new ReferralDeclinedByReceiver(ReceiverDeclineReason.NoCapacity) { ReferralId = touched.ReferralId, ClientId = touched.ClientId, ProviderAgencyId = "safe-communities" });
        await county.ShowAsync();
        (await county.AskAsync(OtherCoach, "referral-inbox")).Whole().ShouldBe(before);

        var shown = await PassedOnAsync(touched);
        shown.ShouldBe(await PassedOnAsync(untouched));
        shown[0].ShouldContain("\"attempts\":[],\"firstContactAt\":null,\"declineReason\":null,\"outcome\":null");
        shown[0].ShouldContain("\"status\":\"new\"");

        // What the next one told of a day before says nothing to the one before, and the next one's own counts.
        var asOf = $"referral-inbox?asOf={At(Cdt(6, 9, 20))}";
        var theirs = (await county.AskAsync(Coach, asOf)).Whole();
        await touched.OfIntakeAsync(Cdt(6, 9, 19), OtherCoach, new ReferralAcknowledged("coach-2") { ReferralId = touched.ReferralId, ClientId = touched.ClientId, ProviderAgencyId = "tellurian" });
        await touched.OfIntakeAsync(Cdt(6, 9, 19), OtherCoach, new ReferralAccepted("coach-2") { ReferralId = touched.ReferralId, ClientId = touched.ClientId, ProviderAgencyId = "tellurian" });
        await county.ShowAsync();
        (await county.AskAsync(Coach, asOf)).Whole().ShouldBe(theirs);
        (await county.AllAsync(OtherCoach, "referral-inbox?status=accepted")).ShouldHaveSingleItem();
        (await county.AskAsync(OtherCoach, $"referrals/{touched.ReferralId}/intake")).Headers["ETag"].ShouldBe("\"2\"");

        static async Task<Story> DeliveredAsync(StoppedCounty where)
        {
            var story = await where.OverdoseKnownAsync(await where.ClientAsync(), Cdt(6, 9, 10));
            await story.SentAsync(Cdt(6, 9, 11));
            await story.DeliveredAsync(Cdt(6, 9, 12));
            await where.ShowAsync();
            return story;
        }

        static async Task<string[]> PassedOnAsync(Story story)
        {
            await story.OfIntakeAsync(
                Cdt(6, 10, 9), Coach, new ReferralRedirected("tellurian", Sealed<string>.Of("Lives there.")) { ReferralId = story.ReferralId, ClientId = story.ClientId, ProviderAgencyId = "safe-communities" });
            var position = await story.County.ShowAsync();
            var inbox = (await story.County.AskAsync(OtherCoach, "referral-inbox")).Ok();
            inbox["position"]!.GetValue<long>().ShouldBe(position, "the passing on is the last that moved it");
            var asked = new[] { "referral-inbox", "referral-inbox?status=new", "referral-inbox?status=inContact", $"referral-inbox?asOf={At(Cdt(6, 9, 20))}", $"referrals/{story.ReferralId}/intake" };
            var told = new List<string>();
            foreach (var path in asked)
            {
                var heard = await story.County.AskAsync(OtherCoach, path);
                var answer = heard.Ok();
                answer["position"] = null;
                told.Add(heard.Headers.GetValueOrDefault("ETag") + answer.ToJsonString()
                    .Replace(story.ReferralId.ToString(), "referral", StringComparison.Ordinal)
                    .Replace(story.ClientId.ToString(), "client", StringComparison.Ordinal)
                    .Replace(ClientCode.Of(story.ClientId), "code", StringComparison.Ordinal));
            }

            return [.. told];
        }
    }

    [Fact]
    public async Task Where_the_views_stand_is_for_the_administrator()
    {
        await using var county = await FoundAsync();
        var end = await county.ShowAsync();

        var answer = (await county.AskAsync(Administrator, "admin/projections")).Ok();
        var views = answer["views"]!.AsArray();

        views.Select(view => view!["name"]!.GetValue<string>()).ShouldBe(["referral_compliance", "timeline", "caseload", "referral_inbox", "units_of_service", "consent_notices", "entry_timeliness", "court_compliance", "court_open_file", "court_caseload", "court_activity", "court_tests", "hearing_calendar", "coachings", "courts", "client_deaths", "record_ages", "unidentified_overdoses", "duty_notices", "consent_ends", "test_selections", "emergency_reviews", "breach_suspicions", "notice_messages"]);
        views.ShouldAllBe(view => view!["position"]!.GetValue<long>() == end && view["behind"]!.GetValue<long>() == 0);
        answer["work"]!["isAtWork"]!.GetValue<bool>().ShouldBeFalse("nobody works in a county where time stands still");
        answer["messages"]!.AsArray().ShouldBeEmpty();
        (await county.AskAsync(Agent1, "admin/projections")).ShouldBeProblem(403, "role-not-allowed");
    }

    private static string Anonymous(JsonNode problem, Guid clientId)
    {
        problem["traceId"] = "";
        return problem.ToJsonString().Replace(clientId.ToString(), "…", StringComparison.Ordinal);
    }
}
