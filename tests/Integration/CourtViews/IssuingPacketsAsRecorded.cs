using System.Text.Json.Nodes;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

/// <summary>A packet of what the record held at an instant: what was known in court that day, whatever was recorded or corrected since.</summary>
public sealed class IssuingPacketsAsRecorded
{
    private static readonly DateOnly Docket = new(2026, 6, 17);
    private static readonly DateTimeOffset Then = Cdt(6, 15, 12);

    [Fact]
    public async Task It_holds_what_was_on_record_then_and_the_same_bytes_when_it_is_asked_for_again()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, testId, reported) = await KnownAsync(county);
        var ofThatDay = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Judge, Docket));

        county.Clock.Now = Cdt(6, 20, 9);
        var before = await county.ShowAsync();
        await robin.TestAsync(testId, county.Clock.Now, new DrugTestCorrected(reported, null, new TestOutcome(TestResult.Negative, []), TestError.Laboratory, Sealed<string>.Of("Mixed up."))
        { ParticipationId = default, ClientId = default, Court = "", TestId = default, Corrects = TestStatement.Result });
        await robin.FileAsync(CourtFile.Open, Cdt(6, 10, 9), new IncentiveGranted("praise", "attended"));
        var later = await IssuingPackets.HeardAsync(county, 9);
        await county.RecordedAtAsync(Cdt(6, 19, 9), before);
        await county.ShowAsync();
        var (first, second) = (await AskedAsync(county, asRecorded: Then), await AskedAsync(county, asRecorded: Then));
        var now = await AskedAsync(county, asRecorded: null);

        first.Pages.Count.ShouldBe(1, "the other was not on the docket then");
        first.Pages[robin.ParticipationId].ShouldBe(second.Pages[robin.ParticipationId], "byte for byte");
        var then = JsonNode.Parse(first.Pages[robin.ParticipationId])!["compliance"]!;
        (then["tests"]!["positive"]!.GetValue<int>(), then["responses"]!["allIncentives"]!.GetValue<int>()).ShouldBe((1, 0));
        now.Pages.Keys.ShouldBe([later.ParticipationId, robin.ParticipationId]);
        JsonNode.Parse(now.Pages[robin.ParticipationId])!["compliance"]!["tests"]!["positive"]!.GetValue<int>().ShouldBe(0, "corrected since");

        var read = (await IssuingPackets.ReadAsync(county, Judge, first.Issued)).Ok();
        (read["asRecorded"]!.GetValue<DateTimeOffset>(), read["asOf"], read["evaluatedAt"]!.GetValue<DateTimeOffset>()).ShouldBe((Then, null, Then));
        read["pages"]![0]!["verified"]!.GetValue<bool>().ShouldBeTrue();
        (await IssuingPackets.ReadAsync(county, Judge, first.Issued, "?format=html")).Text.ShouldContain("As it was on record at 2026-06-15 17:00 +00:00");
        (await IssuingPackets.ReadAsync(county, Judge, ofThatDay)).Ok()["pages"]![0]!["content"]!["compliance"]!["tests"]!["positive"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task What_had_occurred_and_what_was_on_record_are_asked_together()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, _, _) = await KnownAsync(county);
        county.Clock.Now = Cdt(6, 20, 9);
        var before = await county.ShowAsync();
        await robin.FileAsync(CourtFile.Open, Cdt(6, 5, 9), new IncentiveGranted("praise", "attended"));
        await county.RecordedAtAsync(Cdt(6, 19, 9), before);
        await county.ShowAsync();

        var (_, pages) = await AskedAsync(county, Then, asOf: Cdt(6, 6, 9));

        var content = JsonNode.Parse(pages[robin.ParticipationId])!;
        content["asOfDay"]!.GetValue<string>().ShouldBe("2026-06-06");
        (content["compliance"]!["responses"]!["allIncentives"]!.GetValue<int>(), content["compliance"]!["tests"]!["positive"]!.GetValue<int>()).ShouldBe((0, 0));

        // Days are counted no further than what was on record, whatever was to have occurred.
        var days = (await DaysAsync(asOf: null)).Days;
        (await DaysAsync(Cdt(6, 12, 9))).ShouldBe((Cdt(6, 12, 9), days - 3));
        (await DaysAsync(Cdt(6, 18, 9))).ShouldBe((Then, days));

        async Task<(DateTimeOffset EvaluatedAt, int Days)> DaysAsync(DateTimeOffset? asOf)
        {
            var (issued, pages) = await AskedAsync(county, Then, asOf);
            var packet = (await IssuingPackets.ReadAsync(county, Judge, issued)).Ok();
            packet["pages"]![0]!["verified"]!.GetValue<bool>().ShouldBeTrue();
            return (packet["evaluatedAt"]!.GetValue<DateTimeOffset>(), JsonNode.Parse(pages[robin.ParticipationId])!["compliance"]!["basis"]!["daysInProgram"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task A_moment_that_lies_ahead_is_refused_and_names_its_own_field()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await KnownAsync(county);
        var ahead = county.Clock.Now.AddHours(1);

        var asOf = (await county.PostAsync(Coordinator, IssuingPackets.Packets, new PacketRequest(Role.Judge, Docket, AsOf: ahead))).ShouldBeProblem(422, "as-of-ahead");
        (asOf["field"]?.GetValue<string>(), asOf.ToJsonString().Contains("asRecorded", StringComparison.Ordinal)).ShouldBe(("asOf", false));
        var asRecorded = (await county.PostAsync(Coordinator, IssuingPackets.Packets, new PacketRequest(Role.Judge, Docket, AsRecorded: ahead))).ShouldBeProblem(422, "as-recorded-ahead");
        asRecorded["field"]?.GetValue<string>().ShouldBe("asRecorded");
        (await county.PostAsync(Coordinator, IssuingPackets.Packets, new PacketRequest(Role.Judge, Docket, AsRecorded: Cdt(1, 1, 0)))).ShouldBeProblem(409, "court-none-in-force");
    }

    [Fact]
    public async Task An_id_is_of_one_moment()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await KnownAsync(county);
        county.Clock.Now = Cdt(6, 16, 9);
        var ask = new PacketRequest(Role.Judge, Docket, AsRecorded: Then, PacketId: Guid.CreateVersion7());
        await IssuingPackets.IssueAsync(county, ask);

        ((int)(await county.PostAsync(Coordinator, IssuingPackets.Packets, ask)).Status).ShouldBe(200);
        (await county.PostAsync(Coordinator, IssuingPackets.Packets, ask with { AsRecorded = null })).ShouldBeProblem(409, "packet-issued-differently");
        (await county.PostAsync(Coordinator, IssuingPackets.Packets, ask with { AsOf = Then })).ShouldBeProblem(409, "packet-issued-differently");
    }

    [Fact]
    public async Task What_was_told_then_and_may_not_be_told_now_makes_no_page()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 10);
        var (_, eventId) = await robin.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new IncentiveGranted("praise", "attended"));
        await county.RecordedAtAsync(Cdt(6, 15, 8), afterPosition: 0);
        await county.ShowAsync();
        county.Clock.Now = Cdt(6, 16, 9);
        await RelabelAsync(county, robin.ClientId, eventId, "incentive_granted", "WORKER_PRIVATE");

        (await county.PostAsync(Coordinator, IssuingPackets.Packets, new PacketRequest(Role.Judge, Docket, AsRecorded: Then))).ShouldBeProblem(422, "packet-empty");
        var (_, pages) = await AskedAsync(county, asRecorded: null);
        JsonNode.Parse(pages[robin.ParticipationId])!["compliance"]!["responses"]!["allIncentives"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_name_follows_the_labels_that_it_was_given()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 10, family: "Periwinkle");
        await county.ShowAsync();
        var issued = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Judge, Docket));
        (await IssuingPackets.ReadAsync(county, Judge, issued)).Text.ShouldContain("Periwinkle, Robin");
        var named = (await county.Database.Store.ReadStreamAsync(Jurisdiction, robin.ClientId, cancellation: Cancellation)).Events.Single(one => one.Data is Domain.Clients.ClientNameRecorded);

        await RelabelAsync(county, robin.ClientId, named.EventId, "client_name_recorded", "WORKER_PRIVATE");

        var withheld = (await IssuingPackets.ReadAsync(county, Judge, issued)).Ok()["pages"]![0]!;
        (withheld["because"]!.GetValue<string>(), withheld["content"]).ShouldBe(("consent", null));
        (await IssuingPackets.ReadAsync(county, Judge, issued, "?format=html")).Text.ShouldNotContain("Periwinkle");
        var anew = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Judge, Docket));
        var page = (await IssuingPackets.ReadAsync(county, Judge, anew)).Ok()["pages"]![0]!;
        (page["content"]!["name"], page["verified"]!.GetValue<bool>()).ShouldBe((null, true));

        await RelabelAsync(county, robin.ClientId, named.EventId, "client_name_recorded");
        (await IssuingPackets.ReadAsync(county, Judge, issued)).Text.ShouldContain("Periwinkle, Robin");
        (await IssuingPackets.ReadAsync(county, Judge, anew)).Ok()["pages"]![0]!["content"]!["name"].ShouldBeNull("as it was issued");
    }

    [Fact]
    public async Task A_name_that_victim_services_told_is_on_no_page()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 10);
        var told = new Domain.Clients.ClientNameRecorded(Sealed<string>.Of("Robin"), Sealed<string>.Of("Plantedroe")) { ClientId = robin.ClientId }.At(Cdt(6, 9, 9));
        var by = new Circumstances { Actor = "advocate-1", Role = Role.PeerSpecialist, Agency = "safe-harbor", Labels = ["VICTIM"] };
        (await county.Database.Store.AppendAsync(
            new Append(Jurisdiction, [new StreamAppend(robin.ClientId, "client", ExpectedVersion.Any, [new NewEvent(Guid.CreateVersion7(), told, by, robin.ClientId)])], new AppendMetadata("advocate-1")),
            Cancellation)).ShouldBeOfType<AppendResult.Appended>();
        await county.ShowAsync();

        var page = (await IssuingPackets.ReadAsync(county, Judge, await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Judge, Docket)))).Ok()["pages"]![0]!;

        (page["content"]!["name"], page["verified"]!.GetValue<bool>()).ShouldBe((null, true));
        page.ToJsonString().ShouldNotContain("Plantedroe");
    }

    private static async Task<(Participant Robin, Guid TestId, Guid Reported)> KnownAsync(StoppedCounty county)
    {
        var robin = await IssuingPackets.HeardAsync(county, 10);
        var (testId, reported) = await robin.TestedAsync(new DateOnly(2026, 6, 8), TestResult.Positive);
        await county.RecordedAtAsync(Cdt(6, 15, 8), afterPosition: 0);
        await county.ShowAsync();
        return (robin, testId, reported!.Value);
    }

    private static async Task<(JsonNode Issued, Dictionary<Guid, string> Pages)> AskedAsync(StoppedCounty county, DateTimeOffset? asRecorded, DateTimeOffset? asOf = null)
    {
        var issued = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Judge, Docket, AsOf: asOf, AsRecorded: asRecorded));
        var packet = (await IssuingPackets.ReadAsync(county, Judge, issued)).Ok();
        return (issued, packet["pages"]!.AsArray().ToDictionary(page => page!["participationId"]!.GetValue<Guid>(), page => page!["content"]!.ToJsonString()));
    }

    private static async Task RelabelAsync(StoppedCounty county, Guid clientId, Guid eventId, string kind, params string[] labels)
    {
        await county.RecordAsync(PrivacyOfficer, StreamIds.Labels(clientId), "labels",
            [new EventLabelsCorrected(eventId, kind, null, [], labels, Sealed<string>.Of("It was another law.")) { ClientId = clientId }.At(county.Clock.Now)]);
        await county.ShowAsync();
    }
}
