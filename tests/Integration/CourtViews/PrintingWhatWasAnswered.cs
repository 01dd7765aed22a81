using System.Net;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

/// <summary>What a judge asks about a response, a test, a condition, an objective or a fee is on the page, and in what the page is made from.</summary>
public sealed class PrintingWhatWasAnswered
{
    [Fact]
    public async Task Responses_tests_conditions_objectives_and_fees_say_what_they_are()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 10);
        await robin.FileAsync(CourtFile.Open, Cdt(6, 3, 9), new IncentiveGranted("token", "milestone"));
        var jail = await robin.FileAsync(CourtFile.Open, Cdt(6, 4, 9), new JailSanctionImposed(
            3, "missed-test", new DateOnly(2026, 6, 5), DueProcess.HeardInCourt, null, Sealed<string>.Of("Minutes."), AboveUsual: false));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 7, 9), new JailSanctionServed(jail.EntryId, 2));
        var wrong = await robin.FileAsync(CourtFile.Open, Cdt(6, 8, 9), new JailSanctionServed(jail.EntryId, 1));
        await robin.RetractAsync(wrong, "jail_sanction_served", Cdt(6, 8, 10));
        await robin.TestedAsync(new DateOnly(2026, 6, 8), TestResult.Positive);
        var essay = await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new ConditionOrdered("essay", new DateOnly(2026, 6, 12)));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new ConditionSatisfied(essay.EntryId));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new PhaseRequirementRecorded(Participants.FirstPhase, "treatment-begun"));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new PhaseRequirementWaived(Participants.FirstPhase, "treatment-begun"));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new PhaseRequirementWaived(Participants.FirstPhase, "housing-plan"));
        var fee = await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new FeeOrdered("program-fee", 5_000, null));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new FeePaid(fee.EntryId, 1_000));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new FeeWaived(fee.EntryId, 1_500));
        await county.ShowAsync();

        var shown = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!;
        var latest = shown["responses"]!["latest"]!.AsArray();
        var sanction = latest.Single(one => one!["kind"]!.GetValue<string>() == "jailImposed")!;
        (sanction["behaviour"]!.GetValue<string>(), sanction["days"]!.GetValue<long>(), sanction["daysServed"]!.GetValue<long>()).ShouldBe(("missed-test", 3, 2));
        latest.Single(one => one!["code"]!.GetValue<string>() == "token")!["days"].ShouldBeNull();
        shown["tests"]!["latest"]![0]!["substances"]!.ToJsonString().ShouldBe("""["opiates"]""");
        (shown["phase"]!["met"]!.AsArray().Single()!["code"]!.GetValue<string>(), shown["phase"]!["waived"]!.AsArray().Single()!["code"]!.GetValue<string>())
            .ShouldBe(("treatment-begun", "housing-plan"));
        (shown["orders"]!["fees"]!["settled"]!.GetValue<long>(), shown["orders"]!["fees"]!["waived"]!.GetValue<long>()).ShouldBe((1_000, 1_500));

        var issued = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Judge, new DateOnly(2026, 6, 17)));
        var page = WebUtility.HtmlDecode((await IssuingPackets.ReadAsync(county, Judge, issued, "?format=html")).Text);
        foreach (var said in new[]
        {
            "incentive: A token or card; for: Reached a milestone", "jail imposed: 3 days, 2 on record as served; for: Missed a test", "positive: opiates",
            "<th>an essay</th><td>satisfied 2026-06-09", "<th>Waived</th><td>Has a plan for a safe place to live", "<th>Met</th><td>Assessed, and in treatment",
            "$10.00 of $50.00 settled, $15.00 waived", "2026-06-17 15:00 +00:00 (status)", "2 a week (one to one)",
        })
        {
            page.ShouldContain(said);
        }

        page.ShouldNotContain("missed-test");
    }
}
