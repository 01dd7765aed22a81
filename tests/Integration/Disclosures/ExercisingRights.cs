using System.Net;
using CaseFlow.Api.Access;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Coaching;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Privacy;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Erasure;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Identities;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Disclosures;

/// <summary>What a client may ask of the own record, end to end.</summary>
public sealed class ExercisingRights(County county) : IClassFixture<County>
{
    private static readonly Actor ForTheClient = Officer with { Purpose = Purpose.OwnRecord };
    private static readonly Actor Peer = new("peer-1", Role.PeerSpecialist, "demo", "recovery-coaches");
    private static readonly ProofPart Proof = new(ProofOfIdentity.PhotoDocument);

    [Fact]
    public async Task An_accounting_is_asked_for_given_and_late_when_it_is()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var ask = new AccountingAsk(LookBack.Hipaa, Proof, Guid.CreateVersion7());
        var path = $"/api/clients/{clientId}/accounting-requests";

        var asked = (await county.PostAsync(Feed, path, ask)).ShouldBe(HttpStatusCode.Created);
        asked.ETag.ShouldBe("\"1\"", "of this request alone");
        var due = asked.Json["dueAt"]!.GetValue<DateTimeOffset>();
        (due - county.Now).TotalDays.ShouldBeInRange(29.9, 30.1);
        (await county.PostAsync(Feed, path, ask)).ShouldBe(HttpStatusCode.OK).Json["dueAt"]!.GetValue<DateTimeOffset>().ShouldBe(due);
        (await county.PostAsync(Officer, $"/api/clients/{Guid.CreateVersion7()}/accounting-requests", new AccountingAsk(LookBack.Part2, Proof)))
            .ShouldBeProblem(404, "client-not-found");

