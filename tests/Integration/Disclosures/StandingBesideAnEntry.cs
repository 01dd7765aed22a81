using System.Text.Json.Nodes;
using CaseFlow.Api.Coaching;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Identities;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Disclosures;

/// <summary>Amendments and mistaken identities show where a coach or a sender reads an entry by itself, to whoever sees the entry in the timeline.</summary>
public sealed class StandingBesideAnEntry : IAsyncLifetime
{
    private County county = null!;

    public async ValueTask InitializeAsync()
    {
        county = await County.WithAsync();
        await county.FurnishCoachesAsync();
    }

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task Shows_in_the_coaching_beside_the_session_the_plan_and_the_note_each_to_those_who_see_them()
    {
        var (participation, client) = await county.ReferredAsync();
        var coaching = await county.CoachAsync(participation);
        await county.HoldAsync(Coach, coaching, "Came late.");
        (await county.PostAsync(Coach, $"{coaching}/plans/{Guid.CreateVersion7()}/create", new PlanRequest("To find work.", new DateOnly(2100, 1, 1)))).ShouldSucceed();
        (await county.PostAsync(Coach, coaching + "/notes", new TextRequest("He frightens me."))).ShouldSucceed();
        var entries = (await county.AskAsync(Lead, coaching)).ShouldSucceed().Json["entries"]!.AsArray();
        var (session, plan, note) = (IdOf("coaching_session_held"), IdOf("recovery_plan_created"), IdOf("coach_note_kept"));
        var before = (await county.AskAsync(Lead, client + "/timeline")).ShouldSucceed().Json["position"]!.GetValue<long>();

        await AmendAsync(client, "recovery-coaches", session, "Planted: was on time.");
        await AmendAsync(client, "recovery-coaches", note, "Planted: never met that day.");
        await DisagreeAsync(client, "recovery-coaches", plan, "Planted: not my plan.");

        var seen = (await county.AskAsync(Coach, coaching)).ShouldSucceed();
        BesideOf(seen, session)!["amendments"]![0]!["words"].ShouldSay("Planted: was on time.");
        BesideOf(seen, plan)!["amendments"]![0]!["ground"].ShouldSay("accurateAndComplete");
        BesideOf(seen, plan)!["amendments"]![0]!["words"].ShouldSay("Planted: not my plan.");
        BesideOf(seen, note)!["amendments"]![0]!["words"].ShouldSay("Planted: never met that day.");
        BesideOf((await county.AskAsync(Lead, coaching)).ShouldSucceed(), note)!["amendments"]![0]!["words"].ShouldSay("Planted: never met that day.");
        seen.Json["entries"]!.AsArray().Count(entry => entry!["beside"] is not null).ShouldBe(3, "whose note it is sees what stands beside it");
        var timeline = (await county.AskAsync(Coach, client + "/timeline")).ShouldSucceed().Json["items"]!.AsArray();
        timeline.ShouldContain(item => item!["eventId"]!.GetValue<Guid>() == note, "whose note it is sees it wherever the record is read");
        (await county.AskAsync(Coach, $"{coaching}?asRecordedPosition={before}")).ShouldSucceed().Text.ShouldNotContain("Planted");

        Guid IdOf(string kind) => entries.First(entry => entry!["kind"]!.GetValue<string>() == kind)!["eventId"]!.GetValue<Guid>();
    }

