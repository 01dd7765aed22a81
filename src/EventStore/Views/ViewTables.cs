using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>Creates the tables of async views; safe to repeat, and with several nodes at once.</summary>
public sealed class ViewTables(NpgsqlDataSource source, ViewOptions? options = null)
{
    private readonly ViewSql sql = new(options ?? new());

    /// <summary>
    /// Creates what is missing. A view stored at another version keeps its tables: an older one is rebuilt by the runner, a
    /// newer one belongs to a newer program.
    /// </summary>
    public async Task CreateAsync(IReadOnlyList<IView> views, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.RunAsync(sql["lock_tables"], cancellation);
        await connection.RunAsync(sql["name_views_alone"], cancellation);
        foreach (var view in views)
        {
            await using var find = new NpgsqlCommand(sql["version_of_view"], connection).With("name", view.Name);
            if (await find.ExecuteScalarAsync(cancellation) is int stored && stored != view.Version)
                continue;
            await connection.RunAsync(view.TablesSql, cancellation);
            foreach (var table in view is ISharedTableView ? [] : view.Tables)
                await connection.RunAsync(sql.WallOff(sql.InViews(table)), cancellation);
            await using var create = new NpgsqlCommand(sql["create_view"], connection).With("name", view.Name).With("version", view.Version);
            await create.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }
}
