using CaseFlow.Api.Coaching;
using CaseFlow.Api.Courts;
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