        (await ListedAsync(ask.RequestId!.Value, $"?asOf={due.AddDays(-1):yyyy-MM-ddTHH:mm:ssZ}"))["isLate"]!.GetValue<bool>().ShouldBeFalse();
        (await ListedAsync(ask.RequestId.Value, $"?asOf={due.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}"))["isLate"]!.GetValue<bool>().ShouldBeTrue();
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/provide", new GivenRequest(DisclosureMethod.Paper))).ShouldBeProblem(409, "accounting-not-made");
        var accounting = $"/api/clients/{clientId}/accounting";
        (await county.GetAsync(Officer, accounting + "?lookBack=hipaa")).ShouldSucceed();
        (await county.GetAsync(Officer, $"{accounting}?requestId={Guid.CreateVersion7()}")).ShouldBeProblem(404, "rights-request-not-found");
        (await county.GetAsync(Officer, $"{accounting}?requestId={ask.RequestId}&lookBack=part2")).ShouldBeProblem(400, "bad-parameter", "lookBack");
        (await county.GetAsync(Officer, $"{accounting}?requestId={ask.RequestId}&asOf=2020-01-01T00:00:00Z")).ShouldBeProblem(400, "bad-parameter", "requestId");
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/provide", new GivenRequest(DisclosureMethod.Paper))).ShouldBeProblem(409, "accounting-not-made");
        (await county.GetAsync(Officer, $"{accounting}?requestId={ask.RequestId}")).ShouldSucceed().Json["lookBack"].ShouldSay("hipaa");
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/provide", new GivenRequest(DisclosureMethod.Paper))).ShouldBe(HttpStatusCode.NoContent);
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/provide", new GivenRequest(DisclosureMethod.InPerson)))
            .ShouldBeProblem(409, "rights-request-answered-differently");
        (await ListedAsync(ask.RequestId.Value, ""))["outcome"].ShouldSay("provided");
    }

    [Fact]
    public async Task A_request_known_to_its_day_and_answered_on_that_day_is_listed_from_the_end_of_it()
    {
        var morning = new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
        await using var county = await County.AtAsync(morning);
        var clientId = await county.SuperviseAsync(Agent);
        var ask = new AccountingAsk(LookBack.Hipaa, Proof, Guid.CreateVersion7(), new WhenPart(OccurredOn: new DateOnly(2026, 3, 3)));
        var path = $"/api/clients/{clientId}/accounting-requests";
        (await county.PostAsync(Officer, path, ask)).ShouldBe(HttpStatusCode.Created);
        (await county.GetAsync(Officer, $"/api/clients/{clientId}/accounting?requestId={ask.RequestId}")).ShouldSucceed();
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/provide", new GivenRequest(DisclosureMethod.Paper))).ShouldSucceed();

        (await ItemsAsync(morning.AddHours(1))).ShouldBeEmpty();
        (await ItemsAsync(morning.AddDays(1))).ShouldHaveSingleItem()!["outcome"].ShouldSay("provided");

        async Task<System.Text.Json.Nodes.JsonArray> ItemsAsync(DateTimeOffset asOf) =>
            (await county.GetAsync(Officer, $"/api/rights-requests?asOf={asOf:yyyy-MM-ddTHH:mm:ssZ}")).ShouldSucceed().Json["items"]!.AsArray();
    }

    [Fact]
    public async Task A_copy_holds_all_agencies_records_in_words_but_no_private_note()
    {
        await county.EngageAsync(Peer);
        var clientId = await county.SuperviseAsync(Agent, new RegisterClientDoor.Request(
            RegistrationSource.Supervision, Name: new RegisterClientDoor.NamePart("Dana", "Doe"), BornOn: new DateOnly(1990, 12, 31)));
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        await NoteAsync("Coach's planted words.");
        await NoteAsync("Private planted words.", new FiledAs(WorkerPrivate: true));
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var ask = new RecordsAsk(Proof, "Everything.", Guid.CreateVersion7());
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/records-requests", ask)).ShouldBe(HttpStatusCode.Created);
        var path = $"/api/clients/{clientId}/records-requests/{ask.RequestId}";

        (await county.GetAsync(Officer, path + "/copy")).ShouldBeProblem(403, "purpose-not-own-record");
        (await county.PostAsync(Officer, path + "/fulfil", new GivenRequest(DisclosureMethod.InPerson))).ShouldBeProblem(409, "records-copy-not-made");
        var another = ask with { RequestId = Guid.CreateVersion7() };
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/records-requests", another)).ShouldBe(HttpStatusCode.Created);
        var copy = (await county.GetAsync(ForTheClient, path + "/copy")).ShouldSucceed();
        copy.Json["client"]!["name"]!["familyName"].ShouldSay("Doe");
        copy.Json["entries"]!.AsArray().Select(entry => entry!["agency"]?.GetValue<string>()).Distinct().Order().ShouldBe(["dcc", "recovery-coaches"]);
        copy.Text.ShouldContain("Coach's planted words.");
        copy.Text.ShouldNotContain("Private planted");
        var csv = (await county.GetAsync(ForTheClient, path + "/copy?format=csv")).ShouldSucceed();
        csv.Text.ShouldContain("note: Coach's planted words.");
        csv.Text.ShouldContain("Dana Doe");
        csv.Text.ShouldNotContain("Private planted");

        var page = (await county.GetAsync(ForTheClient, path + "/copy?format=html")).ShouldSucceed();
        page["Content-Type"].ShouldBe("text/html; charset=utf-8");
        page["Content-Security-Policy"]!.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        page["Content-Disposition"].ShouldBe("inline; filename=\"copy-of-record.html\"");
        page["Cache-Control"].ShouldBe("no-store");
        page.Text.ShouldContain("@media print");
        page.Text.ShouldContain("Times are of America/Chicago");
        foreach (var entry in copy.Json["entries"]!.AsArray())
        {
            var local = TimeZoneInfo.ConvertTime(entry!["occurredAt"]!.GetValue<DateTimeOffset>(), TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
            page.Text.ShouldContain(local.ToString("yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture));
        }

        foreach (var active in new[] { "<script", "http:", "https:", "javascript:", "<link", "<img", " style=", " onload" })
            page.Text.ShouldNotContain(active, Case.Insensitive);
        var said = System.Net.WebUtility.HtmlDecode(page.Text);
        said.ShouldNotContain("Private planted");
        foreach (var entry in copy.Json["entries"]!.AsArray())
        {
            said.ShouldContain(entry!["eventId"]!.GetValue<string>());
            said.ShouldContain(entry["summary"]!.GetValue<string>());
            foreach (var words in entry["words"]!.AsObject().Where(words => words.Value is not null))
                said.ShouldContain(words.Value!.GetValue<string>());
        }

        (await county.GetAsync(ForTheClient, path + "/copy?format=pdf")).ShouldBeProblem(400, "bad-parameter", "format");
        (await county.GetAsync(Officer, path + "/copy")).ShouldBeProblem(403, "purpose-not-own-record");
        (await county.GetAsync(ForTheClient, $"/api/clients/{Guid.CreateVersion7()}/records-requests/{ask.RequestId}/copy")).ShouldBeProblem(404, "rights-request-not-found");
        (await county.PostAsync(Officer, path + "/fulfil", new GivenRequest(DisclosureMethod.InPerson))).ShouldSucceed();
        (await county.GetAsync(ForTheClient, path + "/copy")).ShouldBeProblem(409, "records-request-not-open");
        var further = $"/api/clients/{clientId}/records-requests/{another.RequestId}";
        (await county.PostAsync(Officer, further + "/fulfil", new GivenRequest(DisclosureMethod.InPerson))).ShouldBeProblem(409, "records-copy-not-made");
        (await county.GetAsync(ForTheClient, further + "/copy")).ShouldSucceed();
        (await county.PostAsync(Officer, further + "/fulfil", new GivenRequest(DisclosureMethod.InPerson))).ShouldSucceed();

        async Task NoteAsync(string words, FiledAs? filed = null) => (await county.PostAsync(
            Peer, $"/api/clients/{clientId}/touchpoints/contacts", new ContactRequest(ContactMode.Phone, Note: words, FiledAs: filed))).ShouldSucceed();
    }

    [Fact]
    public async Task A_text_or_a_key_that_was_altered_is_shown_as_damaged_and_takes_nothing_else_from_anybody()
    {
        var name = new RegisterClientDoor.Request(RegistrationSource.Supervision, Name: new RegisterClientDoor.NamePart("Dana", "Doe"), BornOn: new DateOnly(1990, 12, 31));
        var (text, key) = (await county.SuperviseAsync(Agent, name), await county.SuperviseAsync(Agent, name));
        await AlterAsync(
            """
            update caseflow.mt_events set data = jsonb_set(data, '{familyName}', to_jsonb(left(data ->> 'familyName', -4) || 'AAAA'))
            where stream_id = $1 and type = 'client_name_recorded'
            """, text);
        await AlterAsync("update caseflow.cf_data_keys set wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1) where subject_id = $1", key);
        county.Database.Sealer.ForgetAll();

        foreach (var (clientId, given) in new[] { (text, "Dana"), (key, OpenedTexts.Damaged) })
        {
            var read = (await county.GetAsync(Agent, $"/api/clients/{clientId}")).ShouldSucceed();
            (read.Json["name"]!["givenName"]!.GetValue<string>(), read.Json["name"]!["familyName"]!.GetValue<string>()).ShouldBe((given, OpenedTexts.Damaged));
            (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline")).ShouldSucceed();
            var ask = new RecordsAsk(Proof, null, Guid.CreateVersion7());
            (await county.PostAsync(Officer, $"/api/clients/{clientId}/records-requests", ask)).ShouldBe(HttpStatusCode.Created);
            var path = $"/api/clients/{clientId}/records-requests/{ask.RequestId}";
            (await county.GetAsync(ForTheClient, path + "/copy?format=html")).ShouldSucceed().Text.ShouldContain(OpenedTexts.Damaged);
            (await county.PostAsync(Officer, path + "/fulfil", new GivenRequest(DisclosureMethod.InPerson))).ShouldSucceed();
            county.Log.Lines.ShouldContain(line => line.Contains("is damaged", StringComparison.Ordinal) && line.Contains($"{clientId}", StringComparison.Ordinal));
        }

        (await county.Database.RebuildAsync("client_search", (_, _) => { }, TestContext.Current.CancellationToken)).ShouldBe(1);
        (await county.PostAsync(Agent, "/api/clients/search", new { familyName = "Doe", bornOn = "1990-12-31" })).Status.ShouldBe(200);

        async Task AlterAsync(string sql, Guid id)
        {
            await using var connection = new NpgsqlConnection(county.ConnectionString);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using (var free = new NpgsqlCommand("set session_replication_role = replica", connection))
                await free.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await using var alter = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter { Value = id } } };
            (await alter.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_copy_opens_the_words_of_every_kind_of_record_and_still_no_private_note()
    {
        await using var courthouse = await County.WithAsync();
        await courthouse.FurnishCoachesAsync();
        var (participation, client) = await courthouse.ReferredAsync(Admission() with { OverrideReason = "court-order", Words = "Court's planted words." });
        var coaching = await courthouse.CoachAsync(participation);
        await courthouse.HoldAsync(Coach, coaching, "Session's planted words.");
        (await courthouse.PostAsync(Coach, coaching + "/notes", new TextRequest("Private planted note."))).ShouldSucceed();
        await courthouse.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var ask = new RecordsAsk(Proof, RequestId: Guid.CreateVersion7());
        (await courthouse.PostAsync(Officer, client + "/records-requests", ask)).ShouldBe(HttpStatusCode.Created);

        var copy = (await courthouse.GetAsync(ForTheClient, $"{client}/records-requests/{ask.RequestId}/copy")).ShouldSucceed();

        WordsOf("participant_admitted")["words"].ShouldSay("Court's planted words.");
        WordsOf("coaching_session_held")["content"].ShouldSay("Session's planted words.");
        copy.Text.ShouldNotContain("Private planted");

        System.Text.Json.Nodes.JsonNode WordsOf(string kind) =>
            copy.Json["entries"]!.AsArray().Single(entry => entry!["kind"]!.GetValue<string>() == kind)!["words"]!;
    }

    [Fact]
    public async Task A_denial_about_an_entry_that_was_erased_with_its_class_is_answered_by_the_ground_alone()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ContactAsync(Agent, clientId);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var entry = (await county.AskAsync(Officer, $"/api/clients/{clientId}/timeline?kind=supervision_contact_reported")).ShouldSucceed()
            .Json["items"]![0]!["eventId"]!.GetValue<Guid>();
        var ask = new AmendmentAsk("dcc", "I never came.", Proof, entry, Guid.CreateVersion7());
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/amendments", ask)).ShouldBe(HttpStatusCode.Created);
        (await county.PostAsync(Supervisor, $"/api/clients/{clientId}/labels/{entry}/correct", new LabelDoors.Request(["JUVENILE"], "A juvenile then."))).ShouldSucceed();
        var deny = $"/api/clients/{clientId}/amendments/{ask.RequestId}/deny";
        var orderId = await county.OrderAsync(clientId, ErasureScope.Juvenile, "juvenile-expunction");
        (await county.PostAsync(Officer, deny, new DenyRequest(AmendmentDenial.NotAvailableForAccess))).ShouldBeProblem(422, "amendment-reason-missing");

        (await county.ApplyAsync(clientId, orderId)).ShouldSucceed();

        (await county.PostAsync(Officer, deny, new DenyRequest(AmendmentDenial.NotAvailableForAccess))).ShouldSucceed();
    }

    [Fact]
    public async Task An_amendment_is_asked_for_denied_and_disagreed_with()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var ask = new AmendmentAsk("dcc", "I was in hospital that day.", Proof, RequestId: Guid.CreateVersion7());
        var path = $"/api/clients/{clientId}/amendments";

        (await county.PostAsync(Officer, path, ask with { AgencyId = "nowhere", RequestId = null })).ShouldBeProblem(422, "amendment-agency-unknown", "agencyId");
        (await county.PostAsync(Officer, path, ask)).ShouldBe(HttpStatusCode.Created);
        (await county.PostAsync(Officer, path, ask with { AgencyId = "sheriff" })).ShouldBeProblem(409, "rights-request-asked-differently");
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/disagree", new WordsRequest("No."))).ShouldBeProblem(409, "amendment-not-denied");
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/deny", new DenyRequest(AmendmentDenial.AccurateAndComplete, "Confirmed."))).ShouldSucceed();
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/accept", new WordsRequest("Yes."))).ShouldBeProblem(409, "rights-request-answered-differently");
        (await county.PostAsync(Feed, $"{path}/{ask.RequestId}/disagree", new WordsRequest("I have the letter."))).ShouldSucceed();

        (await county.PostAsync(Officer, path, ask with { Text = "Other words." })).ShouldBeProblem(409, "rights-request-asked-differently");
        foreach (var other in new[] { new DenyRequest(AmendmentDenial.NotCreatedHere, "Confirmed."), new DenyRequest(AmendmentDenial.AccurateAndComplete, "Other words.") })
            (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/deny", other)).ShouldBeProblem(409, "rights-request-answered-differently");
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/deny", new DenyRequest(AmendmentDenial.AccurateAndComplete, "Confirmed."))).ShouldBe(HttpStatusCode.NoContent);
        (await county.PostAsync(Feed, $"{path}/{ask.RequestId}/disagree", new WordsRequest("Other words."))).ShouldBeProblem(409, "disagreement-stated-differently");
        (await county.PostAsync(Feed, $"{path}/{ask.RequestId}/disagree", new WordsRequest("I have the letter."))).ShouldBe(HttpStatusCode.NoContent);

        var listed = await ListedAsync(ask.RequestId!.Value, "");
        listed["outcome"].ShouldSay("denied");
        listed["disagrees"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task An_accepted_amendment_stands_beside_its_entry_wherever_that_is_shown()
    {
        await using var county = await County.WithAsync();
        await county.EngageAsync(Peer);
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        (await county.PostAsync(Peer, $"/api/clients/{clientId}/touchpoints/contacts", new ContactRequest(ContactMode.Phone, Note: "Said: home."))).ShouldSucceed();
        var entry = await ItemAsync("");
        var before = (await county.AskAsync(Peer, $"/api/clients/{clientId}/timeline")).Json["position"]!.GetValue<long>();
        var path = $"/api/clients/{clientId}/amendments";
        var ask = new AmendmentAsk("recovery-coaches", "I was in hospital.", Proof, entry["eventId"]!.GetValue<Guid>(), Guid.CreateVersion7());
        (await county.PostAsync(Officer, path, ask)).ShouldBe(HttpStatusCode.Created);
        (await ItemAsync(""))["amendments"]!.AsArray().ShouldBeEmpty("what is only asked is no part of the record");

        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/accept", new WordsRequest("Planted: in hospital."))).ShouldSucceed();
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/accept", new WordsRequest("Planted: in hospital."))).ShouldSucceed();

        var beside = (await ItemAsync(""))["amendments"]!.AsArray().ShouldHaveSingleItem()!;
        beside["outcome"].ShouldSay("accepted");
        beside["words"].ShouldSay("Planted: in hospital.");
        beside["requestId"]!.GetValue<Guid>().ShouldBe(ask.RequestId!.Value);
        (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline")).Text.ShouldNotContain("Planted");
        (await ItemAsync($"&asRecordedPosition={before}"))["amendments"]!.AsArray().ShouldBeEmpty();
        (await CopyAsync(county, clientId, "")).Json["entries"]!.AsArray()
            .Single(one => one!["kind"]!.GetValue<string>() == "contact_made")!["amendments"]![0]!["words"].ShouldSay("Planted: in hospital.");
        (await CopyAsync(county, clientId, "?format=csv")).Text.ShouldContain("amended: Planted: in hospital.");
        (await CopyAsync(county, clientId, "?format=html")).Text.ShouldContain("Planted: in hospital.");
        (await county.Database.RebuildAsync("timeline", (_, _) => { }, TestContext.Current.CancellationToken)).ShouldBe(1);
        (await ItemAsync(""))["amendments"]!.AsArray().ShouldHaveSingleItem();

        async Task<System.Text.Json.Nodes.JsonNode> ItemAsync(string query) =>
            (await county.AskAsync(Peer, $"/api/clients/{clientId}/timeline?kind=contact_made{query}")).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
    }

    [Fact]
    public async Task A_denial_marks_nothing_until_the_client_disagrees_and_words_about_the_whole_record_are_an_entry()
    {
        await using var county = await County.WithAsync();
        var clientId = await county.SuperviseAsync(Agent);
        var started = (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline?kind=supervision_started")).Json["items"]![0]!["eventId"]!.GetValue<Guid>();
        var path = $"/api/clients/{clientId}/amendments";
        var (ask, whole, elsewhere) = (
            new AmendmentAsk("dcc", "Not on that day.", Proof, started, Guid.CreateVersion7()),
            new AmendmentAsk("dcc", "All of it is another's.", Proof, RequestId: Guid.CreateVersion7()),
            new AmendmentAsk("sheriff", "Not on that day.", Proof, started, Guid.CreateVersion7()));
        foreach (var asked in new[] { ask, whole, elsewhere })
            (await county.PostAsync(Officer, path, asked)).ShouldBe(HttpStatusCode.Created);

        (await county.PostAsync(Officer, $"{path}/{elsewhere.RequestId}/accept", new WordsRequest("Yes."))).ShouldBeProblem(409, "amended-entry-not-found");
        (await county.PostAsync(Officer, $"{path}/{elsewhere.RequestId}/deny", new DenyRequest(AmendmentDenial.NotPartOfRecord, "Not the sheriff's."))).ShouldSucceed();
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/deny", new DenyRequest(AmendmentDenial.AccurateAndComplete, "Confirmed."))).ShouldSucceed();
        (await StartedAsync())["amendments"]!.AsArray().ShouldBeEmpty();
        (await county.PostAsync(Officer, $"{path}/{ask.RequestId}/disagree", new WordsRequest("Planted: I have the letter."))).ShouldSucceed();
        var beside = (await StartedAsync())["amendments"]!.AsArray().ShouldHaveSingleItem()!;
        beside["outcome"].ShouldSay("denied");
        beside["ground"].ShouldSay("accurateAndComplete");
        beside["words"].ShouldSay("Planted: I have the letter.");

        (await county.PostAsync(Officer, $"{path}/{whole.RequestId}/accept", new WordsRequest("Planted: put right."))).ShouldSucceed();
        var entry = (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline?kind=amendment_accepted")).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        entry["sourceAgency"].ShouldSay("dcc");
        (await CopyAsync(county, clientId, "")).Text.ShouldContain("Planted: put right.");

        async Task<System.Text.Json.Nodes.JsonNode> StartedAsync() =>
            (await county.AskAsync(Agent, $"/api/clients/{clientId}/timeline?kind=supervision_started")).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
    }

    private static async Task<Reply> CopyAsync(County county, Guid clientId, string query)
    {
        var ask = new RecordsAsk(Proof, RequestId: Guid.CreateVersion7());
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/records-requests", ask)).ShouldBe(HttpStatusCode.Created);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        return (await county.GetAsync(ForTheClient, $"/api/clients/{clientId}/records-requests/{ask.RequestId}/copy{query}")).ShouldSucceed();
    }

    [Fact]
    public async Task A_suspected_breach_is_listed_with_both_clocks_until_those_concerned_are_told()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var ask = new BreachDoors.SuspectRequest("A printed timeline was left in the waiting room.", Guid.CreateVersion7());

        (await county.PostAsync(Supervisor, "/api/breaches", ask)).ShouldBe(HttpStatusCode.Created).ETag.ShouldBeNull();
        (await county.PostAsync(Supervisor, "/api/breaches", ask)).ShouldBe(HttpStatusCode.OK);
        var open = await BreachAsync(ask.BreachId!.Value, $"?asOf={county.Now.AddDays(2):yyyy-MM-ddTHH:mm:ssZ}");
        open["what"].ShouldSay(ask.What);
        open["isAssessmentLate"]!.GetValue<bool>().ShouldBeTrue();
        open["isNotificationLate"]!.GetValue<bool>().ShouldBeFalse();

        (await county.PostAsync(Officer, $"/api/breaches/{ask.BreachId}/notify", new BreachDoors.NotifyRequest(BreachAudience.Clients, DisclosureMethod.Paper)))
            .ShouldBeProblem(409, "breach-not-found-to-be-one");
        (await county.PostAsync(Officer, $"/api/breaches/{ask.BreachId}/assess", new BreachDoors.AssessRequest(BreachFinding.Breach, "Seen by others.", [clientId]))).ShouldSucceed();
        (await county.PostAsync(Officer, $"/api/breaches/{ask.BreachId}/assess", new BreachDoors.AssessRequest(BreachFinding.NoBreach, "Not seen.")))
            .ShouldBeProblem(409, "breach-assessed-differently");
        (await county.PostAsync(Officer, $"/api/breaches/{ask.BreachId}/notify", new BreachDoors.NotifyRequest(BreachAudience.Clients, DisclosureMethod.Paper))).ShouldSucceed();
        var told = await BreachAsync(ask.BreachId.Value, $"?asOf={county.Now.AddDays(90):yyyy-MM-ddTHH:mm:ssZ}");
        told["isNotificationLate"]!.GetValue<bool>().ShouldBeFalse();
        told["clientIds"]![0]!.GetValue<Guid>().ShouldBe(clientId);
    }

    [Fact]
    public async Task A_breach_is_assessed_anew_with_its_history_and_whom_it_names_since_is_told()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        var ask = new BreachDoors.SuspectRequest("A list was mailed to the wrong office.", Guid.CreateVersion7());
        (await county.PostAsync(Supervisor, "/api/breaches", ask)).ShouldBe(HttpStatusCode.Created);
        var path = $"/api/breaches/{ask.BreachId}";
        var more = new BreachDoors.CorrectAssessmentRequest(BreachFinding.Breach, "Another page lay behind it.", [one, two]);

        (await county.PostAsync(Officer, path + "/correct-assessment", more)).ShouldBeProblem(409, "breach-not-assessed");
        (await county.PostAsync(Officer, path + "/assess", new BreachDoors.AssessRequest(BreachFinding.Breach, "It was opened.", [one]))).ShouldSucceed();
        (await county.PostAsync(Officer, path + "/notify", new BreachDoors.NotifyRequest(BreachAudience.Clients, DisclosureMethod.Paper))).ShouldSucceed();
        (await county.PostAsync(Supervisor, path + "/correct-assessment", more)).Status.ShouldBe(403);
        (await county.PostAsync(Officer, path + "/correct-assessment", more with { ClientIds = [one, Guid.CreateVersion7()] })).ShouldBeProblem(422, "breach-client-unknown", "clientIds");
        (await county.PostAsync(Officer, path + "/correct-assessment", more)).ShouldSucceed();
        (await county.PostAsync(Officer, path + "/correct-assessment", more)).ShouldSucceed();
        (await county.PostAsync(Officer, path + "/correct-assessment", more with { Reason = "A third reason." })).ShouldBeProblem(409, "recorded-differently");

        var late = $"?asOf={county.Now.AddDays(90):yyyy-MM-ddTHH:mm:ssZ}";
        var owed = await BreachAsync(ask.BreachId!.Value, late);
        (owed["isNotificationLate"]!.GetValue<bool>(), owed["notified"]!.AsArray().Count, owed["clientIds"]!.AsArray().Count).ShouldBe((true, 0, 2));
        owed["reason"].ShouldSay("Another page lay behind it.");
        var earlier = owed["earlier"]!.AsArray().ShouldHaveSingleItem()!;
        earlier["reason"].ShouldSay("It was opened.");
        earlier["clientIds"]!.AsArray().ShouldHaveSingleItem()!.GetValue<Guid>().ShouldBe(one);

        (await county.PostAsync(Officer, path + "/notify", new BreachDoors.NotifyRequest(BreachAudience.Clients, DisclosureMethod.Phone))).ShouldSucceed();
        (await BreachAsync(ask.BreachId.Value, late))["isNotificationLate"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_told_without_a_basis_is_a_suspected_breach_once_and_is_assessed_like_every_other()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var known = county.Now.AddHours(-30);
        var told = new RecordDisclosureDoor.Request(
            DisclosurePurpose.AtClientsRequest, ["attendance"], DisclosureBasis.WithoutBasis, DisclosureMethod.Phone, Guid.CreateVersion7(),
            RecipientName: "A caller who said to be the brother.", Description: "Plantedbreach.", When: new WhenPart(known));

        (await county.PostAsync(Agent, $"/api/clients/{clientId}/disclosures", told)).ShouldBe(HttpStatusCode.Created);
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/disclosures", told)).Status.ShouldBeLessThan(300);
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/disclosures", told with { DisclosureId = Guid.CreateVersion7(), Basis = DisclosureBasis.RequiredByLaw, Law = "wis-stat-979-01" })).ShouldSucceed();

        var breach = (await BreachesOfAsync()).ShouldHaveSingleItem();
        var breachId = breach["breachId"]!.GetValue<Guid>();
        (breach["disclosed"]!["disclosureId"]!.GetValue<Guid>(), breach["what"], breach["agencyId"]!.GetValue<string>(), breach["reportedBy"]!.GetValue<string>())
            .ShouldBe((told.DisclosureId!.Value, null, "dcc", "agent-1"));
        var suspected = breach["knownAt"]!.GetValue<DateTimeOffset>();
        (breach["assessBy"]!.GetValue<DateTimeOffset>() - suspected, breach["isAssessmentLate"]!.GetValue<bool>())
            .ShouldBe((TimeSpan.FromHours(Domain.Policies.RightsPolicy.Default.BreachAssessmentHours), suspected.AddHours(Domain.Policies.RightsPolicy.Default.BreachAssessmentHours) < county.Now));
        (await county.PostAsync(Officer, $"/api/breaches/{breachId}/assess", new BreachDoors.AssessRequest(BreachFinding.Breach, "Nobody knows the caller.", [clientId]))).ShouldSucceed();
        (await county.PostAsync(Officer, $"/api/breaches/{breachId}/notify", new BreachDoors.NotifyRequest(BreachAudience.Clients, DisclosureMethod.Paper))).ShouldSucceed();
        var listed = (await BreachesOfAsync()).ShouldHaveSingleItem();
        (listed["finding"]!.GetValue<string>(), listed["notified"]![0]!.GetValue<string>()).ShouldBe(("breach", "clients"));

        async Task<List<System.Text.Json.Nodes.JsonNode>> BreachesOfAsync() =>
            [.. (await county.GetAsync(Officer, "/api/breaches")).ShouldSucceed().Json["items"]!.AsArray()
                .Where(item => item!["disclosed"]?["clientId"]?.GetValue<Guid>() == clientId).Select(item => item!)];
    }

    private async Task<System.Text.Json.Nodes.JsonNode> ListedAsync(Guid requestId, string query) =>
        (await county.GetAsync(Officer, "/api/rights-requests" + query)).ShouldSucceed().Json["items"]!.AsArray()
            .Single(item => item!["requestId"]!.GetValue<Guid>() == requestId)!;

    private async Task<System.Text.Json.Nodes.JsonNode> BreachAsync(Guid breachId, string query) =>
        (await county.GetAsync(Officer, "/api/breaches" + query)).ShouldSucceed().Json["items"]!.AsArray()
            .Single(item => item!["breachId"]!.GetValue<Guid>() == breachId)!;
}
