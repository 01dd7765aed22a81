using CaseFlow.EventStore.Access;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.Integration.EventStore;

/// <summary>The log of reads itself: what it keeps, what it shares, what it refuses.</summary>
public sealed class RecordingAccesses : IAsyncLifetime
{
    private const string Count = "select count(*) from caseflow.cf_access";

    private StoreDatabase database = null!;
    private AccessLog log = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await StoreDatabase.CreateAsync();
        log = new AccessLog(database.Source, database.Options);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task What_was_told_is_what_is_kept()
    {
        var (client, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var told = Read(client) with
        {
            SubjectIds = [client, other, client],
            AsOf = new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.FromHours(-6)),
            AsRecorded = new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero),
            Position = 4711,
            Cji = true,
        };

        await log.RecordAsync(told, Stop);

        var kept = (await OfAsync(client)).Single().Entry;
        kept.SubjectIds.ShouldBe([client, other]);
        kept.ShouldBe(told with { SubjectIds = kept.SubjectIds, AsOf = told.AsOf!.Value.ToUniversalTime() });
        (await OfAsync(other)).Single().Entry.Id.ShouldBe(told.Id);
        (await OfAsync(Guid.CreateVersion7())).ShouldBeEmpty();
        (await database.AskAsync<bool>("select at between now() - interval '1 minute' and clock_timestamp() from caseflow.cf_access")).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_jurisdiction_does_not_see_it()
    {
        var client = Guid.CreateVersion7();
        await log.RecordAsync(Read(client), Stop);

        (await new AccessHistory(database.Questions, database.Options).OfSubjectAsync(new AccessAsked("elsewhere", client), 10, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_told_twice_is_recorded_once()
    {
        var read = Read(Guid.CreateVersion7());

        await log.RecordAsync(read, Stop);
        await log.RecordAsync(read, Stop);

        (await database.AskAsync<long>(Count)).ShouldBe(1);
        (await OfAsync(read.SubjectIds[0])).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hundred_reads_at_once_share_few_commits()
    {
        List<Task> reads = [];
        await WhileHeldAsync(() =>
        {
            reads = [.. Enumerable.Range(0, 100).Select(_ => log.RecordAsync(Read(Guid.CreateVersion7()), Stop))];
            reads.ShouldAllBe(read => !read.IsCompleted);
            return Task.CompletedTask;
        });
        await Task.WhenAll(reads);

        (await database.AskAsync<long>(Count)).ShouldBe(100);
        (await database.AskAsync<long>("select count(*) from caseflow.cf_access_subjects")).ShouldBe(100);
        log.Commits.ShouldBeInRange(1, AccessLog.Lanes + 1);
        (await database.AskAsync<long>("select count(distinct xmin::text) from caseflow.cf_access")).ShouldBe(log.Commits);
    }

    [Fact]
    public async Task Those_who_come_while_many_are_on_their_way_share_a_commit()
    {
        var coming = Enumerable.Range(0, 100).Select(_ => log.Expect()).ToArray();
        var reads = Enumerable.Range(0, 50).Select(_ => log.RecordAsync(Read(Guid.CreateVersion7()), Stop)).ToArray();
        await Task.WhenAll(reads);
        foreach (var one in coming.Concat(coming))
            one.Dispose();

        (await database.AskAsync<long>(Count)).ShouldBe(50);
        log.Commits.ShouldBeInRange(1, 5);
        await log.RecordAsync(Read(Guid.CreateVersion7()), Stop);
        (await database.AskAsync<long>(Count)).ShouldBe(51);
    }

    [Fact]
    public async Task A_read_that_the_table_does_not_take_costs_the_others_nothing()
    {
        List<Task> good = [];
        var bad = Task.CompletedTask;
        await WhileHeldAsync(() =>
        {
            good = [.. Enumerable.Range(0, 10).Select(_ => log.RecordAsync(Read(Guid.CreateVersion7()), Stop))];
            bad = log.RecordAsync(Read(Guid.CreateVersion7()) with { ActorId = "no\0body" }, Stop);
            good.AddRange(Enumerable.Range(0, 10).Select(_ => log.RecordAsync(Read(Guid.CreateVersion7()), Stop)));
            return Task.CompletedTask;
        });

        await Task.WhenAll(good);
        (await Should.ThrowAsync<AccessNotRecordedException>(() => bad)).InnerException.ShouldBeOfType<PostgresException>();
        (await database.AskAsync<long>(Count)).ShouldBe(20);
    }

    [Fact]
    public async Task A_batch_that_fails_fails_its_members_only()
    {
        await database.DoAsync("alter table caseflow.cf_access rename to away");
        await Should.ThrowAsync<AccessNotRecordedException>(() => log.RecordAsync(Read(Guid.CreateVersion7()), Stop));
        await database.DoAsync("alter table caseflow.away rename to cf_access");

        await log.RecordAsync(Read(Guid.CreateVersion7()), Stop);

        (await database.AskAsync<long>(Count)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_no_longer_waits_is_not_recorded_and_holds_nobody_up()
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        List<Task> waiting = [], left = [];
        await WhileHeldAsync(async () =>
        {
            // The lanes are full and stand still before those come who will leave.
            for (var lane = 1; lane <= AccessLog.Lanes; lane++)
            {
                waiting.Add(log.RecordAsync(Read(Guid.CreateVersion7()), Stop));
                await UntilAsync("select count(*) from pg_locks where not granted and relation = 'caseflow.cf_access'::regclass", lane);
            }

            left = [.. Enumerable.Range(0, 5).Select(_ => log.RecordAsync(Read(Guid.CreateVersion7()), given.Token))];
            waiting.Add(log.RecordAsync(Read(Guid.CreateVersion7()), Stop));
            await given.CancelAsync();
            foreach (var one in left)
                await Should.ThrowAsync<OperationCanceledException>(() => one);
        });

        await Task.WhenAll(waiting);
        (await database.AskAsync<long>(Count)).ShouldBe(waiting.Count);
    }

    [Fact]
    public async Task Only_so_many_wait_and_the_next_is_refused_at_once()
    {
        List<Task> waiting = [];
        var refused = 0;
        await WhileHeldAsync(() =>
        {
            for (var n = 0; n < AccessLog.MostWaiting + (AccessLog.Lanes * AccessLog.MostTogether) + 1; n++)
            {
                try
                {
                    waiting.Add(log.RecordAsync(Read(Guid.CreateVersion7()), Stop));
                }
                catch (AccessNotRecordedException)
                {
                    refused++;
                }
            }

            return Task.CompletedTask;
        });
        await Task.WhenAll(waiting);

        refused.ShouldBeGreaterThan(0);
        waiting.Count.ShouldBeGreaterThanOrEqualTo(AccessLog.MostWaiting);
        (await database.AskAsync<long>(Count)).ShouldBe(waiting.Count);
    }

    [Theory]
    [InlineData("update caseflow.cf_access set actor_id = 'somebody-else'")]
    [InlineData("delete from caseflow.cf_access")]
    [InlineData("truncate caseflow.cf_access")]
    [InlineData("update caseflow.cf_access_subjects set subject_id = gen_random_uuid()")]
    [InlineData("delete from caseflow.cf_access_subjects")]
    [InlineData("truncate caseflow.cf_access_subjects")]
    public async Task What_was_recorded_cannot_be_changed(string statement)
    {
        await log.RecordAsync(Read(Guid.CreateVersion7()), Stop);

        (await Should.ThrowAsync<PostgresException>(() => database.DoAsync(statement))).SqlState.ShouldBe("CF403");
    }

    /// <summary>One client read more often than any, among many: the page is a range of the key, without scan or sort.</summary>
    [Fact]
    public async Task Asking_for_one_client_is_a_look_up()
    {
        var client = Guid.CreateVersion7();
        await database.DoAsync($"""
            with reads as (
                insert into caseflow.cf_access (id, at, tenant_id, actor_id, role, purpose, operation, view, outcome, subject_ids, trace_id)
                select gen_random_uuid(), now() - n * interval '1 minute', 'demo', 'agent-' || n % 50, 'agent', 'supervision', 'readTimeline', 'timeline', 'shown',
                       array[case when n % 10 = 0 then '{client}'::uuid else gen_random_uuid() end], 'trace'
                from generate_series(1, 40000) n returning id, at, actor_id, subject_ids)
            insert into caseflow.cf_access_subjects (tenant_id, subject_id, at, access_id, actor_id)
            select 'demo', subject_ids[1], at, id, actor_id from reads
            """);
        await database.DoAsync("analyze caseflow.cf_access, caseflow.cf_access_subjects");

        foreach (var actor in new[] { "null", "'agent-7'" })
        {
            var statement = new StoreSql(database.Options)["Access.Statements.of_subject"]
                .Replace("@tenant", "'demo'", StringComparison.Ordinal).Replace("@subject", $"'{client}'::uuid", StringComparison.Ordinal)
                .Replace("@from", "null::timestamptz", StringComparison.Ordinal).Replace("@to", "null::timestamptz", StringComparison.Ordinal)
                .Replace("@before_at", "null::timestamptz", StringComparison.Ordinal).Replace("@before_id", $"'{Guid.AllBitsSet}'::uuid", StringComparison.Ordinal)
                .Replace("@actor", actor, StringComparison.Ordinal).Replace("@view", "null::varchar", StringComparison.Ordinal)
                .Replace("@asked", "null::uuid", StringComparison.Ordinal).Replace("@limit", "51", StringComparison.Ordinal);
            var plan = await PlanAsync(statement);

            plan.ShouldContain("pk_cf_access_subjects");
            plan.ShouldContain("pk_cf_access ");
            plan.ShouldNotContain("Seq Scan");
            plan.ShouldNotContain("Sort");
        }
    }

    private async Task<string> PlanAsync(string statement)
    {
        await using var command = database.Owner.CreateCommand($"explain {statement}");
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var plan = "";
        while (await reader.ReadAsync(Stop))
            plan += reader.GetString(0) + "\n";
        return plan;
    }

    private static AccessEntry Read(Guid client) => new(
        Guid.CreateVersion7(), "demo", "agent-1", "agent", "dcc", OfficeId: null, "supervision", "readTimeline", "timeline", AccessOutcome.Restricted,
        client, [client], AsOf: null, AsRecorded: null, Position: null, "0af7651916cd43dd8448eb211c80319c");

    private Task<IReadOnlyList<RecordedAccess>> OfAsync(Guid client) =>
        new AccessHistory(database.Questions, database.Options).OfSubjectAsync(new AccessAsked("demo", client), 10, Stop);

    /// <summary>Nothing is inserted meanwhile; what comes waits.</summary>
    private async Task WhileHeldAsync(Func<Task> act)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var command = new NpgsqlCommand("lock table caseflow.cf_access in exclusive mode", connection, transaction);
        await command.ExecuteNonQueryAsync(Stop);
        await act();
        await transaction.RollbackAsync(Stop);
    }

    private async Task UntilAsync(string count, long reached)
    {
        for (var tries = 0; await database.AskAsync<long>(count) < reached; tries++)
        {
            tries.ShouldBeLessThan(400, count);
            await Task.Delay(10, Stop);
        }
    }
}
