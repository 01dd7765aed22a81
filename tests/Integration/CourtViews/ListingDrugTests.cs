using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

/// <summary>All tests of a court of which something is to come: pending, late, contested, for the team, at any moment (R31, R32).</summary>
public sealed class ListingDrugTests
{
    private const string Tests = $"courts/{Participants.Court}/drug-tests";
    private const string Caseload = $"courts/{Participants.Court}/caseload";

    private static readonly DateOnly Today = new(2026, 6, 15);

    [Fact]
    public async Task Each_test_waits_for_what_is_to_come_and_what_is_late_comes_first()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var toTell = await SelectAsync(robin, Today);
        var untold = await SelectAsync(robin, Today.AddDays(-2));
        await SelectAsync(robin, Today.AddDays(-14));
        await robin.TestAsync(Guid.CreateVersion7(), Cdt(6, 10, 9), Selected(Today.AddDays(-5)) with { CaughtUp = true });
        var told = await ToldAsync(robin, Today, Cdt(6, 15, 7));
        var lateSpecimen = await ToldAsync(robin, Today.AddDays(-3), Cdt(6, 12, 7));
        var given = await GivenAsync(robin, Today.AddDays(-1), Cdt(6, 14, 10));
        var lateResult = await GivenAsync(robin, Today.AddDays(-4), Cdt(6, 11, 10));
        var contested = await ReportedAsync(robin, Today.AddDays(-6), Cdt(6, 9, 10));
        await ContestAsync(robin, contested, Cdt(6, 11, 9));
        var answered = await ReportedAsync(robin, Today.AddDays(-8), Cdt(6, 7, 10));
        await ContestAsync(robin, answered, Cdt(6, 8, 9));
        await robin.TestAsync(answered, Cdt(6, 9, 9), new DrugTestConfirmed(new TestOutcome(TestResult.Positive, ["opiates"]), "lab-1")
        { ParticipationId = default, ClientId = default, Court = "", TestId = default });
        await ContestAsync(robin, answered, Cdt(6, 10, 9));
        await robin.TestedAsync(Today.AddDays(-20), TestResult.Negative);
        await robin.MissedTestAsync(Today.AddDays(-21));
        await county.ShowAsync();

        var page = (await county.AskAsync(Coordinator, Tests)).Ok();

