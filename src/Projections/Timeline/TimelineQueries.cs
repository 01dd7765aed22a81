using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.Timeline;

/// <summary>A question to one client's timeline.</summary>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Sees">Only what the asker sees; null for everything.</param>
/// <param name="At">The moment asked about.</param>
public sealed record TimelineAsked(string TenantId, Guid ClientId, TimelineSight? Sees, ViewInstant At)
{
    /// <summary>Further records of the same person, each with what the asker sees of it.</summary>
    public IReadOnlyList<(Guid ClientId, TimelineSight Sees)> Others { get; init; } = [];

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The entry's own intercept, or one it also matters to.</summary>
    public int? Intercept { get; init; }

    /// <summary>Stored event names, any of them; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Only what a court filed there; null for everything.</summary>
    public CourtFile? File { get; init; }

    /// <summary>Only entries that these events wrote; null for all.</summary>
    public IReadOnlyList<Guid>? EventIds { get; init; }
}

/// <summary>The questions of the timeline.</summary>
public static class TimelineQueries
{
    /// <summary>What the asker sees of the client's entries: what is not shown moves no position.</summary>
    public static ViewScope ScopeOf(string tenantId, Guid clientId, TimelineSight? sees)
    {
        var scope = sees?.OnlyAgency is { } agency
            ? new ViewScope(tenantId, ("client_id", clientId), ("agency_id", agency))
            : new ViewScope(tenantId, ("client_id", clientId));
        if (sees is null)
            return scope;
        var seen = sees.Filter(new RowFilter());
        return scope with { Where = seen.Sql, WhereParameters = seen.AddTo };
    }

    /// <summary>The same for all records of a person together.</summary>
    public static ViewScope ScopeOf(TimelineAsked asked)
    {
        if (asked.Others.Count == 0)
            return ScopeOf(asked.TenantId, asked.ClientId, asked.Sees);
        var seen = SeenOfAll(asked);
        return new ViewScope(asked.TenantId) { Where = seen.Sql, WhereParameters = seen.AddTo };
    }

    /// <summary>A page by the instant from which an entry counts as occurred.</summary>
    public static ViewPageQuestion PageOf(TimelineAsked asked, PageWanted page)
    {
        var scope = ScopeOf(asked);
        var order = asked switch
        {
            { Others.Count: > 0 } => TimelineView.OfPerson,
            { Sees.OnlyAgency: not null } => TimelineView.OfClientAndAgency,
            _ => TimelineView.OfClient,
        };
        var filter = (asked.Others.Count == 0 ? asked.Sees?.Filter(new RowFilter()) ?? new RowFilter() : SeenOfAll(asked))
            .And("occ_from >= @from", "from", asked.From)
            .And("occ_from < @to", "to", asked.To)
            .And("intercept = @intercept or row -> 'alsoRelevantTo' @> to_jsonb(@intercept)", "intercept", asked.Intercept)
            .And("row -> 'labels' @> to_jsonb(@file)", "file", asked.File switch
            {
                CourtFile.Open => Label.CourtOpen.Code(),
                CourtFile.Confidential => Label.CourtConfidential.Code(),
                _ => null,
            })
            .And("row ->> 'eventId' = any(@events)", "events", asked.EventIds?.Select(id => id.ToString()).ToArray())
            .And("kind = any(@kinds)", "kinds", asked.Kinds.Count == 0 ? null : asked.Kinds.ToArray());
        var question = filter.Page(scope, order, scope.EqualTo.ToDictionary(one => one.Column, one => one.Value), asked.At, page);
        return question with { MaySort = asked.Others.Count > 0 };
    }

    /// <summary>Each record by its own sight. A person's records are few, and all of them are found by the index of a client's entries.</summary>
    private static RowFilter SeenOfAll(TimelineAsked asked)
    {
        (Guid ClientId, TimelineSight Sees)[] records = [(asked.ClientId, asked.Sees!), .. asked.Others];
        var filter = new RowFilter().And("client_id = any(@clients)").With("clients", records.Select(record => record.ClientId).ToArray());
        for (var n = 0; n < records.Length; n++)
            records[n].Sees.With(filter.With($"client_{n}", records[n].ClientId), $"_{n}");
        return filter.And(string.Join(" or ", records.Select((record, n) => $"(client_id = @client_{n} and ({record.Sees.Sql($"_{n}")}))")));
    }

