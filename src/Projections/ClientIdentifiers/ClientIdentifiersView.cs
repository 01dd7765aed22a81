using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.Storage;
using Npgsql;

namespace CaseFlow.Projections.ClientIdentifiers;

/// <summary>
/// Finds a client by an external identifier. Inline, because a number may belong to one client only, and the second
/// registration must fail in its own transaction; the rows hold keyed marks, never the number. Whose number an order seals counts for nobody there, and what
/// victim services told for them alone: a refusal would tell that somebody has it whom no search finds. Each link has a row of its own, because one number of one client may be told
/// twice, by whom the first is hidden from.
/// </summary>
public sealed class ClientIdentifiersView(EventStoreOptions options, Func<Type, string> storedName, ISealer sealer, BlindIndex marks) : IInlineView
{
    public const string ViewName = "client_identifiers";

    /// <summary>Broken when the number belongs to another client.</summary>
    public const string OneClientPerNumber = "client_numbers_one_person";

    private readonly string linkedName = storedName(typeof(ExternalIdentifierLinked));
    private readonly string table = $"{options.ViewsSchema}.client_number_links";
    private readonly string seals = $"{options.ViewsSchema}.client_numbers_seals";
    private readonly string claims = $"{options.ViewsSchema}.client_numbers_claims";

    public string Name => ViewName;

    public string TablesSql => $"""
        create table if not exists {table} (
          tenant_id text collate "C" not null,
          mark bytea not null,
          client_id uuid not null,
          identifier_id uuid not null,
          names_one_person boolean not null,
          event_id uuid not null,
          sealed_under uuid not null,
          goes_with uuid not null,
          of_victims boolean not null,
          agency_id text collate "C" null,
          constraint client_number_links_pkey primary key (tenant_id, event_id)
        );
        create index if not exists client_number_links_mark on {table} (tenant_id, mark);
        create index if not exists client_number_links_identifier on {table} (tenant_id, identifier_id);
        create table if not exists {seals} (
          tenant_id text collate "C" not null,
          order_id uuid not null,
          subject uuid not null,
          constraint client_numbers_seals_pkey primary key (tenant_id, subject, order_id)
        );
        create table if not exists {claims} (
          tenant_id text collate "C" not null,
          mark bytea not null,
          constraint {OneClientPerNumber} primary key (tenant_id, mark)
        )
        """;

    public IReadOnlyList<string> Tables => [table, seals, claims];

    /// <summary>They kept one client for a number by an index, and one row for a number of a client, and knew nothing of what is sealed, or of victim services.</summary>
    public IReadOnlyList<string> Replaces => [$"{options.ViewsSchema}.client_identifiers", $"{options.ViewsSchema}.client_numbers"];

    internal string Table => table;

