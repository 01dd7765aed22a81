using CaseFlow.Api.Coaching;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>
/// The participation is over: nothing is done in the name of the court's order any more; what the client wants to go on with goes on, and is no
/// business of the court's.
/// </summary>
public sealed class GoingOnFreely
{
    private static readonly DateTimeOffset First = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Acts_in_the_orders_name_are_refused_until_the_client_goes_on_of_their_own_will()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var (participation, client) = await county.ReferredAsync();
        await county.ConsentToCourtAsync(client);
        var coaching = await county.CoachAsync(participation);
        var (plan, session) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var today = DateOnly.FromDateTime(First.UtcDateTime);
        (await county.PostAsync(Coach, $"{coaching}/plans/{plan}/create", new PlanRequest("A home.", today.AddMonths(3)))).ShouldSucceed();
        (await county.PostAsync(Coach, coaching + "/continue", new ContinueCoachingRequest())).ShouldBeProblem(409, "coaching-order-not-ended");
        await county.GoToAsync(First.AddDays(2));
        await county.EnterAsync(Coordinator, participation, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        await county.GoToAsync(First.AddDays(3));

        var held = new HeldRequest(SessionKind.OneToOne, ContactMode.Phone, 20);
        foreach (var (path, ask) in new (string, object)[]
        {
            ($"/sessions/{session}/schedule", new ScheduleRequest(First.AddDays(4), SessionKind.OneToOne, ContactMode.InPerson)),
            ($"/sessions/{Guid.CreateVersion7()}/hold", held),
            ($"/plans/{Guid.CreateVersion7()}/create", new PlanRequest("Another.", today.AddMonths(3))),
            ($"/plans/{plan}/sign", new SignRequest(SessionParty.Client)),
            ($"/plans/{plan}/review", new ReviewRequest(today.AddMonths(4))),
            ($"/plans/{plan}/goals/{Guid.CreateVersion7()}", new GoalRequest("housing", "A room of my own.")),
            ($"/assessments/{Guid.CreateVersion7()}", new AssessmentRequest("barc-10", "2017", 48)),
        })
        {
            (await county.PostAsync(Coach, coaching + path, ask)).ShouldBeProblem(409, "coaching-order-ended");
        }

        // What happened while the order stood is told afterwards, and a note is nobody's order.
        (await county.PostAsync(Coach, $"{coaching}/sessions/{Guid.CreateVersion7()}/hold", held with { When = new WhenPart(First.AddDays(1)) })).ShouldSucceed();
        (await county.PostAsync(Coach, coaching + "/notes", new TextRequest("A good end."))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.Reassigned, "Mondays."))).ShouldBeProblem(409, "participation-over");

        (await county.PostAsync(Coach, coaching + "/continue", new ContinueCoachingRequest("I want to keep coming."))).ShouldSucceed();
        (await county.PostAsync(Coach, coaching + "/continue", new ContinueCoachingRequest("I want to keep coming."))).ShouldSucceed();
        (await county.PostAsync(Coach, $"{coaching}/sessions/{session}/schedule", new ScheduleRequest(First.AddDays(4), SessionKind.OneToOne, ContactMode.InPerson))).ShouldSucceed();
        (await county.PostAsync(Coach, $"{coaching}/sessions/{Guid.CreateVersion7()}/hold", held)).ShouldSucceed();
        (await county.PostAsync(Coach, $"{coaching}/plans/{plan}/sign", new SignRequest(SessionParty.Client))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.Reassigned, "Mondays."))).ShouldSucceed();

        var seen = (await county.GetAsync(Second, coaching)).ShouldSucceed().Json;
        seen["entries"]!.AsArray().Count(entry => entry!["kind"]!.GetValue<string>() == "coaching_continued").ShouldBe(1);
        seen["entries"]!.ToJsonString().ShouldContain("I want to keep coming.");
        (await county.GetAsync(Coordinator, coaching + "/attendance")).ShouldSucceed().Json["providers"]![0]!["sessions"]!.AsArray()
            .ShouldHaveSingleItem()!["on"]!.GetValue<string>().ShouldBe("2026-03-04", "what goes on afterwards is not told");
    }

    /// <summary>By the moment of the end, not by its day, and whatever a consent lasts for.</summary>
    [Fact]
    public async Task What_goes_on_after_the_end_reaches_nobody_at_the_court_on_whatever_page()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var (participation, client) = await county.ReferredAsync();
        await county.ConsentToCourtAsync(client);
        var coaching = await county.CoachAsync(participation);
        await county.GoToAsync(First.AddHours(1));
        await county.HoldAsync(Coach, coaching, minutes: 30, hoursAgo: 0.5);
        await county.GoToAsync(First.AddHours(2));
        await county.EnterAsync(Coordinator, participation, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        await county.GoToAsync(First.AddHours(3));
        (await county.PostAsync(Coach, coaching + "/continue", new ContinueCoachingRequest())).ShouldSucceed();
        await county.HoldAsync(Coach, coaching, minutes: 37, hoursAgo: 0.5);
        await county.GoToAsync(First.AddDays(2));
        await county.HoldAsync(Coach, coaching, minutes: 36);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        var shown = (await county.GetAsync(Coordinator, participation + "/compliance")).ShouldSucceed().Json["compliance"]!["coaching"]!;
        (shown["attendance"]!["held"]!.GetValue<int>(), shown["attendance"]!["minutes"]!.GetValue<long>(), shown["hasCoach"]).ShouldBe((1, 30L, null));
        (await county.GetAsync(Coordinator, coaching + "/attendance")).ShouldSucceed().Json["providers"]![0]!["sessions"]!.AsArray()
            .ShouldHaveSingleItem()!["minutes"]!.GetValue<int>().ShouldBe(30);
        foreach (var (reader, held) in new[] { (Coordinator, 1), (Judge, 1), (Coach, 3) })
        {
            (await county.GetAsync(reader, client + "/timeline")).ShouldSucceed().Json["items"]!.AsArray()
                .Count(item => item!["kind"]!.GetValue<string>() == "coaching_session_held").ShouldBe(held);
        }

        (await county.GetAsync(Coordinator, client + "/timeline")).Text.ShouldNotContain("coaching_continued");
    }

    [Fact]
    public async Task Coaching_that_was_only_offered_goes_on_by_itself_and_nobody_begins_anew()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var participation = await county.AdmitAsync();
        var coaching = participation + "/coaching";
        (await county.PostAsync(Coordinator, coaching + "/offer", new OfferRequest("recovery-coaches"))).ShouldSucceed();
        (await county.PostAsync(Coordinator, coaching + "/accept", new { })).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldSucceed();
        await county.EnterAsync(Coordinator, participation, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        await county.GoToAsync(First.AddDays(1));

        await county.HoldAsync(Coach, coaching);
        (await county.PostAsync(Coach, coaching + "/continue", new ContinueCoachingRequest())).ShouldBeProblem(409, "coaching-order-not-ended");
        (await county.PostAsync(Lead, coaching + "/end", new FinishCoachingRequest(CoachingEndReason.Completed, "All is told."))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Second.Id))).ShouldBeProblem(409, "participation-over");
    }

    [Fact]
    public async Task An_end_that_was_taken_back_never_ended_the_order()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var participation = await county.AdmitAsync();
        var coaching = await county.CoachAsync(participation);
        var entry = await county.EnterAsync(Coordinator, participation, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        var held = new HeldRequest(SessionKind.OneToOne, ContactMode.Phone, 20);
        await county.GoToAsync(First.AddDays(1));
        (await county.PostAsync(Coach, $"{coaching}/sessions/{Guid.CreateVersion7()}/hold", held)).ShouldBeProblem(409, "coaching-order-ended");

        await county.EnterAsync(Coordinator, participation, $"entries/{entry}/retract", new RetractRequest { File = CourtFile.Confidential, Words = "Of another participant." });

        (await county.PostAsync(Coach, $"{coaching}/sessions/{Guid.CreateVersion7()}/hold", held)).ShouldSucceed();
    }
}
