using System.Net;
using System.Text.Json.Nodes;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Http;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Policies;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Policies;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Journeys;

/// <summary>The first three golden scenarios and the two worked examples of the duty, lived over HTTP at their own dates.</summary>
public sealed class LivingTheGoldenScenarios
{
    private static readonly Actor SafeCommunities = new("coach-9", Role.Coach, "demo", "safe-communities");

    /// <summary>Scenario 1.</summary>
    [Fact]
    public async Task An_overdose_known_on_Tuesday_is_referred_delivered_and_verified_under_policy_v3()
    {
        await using var county = await WithSafeCommunitiesAsync(Local(2026, 3, 3, 9, 0));
        var clientId = await county.SuperviseAsync(Agent);

        // DCC agent records overdose known Tuesday;
        await county.GoToAsync(Local(2026, 3, 3, 10, 0));
        var overdoseId = await county.ReportAsync(Agent, clientId);
        (await county.KnowAsync(Agent, clientId, overdoseId, Local(2026, 3, 3, 10, 0))).ShouldSucceed();
        var dutyId = (await county.DutiesAsync(Agent, clientId)).Single()!["dutyId"]!.GetValue<Guid>();
        var owed = new Owed(Agent, clientId, overdoseId, dutyId);
        (await county.InQueueAsync(Agent, dutyId))["state"].ShouldSay("open");

        // client accepts;
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/touchpoints/coach-acceptances", new CoachRequest())).ShouldSucceed();

        // referral sent Wednesday;
        await county.GoToAsync(Local(2026, 3, 4, 9, 0));
        var referralId = await county.ReferAsync(owed, "safe-communities");
        var sent = await county.InQueueAsync(Agent, dutyId);
        sent["state"].ShouldSay("dueSoon", "what was sent is not yet delivered");
        sent["referral"]!["step"].ShouldSay("sent");

        // Safe Communities confirms receipt;
        await county.GoToAsync(Local(2026, 3, 4, 9, 30));
        (await county.AcknowledgeAsync(SafeCommunities, referralId)).ShouldSucceed();

        // agent sees "delivered";
        var delivered = await county.AskAsync(Agent, $"/api/referral-compliance/{dutyId}");
        var duty = delivered.Json["duty"]!;
        duty["referral"]!["step"].ShouldSay("delivered");
        duty["state"].ShouldSay("referred");

        // **no engagement shown without consent**;
        await county.GoToAsync(Local(2026, 3, 4, 11, 0));
        var before = await AsTheAgentSeesItAsync(county, owed, referralId);
        (await ByTheCoachAsync(county, referralId, "accept", WhenOnly.Example)).ShouldSucceed();
        (await county.PostAsync(SafeCommunities, $"/api/referrals/{referralId}/attempts", AttemptRequest.Example)).ShouldSucceed();
        (await ByTheCoachAsync(county, referralId, "first-contact", FirstContactRequest.Example)).ShouldSucceed();
        (await ByTheCoachAsync(county, referralId, "close", CloseRequest.Example)).ShouldSucceed();
        (await AsTheAgentSeesItAsync(county, owed, referralId)).ShouldBe(before);
        duty["engagement"].ShouldSay("restricted");

        // supervisor confirms;
        (await county.ChangeDutyAsync(Agent, clientId, "attest", WhichDuty.Example)).ShouldSucceed();
        (await county.ChangeDutyAsync(Supervisor, clientId, "verify", WhichDuty.Example)).ShouldSucceed();

        // compliance met under policy v3.
        var met = await county.InQueueAsync(Supervisor, dutyId);
        met["metInTime"]!.GetValue<bool>().ShouldBeTrue();
        met["policyVersion"]!.GetValue<int>().ShouldBe(3);
        met["attestation"]!["by"].ShouldSay(Agent.Id);
        met["verification"]!["by"].ShouldSay(Supervisor.Id);
        met["engagement"].ShouldSay("restricted");
    }

