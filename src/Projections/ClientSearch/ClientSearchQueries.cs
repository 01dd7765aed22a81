using CaseFlow.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.Projections.ClientSearch;

/// <summary>Whose clients a search may find.</summary>
public abstract record SearchedBy
{
    private SearchedBy()
    {
    }

    /// <summary>Whoever watches over all records.</summary>
    public sealed record Everybody : SearchedBy;

    /// <summary>An agent's own clients, and those that the own agency opened and nobody supervises.</summary>
    public sealed record Agent(string AgencyId, string AgentId) : SearchedBy;

    /// <summary>An office's clients, and those that the own agency opened and nobody supervises.</summary>
    public sealed record Office(string AgencyId, string OfficeId) : SearchedBy;

    /// <summary>Clients that the agency opened and nobody supervises.</summary>
    public sealed record Agency(string AgencyId) : SearchedBy;
}

/// <summary>A client that terms point to.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="Kinds">What matched, the strongest first.</param>
public sealed record SearchHit(Guid ClientId, IReadOnlyList<SearchKind> Kinds)
{
    public int Weight => Kinds.Sum(kind => kind.Weight());
}

/// <summary>The questions of the search.</summary>
public static class ClientSearchQueries
{
    /// <summary>Clients looked at for one answer; whoever is looked for is among the best of them, or the question was too wide.</summary>
    public const int Most = 200;

    /// <param name="view">The view.</param>
    /// <param name="source">The pool for queries.</param>
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="terms">What is known of the client.</param>
    /// <param name="by">Whose clients.</param>
    /// <param name="also">Clients that may be found besides, for example those referred to the agency.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The best first; those of one weight by id.</returns>
    public static async Task<IReadOnlyList<SearchHit>> FindAsync(
        this ClientSearchView view, NpgsqlDataSource source, string tenantId, IReadOnlyCollection<SearchTerm> terms, SearchedBy by,
        IReadOnlyCollection<Guid> also, CancellationToken cancellation)
    {
        var (narrowed, parameters) = Condition(by);
        // From the terms to their rows by equality alone: behind a wall of the tenant's, an array's operators find no index.
        await using var question = new TenantQuestion(source, tenantId, $"""
            select m.client_id, array_agg(distinct m.kind) as kinds
            from unnest(@kinds, @marks, @weights, @narrows) as asked(kind, mark, weight, narrows)
            join {view.Table} m on m.tenant_id = @tenant and m.mark = asked.mark and m.kind = asked.kind
            where m.client_id = any(@also) or exists (
                select from {view.Holders} h where h.tenant_id = m.tenant_id and h.client_id = m.client_id and {narrowed})
            group by m.client_id
            having bool_or(asked.narrows)
            order by sum(distinct asked.weight) desc, m.client_id
            limit {Most}
            """);
        var values = question.Parameters;
        values.AddWithValue("kinds", terms.Select(term => ViewText.Of(term.Kind)).ToArray());
        values.AddWithValue("marks", terms.Select(term => view.MarkOf(tenantId, term)).ToArray());
        values.AddWithValue("weights", terms.Select(term => term.Kind.Weight()).ToArray());
        values.AddWithValue("narrows", terms.Select(term => term.Kind.Narrows()).ToArray());
        values.Add(new NpgsqlParameter("also", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = also.ToArray() });
        foreach (var (name, value) in parameters)
            values.AddWithValue(name, value);
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        var hits = new List<SearchHit>();
        while (await reader.ReadAsync(cancellation))
        {
            var words = reader.GetFieldValue<string[]>(1);
            hits.Add(new SearchHit(reader.GetGuid(0), [.. SearchKinds.StrongestFirst.Where(kind => words.Contains(ViewText.Of(kind)))]));
        }

        return hits;
    }

    internal static (string Sql, (string Name, string Value)[] Parameters) Condition(SearchedBy by)
    {
        const string opened = "h.agency_id is null and h.registered_by = @agency";
        return by switch
        {
            SearchedBy.Agent one => ($"(h.agent_id = @agent or ({opened}))", [("agency", one.AgencyId), ("agent", one.AgentId)]),
            SearchedBy.Office one => ($"((h.agency_id = @agency and h.office_id = @office) or ({opened}))", [("agency", one.AgencyId), ("office", one.OfficeId)]),
            SearchedBy.Agency one => ($"({opened})", [("agency", one.AgencyId)]),
            _ => ("true", []),
        };
    }
}
