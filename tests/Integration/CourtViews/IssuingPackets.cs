using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Asking;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

public sealed class IssuingPackets
{
    internal const string Packets = $"courts/{Participants.Court}/packets";
    private static readonly DateOnly Docket = new(2026, 6, 17);

    [Fact]
    public async Task A_packet_without_the_consents_it_needs_is_refused_and_names_what_is_missing()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        await county.ShowAsync();

        var problem = (await county.PostAsync(Coordinator, Packets, new PacketRequest(Role.Judge, Participations: [robin.ParticipationId]))).ShouldBeProblem(409, "packet-consent-missing");

        var named = problem["errors"]![robin.ParticipationId.ToString()]!.ToJsonString();
        named.ShouldContain(Stories.Provider);
        named.ShouldContain("attendance");
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        await county.ShowAsync();
        (await IssueAsync(county, new PacketRequest(Role.Judge, Participations: [robin.ParticipationId])))["refused"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_docket_is_one_packet_with_a_page_for_everybody_whose_consents_are_there()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim, lee) = (await HeardAsync(county, 10), await HeardAsync(county, 9), await HeardAsync(county, 11, consents: false));
        await county.AdmittedAsync();
        await county.ShowAsync();

        var issued = await IssueAsync(county, new PacketRequest(Role.Judge, Docket));

