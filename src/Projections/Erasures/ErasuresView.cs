using CaseFlow.Domain.Erasure;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.Erasures;

/// <summary>
/// Which orders about records there are and how far each has come: ordered, lifted, applied, its keys destroyed; and which holds, in force or released.
/// Inline, because a program that was killed on the way must find them at its start, before views have moved, and what is held is held at once.
/// </summary>
public sealed class ErasuresView(EventStoreOptions options) : IInlineView
{
    public const string ViewName = "erasures";

    private readonly string table = $"{options.ViewsSchema}.orders_and_holds";

    public string Name => ViewName;

    public string TablesSql => $"""
        create table if not exists {table} (
          tenant_id text collate "C" not null,
          order_id uuid not null,
          client_id uuid not null,
          step text collate "C" not null,
          constraint orders_and_holds_pkey primary key (tenant_id, order_id)
        )
        """;

    public IReadOnlyList<string> Tables => [table];

    /// <summary>The first knew erasures and nothing of what is sealed only, the second nothing of holds.</summary>
    public IReadOnlyList<string> Replaces => [$"{options.ViewsSchema}.erasures", $"{options.ViewsSchema}.erasure_orders"];

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        switch (appended.Data)
        {
            case SealingOrdered e:
                yield return Row("insert into {0} (tenant_id, order_id, client_id, step) values (@tenant, @order, @client, 'ordered')", appended.TenantId, e.OrderId, e.ClientId);
                break;
            case SealingLifted e:
                yield return Row("update {0} set step = 'lifted' where tenant_id = @tenant and order_id = @order and client_id = @client", appended.TenantId, e.OrderId, e.ClientId);
                break;
            case ExpunctionApplied e:
                yield return Row(
                    "insert into {0} (tenant_id, order_id, client_id, step) values (@tenant, @order, @client, 'applied') on conflict (tenant_id, order_id) do update set step = 'applied'",
                    appended.TenantId, e.OrderId, e.ClientId);
                break;
            case KeyDestroyed e:
                yield return Row("update {0} set step = 'destroyed' where tenant_id = @tenant and order_id = @order and client_id = @client", appended.TenantId, e.OrderId, e.ClientId);
                break;
            case LegalHoldPlaced e:
                yield return Row("insert into {0} (tenant_id, order_id, client_id, step) values (@tenant, @order, @client, 'held')", appended.TenantId, e.HoldId, e.ClientId);
                break;
            case LegalHoldReleased e:
                yield return Row("update {0} set step = 'released' where tenant_id = @tenant and order_id = @order and client_id = @client", appended.TenantId, e.HoldId, e.ClientId);
                break;
        }
    }

    /// <returns>Clients with an erasure that was recorded and not ended, or that is not among those listed.</returns>
    public Task<IReadOnlyList<(string TenantId, Guid ClientId)>> UnfinishedAsync(
        NpgsqlDataSource source, IReadOnlyCollection<(string TenantId, Guid OrderId)> listed, CancellationToken cancellation) => ClientsAsync(
        source, "step = 'applied' or (step = 'destroyed' and (tenant_id, order_id) not in (select * from unnest(@tenants, @orders)))", listed, cancellation);

    /// <returns>Everything of a jurisdiction that a hold in force keeps: clients, and overdoses by themselves.</returns>
    public async Task<IReadOnlySet<Guid>> HeldAsync(NpgsqlDataSource source, string tenantId, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select client_id from {table} where tenant_id = @tenant and step = 'held'");
        command.Parameters.AddWithValue("tenant", tenantId);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
            found.Add(reader.GetGuid(0));
        return found;
    }

    /// <returns>Clients with an order that seals and is not among those listed.</returns>
    public Task<IReadOnlyList<(string TenantId, Guid ClientId)>> SealedAsync(
        NpgsqlDataSource source, IReadOnlyCollection<(string TenantId, Guid OrderId)> listed, CancellationToken cancellation) => ClientsAsync(
        source, "step = 'ordered' and (tenant_id, order_id) not in (select * from unnest(@tenants, @orders))", listed, cancellation);

    /// <returns>Clients with an order that was lifted and is among those asked for.</returns>
    public Task<IReadOnlyList<(string TenantId, Guid ClientId)>> LiftedAsync(
        NpgsqlDataSource source, IReadOnlyCollection<(string TenantId, Guid OrderId)> asked, CancellationToken cancellation) => ClientsAsync(
        source, "step = 'lifted' and (tenant_id, order_id) in (select * from unnest(@tenants, @orders))", asked, cancellation);

    /// <summary>Which of some orders are recorded.</summary>
    /// <param name="source">Where to ask.</param>
    /// <param name="asked">The orders.</param>
    /// <param name="isApplied">Only those that are carried out.</param>
    /// <param name="cancellation">Ends the question.</param>
    public Task<IReadOnlySet<(string TenantId, Guid OrderId)>> RecordedAsync(
        NpgsqlDataSource source, IReadOnlyCollection<(string TenantId, Guid OrderId)> asked, bool isApplied, CancellationToken cancellation) =>
        OrdersAsync(source, isApplied ? "step in ('applied', 'destroyed')" : "true", asked, cancellation);

    /// <returns>Which of some orders seal a record: neither lifted nor carried out.</returns>
    public Task<IReadOnlySet<(string TenantId, Guid OrderId)>> StandingAsync(
        NpgsqlDataSource source, IReadOnlyCollection<(string TenantId, Guid OrderId)> asked, CancellationToken cancellation) =>
        OrdersAsync(source, "step = 'ordered'", asked, cancellation);

    private async Task<IReadOnlySet<(string TenantId, Guid OrderId)>> OrdersAsync(
        NpgsqlDataSource source, string condition, IReadOnlyCollection<(string TenantId, Guid OrderId)> asked, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            $"select tenant_id, order_id from {table} where (tenant_id, order_id) in (select * from unnest(@tenants, @orders)) and {condition}");
        command.Parameters.AddWithValue("tenants", asked.Select(one => one.TenantId).ToArray());
        command.Parameters.AddWithValue("orders", asked.Select(one => one.OrderId).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new HashSet<(string, Guid)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetString(0), reader.GetGuid(1)));
        return found;
    }

    private async Task<IReadOnlyList<(string TenantId, Guid ClientId)>> ClientsAsync(
        NpgsqlDataSource source, string condition, IReadOnlyCollection<(string TenantId, Guid OrderId)> orders, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select distinct tenant_id, client_id from {table} where {condition}");
        command.Parameters.AddWithValue("tenants", orders.Select(one => one.TenantId).ToArray());
        command.Parameters.AddWithValue("orders", orders.Select(one => one.OrderId).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, Guid)>();
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
