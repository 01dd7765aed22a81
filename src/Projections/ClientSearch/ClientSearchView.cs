using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Supervision;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Storage;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.Projections.ClientSearch;

/// <summary>
/// Finds clients by what people remember of them. The rows hold keyed marks, never a word; beside them stands who reaches the client, so
/// that those whom the asker does not reach take no place in an answer. Inline: what was registered a moment ago must be found, or the
/// same person is registered twice; and what is erased is gone from the index in the transaction that erases it.
/// </summary>
public sealed class ClientSearchView(EventStoreOptions options, ISealer sealer, BlindIndex marks) : IInlineView
{
    public const string ViewName = "client_search";

    private readonly string table = $"{options.ViewsSchema}.client_search_terms";
    private readonly string holders = $"{options.ViewsSchema}.client_search_holders";
    private readonly string apart = $"{options.ViewsSchema}.client_search_apart";

    public string Name => ViewName;

    public string TablesSql => $"""
        create table if not exists {table} (
          tenant_id text collate "C" not null,
          client_id uuid not null,
          kind text collate "C" not null,
          mark bytea not null,
          sealed_under uuid,
          constraint client_search_terms_pkey primary key (tenant_id, client_id, kind, mark)
        );
        create index if not exists client_search_terms_mark on {table} (tenant_id, mark);
        create table if not exists {holders} (
          tenant_id text collate "C" not null,
          client_id uuid not null,
          registered_by text collate "C",
          agency_id text collate "C",
          office_id text collate "C",
          agent_id text collate "C",
          constraint client_search_holders_pkey primary key (tenant_id, client_id)
        );
        create table if not exists {apart} (
          tenant_id text collate "C" not null,
          client_id uuid not null,
          other_id uuid not null,
          constraint client_search_apart_pkey primary key (tenant_id, client_id, other_id)
        )
        """;

    public IReadOnlyList<string> Tables => [table, holders, apart];

    /// <summary>It held no part of a name as one word.</summary>
    public IReadOnlyList<string> Replaces => [$"{options.ViewsSchema}.client_search"];

    internal string Table => table;

    internal string Holders => holders;

    /// <summary>Pairs that are not proposed as one person any more.</summary>
    internal string Apart => apart;

