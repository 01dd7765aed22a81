using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>Where views stand for a tenant and what they pass over, as it is stored: the same from every node.</summary>
public sealed class ViewStatuses(NpgsqlDataSource source, ViewOptions? options = null)
{
    private readonly ViewSql sql = new(options ?? new());

    /// <returns>One status for each view, in the order given.</returns>
    public async Task<IReadOnlyList<ViewStatus>> OfAsync(IReadOnlyList<IView> views, string tenantId, CancellationToken cancellation = default)
    {
        await using var question = new TenantQuestion(source, tenantId, sql["view_statuses"]);
        question.Parameters.AddWithValue("names", views.Select(view => view.Name).ToArray());
        await using var row = await question.ExecuteReaderAsync(cancellation);
        var statuses = new List<ViewStatus>(views.Count);
        while (await row.ReadAsync(cancellation))
        {
            var view = views[statuses.Count];
            var failure = ViewFailures.Read(row, 4, view.Name, tenantId);
            int? stored = row.IsDBNull(2) ? null : row.GetInt32(2);
            // What another version of the view stopped at is that version's: nobody can resume or skip it here.
            if (failure?.Version != view.Version)
                failure = null;
            statuses.Add(new(view.Name, row.GetInt64(1), row.GetInt64(3), StateOf(view, stored, failure), failure));
        }

        return statuses;
    }

    /// <returns>Every event of the tenant that any version of a view passes over, oldest decision first.</returns>
    public async Task<IReadOnlyList<ViewSkip>> SkipsAsync(string tenantId, CancellationToken cancellation = default)
    {
        await using var question = new TenantQuestion(source, tenantId, sql["list_skips"]);
        await using var row = await question.ExecuteReaderAsync(cancellation);
        var skips = new List<ViewSkip>();
        while (await row.ReadAsync(cancellation))
        {
            skips.Add(new(
                row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetGuid(3), row.IsDBNull(4) ? null : row.GetString(4),
                row.GetString(5), row.GetString(6), row.GetFieldValue<DateTimeOffset>(7)));
        }

        return skips;
    }

    private static ViewState StateOf(IView view, int? stored, ViewFailure? failure) =>
        failure is not null ? ViewState.Stopped
        : stored < view.Version ? ViewState.Rebuilding
        : stored > view.Version ? ViewState.Superseded
        : ViewState.Moving;
}
