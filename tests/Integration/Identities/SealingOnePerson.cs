using System.Text.Json.Nodes;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Identities;
using CaseFlow.Integration.Clients;
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

    [Fact]
    public async Task What_was_moved_to_a_record_that_is_sealed_or_erased_is_read_nowhere_and_comes_back_by_no_undoing()
    {
        var (wrong, right, other) = (await county.NamedAsync(Agent, "Ottilie", "Wrongacre"), await county.NamedAsync(Agent, "Ambrose", "Rightacre"), await county.NamedAsync(Agent, "Cosima", "Otheracre"));
        await county.ContactAsync(Agent, wrong, "Truly the other's.");
        var contact = (await county.TimelineAsync(Agent, wrong, "kind=supervision_contact_reported")).ShouldHaveSingleItem();
        var earlier = (await county.AskAsync(Officer, Of(wrong, "/timeline"))).Json["position"]!.GetValue<long>();
        var declared = await county.PostAsync(Supervisor, Of(wrong, "/identity-mistakes"), new MistakeRequest([contact], IdentityEvidence.RecordsCompared, "A namesake.", right));
        var undo = Of(wrong, $"/identity-mistakes/{declared.ShouldSucceed().Json["mistakeId"]!.GetValue<Guid>()}/undo");
        var past = Of(wrong, $"/timeline?kind=supervision_contact_reported&asRecordedPosition={earlier}");
        (await county.AskAsync(Officer with { Purpose = Purpose.OwnRecord }, past)).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty("it is another person's");

        var order = await county.OrderAsync(right);
        (await ItemAsync())["sealedReason"]!.GetValue<string>().ShouldBe("adult-expunction");
        (await county.PostAsync(Supervisor, undo, UndoRequest.Example)).ShouldBeProblem(404, "mistake-not-found");
        (await county.PostAsync(Officer, undo, UndoRequest.Example)).ShouldBeProblem(404, "mistake-not-found");
        (await county.PostAsync(Officer, Of(other, "/identity-mistakes"), new MistakeRequest([await NameOf(other)], IdentityEvidence.RecordsCompared, "A namesake.", right)))
            .ShouldBeProblem(409, "mistake-under-order");

        (await county.ApplyAsync(right, order)).ShouldSucceed();
        (await ItemAsync())["erasedReason"]!.GetValue<string>().ShouldBe("adult-expunction");
        (await county.PostAsync(Officer, undo, UndoRequest.Example)).ShouldBeProblem(404, "mistake-not-found");
        (await county.TimelineAsync(Agent, wrong)).ShouldNotContain(contact);

        async Task<JsonNode> ItemAsync()
        {
            var item = (await county.AskAsync(Officer, past)).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
            item["summary"]!.GetValue<string>().ShouldBeOneOf("Sealed", "Erased");
            return item;
        }

        Task<Guid> NameOf(Guid clientId) => county.TimelineAsync(Officer, clientId, "kind=client_name_recorded").ContinueWith(read => read.Result.ShouldHaveSingleItem(), TaskScheduler.Default);
    }

    [Fact]
    public async Task Labels_put_right_since_an_entry_was_moved_hold_in_the_past_of_the_other_record_and_what_is_hidden_is_declared_by_nobody()
    {
        var (wrong, right) = (await county.NamedAsync(Agent, "Eulalie", "Wrongmead"), await county.NamedAsync(Agent, "Lysander", "Rightmead"));
        await county.ContactAsync(Agent, wrong, "Truly the other's.");
        var contact = (await county.TimelineAsync(Agent, wrong, "kind=supervision_contact_reported")).ShouldHaveSingleItem();
        var past = $"kind=supervision_contact_reported&asRecordedPosition={(await county.AskAsync(Officer, Of(wrong, "/timeline"))).Json["position"]!.GetValue<long>()}";
        var ask = new MistakeRequest([contact], IdentityEvidence.RecordsCompared, "A namesake.", right);
        (await county.PostAsync(Supervisor, Of(wrong, "/identity-mistakes"), ask)).ShouldSucceed();
        var auditor = new Actor("sealing-auditor", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);
        (await county.PostAsync(Administrator, "/api/staff", new EngageStaffRequest(auditor.Id, Role.Auditor, "sheriff", null))).ShouldSucceed();
        (await county.PostAsync(Administrator, $"/api/staff/{auditor.Id}/audit-grants", new GiveAuditGrantDoor.Request("Review.", county.Now.AddDays(7)))).ShouldSucceed();
        (await county.TimelineAsync(auditor, wrong, past)).ShouldBe([contact]);

        (await county.PostAsync(Officer, Of(right, $"/labels/{contact}/correct"), new { labels = new[] { "VICTIM" }, reason = "Names a victim." })).ShouldSucceed();
        (await county.TimelineAsync(auditor, right)).ShouldNotContain(contact);
        (await county.TimelineAsync(auditor, wrong, past)).ShouldBeEmpty();
        (await county.TimelineAsync(Officer, wrong, past)).ShouldBe([contact]);

        await county.ContactAsync(Agent, right, "Of a juvenile.");
        var sealedEntry = (await county.TimelineAsync(Agent, right, "kind=supervision_contact_reported")).Last(id => id != contact);
        (await county.PostAsync(Officer, Of(right, $"/labels/{sealedEntry}/correct"), new { labels = new[] { "JUVENILE" }, reason = "Of a juvenile." })).ShouldSucceed();
        await county.OrderAsync(right, ErasureScope.Juvenile, "juvenile-expunction", "2026 JV 3");
        (await county.PostAsync(Supervisor, Of(right, "/identity-mistakes"), new MistakeRequest([sealedEntry], IdentityEvidence.RecordsCompared, "A namesake.", wrong)))
            .ShouldBeProblem(404, "entry-not-found");
    }

    [Fact]
    public async Task While_a_hold_reaches_through_a_merge_the_privacy_officer_alone_takes_it_back()
    {
        var (one, other) = (await county.NamedAsync(Agent, "Wilhelmina", "Heldfield"), await county.NamedAsync(Agent, "Josephina", "Heldfield"));
        var mergeId = await county.MergeAsync(Supervisor, one, other);
        await HoldAsync(other);

        (await county.PostAsync(Supervisor, Of(one, $"/merges/{mergeId}/reverse"), ReverseRequest.Example)).ShouldBeProblem(409, "cannot-reverse-here");
        await county.ReverseAsync(Officer, one, mergeId);
        (await county.PostAsync(Supervisor, Of(one, $"/merges/{mergeId}/reverse"), ReverseRequest.Example)).ShouldSucceed();
    }

    [Fact]
    public async Task A_hold_on_the_record_that_an_entry_was_moved_from_or_to_keeps_the_other()
    {
        var (wrong, right) = (await county.NamedAsync(Agent, "Petronella", "Movedfield"), await county.NamedAsync(Agent, "Cornelia", "Movedfield"));
        await county.ContactAsync(Agent, wrong);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var contact = (await county.TimelineAsync(Agent, wrong, "kind=supervision_contact_reported")).ShouldHaveSingleItem();
        (await county.PostAsync(Supervisor, Of(wrong, "/identity-mistakes"), new MistakeRequest([contact], IdentityEvidence.RecordsCompared, "A namesake.", right))).Status.ShouldBe(201);

        foreach (var (held, asked) in new[] { (wrong, right), (right, wrong) })
        {
            var holdId = await HoldAsync(held);
            var order = await county.OrderAsync(asked);
            (await county.ApplyAsync(asked, order)).ShouldBeProblem(409, "legal-hold-in-force");
            (await county.ChangeAsync(
                Officer, $"{ErasureStories.PathOf(held)}/holds/{holdId}/release", await county.VersionAsync(Officer, ErasureStories.PathOf(held)), new { authority = "prosecutor" })).ShouldSucceed();
        }
    }

    private async Task<Guid> HoldAsync(Guid clientId) => (await county.PostAsync(
        Officer, ErasureStories.PathOf(clientId) + "/holds", new { authority = "prosecutor", reasonCode = "litigation", reference = "Letter 9" })).ShouldSucceed().Json["holdId"]!.GetValue<Guid>();

    private async Task<IEnumerable<Guid>> OthersAsync(Guid clientId) =>
        (await county.GetAsync(Agent, Of(clientId))).ShouldSucceed().Json["otherRecords"]!.AsArray().Select(id => id!.GetValue<Guid>());

    private async Task<IEnumerable<Guid>> FoundAsync(string given, string family) =>
        (await county.PostAsync(Agent, "/api/clients/search", new { givenName = given, familyName = family })).ShouldSucceed()
            .Json["items"]!.AsArray().Select(item => item!["clientId"]!.GetValue<Guid>());

    private async Task<bool> ProposedAsync(Guid one, Guid other) =>
        (await county.GetAsync(Supervisor, "/api/clients/duplicates")).ShouldSucceed().Json["items"]!.AsArray().Any(item =>
            ((Guid[])[item!["clientId"]!.GetValue<Guid>(), item["otherClientId"]!.GetValue<Guid>()]).ToHashSet().SetEquals([one, other]));
}
