using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Asking;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.CourtViews;

/// <summary>Alarms of coaching as the court's team sees them (R22, R24, R55): by consent alone, and as they were at any moment.</summary>
public sealed class WatchingTheCoaching
{
    [Fact]
    public async Task Nobody_met_the_client_for_too_long_until_somebody_does_and_again_when_that_never_was()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await robin.AssignCoachAsync(Cdt(6, 1, 9));
        await county.ShowAsync();

        // Seven days later, by days of UTC while the county has no policy.
        var due = new DateTimeOffset(2026, 6, 9, 0, 0, 0, TimeSpan.Zero);
        var alarm = (await AlarmsAsync(county, robin)).ShouldHaveSingleItem();
        (alarm["kind"]!.GetValue<string>(), alarm["since"]!.GetValue<DateTimeOffset>(), alarm["dueAt"]!.GetValue<DateTimeOffset>(), alarm["overdue"]!.GetValue<bool>(), alarm["courtVersion"]!.GetValue<int>())
            .ShouldBe(("noContact", Cdt(6, 1, 9), due, true, 1));
        (await AlarmsAsync(county, robin, $"?asOf={At(due.AddMinutes(-1))}")).ShouldBeEmpty();
        (await AlarmsAsync(county, robin, $"?asOf={At(due)}")).ShouldHaveSingleItem();

        var session = Guid.CreateVersion7();
        var held = await robin.SessionAsync(Cdt(6, 12, 10), 45, session);
        var met = await county.ShowAsync();
        (await AlarmsAsync(county, robin)).ShouldBeEmpty();
        await robin.CorrectSessionAsync(Cdt(6, 14, 9), session, held, null);
        await county.ShowAsync();

