using CaseFlow.Api.Agencies;
using CaseFlow.Api.Coaching;
using CaseFlow.Api.Courts;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Courts;

/// <summary>What happened is entered however late, and what cannot have happened is not.</summary>
public sealed class EnteringLate
{
    private static readonly DateTimeOffset Start = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_hearing_that_nobody_entered_beforehand_is_entered_late_as_missed_or_held()
    {
        await using var county = await County.AtAsync(Start);
        await county.FurnishCourtAsync();
        var participation = await county.AdmitAsync();
        await county.GoToAsync(Start.AddDays(20));
        var (set, lay) = (new WhenPart(Start.AddDays(1)), Start.AddDays(10));
        (await county.TryAsync(Coordinator, participation, "hearings", new HearingRequest(HearingKind.Status, lay) { File = CourtFile.Open })).ShouldBeProblem(422, "hearing-in-the-past");
        (await county.TryAsync(Coordinator, participation, "hearings", new HearingRequest(HearingKind.Status, lay) { File = CourtFile.Open, When = new WhenPart(lay.AddHours(1)) }))
            .ShouldBeProblem(422, "hearing-in-the-past");

        var missed = await county.EnterAsync(Coordinator, participation, "hearings", new HearingRequest(HearingKind.Status, lay) { File = CourtFile.Open, When = set });
        await county.EnterAsync(Coordinator, participation, $"hearings/{missed}/miss", new HearingMissedRequest(Excused: false) { File = CourtFile.Open, When = new WhenPart(lay) });
        var held = await county.EnterAsync(Coordinator, participation, "hearings", new HearingRequest(HearingKind.Status, lay.AddDays(7)) { File = CourtFile.Open, When = set });
        await county.EnterAsync(
            Coordinator, participation, $"hearings/{held}/hold",
            new HearingHeldRequest(HearingPresence.InPerson) { File = CourtFile.Open, DecidedBy = ByJudge, When = new WhenPart(lay.AddDays(7)) });

        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var shown = (await county.GetAsync(Coordinator, participation + "/compliance")).ShouldSucceed().Json["compliance"]!["hearings"]!;
        (shown["missed"]!.GetValue<int>(), shown["held"]!.GetValue<int>(), shown["withoutOutcome"]!.GetValue<int>()).ShouldBe((1, 1, 0));
    }

    /// <summary>The order of what happened is held, not that of recording; a wrong time is retracted and recorded anew.</summary>
    [Fact]
    public async Task What_happened_is_not_before_what_it_follows_on()
    {
        await using var county = await County.AtAsync(Start);
        await county.FurnishCourtAsync();
        var participation = await county.AdmitAsync();
        await county.GoToAsync(Start.AddDays(20));
        ConditionRequest Ordered(int day) => new("essay") { File = CourtFile.Open, DecidedBy = ByJudge, Words = "Two pages.", When = new WhenPart(Start.AddDays(day)) };
        PlainRequest Satisfied(int day) => new() { File = CourtFile.Open, When = new WhenPart(Start.AddDays(day)) };

        var slipped = await county.EnterAsync(Coordinator, participation, "conditions", Ordered(10));
        (await county.TryAsync(Coordinator, participation, $"conditions/{slipped}/satisfy", Satisfied(5))).ShouldBeProblem(422, "before-what-it-follows", "when");
        (await county.TryAsync(Coordinator, participation, "withdraw", new EndRequest("own-wish") { File = CourtFile.Open, When = new WhenPart(Start.AddDays(9)) }))
            .ShouldBeProblem(422, "before-what-it-follows", "when");
        await county.EnterAsync(Coordinator, participation, $"entries/{slipped}/retract", new RetractRequest { File = CourtFile.Open, Words = "A slip of the date." });
        var right = await county.EnterAsync(Coordinator, participation, "conditions", Ordered(1));
        await county.EnterAsync(Coordinator, participation, $"conditions/{right}/satisfy", Satisfied(5));
        await county.EnterAsync(Coordinator, participation, "withdraw", new EndRequest("own-wish") { File = CourtFile.Open, When = new WhenPart(Start.AddDays(9)) });
    }

