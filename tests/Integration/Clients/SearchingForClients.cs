using CaseFlow.Api.Clients;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;
using Register = CaseFlow.Api.Clients.RegisterClientDoor.Request;
using Search = CaseFlow.Api.Clients.SearchClientsDoor.Request;

namespace CaseFlow.Integration.Clients;

public sealed class SearchingForClients(County county) : IClassFixture<County>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_is_found_by_each_thing_that_is_remembered_with_the_reason()
    {
        var clientId = await county.SuperviseAsync(Agent, new Register(
            RegistrationSource.Supervision, Name: new("Kathryn", "Obermeyer"), BornOn: new(1984, 2, 29), ExternalIdentifiers: [new(IdentifierSystem.Doc, "S-77 01")]));
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/aliases", new AliasRequest("Kit Kat"))).ShouldSucceed();

        (await ReasonsAsync(new Search("kathryn", "OBERMEYER"), clientId)).ShouldStartWith("fullName,familyName,givenName");
        (await ReasonsAsync(new Search(FamilyName: "Obermeyer"), clientId)).ShouldBe("familyName,familySound");
        (await ReasonsAsync(new Search("Catherine", "Obermaier"), clientId)).ShouldBe("familySound,givenSound");
        (await ReasonsAsync(new Search(Alias: "kit-kat"), clientId)).ShouldBe("alias,aliasSound");
        (await ReasonsAsync(new Search("Kit"), clientId)).ShouldBe("alias,aliasSound");
        (await ReasonsAsync(new Search(BornOn: new(1984, 2, 29)), clientId)).ShouldBe("birthDate,birthYear");
        (await ReasonsAsync(new Search("Kathryn", BornIn: 1984), clientId)).ShouldBe("givenName,birthYear,givenSound");
        (await ReasonsAsync(new Search(ExternalIdentifier: new FindRequest(IdentifierSystem.Doc, "s7701")), clientId)).ShouldBe("identifier");
    }

    [Fact]
    public async Task A_name_is_found_as_others_write_it()
    {
        var (irish, dutch, vietnamese) = (await NamedAsync("Sean", "O'Brannigan"), await NamedAsync("Mary Lou", "van der Kroon"), await NamedAsync("Nguyễn", "Văn Bình"));

        foreach (var (asked, clientId, best) in new[]
        {
            (new Search(FamilyName: "O Brannigan"), irish, "familyName"), (new Search(FamilyName: "OBrannigan"), irish, "familyName"),
            (new Search("Marylou", "Vanderkroon"), dutch, "fullName"), (new Search(FamilyName: "VanDer Kroon"), dutch, "familyName"),
            (new Search("Van der Kroon", "Mary-Lou"), dutch, "fullName"), (new Search(Alias: "Marylou Vanderkroon"), dutch, "fullName"),
            (new Search("Binh", "Nguyen"), vietnamese, "familyName"),
        })
        {
            (await ReasonsAsync(asked, clientId)).Split(',')[0].ShouldBe(best, asked.ToString());
        }

        Task<Guid> NamedAsync(string given, string family) => county.SuperviseAsync(Agent, new Register(RegistrationSource.Supervision, Name: new(given, family)));
    }

    [Fact]
    public async Task Names_in_the_table_of_an_earlier_program_are_found_after_the_database_was_prepared()
    {
        var clientId = await county.SuperviseAsync(Agent, new Register(RegistrationSource.Supervision, Name: new("Ottoline", "de la Motte")));
        await using (var owner = NpgsqlDataSource.Create(county.ConnectionString))
        {
            await using var goBack = owner.CreateCommand(
                """
                create table views.client_search (like views.client_search_terms);
                truncate views.client_search_terms;
                do $$ begin
                  execute format('alter table views.client_search owner to %I',
                    (select tableowner from pg_tables where schemaname = 'views' and tablename = 'client_search_terms'));
                end $$
                """);
            await goBack.ExecuteNonQueryAsync(Cancellation);
        }

        (await IdsAsync(Agent, new Search(FamilyName: "Delamotte"))).ShouldBeEmpty();

        await county.Database.PrepareAsync(Cancellation);

        (await IdsAsync(Agent, new Search(FamilyName: "Delamotte"))).ShouldBe([clientId]);
        (await Tables.HoldingAsync(county.ConnectionString, clientId.ToString())).ShouldNotContain("views.client_search");
    }

    [Fact]
    public async Task The_better_match_comes_first_and_an_earlier_name_still_finds()
    {
        var (both, one) = (
            await county.SuperviseAsync(Agent, new Register(RegistrationSource.Supervision, Name: new("Odile", "Fennimore"), BornOn: new(1979, 7, 1))),
            await county.SuperviseAsync(Agent, new Register(RegistrationSource.Supervision, Name: new("Odile", "Fenimor"), BornOn: new(1981, 7, 1))));
        (await county.ChangeAsync(Agent, $"/api/clients/{both}/name", await county.VersionAsync(Agent, $"/api/clients/{both}"), new NameRequest("Odile", "Marsh"))).ShouldSucceed();
        (await county.ChangeAsync(Agent, $"/api/clients/{both}/birth-date", await county.VersionAsync(Agent, $"/api/clients/{both}"), new BirthDateRequest(new(1979, 7, 2)))).ShouldSucceed();

        (await IdsAsync(Agent, new Search("Odile", "Fennimore", BornOn: new(1979, 7, 2)))).ShouldBe([both, one]);
        (await IdsAsync(Agent, new Search(BornOn: new(1979, 7, 1)))).ShouldBeEmpty("the wrong birth date finds nobody any more");
        var shown = (await SearchAsync(Agent, new Search("Odile", "Marsh"))).Json["items"]![0]!;
        shown["name"]!["familyName"]!.GetValue<string>().ShouldBe("Marsh");
        shown["bornOn"]!.GetValue<string>().ShouldBe("1979-07-02");
    }

    [Fact]
    public async Task What_victim_services_told_of_a_client_finds_nobody_for_others()
    {
        await county.OpenVictimServicesAsync();
        var clientId = await county.RegisterAsync(ClientStories.Advocate, new Register(
            RegistrationSource.SelfReferral, Name: new("Marisol", "Quillfeather"), BornOn: new(1986, 4, 5), ExternalIdentifiers: [new(IdentifierSystem.Doc, "VL-91")]));
        (await county.FindAsync(ClientStories.Advocate, "VL-91")).Json.AsArray().ShouldHaveSingleItem();
        foreach (var actor in new[] { Agent, Dispatcher, Coach })
            (await county.FindAsync(actor, "VL-91")).Text.ShouldBe((await county.FindAsync(actor, "VL-92")).Text, actor.Id);
        (await county.PostAsync(SouthAgent, $"/api/clients/{clientId}/supervision/start", ClientStories.StartOf(SouthAgent))).ShouldSucceed();
        (await county.PostAsync(SouthAgent, $"/api/clients/{clientId}/aliases", new AliasRequest("Quilly"))).ShouldSucceed();

        Search[] hidden = [new(FamilyName: "Quillfeather"), new("Marisol", BornIn: 1986), new(BornOn: new(1986, 4, 5)), new(ExternalIdentifier: new FindRequest(IdentifierSystem.Doc, "VL-91"))];
        foreach (var search in hidden)
        {
            (await IdsAsync(SouthAgent, search)).ShouldBeEmpty();
            (await IdsAsync(Officer, search)).ShouldBe([clientId]);
        }

        (await county.FindAsync(SouthAgent, "VL-91")).Json.AsArray().ShouldBeEmpty();
        var found = (await SearchAsync(SouthAgent, new Search(Alias: "Quilly"))).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        found["clientId"]!.GetValue<Guid>().ShouldBe(clientId);
        (found["name"], found["bornOn"]).ShouldBe((null, null));
    }

    [Fact]
    public async Task Another_ones_client_moves_nothing_of_an_answer()
    {
        var mine = await county.SuperviseAsync(SouthAgent, new Register(RegistrationSource.Supervision, Name: new("Tamsin", "Quartermaine")));
        var before = await SearchAsync(SouthAgent, new Search("Tamsin", "Quartermaine"));
        for (var n = 0; n < 3; n++)
            await county.SuperviseAsync(Agent, new Register(RegistrationSource.Supervision, Name: new("Tamsin", "Quartermaine"), ExternalIdentifiers: [new(IdentifierSystem.Doc, $"TQ{n}")]));

        (await SearchAsync(SouthAgent, new Search("Tamsin", "Quartermaine"))).Text.ShouldBe(before.Text);
        (await IdsAsync(SouthAgent, new Search("Tamsin", "Quartermaine"))).ShouldBe([mine]);
        (await IdsAsync(Agent, new Search("Tamsin", "Quartermaine"))).Count.ShouldBe(3);
        (await IdsAsync(Supervisor, new Search("Tamsin", "Quartermaine"))).Count.ShouldBe(3);
        (await IdsAsync(Officer, new Search("Tamsin", "Quartermaine"))).Count.ShouldBe(4);
        foreach (var stranger in new[] { Colleague, Coach, OtherCoach, Dispatcher, Feed, Stranger })
        {
            var somebody = await SearchAsync(stranger, new Search("Tamsin", "Quartermaine", ExternalIdentifier: new FindRequest(IdentifierSystem.Doc, "TQ1")));
            var nobody = await SearchAsync(stranger, new Search("Nobody", "Has-This-Name", ExternalIdentifier: new FindRequest(IdentifierSystem.Doc, "TQ999")));
            somebody.Text.ShouldBe(nobody.Text, stranger.Id);
        }
    }

    [Fact]
    public async Task The_agency_a_client_was_referred_to_finds_them_and_so_does_the_one_that_opened_the_record()
    {
        var clientId = await county.SuperviseAsync(Agent, new Register(RegistrationSource.Supervision, Name: new("Perpetua", "Lindqvist")));
        (await IdsAsync(Coach, new Search(FamilyName: "Lindqvist"))).ShouldBeEmpty();
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        var walkedIn = await county.RegisterAsync(Coach, new Register(RegistrationSource.DropIn, Name: new("Perpetua", "Lindkvist")));

        (await IdsAsync(Coach, new Search("Perpetua"))).ShouldBe([clientId, walkedIn], ignoreOrder: true);
        (await IdsAsync(OtherCoach, new Search("Perpetua"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_is_a_read_of_those_it_shows()
    {
        var clientId = await county.SuperviseAsync(Agent, new Register(RegistrationSource.Supervision, Name: new("Ludmila", "Ostrander")));
        await SearchAsync(Agent, new Search(FamilyName: "Ostrander"));

        var reads = (await county.GetAsync(Officer, $"/api/clients/{clientId}/access")).ShouldSucceed().Json["items"]!.AsArray();
        reads.ShouldContain(read => read!["operation"]!.GetValue<string>() == "searchClients" && read["view"]!.GetValue<string>() == "client_search");
    }

    [Theory]
    [InlineData("{}", "request-invalid")]
    [InlineData("{\"bornIn\":1990}", "request-invalid")]
    [InlineData("{\"givenName\":\" \"}", "request-invalid")]
    [InlineData("{\"givenName\":\"A\",\"ssn\":\"1\"}", null)]
    [InlineData("{\"familyName\":\"%' or 1=1 --\"}", "")]
    public async Task What_is_no_question_is_refused_and_what_is_hostile_finds_nobody(string body, string? code)
    {
        var reply = await county.PostAsync(Agent, "/api/clients/search", body);

        if (code is "")
            reply.ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();
        else
            reply.Status.ShouldBe(400, reply.Text);
    }

    [Fact]
    public async Task The_index_holds_no_word_and_a_rebuild_gives_the_same_rows()
    {
        var clientId = await county.SuperviseAsync(Agent, new Register(RegistrationSource.Supervision, Name: new("Zebulon", "Pemberwick"), BornOn: new(1966, 6, 6)));
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/aliases", new AliasRequest("Wickerman"))).ShouldSucceed();
        var rows = await RowsAsync();
        rows.ShouldContain(clientId.ToString());
        foreach (var planted in new[] { "Zebulon", "Pemberwick", "Wickerman", "1966-06-06", "PMPRK", "SPLN" })
            (await Tables.HoldingAsync(county.ConnectionString, planted)).ShouldBeEmpty(planted);

        (await county.Database.RebuildAsync("client_search", (_, _) => { }, Cancellation)).ShouldBe(1);

        (await RowsAsync()).ShouldBe(rows);
        (await IdsAsync(Agent, new Search("Zebulon"))).ShouldBe([clientId]);
    }

    private async Task<string> RowsAsync()
    {
        var lines = new List<string>();
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        foreach (var table in county.Database.Views.ClientSearch.Tables)
        {
            await using var command = source.CreateCommand($"select t::text from {table} t order by 1");
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            while (await reader.ReadAsync(Cancellation))
                lines.Add($"{table} {reader.GetString(0)}");
        }

        return string.Join('\n', lines);
    }

    private async Task<string> ReasonsAsync(Search search, Guid clientId) => string.Join(',', (await SearchAsync(Agent, search)).Json["items"]!.AsArray()
        .Single(item => item!["clientId"]!.GetValue<Guid>() == clientId)!["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()));

    private async Task<IReadOnlyList<Guid>> IdsAsync(Actor actor, Search search) =>
        [.. (await SearchAsync(actor, search)).Json["items"]!.AsArray().Select(item => item!["clientId"]!.GetValue<Guid>())];

    private async Task<Reply> SearchAsync(Actor actor, Search search) => (await county.PostAsync(actor, "/api/clients/search", search)).ShouldSucceed();
}
