using CaseFlow.Api.Clients;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Clients;

public sealed class VerifyingWhoSomebodyIs(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Is_shown_with_how_and_by_whom_until_another_name_is_told()
    {
        var clientId = await county.SuperviseAsync(Agent, new(RegistrationSource.Supervision, Name: new("Odo", "Verified")));
        var client = $"/api/clients/{clientId}";
        (await county.GetAsync(Agent, client)).Json["verified"].ShouldBeNull();

        (await county.PostAsync(Agent, client + "/identity/verify", VerifyIdentityRequest.Example)).Status.ShouldBe(204);
        (await county.PostAsync(Agent, client + "/identity/verify", VerifyIdentityRequest.Example)).Status.ShouldBe(204);
        var verified = (await county.GetAsync(Agent, client)).Json["verified"]!;
        (verified["how"]!.GetValue<string>(), verified["documentKind"]!.GetValue<string>(), verified["verifiedBy"]!.GetValue<string>()).ShouldBe(("documentSeen", "state-id", Agent.Id));
        verified["lapsedAt"].ShouldBeNull();
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        var shown = (await county.GetAsync(Coach, client)).Json["verified"]!;
        (shown["how"]!.GetValue<string>(), shown["verifiedBy"]).ShouldBe(("documentSeen", null), "who saw the client is not another agency's to know");

        (await county.ChangeAsync(Agent, client + "/name", await county.VersionAsync(Agent, client), new NameRequest("Odo", "Otherwise"))).ShouldSucceed();
        (await county.GetAsync(Agent, client)).Json["verified"]!["lapsedAt"].ShouldNotBeNull();
        (await county.PostAsync(Agent, client + "/identity/verify", VerifyIdentityRequest.Example)).Status.ShouldBe(204);
        (await county.GetAsync(Agent, client)).Json["verified"]!["lapsedAt"].ShouldBeNull();
    }

    [Fact]
    public async Task Is_refused_without_a_name_for_an_unlisted_document_and_to_strangers()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var path = $"/api/clients/{clientId}/identity/verify";

        (await county.PostAsync(Agent, path, VerifyIdentityRequest.Example)).ShouldBeProblem(409, "no-name-to-verify");
        (await county.ChangeAsync(
            Agent, $"/api/clients/{clientId}/name", await county.VersionAsync(Agent, $"/api/clients/{clientId}"), new NameRequest("Now", "Named"))).ShouldSucceed();
        (await county.PostAsync(Agent, path, new VerifyIdentityRequest(IdentityMethod.DocumentSeen, "library-card"))).ShouldBeProblem(422, "code-not-in-policy");
        (await county.PostAsync(Agent, path, new VerifyIdentityRequest(IdentityMethod.DocumentSeen))).ShouldBeProblem(422, "document-kind-mismatch");
        await county.ShouldNotExistAsync(Coach, clientId, id => county.PostAsync(Coach, $"/api/clients/{id}/identity/verify", VerifyIdentityRequest.Example));
    }
}
