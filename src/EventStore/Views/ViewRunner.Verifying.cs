namespace CaseFlow.EventStore.Views;

public sealed partial class ViewRunner
{
    /// <summary>
    /// Moves one view as far as it goes, and only forward: a view of another version is left as it is, and one that stands
    /// still stays where it is.
    /// </summary>
    /// <remarks>For a verification; whatever was left behind is its verdict. Beside a running runner it does no harm.</remarks>
    /// <param name="view">The view.</param>
    /// <param name="cancellation">Ends the work; what was begun is given up whole.</param>
    public async Task MoveAsync(IView view, CancellationToken cancellation = default)
    {
        await new ViewTables(source, options).CreateAsync([view], cancellation);
        if (await VersionOfAsync(view, cancellation) != view.Version)
            return;
        var ends = new List<(string TenantId, long Position)>();
        await using (var command = source.CreateCommand(sql["log_ends"]))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
                ends.Add((row.GetString(0), row.GetInt64(1)));
        }

        foreach (var (tenantId, end) in ends)
        {
            try
            {
                await CatchUpAsync(new ViewWork(view, tenantId, 0), options.PageSize, end, cancellation);
            }
            catch (ViewFailedException stopped) when (stopped.TenantId == tenantId)
            {
                // It stands still for this tenant; the others are moved, and the verdict names it.
            }
        }
    }
}
