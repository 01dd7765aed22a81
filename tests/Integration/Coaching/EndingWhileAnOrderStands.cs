using CaseFlow.Api.Coaching;
using CaseFlow.Domain.Coaching;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>R24: ending a coaching while the court's order stands is no way round the handover, and leaves nobody without a coach in silence.</summary>
public sealed class EndingWhileAnOrderStands
{
    private static readonly DateTimeOffset First = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_next_coach_is_assigned_with_a_note_and_sees_the_whole_history()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        await county.HoldAsync(Coach, coaching, "Spoke about her sister.");
        (await county.PostAsync(Coach, coaching + "/end", new FinishCoachingRequest(CoachingEndReason.Completed))).ShouldSucceed();
        var before = (await county.GetAsync(Lead, coaching)).ShouldSucceed().Json["entries"]!.AsArray();

        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Second.Id))).ShouldBeProblem(422, "handover-note-missing", "handoverNote");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldBeProblem(422, "handover-note-missing", "handoverNote");
        (await county.PostAsync(Lead, coaching + "/end", new FinishCoachingRequest(CoachingEndReason.Completed, "Meets best on Mondays."))).ShouldBeProblem(409, "handover-note-after-end", "handoverNote");
        (await county.GetAsync(Second, coaching)).ShouldBeProblem(404, "coaching-not-found");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Second.Id, "Meets best on Mondays."))).ShouldSucceed();

        var seen = (await county.GetAsync(Second, coaching)).ShouldSucceed().Json;
        seen["attention"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["handover-unread"]);
        seen["entries"]!.AsArray().Take(before.Count).Select(entry => entry!.ToJsonString()).ShouldBe(before.Select(entry => entry!.ToJsonString()), "nothing of the history is hidden");
        seen["entries"]!.ToJsonString().ShouldContain("Spoke about her sister.");
        seen["entries"]!.AsArray()[^1]!["facts"]!["handoverNote"]!.GetValue<string>().ShouldBe("Meets best on Mondays.");
        (await county.PostAsync(Second, coaching + "/handover")).ShouldSucceed();
    }

    [Fact]
    public async Task A_note_that_was_told_with_the_end_is_told_again_and_another_is_refused_not_dropped()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        var end = new FinishCoachingRequest(CoachingEndReason.Completed, "Meets best on Mondays.");
        (await county.PostAsync(Coach, coaching + "/end", end)).ShouldSucceed();
        var told = (await county.GetAsync(Lead, coaching)).ShouldSucceed().Json["entries"]!.AsArray().Count;

        (await county.PostAsync(Lead, coaching + "/end", end)).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/end", end with { HandoverNote = null })).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/end", end with { HandoverNote = "Never on Mondays." })).ShouldBeProblem(409, "handover-note-after-end", "handoverNote");

        (await county.GetAsync(Lead, coaching)).Json["entries"]!.AsArray().Count.ShouldBe(told);
    }

    [Fact]
    public async Task Of_two_leads_at_once_one_assigns_and_one_note_is_kept()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        (await county.PostAsync(Coach, coaching + "/end", new FinishCoachingRequest(CoachingEndReason.NoContact))).ShouldSucceed();

        var replies = await Task.WhenAll(new[] { Coach, Second }.Select(coach =>
            county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(coach.Id, $"A note for {coach.Id}."))));

        replies.Count(reply => reply.Status < 300).ShouldBe(1);
        replies.Single(reply => reply.Status >= 300).ShouldBeProblem(409, "coach-already-assigned");
        (await county.GetAsync(Lead, coaching)).Text.Split("A note for ").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_coaches_is_said_until_somebody_does_or_the_order_stands_no_more()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var (renewed, lifted, moved, over, noted) = (
            await county.CoachAsync(), await county.CoachAsync(), await county.CoachAsync(), await county.CoachAsync(), await county.CoachAsync());
        var all = new[] { renewed, lifted, moved, over, noted };
        foreach (var coaching in all)
            (await county.PostAsync(Lead, coaching + "/end", new FinishCoachingRequest(CoachingEndReason.Completed, coaching == noted ? "All is told." : null))).ShouldSucceed();

        var waiting = await ListAsync(county);
        (Of(waiting), waiting["open"]!.GetValue<int>(), waiting["byAlarm"]!.ToJsonString()).ShouldBe((string.Join(' ', all.Select(Id).Order()), 5, """{"noCoach":5}"""));
        var alarm = waiting["items"]![0]!["alarms"]![0]!;
        alarm["dueAt"]!.GetValue<DateTimeOffset>().ShouldBeInRange(First.AddDays(2), First.AddDays(2).AddHours(1), "two business days from a Tuesday");
        (alarm["overdue"]!.GetValue<bool>(), alarm["courtVersion"]!.GetValue<int>()).ShouldBe((false, 2));
        (await county.GetAsync(Lead, renewed)).Json["attention"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["no-coach"]);
        var then = waiting["position"]!.GetValue<long>();

        await county.GoToAsync(First.AddDays(8));
        (await ListAsync(county))["items"]!.AsArray().ShouldAllBe(item => item!["alarms"]![0]!["overdue"]!.GetValue<bool>());
        (await county.PostAsync(Lead, renewed + "/assign", new AssignCoachRequest(Second.Id, "Said again."))).ShouldSucceed();
        (await county.PostAsync(Coordinator, lifted + "/lift", new EndCoachingRequest(CoachingEndReason.OrderLifted))).ShouldSucceed();
        (await county.PostAsync(Coordinator, moved + "/order", new OrderRequest("peer-house", county.Weekly()))).ShouldSucceed();
        await county.EnterAsync(Coordinator, over[..^"/coaching".Length], "withdraw", new Api.Courts.EndRequest("moved") { File = Domain.Privacy.CourtFile.Open });

        var after = await ListAsync(county);
        (Of(after), after["open"]!.GetValue<int>()).ShouldBe((string.Join(' ', new[] { renewed, noted }.Select(Id).Order()), 2));
        after["byAlarm"]!["noCoach"]!.GetValue<int>().ShouldBe(1);
        (await county.GetAsync(Lead, lifted)).Json["attention"]!.AsArray().ShouldBeEmpty();
        Of(await ListAsync(county, $"?asRecordedPosition={then}")).ShouldBe(Of(waiting), "that is what was told then");
        var again = after["position"]!.GetValue<long>();
        Of(await ListAsync(county, $"?asRecordedPosition={again}")).ShouldBe(Of(after));
    }

    /// <summary>Nobody need take a peer whom a court only offered.</summary>
    [Fact]
    public async Task Whoever_accepted_an_offer_ends_it_and_nobody_is_awaited()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.AdmitAsync() + "/coaching";
        (await county.PostAsync(Coordinator, coaching + "/offer", new OfferRequest("recovery-coaches"))).ShouldSucceed();
        (await county.PostAsync(Coordinator, coaching + "/accept", new { })).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldSucceed();

        (await county.PostAsync(Coach, coaching + "/end", new FinishCoachingRequest(CoachingEndReason.Declined))).ShouldSucceed();

        (await ListAsync(county))["open"]!.GetValue<int>().ShouldBe(0);
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Second.Id))).ShouldBeProblem(422, "handover-note-missing", "handoverNote");

        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.Reassigned, "Meets best on Mondays."))).ShouldSucceed();
        (await county.GetAsync(Second, coaching)).ShouldSucceed().Json["entries"]!.AsArray()[^1]!["facts"]!["handoverNote"]!.GetValue<string>().ShouldBe("Meets best on Mondays.");
    }

    [Fact]
    public async Task Whoever_is_reassigned_after_a_coach_left_has_a_note_of_their_own()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        (await county.PostAsync(Lead, coaching + "/unassign", new UnassignRequest(CoachChangeReason.Reassigned, "All is told."))).ShouldSucceed();

        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.Reassigned, "Meets best on Mondays."))).ShouldSucceed();
        (await county.GetAsync(Second, coaching)).ShouldSucceed().Json["entries"]!.AsArray()[^1]!["facts"]!["handoverNote"]!.GetValue<string>().ShouldBe("Meets best on Mondays.");
    }

    private static string Id(string coaching) => coaching.Split('/')[^2];

    private static string Of(System.Text.Json.Nodes.JsonNode answer) =>
        string.Join(' ', answer["items"]!.AsArray().Select(item => item!["participationId"]!.GetValue<string>()).Order());

    private static async Task<System.Text.Json.Nodes.JsonNode> ListAsync(County county, string more = "")
    {
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        return (await county.GetAsync(Lead, "/api/coachings" + more)).ShouldSucceed().Json;
    }
}