    /// <summary>Scenario 2.</summary>
    [Fact]
    public async Task A_client_who_is_not_interested_discharges_the_duty_and_a_new_overdose_opens_a_new_one()
    {
        await using var county = await WithSafeCommunitiesAsync(Local(2026, 3, 3, 10, 0));

        // Same,
        var owed = await county.OweAsync(Agent, Local(2026, 3, 3, 10, 0));

        // client says not interested → duty discharged;
        await county.GoToAsync(Local(2026, 3, 3, 14, 0));
        (await county.DeclineAsync(Agent, owed.ClientId)).ShouldSucceed();
        var discharged = await county.InQueueAsync(Agent, owed.DutyId);
        discharged["state"].ShouldSay("notInterested");
        discharged["metInTime"]!.GetValue<bool>().ShouldBeTrue();
        discharged["notInterested"]!["askedBy"].ShouldSay(Agent.Id);

        // new overdose in 2 weeks opens a **new** duty.
        await county.GoToAsync(Local(2026, 3, 17, 10, 0));
        var overdoseId = await county.ReportAsync(Agent, owed.ClientId);
        (await county.KnowAsync(Agent, owed.ClientId, overdoseId)).ShouldSucceed();
        var duties = await county.DutiesAsync(Agent, owed.ClientId);
        duties.Count.ShouldBe(2);
        duties[0]!["dutyId"]!.GetValue<Guid>().ShouldBe(owed.DutyId);
        duties[0]!["phase"].ShouldSay("discharged");
        duties[1]!["phase"].ShouldSay("open");
        duties[1]!["overdoseIds"]!.AsArray().Single()!.GetValue<Guid>().ShouldBe(overdoseId);
        duties[1]!["dutyId"]!.GetValue<Guid>().ShouldNotBe(owed.DutyId);
    }

