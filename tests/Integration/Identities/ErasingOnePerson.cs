using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Identities.IdentityStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Identities;

public sealed class ErasingOnePerson(County county) : IClassFixture<County>
{
    [Fact]
    public async Task An_order_goes_with_every_record_of_the_person_and_a_reversal_gives_nothing_back()
    {
        var (one, two) = (await county.NamedAsync(Agent, "Wilhelmina", "Plantedone"), await county.NamedAsync(Agent, "Wilhelmina", "Plantedtwo"));
        await county.ContactAsync(Agent, two);
        var mergeId = await county.MergeAsync(Supervisor, one, two, "Planted words of both.");

        var applied = await county.ApplyAsync(one, await county.OrderAsync(one));

        applied.ShouldSucceed().Json["records"]!.AsArray().Select(record => record!.GetValue<Guid>()).ShouldBe([one, two], ignoreOrder: true);
        foreach (var record in new[] { one, two })
        {
            var skeleton = (await county.GetAsync(Officer, ErasureStories.PathOf(record))).ShouldSucceed().Json;
            skeleton["isErased"]!.GetValue<bool>().ShouldBeTrue();
            var order = skeleton["orders"]!.AsArray().ShouldHaveSingleItem()!;
            (order["authority"]!.GetValue<string>(), order["step"]!.GetValue<string>()).ShouldBe(("court", "keyDestroyed"));
            (await county.GetAsync(Agent, Of(record))).ShouldSucceed().Text.ShouldNotContain("Planted");
        }

        (await county.AskAsync(Agent, Of(one, "/timeline?limit=200"))).Json["items"]!.AsArray().ShouldAllBe(item => item!["summary"]!.GetValue<string>() == "Erased");
        (await county.GetAsync(Officer, Of(one, "/identity"))).ShouldBeProblem(403, "record-erased");

        await county.ReverseAsync(Officer, one, mergeId);
        (await county.GetAsync(Agent, Of(two))).ShouldSucceed().Text.ShouldNotContain("Planted");
        (await county.AskAsync(Agent, Of(two, "/timeline?limit=200"))).Json["items"]!.AsArray().ShouldAllBe(item => item!["summary"]!.GetValue<string>() == "Erased");
        (await county.MergingAsync(Officer, one, two)).ShouldBeProblem(409, "identity-of-erased");
    }

    [Fact]
    public async Task A_hold_on_either_record_stops_all_and_an_open_order_stops_a_merge()
    {
        var (one, two, three) = (await county.NamedAsync(Agent, "Rufina", "Plantedheld"), await county.NamedAsync(Agent, "Rufina", "Plantedheld"), await county.SuperviseAsync(Agent));
        await county.MergeAsync(Supervisor, one, two);
        (await county.PostAsync(Officer, ErasureStories.PathOf(two) + "/holds", new { authority = "prosecutor", reasonCode = "litigation", reference = "Letter 9" })).ShouldSucceed();
        var orderId = await county.OrderAsync(one);

        (await county.ApplyAsync(one, orderId)).ShouldBeProblem(409, "legal-hold-in-force");
        (await county.GetAsync(Agent, Of(two))).Text.ShouldContain("Plantedheld");
        (await county.MergingAsync(Supervisor, three, one)).ShouldBeProblem(409, "cannot-merge-here");
        (await county.MergingAsync(Supervisor, one, three)).ShouldBeProblem(409, "cannot-merge-here");
    }

    [Fact]
    public async Task An_erasure_and_a_merge_at_once_leave_no_record_of_the_person_half_erased()
    {
        for (var round = 0; round < 4; round++)
        {
            var (one, two) = (await county.NamedAsync(Agent, "Sabina", "Plantedrace"), await county.NamedAsync(Agent, "Sabina", "Plantedrace"));
            var orderId = await county.OrderAsync(one);
            var version = await county.VersionAsync(Officer, ErasureStories.PathOf(one));

            var replies = await Task.WhenAll(
                county.ChangeAsync(Officer, $"{ErasureStories.PathOf(one)}/orders/{orderId}/apply", version), county.MergingAsync(Supervisor, two, one));

            replies[0].ShouldSucceed();
            replies[1].Status.ShouldBe(409, "an order is open, or carried out: the record is merged with none");
            (await county.GetAsync(Agent, Of(two))).Text.ShouldContain("Plantedrace");
        }
    }
}
