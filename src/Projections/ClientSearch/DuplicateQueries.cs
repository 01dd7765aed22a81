using CaseFlow.EventStore;
using CaseFlow.Projections.ClientIdentifiers;
using Npgsql;

namespace CaseFlow.Projections.ClientSearch;

/// <summary>Two clients who may be one person.</summary>
/// <param name="Kinds">What both have, the strongest first.</param>
public sealed record DuplicatePair(Guid ClientId, Guid OtherClientId, IReadOnlyList<SearchKind> Kinds)
{
    public int Weight => Kinds.Sum(kind => kind.Weight());
}

/// <summary>
/// Possible duplicates, computed from the marks when somebody asks: nothing is prepared, so a name that is corrected takes its proposal with
/// it, and a better rule needs no event to be taken back.
/// </summary>
public static class DuplicateQueries
{
    /// <summary>Pairs looked at for one answer.</summary>
    public const int Most = 500;

    private static readonly SearchKind[] Naming =
        [SearchKind.FullName, SearchKind.FamilyName, SearchKind.Alias, SearchKind.FamilySound, SearchKind.GivenSound, SearchKind.AliasSound];

    /// <summary>Of one number that names a person; born on one day and called alike; or of one full name, unless both birth dates are known and differ.</summary>
    public static bool MayBeOne(IReadOnlyCollection<SearchKind> shared, bool bothBirthDatesKnown) =>
        shared.Contains(SearchKind.Identifier)
        || (shared.Contains(SearchKind.BirthDate)
            ? shared.Any(Naming.Contains)
            : shared.Contains(SearchKind.FullName) && !bothBirthDatesKnown);

    /// <param name="view">The view.</param>
    /// <param name="numbers">The view of numbers: two may have one that names a person where one was sealed while the other was given it.</param>
    /// <param name="source">The pool for queries.</param>
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="by">Whose clients: both of a pair.</param>
    /// <param name="merged">Records that are of one person already: each with the record that stands for the person, itself included.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <returns>The likeliest first, without those that were dismissed or are merged.</returns>
    public static async Task<IReadOnlyList<DuplicatePair>> PairsAsync(
        this ClientSearchView view, ClientIdentifiersView numbers, NpgsqlDataSource source, string tenantId, SearchedBy by,
        IReadOnlyCollection<(Guid ClientId, Guid SurvivorId)> merged, CancellationToken cancellation)
    {
        var (narrowed, parameters) = ClientSearchQueries.Condition(by);
        var undecided = $"""
            not exists (select from {view.Apart} d where d.tenant_id = @tenant and d.client_id = a.client_id and d.other_id = b.client_id)
            and not exists (select from person p join person o on o.survivor_id = p.survivor_id where p.client_id = a.client_id and o.client_id = b.client_id)
            """;
        await using var question = new TenantQuestion(source, tenantId, $"""
            with mine as materialized (select h.client_id from {view.Holders} h where h.tenant_id = @tenant and {narrowed}),
            person as materialized (select * from unnest(@merged, @survivors) as t (client_id, survivor_id)),
            numbered as materialized (
              select distinct a.client_id, b.client_id as other_id
              from {numbers.Table} a join mine on mine.client_id = a.client_id
              join {numbers.Table} b on b.tenant_id = a.tenant_id and b.mark = a.mark and b.client_id > a.client_id
              join mine also on also.client_id = b.client_id
              where a.tenant_id = @tenant and a.names_one_person and b.names_one_person and {undecided}
              limit {Most}),
            alike as materialized (
              select distinct a.client_id, b.client_id as other_id
              from {view.Table} a join mine on mine.client_id = a.client_id
              join {view.Table} b on b.tenant_id = a.tenant_id and b.mark = a.mark and b.kind = a.kind and b.client_id > a.client_id
              join mine also on also.client_id = b.client_id
              where a.tenant_id = @tenant and a.kind in ('{ViewText.Of(SearchKind.BirthDate)}', '{ViewText.Of(SearchKind.FullName)}') and {undecided}
              limit {Most}),
            pair as (select * from numbered union select * from alike)
            select pair.client_id, pair.other_id,
              array(
                select distinct a.kind from {view.Table} a
                join {view.Table} b on b.tenant_id = a.tenant_id and b.client_id = pair.other_id and b.kind = a.kind and b.mark = a.mark
                where a.tenant_id = @tenant and a.client_id = pair.client_id
                union
                select '{ViewText.Of(SearchKind.Identifier)}' from numbered n where n.client_id = pair.client_id and n.other_id = pair.other_id),
              exists (select from {view.Table} x where x.tenant_id = @tenant and x.client_id = pair.client_id and x.kind = '{ViewText.Of(SearchKind.BirthDate)}')
              and exists (select from {view.Table} x where x.tenant_id = @tenant and x.client_id = pair.other_id and x.kind = '{ViewText.Of(SearchKind.BirthDate)}')
            from pair
            """);
        foreach (var (name, value) in parameters)
            question.Parameters.AddWithValue(name, value);
        question.Parameters.AddWithValue("merged", merged.Select(one => one.ClientId).ToArray());
        question.Parameters.AddWithValue("survivors", merged.Select(one => one.SurvivorId).ToArray());
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        var pairs = new List<DuplicatePair>();
        while (await reader.ReadAsync(cancellation))
        {
            var words = reader.GetFieldValue<string[]>(2);
            SearchKind[] shared = [.. SearchKinds.StrongestFirst.Where(kind => words.Contains(ViewText.Of(kind)))];
            if (MayBeOne(shared, reader.GetBoolean(3)))
                pairs.Add(new DuplicatePair(reader.GetGuid(0), reader.GetGuid(1), shared));
        }

        return [.. pairs.OrderByDescending(pair => pair.Weight).ThenBy(pair => pair.ClientId).ThenBy(pair => pair.OtherClientId)];
    }
}
