using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.Erasures;

/// <summary>
/// Which erasures are recorded, and which of them have not come to their end. Inline, because a program that was killed between
/// the two must find them at its start, before views have moved.
/// </summary>
public sealed class ErasuresView(EventStoreOptions options) : IInlineView
{
    public const string ViewName = "erasures";

    private readonly string table = $"{options.ViewsSchema}.erasures";

    public string Name => ViewName;

    public string TablesSql => $"""
        create table if not exists {table} (
          tenant_id text collate "C" not null,
          order_id uuid not null,
          client_id uuid not null,
          is_complete boolean not null,
          constraint erasures_pkey primary key (tenant_id, order_id)
        );
        create index if not exists erasures_incomplete on {table} (tenant_id, client_id) where not is_complete
        """;

    public IReadOnlyList<string> Tables => [table];

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        switch (appended.Data)
        {
            case ExpunctionApplied e:
                yield return Row("insert into {0} (tenant_id, order_id, client_id, is_complete) values (@tenant, @order, @client, false)", appended.TenantId, e.OrderId, e.ClientId);
                break;
            case KeyDestroyed e:
                yield return Row("update {0} set is_complete = true where tenant_id = @tenant and order_id = @order and client_id = @client", appended.TenantId, e.OrderId, e.ClientId);
                break;
        }
    }

    /// <returns>Clients with an erasure that was recorded and not ended, or that is not among those listed.</returns>
    public async Task<IReadOnlyList<(string TenantId, Guid ClientId)>> UnfinishedAsync(
        NpgsqlDataSource source, IReadOnlyCollection<(string TenantId, Guid OrderId)> listed, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"""
            select distinct tenant_id, client_id from {table}
            where not is_complete or (tenant_id, order_id) not in (select * from unnest(@tenants, @orders))
            """);
        command.Parameters.AddWithValue("tenants", listed.Select(one => one.TenantId).ToArray());
        command.Parameters.AddWithValue("orders", listed.Select(one => one.OrderId).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, Guid)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetString(0), reader.GetGuid(1)));
        return found;
    }

    /// <returns>The orders, of those asked for, whose erasure is recorded.</returns>
    public async Task<IReadOnlySet<(string TenantId, Guid OrderId)>> RecordedAsync(
        NpgsqlDataSource source, IReadOnlyCollection<(string TenantId, Guid OrderId)> asked, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            $"select tenant_id, order_id from {table} where (tenant_id, order_id) in (select * from unnest(@tenants, @orders))");
        command.Parameters.AddWithValue("tenants", asked.Select(one => one.TenantId).ToArray());
        command.Parameters.AddWithValue("orders", asked.Select(one => one.OrderId).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new HashSet<(string, Guid)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetString(0), reader.GetGuid(1)));
        return found;
    }

    private NpgsqlBatchCommand Row(string statement, string tenantId, Guid orderId, Guid clientId)
    {
        var row = new NpgsqlBatchCommand(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, table));
        row.Parameters.AddWithValue("tenant", tenantId);
        row.Parameters.AddWithValue("order", orderId);
        row.Parameters.AddWithValue("client", clientId);
        return row;
    }
}
