using CaseFlow.Api.Coaching;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Workforce;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Workforce;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>A coaching and a participation, asked about as of a moment and as recorded then: nothing of today shows in it.</summary>
public sealed class ReadingThePast
{
    private static readonly DateTimeOffset First = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("asOf")]
    [InlineData("asRecorded")]
    public async Task A_coaching_tells_the_coach_the_order_and_the_certification_of_the_moment(string axis)
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        var order = (await county.GetAsync(Lead, coaching)).ShouldSucceed().Json["order"]!.ToJsonString();
        await county.GoToAsync(First.AddDays(3));
        (await county.PostAsync(Coordinator, coaching + "/order", new OrderRequest("recovery-coaches", county.Weekly() with { Sessions = 3 }))).ShouldSucceed();
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.CoachLeft, "Meets best on Mondays."))).ShouldSucceed();
        foreach (var coach in new[] { Coach, Second })
            (await county.PostAsync(Lead, $"/api/workforce/{coach.Id}/certifications/lapse", new WorkforceDoors.LapseRequest(Certification.Cps))).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        var then = (await county.GetAsync(Lead, $"{coaching}?{axis}={First.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}")).ShouldSucceed().Json;
        var now = (await county.GetAsync(Lead, coaching)).ShouldSucceed().Json;

        then["coachId"].ShouldSay(Coach.Id);
        then["order"]!.ToJsonString().ShouldBe(order);
        then["attention"]!.AsArray().ShouldBeEmpty();
        then["court"].ShouldSay("drug-court");
        now["coachId"].ShouldSay(Second.Id);
        now["order"]!["sessions"]!.GetValue<int>().ShouldBe(3);
        now["attention"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["handover-unread", "certification-not-in-force"]);
    }

    [Theory]
    [InlineData("asOf")]
    [InlineData("asRecorded")]
    public async Task A_participation_tells_the_stage_and_the_entries_of_the_moment(string axis)
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCourtAsync();
        var participation = await county.AdmitAsync();
        var before = (await county.GetAsync(Coordinator, participation)).ShouldSucceed();
        await county.GoToAsync(First.AddDays(3));
        await county.EnterAsync(Coordinator, participation, "withdraw", new EndRequest("moved") { File = CourtFile.Open });
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        var then = (await county.GetAsync(Coordinator, $"{participation}?{axis}={First.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}")).ShouldSucceed();

        then.Text.ShouldBe(before.Text);
        then.ETag.ShouldBeNull("changes name the version of today");
        (await county.GetAsync(Coordinator, participation)).Json["stage"].ShouldSay("withdrawn");
        (await county.GetAsync(Coordinator, $"{participation}?asOf={First.AddDays(-1):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBeProblem(404, "participation-not-found");
    }
}
