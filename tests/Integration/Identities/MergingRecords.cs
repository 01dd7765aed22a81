using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Identities.IdentityStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Identities;

public sealed class MergingRecords(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Is_done_once_with_evidence_and_words_and_taken_back_with_its_reason()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Colleague));

        var mergeId = await county.MergeAsync(Supervisor, one, two, "The same licence.");
        var again = await county.MergingAsync(Supervisor, one, two, "The same licence.");
        (again.Status, again.Json["mergeId"]!.GetValue<Guid>()).ShouldBe((200, mergeId));

        var told = (await county.AskAsync(Supervisor, Of(two, "/identity"))).ShouldSucceed().Json;
        told["survivorId"]!.GetValue<Guid>().ShouldBe(one);
        told["records"]!.AsArray().Select(id => id!.GetValue<Guid>()).ShouldBe([one, two]);
        var merge = told["merges"]!.AsArray().ShouldHaveSingleItem()!;
        (merge["evidence"]!.GetValue<string>(), merge["reason"]!.GetValue<string>(), merge["by"]!.GetValue<string>()).ShouldBe(("documentSeen", "The same licence.", Supervisor.Id));

        await county.ReverseAsync(Supervisor, two, mergeId);
        await county.ReverseAsync(Supervisor, one, mergeId);
        var after = (await county.AskAsync(Supervisor, Of(two, "/identity"))).ShouldSucceed().Json;
        after["survivorId"]!.GetValue<Guid>().ShouldBe(two);
        after["records"]!.AsArray().ShouldHaveSingleItem();
        after["merges"]![0]!["reversed"]!["reasonCode"]!.GetValue<string>().ShouldBe("differentPeople");
        (await county.EventsAsync("clients_merged", one)).ShouldBe(1);
        (await county.EventsAsync("merge_reversed", one)).ShouldBe(1);
    }

    [Fact]
    public async Task A_merge_against_another_is_refused_and_says_why()
    {
        var (one, two, three) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        (await county.MergingAsync(Supervisor, one, one)).ShouldBeProblem(422, "merge-with-itself", "mergedClientId");
        await county.MergeAsync(Supervisor, one, two);

        (await county.MergingAsync(Supervisor, two, one)).ShouldBeProblem(409, "already-one-person");
        (await county.MergingAsync(Supervisor, three, two)).ShouldBeProblem(409, "client-merged-elsewhere");
        (await county.MergingAsync(Supervisor, two, three)).ShouldBeProblem(409, "survivor-merged-away");
        (await county.PostAsync(Supervisor, Of(three, $"/merges/{Guid.CreateVersion7()}/reverse"), ReverseRequest.Example)).ShouldBeProblem(404, "merge-not-found");
        (await county.PostAsync(Supervisor, Of(one, "/merges"), new { mergedClientId = three, evidence = "documentSeen" })).Status.ShouldBe(400);
        (await county.PostAsync(Supervisor, Of(one, "/merges"), new { mergedClientId = three, reason = "No evidence." })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Of_two_at_once_one_is_decided_after_the_other()
    {
        for (var round = 0; round < 5; round++)
        {
            var (one, two, three) = (await county.RegisterAsync(Agent), await county.RegisterAsync(Agent), await county.RegisterAsync(Agent));

            var replies = await Task.WhenAll(
                county.MergingAsync(Supervisor, one, two), county.MergingAsync(Officer, two, one),
                county.MergingAsync(Officer, three, two), county.MergingAsync(Supervisor, two, three));

            replies.ShouldAllBe(reply => reply.Status == 201 || reply.Status == 409, string.Join('\n', replies.Select(reply => reply.Text)));
            replies.Count(reply => reply.Status == 201).ShouldBeInRange(1, 2);
            var records = (await county.GetAsync(Officer, Of(two, "/identity"))).ShouldSucceed().Json["records"]!.AsArray();
            records.Count.ShouldBe(1 + replies.Count(reply => reply.Status == 201));
        }
    }

    [Fact]
    public async Task Takes_somebody_who_reaches_the_whole_of_both()
    {
        var (north, south, referred) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(SouthAgent), await county.SuperviseAsync(Agent));
        var coachSupervisor = new Actor("coach-supervisor-1", Role.CoachSupervisor, "demo", "recovery-coaches");
        await county.EngageAsync(coachSupervisor);
        var own = await county.RegisterAsync(Coach);
        await county.ReferAsync(Agent, referred, "recovery-coaches");

        await county.ShouldNotExistAsync(Supervisor, south, id => county.MergingAsync(Supervisor, north, id));
        await county.ShouldNotExistAsync(Supervisor, south, id => county.MergingAsync(Supervisor, id, north));
        (await county.MergingAsync(coachSupervisor, own, referred)).ShouldBeProblem(403, "client-not-yours-to-change");
        (await county.MergingAsync(Agent, north, referred)).ShouldBeProblem(403, "role-not-allowed");

        var mergeId = await county.MergeAsync(Officer, north, south);
        (await county.PostAsync(Supervisor, Of(north, $"/merges/{mergeId}/reverse"), ReverseRequest.Example)).ShouldBeProblem(404, "merge-not-found");
        (await county.AskAsync(Supervisor, Of(north, "/identity"))).ShouldSucceed().Json["merges"]!.AsArray().ShouldBeEmpty("the south office's client is not told");
        (await county.AskAsync(Officer, Of(north, "/identity"))).ShouldSucceed().Json["merges"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_search_finds_the_one_who_stands_for_the_person_by_either_name_and_no_duplicate_is_proposed()
    {
        var (one, two) = (
            await county.SuperviseAsync(Agent, new(RegistrationSource.Supervision, Name: new("Philippa", "Underbridge"), BornOn: new(1990, 3, 4))),
            await county.SuperviseAsync(Agent, new(RegistrationSource.Supervision, Name: new("Philipa", "Underbridge"), BornOn: new(1990, 3, 4))));
        (await FoundAsync("Philippa")).ShouldBe([one, two], ignoreOrder: true);
        (await ProposedAsync(one, two)).ShouldBeTrue();

        var mergeId = await county.MergeAsync(Supervisor, one, two);
        (await FoundAsync("Philippa")).ShouldBe([one]);
        (await FoundAsync("Philipa")).ShouldBe([one]);
        (await ProposedAsync(one, two)).ShouldBeFalse();
        (await county.GetAsync(Agent, Of(two))).ShouldSucceed().Json["otherRecords"]!.AsArray().ShouldHaveSingleItem()!.GetValue<Guid>().ShouldBe(one);

        await county.ReverseAsync(Supervisor, one, mergeId);
        (await FoundAsync("Philipa")).ShouldBe([one, two], ignoreOrder: true);
        (await ProposedAsync(one, two)).ShouldBeTrue();
        (await county.GetAsync(Agent, Of(two))).ShouldSucceed().Json["otherRecords"]!.AsArray().ShouldBeEmpty();

        async Task<List<Guid>> FoundAsync(string given) =>
            [.. (await county.PostAsync(Agent, "/api/clients/search", new { givenName = given, familyName = "Underbridge" })).ShouldSucceed()
                .Json["items"]!.AsArray().Select(item => item!["clientId"]!.GetValue<Guid>())];
    }

    [Fact]
    public async Task A_third_record_is_proposed_once_and_with_the_one_who_stands_for_the_person()
    {
        var (one, two, three) = (
            await county.NamedAsync(Agent, "Leopold", "Vantongeren"), await county.NamedAsync(Agent, "Leopold", "Vantongeren"), await county.NamedAsync(Agent, "Leopold", "Vantongeren"));
        await county.MergeAsync(Supervisor, one, two);

        (await ProposedAsync(one, three)).ShouldBeTrue();
        (await ProposedAsync(two, three)).ShouldBeFalse();

        (await county.PostAsync(Supervisor, Of(one, $"/duplicates/{three}/dismiss"), new { reason = "related" })).ShouldSucceed();
        (await ProposedAsync(one, three)).ShouldBeFalse("what was dismissed of the person is not proposed by another of their records");
    }

    private async Task<bool> ProposedAsync(Guid one, Guid two) =>
        (await county.GetAsync(Supervisor, "/api/clients/duplicates")).ShouldSucceed().Json["items"]!.AsArray().Any(item =>
            new[] { item!["clientId"]!.GetValue<Guid>(), item["otherClientId"]!.GetValue<Guid>() }.Order().SequenceEqual(new[] { one, two }.Order()));
}
