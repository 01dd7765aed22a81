using CaseFlow.Api.CourtPackets;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using static CaseFlow.Integration.CourtViews.IssuingPackets;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

/// <summary>Golden scenarios 9, 10 and 11 of the domain reference (4.4), as a court's team meets them.</summary>
public sealed class LivingTheCourtScenarios
{
    private static readonly PacketRequest Docket = new(Role.Judge, new DateOnly(2026, 6, 17));

    [Fact]
    public async Task Scenario_9_a_consent_irrevocable_to_disposition_keeps_the_judges_monitoring_and_the_prosecution_sees_no_treatment()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await HeardAsync(county, 10, consents: false);
        await robin.TestedAsync(new DateOnly(2026, 6, 8), TestResult.Positive, Coach);
        var consentId = await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await county.ShowAsync();
        var before = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!.ToJsonString();

        await county.TellAsync(
            robin.ClientId,
            new ConsentRevocationRequested(consentId, RevocationMode.Written, Coach.Id, Words: null) { ClientId = robin.ClientId }.At(county.Clock.Now),
            new ConsentRevocationDeferredUntilEvent(consentId, ConsentCondition.FinalDisposition, Coach.Id, RevocationDeferral.IrrevocableUntilEvent)
            {
                ClientId = robin.ClientId,
            }.At(county.Clock.Now));
        await county.ShowAsync();

        (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!.ToJsonString().ShouldBe(before);
        var prosecution = (await county.AskAsync(Prosecutor, robin.Path)).Ok();
        (prosecution["otherAgencies"]!.GetValue<string>(), prosecution["compliance"]).ShouldBe(("restricted", null), "the open file, and not how it goes");
        (await IssueAsync(county, Docket))["pages"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Scenario_10_after_a_consent_was_withdrawn_an_auditor_replays_the_packet_and_nobody_else_sees_it()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await HeardAsync(county, 10, consents: false);
        var consentId = await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        await county.ShowAsync();
        var issued = await IssueAsync(county, Docket);
        var shown = (await ReadAsync(county, Judge, issued)).Ok()["pages"]![0]!["content"]!.ToJsonString();

        await county.RevokeAsync(robin.ClientId, consentId);
        await county.ShowAsync();

        foreach (var reader in new[] { Judge, Coordinator })
        {
            var page = (await ReadAsync(county, reader, issued)).Ok()["pages"]![0]!;
            (page["because"]!.GetValue<string>(), page["verified"]!.GetValue<bool>(), page["content"]).ShouldBe(("consent", false, null));
        }

        (await ReadAsync(county, AuditorWithoutGrant, issued)).ShouldBeProblem(403, "no-audit-grant");
        (await ReadAsync(county, Defence, issued)).ShouldBeProblem(404, "packet-not-found");
        var replayed = (await ReadAsync(county, Auditor, issued)).Ok()["pages"]![0]!;
        replayed["content"]!.ToJsonString().ShouldBe(shown);
        replayed["verified"]!.GetValue<bool>().ShouldBeTrue();
        await county.ShowAsync();
        (await county.PostAsync(Coordinator, Packets, Docket)).ShouldBeProblem(409, "packet-consent-missing");
        (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["coaching"]!["attendance"].ShouldBeNull("what is not told is not a nought");
    }

    [Fact]
    public async Task Scenario_11_a_laboratory_error_corrected_leaves_yesterdays_packet_and_the_sanction_and_makes_todays_measures_right()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await HeardAsync(county, 10);
        var (testId, reported) = await robin.TestedAsync(new DateOnly(2026, 6, 8), TestResult.Positive);
        await robin.FileAsync(CourtFile.Open, Cdt(6, 12, 9), new SanctionImposed("essay", "dishonest", DueProcess.HeardInCourt, null, Sealed<string>.Of("p. 4")));
        await county.ShowAsync();
        var yesterdays = await IssueAsync(county, Docket);
        var before = (await ReadAsync(county, Judge, yesterdays)).Whole();
        before.ShouldContain("\"positive\":1");

        county.Clock.Now = Cdt(6, 16, 9);
        await robin.TestAsync(testId, Cdt(6, 16, 8), new DrugTestCorrected(reported!.Value, null, new TestOutcome(TestResult.Negative, []), TestError.Laboratory, Sealed<string>.Of("Two samples mixed up."))
        { ParticipationId = default, ClientId = default, Court = "", TestId = default, Corrects = TestStatement.Result });
        await county.ShowAsync();

        (await ReadAsync(county, Judge, yesterdays)).Whole().ShouldBe(before);
        var today = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!;
        (today["tests"]!["positive"]!.GetValue<int>(), today["tests"]!["negative"]!.GetValue<int>()).ShouldBe((0, 1));
        var run = today["tests"]!["sobriety"]!;
        (run["currentDays"]!.GetValue<int>(), run["since"]!.GetValue<string>()).ShouldBe((0, "2026-06-08"), "one test says nothing of other days");
        today["responses"]!["allSanctions"]!.GetValue<int>().ShouldBe(1, "what was done stays in history");
        var test = today["tests"]!["latest"]![0]!;
        (test["verdict"]!.GetValue<string>(), test["correction"]!["error"]!.GetValue<string>(), test["correction"]!["previous"]!.GetValue<string>()).ShouldBe(("negative", "laboratory", "positive"));
        (await IssueAsync(county, Docket))["pages"]![0]!["contentHash"]!.GetValue<string>().ShouldNotBe(yesterdays["pages"]![0]!["contentHash"]!.GetValue<string>());
    }
}
