using CaseFlow.Api.Coaching;
using CaseFlow.Api.Workforce;
using CaseFlow.Domain.Workforce;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>Who may take a client on: certified, without conflict, with room (R50, R54, R56, scenario 14).</summary>
public sealed class AssigningCoaches
{
    /// <summary>Scenario 14: the certification lapses; no new client, and the open cases are flagged, not taken away.</summary>
    [Fact]
    public async Task A_lapsed_certification_stops_new_clients_and_flags_the_old_ones()
    {
        await using var county = await County.WithAsync();
        await county.FurnishCoachesAsync();
        var held = await county.CoachAsync();
        (await county.PostAsync(Lead, $"/api/workforce/{Coach.Id}/certifications/lapse", new WorkforceDoors.LapseRequest(Certification.Cps))).ShouldSucceed();

        (await county.PostAsync(Lead, await county.OrderAsync() + "/assign", new AssignCoachRequest(Coach.Id))).ShouldBeProblem(409, "coach-not-certified", "coachId");
        var coaching = (await county.GetAsync(Coach, held)).ShouldSucceed().Json;
        coaching["coachId"].ShouldSay(Coach.Id);
        coaching["attention"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["certification-not-in-force"]);
        await county.HoldAsync(Coach, held);
        var worker = (await county.GetAsync(Coach, $"/api/workforce/{Coach.Id}")).ShouldSucceed().Json;
        worker["mayTakeOn"]!.GetValue<bool>().ShouldBeFalse();
        worker["caseload"]!.AsArray().ShouldHaveSingleItem()!["certificationNotInForce"]!.GetValue<bool>().ShouldBeTrue();

        (await county.PostAsync(Lead, $"/api/workforce/{Coach.Id}/certifications", new WorkforceDoors.CertifyRequest(
            Certification.Cps, DateOnly.FromDateTime(county.Now.UtcDateTime).AddYears(2).AddDays(-2), 20))).ShouldSucceed();
        (await county.GetAsync(Coach, held)).Json["attention"]!.AsArray().ShouldBeEmpty();
    }

    /// <summary>By the calendar alone: nobody has to say that it lapsed.</summary>
    [Fact]
    public async Task A_certification_ends_with_its_last_day()
    {
        await using var county = await County.AtAsync(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero));
        await county.FurnishCoachesAsync();
        var coaching = await county.OrderAsync();
        await county.GoToAsync(new DateTimeOffset(2027, 3, 4, 7, 0, 0, TimeSpan.Zero));

        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldBeProblem(409, "coach-not-certified");
    }

    [Fact]
    public async Task Two_assignments_at_once_never_exceed_a_caseload()
    {
        await using var county = await County.WithAsync();
        await county.FurnishCoachesAsync(mostClients: 2);
        var coachings = new List<string>();
        for (var n = 0; n < 5; n++)
            coachings.Add(await county.OrderAsync());

        var replies = await Task.WhenAll(coachings.Select(coaching => county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))));

        replies.Count(reply => reply.Status == 204).ShouldBe(2);
        replies.Where(reply => reply.Status != 204).ShouldAllBe(reply => reply.Status == 409 && reply.Text.Contains("caseload-full"));
        (await county.GetAsync(Lead, $"/api/workforce/{Coach.Id}")).Json["caseload"]!.AsArray().Count.ShouldBe(2);

        // Whoever is handed over makes room.
        var held = coachings[Array.FindIndex(replies, reply => reply.Status == 204)];
        (await county.PostAsync(Lead, held + "/reassign", new ReassignRequest(Second.Id, Domain.Coaching.CoachChangeReason.Reassigned, "Knows the town."))).ShouldSucceed();
        var waiting = coachings[Array.FindIndex(replies, reply => reply.Status == 409)];
        (await county.PostAsync(Lead, waiting + "/assign", new AssignCoachRequest(Coach.Id))).ShouldSucceed();
    }

    [Fact]
    public async Task A_conflict_blocks_its_client_and_tells_nobody_whom()
    {
        await using var county = await County.WithAsync();
        await county.FurnishCoachesAsync();
        var (participation, client) = await county.ReferredAsync();
        var clientId = Guid.Parse(client.Split('/')[^1]);
        var known = await county.PostAsync(Coach, $"/api/workforce/{Coach.Id}/conflicts", new WorkforceDoors.ConflictRequest(clientId));
        var nobody = await county.PostAsync(Coach, $"/api/workforce/{Coach.Id}/conflicts", new WorkforceDoors.ConflictRequest(Guid.CreateVersion7()));
        (known.Status, known.Text, known.ETag).ShouldBe((nobody.Status, nobody.Text, nobody.ETag));
        known.Status.ShouldBe(204);

        // Neither does what it moves tell whether that very conflict was declared before.
        var record = $"/api/workforce/{Coach.Id}";
        var before = (await county.GetAsync(Coach, record)).ETag;
        var again = await county.PostAsync(Coach, record + "/conflicts", new WorkforceDoors.ConflictRequest(clientId));
        (again.Status, again.Text, again.ETag).ShouldBe((nobody.Status, nobody.Text, nobody.ETag));
        again["CaseFlow-Recorded"].ShouldNotBe(nobody["CaseFlow-Recorded"]);
        (await county.GetAsync(Coach, record)).ETag.ShouldNotBe(before);

        var coaching = await county.OrderAsync(participation);
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldBeProblem(409, "coach-in-conflict", "coachId");
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Second.Id))).ShouldSucceed();
        (await county.PostAsync(Lead, await county.OrderAsync() + "/assign", new AssignCoachRequest(Coach.Id))).ShouldSucceed();
        (await county.GetAsync(Lead, $"/api/workforce/{Coach.Id}")).Text.ShouldNotContain("onflict");
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from caseflow.mt_events where type = 'conflict_of_interest_declared' and data::text like @client");
        command.Parameters.AddWithValue("client", $"%{clientId}%");
        ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).ShouldBe(0);
    }

    [Fact]
    public async Task A_workers_record_is_kept_by_their_own_agency_alone()
    {
        await using var county = await County.WithAsync();
        await county.FurnishCoachesAsync();
        var record = $"/api/workforce/{Coach.Id}";

        (await county.GetAsync(OtherLead, record)).ShouldBeProblem(404, "worker-not-found");
        (await county.GetAsync(Second, record)).ShouldBeProblem(404, "worker-not-found");
        (await county.PostAsync(OtherLead, record + "/capacity", new WorkforceDoors.CapacityRequest(5, 10))).ShouldBeProblem(404, "worker-not-found");
        (await county.PostAsync(OtherCoach, record + "/conflicts", new WorkforceDoors.ConflictRequest(Guid.CreateVersion7()))).ShouldBeProblem(404, "worker-not-found");
        (await county.PostAsync(Lead, record + "/capacity", new WorkforceDoors.CapacityRequest(0, 1))).ShouldSucceed();
        await county.CoachAsync();
        (await county.PostAsync(Lead, await county.OrderAsync() + "/assign", new AssignCoachRequest(Coach.Id))).ShouldBeProblem(409, "caseload-full", "coachId");
        (await county.PostAsync(Lead, await county.OrderAsync() + "/assign", new AssignCoachRequest(OtherCoach.Id))).ShouldBeProblem(422, "not-a-coach-there", "coachId");
    }
}
