using CaseFlow.Domain.Clients;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Storage;
using Npgsql;

namespace CaseFlow.Projections.ClientIdentifiers;

/// <summary>
/// Finds a client by an external identifier. Inline, because a number may belong to one client only, and the second
/// registration must fail in its own transaction; the rows hold keyed marks, never the number.
/// </summary>
public sealed class ClientIdentifiersView(EventStoreOptions options, ISealer sealer, BlindIndex marks) : IInlineView
{
    /// <summary>Broken when the number belongs to another client.</summary>
    public const string OneClientPerNumber = "client_identifiers_pkey";

    private readonly string table = $"{options.ViewsSchema}.client_identifiers";

    public string Name => "client_identifiers";

    public string TablesSql => $"""
        create table if not exists {table} (
          tenant_id text collate "C" not null,
          mark bytea not null,
          client_id uuid not null,
          identifier_id uuid not null,
          constraint {OneClientPerNumber} primary key (tenant_id, mark)
        )
        """;

    public IReadOnlyList<string> Tables => [table];

    /// <returns>The mark of a number within its system.</returns>
    public byte[] MarkOf(string tenantId, IdentifierSystem system, string value) =>
        marks.MarkOf(tenantId, $"identifier/{ViewText.Of(system)}", value);

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        switch (appended.Data)
        {
            case ExternalIdentifierLinked e:
                var linked = new NpgsqlBatchCommand(
                    $"insert into {table} (tenant_id, mark, client_id, identifier_id) values (@tenant, @mark, @client, @identifier)");
                linked.Parameters.AddWithValue("tenant", appended.TenantId);
                linked.Parameters.AddWithValue("mark", MarkOf(appended.TenantId, e.System, sealer.Open(appended.TenantId, e.Value)));
                linked.Parameters.AddWithValue("client", e.ClientId);
                linked.Parameters.AddWithValue("identifier", e.IdentifierId);
                yield return linked;
                break;
            case ExternalIdentifierUnlinked e:
                var unlinked = new NpgsqlBatchCommand($"delete from {table} where tenant_id = @tenant and identifier_id = @identifier");
                unlinked.Parameters.AddWithValue("tenant", appended.TenantId);
                unlinked.Parameters.AddWithValue("identifier", e.IdentifierId);
                yield return unlinked;
                break;
        }
    }

    /// <returns>The client with that number, or null.</returns>
    public async Task<Guid?> FindAsync(
        NpgsqlDataSource source, string tenantId, IdentifierSystem system, string value, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select client_id from {table} where tenant_id = @tenant and mark = @mark");
        command.Parameters.AddWithValue("tenant", tenantId);
        command.Parameters.AddWithValue("mark", MarkOf(tenantId, system, value));
        return await command.ExecuteScalarAsync(cancellation) as Guid?;
    }
}
