using CaseFlow.Api.AccessRecords;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
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

        (await county.Database.AccessExpiry.ForgetAsync(new("demo", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, []), Stop)).ShouldBe(0);
        (await CountAsync("true")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Criminal_justice_information_is_kept_by_its_own_years()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await OldAsync("demo", clientId, "8 years", cji: true);
        await OldAsync("demo", clientId, "8 years");
        var now = DateTimeOffset.UtcNow;

        (await county.Database.AccessExpiry.ForgetAsync(new("demo", now.AddYears(-6), now.AddYears(-10), []), Stop)).ShouldBe(1);
        (await CountAsync("cji")).ShouldBe((1, 1));
        (await county.Database.AccessExpiry.ForgetAsync(new("demo", now.AddYears(-6), now.AddYears(-6), []), Stop)).ShouldBe(1);
        (await CountAsync("true")).ShouldBe((0, 0));
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
