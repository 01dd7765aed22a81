using CaseFlow.Domain.Disclosures;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.Projections.ClientMatters;

/// <summary>What the privacy officer has to look at or to answer about one client.</summary>
public enum MatterKind
{
    /// <summary>A record was opened in an emergency; open until it is reviewed.</summary>
    Emergency,

    /// <summary>A client asked something of the own record; open until it is answered.</summary>
    Request,
}

/// <summary>Where one matter stands.</summary>
/// <param name="StreamId">The stream that holds it; a stream of before, when those of a jurisdiction stood in one, holds others beside it.</param>
public sealed record ClientMatter(MatterKind Kind, Guid MatterId, Guid StreamId, Guid ClientId);

/// <summary>
/// Which openings in an emergency and which requests of clients there are, each in a stream of its own, and whether somebody still has to look at them or answer
/// them. Inline, because a record that was opened a moment ago must open, and what was asked a moment ago keeps it. The rows say where to read, and
/// nothing of what was said: what is in force, due or late follows from the streams.
/// </summary>
public sealed class ClientMattersView(EventStoreOptions options) : IInlineView
{
    public const string ViewName = "client_matters";

    private readonly string table = $"{options.ViewsSchema}.client_matters";

    public string Name => ViewName;

    public string TablesSql => $"""
        create table if not exists {table} (
          tenant_id text collate "C" not null,
          kind text collate "C" not null,
          matter_id uuid not null,
          stream_id uuid not null,
          client_id uuid not null,
          used_by text collate "C",
          valid_until timestamptz,
          is_open boolean not null,
          constraint client_matters_pkey primary key (tenant_id, kind, matter_id)
        );
        create index if not exists client_matters_client on {table} (tenant_id, client_id);
        create index if not exists client_matters_open on {table} (tenant_id, kind) where is_open;
        create index if not exists client_matters_used_by on {table} (tenant_id, used_by, valid_until) where used_by is not null
        """;

    public IReadOnlyList<string> Tables => [table];

    /// <summary>Left by the migration of a database that holds matters from before there was this list.</summary>
    public IReadOnlyList<string> Replaces => [$"{options.ViewsSchema}.client_matters_unlisted"];

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        switch (appended.Data)
        {
            case EmergencyAccessUsed e:
                yield return Begun(appended, MatterKind.Emergency, e.EmergencyAccessId, e.ClientId, e);
                break;
            case EmergencyAccessReviewed e:
                yield return Ended(appended, MatterKind.Emergency, e.EmergencyAccessId);
                break;
            case RecordRightsEvent e and (AccountingRequested or RecordsRequestReceived or AmendmentRequested):
                yield return Begun(appended, MatterKind.Request, e.RequestId, e.ClientId);
                break;
            case RecordRightsEvent e and not DisagreementStated:
                yield return Ended(appended, MatterKind.Request, e.RequestId);
                break;
        }
    }

    /// <returns>Where one matter stands; null for none of that id.</returns>
    public async Task<ClientMatter?> FindAsync(NpgsqlDataSource source, string tenantId, MatterKind kind, Guid matterId, CancellationToken cancellation) =>
        (await AskAsync(source, tenantId, "kind = @kind and matter_id = @matter", cancellation, Of(kind), new("matter", matterId))).SingleOrDefault();

    /// <returns>All of a kind.</returns>
    public Task<IReadOnlyList<ClientMatter>> ListAsync(NpgsqlDataSource source, string tenantId, MatterKind kind, CancellationToken cancellation) =>
        AskAsync(source, tenantId, "kind = @kind", cancellation, Of(kind));

    /// <returns>Those of a kind that nobody has looked at or answered.</returns>
    public Task<IReadOnlyList<ClientMatter>> OpenAsync(NpgsqlDataSource source, string tenantId, MatterKind kind, CancellationToken cancellation) =>
        AskAsync(source, tenantId, "kind = @kind and is_open", cancellation, Of(kind));

    /// <returns>Those of a kind about some clients.</returns>
    public Task<IReadOnlyList<ClientMatter>> AboutAsync(
        NpgsqlDataSource source, string tenantId, MatterKind kind, IReadOnlyCollection<Guid> clients, CancellationToken cancellation) =>
        AskAsync(source, tenantId, "client_id = any(@clients) and kind = @kind", cancellation, Of(kind), Clients(clients));

    /// <returns>Those of every kind about some clients that nobody has looked at or answered.</returns>
    public Task<IReadOnlyList<ClientMatter>> OpenAboutAsync(
        NpgsqlDataSource source, string tenantId, IReadOnlyCollection<Guid> clients, CancellationToken cancellation) =>
        AskAsync(source, tenantId, "client_id = any(@clients) and is_open", cancellation, Clients(clients));

    /// <returns>Emergencies in which somebody opened a record that is open to them beyond an instant.</returns>
    public Task<IReadOnlyList<ClientMatter>> OpenedByAsync(
        NpgsqlDataSource source, string tenantId, string staffId, DateTimeOffset at, CancellationToken cancellation) => AskAsync(
        source, tenantId, "used_by = @staff and valid_until > @at", cancellation, new("staff", staffId), new("at", at.ToUniversalTime()));

    private async Task<IReadOnlyList<ClientMatter>> AskAsync(
        NpgsqlDataSource source, string tenantId, string condition, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var question = new TenantQuestion(
            source, tenantId, $"select kind, matter_id, stream_id, client_id from {table} where tenant_id = @tenant and {condition}");
        foreach (var parameter in parameters)
            question.Parameters.Add(parameter);
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        var found = new List<ClientMatter>();
        while (await reader.ReadAsync(cancellation))
            found.Add(new ClientMatter(Enum.Parse<MatterKind>(reader.GetString(0)), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3)));
        return found;
    }

    private static NpgsqlParameter Of(MatterKind kind) => new("kind", $"{kind}");

    private static NpgsqlParameter Clients(IReadOnlyCollection<Guid> clients) => new("clients", clients.ToArray());

    private NpgsqlBatchCommand Begun(InlineEvent appended, MatterKind kind, Guid matterId, Guid clientId, EmergencyAccessUsed? used = null)
    {
        var row = Command(
            $"""
            insert into {table} (tenant_id, kind, matter_id, stream_id, client_id, used_by, valid_until, is_open)
            values (@tenant, @kind, @matter, @stream, @client, @staff, @until, true)
            """,
            appended, kind, matterId);
        row.Parameters.AddWithValue("stream", appended.StreamId);
        row.Parameters.AddWithValue("client", clientId);
        row.Parameters.Add(new NpgsqlParameter("staff", NpgsqlDbType.Text) { Value = (object?)used?.UsedBy ?? DBNull.Value });
        row.Parameters.Add(new NpgsqlParameter("until", NpgsqlDbType.TimestampTz) { Value = (object?)used?.ValidUntil.ToUniversalTime() ?? DBNull.Value });
        return row;
    }

    private NpgsqlBatchCommand Ended(InlineEvent appended, MatterKind kind, Guid matterId) => Command(
        $"update {table} set is_open = false where tenant_id = @tenant and kind = @kind and matter_id = @matter", appended, kind, matterId);

    private static NpgsqlBatchCommand Command(string sql, InlineEvent appended, MatterKind kind, Guid matterId)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddWithValue("tenant", appended.TenantId);
        command.Parameters.Add(Of(kind));
        command.Parameters.AddWithValue("matter", matterId);
        return command;
    }
}
