using System.Net;
using System.Text.Json.Nodes;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Disclosures;

/// <summary>Every opening in an emergency and every request is a stream of its own: nobody's moves, waits for or is refused because of another's.</summary>
public sealed class KeepingMattersApart(County county) : IClassFixture<County>
{
    private static readonly ProofPart Proof = new(ProofOfIdentity.PhotoDocument);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_who_open_one_record_at_once_each_open_it_at_the_first_version_and_all_are_listed_at_once()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var asked = Enumerable.Range(0, 8).Select(n => (Who: n % 2 == 0 ? Coach : OtherCoach, Ask: Opening())).ToList();

        var opened = await Task.WhenAll(asked.Select(one => county.PostAsync(one.Who, Emergencies(clientId), one.Ask)));

        opened.ShouldAllBe(reply => reply.Status == 201 && reply.ETag == "\"1\"");
        (await county.GetAsync(Officer, Emergencies(clientId))).ShouldSucceed().Json["items"]!.AsArray().Select(IdOf)
            .ShouldBe(asked.Select(one => one.Ask.EmergencyAccessId!.Value), ignoreOrder: true);
        (await ListedAsync("?open=true")).ShouldBeSubsetOf(await ListedAsync(""));
        asked.Select(one => one.Ask.EmergencyAccessId!.Value).ShouldBeSubsetOf(await ListedAsync("?open=true"));
    }

    [Fact]
    public async Task Who_opens_a_record_does_not_wait_for_an_opening_that_somebody_else_is_writing()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var first = Opening();
        (await county.PostAsync(Coach, Emergencies(clientId), first)).ShouldBe(HttpStatusCode.Created);
        await using var owner = NpgsqlDataSource.Create(county.ConnectionString);
        await using var connection = await owner.OpenConnectionAsync(Stop);
        await using var writing = await connection.BeginTransactionAsync(Stop);
        await using (var hold = new NpgsqlCommand("select from caseflow.mt_streams where type = 'emergency_access' for update", connection, writing))
            await hold.ExecuteNonQueryAsync(Stop);

        (await county.PostAsync(OtherCoach, Emergencies(clientId), Opening())).ShouldBe(HttpStatusCode.Created);

        await writing.RollbackAsync(Stop);
    }

    [Fact]
    public async Task A_record_is_open_from_the_next_request_on_for_whoever_opened_it_and_nobody_else()
    {
        var clientId = await county.SuperviseAsync(Agent);
        (await county.GetAsync(Coach, Timeline(clientId))).ShouldBeProblem(404, "client-not-found");

        (await county.PostAsync(Coach, Emergencies(clientId), Opening())).ShouldBe(HttpStatusCode.Created);

        (await county.GetAsync(Coach, Timeline(clientId))).ShouldSucceed();
        (await county.GetAsync(OtherCoach, Timeline(clientId))).ShouldBeProblem(404, "client-not-found");
        (await county.GetAsync(Coach, Timeline(await county.SuperviseAsync(Agent)))).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task A_review_is_of_the_version_of_its_own_opening_which_no_other_moves()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var (one, two) = (Opening(), Opening());
        (await county.PostAsync(Coach, Emergencies(clientId), one)).ETag.ShouldBe("\"1\"");
        (await county.PostAsync(OtherCoach, Emergencies(clientId), two)).ETag.ShouldBe("\"1\"");
        var review = new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified);

        (await county.ChangeAsync(Officer, Review(clientId, two), "\"2\"", review)).ShouldBeProblem(412, "stale");
        (await county.ChangeAsync(Officer, Review(clientId, one), "\"1\"", review)).ShouldSucceed().ETag.ShouldBe("\"2\"");
        (await county.ChangeAsync(Officer, Review(clientId, two), "\"1\"", review)).ShouldSucceed().ETag.ShouldBe("\"2\"");
        (await ListedAsync("?open=true")).ShouldNotContain(one.EmergencyAccessId!.Value);
        (await ListedAsync("")).ShouldContain(one.EmergencyAccessId!.Value);
    }

    [Fact]
    public async Task Of_two_answers_to_one_request_at_once_one_is_given_and_the_other_told_so()
    {
        var clientId = await county.SuperviseAsync(Agent);
        for (var round = 0; round < 4; round++)
        {
            var path = $"/api/clients/{clientId}/amendments";
            var ask = new AmendmentAsk("dcc", "I was in hospital that day.", Proof, RequestId: Guid.CreateVersion7());
            (await county.PostAsync(Officer, path, ask)).ShouldBe(HttpStatusCode.Created).ETag.ShouldBe("\"1\"");

            var answers = await Task.WhenAll(
                county.PostAsync(Officer, $"{path}/{ask.RequestId}/accept", new WordsRequest("In hospital.")),
                county.PostAsync(Officer, $"{path}/{ask.RequestId}/deny", new DenyRequest(AmendmentDenial.AccurateAndComplete, "Confirmed.")));

            answers.Single(reply => reply.Status == 204).ETag.ShouldBe("\"2\"");
            answers.Single(reply => reply.Status != 204).ShouldBeProblem(409, "rights-request-answered-differently");
            (await county.Database.Store.ReadStreamAsync("demo", StreamIds.RecordRights(ask.RequestId!.Value), cancellation: Stop)).Version.ShouldBe(2);
        }
    }

    [Fact]
    public async Task What_was_asked_is_listed_at_once_and_as_it_was_recorded_and_is_late_on_its_own()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var ask = new RecordsAsk(Proof, RequestId: Guid.CreateVersion7());
        await county.Database.CatchUpAsync(Stop);
        var before = (await county.Database.Store.EndOfLogAsync(Stop)).Position;

        (await county.PostAsync(Officer, $"/api/clients/{clientId}/records-requests", ask)).ShouldBe(HttpStatusCode.Created);

        (await RequestsAsync("")).ShouldContain(ask.RequestId!.Value);
        (await RequestsAsync($"?asRecordedPosition={before}")).ShouldNotContain(ask.RequestId.Value);
        await county.Database.CatchUpAsync(Stop);
        (await RequestsAsync($"?asRecordedPosition={(await county.Database.Store.EndOfLogAsync(Stop)).Position}")).ShouldContain(ask.RequestId.Value);
    }

    [Fact]
    public async Task The_list_is_the_same_when_it_is_made_again_from_the_log()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var (reviewed, open) = (Opening(), Opening());
        (await county.PostAsync(Coach, Emergencies(clientId), reviewed)).ShouldBe(HttpStatusCode.Created);
        (await county.PostAsync(Coach, Emergencies(clientId), open)).ShouldBe(HttpStatusCode.Created);
        (await county.PostAsync(Officer, Review(clientId, reviewed), new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified))).ShouldSucceed();
        await county.Database.CatchUpAsync(Stop);

        var verdicts = new List<bool>();
        await foreach (var verdict in county.Database.VerifyAsync("client_matters", _ => { }, Stop))
            verdicts.Add(verdict.IsSame);

        verdicts.ShouldBe([true]);
    }

    private static EmergencyDoors.UseRequest Opening() => new(EmergencyReason.Unconscious, "Found behind the station.", Guid.CreateVersion7());

    private static string Emergencies(Guid clientId) => $"/api/clients/{clientId}/emergency-access";

    private static string Timeline(Guid clientId) => $"/api/clients/{clientId}/timeline";

    private static string Review(Guid clientId, EmergencyDoors.UseRequest opening) => $"{Emergencies(clientId)}/{opening.EmergencyAccessId}/review";

    private static Guid IdOf(JsonNode? item) => item!["emergencyAccessId"]!.GetValue<Guid>();

    private async Task<IReadOnlyList<Guid>> ListedAsync(string query) =>
        [.. (await county.GetAsync(Officer, "/api/emergency-access" + query)).ShouldSucceed().Json["items"]!.AsArray().Select(item => IdOf(item!["access"]))];

    private async Task<IReadOnlyList<Guid>> RequestsAsync(string query) =>
        [.. (await county.GetAsync(Officer, "/api/rights-requests" + query)).ShouldSucceed().Json["items"]!.AsArray().Select(item => item!["requestId"]!.GetValue<Guid>())];
}
