using System.Text.Json.Nodes;
using CaseFlow.Api.AccessRecords;
using CaseFlow.EventStore.Access;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Access;

/// <summary>Reads are kept as long as policy says and never shorter than six years, whoever asks (R64).</summary>
public sealed class GivingUpOldReads : IAsyncLifetime
{
    private County county = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => county = await County.WithAsync();

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task What_is_older_goes_and_what_is_younger_held_or_anothers_stays()
    {
        var (one, held) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        (await county.PostAsync(Officer, ErasureStories.PathOf(held) + "/holds", new { authority = "prosecutor", reasonCode = "litigation", reference = "Letter 9" })).ShouldSucceed();
        await OldAsync("demo", one, "7 years");
        await OldAsync("demo", held, "8 years");
        await OldAsync("elsewhere", one, "9 years");
        (await county.GetAsync(Agent, $"/api/clients/{one}")).ShouldSucceed();
        (await county.GetAsync(Agent, $"/api/clients/{held}")).ShouldSucceed();
        (await CountAsync("true")).ShouldBe((5, 5));

        (await county.PostAsync(Officer, "/api/access/give-up")).ShouldSucceed();

        (await CountAsync("tenant_id = 'demo' and at < now() - interval '1 year'")).ShouldBe((1, 1));
        (await CountAsync("true")).ShouldBe((4, 4));
        (await county.GetAsync(Officer, $"/api/clients/{held}/access")).ShouldSucceed().Json["items"]!.AsArray().Count.ShouldBe(2);
        (await county.PostAsync(Agent, "/api/access/give-up")).ShouldBeProblem(403, "role-not-allowed");

        var hold = (await county.GetAsync(Officer, ErasureStories.PathOf(held))).Json["holds"]![0]!["holdId"]!.GetValue<Guid>();
        (await county.ChangeAsync(
            Officer, $"{ErasureStories.PathOf(held)}/holds/{hold}/release", await county.VersionAsync(Officer, ErasureStories.PathOf(held)), new { authority = "prosecutor" })).ShouldSucceed();
        await county.Service<AccessExpiryDesk>().EndOpenAsync(Stop);
        (await CountAsync("tenant_id = 'demo' and at < now() - interval '1 year'")).ShouldBe((0, 0));
        (await CountAsync("tenant_id = 'elsewhere'")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Nobody_deletes_a_younger_one_and_the_function_forgets_none_whatever_it_is_asked()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await OldAsync("demo", clientId, "5 years");
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        foreach (var table in new[] { "cf_access", "cf_access_subjects" })
        {
            await using var delete = source.CreateCommand($"delete from caseflow.{table}");
            (await Should.ThrowAsync<PostgresException>(() => delete.ExecuteNonQueryAsync(Stop))).SqlState.ShouldBe("CF403");
        }

        (await county.Database.AccessExpiry.ForgetAsync(new("demo", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, []), null, Stop)).ShouldBe(new AccessesForgotten(0, null));
        (await CountAsync("true")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Criminal_justice_information_is_kept_by_its_own_years()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await OldAsync("demo", clientId, "8 years", cji: true);
        await OldAsync("demo", clientId, "8 years");
        var now = DateTimeOffset.UtcNow;

        (await county.Database.AccessExpiry.ForgetAsync(new("demo", now.AddYears(-6), now.AddYears(-10), []), null, Stop)).ShouldBe(new AccessesForgotten(1, null));
        (await CountAsync("cji")).ShouldBe((1, 1));
        (await county.Database.AccessExpiry.ForgetAsync(new("demo", now.AddYears(-6), now.AddYears(-6), []), null, Stop)).ShouldBe(new AccessesForgotten(1, null));
        (await CountAsync("true")).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_batch_reads_what_it_walks_however_much_is_over_and_the_walk_comes_to_everything_once()
    {
        const int Readers = 7, Each = 3_000;
        var (kept, gone) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await ManyAsync(kept, Readers, Each);
        await ManyAsync(gone, readers: 1, each: 2_500);
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(Stop);
        await RunAsync(connection, "vacuum analyze caseflow.cf_access");
        var pages = await NumberAsync(connection, "select relpages from pg_class where oid = 'caseflow.cf_access'::regclass");
        var batch = $"select * from caseflow.cf_forget_accesses('demo', now(), now(), array['{kept}']::uuid[], 50, 'reader-3', null, null)";
        // What a session reads of the catalogue for the first time is no part of it.
        await RunAsync(connection, batch);

        var touched = await BuffersAsync(connection, batch);

        pages.ShouldBeGreaterThan(50 * 5);
        touched.ShouldBeLessThan(50 * 5, "fifty reads, found by reader and by id");
        var over = new AccessesOver("demo", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, [kept]);
        var (forgotten, batches, from) = (0L, 0, (AccessWalk?)null);
        do
        {
            var some = await county.Database.AccessExpiry.ForgetAsync(over, from, Stop);
            (forgotten, from) = (forgotten + some.Forgotten, some.Next);
            batches.ShouldBeLessThan(100);
            batches++;
        }
        while (from is not null);

        forgotten.ShouldBe(2_500);
        batches.ShouldBe(((Readers * Each) + 2_500) / AccessExpiry.MostTogether + 1);
        (await CountAsync("true")).ShouldBe((Readers * Each, Readers * Each));
    }

    [Fact]
    public async Task What_was_walked_once_is_not_walked_again_before_more_is_given_up_or_a_hold_ends()
    {
        var clientId = await county.SuperviseAsync(Agent);
        (await county.PostAsync(Officer, "/api/access/give-up")).ShouldSucceed();
        await OldAsync("demo", clientId, "7 years");

        // Nothing becomes over by itself: what came there in another way is found by the next node.
        (await county.Service<AccessExpiryDesk>().FinishAsync("demo", Stop)).ShouldBe(0);
        (await CountAsync("at < now() - interval '1 year'")).ShouldBe((1, 1));
        var other = await county.StartNodeAsync();
        (await other.Services.GetRequiredService<AccessExpiryDesk>().FinishAsync("demo", Stop)).ShouldBe(1);
    }

    private static async Task<long> BuffersAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand($"explain (analyze, buffers, format json) {statement}", connection);
        var plan = JsonNode.Parse((string)(await command.ExecuteScalarAsync(Stop))!)![0]!["Plan"]!;
        return plan["Shared Hit Blocks"]!.GetValue<long>() + plan["Shared Read Blocks"]!.GetValue<long>();
    }

    private static async Task<long> NumberAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Stop), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    /// <summary>Reads of one client that are over, by several readers in turn.</summary>
    private async Task ManyAsync(Guid clientId, int readers, int each)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("""
            with old as (
                insert into caseflow.cf_access (id, at, tenant_id, actor_id, role, purpose, operation, view, outcome, subject_ids, trace_id)
                select gen_random_uuid(), now() - interval '7 years' + n * interval '1 second', 'demo', 'reader-' || (n % $2), 'agent', 'supervision', 'readClient', 'client', 'shown',
                    array[$1::uuid], 'old'
                from generate_series(1, $2 * $3) as n
                returning *)
            insert into caseflow.cf_access_subjects (tenant_id, subject_id, at, access_id, actor_id, cji) select tenant_id, subject_ids[1], at, id, actor_id, cji from old
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = clientId });
        command.Parameters.Add(new NpgsqlParameter { Value = readers });
        command.Parameters.Add(new NpgsqlParameter { Value = each });
        await command.ExecuteNonQueryAsync(Stop);
    }

    private async Task OldAsync(string jurisdiction, Guid clientId, string age, bool cji = false)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand($"""
            with old as (
                insert into caseflow.cf_access (id, at, tenant_id, actor_id, role, purpose, operation, view, outcome, subject_ids, trace_id, cji)
                values (gen_random_uuid(), now() - interval '{age}', $1, 'agent-0', 'agent', 'supervision', 'readClient', 'client', 'shown', array[$2], 'old', $3)
                returning *)
            insert into caseflow.cf_access_subjects (tenant_id, subject_id, at, access_id, actor_id, cji) select tenant_id, subject_ids[1], at, id, actor_id, cji from old
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = jurisdiction });
        command.Parameters.Add(new NpgsqlParameter { Value = clientId });
        command.Parameters.Add(new NpgsqlParameter { Value = cji });
        await command.ExecuteNonQueryAsync(Stop);
    }

    private async Task<(long Reads, long Subjects)> CountAsync(string condition)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand(
            $"select (select count(*) from caseflow.cf_access where {condition}), (select count(*) from caseflow.cf_access_subjects where {condition})");
        await using var reader = await command.ExecuteReaderAsync(Stop);
        (await reader.ReadAsync(Stop)).ShouldBeTrue();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
