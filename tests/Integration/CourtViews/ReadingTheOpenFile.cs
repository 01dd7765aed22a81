using System.Text.Json.Nodes;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

/// <summary>The open file, on the screen and on paper, is its entries: it never says how somebody stands, which both files together say.</summary>
public sealed class ReadingTheOpenFile
{
    private static readonly string[] Measures = ["phase", "isEligible", "missing", "stage", "openWarrant", "daysInProgram", "coaching", "responses", "alerts"];

    [Fact]
    public async Task A_return_in_the_confidential_file_leaves_no_false_phase_in_the_open_one()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        await robin.FileAsync(CourtFile.Open, Cdt(5, 17, 9), new PhaseAdvanced(Participants.FirstPhase, "clinical-stabilization", [], [], 46, 30));
        await robin.FileAsync(CourtFile.Confidential, Cdt(6, 10, 9), new PhaseReturnedToEarlier("clinical-stabilization", Participants.FirstPhase, Sealed<string>.Of("Two meetings."), true));
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        await county.ShowAsync();

        (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["phase"]!["code"]!.GetValue<string>().ShouldBe(Participants.FirstPhase);
        foreach (var answer in new[] { (await county.AskAsync(Prosecutor, robin.Path)).Ok(), (await county.AskAsync(Coordinator, robin.Path + "?file=open")).Ok() })
        {
            answer["compliance"].ShouldBeNull();
            Entries(answer["openFile"]!).Last().ShouldBe("phaseAdvanced");
            answer["openFile"]!.AsObject().Select(member => member.Key).ShouldBe(["clientCode", "court", "entries"]);
        }

        var issued = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Prosecutor, Participations: [robin.ParticipationId]));
        var content = (await IssuingPackets.ReadAsync(county, Prosecutor, issued)).Ok()["pages"]![0]!["content"]!;
        (content["file"]!.GetValue<string>(), content["compliance"]).ShouldBe(("open", null));
        Entries(content["openFile"]!).Last().ShouldBe("phaseAdvanced");
        var paper = (await IssuingPackets.ReadAsync(county, Prosecutor, issued, "?format=html")).Text;
        paper.ShouldContain("phase advanced: from acute stabilization to clinical stabilization");
        paper.ShouldContain("nothing here says how the participant stands");
        foreach (var said in new[] { "Everything asked is there", "Missing", "of at least", "Standing</h2>" })
            paper.ShouldNotContain(said);
    }

    [Fact]
    public async Task Two_files_that_differ_in_the_confidential_one_alone_are_one_to_whoever_sees_the_open_one()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var condition = await robin.FileAsync(CourtFile.Open, Cdt(4, 2, 9), new ConditionOrdered("essay", new DateOnly(2026, 6, 10)));
        var warrant = await robin.FileAsync(CourtFile.Open, Cdt(4, 3, 9), new WarrantIssued("failure-to-appear"));
        var fee = await robin.FileAsync(CourtFile.Open, Cdt(4, 4, 9), new FeeOrdered("program-fee", 10_000, null));
        var hearing = await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 17, 9), null));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 3, 9), new SanctionImposed("essay", "dishonest", DueProcess.HeardInCourt, null, Sealed<string>.Of("p. 4")));
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await county.ShowAsync();
        var (before, calendar) = (await OpenAsync(), await CalendarAsync());
        before.ShouldContain("\"openFile\"");
        foreach (var measured in Measures)
            before.ShouldNotContain($"\"{measured}\":{{");

        foreach (var objective in new[] { "treatment-begun", "housing-plan", "hearings-attended" })
            await robin.FileAsync(CourtFile.Confidential, Cdt(6, 4, 9), new PhaseRequirementRecorded(Participants.FirstPhase, objective));
        await robin.FileAsync(CourtFile.Confidential, Cdt(6, 4, 9), new ConditionSatisfied(condition.EntryId));
        await robin.FileAsync(CourtFile.Confidential, Cdt(6, 4, 9), new WarrantQuashed(warrant.EntryId));
        await robin.FileAsync(CourtFile.Confidential, Cdt(6, 4, 9), new FeePaid(fee.EntryId, 10_000));
        await robin.FileAsync(CourtFile.Confidential, Cdt(6, 4, 9), new StatusHearingContinued(hearing.EntryId, Cdt(6, 24, 9), "judge-ill"));
        var praised = await robin.FileAsync(CourtFile.Confidential, Cdt(6, 4, 9), new IncentiveGranted("praise", "attended"));
        await robin.RetractAsync(praised, "incentive_granted", Cdt(6, 4, 10));
        await robin.FileAsync(CourtFile.Confidential, Cdt(6, 5, 9), new TerminationProposed("absconded"));
        await robin.TestedAsync(new DateOnly(2026, 6, 4), TestResult.Positive);
        await robin.OrderCoachingAsync(new DateOnly(2026, 6, 1), new DateOnly(2026, 8, 30));
        await robin.SessionAsync(Cdt(6, 9, 10), 45);
        await robin.FileAsync(CourtFile.Confidential, Cdt(6, 11, 9), new ParticipantWithdrew("moved", null));
        await county.ShowAsync();

        (await OpenAsync()).ShouldBe(before);
        (await CalendarAsync()).ShouldBe(calendar);
        (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["stage"]!.GetValue<string>().ShouldBe("withdrawn");

        async Task<string> OpenAsync() => (await county.AskAsync(Prosecutor, robin.Path)).Whole();
        async Task<string> CalendarAsync() => (await county.AskAsync(Prosecutor, $"courts/{Participants.Court}/hearings?from=2026-06-15&to=2026-06-18")).Ok()["days"]!.ToJsonString();
    }

    [Fact]
    public async Task A_retraction_takes_its_entry_out_of_it_and_its_position_gives_it_again()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var wrong = await robin.FileAsync(CourtFile.Open, Cdt(4, 2, 9), new WarrantIssued("failure-to-appear"));
        await county.ShowAsync();
        var then = (await county.AskAsync(Prosecutor, robin.Path)).Ok();
        Entries(then["openFile"]!).Last().ShouldBe("warrantIssued");

        await robin.RetractAsync(wrong, "warrant_issued", Cdt(4, 5, 9));
        await county.ShowAsync();

        Entries((await county.AskAsync(Prosecutor, robin.Path)).Ok()["openFile"]!).ShouldNotContain("warrantIssued");
        (await county.AskAsync(Prosecutor, $"{robin.Path}?asRecordedPosition={then["position"]}")).Ok()["openFile"]!.ToJsonString().ShouldBe(then["openFile"]!.ToJsonString());
        Entries((await county.AskAsync(Prosecutor, $"{robin.Path}?asOf={At(Cdt(4, 3, 9))}")).Ok()["openFile"]!).ShouldNotContain("warrantIssued");
        (await county.AskAsync(Prosecutor, $"{robin.Path}?asOf={At(Cdt(3, 1, 9))}")).ShouldBeProblem(404, "participation-not-found");
    }

    private static IEnumerable<string> Entries(JsonNode openFile) => openFile["entries"]!.AsArray().Select(entry => entry!["kind"]!.GetValue<string>());
}
