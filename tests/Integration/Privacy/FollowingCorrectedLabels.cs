using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Consents;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Privacy;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using CaseFlow.Projections.Timeline;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Privacy;

/// <summary>A corrected label counts at every door that shows the entry, at once and for the past too; what is due stays due.</summary>
public sealed class FollowingCorrectedLabels(County county) : IClassFixture<County>, IAsyncLifetime
{
    /// <summary>Everything that is said of the client in words, or in numbers of their own.</summary>
    private static readonly string[] Said =
    [
        "Plantedname", "Plantedalias", "608 555 0117", "1984-02-29", "plantedsession", "plantedreason", "plantedwords", "Plantedsigner",
    ];

    /// <summary>What is hidden from everybody but supervisors of the agency whose it is, and its author.</summary>
    private static readonly string[] Hiding = ["VICTIM", "WORKER_PRIVATE"];

    private static readonly Actor ForTheClient = Officer with { Purpose = Purpose.OwnRecord };

    public async ValueTask InitializeAsync()
    {
        if ((await county.GetAsync(Lead, "/api/coachings")).Status != 200)
            await county.FurnishCoachesAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Asked for all, each is shown to somebody before, and to nobody after every entry was given other labels.</summary>
    [Fact]
    public async Task Nothing_that_was_said_is_shown_by_any_door_once_every_entry_is_under_labels_that_the_asker_may_not_see()
    {
        var story = await FurnishedAsync();
        var copy = new RecordsAsk(new(ProofOfIdentity.PhotoDocument), "Everything.", Guid.CreateVersion7());
        (await county.PostAsync(Officer, story.Client + "/records-requests", copy)).ShouldSucceed();
        var packet = await county.PostAsync(Coordinator, "/api/courts/drug-court/packets", new PacketRequest(Role.Judge, Participations: [story.ParticipationId]));
        var ids = new Dictionary<string, string>
        {
            ["clientId"] = story.ClientId.ToString(),
            ["overdoseId"] = story.OverdoseId.ToString(),
            ["dutyId"] = story.DutyId.ToString(),
            ["referralId"] = story.ReferralId.ToString(),
            ["participationId"] = story.ParticipationId.ToString(),
            ["requestId"] = $"{copy.RequestId}",
            ["packetId"] = packet.ShouldSucceed().Json["packetId"]!.GetValue<string>(),
            ["court"] = "drug-court",
            ["sessionId"] = Guid.CreateVersion7().ToString(),
        };
        // A need and a message are in lists with those of others.
        string[] words = [.. Said, story.Need, story.Message];
        Actor[] askers = [Agent, Coach, Coordinator, Judge, Officer, ForTheClient];
        var routes = county.Routes.Where(route => route.Route is { Method: "GET", Shown.View: not null }).Select(route => route.Route).ToList();
        routes.Count.ShouldBeGreaterThan(35);

        var before = await SaidAsync();
        foreach (var one in words)
            before.ShouldContain(said => said.Words == one, $"{one} is shown by some door before");

        await RelabelAllAsync(story.ClientId, Hiding);
        (await county.AskAsync(Agent, story.Client + "/timeline")).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();

        (await SaidAsync()).ShouldBe([("plantedsession", "coach-1 readCoaching")], "what a correction keeps private stays with whoever wrote it");

        async Task<List<(string Words, string Where)>> SaidAsync()
        {
            await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
            var said = new List<(string, string)>();
            foreach (var route in routes)
            {
                foreach (var asker in askers.Where(asker => route.Admits(asker.Role)))
                {
                    var path = Regex.Replace(route.Pattern, @"\{(\w+)[^}]*\}", part => ids[part.Groups[1].Value]);
                    var query = route.Name == "listMissingConsents" ? "?court=drug-court" : "";
                    var reply = await county.GetAsync(asker, path + query);
                    reply.Status.ShouldBeLessThan(500, $"{asker.Id} {path}: {reply.Text}");
                    if (reply.Status == 200)
                        said.AddRange(words.Where(one => reply.Text.Contains(one, StringComparison.Ordinal)).Select(one => (one, $"{asker.Id} {route.Name}")));
                }
            }

            return said;
        }
    }

    [Fact]
    public async Task A_search_finds_nobody_by_what_is_hidden_and_the_client_by_what_is_not()
    {
        var story = await FurnishedAsync();
        await RelabelAsync(story.ClientId, "client_name_recorded", "VICTIM");
        await RelabelAsync(story.ClientId, "external_identifier_linked", "VICTIM");

        (await SearchAsync(Coach, new(FamilyName: "Plantedname"), story)).ShouldBeNull();
        (await SearchAsync(Coach, new(ExternalIdentifier: new(IdentifierSystem.Doc, story.Number)), story)).ShouldBeNull();
        var found = await SearchAsync(Coach, new(Alias: "Mina Plantedalias", BornOn: new DateOnly(1984, 2, 29)), story);
        found.ShouldNotBeNull();
        found["name"].ShouldBeNull();
        (await SearchAsync(Agent, new(FamilyName: "Plantedname"), story))!["name"]!["familyName"].ShouldSay("Plantedname");
        (await SearchAsync(Agent, new(ExternalIdentifier: new(IdentifierSystem.Doc, story.Number)), story)).ShouldNotBeNull();
        (await county.FindAsync(Agent, story.Number)).Json.AsArray().ShouldHaveSingleItem();
        (await county.FindAsync(Coach, story.Number)).Json.AsArray().ShouldBeEmpty();
        (await county.GetAsync(Coach, story.Client)).ShouldSucceed().Json["name"].ShouldBeNull();
        (await county.GetAsync(Agent, story.Client)).ShouldSucceed().Json["name"]!["familyName"].ShouldSay("Plantedname");
    }

    [Fact]
    public async Task A_hidden_overdose_leaves_the_duty_with_its_due_time_and_nothing_of_the_overdose()
    {
        var story = await FurnishedAsync();
        var before = await county.InQueueAsync(Agent, story.DutyId);
        before["overdoses"]!.AsArray().ShouldHaveSingleItem();
        await RelabelAsync(story.ClientId, "overdose_reported", "WORKER_PRIVATE");

        var overdose = (await county.GetAsync(Agent, $"/api/overdoses/{story.OverdoseId}")).ShouldSucceed();
        (overdose.Json["details"], overdose.Json["occurredAt"], overdose.Json["clientId"]!.GetValue<Guid>()).ShouldBe((null, null, story.ClientId));
        (await county.GetAsync(Supervisor, $"/api/overdoses/{story.OverdoseId}")).ShouldSucceed().Json["details"].ShouldNotBeNull();
        var duty = await county.InQueueAsync(Agent, story.DutyId);
        duty["overdoses"]!.AsArray().ShouldBeEmpty();
        foreach (var kept in new[] { "dutyId", "state", "dueAt", "agentId" })
            duty[kept]!.ToJsonString().ShouldBe(before[kept]!.ToJsonString());
        (await county.InQueueAsync(Supervisor, story.DutyId))["overdoses"]!.AsArray().ShouldHaveSingleItem();
        (await county.DutiesAsync(Agent, story.ClientId)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_knowing_that_is_hidden_takes_what_corrects_it_with_it()
    {
        var owed = await county.OweAsync(Agent);
        (await county.ChangeAsync(
            Agent, $"/api/clients/{owed.ClientId}/overdoses/{owed.OverdoseId}/correct-knowledge", await county.VersionAsync(Agent, owed.Path),
            new CorrectKnowledgeRequest(county.Now.AddMinutes(-20), "A slip."))).ShouldSucceed();
        (await KindsAsync(Agent)).ShouldContain("agent_knowledge_corrected");
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        await RelabelAsync(owed.ClientId, "overdose_known_to_agent", "WORKER_PRIVATE");

        var kinds = await KindsAsync(Agent);
        kinds.ShouldNotContain("overdose_known_to_agent");
        kinds.ShouldNotContain("agent_knowledge_corrected");
        (await KindsAsync(Supervisor)).ShouldContain("agent_knowledge_corrected");

        async Task<List<string>> KindsAsync(Actor actor) =>
            [.. (await county.AskAsync(actor, $"/api/referral-compliance/{owed.DutyId}")).ShouldSucceed().Json["facts"]!.AsArray().Select(fact => fact!["kind"]!.GetValue<string>())];
    }

    [Fact]
    public async Task Engagement_is_restricted_again_without_a_notice_once_one_of_the_receivers_entries_is_hidden_also_in_the_past()
    {
        var story = await FurnishedAsync();
        var list = $"/api/referral-compliance?client={story.ClientId}";
        var seen = (await county.AskAsync(Agent, list)).ShouldSucceed();
        seen.Json["items"]![0]!["engagement"].ShouldSay("in-contact");
        seen["Redisclosure-Notice"].ShouldNotBeNull();
        await RelabelAsync(story.ClientId, "referral_acknowledged", "PART2", "VICTIM");

        foreach (var path in new[] { list, $"{list}&asRecordedPosition={seen.Json["position"]!.GetValue<long>()}" })
        {
            var now = (await county.AskAsync(Agent, path)).ShouldSucceed();
            now.Json["items"]![0]!["engagement"].ShouldSay("restricted");
            now.Json["notice"].ShouldBeNull();
            now["Redisclosure-Notice"].ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_referrals_page_says_of_engagement_what_the_queue_says()
    {
        var story = await FurnishedAsync();
        await county.AskAsync(Agent, "/api/referral-compliance");
        var referral = (await county.GetAsync(Agent, $"/api/referrals/{story.ReferralId}")).ShouldSucceed();
        referral.Json["engagement"].ShouldSay("in-contact");
        referral.Json["notice"]!["consents"]!.AsArray().ShouldHaveSingleItem();
        referral["Redisclosure-Notice"].ShouldNotBeNull();
        (await county.EventsAsync("disclosure_made", story.ClientId)).ShouldBeGreaterThan(0);

        await RelabelAsync(story.ClientId, "referral_first_contact_made", "VICTIM");

        var hidden = (await county.GetAsync(Agent, $"/api/referrals/{story.ReferralId}")).ShouldSucceed();
        hidden.Json["engagement"].ShouldSay("restricted");
        hidden["Redisclosure-Notice"].ShouldBeNull();
        hidden.ETag.ShouldBe(referral.ETag);
    }

    [Fact]
    public async Task A_sealed_record_makes_no_disclosure_and_carries_no_notice()
    {
        var story = await FurnishedAsync();
        (await county.PostAsync(Officer, ErasureStories.PathOf(story.ClientId) + "/orders", new
        {
            scope = "wholeRecord",
            authority = "court",
            reasonCode = "record-sealing",
            reference = "2026 SE 1",
            leftTo = Array.Empty<object>(),
            leftToClient = true,
        })).ShouldSucceed();

        var queue = (await county.AskAsync(Agent, $"/api/referral-compliance?client={story.ClientId}")).ShouldSucceed();

        queue.Json["items"]![0]!["engagement"].ShouldSay("restricted");
        queue.Json["notice"].ShouldBeNull();
        queue["Redisclosure-Notice"].ShouldBeNull();
        (await county.EventsAsync("disclosure_made", story.ClientId)).ShouldBe(0);
    }

    [Fact]
    public async Task A_label_taken_off_hides_nothing_and_one_taken_off_again_gives_back()
    {
        var story = await FurnishedAsync();
        await RelabelAsync(story.ClientId, "client_name_recorded", "VICTIM");
        (await county.GetAsync(Coach, story.Client)).ShouldSucceed().Json["name"].ShouldBeNull();

        await RelabelAsync(story.ClientId, "client_name_recorded");

        (await county.GetAsync(Coach, story.Client)).ShouldSucceed().Json["name"]!["familyName"].ShouldSay("Plantedname");
        await RelabelAsync(story.ClientId, "client_name_recorded", "PART2");
        (await county.GetAsync(Coach, story.Client)).ShouldSucceed().Json["name"]!["familyName"].ShouldSay("Plantedname", "Part 2 asks for a consent, and this door for a referral");
    }

    [Fact]
    public async Task A_caseload_keeps_its_lines_and_what_is_due_without_a_contact_that_is_hidden()
    {
        var story = await FurnishedAsync();
        var before = await LineAsync();
        before["ownLastContactAt"].ShouldNotBeNull();
        await RelabelAsync(story.ClientId, "supervision_contact_reported", "WORKER_PRIVATE");

        var now = await LineAsync();
        now["ownLastContactAt"].ShouldBeNull();
        now["supervisedSince"]!.ToJsonString().ShouldBe(before["supervisedSince"]!.ToJsonString());
        now["openDuties"]!.ToJsonString().ShouldBe(before["openDuties"]!.ToJsonString());

        async Task<JsonNode> LineAsync() => (await county.AskAsync(Agent, "/api/caseload?limit=200")).ShouldSucceed().Json["items"]!.AsArray()
            .Single(item => item!["clientId"]!.GetValue<Guid>() == story.ClientId)!;
    }

    [Fact]
    public async Task The_receivers_page_and_inbox_keep_the_referral_without_what_is_hidden()
    {
        var story = await FurnishedAsync();
        await RelabelAsync(story.ClientId, "referral_created", "VICTIM");
        await RelabelAsync(story.ClientId, "referral_first_contact_made", "WORKER_PRIVATE");

        var intake = (await county.GetAsync(Coach, $"/api/referrals/{story.ReferralId}/intake")).ShouldSucceed().Json;
        intake["need"].ShouldBeNull();
        intake["firstContactMade"]!.GetValue<bool>().ShouldBeFalse();
        intake["phase"].ShouldSay("accepted");
        var item = (await county.AskAsync(Coach, "/api/referral-inbox?limit=200")).ShouldSucceed().Json["items"]!.AsArray()
            .Single(item => item!["referralId"]!.GetValue<Guid>() == story.ReferralId)!;
        (item["need"], item["message"], item["firstContactAt"]).ShouldBe((null, null, null));
        item["status"].ShouldSay("accepted");
        (await county.GetAsync(Lead, $"/api/referrals/{story.ReferralId}/intake")).ShouldSucceed().Json["firstContactMade"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task The_courts_own_pages_do_without_an_entry_that_its_team_may_not_see()
    {
        var story = await FurnishedAsync();
        var entries = (await county.GetAsync(Coordinator, story.Participation)).ShouldSucceed().Json["entries"]!.AsArray().Count;
        await RelabelAsync(story.ClientId, "condition_ordered", "WORKER_PRIVATE");
        await RelabelAsync(story.ClientId, "drug_test_selected", "WORKER_PRIVATE");
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);

        (await county.GetAsync(Coordinator, story.Participation)).ShouldSucceed().Json["entries"]!.AsArray().Count.ShouldBe(entries - 1);
        (await county.GetAsync(Coordinator, story.Participation + "/drug-tests")).ShouldSucceed().Json["tests"]!.AsArray().ShouldBeEmpty();
        (await county.AskAsync(Coordinator, "/api/courts/drug-court/drug-tests")).ShouldSucceed().Json["items"]!.AsArray()
            .ShouldNotContain(item => item!["participationId"]!.GetValue<Guid>() == story.ParticipationId);
        (await county.AskAsync(Coordinator, story.Participation + "/compliance")).ShouldSucceed().Json["compliance"]!["conditions"]!.AsArray().ShouldBeEmpty();
    }

    /// <param name="Number">Of the client in the corrections' own system.</param>
    private sealed record Furnished(Guid ClientId, string Number, Guid OverdoseId, Guid DutyId, Guid ReferralId, Guid ParticipationId)
    {
        public string Client => $"/api/clients/{ClientId}";

        public string Need => $"need-{Number.ToLowerInvariant()}";

        public string Message => $"Message {Number}.";

        public string Participation => $"/api/participations/{ParticipationId}";
    }

    /// <returns>A client of whom every door has something to say: supervised, overdosed, referred and met by a coach, in a court, tested and coached.</returns>
    private async Task<Furnished> FurnishedAsync()
    {
        var number = $"S-{Random.Shared.Next()}";
        var clientId = await county.KnownAsync(Agent, number);
        var client = $"/api/clients/{clientId}";
        var overdoseId = await county.ReportAsync(Agent, clientId);
        (await county.KnowAsync(Agent, clientId, overdoseId)).ShouldSucceed();
        var dutyId = (await county.DutiesAsync(Agent, clientId)).Single()!["dutyId"]!.GetValue<Guid>();
        var created = (await county.PostAsync(Agent, "/api/referrals", new CreateReferralRequest(
            clientId, "recovery-coaches", DutyId: dutyId, Need: $"need-{number.ToLowerInvariant()}", Message: $"Message {number}."))).ShouldSucceed();
        var referralId = created.Json["referralId"]!.GetValue<Guid>();
        (await county.ChangeAsync(Agent, $"/api/referrals/{referralId}/send", created.ETag, SendRequest.Example)).ShouldSucceed();
        (await county.AcknowledgeAsync(Coach, referralId)).ShouldSucceed();
        await ReceiveAsync("accept", WhenOnly.Example);
        await ReceiveAsync("first-contact", FirstContactRequest.Example);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        await ConsentAsync([Coach.Agency!], ["dcc"], [], ConsentPurpose.Supervision);
        (await county.PostAsync(Agent, client + "/touchpoints/supervision-contacts", new SupervisionContactRequest(ContactMode.Phone))).ShouldSucceed();

        var referred = await county.PostAsync(Coordinator, "/api/courts/drug-court/referrals", new ReferralRequest(
            clientId, CourtReferralSource.SupervisingAgent, new IdentifierRequest(IdentifierSystem.Doc, number))
        { File = CourtFile.Open });
        referred.Status.ShouldBe(201, referred.Text);
        var participation = $"/api/participations/{referred.Json["participationId"]!.GetValue<Guid>()}";
        await county.FinishScreeningAsync(participation);
        await county.EnterAsync(Coordinator, participation, "admit", Admission());
        await county.EnterAsync(Coordinator, participation, "conditions", new Api.Courts.ConditionRequest("essay", DateOnly.FromDateTime(county.Now.UtcDateTime).AddDays(14)) { File = CourtFile.Open, DecidedBy = ByJudge, Words = "The plantedwords." });
        (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "The plantedreason."))).ShouldSucceed();
        var coaching = await county.CoachAsync(participation);
        await county.HoldAsync(Coach, coaching, "The plantedsession.");
        await ConsentAsync([Coach.Agency!], ["court"], [Role.Judge, Role.Coordinator], ConsentPurpose.CourtMonitoring);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        return new Furnished(clientId, number, overdoseId, dutyId, referralId, Guid.Parse(participation.Split('/')[^1]));

        async Task ReceiveAsync(string act, object body)
        {
            var intake = $"/api/referrals/{referralId}/intake";
            (await county.ChangeAsync(Coach, $"/api/referrals/{referralId}/{act}", (await county.GetAsync(Coach, intake)).ShouldSucceed().ETag, body)).ShouldSucceed();
        }

        async Task ConsentAsync(IReadOnlyList<string> disclosers, IReadOnlyList<string> recipients, IReadOnlyList<Role> roles, ConsentPurpose purpose) =>
            (await county.PostAsync(Coach, client + "/consents", GrantConsentRequest.Example with
            {
                Disclosers = disclosers,
                Recipients = recipients,
                RecipientRoles = roles,
                Kind = roles.Count == 0 ? ConsentKind.Part2General : ConsentKind.CourtTeam,
                Information =
                [
                    ConsentInformation.Engagement, ConsentInformation.Attendance, ConsentInformation.Progress, ConsentInformation.TestResults, ConsentInformation.Discharge,
                ],
                Purposes = [purpose],
                Term = new TermPart(ExpiresAt: county.Now.AddYears(1)),
                Form = FormPart.Example with { SignedAt = county.Now.AddDays(-2), SignedName = "Plantedsigner" },
            })).ShouldSucceed();
    }

    private async Task<JsonNode?> SearchAsync(Actor actor, SearchClientsDoor.Request asked, Furnished story) =>
        (await county.PostAsync(actor, "/api/clients/search", asked)).ShouldSucceed().Json["items"]!.AsArray()
            .FirstOrDefault(item => item!["clientId"]!.GetValue<Guid>() == story.ClientId);

    /// <summary>By the officer, who sees every entry that is not hidden yet.</summary>
    private async Task RelabelAsync(Guid clientId, string kind, params string[] labels)
    {
        var entry = (await EntriesAsync(clientId)).First(item => item["kind"]!.GetValue<string>() == kind);
        await CorrectAsync(Officer, clientId, entry, labels);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
    }

    private async Task RelabelAllAsync(Guid clientId, params string[] labels)
    {
        foreach (var entry in (await EntriesAsync(clientId)).Where(item => item["sourceAgency"] is not null))
            await CorrectAsync(Officer, clientId, entry, labels);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What is nobody's private note is made one no more; what was, before that was refused, goes on hiding what it hid.</summary>
    private async Task CorrectAsync(Actor actor, Guid clientId, JsonNode item, string[] labels)
    {
        var eventId = item["eventId"]!.GetValue<Guid>();
        if (!labels.Contains("WORKER_PRIVATE"))
        {
            (await county.PostAsync(actor, $"/api/clients/{clientId}/labels/{eventId}/correct", new LabelDoors.Request(labels, "It was another law."))).ShouldSucceed();
            return;
        }

        var entry = (await TimelineQueries.EntryAsync(
            county.Database.Reader, county.Database.Views.Timeline, "demo", clientId, eventId, TestContext.Current.CancellationToken))!;
        var fact = new EventLabelsCorrected(eventId, entry.Kind, entry.OverdoseId, entry.Labels, labels, Sealed<string>.Of("It was another law.")) { ClientId = clientId }.At(county.Now);
        var by = new Circumstances
        {
            Actor = actor.Id,
            Role = actor.Role,
            Agency = actor.Agency,
            Purpose = actor.Purpose,
            RecordOf = entry.SourceAgency,
            Labels = [.. entry.Labels.Union(labels)],
        };
        (await county.Database.Store.AppendAsync(
            new Append(
                "demo", [new StreamAppend(StreamIds.Labels(clientId), "labels", ExpectedVersion.Any, [new NewEvent(Guid.CreateVersion7(), fact, by, clientId)])],
                new AppendMetadata(actor.Id)),
            TestContext.Current.CancellationToken)).ShouldBeOfType<AppendResult.Appended>();
    }

    private async Task<List<JsonNode>> EntriesAsync(Guid clientId)
    {
        var entries = new List<JsonNode>();
        for (var path = $"/api/clients/{clientId}/timeline?limit=100"; path is not null;)
        {
            var page = (await county.AskAsync(Officer, path)).ShouldSucceed().Json;
            entries.AddRange(page["items"]!.AsArray().Select(item => item!));
            path = page["next"]?.GetValue<string>();
        }

        return entries;
    }
}
