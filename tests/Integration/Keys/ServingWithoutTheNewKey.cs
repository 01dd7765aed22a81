using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Keys;

/// <summary>The wrapping key is changed while a program runs that was not given the new one.</summary>
public sealed class ServingWithoutTheNewKey(County county) : IClassFixture<County>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_what_the_operator_must_do_and_that_it_is_not_ready_and_shows_nothing_as_missing()
    {
        var clientId = await county.SuperviseAsync(Agent, new(CaseFlow.Domain.Clients.RegistrationSource.Supervision, Name: new("Wanda", "Rotated")));
        var client = $"/api/clients/{clientId}";
        // It has opened nothing of the client yet, so that nothing of it is in its memory.
        var node = await county.StartNodeAsync();
        (await AskAsync("/health/ready")).ShouldSucceed().Json["checks"]!["keys"]!.GetValue<string>().ShouldBe("passed");
        var (old, fresh) = (FileWrappingKey.OpenOrCreate(KeyFile("wrapping.key")), FileWrappingKey.OpenOrCreate(KeyFile("new.key")));
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);

        await RotateAsync(source, new WrappingKeys(fresh, old), old.Path);

        var reply = await AskAsync(client);
        reply.ShouldBeProblem(503, "keys-unreadable");
        reply.Json["detail"]!.GetValue<string>().ShouldContain("PreviousKeys");
        reply["Retry-After"].ShouldNotBeNull();
        (await county.SendAsync(node, HttpMethod.Post, Agent, client + "/aliases", new Api.Clients.AliasRequest("Also Rotated"))).ShouldBeProblem(503, "keys-unreadable");
        var ready = await AskAsync("/health/ready");
        (ready.Status, ready.Json["checks"]!["keys"]!.GetValue<string>(), ready.Json["checks"]!["database"]!.GetValue<string>()).ShouldBe((503, "failed", "passed"));

        // The ring comes under a key that it has: the same program serves without a restart, and nothing was lost.
        await RotateAsync(source, new WrappingKeys(old, fresh), old.Path);
        (await AskAsync(client)).ShouldSucceed().Text.ShouldContain("Rotated");
        (await AskAsync("/health/ready")).ShouldSucceed();

        Task<Reply> AskAsync(string path) => county.SendAsync(node, HttpMethod.Get, Agent, path);
    }

    private string KeyFile(string name) => Path.Combine(county.KeyDirectory, name);

    /// <summary>As <c>keys rotate</c> does it, in another process.</summary>
    private async Task RotateAsync(NpgsqlDataSource source, WrappingKeys keys, string beside)
    {
        var home = new KeyHome(
            keys, new KeyRing($"{beside}.ring", keys), new ErasureList($"{beside}.erasures.jsonl"), new SealingList($"{beside}.sealings.jsonl"));
        var options = county.Database.Options;
        var news = new KeyNews(source, options, home, new AesGcmSealer(new PostgresDataKeyStore(source, options), home));
        await new KeyRotation(source, options, home, new MarkKeys(source, options, home), news).RotateAsync(_ => { }, Stop);
    }
}
