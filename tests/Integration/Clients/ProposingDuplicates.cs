using CaseFlow.Api.Agencies;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;
using Register = CaseFlow.Api.Clients.RegisterClientDoor.Request;

namespace CaseFlow.Integration.Clients;

public sealed class ProposingDuplicates(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Two_records_that_may_be_one_person_are_proposed_with_reasons_to_those_who_reach_both()
    {
        var one = await RegisterAsync(Agent, "Rosalind", "Achterberg", new(1991, 1, 2));
        var two = await RegisterAsync(Colleague, "Rosalynd", "Achterburg", new(1991, 1, 2));
        var south = await RegisterAsync(SouthAgent, "Rosalind", "Achterberg", new(1991, 1, 2));
        await RegisterAsync(Agent, "Rosalind", "Achterberg", new(1960, 5, 5));

        (await PairsAsync(Supervisor, one, two)).ShouldBe("birthDate,birthYear,familySound,givenSound");
        (await PairsAsync(Officer, one, south)).ShouldStartWith("fullName,");
        (await PairsAsync(Supervisor, one, south)).ShouldBe("none", "the south office's client is not told");
        (await PairsAsync(SouthSupervisor, one, two)).ShouldBe("none");
    }

    [Fact]
    public async Task A_dismissed_pair_is_not_proposed_again_and_a_rebuild_keeps_it_so()
    {
        var one = await RegisterAsync(Agent, "Ignatius", "Vandermolen", new(1988, 8, 8));
        var two = await RegisterAsync(Agent, "Ignatius", "Vandermolen", null);
        (await PairsAsync(Supervisor, one, two)).ShouldStartWith("fullName,");
        var path = $"/api/clients/{two}/duplicates/{one}/dismiss";

        (await county.PostAsync(SouthSupervisor, path, new { reason = "related" })).ShouldBeProblem(404, "client-not-found");
        (await county.PostAsync(Supervisor, $"/api/clients/{one}/duplicates/{one}/dismiss", new { reason = "related" })).ShouldBeProblem(422, "duplicate-of-itself");
        foreach (var reply in await Task.WhenAll(county.PostAsync(Supervisor, path, new { reason = "related" }), county.PostAsync(Officer, path, new { reason = "related" })))
            reply.Status.ShouldBe(204, reply.Text);

        (await PairsAsync(Supervisor, one, two)).ShouldBe("none");
        (await county.Database.RebuildAsync("client_search", (_, _) => { }, TestContext.Current.CancellationToken)).ShouldBe(1);
        (await PairsAsync(Officer, one, two)).ShouldBe("none");
    }

    [Fact]
    public async Task Somebody_elses_client_in_a_pair_answers_like_nobody()
    {
        var (mine, others) = (await RegisterAsync(Agent, "Dorothea", "Quist", null), await RegisterAsync(SouthAgent, "Dorothea", "Quist", null));

        await county.ShouldNotExistAsync(Supervisor, others, id => county.PostAsync(Supervisor, $"/api/clients/{mine}/duplicates/{id}/dismiss", new { reason = "related" }));
        await county.ShouldNotExistAsync(Supervisor, others, id => county.PostAsync(Supervisor, $"/api/clients/{id}/duplicates/{mine}/dismiss", new { reason = "related" }));
    }

    [Fact]
    public async Task The_number_of_a_sealed_person_is_given_to_another_as_if_nobody_had_it_and_both_are_proposed_when_that_is_lifted()
    {
        var hidden = await NumberedAsync("SEALED-1");
        var orderId = await county.OrderAsync(hidden);
        var (one, free, third) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));

        (await LinkedAsync(one, "SEALED-1")).ShouldBe(await LinkedAsync(free, "FREE-1"));
        (await LinkedAsync(one, "sealed 1")).ShouldBe(await LinkedAsync(free, "free 1"));
        (await SearchedAsync("find", one, new { system = "doc", value = "SEALED-1" })).ShouldBe(await SearchedAsync("find", free, new { system = "doc", value = "FREE-1" }));
        (await SearchedAsync("search", one, new { externalIdentifier = new { system = "doc", value = "SEALED-1" } }))
            .ShouldBe(await SearchedAsync("search", free, new { externalIdentifier = new { system = "doc", value = "FREE-1" } }));
        (await LinkAsync(third, "SEALED-1")).ShouldBeProblem(409, "identifier-of-another-client", "value");
        (await county.FindAsync(Agent, "SEALED-1")).Json.AsArray().ShouldHaveSingleItem()!["clientId"]!.GetValue<Guid>().ShouldBe(one);
        (await PairsAsync(Officer, hidden, one)).ShouldBe("none");
        await ShouldBeSameRebuiltAsync();

        await LiftAsync(hidden, orderId);

        (await PairsAsync(Officer, hidden, one)).ShouldBe("identifier");
        (await PairsAsync(Supervisor, hidden, one)).ShouldBe("identifier");
        (await PairsAsync(SouthSupervisor, hidden, one)).ShouldBe("none");
        (await LinkAsync(third, "SEALED-1")).ShouldBeProblem(409, "identifier-of-another-client", "value");
        await ShouldBeSameRebuiltAsync();
        (await PairsAsync(Officer, hidden, one)).ShouldBe("identifier");
        (await county.PostAsync(Supervisor, $"/api/clients/{one}/duplicates/{hidden}/dismiss", new { reason = "related" })).ShouldSucceed();
        (await PairsAsync(Officer, hidden, one)).ShouldBe("none");
    }

    [Fact]
    public async Task Whom_an_order_leaves_the_record_to_is_told_that_its_number_is_given_already()
    {
        var hidden = await NumberedAsync("SEALED-2");
        object[] leftTo = [new { agencyId = "dcc" }];
        (await county.PostAsync(Officer, ErasureStories.PathOf(hidden) + "/orders", new { scope = "wholeRecord", authority = "court", reasonCode = "record-sealing", reference = "2026 SE 2", leftTo })).ShouldSucceed();
        var coached = await county.RegisterAsync(OtherCoach);

        (await LinkAsync(await county.SuperviseAsync(Agent), "SEALED-2")).ShouldBeProblem(409, "identifier-of-another-client", "value");
        (await LinkAsync(coached, "SEALED-2", OtherCoach)).ShouldBe(System.Net.HttpStatusCode.Created);
    }

    [Fact]
    public async Task Of_two_at_once_who_are_given_a_sealed_persons_number_one_wins()
    {
        await county.OrderAsync(await NumberedAsync("SEALED-3"));
        var clients = new List<Guid>();
        for (var i = 0; i < 4; i++)
            clients.Add(await county.SuperviseAsync(Agent));

        var replies = await Task.WhenAll(clients.Select(client => LinkAsync(client, "SEALED-3")));

        replies.Count(reply => reply.Status == 201).ShouldBe(1, string.Join('\n', replies.Select(reply => reply.Text)));
        foreach (var loser in replies.Where(reply => reply.Status != 201))
            loser.ShouldBeProblem(409, "identifier-of-another-client", "value");
    }

    [Fact]
    public async Task A_number_that_is_sealed_with_its_class_is_nobodys_too()
    {
        (await county.PostAsync(Officer, "/api/agencies/sheriff/record-status", new RecordStatusRequest(
            new RecordStatus(Part2Status.NotPart2, Juvenile: true), "Opinion of counsel."))).ShouldSucceed();
        var hidden = await county.RegisterAsync(Dispatcher, new Register(RegistrationSource.Police, ExternalIdentifiers: [new(IdentifierSystem.Doc, "SEALED-4")]));
        var one = await county.SuperviseAsync(Agent);
        (await LinkAsync(one, "SEALED-4")).ShouldBeProblem(409, "identifier-of-another-client", "value");

        var orderId = await county.OrderAsync(hidden, CaseFlow.Domain.Erasure.ErasureScope.Juvenile, "juvenile-expunction");

        (await LinkAsync(one, "SEALED-4")).ShouldBe(System.Net.HttpStatusCode.Created);
        (await PairsAsync(Officer, hidden, one)).ShouldBe("none");
        await LiftAsync(hidden, orderId);
        (await PairsAsync(Officer, hidden, one)).ShouldBe("identifier");
    }

    [Fact]
    public async Task A_database_that_kept_numbers_by_an_index_knows_after_its_start_what_is_sealed()
    {
        var (hidden, open) = (await NumberedAsync("SEALED-5"), await NumberedAsync("OPEN-5"));
        await county.OrderAsync(hidden);
        await using (var source = Npgsql.NpgsqlDataSource.Create(county.ConnectionString))
        await using (var back = source.CreateCommand("""
            drop table views.client_number_links, views.client_numbers_seals, views.client_numbers_claims;
            create table views.client_identifiers (
              tenant_id text collate "C" not null, mark bytea not null, client_id uuid not null, identifier_id uuid not null, names_one_person boolean not null, sealed_under uuid);
            alter table views.client_identifiers owner to caseflow_program
            """))
        {
            await back.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await county.Database.PrepareAsync(TestContext.Current.CancellationToken);

        await ShouldBeSameRebuiltAsync();
        (await county.FindAsync(Agent, "OPEN-5")).Json.AsArray().ShouldHaveSingleItem()!["clientId"]!.GetValue<Guid>().ShouldBe(open);
        var another = await county.SuperviseAsync(Agent);
        (await LinkAsync(another, "OPEN-5")).ShouldBeProblem(409, "identifier-of-another-client", "value");
        (await LinkAsync(another, "SEALED-5")).ShouldBe(System.Net.HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_number_that_came_into_a_class_by_a_correction_goes_with_it()
    {
        var hidden = await NumberedAsync("SEALED-6");
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var linked = (await county.AskAsync(Officer, $"/api/clients/{hidden}/timeline")).ShouldSucceed().Json["items"]!.AsArray()
            .Single(item => item!["kind"]!.GetValue<string>() == "external_identifier_linked")!["eventId"]!.GetValue<Guid>();
        (await county.PostAsync(Supervisor, $"/api/clients/{hidden}/labels/{linked}/correct", new LabelDoors.Request(["JUVENILE"], "Of the youth programme."))).ShouldSucceed();
        await county.OrderAsync(hidden, CaseFlow.Domain.Erasure.ErasureScope.Juvenile, "juvenile-expunction");
        (await county.FindAsync(Agent, "SEALED-6")).Json.AsArray().ShouldBeEmpty();

        (await LinkAsync(await county.SuperviseAsync(Agent), "SEALED-6")).ShouldBe(System.Net.HttpStatusCode.Created);

        await ShouldBeSameRebuiltAsync();
    }

    [Fact]
    public async Task A_number_that_victim_services_told_is_given_to_another_as_if_nobody_had_it()
    {
        await county.OpenVictimServicesAsync();
        var hidden = await county.RegisterAsync(ClientStories.Advocate, new Register(RegistrationSource.SelfReferral, ExternalIdentifiers: [new(IdentifierSystem.Doc, "SHELTER-1")]));
        var (one, free, third) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));

        (await LinkedAsync(one, "SHELTER-1")).ShouldBe(await LinkedAsync(free, "FREE-2"));
        (await SearchedAsync("find", one, new { system = "doc", value = "SHELTER-1" })).ShouldBe(await SearchedAsync("find", free, new { system = "doc", value = "FREE-2" }));
        (await LinkAsync(third, "SHELTER-1")).ShouldBeProblem(409, "identifier-of-another-client", "value");
        (await LinkAsync(await county.RegisterAsync(ClientStories.Advocate), "SHELTER-1", ClientStories.Advocate)).ShouldBeProblem(409, "identifier-of-another-client", "value");

        (await county.PostAsync(Agent, $"/api/clients/{hidden}/supervision/start", ClientStories.StartOf(Agent))).ShouldSucceed();
        (await PairsAsync(Supervisor, hidden, one)).ShouldBe("none");
        (await PairsAsync(Officer, hidden, one)).ShouldBe("identifier");
        await ShouldBeSameRebuiltAsync();
    }

    [Fact]
    public async Task A_number_that_came_to_be_of_victim_services_by_a_correction_is_theirs_alone_and_anybodys_once_it_is_not()
    {
        var hidden = await NumberedAsync("SHELTER-2");
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var linked = (await county.AskAsync(Officer, $"/api/clients/{hidden}/timeline")).ShouldSucceed().Json["items"]!.AsArray()
            .Single(item => item!["kind"]!.GetValue<string>() == "external_identifier_linked")!["eventId"]!.GetValue<Guid>();
        var correct = $"/api/clients/{hidden}/labels/{linked}/correct";
        (await county.PostAsync(Officer, correct, new LabelDoors.Request(["VICTIM"], "Of victim services."))).ShouldSucceed();

        (await LinkAsync(await county.SuperviseAsync(Agent), "SHELTER-2")).ShouldBeProblem(409, "identifier-of-another-client", "value");
        (await LinkAsync(await county.RegisterAsync(OtherCoach), "SHELTER-2", OtherCoach)).ShouldBe(System.Net.HttpStatusCode.Created);

        (await county.PostAsync(Officer, correct, new LabelDoors.Request([], "It was not."))).ShouldSucceed();
        (await county.FindAsync(Coach, "SHELTER-2")).Json.AsArray().Count.ShouldBe(2);
        (await LinkAsync(await county.RegisterAsync(Coach), "SHELTER-2", Coach)).ShouldBeProblem(409, "identifier-of-another-client", "value");
        await ShouldBeSameRebuiltAsync();
    }

    private Task<Guid> NumberedAsync(string number) =>
        county.SuperviseAsync(Agent, new Register(RegistrationSource.Supervision, ExternalIdentifiers: [new(IdentifierSystem.Doc, number)]));

    private Task<Reply> LinkAsync(Guid client, string number, Actor? actor = null) =>
        county.PostAsync(actor ?? Agent, $"/api/clients/{client}/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, number));

    /// <returns>All of the answer but what any two differ in: which client and number, and when.</returns>
    private async Task<string> LinkedAsync(Guid client, string number)
    {
        var reply = (await LinkAsync(client, number)).ShouldSucceed();
        return Whole(reply, client).Replace(reply.Json["identifierId"]!.GetValue<string>(), "?", StringComparison.Ordinal);
    }

    private async Task<string> SearchedAsync(string how, Guid client, object asked)
    {
        var whole = Whole((await county.PostAsync(Agent, $"/api/clients/{how}", asked)).ShouldSucceed(), client);
        whole.ShouldContain("\"?\"", Case.Sensitive, "the client is found");
        return whole;
    }

    private static string Whole(Reply reply, Guid client)
    {
        var headers = reply.Headers.Where(header => header.Key is not ("Date" or "CaseFlow-Recorded")).OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}");
        return $"{reply.Status}\n{string.Join('\n', headers)}\n{reply.Text}"
            .Replace($"{client}", "?", StringComparison.Ordinal).Replace(ClientCode.Of(client), "!", StringComparison.Ordinal);
    }

    private async Task LiftAsync(Guid client, Guid orderId) => (await county.ChangeAsync(
        Officer, $"{ErasureStories.PathOf(client)}/orders/{orderId}/lift", await county.VersionAsync(Officer, ErasureStories.PathOf(client)),
        new { authority = "court", reference = "Lifted." })).ShouldSucceed();

    private async Task ShouldBeSameRebuiltAsync()
    {
        await foreach (var verdict in county.Database.VerifyAsync("client_identifiers", _ => { }, TestContext.Current.CancellationToken))
            verdict.IsSame.ShouldBeTrue(string.Join(' ', verdict.Tables.SelectMany(table => table.Examples)) + verdict.Why);
        (await county.Database.RebuildAsync("client_identifiers", (_, _) => { }, TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    private Task<Guid> RegisterAsync(Actor agent, string given, string family, DateOnly? bornOn) =>
        county.SuperviseAsync(agent, new Register(RegistrationSource.Supervision, Name: new(given, family), BornOn: bornOn));

    private async Task<string> PairsAsync(Actor actor, Guid one, Guid two)
    {
        var items = (await county.GetAsync(actor, "/api/clients/duplicates")).ShouldSucceed().Json["items"]!.AsArray();
        var pair = items.SingleOrDefault(item => new[] { item!["clientId"]!.GetValue<Guid>(), item["otherClientId"]!.GetValue<Guid>() }.Order().SequenceEqual(new[] { one, two }.Order()));
        return pair is null ? "none" : string.Join(',', pair["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()));
    }
}
