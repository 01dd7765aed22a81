using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Storage;
using Npgsql;

namespace CaseFlow.Integration.EventStore;

/// <summary>Each visit number once per tenant.</summary>
public sealed class VisitNumbers : IInlineView
{
    public const string Constraint = "uq_visit_numbers";

    public string Name => "visit-numbers";

    public string TablesSql => """
        create table if not exists {views}.visit_numbers (
            tenant_id varchar not null, number int not null, version bigint, constraint uq_visit_numbers unique (tenant_id, number))
        """;

    public IReadOnlyList<string> Tables => ["visit_numbers"];

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        if (appended.Data is not VisitNoted visit)
            yield break;
        var row = new NpgsqlBatchCommand("insert into views.visit_numbers (tenant_id, number, version) values (@tenant, @number, @version)");
        row.Parameters.AddWithValue("tenant", appended.TenantId);
        row.Parameters.AddWithValue("number", visit.Number);
        row.Parameters.AddWithValue("version", appended.Version!.Value);
        yield return row;
    }
}

/// <summary>Names as tokens, found by blind mark.</summary>
public sealed class NamesFound(ISealer sealer, BlindIndex blindIndex) : IInlineView
{
    public string Name => "names-found";

    public string TablesSql => "create table if not exists {views}.names_found (mark bytea not null, token text not null)";

    public IReadOnlyList<string> Tables => ["names_found"];

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        if (appended.Data is not PersonNamed named)
            yield break;
        var row = new NpgsqlBatchCommand("insert into views.names_found (mark, token) values (@mark, @token)");
        row.Parameters.AddWithValue("mark", blindIndex.MarkOf(appended.TenantId, "name", sealer.Open(appended.TenantId, named.Name)));
        row.Parameters.AddWithValue("token", named.Name.Token!);
        yield return row;
    }
}

/// <summary>Holds every append back, after it has drawn its sequence number, until the test lets go of a lock.</summary>
public sealed class HeldBack(bool fails) : IInlineView
{
    public const string Lock = "pg_advisory_xact_lock(4711)";

    public string Name => "held-back";

    public string TablesSql => "";

    public IReadOnlyList<string> Tables => [];

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        yield return new NpgsqlBatchCommand($"select {Lock}");
        if (fails)
            yield return new NpgsqlBatchCommand("select 1 / 0");
    }
}
