using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Access;

/// <summary>The purpose of use that a token names.</summary>
public sealed partial class WalkingEveryRoute
{
    [Fact]
    public async Task A_purpose_that_is_not_the_roles_gets_403_everywhere()
    {
        foreach (var role in Enum.GetValues<Role>().Except(WithoutEntry))
            await county.EngageAsync(At(role));
        var walked = 0;
        foreach (var (route, body) in Closed())
        {
            foreach (var role in Enum.GetValues<Role>().Where(route.Admits))
            {
                // One of them for each route and role, every one in turn.
                var foreign = Enum.GetValues<Purpose>().Except(PurposesOfUse.Of(role)).ToList();
                var reply = await AskAsync(At(role) with { Purpose = foreign[walked++ % foreign.Count] }, route, body, Unknown);
                reply.ShouldBeProblem(403, "purpose-not-of-role");
                reply.Json["field"]!.GetValue<string>().ShouldBe("purpose");
            }
        }

        walked.ShouldBeGreaterThan(200);
    }

    [Fact]
    public async Task A_role_reads_a_client_for_its_own_purposes_alone()
    {
        var client = $"/api/clients/{(await county.OweAsync(Agent)).ClientId}";
        foreach (var actor in new[] { Agent, Officer })
        {
            foreach (var path in new[] { client, client + "/consents", client + "/timeline" })
            {
                foreach (var purpose in Enum.GetValues<Purpose>())
                {
                    var reply = await county.GetAsync(actor with { Purpose = purpose }, path);
                    if (PurposesOfUse.Of(actor.Role).Contains(purpose))
                        reply.ShouldSucceed();
                    else
                        reply.ShouldBeProblem(403, "purpose-not-of-role");
                }
            }
        }

        (await county.GetAsync(Officer with { Purpose = Purpose.Care }, client)).Json["detail"]!.GetValue<string>()
            .ShouldBe("The claim \"purpose\" of the role privacy-officer is audit or own-record, not care.");
    }
}
