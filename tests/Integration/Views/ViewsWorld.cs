using CaseFlow.EventStore;
using CaseFlow.EventStore.Migrations;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.EventStore.Views;
using CaseFlow.Integration.Infrastructure;
using Npgsql;

namespace CaseFlow.Integration.Views;

/// <summary>A store with its log in a database of its own, and shorthands to write and to look.</summary>
public sealed class ViewsWorld : IAsyncDisposable
{
    public const string Tenant = "north";
    public static readonly DateTimeOffset Start = new(2031, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase database;

    private ViewsWorld(TestDatabase database, IReadOnlyList<IInlineView> inline)
    {
        this.database = database;
        Owner = StoreDataSource.Open(new NpgsqlConnectionStringBuilder(database.ConnectionString));
        Source = StoreDataSource.Create(database.ProgramConnectionString);
        Questions = StoreDataSource.ForQuestions(database.ProgramConnectionString);
        var codec = new EventCodec(
            new EventTypes([typeof(NoteTaken), typeof(NoteCorrected), typeof(NoteErased), typeof(NothingNoted), typeof(NoteGivenUp)]), typeof(string));
        Store = new PostgresEventStore(Source, new EventStoreOptions(), codec, null, inline);
        Sequencer = new Sequencer(Source, new EventStoreOptions(), Store.Appended);
        Positions = new ViewPositions(Questions);
        Reader = new ViewReader(Questions, Positions);
        Statuses = new ViewStatuses(Questions);
    }

    public string ConnectionString => database.ConnectionString;

    public string ProgramConnectionString => database.ProgramConnectionString;

    /// <summary>Owns everything: for looking behind the program's back.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>In the program's role.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>In the questions' role.</summary>
    public NpgsqlDataSource Questions { get; }

    public PostgresEventStore Store { get; }

    public Sequencer Sequencer { get; }

    public ViewPositions Positions { get; }

    public ViewReader Reader { get; }

    public ViewStatuses Statuses { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ViewsWorld> CreateAsync(params IReadOnlyList<IInlineView> inline)
    {
        var world = new ViewsWorld(await TestDatabase.CreateAsync(), inline);
        await new Migrator(world.Owner, new EventStoreOptions()).MigrateAsync(inline.Select(view => view.TablesSql), Cancellation);
        return world;
    }

    /// <summary>An instant some hours after the start.</summary>
    public static DateTimeOffset Hour(double hours) => Start.AddHours(hours);

    /// <summary>Appends facts, each to a stream of its own, and places them in the log.</summary>
    /// <returns>The ids of their events, and the token of the append.</returns>
    public async Task<(IReadOnlyList<Guid> Ids, long Token)> RecordAsync(string tenant, IReadOnlyList<object> facts, bool place = true)
    {
        var ids = facts.Select(_ => Guid.CreateVersion7()).ToList();
        var token = 0L;
        for (var n = 0; n < facts.Count; n++)
        {
            var append = new Append(tenant, [new(ids[n], "note", ExpectedVersion.NoStream, [new(ids[n], facts[n])])], new("writer"));
            token = (await Store.AppendAsync(append, Cancellation)).ShouldBeOfType<AppendResult.Appended>().LastSequence;
        }

        if (place)
            await Sequencer.PlaceNewAsync(Cancellation);
        return (ids, token);
    }

    public Task<(IReadOnlyList<Guid> Ids, long Token)> RecordAsync(params object[] facts) => RecordAsync(Tenant, facts);

    public ViewRunner Runner(params IReadOnlyList<IView> views) => Runner(TimeSpan.FromMilliseconds(20), views);

    /// <summary>A runner that waits so long after a failure, and a little longer after the next.</summary>
    public ViewRunner Runner(TimeSpan retry, params IReadOnlyList<IView> views) => new(
        Source, Store, views, Sequencer.Moved, new ViewOptions { FirstRetry = retry, LongestRetry = retry * 2.5 });

    /// <summary>Waits until a view stands still for a tenant.</summary>
    public async Task<ViewStatus> StoppedAsync(IView view, string tenantId, Func<ViewFailure, bool>? when = null)
    {
        for (var tries = 0; ; tries++)
        {
            var status = (await Statuses.OfAsync([view], tenantId, Cancellation))[0];
            if (status.Failure is { } failure && when?.Invoke(failure) != false)
                return status;
            tries.ShouldBeLessThan(1000, $"{status}");
            await Task.Delay(20, Cancellation);
        }
    }

    /// <summary>One value of the database.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Changes the database behind the program's back, past its triggers.</summary>
    public async Task SpoilAsync(string sql)
    {
        await using var command = Owner.CreateCommand($"set session_replication_role = replica; {sql}; set session_replication_role = origin");
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async Task<List<RecordedEvent>> LogAsync()
    {
        var log = new List<RecordedEvent>();
        await foreach (var recorded in Store.ReadLogAsync(0, cancellation: Cancellation))
            log.Add(recorded);
        return log;
    }

    /// <summary>Every row of a view's tables as PostgreSQL writes it, in one order.</summary>
    public async Task<string> DumpAsync(IEnumerable<string> tables)
    {
        var lines = new List<string>();
        foreach (var table in tables)
        {
            await using var command = Owner.CreateCommand($"select v::text from {table} v order by 1");
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            while (await reader.ReadAsync(Cancellation))
                lines.Add($"{table} {reader.GetString(0)}");
        }

        return string.Join('\n', lines);
    }

    public Task<string> DumpAsync(IView view) => DumpAsync(view.Tables.Select(table => "views." + table));

    /// <summary>Makes a view forget everything, so that it can be run again another way.</summary>
    public async Task ForgetAsync(IView view)
    {
        await using var command = Owner.CreateCommand(
            $"""
            drop table if exists {string.Join(", ", view.Tables.Select(table => "views." + table))};
            delete from caseflow.cf_checkpoints where name = '{view.Name}';
            delete from caseflow.cf_views where name = '{view.Name}'
            """);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Questions.DisposeAsync();
        await Owner.DisposeAsync();
        await database.DisposeAsync();
    }
}
