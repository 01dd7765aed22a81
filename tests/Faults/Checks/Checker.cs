using CaseFlow.Faults.Load;
using CaseFlow.Faults.Servers;
using Npgsql;

namespace CaseFlow.Faults.Checks;

/// <summary>
/// Compares what the ledger was told with what the database holds, and the database with itself. It reads the tables and
/// asks the program nothing.
/// </summary>
internal sealed class Checker(Server server, Ledger ledger)
{
    private readonly List<string> problems = [];

    /// <summary>Statements that count what must not be, by what it would mean.</summary>
    private static readonly (string Wrong, string Statement)[] MustBeNone =
    [
        ("event ids stored twice", "select count(*) - count(distinct id) from caseflow.mt_events"),
        ("versions that are not 1, 2, 3, …", """
            select count(*) from (
              select version, row_number() over (partition by tenant_id, stream_id order by version) as dense from caseflow.mt_events) as events
            where version <> dense
            """),
        ("streams whose version is not that of their last event", """
            select count(*) from caseflow.mt_streams s
            full join (select tenant_id, stream_id, max(version) as last from caseflow.mt_events group by 1, 2) e
              on e.tenant_id = s.tenant_id and e.stream_id = s.id
            where s.version is distinct from e.last
            """),
        ("positions that are not 1, 2, 3, …", "select count(*) from (select position, row_number() over (order by position) as dense from caseflow.cf_log) as log where position <> dense"),
        ("events without a position", "select count(*) from caseflow.mt_events e where not exists (select from caseflow.cf_log l where l.seq_id = e.seq_id) and e.type <> 'tombstone'"),
        ("positions of no event", "select count(*) from caseflow.cf_log l where not exists (select from caseflow.mt_events e where l.seq_id = e.seq_id and l.tenant_id = e.tenant_id)"),
        ("stamps that go back", "select count(*) from (select stamped_at, lag(stamped_at) over (order by position) as earlier from caseflow.cf_log) as log where stamped_at < earlier"),
        ("versions placed before an earlier version of their stream", """
            select count(*) from (
              select l.position, lag(l.position) over (partition by e.tenant_id, e.stream_id order by e.version) as earlier
              from caseflow.mt_events e join caseflow.cf_log l on l.seq_id = e.seq_id) as placed
            where position < earlier
            """),
        ("tenants whose end of the log is wrong", """
            select count(*) from caseflow.cf_log_ends e
            full join (select tenant_id, max(position) as last from caseflow.cf_log group by 1) l on l.tenant_id = e.tenant_id
            where e.position is distinct from l.last
            """),
        ("pages applied twice or skipped", Watch.BrokenChains),
        ("moves of two nodes at once", Watch.BrokenEpochs),
        ("notices sent twice", "select count(*) from caseflow.mt_streams where type = 'notice' and version <> 1"),
    ];

    /// <summary>Events not yet placed, and views of a tenant that have not reached its end of the log.</summary>
    private const string Behind = """
        select (select count(*) from caseflow.mt_events) - (select count(*) from caseflow.cf_log) + (
          select count(*) from caseflow.cf_views v cross join caseflow.cf_log_ends e
          left join caseflow.cf_checkpoints c on c.name = v.name and c.tenant_id = e.tenant_id
          where coalesce(c.position, 0) < e.position)
        """;

    public static Task<long> BehindAsync(Server server) => server.AskAsync<long>(Behind, "caseflow");

    /// <returns>The codes that are stored, how often each.</returns>
    public async Task<IReadOnlyDictionary<(string Tenant, string Code), IReadOnlyList<Stored>>> StoredAsync()
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("watch") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select e.tenant_id, case e.type when 'client_registered' then e.data ->> 'clientId' else e.data ->> 'callType' end,
              e.stream_id, e.version, coalesce(l.position, 0)
            from caseflow.mt_events e left join caseflow.cf_log l on l.seq_id = e.seq_id
            where e.type in ('client_registered', 'call_for_service_received')
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new Dictionary<(string, string), IReadOnlyList<Stored>>();
        while (await reader.ReadAsync())
        {
            var code = (reader.GetString(0), reader.GetString(1));
            found[code] = [.. found.GetValueOrDefault(code, []), new(reader.GetGuid(2), reader.GetInt64(3), reader.GetInt64(4))];
        }

