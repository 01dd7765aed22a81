using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Asking;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

public sealed class WorkingThroughACaseload
{
    private const string Caseload = $"courts/{Participants.Court}/caseload";
    private const string Hearings = $"courts/{Participants.Court}/hearings";

    [Fact]
    public async Task What_needs_attention_comes_first_with_the_reason_and_counts_against_capacity()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var calm = await county.AdmittedAsync(Cdt(6, 1, 9));
        var near = await county.AdmittedAsync(Cdt(6, 1, 9));
        await near.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 17, 9), null));
        var missed = await county.AdmittedAsync(Cdt(6, 1, 9));
        await missed.MissedTestAsync(new DateOnly(2026, 6, 10));
        var forgotten = await county.AdmittedAsync(Cdt(6, 1, 9));
        await forgotten.MissedTestAsync(new DateOnly(2026, 5, 10));
        var sought = await county.AdmittedAsync(Cdt(6, 1, 9));
        await sought.FileAsync(CourtFile.Open, Cdt(6, 5, 9), new WarrantIssued("failure-to-appear"));
        var unheard = await county.AdmittedAsync(Cdt(6, 1, 9));
        await unheard.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 12, 9), null));
        var ready = await county.AdmittedAsync(Cdt(4, 1, 9));
        foreach (var objective in Participants.Configuration.Phases[0].Objectives)
            await ready.FileAsync(CourtFile.Open, Cdt(5, 1, 9), new PhaseRequirementRecorded(Participants.FirstPhase, objective.Code));
        foreach (var day in new[] { new DateOnly(2026, 5, 10), new DateOnly(2026, 6, 5) })
            await ready.TestedAsync(day, Domain.DrugTests.TestResult.Negative);
        await ready.FileAsync(CourtFile.Open, Cdt(6, 5, 9), new StatusHearingHeld(null, HearingKind.Status, HearingPresence.InPerson));
        var gone = await county.AdmittedAsync(Cdt(4, 1, 9));
        await gone.FileAsync(CourtFile.Open, Cdt(6, 1, 9), new ParticipantWithdrew("moved", null));
        await county.GrantAsync(calm.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await county.ShowAsync();

        var page = (await county.AskAsync(Coordinator, Caseload)).Ok();
        Order(page).Take(5).ShouldBe(new[] { sought, missed, unheard, near, ready }.Select(one => one.ParticipationId));
        Order(page).Skip(5).ShouldBe([calm.ParticipationId, forgotten.ParticipationId], ignoreOrder: true);
        Reasons(page, sought).ShouldBe(["warrant"]);
        Reasons(page, missed).ShouldBe(["missedTest"]);
        Reasons(page, unheard).ShouldBe(["hearingWithoutOutcome"]);
        Reasons(page, near).ShouldBe(["hearingSoon"]);
        Reasons(page, ready).ShouldBe(["eligibleForAdvancement"]);
        Item(page, calm)["consentsMissing"]!.AsArray().ShouldBeEmpty();
        Item(page, near)["consentsMissing"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe([Stories.Provider]);
        var counts = page["counts"]!;
        (counts["capacity"]!.GetValue<int>(), counts["active"]!.GetValue<int>(), counts["byPhase"]![Participants.FirstPhase]!.GetValue<int>()).ShouldBe((50, 7, 7));
        counts["byAttention"]!["warrant"]!.GetValue<int>().ShouldBe(1);

        Order((await county.AskAsync(Judge, Caseload + "?attention=missedTest")).Ok()).ShouldBe([missed.ParticipationId]);
        Order((await county.AskAsync(Judge, Caseload + "?ended=true")).Ok()).ShouldBe([gone.ParticipationId]);
        Order((await county.AskAsync(Judge, $"{Caseload}?asOf={At(Cdt(4, 2, 9))}")).Ok()).ShouldBe(new[] { ready, gone }.Select(one => one.ParticipationId), ignoreOrder: true);
        (await county.AskAsync(Judge, Caseload + "?attention=boredom")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Prosecutor, Caseload)).ShouldBeProblem(403, "role-not-allowed");
        (await county.AskAsync(Coordinator, "courts/no-court/caseload")).ShouldBeProblem(404, "court-not-found");
    }

    /// <summary>An admission enrols nobody in random testing; before anybody notices, the caseload says so, at every moment (R31).</summary>
    [Fact]
    public async Task Who_is_in_no_draw_is_pointed_out_until_somebody_puts_them_in()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var drawn = await county.AdmittedAsync(Cdt(6, 1, 9));
        var forgotten = await county.AdmittedAsync(Cdt(6, 1, 9), drawn: false);
        var takenOut = await county.AdmittedAsync(Cdt(6, 1, 9));
        await takenOut.LeaveDrawsAsync(Cdt(6, 8, 9));
        await county.ShowAsync();

        var page = (await county.AskAsync(Coordinator, Caseload)).Ok();
        Reasons(page, drawn).ShouldBeEmpty();
        Reasons(page, forgotten).ShouldBe(["notInDraws"]);
        Reasons(page, takenOut).ShouldBe(["notInDraws"]);
        page["counts"]!["byAttention"]!["notInDraws"]!.GetValue<int>().ShouldBe(2);
        Order((await county.AskAsync(Coordinator, Caseload + "?attention=notInDraws")).Ok())
            .ShouldBe([forgotten.ParticipationId, takenOut.ParticipationId], ignoreOrder: true);
        Reasons((await county.AskAsync(Coordinator, $"{Caseload}?asOf={At(Cdt(6, 5, 9))}")).Ok(), takenOut).ShouldBeEmpty();

        await forgotten.DrawAsync(Cdt(6, 10, 9));
        await county.ShowAsync();
        Reasons((await county.AskAsync(Coordinator, Caseload)).Ok(), forgotten).ShouldBeEmpty();
        Reasons((await county.AskAsync(Coordinator, $"{Caseload}?asOf={At(Cdt(6, 9, 9))}")).Ok(), forgotten).ShouldBe(["notInDraws"]);
    }

    [Fact]
    public async Task A_consent_moves_the_answer_when_it_changes_it_and_the_position_gives_that_answer_again()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(6, 1, 9));
        await county.ShowAsync();
        var before = (await county.AskAsync(Coordinator, Caseload)).Ok();
        Missing(before).ShouldBe([Stories.Provider]);

        await county.GrantAsync(robin.ClientId, ConsentStories.ToCorrections);
        await county.ShowAsync();
        PositionOf((await county.AskAsync(Coordinator, Caseload)).Ok()).ShouldBe(PositionOf(before), "what the court is no party to tells it nothing");

        var consentId = await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt);
        await county.ShowAsync();
        var told = (await county.AskAsync(Coordinator, Caseload)).Ok();
        (Missing(told).Count, PositionOf(told) > PositionOf(before)).ShouldBe((0, true));

        await county.RevokeAsync(robin.ClientId, consentId);
        await county.ShowAsync();
        var revoked = (await county.AskAsync(Coordinator, Caseload)).Ok();
        (Missing(revoked).Count, PositionOf(revoked) > PositionOf(told)).ShouldBe((1, true));

        foreach (var answer in new[] { before, told, revoked })
        {
            var again = (await county.AskAsync(Coordinator, $"{Caseload}?asRecordedPosition={PositionOf(answer)}")).Ok();
            (PositionOf(again), Missing(again).Count).ShouldBe((PositionOf(answer), Missing(answer).Count));
        }

        List<string> Missing(JsonNode page) => [.. Item(page, robin)["consentsMissing"]!.AsArray().Select(one => one!.GetValue<string>())];
        long PositionOf(JsonNode page) => page["position"]!.GetValue<long>();
    }

    [Fact]
    public async Task A_test_that_was_corrected_or_excused_is_no_reason_any_more()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(6, 1, 9));
        var (testId, reported) = await robin.TestedAsync(new DateOnly(2026, 6, 8), TestResult.Positive);
        var then = await county.ShowAsync();
        Reasons((await county.AskAsync(Coordinator, Caseload)).Ok(), robin).ShouldBe(["positiveTest"]);

        await robin.TestAsync(testId, Cdt(6, 14, 9), new DrugTestCorrected(reported!.Value, null, new TestOutcome(TestResult.Negative, []), TestError.Laboratory, Sealed<string>.Of("Mixed up."))
        { ParticipationId = default, ClientId = default, Court = "", TestId = default, Corrects = TestStatement.Result });
        await county.ShowAsync();

        Reasons((await county.AskAsync(Coordinator, Caseload)).Ok(), robin).ShouldBeEmpty();
        Reasons((await county.AskAsync(Coordinator, $"{Caseload}?asRecordedPosition={then}&asOf={At(Cdt(6, 14, 9))}")).Ok(), robin).ShouldBe(["positiveTest"]);

        // What is told late is in sight since it is known, as the participant's page calls it new, and at no moment before.
        var kim = await county.AdmittedAsync(Cdt(4, 1, 9));
        await kim.FileAsync(CourtFile.Open, Cdt(6, 9, 9), new StatusHearingHeld(null, HearingKind.Status, HearingPresence.InPerson));
        var (late, _) = await kim.TestedAsync(new DateOnly(2026, 4, 20), null);
        then = await county.ShowAsync();
        reported = await kim.TestAsync(late, Cdt(4, 21, 9), new DrugTestResultReported(new TestOutcome(TestResult.Positive, ["opiates"]), "lab-1")
        { ParticipationId = default, ClientId = default, Court = "", TestId = default }, known: Cdt(6, 12, 9));
        var told = await county.ShowAsync();
        Reasons((await county.AskAsync(Coordinator, Caseload)).Ok(), kim).ShouldBe(["positiveTest"]);
        (await county.AskAsync(Coordinator, kim.Path)).Ok()["compliance"]!["tests"]!["latest"]![0]!["sinceHearing"]!.GetValue<bool>().ShouldBeTrue();
        Reasons((await county.AskAsync(Coordinator, $"{Caseload}?asOf={At(Cdt(6, 12, 9))}")).Ok(), kim).ShouldBe(["positiveTest"]);
        Reasons((await county.AskAsync(Coordinator, $"{Caseload}?asOf={At(Cdt(6, 12, 8, 59))}")).Ok(), kim).ShouldNotContain("positiveTest");
        Reasons((await county.AskAsync(Coordinator, $"{Caseload}?asRecordedPosition={then}&asOf={At(Cdt(6, 14, 9))}")).Ok(), kim).ShouldNotContain("positiveTest");

        await kim.TestAsync(late, Cdt(6, 14, 9), new DrugTestCorrected(reported.Value, null, new TestOutcome(TestResult.Negative, []), TestError.Laboratory, Sealed<string>.Of("Mixed up."))
        { ParticipationId = default, ClientId = default, Court = "", TestId = default, Corrects = TestStatement.Result });
        await county.ShowAsync();
        Reasons((await county.AskAsync(Coordinator, Caseload)).Ok(), kim).ShouldBeEmpty();
        Reasons((await county.AskAsync(Coordinator, $"{Caseload}?asRecordedPosition={told}&asOf={At(Cdt(6, 14, 9))}")).Ok(), kim).ShouldBe(["positiveTest"]);
    }

    [Fact]
    public async Task Tests_of_another_agency_move_no_order_and_no_count()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(6, 1, 9));
        await county.ShowAsync();
        var before = (await county.AskAsync(Coordinator, Caseload)).Whole();

        await robin.TestedAsync(new DateOnly(2026, 6, 8), TestResult.Positive, Coach);
        await county.ShowAsync();

        (await county.AskAsync(Coordinator, Caseload)).Whole().ShouldBe(before);
    }

    [Fact]
    public async Task Pages_are_of_one_moment_while_work_goes_on()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        for (var n = 0; n < 5; n++)
            await (await county.AdmittedAsync(Cdt(6, 1, 9))).FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 16 + n, 9), null));
        await county.ShowAsync();
        var all = Order((await county.AskAsync(Coordinator, Caseload)).Ok()).ToList();

        var paged = await county.AllAsync(Coordinator, Caseload + "?limit=2", async () =>
        {
            await (await county.AdmittedAsync(Cdt(6, 10, 9))).FileAsync(CourtFile.Open, Cdt(6, 11, 9), new WarrantIssued("failure-to-appear"));
            await county.ShowAsync();
        });

        paged.Select(item => item["participationId"]!.GetValue<Guid>()).ShouldBe(all);
        var next = (await county.AskAsync(Coordinator, Caseload + "?limit=2")).Ok()["next"]!.GetValue<string>();
        (await county.AskAsync(Judge, next)).ShouldBeProblem(400, "bad-cursor");
    }

    [Fact]
    public async Task Hearings_stand_on_their_day_wherever_they_were_put_off_to_with_what_came_of_them()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim, lee) = (await county.AdmittedAsync(), await county.AdmittedAsync(), await county.AdmittedAsync());
        var moved = await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 15, 9), null));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 3, 9), new StatusHearingContinued(moved.EntryId, Cdt(6, 17, 10), "counsel-ill"));
        var missed = await kim.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 15, 9, 30), null));
        var absent = await kim.FileAsync(CourtFile.Open, Cdt(6, 15, 9, 30), new StatusHearingMissed(missed.EntryId, Excused: true));
        await lee.FileAsync(CourtFile.Confidential, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Sanction, Cdt(6, 17, 18), null));
        var then = await county.ShowAsync();

        var week = (await county.AskAsync(Coordinator, $"{Hearings}?from=2026-06-15&to=2026-06-17")).Ok();
        Days(week).ShouldBe([("2026-06-15", kim.ParticipationId, "missedExcused"), ("2026-06-17", robin.ParticipationId, "scheduled"), ("2026-06-17", lee.ParticipationId, "scheduled")]);
        Days((await county.AskAsync(Prosecutor, $"{Hearings}?from=2026-06-15&to=2026-06-17")).Ok()).ShouldBe(
            [("2026-06-15", kim.ParticipationId, "missedExcused"), ("2026-06-17", robin.ParticipationId, "not told")], "the other file may say what came of it");
        await kim.RetractAsync(absent, "status_hearing_missed", Cdt(6, 15, 10));
        await county.ShowAsync();
        Days((await county.AskAsync(Coordinator, $"{Hearings}?from=2026-06-15&to=2026-06-15")).Ok()).ShouldBe([("2026-06-15", kim.ParticipationId, "scheduled")]);
        Days((await county.AskAsync(Coordinator, $"{Hearings}?from=2026-06-15&to=2026-06-17&asRecordedPosition={then}")).Ok()).ShouldBe(Days(week));

        (await county.AskAsync(Coordinator, Hearings + "?from=2026-06-15")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Coordinator, Hearings + "?from=2026-06-15&to=2026-06-14")).ShouldBeProblem(400, "bad-parameter");
        (await county.AskAsync(Coordinator, Hearings + "?from=2026-06-15&to=2026-12-31")).ShouldBeProblem(400, "bad-parameter");
    }

    [Fact]
    public async Task A_legal_basis_and_aftercare_that_end_are_seen_in_time()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (ending, over, later) = (await county.AdmittedAsync(Cdt(6, 1, 9)), await county.AdmittedAsync(Cdt(6, 1, 9)), await county.AdmittedAsync(Cdt(6, 1, 9)));
        foreach (var (one, last) in new[] { (ending, new DateOnly(2026, 7, 15)), (over, new DateOnly(2026, 6, 14)), (later, new DateOnly(2026, 7, 16)) })
        {
            await one.FileAsync(CourtFile.Open, Cdt(6, 1, 12), new ParticipantAdmitted(
                LegalBasis.Sentence, Sealed<string>.Of("Judgment 7"), new DateOnly(2026, 3, 30), last, CompletionEffect.SentenceReduced, [], null));
        }

        var past = await county.AdmittedAsync(Cdt(3, 1, 9));
        await past.FileAsync(CourtFile.Open, Cdt(3, 25, 9), new ParticipantWithdrew("moved", null));
        var longPast = await county.AdmittedAsync(Cdt(1, 5, 9));
        await longPast.FileAsync(CourtFile.Open, Cdt(2, 1, 9), new ParticipantWithdrew("moved", null));
        await county.ShowAsync();

        var page = (await county.AskAsync(Coordinator, Caseload)).Ok();
        Order(page).Take(2).ShouldBe([over.ParticipationId, ending.ParticipationId]);
        (Reasons(page, over).Single(), Reasons(page, ending).Single()).ShouldBe(("legalBasisOver", "legalBasisEnding"));
        Reasons(page, later).ShouldBeEmpty();
        Order((await county.AskAsync(Coordinator, Caseload + "?attention=aftercareEnding")).Ok()).ShouldBe([past.ParticipationId]);
        Order((await county.AskAsync(Coordinator, Caseload + "?ended=true")).Ok()).ShouldBe([past.ParticipationId, longPast.ParticipationId]);
        Kinds((await county.AskAsync(Coordinator, past.Path)).Ok()).ShouldBe(["aftercareEnding"]);
        Kinds((await county.AskAsync(Coordinator, over.Path)).Ok()).ShouldBe(["legalBasisOver"]);
        (await county.AskAsync(Coordinator, longPast.Path)).Ok()["compliance"]!["alerts"].ShouldBeNull();

        static IEnumerable<string> Kinds(JsonNode shown) => shown["compliance"]!["alerts"]!.AsArray().Select(alert => alert!["kind"]!.GetValue<string>());
    }

    /// <summary>Which hearing is next is judged at the instant asked about.</summary>
    [Fact]
    public async Task A_hearing_nobody_told_the_outcome_of_hides_none_to_come()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(6, 1, 9));
        var untold = await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 8, 9), null));
        await robin.FileAsync(CourtFile.Open, Cdt(6, 3, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 17, 9), null));
        var then = await county.ShowAsync();

        (await ShownAsync("")).ShouldBe((Cdt(6, 17, 9), "hearingWithoutOutcome hearingSoon"));
        Order((await county.AskAsync(Coordinator, Caseload + "?attention=hearingSoon")).Ok()).ShouldBe([robin.ParticipationId]);
        (await ShownAsync($"?asOf={At(Cdt(6, 8, 9))}")).ShouldBe((Cdt(6, 8, 9), "hearingSoon"));
        (await ShownAsync($"?asOf={At(Cdt(6, 8, 9, 1))}")).ShouldBe((Cdt(6, 17, 9), "hearingWithoutOutcome"));

        await robin.FileAsync(CourtFile.Open, Cdt(6, 8, 10), new StatusHearingHeld(untold.EntryId, HearingKind.Status, HearingPresence.InPerson));
        await county.ShowAsync();
        (await ShownAsync("")).ShouldBe((Cdt(6, 17, 9), "hearingSoon"));
        (await ShownAsync($"?asRecordedPosition={then}&asOf={At(Cdt(6, 15, 9))}")).ShouldBe((Cdt(6, 17, 9), "hearingWithoutOutcome hearingSoon"));

        async Task<(DateTimeOffset? Next, string Reasons)> ShownAsync(string moment)
        {
            var page = (await county.AskAsync(Coordinator, Caseload + moment)).Ok();
            return (Item(page, robin)["nextHearingAt"]?.GetValue<DateTimeOffset>(), string.Join(' ', Reasons(page, robin)));
        }
    }

    [Fact]
    public async Task Hearings_of_one_id_in_two_participations_are_both_in_the_calendar()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await county.AdmittedAsync(), await county.AdmittedAsync());
        var id = Guid.CreateVersion7();
        await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 15, 9), null), entry: id);
        await kim.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 16, 9), null), entry: id);
        await kim.FileAsync(CourtFile.Open, Cdt(6, 3, 9), new StatusHearingContinued(id, Cdt(6, 17, 9), "counsel-ill"));
        await county.ShowAsync();

        Days((await county.AskAsync(Coordinator, $"{Hearings}?from=2026-06-15&to=2026-06-17")).Ok()).ShouldBe(
            [("2026-06-15", robin.ParticipationId, "scheduled"), ("2026-06-17", kim.ParticipationId, "scheduled")]);
    }

    [Fact]
    public async Task Hearings_asked_about_as_they_were_recorded_are_those_of_the_days_from_then()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync();
        await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new StatusHearingScheduled(HearingKind.Status, Cdt(6, 17, 9), null));
        var then = await county.ShowAsync();
        await county.RecordedAtAsync(Cdt(6, 15, 9), afterPosition: 0);

        county.Clock.Now = Cdt(7, 15, 9);

        var asked = (await county.AskAsync(Coordinator, $"{Hearings}?asRecordedPosition={then}")).Ok();
        asked["from"]!.GetValue<string>().ShouldBe("2026-06-15");
        Days(asked).ShouldBe([("2026-06-17", robin.ParticipationId, "scheduled")]);
    }

    /// <summary>R54: more active participants than a supervision officer should have is said, and refuses nothing.</summary>
    [Fact]
    public async Task An_officer_with_more_participants_than_the_court_wants_is_shown()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await county.PublishAsync(2, Participants.Configuration with { Coaching = Participants.Configuration.Coaching with { OfficerCaseload = 1 } });
        var (robin, kim, lee) = (await county.AdmittedAsync(), await county.AdmittedAsync(), await county.AdmittedAsync());
        await robin.FileAsync(CourtFile.Confidential, Cdt(4, 2, 9), new SupervisionOfficerNamed(Agent1.Id));
        await kim.FileAsync(CourtFile.Confidential, Cdt(4, 3, 9), new SupervisionOfficerNamed(Agent2.Id));
        var corrected = await kim.FileAsync(CourtFile.Confidential, Cdt(4, 4, 9), new SupervisionOfficerNamed(Agent1.Id));
        await lee.FileAsync(CourtFile.Confidential, Cdt(4, 5, 9), new SupervisionOfficerNamed(Agent1.Id));
        await lee.FileAsync(CourtFile.Open, Cdt(5, 2, 9), new ParticipantWithdrew("moved", null));
        await county.ShowAsync();

        (await OfficersAsync("")).ShouldBe([(Agent1.Id, 2, 1, true)], "who has left is nobody's any more");
        (await OfficersAsync($"?asOf={At(Cdt(4, 6, 9))}")).ShouldBe([(Agent1.Id, 3, 1, true)]);
        await kim.RetractAsync(corrected, "supervision_officer_named", Cdt(6, 10, 9));
        await county.ShowAsync();
        (await OfficersAsync("")).ShouldBe([(Agent1.Id, 1, 1, false), (Agent2.Id, 1, 1, false)]);
        (await county.AskAsync(Judge, Caseload)).Ok()["items"]!.AsArray().Single(item => item!["participationId"]!.GetValue<Guid>() == kim.ParticipationId)!["officerId"]!
            .GetValue<string>().ShouldBe(Agent2.Id);

        async Task<IReadOnlyList<(string, int, int, bool)>> OfficersAsync(string more) =>
        [
            .. (await county.AskAsync(Coordinator, Caseload + more)).Ok()["counts"]!["officers"]!.AsArray().Select(one => (
                one!["officerId"]!.GetValue<string>(), one["participants"]!.GetValue<int>(), one["most"]!.GetValue<int>(), one["isAbove"]!.GetValue<bool>())),
        ];
    }

    private static IEnumerable<Guid> Order(JsonNode page) => page["items"]!.AsArray().Select(item => item!["participationId"]!.GetValue<Guid>());

    private static JsonNode Item(JsonNode page, Participant one) =>
        page["items"]!.AsArray().Single(item => item!["participationId"]!.GetValue<Guid>() == one.ParticipationId)!;

    private static IEnumerable<string> Reasons(JsonNode page, Participant one) => Item(page, one)["attention"]!.AsArray().Select(reason => reason!.GetValue<string>());

    private static List<(string, Guid, string)> Days(JsonNode calendar) =>
    [
        .. from day in calendar["days"]!.AsArray()
           from hearing in day!["hearings"]!.AsArray()
           select (day["on"]!.GetValue<string>(), hearing!["participationId"]!.GetValue<Guid>(), hearing["state"]?.GetValue<string>() ?? "not told"),
    ];
}
