using System.Text.Json.Nodes;
using CaseFlow.Api.Courts;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.DrugTests;

/// <summary>One test after another over HTTP, with every way it can go.</summary>
public sealed class TestingAParticipant(County county) : IClassFixture<County>, IAsyncLifetime
{
    private static readonly Actor Laboratory = new("laboratory", Role.Service, "demo", Purpose: Purpose.Operations);
    private static readonly Actor Defender = new("defender-1", Role.Defence, "demo", "court", Purpose: Purpose.CourtMonitoring);
    private static readonly ResultRequest Cocaine = new(TestResult.Positive, "state-laboratory", ["cocaine"]);
    private static readonly ResultRequest Clean = new(TestResult.Negative, "state-laboratory");

    public async ValueTask InitializeAsync()
    {
        await county.FurnishCourtAsync();
        await county.EngageAsync(Defender);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_test_goes_from_selection_to_a_contested_and_confirmed_result()
    {
        var (participation, test) = await OrderedAsync();
        (await county.PostAsync(Laboratory, test + "/result", Cocaine)).ShouldBeProblem(409, "test-not-collected");
        (await county.PostAsync(Laboratory, test + "/notify", new NotifyRequest(Specimen.OralFluid, ContactMode.Text, Ago(3)))).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/miss")).ShouldBeProblem(409, "collection-window-open");
        (await county.PostAsync(Laboratory, test + "/collect", new CollectRequest(Specimen.OralFluid, IdentityChecked: false, "collector-1", "COC-1", Ago(2))))
            .ShouldBeProblem(422, "identity-not-checked", "identityChecked");
        (await county.PostAsync(Laboratory, test + "/collect", new CollectRequest(Specimen.OralFluid, IdentityChecked: true, null, "COC-1", Ago(2))))
            .ShouldBeProblem(422, "collection-not-witnessed", "witnessedBy");
        (await county.PostAsync(Laboratory, test + "/collect", new CollectRequest(Specimen.OralFluid, IdentityChecked: true, "collector-1", "COC-7734", Ago(2)))).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/result", Cocaine)).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/result", Cocaine)).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/result", Clean)).ShouldBeProblem(409, "result-already-reported");
        (await county.PostAsync(Defender, test + "/contest", new ParticipantsWordsRequest("The dentist gave me something."))).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/confirm", Clean)).ShouldSucceed();

