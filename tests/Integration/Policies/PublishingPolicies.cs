using CaseFlow.Api.Policies;
using CaseFlow.Domain.Policies;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Policies;

public sealed class PublishingPolicies(County county) : IClassFixture<County>
{
    private static readonly JurisdictionPolicy Default = JurisdictionPolicy.Default("recovery-coaches");
    private static readonly DateTimeOffset Later = new(2026, 2, 1, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Versions_are_published_read_and_retired()
    {
        var next = await NextAsync();
        var ask = new PublishPolicyRequest(next, Later, Default with { AuditGrantMaxDays = 7 }, "Shorter grants.");

        (await county.PostAsync(Administrator, "/api/policies", ask)).Status.ShouldBe(204);
        (await county.PostAsync(Administrator, "/api/policies", ask)).Status.ShouldBe(204);
        var read = await county.GetAsync(Agent, $"/api/policies/{next}");
        read.Json["policy"]!["auditGrantMaxDays"]!.GetValue<int>().ShouldBe(7);
        read.Json["policy"]!["officeHours"]![0]!["opens"]!.GetValue<string>().ShouldBe("08:00:00");
        (await InForceAsync("")).ShouldBe(next);
        (await InForceAsync("?at=2026-01-15T12:00:00Z")).ShouldBe(1);

        (await county.PostAsync(Administrator, $"/api/policies/{next}/retire", RetirePolicyRequest.Example)).Status.ShouldBe(204);
        (await InForceAsync("")).ShouldBe(1);
        var list = (await county.GetAsync(Coach, "/api/policies")).Json.AsArray();
        list[next - 1]!["retiredAt"].ShouldNotBeNull();
        list.Single(line => line!["inForce"]!.GetValue<bool>())!["policyVersion"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Every_refusal_has_its_status_and_code()
    {
        var next = await NextAsync();
        (JurisdictionPolicy Policy, string Code)[] broken =
        [
            (Default with { TimeZone = "Nowhere/Land" }, "policy-time-zone-unknown"),
            (Default with { OfficeHours = [] }, "policy-never-open"),
            (Default with { OfficeHours = [Default.OfficeHours[0], Default.OfficeHours[0]] }, "policy-office-day-twice"),
            (Default with { OfficeHours = [Default.OfficeHours[0] with { Closes = Default.OfficeHours[0].Opens }] }, "policy-office-day-empty"),
            (Default with { Holidays = [new(2026, 7, 4), new(2026, 7, 4)] }, "policy-holiday-twice"),
            (Default with { OverdoseDuty = Default.OverdoseDuty with { ProviderAgencyId = "Not A Slug" } }, "policy-provider-not-a-slug"),
            (Default with { OverdoseDuty = Default.OverdoseDuty with { ExemptionReasons = ["Not A Slug"] } }, "policy-exemption-reason-not-a-slug"),
            (Default with { OverdoseDuty = Default.OverdoseDuty with { ExemptionReasons = ["one", "one"] } }, "policy-exemption-reason-twice"),
            (Default with { OverdoseDuty = Default.OverdoseDuty with { NotInterestedModes = [] } }, "policy-not-interested-modes-invalid"),
            (Default with { OverdoseDuty = Default.OverdoseDuty with { MayDischarge = [] } }, "policy-may-discharge-invalid"),
            (Default with { AuditGrantMaxDays = 0 }, "policy-amount-out-of-range"),
        ];
        foreach (var (policy, code) in broken)
            (await PublishAsync(new(next, Later, policy, "Broken."))).ShouldBeProblem(422, code);

        (await PublishAsync(new(next + 1, Later, Default, "Skips one."))).ShouldBeProblem(409, "policy-version-not-next", "policyVersion");
        (await PublishAsync(new(next, Later, Default, " "))).ShouldBeProblem(400, "validation-failed", "changeNote");
        (await PublishAsync(new(0, Later, Default, "None."))).ShouldBeProblem(400, "validation-failed", "policyVersion");
        (await county.PostAsync(Administrator, "/api/policies/1/retire", RetirePolicyRequest.Example)).ShouldBeProblem(409, "policy-last-in-force");
        (await county.PostAsync(Administrator, "/api/policies/99/retire", RetirePolicyRequest.Example)).ShouldBeProblem(404, "policy-version-not-found");
        (await county.GetAsync(Agent, "/api/policies/99")).ShouldBeProblem(404, "policy-version-not-found");
        (await county.GetAsync(Agent, "/api/policies/99")).ETag.ShouldBeNull();
        (await county.GetAsync(Agent, "/api/policies/in-force?at=2020-01-01T00:00:00Z")).ShouldBeProblem(404, "policy-none-in-force");
        (await county.GetAsync(Agent, "/api/policies/in-force?at=yesterday")).ShouldBeProblem(400, "bad-parameter", "at");
        (await county.PostAsync(Agent, "/api/policies", PublishPolicyRequest.Example)).ShouldBeProblem(403, "role-not-allowed");
    }

    private Task<Reply> PublishAsync(PublishPolicyRequest ask) => county.PostAsync(Administrator, "/api/policies", ask);

    private async Task<int> NextAsync() => (await county.GetAsync(Agent, "/api/policies")).Json.AsArray().Count + 1;

    private async Task<int> InForceAsync(string query) =>
        (await county.GetAsync(Agent, "/api/policies/in-force" + query)).Json["policyVersion"]!.GetValue<int>();
}
