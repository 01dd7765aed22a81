using System.Text.RegularExpressions;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Http;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Profile;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Integration.Identities;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Erasure.WholeRecord;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Erasure;

/// <summary>
/// Ids of what is told twice follow from what was told, and outlive the client's key. So nobody is told whether a guess is on record: every command is
/// refused alike, before it is compared with anything.
/// </summary>
public sealed partial class GuessingAtTheErased : IAsyncLifetime
{
    private County county = null!;

    public async ValueTask InitializeAsync() => county = await County.WithAsync(("Limits:RequestBurst", "100000"));

    public ValueTask DisposeAsync() => county.DisposeAsync();

    /// <summary>What went with its class, or is sealed with it, counts as not told: whoever tells it again tells something new, as with anything else.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_hidden_with_its_class_is_taken_as_new_like_what_never_was(bool isApplied)
    {
        var clientId = await county.KnownAsync(Agent, "G-2001");
        var client = $"/api/clients/{clientId}";
        var (profile, place) = (client + "/profile", PlaceRequest.Example);
        (string Path, object Right, object Wrong)[] told =
        [
            (client + "/aliases", new AliasRequest("Classplant"), new AliasRequest("Neverplant")),
            (client + "/contact-points", new { kind = "phone", value = "608 555 0127", safeToText = true, safeToLeaveMessage = false },
                new { kind = "phone", value = "608 555 0128", safeToText = true, safeToLeaveMessage = false }),
            (client + "/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, "G-2002"), new IdentifierRequest(IdentifierSystem.Doc, "G-2003")),
            (client + "/name", new { givenName = "Classy", familyName = "Plantedname" }, new { givenName = "Never", familyName = "Plantedname" }),
            (client + "/birth-date", new { bornOn = "2009-02-27" }, new { bornOn = "2009-02-28" }),
            (client + "/emergency-contacts", EmergencyContactRequest.Example, EmergencyContactRequest.Example with { Name = "Nobody Known" }),
            (client + "/places", place, place with { Place = "Under no bridge" }),
            (client + "/demographics", new { answers = new[] { new { field = "veteran", codes = new[] { "yes" } } } }, new { answers = new[] { new { field = "veteran", codes = new[] { "no" } } } }),
        ];
        foreach (var (path, right, _) in told)
            (await TellAsync(path, right)).ShouldSucceed();
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        foreach (var entry in await county.TimelineAsync(Officer, clientId))
            await county.PostAsync(Officer, $"{client}/labels/{entry}/correct", new { labels = new[] { "JUVENILE" }, reason = "Of a juvenile." });
        var order = await county.OrderAsync(clientId, ErasureScope.Juvenile, "juvenile-expunction", "2026 JV 7");
        if (isApplied)
            (await county.ApplyAsync(clientId, order)).ShouldSucceed();

        foreach (var (path, right, wrong) in told)
        {
            var (before, answers) = (await VersionAsync(path), new List<(int Status, bool Moved)>());
            foreach (var body in new[] { right, wrong })
            {
                var reply = await TellAsync(path, body);
                var after = await VersionAsync(path);
                answers.Add((reply.Status, after != before));
                before = after;
            }

            answers[0].ShouldBe(answers[1], path);
            answers[0].Status.ShouldBeInRange(200, 299, path);
        }

        var shown = (await county.GetAsync(Agent, profile)).ShouldSucceed().Json;
        shown["emergencyContacts"]!.AsArray().Count(one => one!["name"]!.GetValue<string>() == EmergencyContactRequest.Example.Name).ShouldBe(1, "What is told anew is shown.");
        shown["places"]!.AsArray().Count(one => one!["place"]!.GetValue<string>() == place.Place).ShouldBe(1);

        async Task<Reply> TellAsync(string path, object body) =>
            await county.SendAsync(HttpMethod.Post, Agent, path, body, path == client + "/name" || path == client + "/birth-date" ? [("If-Match", await VersionAsync(path))] : []);

        async Task<string> VersionAsync(string path) =>
            (await county.GetAsync(Agent, path.Contains("emergency", StringComparison.Ordinal) || path.EndsWith("places", StringComparison.Ordinal)
                || path.EndsWith("demographics", StringComparison.Ordinal) ? profile : client)).ShouldSucceed().ETag!;
    }

    [Fact]
    public async Task What_was_on_record_and_what_never_was_are_refused_alike_at_whatever_version()
    {
        var clientId = await county.KnownAsync(Agent, "G-1001");
        var client = $"/api/clients/{clientId}";
        (await county.PostAsync(Agent, client + "/aliases", new AliasRequest("Erasureplant"))).ShouldSucceed();
        (await county.PostAsync(Agent, client + "/emergency-contacts", EmergencyContactRequest.Example)).ShouldSucceed();
        var overdose = $"/api/overdoses/{await county.ReportAsync(Agent, clientId)}";
        var version = (await county.GetAsync(Agent, client)).ETag!;
        var report = (await county.GetAsync(Agent, overdose)).ShouldSucceed();
        var correction = new CorrectRequest(
            report.Json["reportEventId"]!.GetValue<Guid>(), DetailsPart.Example, "Misread.", new WhenPart(report.Json["occurredAt"]!.GetValue<DateTimeOffset>()));
        (string Path, object Right, object Wrong, string Version)[] guesses =
        [
            (client + "/aliases", new AliasRequest("Erasureplant"), new AliasRequest("Neverplant"), version),
            (client + "/name", new { givenName = "Wilhelmina", familyName = "Plantedname" }, new { givenName = "Never", familyName = "Plantedname" }, version),
            (client + "/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, "G-1001"), new IdentifierRequest(IdentifierSystem.Doc, "G-9999"), version),
            (client + "/contact-points", new { kind = "phone", value = "608 555 0117", safeToText = true, safeToLeaveMessage = false },
                new { kind = "phone", value = "608 555 0118", safeToText = true, safeToLeaveMessage = false }, version),
            (client + "/birth-date", new { bornOn = "1984-02-29" }, new { bornOn = "1984-02-28" }, version),
            (client + "/emergency-contacts", EmergencyContactRequest.Example, EmergencyContactRequest.Example with { Name = "Nobody Known" }, version),
            ("/api/clients", new { clientId, source = "supervision", name = new { givenName = "Wilhelmina", familyName = "Plantedname" } },
                new { clientId, source = "supervision", name = new { givenName = "Never", familyName = "Plantedname" } }, version),
            (overdose + "/correct", correction, correction with { Details = DetailsPart.Example with { Fatality = Fatality.Fatal } }, report.ETag!),
        ];
        var before = await AnswersAsync();
        before.ShouldContain(one => one.Right != one.Wrong, "While the record is whole, a repetition is told from news.");

        await county.EraseAsync(clientId);

        foreach (var (what, right, wrong) in await AnswersAsync())
        {
            right.ShouldBe(wrong, what);
            right.ShouldContain("content-erased", Case.Sensitive, what);
        }

        async Task<List<(string What, string Right, string Wrong)>> AnswersAsync()
        {
            var answers = new List<(string, string, string)>();
            foreach (var (path, right, wrong, at) in guesses)
            {
                foreach (var (name, value) in new[] { (null, null), ("If-Match", at), ("If-Match", "\"1\"") })
                {
                    (string, string)[] headers = name is null ? [] : [(name, value!)];
                    answers.Add(($"{path} {value}", await AskAsync(right), await AskAsync(wrong)));

                    async Task<string> AskAsync(object body) => Told(await county.SendAsync(HttpMethod.Post, Agent, path, body, headers));
                }
            }

            return answers;
        }
    }

    [Fact]
    public async Task A_first_answer_is_given_no_more_and_its_key_tells_no_request_from_another()
    {
        var clientId = await county.KnownAsync(Agent, "G-2001");
        var path = $"/api/clients/{clientId}/aliases";
        (await TellAsync("Erasureplant")).ShouldSucceed();
        (await TellAsync("Neverplant")).ShouldBeProblem(422, "idempotency-key-reused");

        await county.EraseAsync(clientId);

        Told(await TellAsync("Erasureplant")).ShouldBe(Told(await TellAsync("Neverplant")));
        (await TellAsync("Erasureplant")).ShouldBeProblem(409, "content-erased");

        Task<Reply> TellAsync(string alias) => county.SendAsync(HttpMethod.Post, Agent, path, new AliasRequest(alias), ("Idempotency-Key", "told-once"));
    }

    [Fact]
    public async Task A_key_of_the_erased_tells_nothing_with_a_command_that_is_about_somebody_else()
    {
        var ask = new RegisterClientDoor.Request(RegistrationSource.Supervision, Name: new("Wilhelmina", "Plantedname"));
        var clientId = (await TellAsync(ask)).ShouldSucceed().Json["clientId"]!.GetValue<Guid>();
        (await TellAsync(ask with { Name = new("Never", "Plantedname") })).ShouldBeProblem(422, "idempotency-key-reused");
        await county.EraseAsync(clientId);

        var right = await TellAsync(ask);
        right.ShouldBeProblem(409, "content-erased");
        Told(right).ShouldBe(Told(await TellAsync(ask with { Name = new("Never", "Plantedname") })));

        Task<Reply> TellAsync(RegisterClientDoor.Request told) => county.SendAsync(HttpMethod.Post, Agent, "/api/clients", told, ("Idempotency-Key", "registered-once"));
    }

    [Fact]
    public async Task No_name_number_birth_date_or_alias_finds_anybody_or_is_taken()
    {
        var clientId = await county.KnownAsync(Agent, "G-3001");
        await county.EraseAsync(clientId);

        foreach (var actor in new[] { Agent, Supervisor, Officer })
        {
            foreach (var body in new object[]
                     {
                         new { givenName = "Wilhelmina", familyName = "Plantedname" }, new { alias = "Mina Plantedalias" }, new { bornOn = "1984-02-29" },
                         new { externalIdentifier = new { system = "doc", value = "G-3001" } },
                     })
            {
                (await county.PostAsync(actor, "/api/clients/search", body)).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();
            }
        }

        (await county.FindAsync(Agent, "G-3001")).Json.AsArray().ShouldBeEmpty();
        await county.KnownAsync(Agent, "G-3001");
        (await county.GetAsync(Officer, "/api/clients/duplicates")).ShouldSucceed().Text.ShouldNotContain(clientId.ToString());
    }

    [Fact]
    public async Task Every_command_of_every_route_is_refused_alike_but_those_that_end_the_work()
    {
        var record = await TellAsync(county);
        await county.EraseAsync(record.ClientId);
        string[] goOn =
        [
            "orderErasure", "applyErasure", "liftSealing", "placeLegalHold", "releaseLegalHold", "approveRetention", "postponeRetention", "endSupervision",
            "requestAccounting", "provideAccounting", "receiveRecordsRequest", "fulfilRecordsRequest", "reviewEmergencyAccess", "mergeClients", "reverseMerge",
            "approveOverdoseRetention", "postponeOverdoseRetention", "holdOverdose", "releaseOverdoseHold",
            .. EndingTheWorkOnTheErased.Ends,
        ];
        string[] ofTheRecord = ["clientId", "overdoseId", "referralId", "participationId"];
        var refused = 0;
        foreach (var (route, body) in county.Routes.Where(one => one.Route.Method == "POST" && Named().Matches(one.Route.Pattern).Any(name => ofTheRecord.Contains(name.Value))
            && !goOn.Contains(one.Route.Name)))
        {
            foreach (var actor in Everybody.Where(actor => route.Admits(actor.Role)))
            {
                foreach (var version in new[] { null, "\"1\"", record.Version })
                {
                    var reply = await county.ChangeAsync(actor, record.Addressed(route.Pattern), version, body);
                    // Who may not, and what is not there, is said as before; nobody is told "done", "somebody was faster" or "differently".
                    // What takes no version says so of everybody.
                    if (reply.Status is not (403 or 404) && !(version is not null && reply.Text.Contains("/problems/bad-if-match", StringComparison.Ordinal)))
                        reply.Text.ShouldContain("content-erased", Case.Sensitive, $"{route.Name} by {actor.Id}: {reply.Status}");
                    refused += reply.Status == 409 ? 1 : 0;
                }
            }
        }

        refused.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task To_whoever_does_not_reach_the_client_an_erased_one_is_nobody()
    {
        var record = await TellAsync(county);
        await county.EraseAsync(record.ClientId);
        var walked = 0;
        foreach (var (route, body) in county.Routes.Where(one => one.Route.Pattern.Contains("{clientId", StringComparison.Ordinal) && one.Route.Name != "useEmergencyAccess"))
        {
            foreach (var actor in new[] { Colleague, SouthAgent, SouthSupervisor }.Where(actor => route.Admits(actor.Role)))
            {
                var nobody = record with { Ids = record.Ids.ToDictionary(one => one.Key, one => Guid.TryParse(one.Value, out _) ? $"{Guid.CreateVersion7()}" : one.Value) };
                var method = new HttpMethod(route.Method);
                var reply = await county.SendAsync(method, actor, record.Addressed(route.Pattern), body, ("If-Match", "\"1\""));
                reply.Status.ShouldBe(404, $"{actor.Id}: {route.Name} {reply.Text}");
                Blank(reply, record).ShouldBe(Blank(await county.SendAsync(method, actor, nobody.Addressed(route.Pattern), body, ("If-Match", "\"1\"")), nobody), $"{actor.Id}: {route.Name}");
                walked++;
            }
        }

        walked.ShouldBeGreaterThan(50);
    }

    private static string Blank(Reply reply, WholeRecord record) =>
        record.Ids.Values.Where(id => Guid.TryParse(id, out _)).Aggregate(reply.Without(Guid.Empty), (text, id) => text.Replace(id, "?", StringComparison.Ordinal));

    /// <summary>The answer without what differs between any two.</summary>
    private static string Told(Reply reply) => $"{reply.Status} {Trace().Replace(reply.Text, "")} {reply.ETag}";

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex Trace();

    [GeneratedRegex(@"(?<=\{)\w+")]
    private static partial Regex Named();
}