    /// <returns>The mark of a number within its system.</returns>
    public byte[] MarkOf(string tenantId, IdentifierSystem system, string value) =>
        marks.MarkOf(tenantId, $"identifier/{ViewText.Of(system)}", ExternalIdentifier.Normalise(value));

    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended) => appended.Data switch
    {
        ExternalIdentifierLinked e when TryMark(appended.TenantId, e) is { } mark => Linked(appended, e, mark),
        ExternalIdentifierUnlinked e =>
            [Command($"delete from {table} where tenant_id = @tenant and identifier_id = @identifier", appended, ("identifier", e.IdentifierId))],
        SealingOrdered e =>
        [
            Command(
                $"insert into {seals} (tenant_id, order_id, subject) select @tenant, @order, t.subject from unnest(@subjects) as t (subject) on conflict do nothing",
                appended, ("order", e.OrderId), ("subjects", SealedClasses.SubjectsOf(e.ClientId, e.Scope).ToArray())),
        ],
        // Its labels say which class it goes with, whatever key it was sealed under, and whether it is victim services'.
        EventLabelsCorrected e when e.CorrectedKind == linkedName =>
        [
            Command(
                $"update {table} set goes_with = @subject, of_victims = @victims where tenant_id = @tenant and event_id = @event",
                appended, ("subject", SealedClasses.SubjectOf(e.ClientId, e.Labels)), ("victims", IsOfVictims(e.Labels)), ("event", e.CorrectedEventId)),
        ],
        SealingLifted e => [Unsealed(appended, e.OrderId)],
        ExpunctionApplied e =>
        [
            Command(
                $"delete from {table} where tenant_id = @tenant and client_id = @client and (sealed_under = any (@subjects) or goes_with = any (@subjects))",
                appended, ("client", e.ClientId), ("subjects", e.Subjects.ToArray())),
            Unsealed(appended, e.OrderId),
        ],
        _ => [],
    };

    /// <summary>
    /// A number that names one person is claimed until the append ends: whoever links the same one waits, and then sees this row. The claim comes in a statement of
    /// its own, because what a statement sees is settled before it waits. A second claim, in the name of whoever has the number, breaks the constraint. What is
    /// recorded was let in once, so it is replayed without asking: the log may show a sealing after a number that was let in by it.
    /// </summary>
    private IEnumerable<NpgsqlBatchCommand> Linked(InlineEvent appended, ExternalIdentifierLinked e, byte[] mark)
    {
        var about = appended.Headers as Circumstances;
        var isClaimed = !appended.IsReplayed && ExternalIdentifier.NamesOnePerson(e.System);
        if (isClaimed)
        {
            yield return Command($"insert into {claims} (tenant_id, mark) values (@tenant, @mark)", appended, ("mark", mark));
            yield return Command(
                $"""
                insert into {claims} (tenant_id, mark)
                select i.tenant_id, i.mark from {table} i
                where i.tenant_id = @tenant and i.mark = @mark and i.names_one_person and i.client_id <> @client
                  and not exists (select from {seals} s where s.tenant_id = i.tenant_id and s.subject in (i.sealed_under, i.goes_with))
                  and (not i.of_victims or i.agency_id = @agency)
                """,
                appended, ("mark", mark), ("client", e.ClientId), ("agency", Text(about?.Owner())));
        }

        yield return Command(
            $"""
            insert into {table} (tenant_id, mark, client_id, identifier_id, names_one_person, event_id, sealed_under, goes_with, of_victims, agency_id)
            values (@tenant, @mark, @client, @identifier, @one_person, @event, @subject, @subject, @victims, @agency)
            on conflict do nothing
            """,
            appended, ("mark", mark), ("client", e.ClientId), ("identifier", e.IdentifierId), ("one_person", ExternalIdentifier.NamesOnePerson(e.System)),
            ("event", appended.EventId), ("subject", SealedToken.Parse(e.Value.Token!).SubjectId),
            ("victims", IsOfVictims(about?.Labels ?? [])), ("agency", Text(about?.Owner())));
        if (isClaimed)
            yield return Command($"delete from {claims} where tenant_id = @tenant and mark = @mark", appended, ("mark", mark));
    }

    private NpgsqlBatchCommand Unsealed(InlineEvent appended, Guid orderId) =>
        Command($"delete from {seals} where tenant_id = @tenant and order_id = @order", appended, ("order", orderId));

    private static bool IsOfVictims(IReadOnlyList<string> labels) => labels.Contains(Label.Victim.Code(), StringComparer.Ordinal);

    private static object Text(string? text) => (object?)text ?? DBNull.Value;

    private static NpgsqlBatchCommand Command(string sql, InlineEvent appended, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddWithValue("tenant", appended.TenantId);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    /// <returns>Null when the number is erased, or damaged: a rebuild then leaves out what the erasure took away.</returns>
    private byte[]? TryMark(string tenantId, ExternalIdentifierLinked linked) =>
        SealedJson.Readable(() => MarkOf(tenantId, linked.System, sealer.Open(tenantId, linked.Value)));

    /// <returns>
    /// The clients with that number, sealed or not: several of one court case; for a number that names one person, one, and those whose record was sealed when
    /// another was given it.
    /// </returns>
    public async Task<IReadOnlyList<Guid>> FindAsync(
        NpgsqlDataSource source, string tenantId, IdentifierSystem system, string value, CancellationToken cancellation)
    {
        await using var question = new TenantQuestion(
            source, tenantId, $"select distinct client_id from {table} where tenant_id = @tenant and mark = @mark order by client_id limit 100");
        question.Parameters.AddWithValue("mark", MarkOf(tenantId, system, value));
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        var clients = new List<Guid>();
        while (await reader.ReadAsync(cancellation))
            clients.Add(reader.GetGuid(0));
        return clients;
    }
}