        (await AlarmsAsync(county, robin)).ShouldHaveSingleItem()["since"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 1, 9));
        (await AlarmsAsync(county, robin, $"?asRecordedPosition={met}&asOf={At(Cdt(6, 15, 9))}")).ShouldBeEmpty("that is what was held then");
        (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["coaching"]!["attendance"].ShouldBeNull();

        // R22 by phase and risk: in the first phase twenty days, in the second three, and the second counts from its own day.
        var before = await county.ShowAsync();
        await county.PublishAsync(2, Participants.Configuration with
        {
            Coaching = Participants.Configuration.Coaching with
            {
                Contacts = [new(Participants.FirstPhase, null, [20, 20, 60]), new("clinical-stabilization", null, [3, 7, 7]), new("clinical-stabilization", RiskNeedLevel.High, [2, 7, 7])],
            },
        });
        await county.ShowAsync();
        (await AlarmsAsync(county, robin)).ShouldBeEmpty();
        (await AlarmsAsync(county, robin, $"?asRecordedPosition={before}&asOf={At(Cdt(6, 15, 9))}")).ShouldHaveSingleItem("that was not asked then");
        var advanced = await robin.FileAsync(CourtFile.Open, Cdt(6, 10, 9), new PhaseAdvanced(Participants.FirstPhase, "clinical-stabilization", [], [], 60, null));
        await county.ShowAsync();
        await ShouldBeLateAsync(new DateTimeOffset(2026, 6, 14, 0, 0, 0, TimeSpan.Zero));
        await robin.FileAsync(CourtFile.Confidential, Cdt(4, 1, 10), new EligibilityScreened(ScreeningKind.RiskAndNeed, ScreeningResult.Meets, "rant", "4", null, "high-high", RiskNeedLevel.High, RiskNeedLevel.Low));
        await county.ShowAsync();
        await ShouldBeLateAsync(new DateTimeOffset(2026, 6, 13, 0, 0, 0, TimeSpan.Zero));
        await robin.RetractAsync(advanced, "phase_advanced", Cdt(6, 15, 8));
        await county.ShowAsync();
        (await AlarmsAsync(county, robin)).ShouldBeEmpty("they never were in the second phase");

        async Task ShouldBeLateAsync(DateTimeOffset since)
        {
            var late = (await AlarmsAsync(county, robin)).ShouldHaveSingleItem();
            (late["dueAt"]!.GetValue<DateTimeOffset>(), late["courtVersion"]!.GetValue<int>()).ShouldBe((since, 2));
            (await AlarmsAsync(county, robin, $"?asOf={At(since.AddMinutes(-1))}")).ShouldBeEmpty();
            (await AlarmsAsync(county, robin, $"?asOf={At(since)}")).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task What_may_not_be_told_raises_no_alarm()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await county.AdmittedAsync(Cdt(4, 1, 9)), await county.AdmittedAsync(Cdt(4, 1, 9)));
        foreach (var one in new[] { robin, kim })
        {
            await one.OrderCoachingAsync(new DateOnly(2026, 6, 1), new DateOnly(2026, 8, 30));
            await one.AssignCoachAsync(Cdt(6, 1, 9));
        }

        await county.GrantAsync(kim.ClientId, ConsentStories.ToCourt with { Information = [ConsentInformation.Engagement] }, ConsentKind.CriminalJustice);
        await county.ShowAsync();

        (await AlarmsAsync(county, robin)).ShouldBeEmpty("without a consent nothing is told");
        var shown = (await county.AskAsync(Judge, kim.Path)).Ok()["compliance"]!["coaching"]!;
        shown["hasCoach"]!.GetValue<bool>().ShouldBeTrue();
        shown["attention"].ShouldBeNull("who may not know of sessions cannot know that there was none");
    }

    [Fact]
    public async Task A_client_without_a_coach_and_a_session_nobody_spoke_of_are_shown_with_their_times()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        await county.GrantAsync(robin.ClientId, ConsentStories.ToCourt, ConsentKind.CriminalJustice);
        await robin.AssignCoachAsync(Cdt(6, 1, 9));
        await robin.CoachingAsync(Coach, Cdt(6, 2, 9), new CoachingSessionScheduled(Guid.CreateVersion7(), Cdt(6, 10, 9), SessionKind.OneToOne, ContactMode.InPerson) { ParticipationId = default, ClientId = default });
        await robin.CoachingAsync(Coach, Cdt(6, 11, 9), new CoachUnassigned(Coach.Id, CoachChangeReason.CoachLeft, Sealed<string>.Of("Mondays."), Cdt(6, 15, 9))
        { ParticipationId = default, ClientId = default, CourtVersion = 1 });
        await county.ShowAsync();

        var alarms = await AlarmsAsync(county, robin, $"?asOf={At(Cdt(6, 14, 9))}");
        alarms.Select(one => one["kind"]!.GetValue<string>()).ShouldBe(["noCoach", "sessionUntold"]);
        (alarms[0]["since"]!.GetValue<DateTimeOffset>(), alarms[0]["dueAt"]!.GetValue<DateTimeOffset>(), alarms[0]["overdue"]!.GetValue<bool>())
            .ShouldBe((Cdt(6, 11, 9), Cdt(6, 15, 9), false));
        alarms[1]["dueAt"]!.GetValue<DateTimeOffset>().ShouldBe(Cdt(6, 12, 9), "48 hours after it was to begin");
        (await AlarmsAsync(county, robin, $"?asOf={At(Cdt(6, 15, 10))}"))[0]["overdue"]!.GetValue<bool>().ShouldBeTrue();
        var attendance = (await county.AskAsync(Judge, robin.Path)).Ok()["compliance"]!["coaching"]!["attendance"]!;
        (attendance["ahead"]!.GetValue<int>(), attendance["untold"]!.GetValue<int>()).ShouldBe((0, 1));
    }

    private static async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> AlarmsAsync(StoppedCounty county, Participant robin, string more = "") =>
        [.. (await county.AskAsync(Judge, robin.Path + more)).Ok()["compliance"]!["coaching"]!["attention"]?.AsArray().Select(one => one!) ?? []];
}
