using CaseFlow.Api.Coaching;
using CaseFlow.Api.Courts;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>What a lead opens every morning: the provider's coachings, those that want attention first (R22, R24, R55).</summary>
public sealed class ListingCoachings
{
    private static readonly DateTimeOffset First = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Who_has_no_coach_or_was_not_met_comes_first_and_each_sees_their_own()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var (calm, unmet, left, untold) = (await county.CoachAsync(), await county.CoachAsync(), await county.CoachAsync(), await county.CoachAsync());
        (await county.PostAsync(Coach, $"{untold}/sessions/{Guid.CreateVersion7()}/schedule", new ScheduleRequest(First.AddDays(6), SessionKind.OneToOne, Domain.ContactMode.InPerson))).ShouldSucceed();
        var early = await ListAsync(county, Lead);
        early["open"]!.GetValue<int>().ShouldBe(4);
        early["items"]!.AsArray().ShouldAllBe(item => item!["alarms"]!.AsArray().Count == 0);
        var then = early["position"]!.GetValue<long>();

        await county.GoToAsync(First.AddDays(9));
        foreach (var met in new[] { calm, left, untold })
            await county.HoldAsync(Coach, met);
        (await county.PostAsync(Lead, left + "/unassign", new UnassignRequest(CoachChangeReason.CoachLeft, "Meets best on Mondays."))).ShouldSucceed();

        var answer = await ListAsync(county, Lead);
        Places(answer).Take(3).ShouldBe([(Of(left), "noCoach"), (Of(unmet), "noContact"), (Of(untold), "sessionUntold")]);
        Places(answer)[3].ShouldBe((Of(calm), null));
        answer["byAlarm"]!.ToJsonString().ShouldBe("""{"noCoach":1,"noContact":1,"sessionUntold":1}""");
        var noCoach = answer["items"]![0]!["alarms"]![0]!;
        (noCoach["overdue"]!.GetValue<bool>(), noCoach["courtVersion"]!.GetValue<int>()).ShouldBe((false, 2));
        noCoach["since"]!.GetValue<DateTimeOffset>().ShouldBeInRange(First.AddDays(9), First.AddDays(9).AddHours(1));
        Places(await ListAsync(county, Lead, "?alarm=noContact")).ShouldBe([(Of(unmet), "noContact")]);
        Places(await ListAsync(county, Coach)).Select(one => one.Participation).ShouldBe([Of(unmet), Of(untold), Of(calm)]);
        Places(await ListAsync(county, Second)).ShouldBeEmpty();
        Places(await ListAsync(county, OtherLead)).ShouldBeEmpty();
        (await ListAsync(county, Lead, $"?asRecordedPosition={then}"))["items"]!.AsArray().ShouldAllBe(item => item!["alarms"]!.AsArray().Count == 0);
        (await county.GetAsync(Coordinator, "/api/coachings")).ShouldBeProblem(403, "role-not-allowed");
        (await county.GetAsync(Lead, "/api/coachings?alarm=boredom")).ShouldBeProblem(400, "bad-parameter");

        var page = await ListAsync(county, Lead, "?limit=2");
        var next = (await county.GetAsync(Lead, page["next"]!.GetValue<string>())).ShouldSucceed().Json;
        Places(page).Concat(Places(next)).ShouldBe(Places(answer));
        (await county.GetAsync(Coach, page["next"]!.GetValue<string>())).ShouldBeProblem(400, "bad-cursor");

        // R22: where the court asks by phase and risk, who is in the first phase at high risk is met every twenty days; neither is told to the coaches.
        var asked = answer["position"]!.GetValue<long>();
        var court = Configuration();
        (await county.PostAsync(Administrator, "/api/courts/drug-court/configurations", new CourtDoors.PublishRequest(3, new DateTimeOffset(2024, 1, 1, 6, 0, 0, TimeSpan.Zero), court with
        {
            Coaching = court.Coaching with { Contacts = [new("acute-stabilization", RiskNeedLevel.High, [20, 20, 20]), new("acute-stabilization", null, [1, 1, 1])] },
        }, "By phase and risk."))).ShouldSucceed();
        var byPhase = await ListAsync(county, Lead);
        byPhase["byAlarm"]!.ToJsonString().ShouldBe("""{"noCoach":1,"sessionUntold":1}""");
        byPhase["position"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(asked);
        (await county.GetAsync(Coach, unmet)).ShouldSucceed().Json["alarms"]!.AsArray().ShouldBeEmpty();
        Places(await ListAsync(county, Lead, $"?asRecordedPosition={asked}")).ShouldBe(Places(answer));
        byPhase.ToJsonString().ShouldNotContain("acute-stabilization");
    }

    private static Guid Of(string coaching) => Guid.Parse(coaching.Split('/')[^2]);

    private static IReadOnlyList<(Guid Participation, string? Alarm)> Places(System.Text.Json.Nodes.JsonNode answer) =>
        [.. answer["items"]!.AsArray().Select(item => (item!["participationId"]!.GetValue<Guid>(), item["alarms"]!.AsArray().FirstOrDefault()?["kind"]!.GetValue<string>()))];

    private static async Task<System.Text.Json.Nodes.JsonNode> ListAsync(County county, Domain.Actor actor, string more = "")
    {
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        return (await county.GetAsync(actor, "/api/coachings" + more)).ShouldSucceed().Json;
    }
}