        var read = await TestAsync(participation);
        read["standing"].ShouldSay("negative");
        read["contested"]!.GetValue<bool>().ShouldBeTrue();
        read["confirmed"]!.GetValue<bool>().ShouldBeTrue();
        var facts = read["facts"]!.AsArray();
        facts.Select(fact => fact!["kind"]!.GetValue<string>()).ShouldBe(
            ["drug_test_selected", "drug_test_notified", "drug_test_collected", "drug_test_result_reported", "drug_test_contested", "drug_test_confirmed"]);
        facts[2]!["words"].ShouldSay("COC-7734");
        facts[4]!["words"].ShouldSay("The dentist gave me something.");
    }

    /// <summary>Scenario 11: what was known on the day of the hearing stays what it was; the measure of today is right.</summary>
    [Fact]
    public async Task An_error_of_the_laboratory_is_corrected_and_yesterday_stays_as_it_was()
    {
        var (participation, test) = await CollectedAsync();
        var reported = await county.PostAsync(Laboratory, test + "/result", Cocaine);
        reported.ShouldSucceed();
        var before = await TestAsync(participation);
        before["standing"].ShouldSay("positive");
        var wrong = before["facts"]!.AsArray().Single(fact => fact!["kind"]!.GetValue<string>() == "drug_test_result_reported")!["eventId"]!.GetValue<Guid>();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var position = await county.Database.Store.ReadStreamAsync(
            "demo", StreamIds.DrugTesting(Guid.Parse(participation.Split('/')[^1])), cancellation: TestContext.Current.CancellationToken);
        var then = position.Events[^1].Position!.Value;
        var yesterday = await county.GetAsync(Coordinator, $"{participation}/drug-tests?asRecordedPosition={then}");

        (await county.PostAsync(Coordinator, test + "/correct", new CorrectTestRequest(Guid.CreateVersion7(), TestError.Laboratory, "Exchanged.", TestResult.Negative)))
            .ShouldBeProblem(422, "test-event-unknown", "correctedEventId");
        (await county.PostAsync(Coordinator, test + "/correct", new CorrectTestRequest(wrong, TestError.Laboratory, "Two specimens were exchanged.", TestResult.Negative))).ShouldSucceed();

        var after = await TestAsync(participation);
        after["standing"].ShouldSay("negative");
        after["corrected"]!.GetValue<bool>().ShouldBeTrue();
        after["facts"]!.AsArray().Count.ShouldBe(before["facts"]!.AsArray().Count + 1);
        (await county.GetAsync(Coordinator, $"{participation}/drug-tests?asRecordedPosition={then}")).Text.ShouldBe(yesterday.Text);
        yesterday.Json["tests"]!.AsArray().Single()!["standing"].ShouldSay("positive");
    }

    [Fact]
    public async Task Nobody_advances_against_a_positive_test_and_its_correction_opens_the_way()
    {
        var participation = await county.AdmitAsync(when: new WhenPart(county.Now.AddDays(-90)));
        foreach (var objective in new[] { "treatment-begun", "hearings-attended", "housing-plan" })
            await county.EnterAsync(Coordinator, participation, "objectives", new ObjectiveRequest("acute-stabilization", objective) { File = CourtFile.Confidential });
        var test = await CollectAsync(participation);
        (await county.PostAsync(Laboratory, test + "/result", Cocaine)).ShouldSucceed();
        var advance = new AdvanceRequest("clinical-stabilization", 20) { File = CourtFile.Open, DecidedBy = ByTeam };

        (await county.TryAsync(Coordinator, participation, "advance", advance)).ShouldBeProblem(409, "sobriety-contradicted-by-tests", "sobrietyDays");

        var wrong = (await TestAsync(participation))["facts"]!.AsArray().Single(fact => fact!["kind"]!.GetValue<string>() == "drug_test_result_reported")!["eventId"]!.GetValue<Guid>();
        (await county.PostAsync(Coordinator, test + "/correct", new CorrectTestRequest(wrong, TestError.Laboratory, "Two specimens were exchanged.", TestResult.Negative))).ShouldSucceed();
        await county.EnterAsync(Coordinator, participation, "advance", advance);
        (await county.GetAsync(Coordinator, participation)).Json["phase"]!.GetValue<string>().ShouldBe("clinical-stabilization");
    }

    /// <summary>Ordered for a day long before, and taken today: the days between are not days of sobriety after it.</summary>
    [Fact]
    public async Task A_positive_counts_by_the_day_of_its_specimen_whatever_day_it_was_ordered_for()
    {
        var participation = await county.AdmitAsync(when: new WhenPart(county.Now.AddDays(-90)));
        foreach (var objective in new[] { "treatment-begun", "hearings-attended", "housing-plan" })
            await county.EnterAsync(Coordinator, participation, "objectives", new ObjectiveRequest("acute-stabilization", objective) { File = CourtFile.Confidential });
        var test = await CollectAsync(participation, Yesterday.AddDays(-40));
        (await county.PostAsync(Laboratory, test + "/result", Cocaine)).ShouldSucceed();

        (await county.TryAsync(Coordinator, participation, "advance", new AdvanceRequest("clinical-stabilization", 20) { File = CourtFile.Open, DecidedBy = ByTeam }))
            .ShouldBeProblem(409, "sobriety-contradicted-by-tests", "sobrietyDays");
    }

    /// <summary>The day that it is for, and the day by which it counts once there is one; and what it waits for, with the time.</summary>
    [Fact]
    public async Task A_test_shows_the_day_by_which_it_counts_and_what_it_waits_for()
    {
        var participation = await county.AdmitAsync(when: new WhenPart(county.Now.AddDays(-90)));
        var test = await OrderAsync(participation, Yesterday.AddDays(-40));
        var ordered = await TestAsync(participation);
        (ordered["countsOn"], ordered["awaits"]!.GetValue<string>(), ordered["awaitsUntil"]).ShouldBe((null, "notice", null));

        (await county.PostAsync(Laboratory, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(60)))).ShouldSucceed();
        (await TestAsync(participation))["awaits"].ShouldSay("specimenLate");
        var given = county.Now.AddHours(-55);
        (await county.PostAsync(Laboratory, test + "/collect", new CollectRequest(Specimen.Urine, IdentityChecked: true, "collector-1", "COC-1", new WhenPart(given)))).ShouldSucceed();

        var read = await TestAsync(participation);
        read["awaits"].ShouldSay("resultLate");
        read["awaitsUntil"]!.GetValue<DateTimeOffset>().ShouldBe(given.AddHours(48), TimeSpan.FromMilliseconds(1));
        read["day"].ShouldSay(Yesterday.AddDays(-40).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        read["countsOn"]!.GetValue<string>().ShouldBeOneOf(
            [.. new[] { 0, -1 }.Select(days => DateOnly.FromDateTime(given.UtcDateTime).AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))]);
        (await county.PostAsync(Laboratory, test + "/result", Clean)).ShouldSucceed();
        (await TestAsync(participation))["awaits"].ShouldSay("nothing");
    }

    [Fact]
    public async Task No_test_and_no_specimen_is_of_a_day_far_ahead()
    {
        var (participation, test) = await OrderedAsync();
        (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: false, Day: Yesterday.AddYears(100))))
            .ShouldBeProblem(422, "test-too-far-ahead", "day");
        (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: false, Day: DateOnly.MaxValue)))
            .ShouldBeProblem(422, "test-too-far-ahead", "day");
        (await county.PostAsync(Laboratory, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(1)))).ShouldSucceed();
        var ahead = new WhenPart(county.Now.AddYears(100));
        (await county.PostAsync(Laboratory, test + "/collect", new CollectRequest(Specimen.Urine, IdentityChecked: true, "collector-1", "COC-1", ahead)))
            .ShouldBeProblem(422, "occurred-in-future", "when");
    }

    [Fact]
    public async Task No_test_is_ordered_for_a_day_before_the_admission()
    {
        var participation = await county.AdmitAsync(when: new WhenPart(county.Now.AddDays(-3)));

        (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated.", Yesterday.AddDays(-4))))
            .ShouldBeProblem(422, "test-before-admission", "day");
    }

    [Fact]
    public async Task A_missed_test_is_no_positive_one_and_can_be_excused()
    {
        var (participation, test) = await OrderedAsync();
        (await county.PostAsync(Coordinator, test + "/miss")).ShouldBeProblem(409, "test-not-notified");
        (await county.PostAsync(Coordinator, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(9)))).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/miss")).ShouldSucceed();
        (await TestAsync(participation))["standing"].ShouldSay("nonCompliance");

        (await county.PostAsync(Coordinator, test + "/excuse", new ExcuseTestRequest("Was in hospital."))).ShouldSucceed();
        (await TestAsync(participation))["standing"].ShouldSay("excused");
    }

    /// <summary>By the jurisdiction's own days, whatever the hour is elsewhere.</summary>
    [Fact]
    public async Task Nobody_is_told_of_a_test_before_its_day()
    {
        var (_, test) = await OrderedAsync();

        (await county.PostAsync(Coordinator, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(72)))).ShouldBeProblem(422, "test-before-its-day", "when");
        (await county.PostAsync(Coordinator, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(1)))).ShouldSucceed();
    }

    /// <summary>A window that began before anybody could know of the test would be over at once.</summary>
    [Fact]
    public async Task Nobody_was_told_of_a_test_before_it_was_ordered()
    {
        var participation = await county.AdmitAsync(when: new WhenPart(county.Now.AddDays(-3)));
        (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated.", Yesterday, When: Ago(96))))
            .ShouldBeProblem(422, "test-before-admission", "when");
        (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated.", Yesterday, When: new WhenPart(county.Now.AddHours(1)))))
            .ShouldBeProblem(422, "occurred-in-future", "when");
        var ordered = await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated.", Yesterday));
        var test = $"{participation}/drug-tests/{ordered.Json["testId"]!.GetValue<Guid>()}";

        (await county.PostAsync(Coordinator, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(5)))).ShouldBeProblem(422, "test-before-selection", "when");
        (await county.PostAsync(Coordinator, test + "/miss")).ShouldBeProblem(409, "test-not-notified");
        (await county.PostAsync(Coordinator, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone))).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/miss")).ShouldBeProblem(409, "collection-window-open");
    }

    /// <summary>An order that was entered after the notice is put right, with the reason; then the test is as if it had been entered in time, also for the past.</summary>
    [Fact]
    public async Task An_order_that_was_entered_late_is_corrected_and_the_notice_is_told()
    {
        var participation = await county.AdmitAsync(when: new WhenPart(county.Now.AddDays(-3)));
        var ordered = await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated.", Yesterday));
        var test = $"{participation}/drug-tests/{ordered.Json["testId"]!.GetValue<Guid>()}";
        var entry = (await TestAsync(participation))["facts"]!.AsArray().Single()!["eventId"]!.GetValue<Guid>();
        var notice = new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(5));
        (await county.PostAsync(Coordinator, test + "/notify", notice)).ShouldBeProblem(422, "test-before-selection", "when");

        var right = new CorrectTestRequest(entry, TestError.Entry, "Entered in the evening.", Ordered: Ago(6));
        (await county.PostAsync(Coordinator, test + "/correct", right with { Ordered = null })).ShouldBeProblem(422, "test-order-time-missing", "ordered");
        (await county.PostAsync(Coordinator, test + "/correct", right with { Ordered = Ago(96) })).ShouldBeProblem(422, "test-before-admission", "ordered");
        (await county.PostAsync(Coordinator, test + "/correct", right)).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/correct", right)).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/notify", notice)).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/correct", right with { Ordered = Ago(4) })).ShouldBeProblem(422, "test-ordered-after-notice", "ordered");
        (await county.PostAsync(Coordinator, test + "/collect", new CollectRequest(Specimen.Urine, IdentityChecked: true, "collector-1", "COC-1", Ago(4)))).ShouldSucceed();

        (await TestAsync(participation))["phase"].ShouldSay("collected");
        var past = (await county.GetAsync(Coordinator, $"{participation}/drug-tests?asOf={county.Now.AddHours(-5.5):yyyy-MM-ddTHH:mm:ssZ}")).ShouldSucceed().Json;
        past["tests"]!.AsArray().ShouldHaveSingleItem()!["phase"].ShouldSay("selected");
        (await county.GetAsync(Coordinator, $"{participation}/drug-tests?asOf={county.Now.AddHours(-7):yyyy-MM-ddTHH:mm:ssZ}")).ShouldSucceed().Json["tests"]!.AsArray().ShouldBeEmpty();
    }

    /// <summary>What a test showed stays; when that was known moves, for every moment asked about.</summary>
    [Fact]
    public async Task When_a_result_was_reported_is_corrected_and_the_past_is_told_by_it()
    {
        var (participation, test) = await OrderedAsync();
        (await county.PostAsync(Laboratory, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(5)))).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/collect", new CollectRequest(Specimen.Urine, IdentityChecked: true, "collector-1", "COC-1", Ago(4)))).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/result", new ResultRequest(TestResult.Positive, "state-laboratory", ["cocaine"]))).ShouldSucceed();
        var facts = (await TestAsync(participation))["facts"]!.AsArray();
        var (notice, report) = (facts[1]!["eventId"]!.GetValue<Guid>(), facts[^1]!["eventId"]!.GetValue<Guid>());

        var right = new CorrectTestRequest(report, TestError.Entry, "Entered in the evening.", Reported: Ago(3));
        (await county.PostAsync(Coordinator, test + "/correct", right with { Reported = Ago(5) })).ShouldBeProblem(422, "result-before-collection", "reported");
        (await county.PostAsync(Coordinator, test + "/correct", right with { Result = TestResult.Negative })).ShouldBeProblem(422, "test-result-and-time", "reported");
        (await county.PostAsync(Coordinator, test + "/correct", right with { CorrectedEventId = notice })).ShouldBeProblem(422, "test-event-not-correctable", "correctedEventId");
        (await county.PostAsync(Coordinator, test + "/correct", right)).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/correct", right)).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/contest", new ParticipantsWordsRequest("It was the dentist.", Ago(2)))).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/correct", right with { Reported = Ago(1) })).ShouldBeProblem(422, "test-result-after-doubt", "reported");

        var shown = await TestAsync(participation);
        (shown["standing"]!.GetValue<string>(), shown["corrected"]!.GetValue<bool>()).ShouldBe(("positive", false));
        foreach (var (hoursAgo, phase, positive) in new[] { (3.5, "collected", 0), (2.5, "reported", 1) })
        {
            var at = $"asOf={county.Now.AddHours(-hoursAgo):yyyy-MM-ddTHH:mm:ssZ}";
            (await county.GetAsync(Coordinator, $"{participation}/drug-tests?{at}")).ShouldSucceed().Json["tests"]!.AsArray().ShouldHaveSingleItem()!["phase"].ShouldSay(phase);
            (await county.AskAsync(Coordinator, $"{participation}/compliance?{at}")).ShouldSucceed().Json["compliance"]!["tests"]!["positive"]!.GetValue<int>().ShouldBe(positive);
        }

        // What was found stays in sight wherever the right time is told.
        var told = shown["facts"]!.AsArray();
        var (reported, corrected) = (told.Single(fact => fact!["eventId"]!.GetValue<Guid>() == report)!, told.Single(fact => fact!["kind"]!.GetValue<string>() == "drug_test_corrected")!);
        shown["reportedAt"]!.GetValue<DateTimeOffset>().ShouldBe(right.Reported!.OccurredAt!.Value);
        reported["outcome"]!["substances"]![0].ShouldSay("cocaine");
        reported["correctedBy"]!.GetValue<Guid>().ShouldBe(corrected["eventId"]!.GetValue<Guid>());
        corrected["corrects"]!["statement"].ShouldSay("reported");
        corrected["corrects"]!["eventId"]!.GetValue<Guid>().ShouldBe(report);
        corrected["corrects"]!["occurredAt"]!.GetValue<DateTimeOffset>().ShouldBe(right.Reported!.OccurredAt!.Value);
        var measured = (await county.AskAsync(Coordinator, $"{participation}/compliance")).ShouldSucceed().Json["compliance"]!["tests"]!["latest"]![0]!;
        measured["timeCorrection"]!["corrects"].ShouldSay("reported");
        measured["correction"].ShouldBeNull();
        string LineOf(JsonNode read) => read["items"]!.AsArray().Single(item => item!["eventId"]!.GetValue<Guid>() == report)!["summary"]!.GetValue<string>();
        var clientId = (await county.GetAsync(Coordinator, participation + "/drug-tests")).ShouldSucceed().Json["clientId"]!.GetValue<Guid>();
        var timeline = $"/api/clients/{clientId}/timeline";
        var line = LineOf((await county.AskAsync(Officer, timeline)).ShouldSucceed().Json);
        line.ShouldStartWith("Drug test positive: cocaine. Result of the drug test was reported at ");
        (await county.PostAsync(Coordinator, test + "/correct", new CorrectTestRequest(report, TestError.Laboratory, "Exchanged.", TestResult.Negative))).ShouldSucceed();
        LineOf((await county.AskAsync(Officer, timeline)).ShouldSucceed().Json).ShouldBe("Result of the drug test is negative (error: laboratory)" + line["Drug test positive: cocaine".Length..]);
    }

    /// <summary>The window moves with the notice; in time or late, and the day by which it counts, follow for every moment asked about (R31, R32).</summary>
    [Fact]
    public async Task When_somebody_was_told_and_gave_the_specimen_is_corrected_and_lateness_is_judged_anew()
    {
        var (participation, test) = await OrderedAsync();
        (await county.PostAsync(Laboratory, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(12)))).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/collect", new CollectRequest(Specimen.Urine, IdentityChecked: true, "collector-1", "COC-1", Ago(3)))).ShouldSucceed();
        var first = await TestAsync(participation);
        first["standing"].ShouldSay("nonCompliance");
        var (notice, specimen) = (first["facts"]![1]!["eventId"]!.GetValue<Guid>(), first["facts"]![2]!["eventId"]!.GetValue<Guid>());

        var told = new CorrectTestRequest(notice, TestError.Entry, "Told at noon.", Notified: Ago(9));
        var given = new CorrectTestRequest(specimen, TestError.Entry, "Came in the afternoon.", Collected: new WhenPart(county.Now.AddMinutes(-30)));
        (await county.PostAsync(Coordinator, test + "/correct", told with { Notified = Ago(2) })).ShouldBeProblem(422, "test-notice-after-answer", "notified");
        (await county.PostAsync(Coordinator, test + "/correct", told with { Collected = Ago(9) })).ShouldBeProblem(422, "test-times-one-by-one", "notified");
        (await county.PostAsync(Coordinator, test + "/correct", given with { Collected = Ago(13) })).ShouldBeProblem(422, "test-before-notice", "collected");
        (await county.PostAsync(Coordinator, test + "/correct", given with { CorrectedEventId = notice })).ShouldBeProblem(422, "no-such-test-time-corrected", "collected");
        (await county.PostAsync(Coordinator, test + "/correct", told)).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/correct", told)).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/correct", told with { Reason = "Otherwise." })).ShouldBeProblem(409, "recorded-differently");

        var inTime = await TestAsync(participation);
        inTime["standing"].ShouldSay("open");
        inTime["collectBy"]!.GetValue<DateTimeOffset>().ShouldBe(told.Notified!.OccurredAt!.Value.AddHours(8));
        inTime["facts"]!.AsArray().Count.ShouldBe(4, "what was told twice is one");
        inTime["facts"]![3]!["corrects"]!["statement"].ShouldSay("notified");
        inTime["facts"]![3]!["corrects"]!["inTime"]!.GetValue<bool>().ShouldBeTrue();
        foreach (var (hoursAgo, phase) in new[] { (10, "selected"), (8, "notified"), (2, "collected") })
            (await PhaseAsync(participation, hoursAgo)).ShouldBe(phase);
        var measured = (await county.AskAsync(Coordinator, $"{participation}/compliance")).ShouldSucceed().Json["compliance"]!["tests"]!;
        measured["nonCompliant"]!.GetValue<int>().ShouldBe(0);
        measured["latest"]![0]!["timeCorrection"]!["corrects"].ShouldSay("notified");
        measured["latest"]![0]!["correction"]!["previous"].ShouldSay("nonCompliance");

        (await county.PostAsync(Coordinator, test + "/correct", given)).ShouldSucceed();
        (await TestAsync(participation))["standing"].ShouldSay("nonCompliance");
        (await PhaseAsync(participation, 2)).ShouldBe("notified");
        var clientId = (await county.GetAsync(Coordinator, participation + "/drug-tests")).ShouldSucceed().Json["clientId"]!.GetValue<Guid>();
        var lines = (await county.AskAsync(Officer, $"/api/clients/{clientId}/timeline")).ShouldSucceed().Json["items"]!.AsArray();
        string LineOf(Guid entry) => lines.Single(item => item!["eventId"]!.GetValue<Guid>() == entry)!["summary"]!.GetValue<string>();
        LineOf(notice).ShouldContain(". Told at ");
        LineOf(notice).ShouldEndWith(", in time (error: entry)");
        LineOf(specimen).ShouldEndWith(", too late (error: entry)");
    }

    /// <summary>A miss happened when the window ended, and moves with the notice; one whose window would still be open is put right first.</summary>
    [Fact]
    public async Task A_miss_follows_the_notice_that_is_put_right()
    {
        var (participation, test) = await OrderedAsync();
        (await county.PostAsync(Laboratory, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(12)))).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/miss")).ShouldSucceed();
        var told = new CorrectTestRequest((await TestAsync(participation))["facts"]![1]!["eventId"]!.GetValue<Guid>(), TestError.Entry, "Told at noon.", Notified: Ago(9));

        (await county.PostAsync(Coordinator, test + "/correct", told with { Notified = Ago(7) })).ShouldBeProblem(409, "collection-window-open");
        (await PhaseAsync(participation, 3)).ShouldBe("missed");
        (await county.PostAsync(Coordinator, test + "/correct", told)).ShouldSucceed();

        (await PhaseAsync(participation, 3)).ShouldBe("notified");
        var missed = await TestAsync(participation);
        (missed["phase"]!.GetValue<string>(), missed["standing"]!.GetValue<string>()).ShouldBe(("missed", "nonCompliance"));
        missed["facts"]!.AsArray().Select(fact => fact!["corrects"]?["statement"]?.GetValue<string>()).ShouldBe([null, null, null, "notified", "windowOver"]);
        (await county.AskAsync(Coordinator, $"{participation}/compliance")).ShouldSucceed().Json["compliance"]!["tests"]!["latest"]![0]!["timeCorrection"]!["corrects"].ShouldSay("notified");
    }

    /// <summary>Entered in the other order there would have been no test.</summary>
    [Fact]
    public async Task A_participation_ends_after_the_last_that_was_done_about_a_test()
    {
        var (participation, test) = await OrderedAsync();
        (await county.PostAsync(Laboratory, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(5)))).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/collect", new CollectRequest(Specimen.Urine, IdentityChecked: true, "collector-1", "COC-1", Ago(3)))).ShouldSucceed();

        EndRequest Withdrawn(int hoursAgo) => new("moved") { File = CourtFile.Open, When = Ago(hoursAgo) };
        (await county.TryAsync(Coordinator, participation, "withdraw", Withdrawn(4))).ShouldBeProblem(422, "before-what-it-follows", "when");
        (await county.TryAsync(Coordinator, participation, "withdraw", Withdrawn(2))).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/result", Cocaine)).ShouldSucceed();
    }

    /// <summary>A request that is sent twice undoes nothing that was put right between.</summary>
    [Fact]
    public async Task A_correction_and_a_contest_that_are_told_twice_are_one()
    {
        var (participation, test) = await CollectedAsync();
        var now = county.Now;
        WhenPart Before(int minutes) => new(now.AddMinutes(-minutes));
        var (found, contest) = (Cocaine with { When = Before(60) }, new ParticipantsWordsRequest("No.", Before(50)));
        (await county.PostAsync(Laboratory, test + "/result", found)).ShouldSucceed();
        (await county.PostAsync(Defender, test + "/contest", contest)).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/confirm", Clean with { When = Before(40) })).ShouldSucceed();
        var facts = (await TestAsync(participation))["facts"]!.AsArray();
        var confirmed = facts[^1]!["eventId"]!.GetValue<Guid>();
        var wrong = new CorrectTestRequest(confirmed, TestError.Laboratory, "Exchanged.", TestResult.Positive, ["thc"], When: Before(30));
        (await county.PostAsync(Coordinator, test + "/correct", wrong)).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/correct", new CorrectTestRequest(confirmed, TestError.Entry, "It was not.", TestResult.Negative, When: Before(20)))).ShouldSucceed();

        (await county.PostAsync(Coordinator, test + "/correct", wrong)).ShouldSucceed();
        (await county.PostAsync(Defender, test + "/contest", contest)).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/result", found)).ShouldSucceed();
        var read = await TestAsync(participation);
        (read["standing"]!.GetValue<string>(), read["awaits"]!.GetValue<string>(), read["facts"]!.AsArray().Count).ShouldBe(("negative", "nothing", facts.Count + 2));
    }

    /// <summary>Whoever reads the tests of somebody who is in no draw reads that too (R31).</summary>
    [Fact]
    public async Task Who_is_in_no_draw_is_pointed_out_where_the_tests_are_read()
    {
        var participation = await county.AdmitAsync();
        async Task<(bool TakesPart, bool IsMissing)> ReadAsync(Actor reader)
        {
            var read = (await county.GetAsync(reader, participation + "/drug-tests")).ShouldSucceed().Json;
            return (read["takesPart"]!.GetValue<bool>(), read["notInDraws"]!.GetValue<bool>());
        }

        (await ReadAsync(Coordinator)).ShouldBe((false, true));
        (await ReadAsync(Defender)).ShouldBe((false, true));
        (await county.PostAsync(Coordinator, participation + "/random-testing/start")).ShouldSucceed();
        (await ReadAsync(Coordinator)).ShouldBe((true, false));
        (await county.PostAsync(Coordinator, participation + "/random-testing/end", new EndTestingRequest(TestingEndReason.OrderedByCourt))).ShouldSucceed();
        (await ReadAsync(Coordinator)).ShouldBe((false, true));
        await county.EnterAsync(Coordinator, participation, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        (await ReadAsync(Coordinator)).ShouldBe((false, false));
    }

    [Fact]
    public async Task Refused_dilute_and_adulterated_count_by_the_courts_rules()
    {
        var (refusing, refused) = await OrderedAsync();
        (await county.PostAsync(Coordinator, refused + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.InPerson, Ago(1)))).ShouldSucceed();
        (await county.PostAsync(Coordinator, refused + "/refuse", new ParticipantsWordsRequest("I will not."))).ShouldSucceed();
        (await TestAsync(refusing))["standing"].ShouldSay("nonCompliance");

        var (participation, test) = await CollectedAsync();
        (await county.PostAsync(Laboratory, test + "/result", Clean)).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/dilute", new { })).ShouldSucceed();
        (await TestAsync(participation))["standing"].ShouldSay("nonCompliance");
        (await county.PostAsync(Laboratory, test + "/adulterated", new { })).ShouldSucceed();
        (await TestAsync(participation))["standing"].ShouldSay("positive");
    }

    [Fact]
    public async Task A_mental_health_court_tests_nobody()
    {
        (await county.PostAsync(Administrator, "/api/courts/mental-health-court/configurations", new CourtDoors.PublishRequest(
            1, new DateTimeOffset(2024, 1, 1, 6, 0, 0, TimeSpan.Zero), CourtTemplates.Of(CourtType.MentalHealth, "Mental Health Court", "court", []), "The handbook."))).ShouldSucceed();
        var client = await county.RegisterAsync(Coordinator, new(RegistrationSource.Court));
        var referred = await county.PostAsync(
            Coordinator, "/api/courts/mental-health-court/referrals", new ReferralRequest(client, CourtReferralSource.Defence) { File = CourtFile.Open });
        referred.Status.ShouldBe(201, referred.Text);
        var participation = $"/api/participations/{referred.Json["participationId"]!.GetValue<Guid>()}";
        await county.FinishScreeningAsync(participation);
        await county.EnterAsync(Coordinator, participation, "admit", Admission());

        (await county.PostAsync(Coordinator, participation + "/random-testing/start")).ShouldBeProblem(409, "court-without-tests");
        (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated."))).ShouldBeProblem(409, "court-without-tests");
    }

    /// <summary>Once somebody has left, nobody asks them for anything; the result of what they gave before still counts.</summary>
    [Fact]
    public async Task Nothing_new_is_done_in_a_participation_that_is_over()
    {
        var (participation, given) = await CollectedAsync();
        var open = await OrderAsync(participation);
        await county.EnterAsync(Coordinator, participation, "withdraw", new EndRequest("moved") { File = CourtFile.Open });

        (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: false))).ShouldBeProblem(409, "participation-over");
        (await county.PostAsync(Coordinator, open + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone))).ShouldBeProblem(409, "participation-over");
        (await county.PostAsync(Coordinator, participation + "/random-testing/start")).ShouldBeProblem(409, "participation-over");
        (await county.PostAsync(Laboratory, given + "/result", Clean)).ShouldSucceed();
    }

    [Fact]
    public async Task Nobody_is_tested_before_being_admitted() =>
        (await county.PostAsync(Coordinator, await county.AcceptAsync() + "/random-testing/start")).ShouldBeProblem(409, "participation-stage-wrong");

    [Fact]
    public async Task Another_courts_test_is_none_byte_for_byte()
    {
        var (participation, test) = await CollectedAsync();
        var (real, unknown) = (Guid.Parse(participation.Split('/')[^1]), Guid.CreateVersion7());

        foreach (var (route, body) in new (string, object?)[] { ("/result", Clean), ("/miss", null), ("/contest", new ParticipantsWordsRequest()) })
        {
            var there = await county.PostAsync(OtherCoordinator, test + route, body);
            var nowhere = await county.PostAsync(OtherCoordinator, test.Replace(real.ToString(), unknown.ToString(), StringComparison.Ordinal) + route, body);
            there.ShouldBeProblem(404, "participation-not-found");
            there.Without(real).ShouldBe(nowhere.Without(unknown));
        }

        (await county.GetAsync(OtherCoordinator, participation + "/drug-tests")).Without(real)
            .ShouldBe((await county.GetAsync(OtherCoordinator, $"/api/participations/{unknown}/drug-tests")).Without(unknown));
    }

    /// <summary>A day at the latest of all that is told here, at whatever hour.</summary>
    private DateOnly Yesterday => DateOnly.FromDateTime(county.Now.UtcDateTime).AddDays(-1);

    private WhenPart Ago(int hours) => new(county.Now.AddHours(-hours));

    private async Task<(string Participation, string Test)> OrderedAsync()
    {
        var participation = await county.AdmitAsync(when: new WhenPart(county.Now.AddDays(-3)));
        return (participation, await OrderAsync(participation));
    }

    private async Task<string> OrderAsync(string participation, DateOnly? day = null)
    {
        var ordered = await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated.", day ?? Yesterday, When: Ago(71)));
        ordered.Status.ShouldBe(201, ordered.Text);
        return $"{participation}/drug-tests/{ordered.Json["testId"]!.GetValue<Guid>()}";
    }

    private async Task<(string Participation, string Test)> CollectedAsync()
    {
        var participation = await county.AdmitAsync(when: new WhenPart(county.Now.AddDays(-3)));
        return (participation, await CollectAsync(participation));
    }

    private async Task<string> CollectAsync(string participation, DateOnly? day = null)
    {
        var test = await OrderAsync(participation, day);
        (await county.PostAsync(Laboratory, test + "/notify", new NotifyRequest(Specimen.Urine, ContactMode.Phone, Ago(5)))).ShouldSucceed();
        (await county.PostAsync(Laboratory, test + "/collect", new CollectRequest(Specimen.Urine, IdentityChecked: true, "collector-1", "COC-1", Ago(2)))).ShouldSucceed();
        return test;
    }

    private async Task<string> PhaseAsync(string participation, int hoursAgo) =>
        (await county.GetAsync(Coordinator, $"{participation}/drug-tests?asOf={county.Now.AddHours(-hoursAgo):yyyy-MM-ddTHH:mm:ssZ}")).ShouldSucceed()
            .Json["tests"]!.AsArray().Single()!["phase"]!.GetValue<string>();

    private async Task<JsonNode> TestAsync(string participation) =>
        (await county.GetAsync(Coordinator, participation + "/drug-tests")).ShouldSucceed().Json["tests"]!.AsArray().Single()!;
}