    /// <summary>A retraction takes its entry away and counts from what it takes back, so a question about the time between is answered as now.</summary>
    [Fact]
    public async Task What_was_retracted_stood_at_no_moment_and_only_on_record_until_then()
    {
        await using var county = await County.AtAsync(Start);
        await county.FurnishCourtAsync();
        var participation = await county.AdmitAsync();
        await county.GoToAsync(Start.AddDays(20));
        var end = await county.EnterAsync(Coordinator, participation, "withdraw", new EndRequest("own-wish") { File = CourtFile.Open, When = new WhenPart(Start.AddDays(9)) });
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var position = (await county.Database.Store.EndOfLogAsync(TestContext.Current.CancellationToken)).Position;
        await county.EnterAsync(Coordinator, participation, $"entries/{end}/retract", new RetractRequest { File = CourtFile.Open, Words = "Of another participant." });

        var asOf = Uri.EscapeDataString(Start.AddDays(15).ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        var then = (await county.GetAsync(Coordinator, $"{participation}?asOf={asOf}")).ShouldSucceed().Json;
        (then["stage"]!.GetValue<string>(), then["endedAt"]).ShouldBe(("admitted", null));
        then["entries"]!.AsArray().Single(entry => entry!["entryId"]!.GetValue<Guid>() == end)!["isRetracted"]!.GetValue<bool>().ShouldBeTrue();
        var held = (await county.GetAsync(Coordinator, $"{participation}?asOf={asOf}&asRecordedPosition={position}")).ShouldSucceed().Json;
        held["stage"].ShouldSay("withdrawn");
    }

    [Fact]
    public async Task It_is_under_the_rules_of_then_and_decided_by_those_who_worked_there_then()
    {
        await using var county = await County.AtAsync(Start);
        await county.FurnishCoachesAsync();
        var rules = Configuration("recovery-coaches");
        (await county.PostAsync(
            Administrator, "/api/courts/drug-court/configurations",
            new CourtDoors.PublishRequest(3, Start.AddDays(10), rules with { Tests = rules.Tests! with { Missed = CountsAs.Positive } }, "Stricter."))).ShouldSucceed();
        var participation = await county.AdmitAsync();
        await county.GoToAsync(Start.AddDays(15));
        (await county.PostAsync(Administrator, $"/api/staff/{Judge.Id}/depart", BecauseRequest.Example)).ShouldSucceed();
        await county.GoToAsync(Start.AddDays(20));

        // A test that was ordered under the first rules is under them, and one that was ordered since is not.
        foreach (var (day, version) in new[] { (5, 2), (12, 3) })
        {
            var test = (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Slurred speech.", When: new WhenPart(Start.AddDays(day)))))
                .ShouldSucceed().Json["testId"]!.GetValue<Guid>();
            (await county.GetAsync(Coordinator, participation + "/drug-tests")).ShouldSucceed().Json["tests"]!.AsArray()
                .Single(one => one!["testId"]!.GetValue<Guid>() == test)!["courtVersion"]!.GetValue<int>().ShouldBe(version);
        }

        // An order that has run out since.
        var from = DateOnly.FromDateTime(Start.UtcDateTime);
        OrderRequest Ordered(int day) => new(
            "recovery-coaches", new CoachingOrder(1, OrderPeriod.Week, SessionKind.OneToOne, from, from.AddDays(14)), When: new WhenPart(Start.AddDays(day)));
        (await county.PostAsync(Coordinator, participation + "/coaching/order", Ordered(16))).ShouldBeProblem(422, "coaching-order-over", "order.until");
        (await county.PostAsync(Coordinator, participation + "/coaching/order", Ordered(2))).ShouldSucceed();

        // Whoever has left decided while they were there, and not after.
        IncentiveRequest Praised(int day) => new("praise", "attended") { File = CourtFile.Open, DecidedBy = ByTeam, When = new WhenPart(Start.AddDays(day)) };
        await county.EnterAsync(Coordinator, participation, "incentives", Praised(14));
        (await county.TryAsync(Coordinator, participation, "incentives", Praised(16))).ShouldBeProblem(422, "decider-unknown", "decidedBy");
    }

    [Fact]
    public async Task A_session_before_there_was_a_coach_is_refused()
    {
        await using var county = await County.AtAsync(Start);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync(await county.AdmitAsync());
        var held = new HeldRequest(SessionKind.OneToOne, ContactMode.InPerson, 45);

        foreach (var daysAgo in new[] { 200, 1 })
        {
            (await county.PostAsync(Coach, $"{coaching}/sessions/{Guid.CreateVersion7()}/hold", held with { When = new WhenPart(Start.AddDays(-daysAgo)) }))
                .ShouldBeProblem(422, "session-without-coach");
        }

        await county.HoldAsync(Coach, coaching, hoursAgo: 1);
        var session = (await county.GetAsync(Coach, coaching)).ShouldSucceed().Json["entries"]!.AsArray()
            .Single(entry => entry!["kind"]!.GetValue<string>() == "coaching_session_held")!["eventId"]!.GetValue<Guid>();
        (await county.PostAsync(
            Coach, $"{coaching}/entries/{session}/correct-session",
            new CorrectSessionRequest(Attendance.Attended, SessionKind.OneToOne, "Typed the wrong year.", 45, new WhenPart(Start.AddDays(-200))))).ShouldBeProblem(422, "session-without-coach");
    }
}
