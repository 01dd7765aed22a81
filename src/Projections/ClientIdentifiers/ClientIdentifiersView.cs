using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Erasure;
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
    public const string ViewName = "client_identifiers";

    /// <summary>Broken when the number belongs to another client.</summary>
    public const string OneClientPerNumber = "client_identifiers_one_person";

    private readonly string table = $"{options.ViewsSchema}.client_identifiers";

    public string Name => ViewName;

    public string TablesSql => $"""
        create table if not exists {table} (
          tenant_id text collate "C" not null,
          mark bytea not null,
          client_id uuid not null,
          identifier_id uuid not null,
          names_one_person boolean not null,
          sealed_under uuid,
          constraint client_identifiers_pkey primary key (tenant_id, identifier_id)
        );
        alter table {table} add column if not exists sealed_under uuid;
        create unique index if not exists {OneClientPerNumber} on {table} (tenant_id, mark) where names_one_person;
        create index if not exists client_identifiers_mark on {table} (tenant_id, mark)
        """;

    public IReadOnlyList<string> Tables => [table];

    /// <returns>The mark of a number within its system.</returns>
    public byte[] MarkOf(string tenantId, IdentifierSystem system, string value) =>
        marks.MarkOf(tenantId, $"identifier/{ViewText.Of(system)}", ExternalIdentifier.Normalise(value));

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        switch (appended.Data)
        {
            case ExternalIdentifierLinked e when TryMark(appended.TenantId, e) is { } mark:
                var linked = new NpgsqlBatchCommand(
                    $"insert into {table} (tenant_id, mark, client_id, identifier_id, names_one_person, sealed_under) values (@tenant, @mark, @client, @identifier, @one_person, @subject)");
                linked.Parameters.AddWithValue("tenant", appended.TenantId);
                linked.Parameters.AddWithValue("mark", mark);
                linked.Parameters.AddWithValue("subject", SealedToken.Parse(e.Value.Token!).SubjectId);
                linked.Parameters.AddWithValue("client", e.ClientId);
                linked.Parameters.AddWithValue("identifier", e.IdentifierId);
                linked.Parameters.AddWithValue("one_person", ExternalIdentifier.NamesOnePerson(e.System));
                yield return linked;
                break;
            case ExternalIdentifierUnlinked e:
                var unlinked = new NpgsqlBatchCommand($"delete from {table} where tenant_id = @tenant and identifier_id = @identifier");
                unlinked.Parameters.AddWithValue("tenant", appended.TenantId);
                unlinked.Parameters.AddWithValue("identifier", e.IdentifierId);
                yield return unlinked;
                break;
            case ExpunctionApplied e:
                var erased = new NpgsqlBatchCommand(
                    $"delete from {table} where tenant_id = @tenant and client_id = @client and coalesce(sealed_under, client_id) = any (@subjects)");
                erased.Parameters.AddWithValue("tenant", appended.TenantId);
                erased.Parameters.AddWithValue("client", e.ClientId);
                erased.Parameters.AddWithValue("subjects", e.Subjects.ToArray());
                yield return erased;
                break;
        }
    }

    /// <returns>Null when the number is erased, or damaged: a rebuild then leaves out what the erasure took away.</returns>
    private byte[]? TryMark(string tenantId, ExternalIdentifierLinked linked) =>
        SealedJson.Readable(() => MarkOf(tenantId, linked.System, sealer.Open(tenantId, linked.Value)));

    /// <returns>The clients with that number: one at most for a number that names one person, several of one court case.</returns>
    public async Task<IReadOnlyList<Guid>> FindAsync(
        NpgsqlDataSource source, string tenantId, IdentifierSystem system, string value, CancellationToken cancellation)
    {
        await using var question = new TenantQuestion(
            source, tenantId, $"select client_id from {table} where tenant_id = @tenant and mark = @mark order by client_id limit 100");
        question.Parameters.AddWithValue("mark", MarkOf(tenantId, system, value));
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        var clients = new List<Guid>();
        while (await reader.ReadAsync(cancellation))
            clients.Add(reader.GetGuid(0));
        return clients;
    }
}