        Ids(issued["pages"]!).ShouldBe([kim.ParticipationId, robin.ParticipationId]);
        Ids(issued["refused"]!).ShouldBe([lee.ParticipationId]);
        var packet = (await ReadAsync(county, Judge, issued)).Ok();
        packet["pages"]!.AsArray().ShouldAllBe(page => page!["verified"]!.GetValue<bool>());
        packet["pages"]![0]!["content"]!["compliance"]!["coaching"]!["attendance"]!["held"]!.GetValue<int>().ShouldBe(1);
        await county.ShowAsync();
        (await county.PostAsync(Coordinator, Packets, new PacketRequest(Role.Judge, new DateOnly(2026, 6, 18)))).ShouldBeProblem(422, "packet-empty");
        (await county.PostAsync(Coordinator, Packets, new PacketRequest(Role.Judge))).ShouldBeProblem(400, "validation-failed");
        (await county.PostAsync(Coordinator, Packets, new PacketRequest(Role.Coach, Docket))).ShouldBeProblem(400, "validation-failed");
        (await county.PostAsync(Judge, Packets, new PacketRequest(Role.Judge, Docket))).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(Participants.StrangeCoordinator, Packets, new PacketRequest(Role.Judge, Docket))).ShouldBeProblem(404, "court-not-found");
        (await county.PostAsync(Participants.StrangeCoordinator, "courts/city-drug-court/packets", new PacketRequest(Role.Judge, Participations: [robin.ParticipationId])))
            .ShouldBeProblem(404, "participation-not-found");
    }

    [Fact]
    public async Task A_packet_is_the_same_byte_for_byte_after_later_work_corrections_and_a_rebuild()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await HeardAsync(county, 10);
        var (testId, reported) = await robin.TestedAsync(new DateOnly(2026, 6, 8), TestResult.Positive);
        var paid = await robin.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new IncentiveGranted("praise", "attended"));
        var session = Guid.CreateVersion7();
        var held = await robin.SessionAsync(Cdt(6, 10, 10), 450, session);
        await county.ShowAsync();
        var issued = await IssueAsync(county, new PacketRequest(Role.Judge, Docket));
        var (json, html) = ((await ReadAsync(county, Judge, issued)).Whole(), (await ReadAsync(county, Judge, issued, "?format=html")).Whole());

        var minutes = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["coaching"]!["attendance"]!["minutes"]!.GetValue<long>();
        county.Clock.Now = Cdt(6, 29, 9);
        await robin.SessionAsync(Cdt(6, 16, 10), 60);
        await robin.CorrectSessionAsync(Cdt(6, 17, 9), session, held, new SessionOutcome(Attendance.Attended, SessionKind.OneToOne, 45));
        await robin.RetractAsync(paid, "incentive_granted", Cdt(6, 18, 9));
        await robin.TestAsync(testId, Cdt(6, 19, 9), new DrugTestCorrected(reported!.Value, null, new TestOutcome(TestResult.Negative, []), TestError.Laboratory, Sealed<string>.Of("Mixed up."))
        { ParticipationId = default, ClientId = default, Court = "", TestId = default, Corrects = TestStatement.Result });
        await county.PublishAsync(2, Participants.Configuration with { Name = "Another name" });
        await county.RecordAsync(Coordinator, robin.ClientId, "client",
            [new Domain.Clients.ClientNameRecorded(Sealed<string>.Of("Robin"), Sealed<string>.Of("Newname")) { ClientId = robin.ClientId }.At(Cdt(6, 19, 9))]);
        await county.ShowAsync();

        (await ReadAsync(county, Judge, issued)).Whole().ShouldBe(json);
        await county.Database.RebuildAsync(null, (_, _) => { }, Cancellation);
        (await ReadAsync(county, Judge, issued)).Whole().ShouldBe(json);
        (await ReadAsync(county, Judge, issued, "?format=html")).Whole().ShouldBe(html);
        (await ReadAsync(county, Coordinator, issued)).Ok()["pages"]![0]!["verified"]!.GetValue<bool>().ShouldBeTrue();
        (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["tests"]!["positive"]!.GetValue<int>().ShouldBe(0, "today's measures are right");
        (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["coaching"]!["attendance"]!["minutes"]!.GetValue<long>()
            .ShouldBe(minutes - 450 + 45 + 60);
    }

    [Fact]
    public async Task Issued_twice_is_issued_once_and_an_id_is_one_packets()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await HeardAsync(county, 10), await HeardAsync(county, 11));
        await county.ShowAsync();
        var ask = new PacketRequest(Role.Judge, Participations: [robin.ParticipationId], PacketId: Guid.CreateVersion7());

        var replies = await Task.WhenAll(county.PostAsync(Coordinator, Packets, ask), county.PostAsync(Coordinator, Packets, ask));
        replies.ShouldAllBe(reply => (int)reply.Status == 201 || (int)reply.Status == 200);
        await county.ShowAsync();
        (await county.Database.Store.ReadStreamAsync(Jurisdiction, ask.PacketId!.Value, cancellation: Cancellation)).Version.ShouldBe(1);

        (await county.PostAsync(Coordinator, Packets, ask with { Participations = [kim.ParticipationId] })).ShouldBeProblem(409, "packet-issued-differently");
        (await county.PostAsync(Coordinator, Packets, ask with { ForRole = Role.Prosecutor })).ShouldBeProblem(409, "packet-issued-differently");
    }

    [Fact]
    public async Task A_packet_is_for_the_eyes_it_was_made_for()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await HeardAsync(county, 10);
        await robin.FileAsync(CourtFile.Confidential, Cdt(6, 2, 9), new ConditionOrdered("treatment", null));
        await county.ShowAsync();
        var forJudge = await IssueAsync(county, new PacketRequest(Role.Judge, Docket));
        var forProsecutor = await IssueAsync(county, new PacketRequest(Role.Prosecutor, Docket));

        (await ReadAsync(county, Judge, forJudge)).Text.ShouldContain("\"treatment\"");
        (await ReadAsync(county, Prosecutor, forProsecutor)).Ok()["pages"]![0]!["content"]!["file"]!.GetValue<string>().ShouldBe("open");
        (await ReadAsync(county, Prosecutor, forProsecutor)).Text.ShouldNotContain("\"treatment\"");
        var theirs = (await ReadAsync(county, Prosecutor, forJudge)).ShouldBeProblem(404, "packet-not-found");
        var nobody = Guid.CreateVersion7();
        var none = (await county.AskAsync(Prosecutor, $"{Packets}/{nobody}")).ShouldBeProblem(404, "packet-not-found");
        Anonymous(theirs, forJudge["packetId"]!.GetValue<Guid>()).ShouldBe(Anonymous(none, nobody));
        (await county.AskAsync(Participants.StrangeCoordinator, $"courts/city-drug-court/packets/{forJudge["packetId"]}")).ShouldBeProblem(404, "packet-not-found");
        (await county.AskAsync(Coordinator, $"{Packets}/{robin.ParticipationId}")).ShouldBeProblem(404, "packet-not-found");
    }

    [Fact]
    public async Task On_paper_it_stands_alone_and_runs_nobodys_words()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await HeardAsync(county, 10, family: "<script>alert('x')</script>&\"Quote");
        await county.ShowAsync();
        var issued = await IssueAsync(county, new PacketRequest(Role.Judge, Docket));

        var page = await ReadAsync(county, Judge, issued, "?format=html");

        page.Headers["Content-Type"].ShouldBe("text/html; charset=utf-8");
        page.Headers["Content-Security-Policy"].ShouldStartWith("default-src 'none'; style-src 'sha256-");
        page.Text.ShouldContain("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;Quote, Robin");
        Regex.Matches(page.Text, "<(script|link|img|iframe)|src=|href=|on[a-z]+=|url\\(").ShouldBeEmpty();
        Regex.Count(page.Text, "<section>").ShouldBe(1);
        (await ReadAsync(county, Judge, issued, "?format=pdf")).ShouldBeProblem(400, "bad-parameter");
    }

    [Fact]
    public async Task After_a_sealing_and_an_erasure_it_says_of_that_page_what_was_done_and_why_and_shows_the_others()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await HeardAsync(county, 10, family: "Planted"), await HeardAsync(county, 11, family: "Otherwise"));
        await county.ShowAsync();
        var issued = await IssueAsync(county, new PacketRequest(Role.Judge, Docket));
        (await ReadAsync(county, Judge, issued)).Text.ShouldContain("Planted");
        var orderId = Guid.CreateVersion7();
        await county.RecordAsync(PrivacyOfficer, StreamIds.Erasure(robin.ClientId), "erasure",
        [
            new SealingOrdered(orderId, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", Sealed<string>.Of("2026CF7")) { ClientId = robin.ClientId }.At(county.Clock.Now),
        ]);
        await county.ShowAsync();

        foreach (var reader in new[] { Judge, Coordinator, Auditor })
        {
            var pages = (await ReadAsync(county, reader, issued)).Ok()["pages"]!.AsArray().ToDictionary(page => page!["participationId"]!.GetValue<Guid>(), page => page!);
            var page = pages[robin.ParticipationId];
            (page["because"]!.GetValue<string>(), page["sealedReason"]!.GetValue<string>(), page["erasedReason"], page["content"]).ShouldBe(("sealed", "adult-expunction", null, null));
            (pages[kim.ParticipationId]["because"], pages[kim.ParticipationId]["verified"]!.GetValue<bool>()).ShouldBe((null, true));
        }

        var onPaper = (await ReadAsync(county, Judge, issued, "?format=html")).Text;
        onPaper.ShouldContain("sealed by order (adult expunction)");
        onPaper.ShouldContain("Otherwise");
        onPaper.ShouldNotContain("Planted");
        await county.RecordAsync(PrivacyOfficer, StreamIds.Erasure(robin.ClientId), "erasure",
        [
            new ExpunctionApplied(orderId, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", [robin.ClientId]) { ClientId = robin.ClientId }.At(county.Clock.Now),
        ]);
        await county.ShowAsync();

        foreach (var reader in new[] { Judge, Auditor })
        {
            var page = (await ReadAsync(county, reader, issued)).Ok()["pages"]!.AsArray().Single(one => one!["participationId"]!.GetValue<Guid>() == robin.ParticipationId)!;
            (page["because"]!.GetValue<string>(), page["erasedReason"]!.GetValue<string>(), page["verified"]!.GetValue<bool>()).ShouldBe(("erased", "adult-expunction", false));
            page["content"].ShouldBeNull();
        }

        (await ReadAsync(county, Judge, issued, "?format=html")).Text.ShouldContain("erased by order (adult expunction)");
        var answer = (await county.AskAsync(Judge, robin.Path)).Ok();
        (answer["compliance"], answer["erasedReason"]!.GetValue<string>()).ShouldBe((null, "adult-expunction"));
    }

    [Fact]
    public async Task Whoever_has_no_page_because_nothing_may_be_told_is_named_as_such()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await HeardAsync(county, 10), await HeardAsync(county, 11));
        await county.RecordAsync(PrivacyOfficer, StreamIds.Erasure(robin.ClientId), "erasure",
        [
            new ExpunctionApplied(Guid.CreateVersion7(), ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", [robin.ClientId]) { ClientId = robin.ClientId }.At(county.Clock.Now),
        ]);
        await county.ShowAsync();

        var issued = await IssueAsync(county, new PacketRequest(Role.Judge, Docket));

        Ids(issued["pages"]!).ShouldBe([kim.ParticipationId]);
        issued["refused"]!.AsArray().ShouldBeEmpty();
        issued["withoutContent"]!.AsArray().Select(id => id!.GetValue<Guid>()).ShouldBe([robin.ParticipationId]);
    }

    internal static async Task<Participant> HeardAsync(StoppedCounty county, int hour, bool consents = true, string? family = null)
    {
        var one = await county.AdmittedAsync(family: family);
        await one.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 17, hour), null));
        await one.OrderCoachingAsync(new DateOnly(2026, 6, 1), new DateOnly(2026, 8, 30));
        await one.SessionAsync(Cdt(6, 3, 10), 45);
        if (consents)
            await county.GrantAsync(one.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        return one;
    }

    internal static async Task<JsonNode> IssueAsync(StoppedCounty county, PacketRequest ask)
    {
        // What reading recorded is to be in the log before a packet is made.
        await county.ShowAsync();
        var reply = await county.PostAsync(Coordinator, Packets, ask);
        ((int)reply.Status).ShouldBe(201, reply.Text);
        await county.ShowAsync();
        return JsonNode.Parse(reply.Text)!;
    }

    internal static Task<Heard> ReadAsync(StoppedCounty county, Actor actor, JsonNode issued, string more = "") =>
        county.AskAsync(actor, $"{Packets}/{issued["packetId"]!.GetValue<Guid>()}{more}");

    private static IEnumerable<Guid> Ids(JsonNode pages) => pages.AsArray().Select(page => page!["participationId"]!.GetValue<Guid>());

    private static string Anonymous(JsonNode problem, Guid id)
    {
        problem["traceId"] = "";
        return problem.ToJsonString().Replace(id.ToString(), "…", StringComparison.Ordinal);
    }
}
