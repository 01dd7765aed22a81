using CaseFlow.Api.Integrity;
using CaseFlow.EventStore.Integrity;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Integrity;

/// <summary>As an auditor does who kept the key of the first day, with what the API answers and nothing else.</summary>
public sealed class FollowingTheLedgersKeys : IAsyncLifetime
{
    private County county = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => county = await AtAsync(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task The_key_of_the_first_day_leads_to_the_one_that_signs_a_proof()
    {
        await SignAsync();
        var (pinned, kept) = await LastAsync();
        await county.Database.History.Rotation.RotateAsync(cancellation: Stop);
        (await LastAsync()).ShouldBe((pinned, kept), "the last checkpoint is still the first key's");
        await county.SuperviseAsync(Agent);
        await SignAsync();

        var answer = (await county.GetAsync(Officer, "/api/integrity/keys")).ShouldSucceed().Json;
        var keys = answer["keys"]!.AsArray();
        keys.Select(key => key!["verifierKey"]!.GetValue<string>()).ShouldBe([pinned, SignedNote.VerifierKeyOf(county.Database.History.Home.Key)]);
        (keys[0]!["number"]!.GetValue<int>(), keys[0]!["from"], keys[0]!["succession"], keys[1]!["until"], keys[1]!["signsUpTo"]).ShouldBe((1, null, null, null, null));
        keys[0]!["until"]!.GetValue<DateTimeOffset>().ShouldBe(keys[1]!["from"]!.GetValue<DateTimeOffset>());
        var chain = KeyChain.Follow(
            answer["origin"]!.GetValue<string>(), Ed25519Verifier.Parse(pinned)!, [keys[1]!["succession"]!.GetValue<string>()], Ed25519Verifier.Parse);
        var proof = (await county.GetAsync(Officer, "/api/integrity/proofs?position=1")).ShouldSucceed().Json;
        proof["verifierKey"]!.GetValue<string>().ShouldBe(keys[1]!["verifierKey"]!.GetValue<string>());
        chain.SignerOf(proof["checkpoint"]!.GetValue<string>())!.Number.ShouldBe(2);
        var before = chain.Open(kept)!;
        before.Size.ShouldBe(keys[0]!["signsUpTo"]!.GetValue<long>());
        var extends = (await county.GetAsync(Officer, $"/api/integrity/consistency?earlier={before.Size}")).ShouldSucceed().Json;
        TreeProof.Extends(
            before.Size, extends["size"]!.GetValue<long>(), before.Root, chain.Open(extends["checkpoint"]!.GetValue<string>())!.Root,
            [.. extends["path"]!.AsArray().Select(hash => Convert.FromBase64String(hash!.GetValue<string>()))]).ShouldBeTrue();
    }

    [Fact]
    public async Task Keys_that_do_not_follow_from_each_other_are_not_shown_as_if_they_did()
    {
        await SignAsync();
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var forge = source.CreateCommand("insert into caseflow.cf_ledger_keys (number, note) values (2, 'nothing')");
        await forge.ExecuteNonQueryAsync(Stop);

        (await county.GetAsync(Officer, "/api/integrity/keys")).ShouldBeProblem(409, "ledger-keys-broken");
        (await county.GetAsync(Officer, "/api/integrity")).ShouldSucceed();
        (await county.PostAsync(Officer, "/api/integrity/verifications", VerifyHistoryRequest.Example)).ShouldSucceed()
            .Json["findings"]!.AsArray().Select(finding => finding!["defect"]!.GetValue<string>()).ShouldContain("keyChainBroken");
        await county.Database.History.Sealer.SignAsync(cancellation: Stop);
        (await county.GetAsync(Officer, "/api/integrity")).ShouldSucceed().Json["whyStopped"]!.GetValue<string>().ShouldContain("names key 2");
        (await county.GetAsync(Agent, "/api/integrity/keys")).ShouldBeProblem(403, "role-not-allowed");
    }

    private async Task SignAsync()
    {
        await county.Database.Sequencer.PlaceNewAsync(Stop);
        await county.Database.History.Sealer.SealNewAsync(cancellation: Stop);
        await county.Database.History.Sealer.SignAsync(cancellation: Stop);
        county.Database.History.Sealer.WhyUnsigned.ShouldBeNull();
    }

    private async Task<(string Key, string Checkpoint)> LastAsync()
    {
        var answer = (await county.GetAsync(Officer, "/api/integrity")).ShouldSucceed().Json;
        return (answer["verifierKey"]!.GetValue<string>(), answer["checkpoint"]!.GetValue<string>());
    }
}
