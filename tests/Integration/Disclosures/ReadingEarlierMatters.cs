using System.Net;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.EventStore;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Disclosures;

/// <summary>A database from when all emergencies of a jurisdiction, and all its requests, stood in one stream: these are read, ended and answered where they stand.</summary>
public sealed class ReadingEarlierMatters : IAsyncLifetime
{
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly Guid EarlierEmergencies = StreamIds.EarlierEmergencyAccess("demo");
    private static readonly Guid EarlierRequests = StreamIds.EarlierRecordRights("demo");

    private County county = null!;
    private Guid client;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        county = await County.AtAsync(Tuesday);
        client = await county.SuperviseAsync(Agent);
    }

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task Emergencies_are_listed_in_force_reviewed_and_told_again_once_the_database_was_prepared()
    {
        var (mine, others) = (Used(Coach), Used(OtherCoach));
        await AppendAsync(EarlierEmergencies, "emergency_access", mine, others);
        await GoBackAsync();
        (await county.GetAsync(Coach, $"/api/clients/{client}/timeline")).ShouldBeProblem(404, "client-not-found");

        await county.Database.PrepareAsync(Stop);

        (await county.GetAsync(Coach, $"/api/clients/{client}/timeline")).ShouldSucceed();
        (await OpenAsync()).ShouldBe([mine.EmergencyAccessId, others.EmergencyAccessId], ignoreOrder: true);
        var again = new EmergencyDoors.UseRequest(mine.ReasonCode, "Found behind the station.", mine.EmergencyAccessId);
        (await county.PostAsync(Coach, Path, again)).ShouldBe(HttpStatusCode.OK).Json["validUntil"]!.GetValue<DateTimeOffset>().ShouldBe(mine.ValidUntil);
        (await county.PostAsync(OtherCoach, Path, again)).ShouldBeProblem(409, "emergency-access-used-differently");
        var review = new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified);
        (await county.PostAsync(Officer, $"{Path}/{mine.EmergencyAccessId}/review", review)).ShouldSucceed();
        (await OpenAsync()).ShouldBe([others.EmergencyAccessId]);
        (await VersionAsync(EarlierEmergencies)).ShouldBe(3);

        (await county.PostAsync(Coach, Path, again with { EmergencyAccessId = Guid.CreateVersion7() })).ShouldBe(HttpStatusCode.Created);
        (await VersionAsync(EarlierEmergencies)).ShouldBe(3, "nothing new is opened there");
        (await OpenAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_review_that_is_late_is_told_once_of_an_emergency_of_either_kind_and_of_none_that_was_reviewed()
    {
        var (late, reviewed) = (Used(Coach), Used(OtherCoach));
        await AppendAsync(EarlierEmergencies, "emergency_access", late, reviewed);
        var own = new EmergencyDoors.UseRequest(EmergencyReason.Overdose, "Found behind the station.", Guid.CreateVersion7());
        (await county.PostAsync(Coach, Path, own)).ShouldBe(HttpStatusCode.Created);
        (await county.PostAsync(Officer, $"{Path}/{reviewed.EmergencyAccessId}/review", new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified))).ShouldSucceed();
        await county.Database.CatchUpAsync(Stop);

        await county.GoToAsync(late.ReviewDueAt.AddDays(1));
        await county.Database.EmergencyReviews.SendDueAsync(county.Database.Store, county.Now, Stop);
        await county.Database.EmergencyReviews.SendDueAsync(county.Database.Store, county.Now, Stop);

        var told = new List<Guid>();
        await county.Database.CatchUpAsync(Stop);
        await foreach (var recorded in county.Database.Store.ReadLogAsync(0, "demo", cancellation: Stop))
        {
            if (recorded.Data is EmergencyReviewOverdue overdue)
                told.Add(overdue.EmergencyAccessId);
        }

        told.ShouldBe([late.EmergencyAccessId, own.EmergencyAccessId!.Value], ignoreOrder: true);
    }

    [Fact]
    public async Task Requests_are_listed_and_answered_where_they_stand()
    {
        var proof = new IdentityProof(ProofOfIdentity.PhotoDocument, Officer.Id, RightsAsker.Client);
        RecordRightsEvent Asked() => new AmendmentRequested("dcc", null, proof, county.Now.AddDays(60), 1, Sealed<string>.Of("I was in hospital."))
        { ClientId = client, RequestId = Guid.CreateVersion7() }.At(county.Now);
        var (one, two) = (Asked(), Asked());
        await AppendAsync(EarlierRequests, "record_rights", one, two);
        await GoBackAsync();

        await county.Database.PrepareAsync(Stop);

        (await RequestsAsync()).ShouldBe([(one.RequestId, null), (two.RequestId, null)], ignoreOrder: true);
        var path = $"/api/clients/{client}/amendments/{one.RequestId}";
        (await county.PostAsync(Officer, path + "/accept", new WordsRequest("In hospital."))).ShouldSucceed();
        (await county.PostAsync(Officer, path + "/deny", new DenyRequest(AmendmentDenial.AccurateAndComplete, "No."))).ShouldBeProblem(409, "rights-request-answered-differently");
        (await RequestsAsync()).ShouldBe([(one.RequestId, "accepted"), (two.RequestId, null)], ignoreOrder: true);
        (await VersionAsync(EarlierRequests)).ShouldBe(3);
    }

    [Fact]
    public async Task A_disclosure_without_a_basis_from_before_it_was_suspected_by_itself_is_suspected_once_and_assessed()
    {
        var told = new DisclosureMade(
            Guid.CreateVersion7(), "dcc", new DisclosureRecipient(null, null, null), DisclosurePurpose.AtClientsRequest, ["attendance"], DisclosureBasis.WithoutBasis,
            BasisId: null, NoticeVersion: null, DisclosureMethod.Phone, Description: null, Sealed<string>.Of("A caller."))
        { ClientId = client }.At(county.Now.AddDays(-100));
        await AppendAsync(StreamIds.Disclosures(client), "disclosures", told);
        var suspicions = county.Service<BreachSuspicions>();

        // The program, which works beside this, may come first.
        for (var tries = 0; (await BreachesAsync()).Count == 0; tries++)
        {
            tries.ShouldBeLessThan(200);
            await county.Database.CatchUpAsync(Stop);
            await county.Database.Suspicions.SuspectDueAsync(county.Now, suspicions.SuspectAsync, Stop);
        }

        await suspicions.SuspectAsync("demo", new DisclosedWithoutBasis(told.DisclosureId, client), Coach.Id, Stop);
        var breach = (await BreachesAsync()).ShouldHaveSingleItem()!;
        (breach["disclosed"]!["disclosureId"]!.GetValue<Guid>(), breach["agencyId"]!.GetValue<string>(), breach["reportedBy"]!.GetValue<string>())
            .ShouldBe((told.DisclosureId, "dcc", Coach.Id));
        (breach["knownAt"]!.GetValue<DateTimeOffset>(), breach["isAssessmentLate"]!.GetValue<bool>(), breach["isNotificationLate"]!.GetValue<bool>())
            .ShouldBe((told.KnownAt, true, true), "its clocks ran from when it was known");
        (await county.PostAsync(Officer, $"/api/breaches/{breach["breachId"]}/assess", new BreachDoors.AssessRequest(BreachFinding.LowProbability, "The brother."))).ShouldSucceed();

        async Task<System.Text.Json.Nodes.JsonArray> BreachesAsync() => (await county.GetAsync(Officer, "/api/breaches")).ShouldSucceed().Json["items"]!.AsArray();
    }

    [Fact]
    public async Task A_database_without_any_is_prepared_without_making_the_list()
    {
        await GoBackAsync();
        await county.Database.MigrateAsync(Stop);

        (await ScalarAsync("select to_regclass('views.client_matters_unlisted') is null")).ShouldBe(true);
    }

    private string Path => $"/api/clients/{client}/emergency-access";

    private EmergencyAccessUsed Used(Actor by) => new EmergencyAccessUsed(
        by.Id, by.Role, by.Agency!, EmergencyReason.Unconscious, Sealed<string>.Of("Found behind the station."), county.Now.AddHours(4), county.Now.AddDays(7), 1)
    { ClientId = client, EmergencyAccessId = Guid.CreateVersion7() }.At(county.Now);

    private async Task AppendAsync(Guid stream, string alias, params DomainEvent[] facts) => (await county.Database.Store.AppendAsync(
        new Append(
            "demo",
            [new StreamAppend(stream, alias, ExpectedVersion.Any, [.. facts.Select(fact => new NewEvent(Guid.CreateVersion7(), fact, new Circumstances { Actor = Coach.Id, Role = Coach.Role }, client))])],
            new AppendMetadata(Coach.Id)),
        Stop)).ShouldBeOfType<AppendResult.Appended>();

    /// <summary>The database as the program before this one left it.</summary>
    private async Task GoBackAsync()
    {
        await county.Database.CatchUpAsync(Stop);
        await ScalarAsync("truncate views.client_matters; delete from caseflow.cf_migrations where version = 100");
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Stop);
    }

    private async Task<long> VersionAsync(Guid stream) => (await county.Database.Store.ReadStreamAsync("demo", stream, cancellation: Stop)).Version;

    private async Task<IReadOnlyList<Guid>> OpenAsync() =>
        [.. (await county.GetAsync(Officer, "/api/emergency-access?open=true")).ShouldSucceed().Json["items"]!.AsArray().Select(item => item!["access"]!["emergencyAccessId"]!.GetValue<Guid>())];

    private async Task<IReadOnlyList<(Guid, string?)>> RequestsAsync() =>
        [.. (await county.GetAsync(Officer, "/api/rights-requests")).ShouldSucceed().Json["items"]!.AsArray().Select(item => (item!["requestId"]!.GetValue<Guid>(), item["outcome"]?.GetValue<string>()))];
}
