using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Referrals;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Privacy;

/// <summary>What an agent and other agencies see while the client lets them, from the moment it is recorded and not a moment longer.</summary>
public sealed class ShowingByConsent
{
    private static readonly string[] Permitted =
    [
        "contact_made", "recovery_coach_accepted", "referral_accepted", "referral_acknowledged", "referral_contact_attempted", "referral_first_contact_made",
        "referral_reopened",
    ];

    [Fact]
    public async Task A_consent_shows_what_it_names_with_the_notice_and_its_scope_and_nothing_else()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        var own = await KindsAsync(county, Agent1, story, "dcc");
        var consentId = await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections);
        await county.ShowAsync();

        var heard = await county.AskAsync(Agent1, Path(story));
        var items = heard.Ok()["items"]!.AsArray();
        var shared = items.Where(item => item!["sourceAgency"]!.GetValue<string>() == Stories.Provider).ToList();
        shared.Select(item => item!["kind"]!.GetValue<string>()).Order().ShouldBe(Permitted);
        shared.ShouldAllBe(item => item!["basis"]!.GetValue<string>() == "consent" && item["consentId"]!.GetValue<Guid>() == consentId);
        shared.ShouldAllBe(item => item!["labels"]![0]!.GetValue<string>() == "PART2");
        items.Where(item => item!["sourceAgency"]!.GetValue<string>() == "dcc").Select(item => item!["kind"]!.GetValue<string>()).ShouldBe(own);
        heard.Ok()["otherAgencies"]!.GetValue<string>().ShouldBe("by-consent");
        var notice = heard.Ok()["notice"]!;
        notice["text"]!.GetValue<string>().ShouldBe("42 CFR part 2 prohibits unauthorized use or disclosure of these records.");
        heard.Headers["Redisclosure-Notice"].ShouldBe(notice["version"]!.GetValue<string>());
        var scope = notice["consents"]!.AsArray().ShouldHaveSingleItem()!;
        scope["consentId"]!.GetValue<Guid>().ShouldBe(consentId);
        scope["information"]!.AsArray().Select(word => word!.GetValue<string>()).ShouldBe(["engagement", "attendance", "progress"]);
        scope["recipients"]!.AsArray().Select(word => word!.GetValue<string>()).ShouldBe(["dcc"]);

        await county.AskAsync(Agent1, Path(story));
        var disclosures = (await county.Database.Store.ReadStreamAsync(Jurisdiction, StreamIds.Disclosures(story.ClientId), cancellation: Cancellation))
            .Events.Select(recorded => recorded.Data).Cast<DisclosureMade>().ToList();
        disclosures.Select(fact => string.Join('/', fact.Content)).Order().ShouldBe(["timeline/attendance", "timeline/engagement", "timeline/progress"]);
        disclosures.ShouldAllBe(fact => fact.DisclosingAgency == Stories.Provider && fact.BasisId == consentId && fact.Basis == DisclosureBasis.Consent
            && fact.NoticeVersion == notice["version"]!.GetValue<string>() && fact.Recipient == new DisclosureRecipient("dcc", Role.Agent, Agent1.Id));
    }

    [Fact]
    public async Task An_emergency_shows_a_record_that_nobody_consented_to_for_its_time_and_records_it()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        var helper = OtherCoach with { Purpose = Purpose.Care };
        var accessId = Guid.CreateVersion7();
        (await county.AskAsync(helper, Path(story))).ShouldBeProblem(404, "client-not-found");
        await county.RecordAsync(helper, StreamIds.EmergencyAccess(accessId), "emergency_access",
        [
            new EmergencyAccessUsed(
                helper.Id, helper.Role, helper.Agency!, EmergencyReason.Unconscious, Sealed<string>.Of("Found so."),
                county.Clock.Now.AddHours(4), county.Clock.Now.AddDays(1), 3)
            { ClientId = story.ClientId, EmergencyAccessId = accessId }.At(county.Clock.Now),
        ]);

        (await KindsAsync(county, helper, story, Stories.Provider)).ShouldContain("need_met");
        (await county.AskAsync(OtherCoach with { Id = "coach-9", Purpose = Purpose.Care }, Path(story))).ShouldBeProblem(403, "not-in-directory");
        var told = (await county.Database.Store.ReadStreamAsync(Jurisdiction, StreamIds.Disclosures(story.ClientId), cancellation: Cancellation))
            .Events.Select(recorded => recorded.Data).Cast<DisclosureMade>();
        told.ShouldAllBe(fact => fact.Basis == DisclosureBasis.EmergencyAccess && fact.BasisId == accessId);
        county.Clock.Now = county.Clock.Now.AddHours(4);
        (await county.AskAsync(helper, Path(story))).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task A_consent_for_others_or_for_another_purpose_shows_an_agent_nothing()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections);
        await county.ShowAsync();

        (await KindsAsync(county, Agent1 with { Purpose = Purpose.Care }, story, Stories.Provider)).ShouldBeEmpty();
        (await county.AskAsync(Agent2, Path(story))).ShouldBeProblem(404, "client-not-found");
        (await county.AskAsync(OtherCoach, Path(story))).ShouldBeProblem(404, "client-not-found");
        (await KindsAsync(county, Supervisor, story, Stories.Provider)).Order().ShouldBe(Permitted);
    }

    [Theory]
    [InlineData("held")]
    [InlineData("revoked")]
    [InlineData("expired")]
    [InlineData("restricted")]
    public async Task Once_it_is_over_every_answer_is_what_it_was_before_also_about_the_time_when_it_was_in_force(string ending)
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        // Whatever the client decides is recorded by the coaches; the agent sees none of it.
        var consentId = await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections, expires: county.Clock.Now.AddHours(1));
        await county.HoldAsync(story.ClientId, consentId);
        var end = await county.ShowAsync();
        string[] paths =
        [
            Path(story), Path(story) + "&limit=2", Path(story) + $"&asRecordedPosition={end}", $"referral-compliance?client={story.ClientId}",
            $"referral-compliance/{story.DutyId}", $"referral-compliance/{story.DutyId}?asRecordedPosition={end}",
        ];
        var (now, later) = (county.Clock.Now, county.Clock.Now.AddHours(ending == "expired" ? 1 : 0));
        county.Clock.Now = later;
        var before = await HearAsync(county, paths);
        county.Clock.Now = now;
        await county.TellAsync(story.ClientId, new ConsentHoldLifted(consentId, Coach.Id, Sealed<string>.Of("Changed my mind.")) { ClientId = story.ClientId }.At(county.Clock.Now));
        var open = await county.ShowAsync();
        (await KindsAsync(county, Agent1, story, Stories.Provider)).Order().ShouldBe(Permitted);
        (await EngagementAsync(county, story)).ShouldBe("accepted");

        switch (ending)
        {
            case "held":
                await county.HoldAsync(story.ClientId, consentId);
                break;
            case "revoked":
                await county.RevokeAsync(story.ClientId, consentId);
                break;
            case "restricted":
                var restriction = Guid.CreateVersion7();
                await county.TellAsync(
                    story.ClientId,
                    new RestrictionRequested(restriction, Stories.Provider, "dcc", [], [], Words: null) { ClientId = story.ClientId }.At(county.Clock.Now),
                    new RestrictionAgreed(restriction, Coach.Id) { ClientId = story.ClientId }.At(county.Clock.Now));
                break;
            default:
                county.Clock.Now = later;
                break;
        }

        await county.ShowAsync();
        (await HearAsync(county, paths)).ShouldBe(before);
        (await KindsAsync(county, Agent1, story, Stories.Provider, $"&asRecordedPosition={open}")).ShouldBeEmpty();
        (await KindsAsync(county, Agent1, story, Stories.Provider, $"&asOf={At(Cdt(6, 14, 9))}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_after_a_revocation_shows_no_more_of_it()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        var consentId = await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections);
        await county.ShowAsync();
        var first = (await county.AskAsync(Agent1, Path(story) + "&limit=1")).Ok();

        await county.RevokeAsync(story.ClientId, consentId);
        await county.ShowAsync();

        var rest = await county.AllAsync(Agent1, first["next"]!.GetValue<string>());
        rest.ShouldNotBeEmpty();
        rest.ShouldAllBe(item => item["sourceAgency"]!.GetValue<string>() == "dcc");
    }

    [Fact]
    public async Task Engagement_is_told_word_by_word_while_it_may_be_and_its_position_gives_the_same_answer_again()
    {
        await using var county = await FoundAsync();
        var story = await DeliveredAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections);
        await county.ShowAsync();
        (await EngagementAsync(county, story)).ShouldBe("not-begun");
        await story.OfIntakeAsync(Cdt(6, 12, 9), Coach, Accepted(story, Coach));
        await county.ShowAsync();
        var accepted = (await county.AskAsync(Agent1, $"referral-compliance?client={story.ClientId}")).Ok();
        accepted["items"]![0]!["engagement"]!.GetValue<string>().ShouldBe("accepted");
        accepted["notice"]!["consents"]!.AsArray().Count.ShouldBe(1);
        await story.OfIntakeAsync(
            Cdt(6, 13, 9), Coach,
            new ReferralClosed(ReferralOutcome.GotHelp) { ReferralId = story.ReferralId, ClientId = story.ClientId, ProviderAgencyId = Stories.Provider });
        await county.ShowAsync();

        (await EngagementAsync(county, story)).ShouldBe("closed", "the outcome is for a consent that names the discharge");
        (await EngagementAsync(county, story, $"?asOf={At(Cdt(6, 12, 10))}")).ShouldBe("accepted");
        var then = (await county.AskAsync(Agent1, $"referral-compliance?client={story.ClientId}&asRecordedPosition={accepted["position"]}")).Ok();
        then["items"]!.ToJsonString().ShouldBe(accepted["items"]!.ToJsonString());
        then["position"]!.GetValue<long>().ShouldBe(accepted["position"]!.GetValue<long>());

        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections with { Information = [ConsentInformation.Engagement, ConsentInformation.Discharge] });
        await county.ShowAsync();
        (await EngagementAsync(county, story)).ShouldBe("closed-got-help");
    }

    [Fact]
    public async Task What_the_receiver_does_besides_what_is_told_moves_nothing_of_the_answer()
    {
        await using var county = await FoundAsync();
        var story = await DeliveredAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections);
        await story.OfIntakeAsync(Cdt(6, 12, 9), Coach, Accepted(story, Coach));
        await county.ShowAsync();
        string[] paths = [$"referral-compliance?client={story.ClientId}", $"referral-compliance/{story.DutyId}"];
        var before = await HearAsync(county, paths);

        await story.OfIntakeAsync(
            Cdt(6, 12, 10), Coach,
            new ReferralContactAttempted(ContactMode.Phone, AttemptOutcome.NoAnswer) { ReferralId = story.ReferralId, ClientId = story.ClientId, ProviderAgencyId = Stories.Provider },
            new ReferralContactAttempted(ContactMode.Phone, AttemptOutcome.NoAnswer) { ReferralId = story.ReferralId, ClientId = story.ClientId, ProviderAgencyId = Stories.Provider });
        await county.ShowAsync();
        (await HearAsync(county, paths)).ShouldBe(before);

        await story.OfIntakeAsync(Cdt(6, 12, 11), Coach, Redirected(story));
        await county.ShowAsync();
        var passedOn = await HearAsync(county, paths);
        passedOn.ShouldNotBe(before);
        await story.OfIntakeAsync(Cdt(6, 12, 12), OtherCoach, Accepted(story, OtherCoach));
        await county.ShowAsync();
        (await HearAsync(county, paths)).ShouldBe(passedOn);
    }

    [Fact]
    public async Task An_outcome_that_is_not_shown_is_no_disclosure()
    {
        await using var county = await FoundAsync();
        var story = await DeliveredAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections with { Disclosers = ["tellurian"], Information = [ConsentInformation.Discharge] });
        await story.OfIntakeAsync(Cdt(6, 12, 9), Coach, Redirected(story));
        await story.OfIntakeAsync(
            Cdt(6, 13, 9), OtherCoach,
            new ReferralClosed(ReferralOutcome.GotHelp) { ReferralId = story.ReferralId, ClientId = story.ClientId, ProviderAgencyId = "tellurian" });
        await county.ShowAsync();

        (await EngagementAsync(county, story)).ShouldBe("redirected");

        (await DisclosedAsync(county, story)).ShouldBe(["referral_compliance/engagement"]);
    }

    [Fact]
    public async Task A_consent_for_once_ends_with_the_first_answer_that_rests_on_it()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        await county.ShowAsync();
        var before = await KindsAsync(county, Agent1, story, "dcc");
        var consentId = await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections, endsOn: ConsentCondition.DisclosureMade);
        await county.ShowAsync();

        (await KindsAsync(county, Agent1, story, Stories.Provider)).Order().ShouldBe(Permitted);

        var again = (await county.AskAsync(Agent1, Path(story))).Ok();
        again["items"]!.AsArray().Select(item => item!["kind"]!.GetValue<string>()).ShouldBe(before);
        again["notice"].ShouldBeNull();
        (await KindsAsync(county, Supervisor, story, Stories.Provider)).ShouldBeEmpty();
        (await EngagementAsync(county, story)).ShouldBe("restricted");
        var met = (await county.Database.Store.ReadStreamAsync(Jurisdiction, StreamIds.Consents(story.ClientId), cancellation: Cancellation))
            .Events.Select(recorded => recorded.Data).OfType<ConsentConditionMet>().ShouldHaveSingleItem();
        (met.ConsentId, met.Condition, met.RecordedBy).ShouldBe((consentId, ConsentCondition.DisclosureMade, Agent1.Id));
    }

    [Fact]
    public async Task The_pages_of_one_answer_rest_on_one_consent_for_once_for_its_reader_alone_and_a_while()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections, endsOn: ConsentCondition.DisclosureMade);
        await county.ShowAsync();

        var told = new List<string>();
        var pages = new List<string> { Path(story) + "&limit=2" };
        for (var n = 0; n < pages.Count; n++)
        {
            var page = (await county.AskAsync(Agent1, pages[n])).Ok();
            told.AddRange(KindsOf(page));
            if (page["next"]?.GetValue<string>() is { } next)
                pages.Add(next.Replace("/api/", "", StringComparison.Ordinal));
        }

        told.Order().ShouldBe(Permitted);
        (await county.Database.Store.ReadStreamAsync(Jurisdiction, StreamIds.Consents(story.ClientId), cancellation: Cancellation))
            .Events.Select(recorded => recorded.Data).OfType<ConsentConditionMet>().ShouldHaveSingleItem();
        (await KindsAsync(county, Agent1, story, Stories.Provider)).ShouldBeEmpty("a new answer takes a new consent");
        (await county.AskAsync(Supervisor, pages[^1])).ShouldBeProblem(400, "bad-cursor");
        KindsOf((await county.AskAsync(Agent1, pages[^1])).Ok()).ShouldNotBeEmpty("a page that was lost on its way is asked again");

        county.Clock.Now += TimeSpan.FromMinutes(16);
        KindsOf((await county.AskAsync(Agent1, pages[^1])).Ok()).ShouldBeEmpty("the time for reading on is over");

        static IEnumerable<string> KindsOf(System.Text.Json.Nodes.JsonNode page) => page["items"]!.AsArray()
            .Where(item => item!["sourceAgency"]!.GetValue<string>() == Stories.Provider).Select(item => item!["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_under_a_consent_for_once_one_is_told()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections, endsOn: ConsentCondition.DisclosureMade);
        await county.ShowAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => county.AskAsync(n % 2 == 0 ? Agent1 : Supervisor, Path(story))));

        // Whom the agent referred to is in the agent's own record: whoever comes too late is still told that.
        answers.Count(answer => answer.Text.Contains($"\"sourceAgency\":\"{Stories.Provider}\"", StringComparison.Ordinal)).ShouldBe(1);
        answers.Where(answer => (int)answer.Status != 200).ShouldAllBe(answer => (int)answer.Status == 503 && answer.Text.Contains("disclosure-not-recorded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_passed_on_is_the_new_holders_to_tell()
    {
        await using var county = await FoundAsync();
        var story = await DeliveredAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections);
        await story.OfIntakeAsync(Cdt(6, 12, 9), Coach, Redirected(story));
        await story.OfIntakeAsync(Cdt(6, 12, 10), OtherCoach, Accepted(story, OtherCoach));
        await county.ShowAsync();
        (await EngagementAsync(county, story)).ShouldBe("redirected");

        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections with { Disclosers = ["tellurian"] });
        await county.ShowAsync();
        (await EngagementAsync(county, story)).ShouldBe("accepted");
    }

    private static ReferralAccepted Accepted(Story story, Actor by) =>
        new(by.Id) { ReferralId = story.ReferralId, ClientId = story.ClientId, ProviderAgencyId = by.Agency! };

    private static ReferralRedirected Redirected(Story story) => new("tellurian", Sealed<string>.Of("Lives there."))
    {
        ReferralId = story.ReferralId,
        ClientId = story.ClientId,
        ProviderAgencyId = Stories.Provider,
    };

    private static async Task<IEnumerable<string>> DisclosedAsync(StoppedCounty county, Story story) =>
        (await county.Database.Store.ReadStreamAsync(Jurisdiction, StreamIds.Disclosures(story.ClientId), cancellation: Cancellation))
            .Events.Select(recorded => recorded.Data).OfType<DisclosureMade>().Select(fact => string.Join('/', fact.Content));

    private static string Path(Story story) => $"clients/{story.ClientId}/timeline?direction=oldest";

    private static async Task<List<string>> KindsAsync(StoppedCounty county, Actor actor, Story story, string agency, string more = "") =>
        [.. (await county.AllAsync(actor, Path(story) + more)).Where(item => item["sourceAgency"]!.GetValue<string>() == agency)
            .Select(item => item["kind"]!.GetValue<string>())];

    private static async Task<string> EngagementAsync(StoppedCounty county, Story story, string more = "") =>
        (await county.AskAsync(Agent1, $"referral-compliance/{story.DutyId}{more}")).Ok()["duty"]!["engagement"]!.GetValue<string>();

    private static async Task<string> HearAsync(StoppedCounty county, string[] paths)
    {
        var heard = new List<string>();
        foreach (var path in paths)
            heard.Add((await county.AskAsync(Agent1, path)).Whole());
        return string.Join('\n', heard);
    }

    private static async Task<Story> DeliveredAsync(StoppedCounty county)
    {
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), Cdt(6, 10, 10));
        await story.SentAsync(Cdt(6, 9, 11));
        await story.DeliveredAsync(Cdt(6, 9, 12));
        return story;
    }

    private static async Task<Story> CoachedAsync(StoppedCounty county)
    {
        var story = await DeliveredAsync(county);
        await story.CoachedAsync(Cdt(6, 12, 9));
        await county.ShowAsync();
        return story;
    }
}