        Waiting(page).ShouldBe(
        [
            (lateSpecimen, "specimenLate"), (lateResult, "resultLate"), (untold, "untold"),
            (told, "specimen"), (given, "result"), (answered, "answer"), (contested, "confirmation"), (toTell, "notice"),
        ]);
        page["byAwaits"]!.ToJsonString().ShouldBe(
            """{"answer":1,"confirmation":1,"notice":1,"result":1,"resultLate":1,"specimen":1,"specimenLate":1,"untold":1}""");
        var late = page["items"]!.AsArray()[1]!;
        late["until"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 11, 10).AddHours(48));
        (late["isLate"]!.GetValue<bool>(), late["clientId"]!.GetValue<Guid>()).ShouldBe((true, robin.ClientId));
        Waiting((await county.AskAsync(Judge, Tests + "?late=true")).Ok()).Select(one => one.Awaits).ShouldBe(["specimenLate", "resultLate", "untold"]);
        Waiting((await county.AskAsync(Judge, Tests + "?awaits=confirmation")).Ok()).ShouldBe([(contested, "confirmation")]);
        (await county.AskAsync(Judge, Tests + "?awaits=boredom")).ShouldBeProblem(400, "bad-parameter");

        // The caseload says so too, of whom it is.
        Reasons((await county.AskAsync(Coordinator, Caseload)).Ok(), robin).ShouldBe(["positiveTest", "testWithoutOutcome", "resultLate", "hearingOverdue"]);
        Waiting((await county.AskAsync(Coordinator, Tests)).Ok()).Count.ShouldBe((await county.AllAsync(Coordinator, Tests + "?limit=3")).Count);
    }

    [Fact]
    public async Task A_result_is_late_by_the_version_that_its_test_was_selected_under()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await county.PublishAsync(2, Participants.Configuration with { Tests = Participants.Configuration.Tests! with { ResultHours = 240 } });
        var robin = await county.AdmittedAsync(Cdt(6, 1, 9));
        var before = await GivenAsync(robin, Today.AddDays(-5), Cdt(6, 10, 10));
        var since = await GivenAsync(robin, Today.AddDays(-4), Cdt(6, 11, 10), courtVersion: 2);
        await county.ShowAsync();

        Waiting((await county.AskAsync(Coordinator, Tests)).Ok()).ShouldBe([(before, "resultLate"), (since, "result")]);
        Reasons((await county.AskAsync(Coordinator, Caseload)).Ok(), robin).ShouldBe(["resultLate"]);
    }

    [Fact]
    public async Task It_answers_for_any_moment_and_the_position_of_an_answer_gives_it_again()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(6, 1, 9));
        var test = await GivenAsync(robin, Today.AddDays(-1), Cdt(6, 14, 10));
        var then = await county.ShowAsync();
        await county.RecordedAtAsync(Cdt(6, 14, 12), 0);
        var first = (await county.AskAsync(Coordinator, Tests)).Ok();
        Waiting(first).ShouldBe([(test, "result")]);

        county.Clock.Now = Cdt(6, 20, 9);
        Waiting((await county.AskAsync(Coordinator, Tests)).Ok()).ShouldBe([(test, "resultLate")]);
        Waiting((await county.AskAsync(Coordinator, $"{Tests}?asOf={At(Cdt(6, 15, 9))}")).Ok()).ShouldBe([(test, "result")]);
        Waiting((await county.AskAsync(Coordinator, $"{Tests}?asOf={At(Cdt(6, 14, 9))}")).Ok()).ShouldBe([(test, "notice")], "the specimen was given an hour later");
        await robin.TestAsync(test, Cdt(6, 20, 8), new DrugTestResultReported(new TestOutcome(TestResult.Negative, []), "lab-1")
        { ParticipationId = default, ClientId = default, Court = "", TestId = default });
        await county.ShowAsync();

        (await county.AskAsync(Coordinator, Tests)).Ok()["items"]!.AsArray().ShouldBeEmpty();
        var again = (await county.AskAsync(Coordinator, $"{Tests}?asRecordedPosition={then}")).Ok();
        Waiting(again).ShouldBe([(test, "result")], "it is judged at its own time");
        again["position"]!.GetValue<long>().ShouldBe(first["position"]!.GetValue<long>());
        Waiting((await county.AskAsync(Coordinator, $"{Tests}?asOf={At(Cdt(6, 19, 9))}")).Ok()).ShouldBe([(test, "resultLate")], "it came the day after");
    }

    [Fact]
    public async Task Pages_are_of_one_moment_and_of_one_asker()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(6, 1, 9));
        for (var n = 0; n < 5; n++)
            await GivenAsync(robin, Today.AddDays(-n), Cdt(6, 15 - n, 6));
        await county.ShowAsync();
        var all = Waiting((await county.AskAsync(Coordinator, Tests)).Ok()).Select(one => one.TestId).ToList();

        var paged = await county.AllAsync(Coordinator, Tests + "?limit=2", async () =>
        {
            await GivenAsync(robin, Today.AddDays(-9), Cdt(6, 6, 6));
            await county.ShowAsync();
        });

        paged.Select(item => item["testId"]!.GetValue<Guid>()).ShouldBe(all);
        var next = (await county.AskAsync(Coordinator, Tests + "?limit=2")).Ok()["next"]!.GetValue<string>();
        (await county.AskAsync(Judge, next)).ShouldBeProblem(400, "bad-cursor");
    }

    [Fact]
    public async Task It_is_for_the_courts_own_team_and_whoever_audits_it()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        await GivenAsync(await county.AdmittedAsync(Cdt(6, 1, 9)), Today, Cdt(6, 15, 8));
        await county.ShowAsync();

        (await county.AskAsync(Auditor, Tests)).Ok()["items"]!.AsArray().ShouldHaveSingleItem();
        (await county.AskAsync(AuditorWithoutGrant, Tests)).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        foreach (var stranger in new[] { Prosecutor, Defence, Coach, Agent1, Administrator })
            (await county.AskAsync(stranger, Tests)).ShouldBeProblem(403, "role-not-allowed");
        var there = await county.AskAsync(Participants.StrangeCoordinator, Tests);
        there.ShouldBeProblem(404, "court-not-found");
        (await county.AskAsync(Coordinator, "courts/no-court/drug-tests")).ShouldBeProblem(404, "court-not-found");
        (await county.AskAsync(Participants.StrangeCoordinator, "courts/city-drug-court/drug-tests")).Ok()["items"]!.AsArray().ShouldBeEmpty();
    }

    /// <summary>Nobody is asked for anything any more; what was given before is still found out, and what another agency holds is not the court's.</summary>
    [Fact]
    public async Task Of_a_participation_that_is_over_only_results_are_awaited()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var gone = await county.AdmittedAsync(Cdt(4, 1, 9));
        await ToldAsync(gone, Today, Cdt(6, 15, 7));
        await SelectAsync(gone, Today);
        var given = await GivenAsync(gone, Today.AddDays(-1), Cdt(6, 14, 10));
        await gone.TestedAsync(Today.AddDays(-2), null, Coach, Guid.CreateVersion7());
        await gone.FileAsync(CourtFile.Open, Cdt(6, 15, 8), new ParticipantWithdrew("moved", null));
        await county.ShowAsync();

        Waiting((await county.AskAsync(Coordinator, Tests)).Ok()).ShouldBe([(given, "result")]);
        Waiting((await county.AskAsync(Coordinator, $"{Tests}?asOf={At(Cdt(6, 15, 7, 30))}")).Ok()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Of_a_record_that_is_erased_nothing_is_listed()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (stays, goes) = (await county.AdmittedAsync(Cdt(6, 1, 9)), await county.AdmittedAsync(Cdt(6, 1, 9)));
        var test = await GivenAsync(stays, Today, Cdt(6, 15, 8));
        await GivenAsync(goes, Today, Cdt(6, 15, 8));
        await county.ShowAsync();
        Waiting((await county.AskAsync(Coordinator, Tests)).Ok()).Count.ShouldBe(2);

        await county.RecordAsync(PrivacyOfficer, StreamIds.Erasure(goes.ClientId), "erasure",
        [
            new ExpunctionApplied(Guid.CreateVersion7(), ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", [goes.ClientId]) { ClientId = goes.ClientId }.At(county.Clock.Now),
        ]);
        await county.ShowAsync();

        Waiting((await county.AskAsync(Coordinator, Tests)).Ok()).ShouldBe([(test, "result")]);
    }

    private static DrugTestSelected Selected(DateOnly day) => new(day, TestSelection.Random, CaughtUp: false, 1, null) { ParticipationId = default, ClientId = default, Court = "", TestId = default };

    private static async Task<Guid> SelectAsync(Participant who, DateOnly day, int courtVersion = 1)
    {
        var testId = Guid.CreateVersion7();
        await who.TestAsync(testId, Cdt(day.Month, day.Day, 0, 5), Selected(day) with { CourtVersion = courtVersion });
        return testId;
    }

    private static async Task<Guid> ToldAsync(Participant who, DateOnly day, DateTimeOffset at, int courtVersion = 1)
    {
        var testId = await SelectAsync(who, day, courtVersion);
        await who.TestAsync(testId, at, new DrugTestNotified(Specimen.Urine, ContactMode.Phone, at.AddHours(8)) { ParticipationId = default, ClientId = default, Court = "", TestId = default });
        return testId;
    }

    private static async Task<Guid> GivenAsync(Participant who, DateOnly day, DateTimeOffset at, int courtVersion = 1)
    {
        var testId = await SelectAsync(who, day, courtVersion);
        await who.TestAsync(testId, at, new DrugTestCollected(Specimen.Urine, "officer-1", Sealed<string>.Of("C-1"), true, null)
        { ParticipationId = default, ClientId = default, Court = "", TestId = default, On = day });
        return testId;
    }

    private static async Task<Guid> ReportedAsync(Participant who, DateOnly day, DateTimeOffset at)
    {
        var testId = await GivenAsync(who, day, at);
        await who.TestAsync(testId, at.AddHours(3), new DrugTestResultReported(new TestOutcome(TestResult.Positive, ["opiates"]), "lab-1")
        { ParticipationId = default, ClientId = default, Court = "", TestId = default });
        return testId;
    }

    private static Task<Guid> ContestAsync(Participant who, Guid testId, DateTimeOffset at) =>
        who.TestAsync(testId, at, new DrugTestContested(null) { ParticipationId = default, ClientId = default, Court = "", TestId = default });

    private static List<(Guid TestId, string Awaits)> Waiting(JsonNode page) =>
        [.. page["items"]!.AsArray().Select(item => (item!["testId"]!.GetValue<Guid>(), item["awaits"]!.GetValue<string>()))];

    private static IEnumerable<string> Reasons(JsonNode page, Participant who) => page["items"]!.AsArray()
        .Single(item => item!["participationId"]!.GetValue<Guid>() == who.ParticipationId)!["attention"]!.AsArray().Select(one => one!.GetValue<string>());
}
