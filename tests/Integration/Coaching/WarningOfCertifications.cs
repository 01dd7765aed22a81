using System.Text.Json.Nodes;
using CaseFlow.Api.Workforce;
using CaseFlow.Domain;
using CaseFlow.Domain.Workforce;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>Whose certification ends, and whose counts no more: for who leads the coaches, and for the worker (R50, scenario 14).</summary>
public sealed class WarningOfCertifications
{
    /// <summary>The coaches are certified for a year from here: their last day is 3 March 2027.</summary>
    private static readonly DateTimeOffset First = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    /// <summary>Midnight at the end of the last day, in Wisconsin.</summary>
    private static readonly DateTimeOffset End = new(2027, 3, 4, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_lead_sees_who_is_warned_of_what_at_any_moment_and_nobody_elses_coaches()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        await county.CoachAsync();

        var now = await ListAsync(county, Lead);
        Lines(now).ShouldBe([(Coach.Id, null, 1, 0), (Lead.Id, null, 0, 0), (Second.Id, null, 0, 0)], ignoreOrder: true);
        // What will be: 30 days before the end of the last day, and the first instant after it.
        Lines(await ListAsync(county, Lead, Ask(End.AddDays(-31).AddTicks(-10)))).ShouldContain((Coach.Id, "expiring:90", 1, 0));
        Lines(await ListAsync(county, Lead, Ask(End.AddDays(-31)))).ShouldContain((Coach.Id, "expiring:30", 1, 0));
        Lines(await ListAsync(county, Lead, Ask(End.AddTicks(-10)))).ShouldContain((Coach.Id, "expiring:30", 1, 0));
        var over = await ListAsync(county, Lead, Ask(End));
        Lines(over).Take(2).ShouldBe([(Coach.Id, "expired:", 1, 1), (Second.Id, "expired:", 0, 0)]);
        over["byWarning"]!.ToJsonString().ShouldBe("""{"expired":2}""");
        Lines(await ListAsync(county, Lead, Ask(End) + "&warning=expiring")).ShouldBeEmpty();
        (await county.GetAsync(Lead, "/api/workforce" + Ask(First.AddYears(-1)))).ShouldBeProblem(404, "policy-none-in-force");

        Lines(await ListAsync(county, OtherLead)).Select(line => line.StaffId).ShouldBe([OtherCoach.Id, OtherLead.Id], ignoreOrder: true);
        (await county.GetAsync(Coach, "/api/workforce")).ShouldBeProblem(403, "role-not-allowed");
        (await county.GetAsync(Coordinator, "/api/workforce")).ShouldBeProblem(403, "role-not-allowed");
        (await county.GetAsync(Lead, "/api/workforce?warning=boredom")).ShouldBeProblem(400, "bad-parameter");
    }

    [Fact]
    public async Task A_suspension_is_flagged_at_once_where_it_hangs_on_and_is_not_known_before_it_was_recorded()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var coaching = await county.CoachAsync();
        await county.GoToAsync(First.AddDays(1));
        (await county.PostAsync(Lead, $"/api/workforce/{Coach.Id}/certifications/suspend", new WorkforceDoors.SuspendRequest(Certification.Cps, "complaint-under-review"))).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        Lines(await ListAsync(county, Lead))[0].ShouldBe((Coach.Id, "suspended:", 1, 1));
        Lines(await ListAsync(county, Lead, $"?asRecorded={First.AddHours(12):yyyy-MM-ddTHH:mm:ssZ}")).ShouldContain((Coach.Id, null, 1, 0));
        var own = (await county.GetAsync(Coach, $"/api/workforce/{Coach.Id}")).ShouldSucceed().Json;
        own["warnings"]![0]!["warning"].ShouldSay("suspended");
        (await county.GetAsync(Coach, $"/api/workforce/{Coach.Id}{Ask(First.AddHours(12))}")).ShouldSucceed().Json["warnings"]!.AsArray().ShouldBeEmpty();
        (await county.GetAsync(Coach, $"/api/workforce/{Second.Id}")).ShouldBeProblem(404, "worker-not-found");

        // Where it hangs on: the coaching, for the lead and the coach; nobody is taken away.
        var list = (await county.GetAsync(Lead, "/api/coachings")).ShouldSucceed().Json;
        list["byAlarm"]!.ToJsonString().ShouldBe("""{"certificationNotInForce":1}""");
        list["items"]![0]!["coachId"].ShouldSay(Coach.Id);
        var again = (await county.GetAsync(Lead, $"/api/coachings?asRecordedPosition={list["position"]}")).ShouldSucceed().Json;
        again["byAlarm"]!.ToJsonString().ShouldBe(list["byAlarm"]!.ToJsonString(), "the position of an answer gives it again");
        (await county.GetAsync(Coach, coaching)).ShouldSucceed().Json["alarms"]!.AsArray().Single()!["kind"].ShouldSay("certificationNotInForce");

        (await county.PostAsync(Lead, $"/api/workforce/{Coach.Id}/certifications/revoke", new WorkforceDoors.RevokeRequest(Certification.Cps, "revoked-by-the-state"))).ShouldSucceed();
        Lines(await ListAsync(county, Lead))[0].ShouldBe((Coach.Id, "revoked:", 1, 1));
        (await county.PostAsync(Lead, $"/api/workforce/{Coach.Id}/certifications", new WorkforceDoors.CertifyRequest(Certification.Cps, new DateOnly(2028, 1, 1), 40)))
            .ShouldBeProblem(409, "certification-revoked", "kind");
        (await county.PostAsync(OtherLead, $"/api/workforce/{Coach.Id}/certifications/revoke", new WorkforceDoors.RevokeRequest(Certification.Cps, "revoked-by-the-state")))
            .ShouldBeProblem(404, "worker-not-found");
    }

    private static string Ask(DateTimeOffset at) => $"?asOf={at:yyyy-MM-ddTHH:mm:ss.ffffffZ}";

    private static async Task<JsonNode> ListAsync(County county, Actor actor, string more = "") => (await county.GetAsync(actor, "/api/workforce" + more)).ShouldSucceed().Json;

    private static List<(string StaffId, string? Warning, int Clients, int Flagged)> Lines(JsonNode answer) =>
    [
        .. answer["workers"]!.AsArray().Select(line => (
            line!["staffId"]!.GetValue<string>(),
            line["warnings"]!.AsArray().Select(one => $"{one!["warning"]}:{one["withinDays"]}").FirstOrDefault(),
            line["clients"]!.GetValue<int>(),
            line["flagged"]!.AsArray().Count)),
    ];
}
