using System.Globalization;
using CaseFlow.EventStore;
using Npgsql;

namespace CaseFlow.Projections.RecordAges;

/// <summary>Which of the records are asked for that a view orders by when something last happened with them.</summary>
/// <param name="ActiveBefore">Something last happened with them before then.</param>
/// <param name="RecordedBefore">Something was last recorded before then.</param>
/// <param name="After">Where the page before ended; null for the first.</param>
public sealed record OldestAsked(string TenantId, DateTimeOffset ActiveBefore, DateTimeOffset RecordedBefore, (DateTimeOffset LastActivity, Guid Id)? After);

/// <summary>The question that views of ages answer alike: theirs are the columns <c>last_activity</c> and <c>last_recorded</c>, and the key is an id.</summary>
internal static class AgesQueries
{
    /// <param name="source">Where the views are.</param>
    /// <param name="options">Their schema.</param>
    /// <param name="view">The view.</param>
    /// <param name="settled">Its flag of those that are asked for no more.</param>
    /// <param name="rowOf">Reads its rows.</param>
    /// <param name="asked">Which ones.</param>
    /// <param name="limit">How many.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>At most so many that are not settled, the oldest first.</returns>
    public static async Task<IReadOnlyList<TRow>> OldestAsync<TRow>(
        NpgsqlDataSource source, EventStoreOptions options, string view, string settled, Func<string, TRow> rowOf, OldestAsked asked, int limit, CancellationToken cancellation)
    {
        await using var question = new TenantQuestion(source, asked.TenantId, $"""
            select row::text from {options.ViewsSchema}.{view}
            where tenant_id = @tenant and not {settled} and last_activity < @active and last_recorded < @recorded and (last_activity, key) > (@after, @key)
            order by last_activity, key limit @limit
            """);
        question.Parameters.AddWithValue("active", asked.ActiveBefore.ToUniversalTime());
        question.Parameters.AddWithValue("recorded", asked.RecordedBefore.ToUniversalTime());
        question.Parameters.AddWithValue("after", asked.After?.LastActivity.ToUniversalTime() ?? DateTimeOffset.MinValue);
        question.Parameters.AddWithValue("key", asked.After is { } after ? after.Id.ToString("D", CultureInfo.InvariantCulture) : "");
        question.Parameters.AddWithValue("limit", limit);
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        var rows = new List<TRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(rowOf(reader.GetString(0)));
        return rows;
    }
}