    /// <summary>Scenario 3.</summary>
    [Fact]
    public async Task The_duty_runs_from_when_the_agent_learned_and_the_past_is_answered_as_it_was_held()
    {
        await using var county = await WithSafeCommunitiesAsync(Local(2026, 2, 20, 9, 0));
        var clientId = await county.SuperviseAsync(Agent);
        await county.GoToAsync(Local(2026, 3, 11, 12, 0));
        var packet = await PacketAsync(county, clientId, $"?asRecorded={At(2026, 3, 11, 11, 0)}&asOf={At(2026, 3, 11, 11, 0)}");

        // Overdose on the 1st, agent learns on the 9th, event recorded on the 12th:
        await county.GoToAsync(Local(2026, 3, 12, 9, 0));
        var overdoseId = await county.ReportAsync(Agent, clientId, new WhenPart(OccurredOn: new(2026, 3, 1), KnownAt: Local(2026, 3, 9, 10, 0)));
        (await county.KnowAsync(Agent, clientId, overdoseId, Local(2026, 3, 9, 10, 0))).ShouldSucceed();

        // the duty runs from the 9th
        var duty = (await QueueAsync(county, clientId, "")).Single()!;
        duty["clockStartsAt"].ShouldBeAt(Local(2026, 3, 9, 10, 0));
        duty["dueAt"].ShouldBeAt(Local(2026, 3, 10, 10, 0));

        // and is judged from the 9th.
        duty["state"].ShouldSay("overdue");
        (await QueueAsync(county, clientId, $"&asOf={At(2026, 3, 9, 17, 0)}")).Single()!["state"].ShouldSay("open");
        (await QueueAsync(county, clientId, $"&asOf={At(2026, 3, 10, 9, 0)}")).Single()!["state"].ShouldSay("dueSoon");

        // `asRecorded` the 10th shows nothing (the system did not know yet);
        (await QueueAsync(county, clientId, $"&asRecorded={At(2026, 3, 10, 23, 59)}")).ShouldBeEmpty();
        (await OverdosesAsync(county, clientId, $"&asRecorded={At(2026, 3, 10, 23, 59)}")).ShouldBeEmpty();
        (await county.AskAsync(Agent, $"/api/referral-compliance/{duty["dutyId"]}?asRecorded={At(2026, 3, 10, 23, 59)}")).ShouldBeProblem(404, "duty-not-found");

        // `asRecorded` the 12th shows it with all three times.
        await county.GoToAsync(Local(2026, 3, 13, 9, 0));
        (await QueueAsync(county, clientId, $"&asRecorded={At(2026, 3, 12, 23, 59)}")).Single()!["dutyId"]!.GetValue<Guid>().ShouldBe(duty["dutyId"]!.GetValue<Guid>());
        var shown = (await OverdosesAsync(county, clientId, $"&asRecorded={At(2026, 3, 12, 23, 59)}")).Single()!;
        shown["occurredAt"].ShouldBeAt(Local(2026, 3, 1, 0, 0));
        shown["occurredPrecision"].ShouldSay("day");
        shown["knownAt"].ShouldBeAt(Local(2026, 3, 9, 10, 0));
        shown["recordedAt"]!.GetValue<DateTimeOffset>().ShouldBe(Local(2026, 3, 12, 9, 0), TimeSpan.FromMinutes(5));

        // `asOf` the 5th, with all that is recorded today, shows the overdose (it had happened)
        (await OverdosesAsync(county, clientId, $"&asOf={At(2026, 3, 5, 12, 0)}")).Count.ShouldBe(1);

        // but no duty (nobody knew).
        (await QueueAsync(county, clientId, $"&asOf={At(2026, 3, 5, 12, 0)}")).ShouldBeEmpty();
        (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline?kind=referral_duty_triggered&asOf={At(2026, 3, 5, 12, 0)}")).Json["items"]!.AsArray().ShouldBeEmpty();

        // A court packet of the 11th, reproduced later, has neither.
        await county.GoToAsync(Local(2026, 4, 1, 9, 0));
        (await PacketAsync(county, clientId, $"?asRecorded={At(2026, 3, 11, 11, 0)}&asOf={At(2026, 3, 11, 11, 0)}")).ShouldBe(packet);
        var (queue, timeline) = packet;
        JsonNode.Parse(queue)!["items"]!.AsArray().ShouldBeEmpty();
        timeline.ShouldNotContain("overdose");
        JsonNode.Parse(timeline)!["items"]!.AsArray().ShouldNotBeEmpty("that the client was under supervision was known");
        foreach (var (view, path) in new[] { (queue, "/api/referral-compliance"), (timeline, $"/api/clients/{clientId}/timeline") })
        {
            var again = $"?asRecordedPosition={JsonNode.Parse(view)!["position"]}&asOf={At(2026, 3, 11, 11, 0)}";
            (await county.AskAsync(Agent, path + again)).ShouldBe(HttpStatusCode.OK).Text.ShouldBe(view);
        }
    }

    /// <summary>Policy: 1 business day, Wisconsin time, Monday a holiday.</summary>
    [Fact]
    public async Task Known_Friday_18_00_after_office_hours_the_clock_starts_Tuesday_08_00_and_it_is_due_Tuesday_17_00() =>
        await ShouldBeDueAsync(knownAt: Local(2026, 5, 22, 18, 0), clockStartsAt: Local(2026, 5, 26, 8, 0), dueAt: Local(2026, 5, 26, 17, 0));

    [Fact]
    public async Task Known_Friday_10_00_it_is_due_Tuesday_10_00() =>
        await ShouldBeDueAsync(knownAt: Local(2026, 5, 22, 10, 0), clockStartsAt: Local(2026, 5, 22, 10, 0), dueAt: Local(2026, 5, 26, 10, 0));

    private static async Task ShouldBeDueAsync(DateTimeOffset knownAt, DateTimeOffset clockStartsAt, DateTimeOffset dueAt)
    {
        await using var county = await County.AtAsync(knownAt);
        (await county.PostAsync(Administrator, "/api/policies", new PublishPolicyRequest(
            2, Local(2026, 5, 1, 0, 0), JurisdictionPolicy.Default("recovery-coaches") with { Holidays = [new(2026, 5, 25)] }, "Memorial Day."))).ShouldSucceed();

        var owed = await county.OweAsync(Agent, knownAt);

        var duty = await county.InQueueAsync(Agent, owed.DutyId);
        duty["clockStartsAt"].ShouldBeAt(clockStartsAt);
        duty["dueAt"].ShouldBeAt(dueAt);
        (await county.AskAsync(Agent, $"/api/referral-compliance/{owed.DutyId}?asOf={dueAt.UtcDateTime:O}")).Json["duty"]!["state"].ShouldSay("dueSoon");
        (await county.AskAsync(Agent, $"/api/referral-compliance/{owed.DutyId}?asOf={dueAt.UtcDateTime.AddSeconds(1):O}")).Json["duty"]!["state"].ShouldSay("overdue");
    }

    private static async Task<County> WithSafeCommunitiesAsync(DateTimeOffset now)
    {
        var county = await County.AtAsync(now);
        (await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest(
            "safe-communities", "Safe Communities", AgencyKind.RecoveryCoachProvider, Part2Status.Part2Program))).ShouldSucceed();
        await county.EngageAsync(SafeCommunities);
        foreach (var version in new[] { 2, 3 })
        {
            (await county.PostAsync(Administrator, "/api/policies", new PublishPolicyRequest(
                version, Local(2026, 2, version, 0, 0), JurisdictionPolicy.Default("safe-communities"), $"Version {version}."))).ShouldSucceed();
        }

        return county;
    }

