using System.Text.Json.Nodes;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Integration.CourtViews;

/// <summary>What the client had put beside an entry, and that an entry is on the wrong person, shows on the court's pages too (45 CFR 164.526).</summary>
public sealed class MarkingACourtsEntries
{
    private static readonly DateOnly Docket = new(2026, 6, 17);

    [Fact]
    public async Task An_amendment_shows_with_its_words_where_the_entry_is_read_and_without_them_where_it_is_counted()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 10);
        var condition = await robin.FileAsync(CourtFile.Confidential, Cdt(6, 2, 9), new ConditionOrdered("treatment", null));
        var (_, reported) = await robin.TestedAsync(new DateOnly(2026, 6, 8), TestResult.Positive);
        await county.ShowAsync();
        var before = await CompliesAsync(county, robin);
        before["beside"]!.AsArray().ShouldBeEmpty();

        await AmendAsync(county, robin.ClientId, "court", condition.EventId, "Planted: ordered for a namesake.");
        await AmendAsync(county, robin.ClientId, "court", reported!.Value, "Planted: the tubes were mixed up.");
        await county.ShowAsync();

        var entries = (await county.AskAsync(Judge, $"participations/{robin.ParticipationId}")).Ok()["entries"]!.AsArray();
        var marked = entries.Where(entry => entry!["beside"] is not null).ShouldHaveSingleItem()!;
        marked["entryId"]!.GetValue<Guid>().ShouldBe(condition.EntryId);
        marked["beside"]!["amendments"]![0]!["words"]!.GetValue<string>().ShouldBe("Planted: ordered for a namesake.");
        (await county.AskAsync(Prosecutor, $"participations/{robin.ParticipationId}")).Text.ShouldNotContain("amendments", Case.Insensitive, "it stands beside what is in the confidential file");

        var counted = await CompliesAsync(county, robin);
        KindsOf(counted["beside"]).ShouldBe(["condition_ordered", "drug_test_result_reported"]);
        counted["beside"]![0]!["amendments"]![0]!["outcome"]!.GetValue<string>().ShouldBe("accepted");
        counted.ToJsonString().ShouldNotContain("Planted", Case.Insensitive, "such a page has nobody's words");
        counted["position"]!.GetValue<long>().ShouldBeGreaterThan(before["position"]!.GetValue<long>());
        (await CompliesAsync(county, robin, $"?asRecordedPosition={before["position"]}"))["beside"]!.AsArray().ShouldBeEmpty();
        (await CompliesAsync(county, robin, $"?asRecordedPosition={counted["position"]}"))["beside"]!.ToJsonString().ShouldBe(counted["beside"]!.ToJsonString());
        (await CompliesAsync(county, robin, "?file=open"))["beside"]!.AsArray().ShouldBeEmpty();
        (await county.Database.RebuildAsync("timeline", (_, _) => { }, Cancellation)).ShouldBe(1);
        KindsOf((await CompliesAsync(county, robin))["beside"]).ShouldBe(["condition_ordered", "drug_test_result_reported"]);
    }

    [Fact]
    public async Task A_packet_tells_it_from_then_on_and_one_that_was_issued_before_stays_bit_for_bit()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 10);
        var condition = await robin.FileAsync(CourtFile.Confidential, Cdt(6, 2, 9), new ConditionOrdered("treatment", null));
        await county.ShowAsync();
        var earlier = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Judge, Docket));
        var (json, html) = ((await IssuingPackets.ReadAsync(county, Judge, earlier)).Whole(), (await IssuingPackets.ReadAsync(county, Judge, earlier, "?format=html")).Whole());

        await AmendAsync(county, robin.ClientId, "court", condition.EventId, "Planted: ordered for a namesake.");
        await county.ShowAsync();
        var (issued, forProsecutor) = (
            await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Judge, Docket)), await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Prosecutor, Docket)));

        (await IssuingPackets.ReadAsync(county, Judge, earlier)).Whole().ShouldBe(json);
        (await IssuingPackets.ReadAsync(county, Judge, earlier, "?format=html")).Whole().ShouldBe(html);
        var page = (await IssuingPackets.ReadAsync(county, Judge, issued)).Ok()["pages"]![0]!;
        page["verified"]!.GetValue<bool>().ShouldBeTrue();
        KindsOf(page["content"]!["beside"]).ShouldBe(["condition_ordered"]);
        page.ToJsonString().ShouldNotContain("Planted");
        var paper = (await IssuingPackets.ReadAsync(county, Judge, issued, "?format=html")).Text;
        paper.ShouldContain("Beside what is recorded");
        paper.ShouldContain("condition ordered, 2026-06-02");
        paper.ShouldContain("<td>amended, ");
        var theirs = (await IssuingPackets.ReadAsync(county, Prosecutor, forProsecutor)).Ok()["pages"]![0]!;
        theirs["verified"]!.GetValue<bool>().ShouldBeTrue();
        theirs["content"]!["beside"].ShouldBeNull("their page is of the open file");
    }

    [Fact]
    public async Task An_entry_on_the_wrong_person_says_so_until_the_mistake_is_undone_and_the_position_moves_with_both()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await IssuingPackets.HeardAsync(county, 10);
        var condition = await robin.FileAsync(CourtFile.Open, Cdt(6, 2, 9), new ConditionOrdered("treatment", null));
        await county.ShowAsync();
        var without = await CompliesAsync(county, robin);
        var ask = new MistakeRequest([condition.EventId], IdentityEvidence.RecordsCompared, "A namesake.", MistakeId: Guid.CreateVersion7());

        ((int)(await county.PostAsync(PrivacyOfficer, $"clients/{robin.ClientId}/identity-mistakes", ask)).Status).ShouldBe(201);
        await county.ShowAsync();
        var mistaken = await CompliesAsync(county, robin);
        mistaken["beside"]!.AsArray().ShouldHaveSingleItem()!["mistaken"]!["at"].ShouldNotBeNull();
        (await county.AskAsync(Prosecutor, $"participations/{robin.ParticipationId}")).Ok()["entries"]!.AsArray()
            .Where(entry => entry!["beside"] is not null).ShouldHaveSingleItem()!["beside"]!["mistaken"].ShouldNotBeNull();
        var issued = await IssuingPackets.IssueAsync(county, new PacketRequest(Role.Judge, Docket));
        (await IssuingPackets.ReadAsync(county, Judge, issued, "?format=html")).Text.ShouldContain("recorded on this record by mistake");

        ((int)(await county.PostAsync(PrivacyOfficer, $"clients/{robin.ClientId}/identity-mistakes/{ask.MistakeId}/undo", UndoRequest.Example)).Status).ShouldBe(204);
        await county.ShowAsync();
        var undone = await CompliesAsync(county, robin);
        undone["beside"]!.AsArray().ShouldBeEmpty();
        var positions = new[] { without, mistaken, undone }.Select(answer => answer["position"]!.GetValue<long>()).ToList();
        positions.ShouldBe(positions.Distinct().Order());
        (await CompliesAsync(county, robin, $"?asRecordedPosition={positions[1]}"))["beside"]!.AsArray().Count.ShouldBe(1);
        (await CompliesAsync(county, robin, $"?asRecordedPosition={positions[2]}"))["beside"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_relabelled_out_of_sight_takes_what_stands_beside_it_along()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var robin = await county.AdmittedAsync(Cdt(4, 1, 9));
        var condition = await robin.FileAsync(CourtFile.Open, Cdt(4, 5, 9), new ConditionOrdered("treatment", null));
        await AmendAsync(county, robin.ClientId, "court", condition.EventId, "Planted: ordered for a namesake.");
        await county.ShowAsync();
        (await county.AskAsync(Prosecutor, $"participations/{robin.ParticipationId}")).Text.ShouldContain("Planted");
        KindsOf((await county.AskAsync(Prosecutor, robin.Path)).Ok()["beside"]).ShouldBe(["condition_ordered"]);

        await RelabelAsync(county, robin.ClientId, condition.EventId, "condition_ordered", "COURT_CONFIDENTIAL");
        await county.ShowAsync();

        (await county.AskAsync(Prosecutor, $"participations/{robin.ParticipationId}")).Text.ShouldNotContain("Planted");
        (await county.AskAsync(Prosecutor, robin.Path)).Ok()["beside"]!.AsArray().ShouldBeEmpty();
        (await county.AskAsync(Judge, $"participations/{robin.ParticipationId}")).Text.ShouldContain("Planted");
    }

    /// <summary>The views have not seen the correction yet when the amendment is accepted and the mistake declared.</summary>
    [Fact]
    public async Task What_is_put_beside_an_entry_has_the_labels_that_it_has_now_whatever_the_views_have_seen()
    {
        await using var county = await Participants.FoundWithCourtAsync();
        var (robin, kim) = (await county.AdmittedAsync(Cdt(4, 1, 9)), await county.AdmittedAsync(Cdt(4, 2, 9)));
        var condition = await robin.FileAsync(CourtFile.Open, Cdt(4, 5, 9), new ConditionOrdered("treatment", null));
        await county.ShowAsync();

        await RelabelAsync(county, robin.ClientId, condition.EventId, "condition_ordered", "JUVENILE", "COURT_CONFIDENTIAL");
        await AmendAsync(county, robin.ClientId, "court", condition.EventId, "Not so.", show: false);
        var ask = new MistakeRequest([condition.EventId], IdentityEvidence.RecordsCompared, "A namesake.", kim.ClientId);
        ((int)(await county.PostAsync(PrivacyOfficer, $"clients/{robin.ClientId}/identity-mistakes", ask)).Status).ShouldBe(201);
        await county.ShowAsync();

        var recorded = await county.Database.Store.ReadLogPageAsync(0, 1000, Jurisdiction, cancellation: Cancellation);
        ((Circumstances)recorded.Single(one => one.Data is AmendmentAccepted).Headers!).Labels.ShouldBe(["JUVENILE", "COURT_CONFIDENTIAL"]);
        ((IdentityMistakeDeclared)recorded.Single(one => one.Data is IdentityMistakeDeclared).Data).Mark!.Labels.ShouldBe(["JUVENILE", "COURT_CONFIDENTIAL"]);
    }

    private static async Task AmendAsync(StoppedCounty county, Guid clientId, string agency, Guid eventId, string words, bool show = true)
    {
        var ask = new AmendmentAsk(agency, "Not so.", new ProofPart(ProofOfIdentity.PhotoDocument), eventId, Guid.CreateVersion7());
        ((int)(await county.PostAsync(PrivacyOfficer, $"clients/{clientId}/amendments", ask)).Status).ShouldBe(201);
        if (show)
            await county.ShowAsync();
        var accepted = await county.PostAsync(PrivacyOfficer, $"clients/{clientId}/amendments/{ask.RequestId}/accept", new WordsRequest(words));
        ((int)accepted.Status).ShouldBe(204, accepted.Text);
    }

    private static async Task RelabelAsync(StoppedCounty county, Guid clientId, Guid eventId, string kind, params string[] labels) => await county.RecordAsync(
        PrivacyOfficer, StreamIds.Labels(clientId), "labels",
        [new EventLabelsCorrected(eventId, kind, null, ["COURT_OPEN"], labels, Sealed<string>.Of("Medical.")) { ClientId = clientId }.At(Cdt(6, 1, 9))]);

    private static async Task<JsonNode> CompliesAsync(StoppedCounty county, Participant who, string query = "") => (await county.AskAsync(Judge, who.Path + query)).Ok();

    private static IEnumerable<string> KindsOf(JsonNode? beside) => beside!.AsArray().Select(one => one!["kind"]!.GetValue<string>());
}