    /// <summary>Where the client's entries come from at a moment, whatever anybody may see; by the index of the client's entries.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static Task<TimelineSources> SourcesAsync(
        ViewReader reader, TimelineView view, string tenantId, Guid clientId, ViewInstant at, CancellationToken cancellation) =>
        reader.ReadAsync(view, tenantId, at, scope: null, async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(
                $"""
                select distinct source, case when relabelled then key end, case when relabelled then row ->> 'eventId' end
                from {table} where tenant_id = @tenant and client_id = @client and {asOf.Sql}
                """,
                connection);
            command.Parameters.AddWithValue("tenant", tenantId);
            command.Parameters.AddWithValue("client", clientId);
            asOf.AddTo(command.Parameters);
            var sources = new List<TimelineSource>();
            var relabelled = new List<RelabelledEntry>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                var source = TimelineSource.OfKey(row.GetString(0));
                if (await row.IsDBNullAsync(1, cancellation))
                    sources.Add(source);
                else
                    relabelled.Add(new RelabelledEntry(row.GetString(1), Guid.Parse(row.GetString(2)), source));
            }

            return new TimelineSources(sources, relabelled);
        }, cancellation);

    /// <summary>The overdoses that the client's timeline tells of, at a moment.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static Task<IReadOnlyList<Guid>> OverdosesAsync(
        ViewReader reader, TimelineView view, string tenantId, Guid clientId, ViewInstant at, CancellationToken cancellation) =>
        reader.ReadAsync(view, tenantId, at, scope: null, async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(
                $"select distinct row ->> 'overdoseId' from {table} where tenant_id = @tenant and client_id = @client and row ->> 'overdoseId' is not null and {asOf.Sql}",
                connection);
            command.Parameters.AddWithValue("tenant", tenantId);
            command.Parameters.AddWithValue("client", clientId);
            asOf.AddTo(command.Parameters);
            var overdoses = new List<Guid>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                overdoses.Add(Guid.Parse(row.GetString(0)));
            return (IReadOnlyList<Guid>)overdoses;
        }, cancellation);

    /// <summary>The entries of some records beside which something stands, or stood, up to a position, whatever anybody may see; by an index of their own.</summary>
    /// <exception cref="ViewBehindException">The view did not come to the position in time.</exception>
    public static Task<IReadOnlyList<MarkedEntry>> MarkedAsync(
        ViewReader reader, TimelineView view, string tenantId, IReadOnlyCollection<Guid> clients, long? position, CancellationToken cancellation) =>
        reader.ReadAsync(view, tenantId, new ViewInstant(position, null), scope: null, async (connection, table, asOf) =>
        {
            await using var command = new NpgsqlCommand(
                $"""
                select key, row::text, pos_from, case when pos_to <= @position then pos_to end
                from {table} where tenant_id = @tenant and client_id = any(@clients) and marked and pos_from <= @position
                order by key, pos_from
                """,
                connection);
            command.Parameters.AddWithValue("tenant", tenantId);
            command.Parameters.AddWithValue("clients", clients.Distinct().ToArray());
            command.Parameters.AddWithValue("position", asOf.Position);
            var marked = new List<MarkedEntry>();
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                marked.Add(new MarkedEntry(
                    row.GetString(0), view.RowOf(row.GetString(1)), row.GetInt64(2), await row.IsDBNullAsync(3, cancellation) ? null : row.GetInt64(3)));
            }

            return (IReadOnlyList<MarkedEntry>)marked;
        }, cancellation);

    /// <summary>One entry as it stands, by the event that wrote it; null when the client's timeline has none.</summary>
    public static async Task<TimelineEntry?> EntryAsync(
        ViewReader reader, TimelineView view, string tenantId, Guid clientId, Guid eventId, CancellationToken cancellation)
    {
        var scope = new ViewScope(tenantId, ("client_id", clientId));
        var one = new RowFilter().And("row ->> 'eventId' = @event").With("event", eventId.ToString());
        var page = await reader.PageAsync(
            view,
            one.Page(scope, TimelineView.OfClient, new Dictionary<string, object> { ["client_id"] = clientId }, ViewInstant.Now, new PageWanted(1)),
            cancellation);
        return page.Rows.Count == 0 ? null : page.Rows[0].Row;
    }
}

/// <summary>An entry beside which something stands, or stood.</summary>
/// <param name="Key">Its key in the view.</param>
/// <param name="Entry">With what stands beside it.</param>
/// <param name="Since">The log position from which it was so.</param>
/// <param name="Until">The position from which it was otherwise; null while it stands.</param>
public sealed record MarkedEntry(string Key, TimelineEntry Entry, long Since, long? Until);