    private static async Task<Reply> ByTheCoachAsync(County county, Guid referralId, string act, object body)
    {
        var referral = $"/api/referrals/{referralId}";
        return await county.ChangeAsync(SafeCommunities, $"{referral}/{act}", await county.VersionAsync(SafeCommunities, referral + "/intake"), body);
    }

    /// <summary>Everything the agent can ask about the duty, at one instant.</summary>
    private static async Task<string> AsTheAgentSeesItAsync(County county, Owed owed, Guid referralId)
    {
        string[] paths =
        [
            $"/api/referral-compliance?asOf={At(2026, 3, 4, 12, 0)}", $"/api/referral-compliance/counts?asOf={At(2026, 3, 4, 12, 0)}",
            $"/api/referral-compliance/{owed.DutyId}?asOf={At(2026, 3, 4, 12, 0)}", owed.Path, $"/api/referrals/{referralId}",
            $"/api/clients/{owed.ClientId}/timeline", "/api/caseload", $"/api/clients/{owed.ClientId}",
        ];
        var seen = new List<string>();
        foreach (var path in paths)
        {
            var reply = (await county.AskAsync(Agent, path)).ShouldBe(HttpStatusCode.OK);
            seen.Add($"{path} {reply.ETag} {reply.Text}");
        }

        return string.Join('\n', seen);
    }

    private static async Task<(string Queue, string Timeline)> PacketAsync(County county, Guid clientId, string moment) => (
        (await county.AskAsync(Agent, "/api/referral-compliance" + moment)).ShouldBe(HttpStatusCode.OK).Text,
        (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline" + moment)).ShouldBe(HttpStatusCode.OK).Text);

    private static async Task<JsonArray> QueueAsync(County county, Guid clientId, string moment) =>
        (await county.AskAsync(Agent, $"/api/referral-compliance?client={clientId}{moment}")).ShouldBe(HttpStatusCode.OK).Json["items"]!.AsArray();

    private static async Task<JsonArray> OverdosesAsync(County county, Guid clientId, string moment) =>
        (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline?kind=overdose_reported{moment}")).ShouldBe(HttpStatusCode.OK).Json["items"]!.AsArray();

    private static string At(int year, int month, int day, int hour, int minute) => $"{Local(year, month, day, hour, minute).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";

    /// <summary>Wisconsin time.</summary>
    private static DateTimeOffset Local(int year, int month, int day, int hour, int minute)
    {
        var local = new DateTime(year, month, day, hour, minute, 0);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById("America/Chicago").GetUtcOffset(local)).ToUniversalTime();
    }
}
