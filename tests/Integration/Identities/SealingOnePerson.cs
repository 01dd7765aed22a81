using CaseFlow.Api.Identities;
using CaseFlow.Domain.Identities;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Identities.IdentityStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Identities;

/// <summary>What is sealed of a person is not found by way of another record of the same person.</summary>
public sealed class SealingOnePerson(County county) : IClassFixture<County>
{
    [Fact]
    public async Task A_sealed_record_leads_to_no_other_and_no_other_to_it()
    {
        var (open, closed) = (await county.NamedAsync(Agent, "Rosamund", "Openfield"), await county.NamedAsync(Agent, "Clementine", "Closedfield"));
        await county.MergeAsync(Supervisor, open, closed);
        (await OthersAsync(closed)).ShouldBe([open]);

        await county.OrderAsync(closed);

        (await OthersAsync(closed)).ShouldBeEmpty();
        (await OthersAsync(open)).ShouldBeEmpty();
        (await county.GetAsync(Agent, Of(closed))).Text.ShouldNotContain(open.ToString());
        var identity = (await county.AskAsync(Supervisor, Of(open, "/identity"))).ShouldSucceed();
        identity.Json["records"]!.AsArray().Select(id => id!.GetValue<Guid>()).ShouldBe([open]);
        identity.Text.ShouldNotContain(closed.ToString());
    }

    [Fact]
    public async Task Nor_does_the_record_that_stands_for_the_person_show_it()
    {
        var (closed, open) = (await county.NamedAsync(Agent, "Albertine", "Standingfield"), await county.NamedAsync(Agent, "Leonora", "Underfield"));
        await county.MergeAsync(Supervisor, closed, open);
        await county.OrderAsync(closed);

        var identity = (await county.AskAsync(Supervisor, Of(open, "/identity"))).ShouldSucceed();
        identity.Json["survivorId"]!.GetValue<Guid>().ShouldBe(open);
        identity.Text.ShouldNotContain(closed.ToString());
        (await FoundAsync("Leonora", "Underfield")).ShouldBe([open], "a sealed record does not hide the one that is not");
        (await FoundAsync("Albertine", "Standingfield")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_by_what_is_sealed_finds_nobody()
    {
        var (open, closed) = (await county.NamedAsync(Agent, "Ludmilla", "Plainacre"), await county.NamedAsync(Agent, "Perpetua", "Hiddenacre"));
        (await county.PostAsync(Agent, Of(closed, "/aliases"), new { alias = "Zephyrine" })).ShouldSucceed();
        await county.MergeAsync(Supervisor, open, closed);
        (await FoundAsync("Perpetua", "Hiddenacre")).ShouldBe([open]);

        await county.OrderAsync(closed);

        (await FoundAsync("Perpetua", "Hiddenacre")).ShouldBeEmpty();
        (await county.PostAsync(Agent, "/api/clients/search", new { alias = "Zephyrine" })).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();
        (await FoundAsync("Ludmilla", "Plainacre")).ShouldBe([open]);
    }

    [Fact]
    public async Task What_a_sealed_record_has_in_common_proposes_no_duplicate_of_another()
    {
        var (open, closed, third) = (
            await county.NamedAsync(Agent, "Thaddeus", "Birchwood"),
            await county.NamedAsync(Agent, "Barnabas", "Quillfeather"),
            await county.NamedAsync(Agent, "Barnabas", "Quillfeather"));
        await county.MergeAsync(Supervisor, open, closed);
        (await ProposedAsync(open, third)).ShouldBeTrue();

        await county.OrderAsync(closed);

        (await ProposedAsync(open, third)).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_declared_whose_entries_they_are_is_told_no_more_once_that_record_is_sealed()
    {
        var (wrong, right) = (await county.NamedAsync(Agent, "Philippa", "Wrongfield"), await county.NamedAsync(Agent, "Henrietta", "Rightfield"));
        await county.ContactAsync(Agent, wrong);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var contact = (await county.TimelineAsync(Agent, wrong, "kind=supervision_contact_reported")).ShouldHaveSingleItem();
        var ask = new MistakeRequest([contact], IdentityEvidence.RecordsCompared, "A namesake.", right);
        (await county.PostAsync(Supervisor, Of(wrong, "/identity-mistakes"), ask)).Status.ShouldBe(201);
        (await county.AskAsync(Supervisor, Of(wrong, "/identity"))).ShouldSucceed().Json["mistakes"]!.AsArray().ShouldHaveSingleItem()!["rightClientId"]!.GetValue<Guid>().ShouldBe(right);

        await county.OrderAsync(right);

        var identity = (await county.AskAsync(Supervisor, Of(wrong, "/identity"))).ShouldSucceed();
        identity.Json["mistakes"]!.AsArray().ShouldBeEmpty();
        identity.Text.ShouldNotContain(right.ToString());
    }

    private async Task<IEnumerable<Guid>> OthersAsync(Guid clientId) =>
        (await county.GetAsync(Agent, Of(clientId))).ShouldSucceed().Json["otherRecords"]!.AsArray().Select(id => id!.GetValue<Guid>());

    private async Task<IEnumerable<Guid>> FoundAsync(string given, string family) =>
        (await county.PostAsync(Agent, "/api/clients/search", new { givenName = given, familyName = family })).ShouldSucceed()
            .Json["items"]!.AsArray().Select(item => item!["clientId"]!.GetValue<Guid>());

    private async Task<bool> ProposedAsync(Guid one, Guid other) =>
        (await county.GetAsync(Supervisor, "/api/clients/duplicates")).ShouldSucceed().Json["items"]!.AsArray().Any(item =>
            ((Guid[])[item!["clientId"]!.GetValue<Guid>(), item["otherClientId"]!.GetValue<Guid>()]).ToHashSet().SetEquals([one, other]));
}