    [Fact]
    public async Task Shows_among_the_facts_of_a_drug_test()
    {
        var (participation, client) = await county.ReferredAsync();
        (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated."))).Status.ShouldBe(201);
        (await FactsAsync()).ShouldHaveSingleItem()!["beside"].ShouldBeNull();

        await AmendAsync(client, "court", (await FactsAsync())[0]!["eventId"]!.GetValue<Guid>(), "Planted: I was ill.");

        (await FactsAsync()).ShouldHaveSingleItem()!["beside"]!["amendments"]![0]!["words"].ShouldSay("Planted: I was ill.");

        async Task<JsonArray> FactsAsync() =>
            (await county.AskAsync(Coordinator, participation + "/drug-tests")).ShouldSucceed().Json["tests"]![0]!["facts"]!.AsArray();
    }

    [Fact]
    public async Task A_session_that_is_relabelled_shows_to_whom_its_labels_of_now_let_see_it_in_the_coaching_and_before_the_court()
    {
        var (participation, client) = await county.ReferredAsync();
        await county.ConsentToCourtAsync(client);
        var coaching = await county.CoachAsync(participation);
        await county.HoldAsync(Coach, coaching, "Planted words.");
        await county.HoldAsync(Coach, coaching, "Other words.", hoursAgo: 3);
        var session = (await county.AskAsync(Lead, coaching)).ShouldSucceed().Json["entries"]!.AsArray()
            .First(entry => entry!["kind"]!.GetValue<string>() == "coaching_session_held")!["eventId"]!.GetValue<Guid>();
        (await AttendedAsync()).ShouldBe(2);
        await AmendAsync(client, "recovery-coaches", session, "Planted: was on time.");
        (await county.PostAsync(Coach, $"{coaching}/entries/{session}/correct-session", new CorrectSessionRequest(Attendance.Attended, SessionKind.OneToOne, "Planted slip.", 30)))
            .ShouldSucceed();
        (await county.AskAsync(Coach, coaching)).ShouldSucceed().Text.ShouldContain("Planted slip.");
        var then = (await county.AskAsync(Lead, client + "/timeline")).ShouldSucceed().Json["position"]!.GetValue<long>();

        (await county.PostAsync(Lead, $"{client}/labels/{session}/correct", new LabelDoors.Request(["PART2", "WORKER_PRIVATE"], "The coach's own."))).ShouldSucceed();

        (await county.AskAsync(Coach, coaching)).ShouldSucceed().Text.ShouldContain("Planted slip.", Case.Sensitive, "whoever wrote it keeps it");
        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, Domain.Coaching.CoachChangeReason.Reassigned, "Knows the town."))).ShouldSucceed();
        (await county.AskAsync(Second, coaching)).ShouldSucceed().Text.ShouldNotContain("Planted");
        (await county.AskAsync(Second, $"{coaching}?asRecordedPosition={then}")).ShouldSucceed().Text.ShouldNotContain("Planted", Case.Insensitive, "the past is no way around it");
        (await county.AskAsync(Lead, coaching)).ShouldSucceed().Text.ShouldContain("Planted: was on time.");
        (await AttendedAsync()).ShouldBe(1);

        async Task<int> AttendedAsync() =>
            (await county.AskAsync(Coordinator, coaching + "/attendance")).ShouldSucceed().Json["providers"]![0]!["sessions"]!.AsArray().Count;
    }

    [Fact]
    public async Task Shows_on_both_pages_of_a_referral_of_each_side_its_own()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        var client = $"/api/clients/{clientId}";
        var referral = (await county.AskAsync(Coach, "/api/referral-inbox")).ShouldSucceed().Json["items"]!.AsArray()
            .Single(item => item!["clientId"]!.GetValue<Guid>() == clientId)!["referralId"]!.GetValue<Guid>();
        (await county.ChangeAsync(Coach, $"/api/referrals/{referral}/accept", await county.VersionAsync(Coach, $"/api/referrals/{referral}/intake"), new { })).ShouldSucceed();
        var (sent, accepted) = (await EntryAsync(client, "referral_sent"), await EntryAsync(client, "referral_accepted"));
        var version = await county.VersionAsync(Agent, $"/api/referrals/{referral}");

        await AmendAsync(client, "dcc", sent, "Planted: I asked for it myself.");
        await AmendAsync(client, "recovery-coaches", accepted, "Planted: a week later.");
        (await county.PostAsync(Supervisor, client + "/identity-mistakes", new MistakeRequest([sent], IdentityEvidence.RecordsCompared, "A namesake."))).Status.ShouldBe(201);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        var theirs = (await county.GetAsync(Agent, $"/api/referrals/{referral}")).ShouldSucceed();
        var beside = theirs.Json["beside"]!.AsArray().ShouldHaveSingleItem()!;
        (beside["kind"]!.GetValue<string>(), beside["amendments"]![0]!["words"]!.GetValue<string>()).ShouldBe(("referral_sent", "Planted: I asked for it myself."));
        beside["mistaken"]!["at"].ShouldNotBeNull();
        theirs.ETag.ShouldBe(version, "what stands beside it changes nothing of the referral");
        var received = (await county.GetAsync(Coach, $"/api/referrals/{referral}/intake")).ShouldSucceed();
        received.Json["beside"]!.AsArray().ShouldHaveSingleItem()!["amendments"]![0]!["words"].ShouldSay("Planted: a week later.");
        received.Text.ShouldNotContain("asked for it myself", Case.Insensitive, "without consent the sender's record is the sender's");
    }

    private async Task AmendAsync(string client, string agency, Guid eventId, string words)
    {
        var ask = await AskAsync(client, agency, eventId);
        (await county.PostAsync(Officer, $"{client}/amendments/{ask}/accept", new WordsRequest(words))).ShouldSucceed();
    }

    private async Task DisagreeAsync(string client, string agency, Guid eventId, string words)
    {
        var ask = await AskAsync(client, agency, eventId);
        (await county.PostAsync(Officer, $"{client}/amendments/{ask}/deny", new DenyRequest(AmendmentDenial.AccurateAndComplete, "Confirmed."))).ShouldSucceed();
        (await county.PostAsync(Officer, $"{client}/amendments/{ask}/disagree", new WordsRequest(words))).ShouldSucceed();
    }

    private async Task<Guid> AskAsync(string client, string agency, Guid eventId)
    {
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var ask = new AmendmentAsk(agency, "Not so.", new ProofPart(ProofOfIdentity.PhotoDocument), eventId, Guid.CreateVersion7());
        (await county.PostAsync(Officer, client + "/amendments", ask)).Status.ShouldBe(201);
        return ask.RequestId!.Value;
    }

    private async Task<Guid> EntryAsync(string client, string kind) =>
        (await county.AskAsync(Officer, $"{client}/timeline?kind={kind}")).ShouldSucceed().Json["items"]![0]!["eventId"]!.GetValue<Guid>();

    private static JsonNode? BesideOf(Reply coaching, Guid eventId) =>
        coaching.Json["entries"]!.AsArray().Single(entry => entry!["eventId"]!.GetValue<Guid>() == eventId)!["beside"];
}