    /// <returns>The keyed mark of a term.</returns>
    public byte[] MarkOf(string tenantId, SearchTerm term) => marks.MarkOf(tenantId, $"search/{ViewText.Of(term.Kind)}", term.Value);

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended) => appended.Data switch
    {
        ClientRegistered e => [Holder(
            $"insert into {holders} (tenant_id, client_id, registered_by) values (@tenant, @client, @agency) on conflict (tenant_id, client_id) do update set registered_by = excluded.registered_by",
            appended, e.ClientId, ("agency", e.RegisteredByAgency))],
        ClientNameRecorded e => Found(appended, e.ClientId, e.GivenName, () => SearchTerm.OfName(Open(appended, e.GivenName), Open(appended, e.FamilyName))),
        AliasAdded e => Found(appended, e.ClientId, e.Alias, () => SearchTerm.OfAlias(Open(appended, e.Alias))),
        // Another birth date takes the place of the one before; an earlier name is still somebody's name.
        BirthDateRecorded e =>
        [
            Forget(appended, e.ClientId, SearchKind.BirthDate, SearchKind.BirthYear),
            .. Found(appended, e.ClientId, e.BornOn, () => SearchTerm.OfBirth(Open(appended, e.BornOn))),
        ],
        DuplicateDismissed e => [Dismissed(appended, e)],
        ExpunctionApplied e => [Erased(appended, e)],
        SupervisionStarted e => [Supervised(appended, e.ClientId, e.AgencyId, e.OfficeId, agentId: null)],
        AgentAssigned e => [Supervised(appended, e.ClientId, e.AgencyId, e.OfficeId, e.AgentId)],
        AgentReassigned e => [Supervised(appended, e.ClientId, e.AgencyId, e.OfficeId, e.AgentId)],
        SupervisionEnded e => [Supervised(appended, e.ClientId, agencyId: null, officeId: null, agentId: null)],
        _ => [],
    };

    private string Open(InlineEvent appended, Sealed<string> content) => sealer.Open(appended.TenantId, content);

    /// <summary>
    /// A rebuild meets events whose key was destroyed, or whose words are damaged: nobody is found by what nobody can read. What is told of the record, and not of a class alone, stays
    /// when the class goes, whichever was told first.
    /// </summary>
    private NpgsqlBatchCommand[] Found(InlineEvent appended, Guid clientId, Sealed<string> content, Func<IReadOnlyList<SearchTerm>> terms)
    {
        if (SealedJson.Readable(terms) is not { } found)
            return [];
        var command = Command(
            $"""
            insert into {table} (tenant_id, client_id, kind, mark, sealed_under)
            select distinct @tenant, @client, t.kind, t.mark, @subject from unnest(@kinds, @marks) as t (kind, mark)
            on conflict (tenant_id, client_id, kind, mark) do update set sealed_under = excluded.sealed_under where excluded.sealed_under = excluded.client_id
            """,
            appended, clientId);
        command.Parameters.AddWithValue("kinds", found.Select(term => ViewText.Of(term.Kind)).ToArray());
        command.Parameters.AddWithValue("marks", found.Select(term => MarkOf(appended.TenantId, term)).ToArray());
        command.Parameters.AddWithValue("subject", SealedToken.Parse(content.Token!).SubjectId);
        return [command];
    }

    /// <summary>What was sealed under the keys that go; the rest of the record is found as before.</summary>
    private NpgsqlBatchCommand Erased(InlineEvent appended, ExpunctionApplied e)
    {
        var command = Command(
            $"delete from {table} where tenant_id = @tenant and client_id = @client and coalesce(sealed_under, client_id) = any(@subjects)", appended, e.ClientId);
        command.Parameters.AddWithValue("subjects", e.Subjects.ToArray());
        return command;
    }

    private NpgsqlBatchCommand Forget(InlineEvent appended, Guid clientId, params SearchKind[] kinds)
    {
        var command = Command($"delete from {table} where tenant_id = @tenant and client_id = @client and kind = any(@kinds)", appended, clientId);
        command.Parameters.AddWithValue("kinds", kinds.Select(ViewText.Of).ToArray());
        return command;
    }

    private NpgsqlBatchCommand Dismissed(InlineEvent appended, DuplicateDismissed e)
    {
        var command = Command(
            $"insert into {apart} (tenant_id, client_id, other_id) values (@tenant, @client, @other) on conflict do nothing", appended, e.ClientId);
        command.Parameters.AddWithValue("other", e.OtherClientId);
        return command;
    }

    private NpgsqlBatchCommand Supervised(InlineEvent appended, Guid clientId, string? agencyId, string? officeId, string? agentId) => Holder(
        $"""
        insert into {holders} (tenant_id, client_id, agency_id, office_id, agent_id) values (@tenant, @client, @agency, @office, @agent)
        on conflict (tenant_id, client_id) do update
        set agency_id = excluded.agency_id, office_id = excluded.office_id, agent_id = excluded.agent_id
        """,
        appended, clientId, ("agency", agencyId), ("office", officeId), ("agent", agentId));

    private static NpgsqlBatchCommand Holder(string sql, InlineEvent appended, Guid clientId, params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var command = Command(sql, appended, clientId);
        foreach (var (name, value) in values)
            command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Text) { Value = (object?)value ?? DBNull.Value });
        return command;
    }

    private static NpgsqlBatchCommand Command(string sql, InlineEvent appended, Guid clientId)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddWithValue("tenant", appended.TenantId);
        command.Parameters.AddWithValue("client", clientId);
        return command;
    }
}
