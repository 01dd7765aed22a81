using CaseFlow.Api.Coaching;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Api.Workforce;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Workforce;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>Who coached when is told as it was; and what was held while somebody coached is told by them also once they have left.</summary>
public sealed class TellingCoachesLate
{
    private static readonly DateTimeOffset First = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly HeldRequest Held = new(SessionKind.OneToOne, ContactMode.InPerson, 45);

    private static WhenPart Day(double days) => new(First.AddDays(days));

    private static string Session(string coaching) => $"{coaching}/sessions/{Guid.CreateVersion7()}";

    [Fact]
    public async Task A_coach_is_assigned_and_leaves_when_it_happened_and_is_judged_by_that_day()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.OrderAsync();
        await county.GoToAsync(First.AddDays(10));
        (await county.PostAsync(Lead, $"/api/workforce/{Coach.Id}/certifications/lapse", new WorkforceDoors.LapseRequest(Certification.Cps))).ShouldSucceed();

        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id, When: Day(11)))).ShouldBeProblem(422, "occurred-in-future", "when");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id, When: Day(-2)))).ShouldBeProblem(422, "coach-before-order", "when");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldBeProblem(409, "coach-not-certified");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id, When: Day(1)))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/unassign", new UnassignRequest(CoachChangeReason.CertificationLapsed, "Mondays.", Day(-2)))).ShouldBeProblem(422, "before-what-it-follows", "when");
        (await county.PostAsync(Lead, coaching + "/unassign", new UnassignRequest(CoachChangeReason.CertificationLapsed, "Mondays.", Day(8)))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Second.Id, When: Day(5)))).ShouldBeProblem(422, "coach-before-last-left", "when");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Second.Id, When: Day(9)))).ShouldSucceed();

        // Told again with their times they are told already, and whoever coaches now stays.
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id, When: Day(1)))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/unassign", new UnassignRequest(CoachChangeReason.CertificationLapsed, "Mondays.", Day(8)))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/unassign", new UnassignRequest(CoachChangeReason.CertificationLapsed, "Tuesdays.", Day(8)))).ShouldBeProblem(422, "before-what-it-follows", "when");

        var entries = (await county.GetAsync(Second, coaching)).ShouldSucceed().Json["entries"]!.AsArray();
        entries.Where(entry => entry!["kind"]!.GetValue<string>() == "coach_assigned").Select(entry => entry!["occurredAt"]!.GetValue<DateTimeOffset>())
            .ShouldBe([First.AddDays(1), First.AddDays(9)]);
        (await county.GetAsync(Second, $"{coaching}?asOf=2026-03-10T16:00:00Z")).ShouldSucceed().Json["coachId"].ShouldSay(Coach.Id);
    }

    [Fact]
    public async Task Whoever_has_left_the_provider_since_is_assigned_as_of_when_they_were_there()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.OrderAsync();
        await county.GoToAsync(First.AddDays(10));
        (await county.PostAsync(Administrator, $"/api/staff/{Coach.Id}/depart", Api.Agencies.BecauseRequest.Example)).ShouldSucceed();
        await county.GoToAsync(First.AddDays(12));

        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldBeProblem(422, "not-a-coach-there", "coachId");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id, When: Day(11)))).ShouldBeProblem(422, "not-a-coach-there", "coachId");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id, When: Day(1)))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.CoachLeft, "Mondays.", Day(10)))).ShouldSucceed();
        (await county.GetAsync(Second, $"{coaching}?asOf=2026-03-10T16:00:00Z")).ShouldSucceed().Json["coachId"].ShouldSay(Coach.Id);
    }

    [Fact]
    public async Task Nobody_is_assigned_before_the_order()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        await county.GoToAsync(First.AddDays(10));
        var coaching = await county.OrderAsync();

        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id, When: Day(5)))).ShouldBeProblem(422, "coach-before-order", "when");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldSucceed();
    }

    [Fact]
    public async Task A_coach_who_left_tells_what_was_theirs_and_to_them_nothing_else_exists()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        var missed = Session(coaching);
        (await county.PostAsync(Coach, missed + "/schedule", new ScheduleRequest(First.AddDays(2), SessionKind.OneToOne, ContactMode.InPerson))).ShouldSucceed();
        await county.GoToAsync(First.AddDays(5));
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.Reassigned, "Mondays.", Day(4)))).ShouldSucceed();

        (await county.PostAsync(Coach, Session(coaching) + "/hold", Held with { When = Day(3) })).ShouldSucceed();
        (await county.PostAsync(Coach, missed + "/miss", new MissedRequest(Excused: false))).ShouldSucceed();
        (await county.PostAsync(Coach, Session(coaching) + "/hold", Held)).ShouldBeProblem(404, "coaching-not-found");
        (await county.PostAsync(Coach, Session(coaching) + "/schedule", new ScheduleRequest(First.AddDays(8), SessionKind.OneToOne, ContactMode.InPerson))).ShouldBeProblem(404, "coaching-not-found");
        (await county.GetAsync(Coach, coaching)).ShouldBeProblem(404, "coaching-not-found");

        var held = (await county.GetAsync(Second, coaching)).ShouldSucceed().Json["entries"]!.AsArray().Single(entry => entry!["kind"]!.GetValue<string>() == "coaching_session_held")!;
        held["facts"]!["coachId"].ShouldSay(Coach.Id);

        // With the same time, reason and note another one hands over: who left before is not who leaves now.
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Coach.Id, CoachChangeReason.Reassigned, "Mondays.", Day(4)))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.Reassigned, "Mondays.", Day(4)))).ShouldSucceed();
        (await county.GetAsync(Lead, coaching)).ShouldSucceed().Json["coachId"].ShouldSay(Coach.Id);
    }

    [Fact]
    public async Task A_correction_names_the_coach_who_held_it()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        await county.GoToAsync(First.AddDays(5));
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.Reassigned, "Mondays.", Day(4)))).ShouldSucceed();
        (await county.PostAsync(Second, Session(coaching) + "/hold", Held with { When = Day(4.01) })).ShouldSucceed();
        var entry = (await county.GetAsync(Second, coaching)).ShouldSucceed().Json["entries"]!.AsArray()
            .Single(one => one!["kind"]!.GetValue<string>() == "coaching_session_held")!["eventId"]!.GetValue<Guid>();
        var correct = $"{coaching}/entries/{entry}/correct-session";
        var right = new CorrectSessionRequest(Attendance.Attended, SessionKind.OneToOne, "She held it before she left.", 45, Day(3.5), Coach.Id);

        (await county.PostAsync(Second, correct, right with { When = null })).ShouldBeProblem(422, "session-of-another-coach", "coachId");
        (await county.PostAsync(Second, correct, right with { Attended = Attendance.Missed, Minutes = null })).ShouldBeProblem(422, "session-held-by-nobody", "coachId");
        (await county.PostAsync(Second, correct, right)).ShouldSucceed();
        (await county.PostAsync(Second, correct, right)).ShouldSucceed();

        (await county.GetAsync(Second, coaching)).ShouldSucceed().Json["entries"]!.AsArray()
            .Single(one => one!["kind"]!.GetValue<string>() == "coaching_session_corrected")!["facts"]!["coachId"].ShouldSay(Coach.Id);
    }

    [Fact]
    public async Task Who_is_named_was_certified_then()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        await county.GoToAsync(First.AddDays(2));
        (await county.PostAsync(Lead, $"/api/workforce/{Coach.Id}/certifications/lapse", new WorkforceDoors.LapseRequest(Certification.Cps))).ShouldSucceed();
        await county.GoToAsync(First.AddDays(5));
        (await county.PostAsync(Coach, Session(coaching) + "/hold", Held with { When = Day(4) })).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.CertificationLapsed, "Mondays."))).ShouldSucceed();
        var entry = (await county.GetAsync(Lead, coaching)).ShouldSucceed().Json["entries"]!.AsArray()
            .Single(one => one!["kind"]!.GetValue<string>() == "coaching_session_held")!["eventId"]!.GetValue<Guid>();
        var right = new CorrectSessionRequest(Attendance.Attended, SessionKind.OneToOne, "Another day.", 45, Day(3), Coach.Id);

        (await county.PostAsync(Lead, $"{coaching}/entries/{entry}/correct-session", right)).ShouldBeProblem(422, "session-coach-not-certified", "coachId");
        (await county.PostAsync(Lead, $"{coaching}/entries/{entry}/correct-session", right with { When = Day(1) })).ShouldSucceed();
    }

    [Fact]
    public async Task What_was_held_freely_before_that_ended_is_told_afterwards()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var participation = await county.AdmitAsync();
        var coaching = await county.CoachAsync(participation);
        await county.GoToAsync(First.AddDays(2));
        await county.EnterAsync(Coordinator, participation, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        await county.GoToAsync(First.AddDays(3));
        (await county.PostAsync(Coach, coaching + "/continue", new ContinueCoachingRequest())).ShouldSucceed();
        await county.GoToAsync(First.AddDays(6));
        (await county.PostAsync(Lead, coaching + "/end", new FinishCoachingRequest(CoachingEndReason.Completed))).ShouldSucceed();
        await county.GoToAsync(First.AddDays(7));

        (await county.PostAsync(Coach, Session(coaching) + "/hold", Held with { When = Day(5) })).ShouldSucceed();
        (await county.PostAsync(Lead, Session(coaching) + "/hold", Held with { When = Day(5) })).ShouldSucceed();
        (await county.PostAsync(Coach, Session(coaching) + "/hold", Held with { When = Day(6.5) })).ShouldBeProblem(404, "coaching-not-found");
    }
}