        return found;
    }

    /// <summary>
    /// Asks once more for everything that nobody knows of. What was stored is answered as the first time, what was not is
    /// stored now; so afterwards everything is known.
    /// </summary>
    /// <returns>How many were unknown, and how many of these had been stored.</returns>
    public async Task<(int Unknown, int Stored)> SettleAsync()
    {
        var unknown = ledger.All.Where(asked => asked.Outcome is Outcome.Unknown).ToList();
        var stored = await StoredAsync();
        var there = 0;
        foreach (var asked in unknown)
        {
            var found = asked.Codes.Count(code => stored.ContainsKey((asked.Tenant, code)));
            Wrong(found != 0 && found != asked.Codes.Count, $"{asked.Key} is stored in part: {found} of {asked.Codes.Count}");
            there += found > 0 ? 1 : 0;
            var again = await asked.AskAgain();
            Wrong(found > 0 && again is not Again.AnsweredBefore, $"{asked.Key} was stored, and its key answered {again}");
            ledger.Tell(asked, again is Again.Refused ? Outcome.Refused : Outcome.Acknowledged);
        }

        return (unknown.Count, there);
    }

    /// <summary>Everything that must hold once the load has ended and everything is settled and placed.</summary>
    public async Task CheckAsync()
    {
        var stored = await StoredAsync();
        foreach (var asked in ledger.All)
            Compare(asked, asked.Codes.Select(code => stored.GetValueOrDefault((asked.Tenant, code), [])).ToList());
        CompareOrder(stored);
        foreach (var (wrong, statement) in MustBeNone)
        {
            var count = await server.AskAsync<long>(statement, "caseflow");
            Wrong(count != 0, $"{count} {wrong}");
        }

        problems.AddRange(ledger.Surprises);
    }

    public void Wrong(bool holds, string what)
    {
        if (holds)
            problems.Add(what);
    }

    /// <exception cref="ShouldAssertException">Something is not as it must be.</exception>
    public void ShouldBeClean(string told) => problems.Count.ShouldBe(0, $"{told}\n{string.Join('\n', problems.Take(12))}");

    private void Compare(Asked asked, List<IReadOnlyList<Stored>> found)
    {
        Wrong(found.Any(one => one.Count > 1), $"{asked.Key} is stored twice");
        Wrong(asked.Outcome is Outcome.Acknowledged && found.Any(one => one.Count == 0), $"{asked.Key} was acknowledged and is lost");
        Wrong(asked.Outcome is Outcome.Refused && found.Any(one => one.Count > 0), $"{asked.Key} was refused and is stored");
        Wrong(asked.Outcome is Outcome.Unknown, $"{asked.Key} was never settled");
        foreach (var (stream, version) in asked.Versions)
        {
            var last = found.SelectMany(one => one).Where(one => one.Stream == stream).Select(one => one.Version).DefaultIfEmpty(version).Max();
            Wrong(last != version, $"{asked.Key} was told version {version} of {stream} and has {last}");
        }
    }

    /// <summary>What was acknowledged before something else was asked for lies before it in the log.</summary>
    private void CompareOrder(IReadOnlyDictionary<(string Tenant, string Code), IReadOnlyList<Stored>> stored)
    {
        var placed = ledger.All.Where(asked => asked.ToldAt > 0 && asked.Outcome is Outcome.Acknowledged).Select(asked => (
            Asked: asked,
            Positions: asked.Codes.SelectMany(code => stored.GetValueOrDefault((asked.Tenant, code), [])).Select(one => one.Position).DefaultIfEmpty(0).ToList())).ToList();
        var told = new Queue<(Asked Asked, List<long> Positions)>(placed.OrderBy(one => one.Asked.ToldAt));
        var highest = 0L;
        foreach (var (asked, positions) in placed.OrderBy(one => one.Asked.BegunAt))
        {
            while (told.TryPeek(out var before) && before.Asked.ToldAt < asked.BegunAt)
                highest = Math.Max(highest, told.Dequeue().Positions.Max());
            Wrong(positions.Min() < highest, $"{asked.Key} lies at {positions.Min()}, before {highest}, which was acknowledged before it was asked for");
        }
    }
}

/// <param name="Position">0 while it has none.</param>
internal sealed record Stored(Guid Stream, long Version, long Position);
