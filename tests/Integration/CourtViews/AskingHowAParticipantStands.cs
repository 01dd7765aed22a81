using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

public sealed class AskingHowAParticipantStands
{
    [Fact]
    public async Task Everything_that_the_court_asked_is_measured_against_what_was_done()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await robin.FileAsync(CourtFile.Open, Cdt(4, 20, 9), new PhaseRequirementRecorded(Participants.FirstPhase, "treatment-begun"));
        await robin.FileAsync(CourtFile.Confidential, Cdt(4, 21, 9), new PhaseRequirementWaived(Participants.FirstPhase, "housing-plan"));
        var hearing = await robin.FileAsync(CourtFile.Open, Cdt(4, 22, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 1, 9), null));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 1, 9), new StatusHearingHeld(hearing.EntryId, HearingKind.Status, HearingPresence.InPerson));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 17, 9), null));
        var condition = await robin.FileAsync(CourtFile.Open, Cdt(5, 1, 9), new ConditionOrdered("essay", new DateOnly(2026, 6, 10)));
        var fee = await robin.FileAsync(CourtFile.Open, Cdt(5, 1, 9), new FeeOrdered("program-fee", 10_000, new DateOnly(2026, 6, 1)));
        await robin.FileAsync(CourtFile.Open, Cdt(5, 9, 9), new FeePaid(fee.EntryId, 4_000));
        await robin.FileAsync(CourtFile.Open, Cdt(5, 9, 10), new FeeWaived(fee.EntryId, 1_000));
        await robin.FileAsync(CourtFile.Open, Cdt(5, 1, 9), new IncentiveGranted("praise", "attended"));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 1, 10), new IncentiveGranted("token", "honest"));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 1, 11), new SanctionImposed("warning", "missed-test", DueProcess.HeardInCourt, null, Sealed<string>.Of("p. 4")));
        await robin.TestedAsync(new DateOnly(2026, 4, 10), TestResult.Negative);
        await robin.TestedAsync(new DateOnly(2026, 5, 1), TestResult.Positive);
        await robin.TestedAsync(new DateOnly(2026, 6, 5), TestResult.Negative);
        await robin.TestedAsync(new DateOnly(2026, 6, 14), null);
        await robin.MissedTestAsync(new DateOnly(2026, 5, 20));
        await robin.OrderCoachingAsync(new DateOnly(2026, 6, 1), new DateOnly(2026, 8, 30));
        await robin.SessionAsync(Cdt(6, 3, 10), 45);
        await robin.SessionAsync(Cdt(6, 9, 10), 30);
        await county.ShowAsync();

        var answer = (await county.AskAsync(Judge, robin.Path)).Ok();
        var shown = answer["compliance"]!;
        answer["otherAgencies"]!.GetValue<string>().ShouldBe("by-consent");
        answer["notice"]!["text"]!.GetValue<string>().ShouldNotBeEmpty();
        shown["stage"]!.GetValue<string>().ShouldBe("admitted");
        shown["basis"]!["daysInProgram"]!.GetValue<int>().ShouldBe(75);
        Codes(shown["phase"]!["met"]!).ShouldBe(["treatment-begun"]);
        Codes(shown["phase"]!["waived"]!).ShouldBe(["housing-plan"]);
        Codes(shown["phase"]!["missing"]!).ShouldBe(["hearings-attended"]);
        (shown["phase"]!["days"]!.GetValue<int>(), shown["phase"]!["isEligible"]!.GetValue<bool>()).ShouldBe((75, false));
        var tests = shown["tests"]!;
        int Of(string what) => tests[what]!.GetValue<int>();
        (Of("selected"), Of("collected"), Of("missed"), Of("positive"), Of("negative"), Of("nonCompliant"), Of("pending")).ShouldBe((5, 4, 1, 1, 2, 1, 1));
        (tests["sobriety"]!["currentDays"]!.GetValue<int>(), tests["sobriety"]!["longestDays"]!.GetValue<int>()).ShouldBe((34, 34), "from 2 May to the negative test of 5 June");
        (tests["sobrietyBasis"]!.GetValue<string>(), tests["lastNegativeOn"]!.GetValue<string>()).ShouldBe(("tests", "2026-06-05"));
        var coaching = shown["coaching"]!;
        (coaching["orderedSoFar"]!.GetValue<int>(), coaching["attendance"]!["held"]!.GetValue<int>(), coaching["attendance"]!["minutes"]!.GetValue<long>()).ShouldBe((4, 2, 75));
        shown.ToJsonString().ShouldNotContain("family");
        (shown["hearings"]!["held"]!.GetValue<int>(), shown["hearings"]!["nextDueBy"]!.GetValue<string>()).ShouldBe((1, "2026-06-15"));
        shown["hearings"]!["next"]!["at"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 17, 9));
        var essay = shown["conditions"]![0]!;
        (essay["conditionId"]!.GetValue<Guid>(), essay["isOpen"]!.GetValue<bool>()).ShouldBe((condition.EntryId, true));
        (shown["orders"]!["fees"]!["open"]!.GetValue<long>(), shown["orders"]!["fees"]!["overdue"]!.GetValue<long>()).ShouldBe((5_000, 5_000));
        (shown["orders"]!["fees"]!["settled"]!.GetValue<long>(), shown["orders"]!["fees"]!["waived"]!.GetValue<long>()).ShouldBe((4_000, 1_000));
        (shown["responses"]!["incentives"]!.GetValue<int>(), shown["responses"]!["sanctions"]!.GetValue<int>(), shown["responses"]!["allIncentives"]!.GetValue<int>()).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task What_other_agencies_hold_is_told_by_consent_alone_and_moves_nothing_without_it()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        await robin.OrderCoachingAsync(new DateOnly(2026, 6, 1), new DateOnly(2026, 8, 30));
        await county.ShowAsync();
        var before = (await county.AskAsync(Judge, robin.Path)).Whole();

        await robin.SessionAsync(Cdt(6, 3, 10), 45);
        await robin.TestedAsync(new DateOnly(2026, 6, 4), TestResult.Positive, Coach);
        await county.ShowAsync();

        (await county.AskAsync(Judge, robin.Path)).Whole().ShouldBe(before);
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
        await county.ShowAsync();
        var shown = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!;
        (shown["coaching"]!["attendance"]!["held"]!.GetValue<int>(), shown["tests"]!["positive"]!.GetValue<int>()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task What_two_participants_share_an_id_of_is_counted_for_each()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await county.AdmittedAsync(), await county.AdmittedAsync());
        var (session, test, entry) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var one in new[] { robin, kim })
        {
            await county.GrantAsync(one.ClientId, ConsentStories.ToCourt, ConsentKind.CourtTeam);
            await one.SessionAsync(Cdt(6, 3, 10), 60, session);
            await one.TestedAsync(new DateOnly(2026, 6, 4), one == robin ? TestResult.Positive : TestResult.Negative, id: test);
            await one.FileAsync(CourtFile.Open, Cdt(6, 5, 9), new IncentiveGranted("praise", "attended"), entry: entry);
        }

        await kim.FileAsync(CourtFile.Confidential, Cdt(6, 6, 9), new CourtEntryRetracted(entry, "incentive_granted", Guid.CreateVersion7(), null));
        await county.ShowAsync();

        foreach (var (one, positive, incentives) in new[] { (robin, 1, 1), (kim, 0, 0) })
        {
            var shown = (await county.AskAsync(Judge, one.Path)).Ok()["compliance"]!;
            (shown["coaching"]!["attendance"]!["held"]!.GetValue<int>(), shown["tests"]!["selected"]!.GetValue<int>(), shown["tests"]!["positive"]!.GetValue<int>())
                .ShouldBe((1, 1, positive));
            shown["responses"]!["allIncentives"]!.GetValue<int>().ShouldBe(incentives);
        }
    }

    [Fact]
    public async Task The_prosecution_sees_the_open_file_and_nothing_confidential_moves_it()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        await robin.FileAsync(CourtFile.Open, Cdt(5, 1, 9), new ConditionOrdered("essay", null));
        await county.ShowAsync();
        var before = (await county.AskAsync(Prosecutor, robin.Path)).Whole();
        before.ShouldContain("\"open\"");

        await robin.FileAsync(CourtFile.Confidential, Cdt(5, 2, 9), new PhaseRequirementRecorded(Participants.FirstPhase, "treatment-begun"));
        await robin.FileAsync(CourtFile.Confidential, Cdt(5, 3, 9), new ConditionOrdered("treatment", null));
        await robin.FileAsync(CourtFile.Confidential, Cdt(5, 4, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 18, 9), null));
        await robin.TestedAsync(new DateOnly(2026, 6, 4), TestResult.Positive);
        await county.ShowAsync();

        (await county.AskAsync(Prosecutor, robin.Path)).Whole().ShouldBe(before);
        (await county.AskAsync(Prosecutor, robin.Path)).Ok()["compliance"].ShouldBeNull("nothing is measured from one of two files");
        var team = (await county.AskAsync(Coordinator, robin.Path)).Ok();
        team["compliance"]!["conditions"]!.AsArray().Count.ShouldBe(2);
        (await county.AskAsync(Coordinator, robin.Path + "?file=open")).Ok()["openFile"]!["entries"]!.AsArray()
            .Where(entry => entry!["kind"]!.GetValue<string>() == "conditionOrdered").ShouldHaveSingleItem()!["code"]!.GetValue<string>().ShouldBe("essay");
        (await county.AskAsync(Coordinator, robin.Path + "?file=secret")).ShouldBeProblem(400, "bad-parameter");
    }

    [Fact]
    public async Task An_entry_moved_to_the_confidential_file_is_not_in_the_open_one_any_more_whatever_the_moment()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        var wrong = await robin.FileAsync(CourtFile.Open, Cdt(5, 1, 9), new ConditionOrdered("medication-as-prescribed", null));
        var then = await county.ShowAsync();
        (await county.AskAsync(Prosecutor, robin.Path)).Text.ShouldContain("medication-as-prescribed");

        await county.RecordAsync(PrivacyOfficer, StreamIds.Labels(robin.ClientId), "labels",
        [
            new EventLabelsCorrected(wrong.EventId, "condition_ordered", null, ["COURT_OPEN"], ["COURT_CONFIDENTIAL"], Sealed<string>.Of("Medical."))
            {
                ClientId = robin.ClientId,
            }.At(county.Clock.Now),
        ], about => about with { RecordOf = Coordinator.Agency });
        await county.ShowAsync();

        (await county.AskAsync(Prosecutor, robin.Path)).Ok().ToJsonString().ShouldNotContain("medication-as-prescribed");
        (await county.AskAsync(Prosecutor, $"{robin.Path}?asRecordedPosition={then}")).Ok().ToJsonString().ShouldNotContain("medication-as-prescribed");
        (await county.AskAsync(Judge, robin.Path)).Text.ShouldContain("medication-as-prescribed");
    }

    [Fact]
    public async Task Another_courts_participant_does_not_exist()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        await county.ShowAsync();
        var nobody = Guid.CreateVersion7();
        var theirs = (await county.AskAsync(Participants.StrangeCoordinator, robin.Path)).ShouldBeProblem(404, "participation-not-found");
        var none = (await county.AskAsync(Participants.StrangeCoordinator, $"participations/{nobody}/compliance")).ShouldBeProblem(404, "participation-not-found");

        Anonymous(theirs, robin.ParticipationId).ShouldBe(Anonymous(none, nobody));
        (await county.AskAsync(AuditorWithoutGrant, robin.Path)).ShouldBeProblem(403, "no-audit-grant");
        (await county.AskAsync(Auditor, robin.Path)).Ok()["otherAgencies"]!.GetValue<string>().ShouldBe("shown");
        (await county.AskAsync(Coach, robin.Path)).ShouldBeProblem(403, "role-not-allowed");
        (await county.AskAsync(Participants.StrangeCoordinator, $"courts/{Participants.Court}/caseload")).ShouldBeProblem(404, "court-not-found");
        (await county.AskAsync(Participants.StrangeCoordinator, $"courts/{Participants.Court}/hearings")).ShouldBeProblem(404, "court-not-found");
    }

    [Fact]
    public async Task The_past_is_what_had_occurred_and_what_was_held_then_and_stays_so_through_a_rebuild()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var then = await county.ShowAsync();
        var wrong = await robin.FileAsync(CourtFile.Open, Cdt(5, 1, 9), new PhaseAdvanced(Participants.FirstPhase, "clinical-stabilization", [], [], 30, 30));
        var advanced = await county.ShowAsync();
        async Task<string?> PhaseAsync(string more) => (await county.AskAsync(Judge, robin.Path + more)).Ok()["compliance"]!["phase"]!["code"]!.GetValue<string>();
        (await PhaseAsync("")).ShouldBe("clinical-stabilization");
        var held = (await county.AskAsync(Judge, $"{robin.Path}?asRecordedPosition={advanced}")).Whole();

        await robin.RetractAsync(wrong, "phase_advanced", Cdt(6, 2, 9));
        await county.ShowAsync();

        (await PhaseAsync("")).ShouldBe(Participants.FirstPhase);
        (await PhaseAsync($"?asOf={At(Cdt(5, 20, 9))}")).ShouldBe(Participants.FirstPhase, "a retraction counts from what it takes back");
        (await PhaseAsync($"?asRecordedPosition={then}")).ShouldBe(Participants.FirstPhase);
        (await county.AskAsync(Judge, $"{robin.Path}?asRecordedPosition={advanced}")).Whole().ShouldBe(held);
        (await county.AskAsync(Judge, $"{robin.Path}?asOf={At(Cdt(3, 1, 9))}")).ShouldBeProblem(404, "participation-not-found");
        await county.Database.RebuildAsync(null, (_, _) => { }, Cancellation);
        (await county.AskAsync(Judge, $"{robin.Path}?asRecordedPosition={advanced}")).Whole().ShouldBe(held);
    }

    private static IEnumerable<string> Codes(JsonNode list) => list.AsArray().Where(one => one!["required"]!.GetValue<bool>()).Select(one => one!["code"]!.GetValue<string>());

    private static string Anonymous(JsonNode problem, Guid id)
    {
        problem["traceId"] = "";
        return problem.ToJsonString().Replace(id.ToString(), "…", StringComparison.Ordinal);
    }
}
