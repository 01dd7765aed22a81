using CaseFlow.Domain;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Access;

/// <summary>The table of reads takes nothing any more: no record is shown to anybody until it does.</summary>
public sealed class FailingToRecord(County county) : IClassFixture<County>
{
    [Fact]
    public async Task No_answer_leaves_and_commands_go_on()
    {
        var owed = await county.OweAsync(Agent);
        var referralId = await county.ReferAsync(owed);
        await county.SuperviseAsync(Agent);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var client = $"/api/clients/{owed.ClientId}";
        (Actor Actor, string Path)[] reads =
        [
            (Agent, client), (Agent, client + "/timeline?limit=1"), (Agent, client + "/supervision"), (Agent, client + "/referral-duty"),
            (Agent, $"/api/overdoses/{owed.OverdoseId}"), (Agent, $"/api/referrals/{referralId}"), (Coach, $"/api/referrals/{referralId}/intake"),
            (Agent, "/api/referral-compliance"), (Agent, "/api/referral-compliance/counts"), (Agent, $"/api/referral-compliance/{owed.DutyId}"),
            (Agent, "/api/caseload?limit=1"), (Coach, "/api/referral-inbox"), (Officer, client + "/access"),
            // Whether something exists does not show either.
            (Colleague, client), (Colleague, $"/api/clients/{Guid.CreateVersion7()}"),
        ];
        (await county.GetAsync(Agent, "/api/caseload?limit=1"))["Link"].ShouldNotBeNull("there is a link to be lost");

        await RunAsync("""
            create function caseflow.refuse() returns trigger language plpgsql as 'begin raise exception $$no room$$ using errcode = $$53100$$; end';
            create trigger refuse before insert on caseflow.cf_access for each row execute function caseflow.refuse()
            """);
        // Together: each waits for the table before it gives up.
        foreach (var reply in await Task.WhenAll(reads.Select(read => county.GetAsync(read.Actor, read.Path))))
        {
            reply.ShouldBeProblem(503, "access-not-recorded");
            reply["Retry-After"].ShouldBe("2");
            reply["ETag"].ShouldBeNull();
            reply["Link"].ShouldBeNull();
            reply.Json.AsObject().Select(member => member.Key).ShouldBe(["type", "title", "status", "detail", "code", "traceId"], ignoreOrder: true);
            reply.Text.ShouldNotContain(owed.ClientId.ToString());
        }

        (await county.GetAsync(Agent, "/api/policies")).Status.ShouldBe(200);
        (await county.KnowAsync(Agent, owed.ClientId, await county.ReportAsync(Agent, owed.ClientId))).ShouldSucceed();

        await RunAsync("drop trigger refuse on caseflow.cf_access");
        foreach (var (actor, path) in reads)
            (await county.GetAsync(actor, path)).Status.ShouldBe(actor == Colleague ? 404 : 200, path);
    }

    private async Task RunAsync(string statement)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
