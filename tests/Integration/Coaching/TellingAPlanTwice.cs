using CaseFlow.Api.Coaching;
using CaseFlow.Api.Http;
using CaseFlow.Domain.Coaching;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>A plan, a goal and a signature told again are one; other content under an id that is taken is refused, and changes nothing.</summary>
public sealed class TellingAPlanTwice
{
    private static readonly DateTimeOffset First = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Review = new(2026, 6, 1);

    [Fact]
    public async Task The_same_is_recorded_once_and_other_words_or_days_are_refused()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        var (plan, goal) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (create, set, sign) = ($"{coaching}/plans/{plan}/create", $"{coaching}/plans/{plan}/goals/{goal}", $"{coaching}/plans/{plan}/sign");
        var (signedAt, later) = (new WhenPart(First.AddMinutes(-50)), new WhenPart(First.AddMinutes(-40)));
        for (var time = 0; time < 2; time++)
        {
            (await county.PostAsync(Coach, create, new PlanRequest("A home.", Review))).ShouldSucceed();
            (await county.PostAsync(Coach, set, new GoalRequest("housing", "A room of my own.", Review))).ShouldSucceed();
            (await county.PostAsync(Coach, sign, new SignRequest(SessionParty.Client, signedAt))).ShouldSucceed();
            (await county.PostAsync(Coach, sign, new SignRequest(SessionParty.Client))).ShouldSucceed();
        }

        (await county.PostAsync(Coach, create, new PlanRequest("A flat.", Review))).ShouldBeProblem(409, "recovery-plan-told-differently");
        (await county.PostAsync(Coach, create, new PlanRequest("A home.", Review.AddDays(1)))).ShouldBeProblem(409, "recovery-plan-told-differently");
        (await county.PostAsync(Coach, set, new GoalRequest("housing", "A house of my own.", Review))).ShouldBeProblem(409, "goal-told-differently");
        (await county.PostAsync(Coach, set, new GoalRequest("work", "A room of my own.", Review))).ShouldBeProblem(409, "goal-told-differently");
        (await county.PostAsync(Coach, set, new GoalRequest("housing", "A room of my own."))).ShouldBeProblem(409, "goal-told-differently");
        (await county.PostAsync(Coach, sign, new SignRequest(SessionParty.Client, later))).ShouldBeProblem(409, "recovery-plan-signature-told-differently");

        (await county.GetAsync(Coach, coaching)).ShouldSucceed().Json["entries"]!.AsArray().Select(entry => entry!["kind"]!.GetValue<string>())
            .ShouldBe(["coach_assigned", "recovery_plan_created", "goal_set", "recovery_plan_signed"]);
    }

    /// <summary>Two at once with one id: one is recorded, and whoever said otherwise is told so.</summary>
    [Fact]
    public async Task Of_two_at_once_with_other_words_one_is_refused()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var create = $"{await county.CoachAsync()}/plans/{Guid.CreateVersion7()}/create";

        var replies = await Task.WhenAll(new[] { "A home.", "A flat." }.Select(words => county.PostAsync(Coach, create, new PlanRequest(words, Review))));

        replies.Count(reply => reply.Status < 300).ShouldBe(1);
        replies.Single(reply => reply.Status >= 300).ShouldBeProblem(409, "recovery-plan-told-differently");
    }

    /// <summary>The review that coach and client agreed is due: whoever coaches and whoever leads the coaches are told.</summary>
    [Fact]
    public async Task A_review_that_is_due_is_said_where_coach_and_lead_look()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        var plan = Guid.CreateVersion7();
        (await county.PostAsync(Coach, $"{coaching}/plans/{plan}/create", new PlanRequest("A home.", new DateOnly(2026, 3, 9)))).ShouldSucceed();
        (await AlarmsAsync(Coach)).ShouldBeEmpty();

        // Monday 9 March; the week of the last contact is not over.
        await county.GoToAsync(First.AddDays(6));
        foreach (var reader in new[] { Coach, Lead })
        {
            var (kind, dueAt, isOverdue) = (await AlarmsAsync(reader)).ShouldHaveSingleItem();
            (kind, dueAt, isOverdue).ShouldBe(("planReviewDue", new DateTimeOffset(2026, 3, 10, 5, 0, 0, TimeSpan.Zero), false));
            (await county.GetAsync(reader, coaching)).ShouldSucceed().Json["alarms"]!.AsArray().ShouldHaveSingleItem()!["kind"]!.GetValue<string>().ShouldBe("planReviewDue");
        }

        (await county.PostAsync(Coach, $"{coaching}/plans/{plan}/review", new ReviewRequest(new DateOnly(2026, 6, 8)))).ShouldSucceed();
        (await AlarmsAsync(Lead)).ShouldBeEmpty();
        var entries = (await county.GetAsync(Coach, coaching)).Json["entries"]!.AsArray();
        var review = entries.Single(entry => entry!["kind"]!.GetValue<string>() == "recovery_plan_reviewed")!["eventId"]!.GetValue<Guid>();
        (await county.PostAsync(Coach, $"{coaching}/entries/{review}/retract", new RetractCoachingRequest("Of another client."))).ShouldSucceed();
        (await AlarmsAsync(Lead)).ShouldHaveSingleItem().Kind.ShouldBe("planReviewDue", "it never was");

        async Task<IReadOnlyList<(string Kind, DateTimeOffset DueAt, bool Overdue)>> AlarmsAsync(Domain.Actor reader)
        {
            await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
            return
            [
                .. (await county.GetAsync(reader, "/api/coachings")).ShouldSucceed().Json["items"]![0]!["alarms"]!.AsArray()
                    .Select(alarm => (alarm!["kind"]!.GetValue<string>(), alarm["dueAt"]!.GetValue<DateTimeOffset>(), alarm["overdue"]!.GetValue<bool>())),
            ];
        }
    }
}
