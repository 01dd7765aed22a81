using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;
using Register = CaseFlow.Api.Clients.RegisterClientDoor.Request;

namespace CaseFlow.Integration.Clients;

public sealed class ProposingDuplicates(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Two_records_that_may_be_one_person_are_proposed_with_reasons_to_those_who_reach_both()
    {
        var one = await RegisterAsync(Agent, "Rosalind", "Achterberg", new(1991, 1, 2));
        var two = await RegisterAsync(Colleague, "Rosalynd", "Achterburg", new(1991, 1, 2));
        var south = await RegisterAsync(SouthAgent, "Rosalind", "Achterberg", new(1991, 1, 2));
        await RegisterAsync(Agent, "Rosalind", "Achterberg", new(1960, 5, 5));

        (await PairsAsync(Supervisor, one, two)).ShouldBe("birthDate,birthYear,familySound,givenSound");
        (await PairsAsync(Officer, one, south)).ShouldStartWith("fullName,");
        (await PairsAsync(Supervisor, one, south)).ShouldBe("none", "the south office's client is not told");
        (await PairsAsync(SouthSupervisor, one, two)).ShouldBe("none");
    }

    [Fact]
    public async Task A_dismissed_pair_is_not_proposed_again_and_a_rebuild_keeps_it_so()
    {
        var one = await RegisterAsync(Agent, "Ignatius", "Vandermolen", new(1988, 8, 8));
        var two = await RegisterAsync(Agent, "Ignatius", "Vandermolen", null);
        (await PairsAsync(Supervisor, one, two)).ShouldStartWith("fullName,");
        var path = $"/api/clients/{two}/duplicates/{one}/dismiss";

        (await county.PostAsync(SouthSupervisor, path, new { reason = "related" })).ShouldBeProblem(404, "client-not-found");
        (await county.PostAsync(Supervisor, $"/api/clients/{one}/duplicates/{one}/dismiss", new { reason = "related" })).ShouldBeProblem(422, "duplicate-of-itself");
        foreach (var reply in await Task.WhenAll(county.PostAsync(Supervisor, path, new { reason = "related" }), county.PostAsync(Officer, path, new { reason = "related" })))
            reply.Status.ShouldBe(204, reply.Text);

        (await PairsAsync(Supervisor, one, two)).ShouldBe("none");
        (await county.Database.RebuildAsync("client_search", (_, _) => { }, TestContext.Current.CancellationToken)).ShouldBe(1);
        (await PairsAsync(Officer, one, two)).ShouldBe("none");
    }

    [Fact]
    public async Task Somebody_elses_client_in_a_pair_answers_like_nobody()
    {
        var (mine, others) = (await RegisterAsync(Agent, "Dorothea", "Quist", null), await RegisterAsync(SouthAgent, "Dorothea", "Quist", null));

        await county.ShouldNotExistAsync(Supervisor, others, id => county.PostAsync(Supervisor, $"/api/clients/{mine}/duplicates/{id}/dismiss", new { reason = "related" }));
        await county.ShouldNotExistAsync(Supervisor, others, id => county.PostAsync(Supervisor, $"/api/clients/{id}/duplicates/{mine}/dismiss", new { reason = "related" }));
    }

    private Task<Guid> RegisterAsync(Actor agent, string given, string family, DateOnly? bornOn) =>
        county.SuperviseAsync(agent, new Register(RegistrationSource.Supervision, Name: new(given, family), BornOn: bornOn));

    private async Task<string> PairsAsync(Actor actor, Guid one, Guid two)
    {
        var items = (await county.GetAsync(actor, "/api/clients/duplicates")).ShouldSucceed().Json["items"]!.AsArray();
        var pair = items.SingleOrDefault(item => new[] { item!["clientId"]!.GetValue<Guid>(), item["otherClientId"]!.GetValue<Guid>() }.Order().SequenceEqual(new[] { one, two }.Order()));
        return pair is null ? "none" : string.Join(',', pair["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()));
    }
}
