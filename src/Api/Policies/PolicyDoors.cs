using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Api.Policies;

/// <summary>
/// What a jurisdiction decided to do, version by version. Whoever publishes names the version they write, and a version is
/// retired once, so neither needs <c>If-Match</c>.
/// </summary>
public static class PolicyDoors
{
    /// <summary>Everybody is judged or guided by it, so everybody who works here may read it.</summary>
    private static readonly Role[] Readers = Enum.GetValues<Role>();

    private const string Rules = "a jurisdiction's rules";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapFact("/policies", (PublishPolicyRequest ask, Actor actor, CommandDesk desk) => desk.PoliciesAsync(actor, (state, now) =>
                PublishPolicy.Decide(new(ask.PolicyVersion, ask.EffectiveFrom, ask.Policy, ask.ChangeNote), state, now), ask.PolicyVersion))
            .Named("publishPolicy", "Publish the jurisdiction's policy as its next version").Allow(Role.Administrator)
            .Takes(new PublishPolicyRequestValidator(), PublishPolicyRequest.Example);
        api.MapFact("/policies/{version:int}/retire", (int version, RetirePolicyRequest ask, Actor actor, CommandDesk desk) =>
                desk.PoliciesAsync(actor, (state, now) => RetirePolicy.Decide(new(version, ask.Reason), state, now), version))
            .Named("retirePolicy", "A version judges nothing that becomes known from now on").Allow(Role.Administrator)
            .Takes(new RetirePolicyRequestValidator(), RetirePolicyRequest.Example);

        api.MapAsk("/policies", ReadPolicies.ListAsync)
            .Named("listPolicies", "Every version, oldest first").Allow(Readers).ShowsNobody(Rules).Gives(ReadPolicies.ListExample);
        api.MapAsk("/policies/{version:int}", ReadPolicies.OneAsync)
            .Named("readPolicy", "One version, whole").Allow(Readers).ShowsNobody(Rules).Gives(ReadPolicies.Example);
        api.MapAsk("/policies/in-force", ReadPolicies.InForceAsync)
            .Named("readPolicyInForce", "The version that judges what becomes known at an instant, now unless said").Allow(Readers).ShowsNobody(Rules)
            .Gives(ReadPolicies.Example);
    }

    private static Task<IResult> PoliciesAsync(
        this CommandDesk desk, Actor actor, Func<PolicyState, DateTimeOffset, Decision<PolicyEvent>> decide, int version) =>
        desk.RunAsync(Streams.Policies, StreamIds.Policies(actor.Jurisdiction), decide, about => about with { PolicyVersion = version });
}
