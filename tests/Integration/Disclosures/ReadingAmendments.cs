using System.Net;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Privacy;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Disclosures;

/// <summary>What a client asked to have amended and what they were answered, for those who must read it.</summary>
public sealed class ReadingAmendments(County county) : IClassFixture<County>
{
    private static readonly Actor ForTheClient = Officer with { Purpose = Purpose.OwnRecord };
    private static readonly Actor Peer = new("peer-1", Role.PeerSpecialist, "demo", "recovery-coaches");
    private static readonly ProofPart Proof = new(ProofOfIdentity.PhotoDocument);

    [Fact]
    public async Task The_officer_reads_what_to_decide_and_the_client_the_whole_answer()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var path = $"/api/clients/{clientId}/amendments";
        var ask = new AmendmentAsk("dcc", "Planted: I was in hospital.", Proof, RequestId: Guid.CreateVersion7());
        (await county.GetAsync(Officer, path)).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();
        (await county.PostAsync(Feed, path, ask)).ShouldBe(HttpStatusCode.Created);

        var open = (await county.GetAsync(Officer, $"{path}/{ask.RequestId}")).ShouldSucceed().Json["amendment"]!;
        (open["text"]!.GetValue<string>(), open["agencyId"]!.GetValue<string>(), open["outcome"], open["isLate"]!.GetValue<bool>())
            .ShouldBe((ask.Text, "dcc", null, false));
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/deny", new DenyRequest(AmendmentDenial.AccurateAndComplete, "Planted: confirmed."))).ShouldSucceed();
        (await county.PostAsync(Feed, $"{path}/{ask.RequestId}/disagree", new WordsRequest("Planted: I have the letter."))).ShouldSucceed();

        foreach (var reader in new[] { Officer, ForTheClient, Agent })
        {
            var item = (await county.GetAsync(reader, path)).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
            (item["text"]!.GetValue<string>(), item["outcome"]!.GetValue<string>(), item["ground"]!.GetValue<string>(), item["answer"]!.GetValue<string>(), item["disagreement"]!.GetValue<string>())
                .ShouldBe((ask.Text, "denied", "accurateAndComplete", "Planted: confirmed.", "Planted: I have the letter."));
        }

        (await county.GetAsync(Officer, $"{path}/{Guid.CreateVersion7()}")).ShouldBeProblem(404, "rights-request-not-found");
        (await county.GetAsync(SouthAgent, path)).ShouldBeProblem(404, "client-not-found");
        (await county.GetAsync(Officer, $"/api/clients/{clientId}/access")).Text.ShouldContain("listAmendments");

        var wanted = new RecordsAsk(Proof, RequestId: Guid.CreateVersion7());
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/records-requests", wanted)).ShouldSucceed();
        foreach (var format in new[] { "json", "csv", "html" })
        {
            var copy = WebUtility.HtmlDecode((await county.GetAsync(ForTheClient, $"/api/clients/{clientId}/records-requests/{wanted.RequestId}/copy?format={format}")).ShouldSucceed().Text);
            foreach (var words in new[] { ask.Text, "Planted: confirmed.", "Planted: I have the letter." })
                copy.ShouldContain(words);
            copy.ShouldContain(format == "json" ? "accurateAndComplete" : "accurate-and-complete");
        }
    }

    [Fact]
    public async Task An_agency_reads_what_is_about_its_own_record_under_the_labels_that_the_entry_has_now()
    {
        await county.EngageAsync(Peer);
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        (await county.PostAsync(Peer, $"/api/clients/{clientId}/touchpoints/contacts", new ContactRequest(ContactMode.Phone, Note: "Said: home."))).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var entry = (await county.AskAsync(Peer, $"/api/clients/{clientId}/timeline?kind=contact_made")).Json["items"]![0]!["eventId"]!.GetValue<Guid>();
        var path = $"/api/clients/{clientId}/amendments";
        var ask = new AmendmentAsk("recovery-coaches", "Planted: I was in hospital.", Proof, entry, Guid.CreateVersion7());
        (await county.PostAsync(Officer, path, ask)).ShouldBe(HttpStatusCode.Created);

        (await county.GetAsync(Agent, path)).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty("another agency's record");
        (await county.GetAsync(Agent, $"{path}/{ask.RequestId}")).ShouldBeProblem(404, "rights-request-not-found");
        (await county.GetAsync(Peer, path)).ShouldSucceed().Text.ShouldContain("Planted");

        (await county.PostAsync(Officer, $"/api/clients/{clientId}/labels/{entry}/correct", new LabelDoors.Request(["WORKER_PRIVATE"], "It is a private note."))).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        (await county.GetAsync(Peer, path)).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();
        var barred = (await county.GetAsync(Officer, path)).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        (barred["isRestricted"]!.GetValue<bool>(), barred["text"]).ShouldBe((true, null));

        await county.EraseAsync(clientId);
        foreach (var reader in new[] { Officer, ForTheClient })
            (await county.GetAsync(reader, path)).ShouldBeProblem(403, "record-erased");
    }
}
