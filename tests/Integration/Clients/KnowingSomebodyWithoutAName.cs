using CaseFlow.Api.Clients;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Projections.CodeWords;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Clients;

public sealed class KnowingSomebodyWithoutAName(County county) : IClassFixture<County>
{
    [Fact]
    public async Task A_word_finds_the_client_again_however_it_is_said_and_only_for_the_agency_whose_it_is()
    {
        var clientId = await county.RegisterAsync(Coach, new(RegistrationSource.DropIn));
        var path = $"/api/clients/{clientId}/code-word";
        (await county.PostAsync(Coach, path, new CodeWordRequest("Éider  duck, grey"))).Status.ShouldBe(204);
        (await county.PostAsync(Coach, path, new CodeWordRequest("eider duck grey"))).Status.ShouldBe(204);

        (await FoundAsync(Coach, "EIDERDUCK grey!")).ShouldBe($"{clientId} codeWord");
        (await FoundAsync(Coach, "eider duck")).ShouldBeEmpty("half a word is no word");
        (await FoundAsync(OtherCoach, "eider duck grey")).ShouldBeEmpty();
        (await FoundAsync(Officer, "eider duck grey")).ShouldBeEmpty("a word is an agency's, and the officer is of none");
        (await county.GetAsync(Coach, $"/api/clients/{clientId}")).Json["hasCodeWord"]!.GetValue<bool>().ShouldBeTrue();
        (await county.GetAsync(Officer, $"/api/clients/{clientId}")).Json["hasCodeWord"]!.GetValue<bool>().ShouldBeFalse();
        var events = await county.Database.Store.ReadStreamAsync("demo", clientId, cancellation: TestContext.Current.CancellationToken);
        events.Events.Select(recorded => recorded.Data).OfType<ClientIdentifiedAnonymously>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_word_is_nowhere()
    {
        (await county.RegisterAsync(Coach, new(RegistrationSource.DropIn, CodeWord: "Xylophagous kittiwake"))).ShouldNotBe(Guid.Empty);
        (await county.PostAsync(Coach, "/api/clients/search", new { codeWord = "Xylophagous kittiwake" })).ShouldSucceed();
        (await county.PostAsync(Coach, "/api/clients", new { source = "dropIn", codeWord = "Xylophagous kittiwake" })).ShouldBeProblem(409, "code-word-used");

        foreach (var part in new[] { "xylophagous", "kittiwake", "xylophagouskittiwake" })
        {
            (await Tables.HoldingAsync(county.ConnectionString, part)).ShouldBeEmpty(part);
            string.Join('\n', county.Log.Lines).ShouldNotContain(part, Case.Insensitive);
        }
    }

    [Fact]
    public async Task A_word_that_another_client_of_the_agency_has_is_refused_and_another_agencys_tells_nothing()
    {
        var mine = await county.RegisterAsync(Coach, new(RegistrationSource.DropIn));
        var other = await county.RegisterAsync(Coach, new(RegistrationSource.DropIn));
        (await county.PostAsync(Coach, $"/api/clients/{mine}/code-word", new CodeWordRequest("Sandhill crane"))).ShouldSucceed();

        (await county.PostAsync(Coach, $"/api/clients/{other}/code-word", new CodeWordRequest("sandhill-crane"))).ShouldBeProblem(409, "code-word-used");
        var theirs = await county.RegisterAsync(OtherCoach, new(RegistrationSource.DropIn));
        var taken = await county.PostAsync(OtherCoach, $"/api/clients/{theirs}/code-word", new CodeWordRequest("Sandhill crane"));
        var free = await county.PostAsync(
            OtherCoach, $"/api/clients/{await county.RegisterAsync(OtherCoach, new(RegistrationSource.DropIn))}/code-word", new CodeWordRequest("Whooping crane"));
        (taken.Status, taken.Text, taken.ETag).ShouldBe((free.Status, free.Text, free.ETag));
        (await FoundAsync(OtherCoach, "sandhill crane")).ShouldBe($"{theirs} codeWord");
        (await FoundAsync(Coach, "sandhill crane")).ShouldBe($"{mine} codeWord");
    }

    [Fact]
    public async Task Of_many_who_take_one_word_at_once_one_has_it()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => county.RegisterAsync(Coach, new(RegistrationSource.DropIn))));

        var replies = await Task.WhenAll(clients.Select(id => county.PostAsync(Coach, $"/api/clients/{id}/code-word", new CodeWordRequest("Peregrine falcon"))));

        replies.Count(reply => reply.Status == 204).ShouldBe(1);
        replies.Where(reply => reply.Status != 204).ShouldAllBe(reply => reply.Status == 409);
        (await FoundAsync(Coach, "peregrine falcon")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Another_word_frees_the_first_and_a_half_opened_record_is_not_left_by_a_used_one()
    {
        var clientId = await county.RegisterAsync(Coach, new(RegistrationSource.DropIn, CodeWord: "Burrowing owl"));
        (await county.PostAsync(Coach, $"/api/clients/{clientId}/code-word", new CodeWordRequest("Barred owl, two"))).ShouldSucceed();
        (await FoundAsync(Coach, "burrowing owl")).ShouldBeEmpty();

        var id = Guid.CreateVersion7();
        (await county.PostAsync(Coach, "/api/clients", new RegisterClientDoor.Request(RegistrationSource.DropIn, id, CodeWord: "Barred owl two"))).ShouldBeProblem(409, "code-word-used");
        (await county.GetAsync(Coach, $"/api/clients/{id}")).ShouldBeProblem(404, "client-not-found");
        (await county.PostAsync(Coach, "/api/clients", new RegisterClientDoor.Request(RegistrationSource.DropIn, id, CodeWord: "Burrowing owl"))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_name_given_later_makes_them_known_and_the_word_still_finds_them()
    {
        var clientId = await county.RegisterAsync(Coach, new(RegistrationSource.DropIn, CodeWord: "Belted kingfisher"));
        (await county.ChangeAsync(
            Coach, $"/api/clients/{clientId}/name", await county.VersionAsync(Coach, $"/api/clients/{clientId}"), new NameRequest("Ida", "Now-Known"))).ShouldSucceed();

        (await FoundAsync(Coach, "belted kingfisher")).ShouldBe($"{clientId} codeWord");
        (await county.PostAsync(Coach, $"/api/clients/{clientId}/code-word", new CodeWordRequest("Great egret"))).ShouldBeProblem(409, "client-has-a-name");
    }

    [Fact]
    public async Task A_weak_word_a_stranger_and_whoever_is_of_no_agency_are_refused()
    {
        var clientId = await county.RegisterAsync(Coach, new(RegistrationSource.DropIn));
        var path = $"/api/clients/{clientId}/code-word";

        (await county.PostAsync(Coach, path, new CodeWordRequest("re-cov-ery"))).ShouldBeProblem(422, "code-word-weak");
        (await county.PostAsync(Coach, path, new CodeWordRequest("!!! ... ???"))).ShouldBeProblem(422, "code-word-weak");
        await county.ShouldNotExistAsync(OtherCoach, clientId, id => county.PostAsync(OtherCoach, $"/api/clients/{id}/code-word", new CodeWordRequest("Osprey's nest")));
    }

    [Fact]
    public async Task Once_another_agency_supervises_the_client_the_word_finds_nobody_and_tells_nothing()
    {
        var clientId = await county.RegisterAsync(Coach, new(RegistrationSource.DropIn, CodeWord: "Ruffed grouse"));
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        (await county.PostAsync(Coach, $"/api/clients/{clientId}/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, "RG-1"))).ShouldSucceed();
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/supervision/start", ClientStories.StartOf(Agent))).ShouldSucceed();

        var gone = await county.PostAsync(Coach, "/api/clients/search", new { codeWord = "Ruffed grouse" });
        gone.Text.ShouldBe((await county.PostAsync(Coach, "/api/clients/search", new { codeWord = "Nobody's grouse" })).Text);
    }

    [Fact]
    public async Task Each_agency_keeps_its_own_word_for_the_client_and_is_told_of_no_other()
    {
        var clientId = await county.RegisterAsync(Coach, new(RegistrationSource.DropIn, CodeWord: "Snowy plover"));
        (await county.PostAsync(Coach, $"/api/clients/{clientId}/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, "SP-1"))).ShouldSucceed();
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/supervision/start", ClientStories.StartOf(Agent))).ShouldSucceed();
        (await HasWordAsync()).ShouldBeFalse("another agency's word tells nothing");

        (await county.PostAsync(Agent, $"/api/clients/{clientId}/code-word", new CodeWordRequest("Tundra swan"))).ShouldSucceed();
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/code-word", new CodeWordRequest("Trumpeter swan"))).ShouldSucceed();

        (await HasWordAsync()).ShouldBeTrue();
        (await HolderAsync(Coach, "snowy plover")).ShouldBe(clientId, "the coaches know the client again as before");
        (await HolderAsync(Agent, "trumpeter swan")).ShouldBe(clientId);
        (await HolderAsync(Agent, "tundra swan")).ShouldBeNull("a further word of one agency takes its first one's place");

        async Task<bool> HasWordAsync() => (await county.GetAsync(Agent, $"/api/clients/{clientId}")).ShouldSucceed().Json["hasCodeWord"]!.GetValue<bool>();
    }

    [Fact]
    public async Task Words_in_the_table_of_an_earlier_program_are_found_after_the_database_was_prepared()
    {
        var clientId = await county.RegisterAsync(Coach, new(RegistrationSource.DropIn, CodeWord: "Least bittern"));
        await using (var owner = Npgsql.NpgsqlDataSource.Create(county.ConnectionString))
        {
            await using var goBack = owner.CreateCommand(
                """
                create table views.client_code_words (like views.agency_code_words);
                truncate views.agency_code_words;
                do $$ begin
                  execute format('alter table views.client_code_words owner to %I',
                    (select tableowner from pg_tables where schemaname = 'views' and tablename = 'agency_code_words'));
                end $$
                """);
            await goBack.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        (await HolderAsync(Coach, "least bittern")).ShouldBeNull();

        await county.Database.PrepareAsync(TestContext.Current.CancellationToken);

        (await HolderAsync(Coach, "least bittern")).ShouldBe(clientId);
        (await Tables.HoldingAsync(county.ConnectionString, clientId.ToString())).ShouldNotContain(table => table.Contains("client_code_words"));
    }

    [Fact]
    public async Task An_erased_word_finds_nobody_also_after_a_rebuild_and_may_be_taken_again()
    {
        var clientId = await county.RegisterAsync(Coach, new(RegistrationSource.DropIn, CodeWord: "Horned lark"));
        await county.EraseAsync(clientId);
        (await FoundAsync(Coach, "horned lark")).ShouldBeEmpty();
        (await Tables.HoldingAsync(county.ConnectionString, clientId.ToString())).ShouldNotContain(table => table.Contains("agency_code_words"));

        await county.Database.RebuildAsync(CodeWordsView.ViewName, (_, _) => { }, TestContext.Current.CancellationToken);
        (await FoundAsync(Coach, "horned lark")).ShouldBeEmpty();
        (await county.RegisterAsync(Coach, new(RegistrationSource.DropIn, CodeWord: "Horned lark"))).ShouldNotBe(clientId);
    }

    private Task<Guid?> HolderAsync(Actor actor, string word) => county.Database.Views.CodeWords.FindAsync(
        county.Database.Reading, actor.Jurisdiction, actor.Agency!, word, TestContext.Current.CancellationToken);

    private async Task<string> FoundAsync(Actor actor, string codeWord)
    {
        var items = (await county.PostAsync(actor, "/api/clients/search", new { codeWord })).ShouldSucceed().Json["items"]!.AsArray();
        return string.Join(';', items.Select(item => $"{item!["clientId"]} {string.Join(',', item["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()))}"));
    }
}
