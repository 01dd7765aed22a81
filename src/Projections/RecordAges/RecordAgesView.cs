using System.Globalization;
using System.Text.Json.Serialization;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.Projections.RecordAges;

/// <summary>How old a client's record is, and where all of it is.</summary>
/// <param name="Age">What the log tells.</param>
/// <param name="Streams">The streams that hold facts about this client alone, in the order they began.</param>
public sealed record RecordAgeRow(Guid ClientId, RecordAge Age, IReadOnlyList<Guid> Streams)
{
    /// <summary>Somebody opened the record; else somebody only told of an id that is nobody's.</summary>
    [JsonIgnore]
    public bool IsOfAClient => Streams.Contains(ClientId);
}

/// <summary>
/// Every client's record by when something last happened with them: where the end of a period is looked for. Async, because it joins all of a record;
/// for now only, because what a record's age once was tells nobody anything.
/// </summary>
public sealed class RecordAgesView : TableView<RecordAgeRow>
{
    public const string ViewName = "record_ages";

    public override string Name => ViewName;

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<RecordAgeRow>> Columns { get; } =
    [
        ViewColumn<RecordAgeRow>.Flag("erased", row => row.Age.IsErased),
        ViewColumn<RecordAgeRow>.Instant("last_activity", row => row.Age.LastActivityAt ?? row.Age.LastRecordedAt),
        ViewColumn<RecordAgeRow>.Instant("last_recorded", row => row.Age.LastRecordedAt),
    ];

    public override IReadOnlyList<IReadOnlyList<string>> Indexes => [["erased", "last_activity"]];

    internal RecordAgeRow RowOf(string json) => System.Text.Json.JsonSerializer.Deserialize<RecordAgeRow>(json, Json)!;

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) =>
        recorded.Data is IClientEvent { ClientId: { } clientId } and not (NoticeEvent or ConsentNoticeEvent) ? [KeyOf(clientId)] : [];

    protected override RecordAgeRow? Evolve(RecordAgeRow? row, string key, RecordedEvent recorded)
    {
        var fact = (DomainEvent)recorded.Data;
        var known = row ?? new RecordAgeRow(Guid.Parse(key), RecordAge.None, []);
        var age = RecordAge.After(known.Age, fact, recorded.RecordedAt, (recorded.Headers as Circumstances)?.Labels ?? []);
        var isNew = RecordAge.IsInOwnStream(fact) && !known.Streams.Contains(recorded.StreamId);
        // What the system told of somebody before anything else was applied is no record.
        return row is null && age == RecordAge.None && !isNew
            ? null
            : known with { Age = age, Streams = isNew ? [.. known.Streams, recorded.StreamId] : known.Streams };
    }

    internal static string KeyOf(Guid clientId) => clientId.ToString("D", CultureInfo.InvariantCulture);
}

/// <summary>The questions of the ages of records.</summary>
public static class RecordAgesQueries
{
    /// <returns>At most so many records that are not erased, the oldest first.</returns>
    public static Task<IReadOnlyList<RecordAgeRow>> OldestAsync(
        NpgsqlDataSource source, EventStoreOptions options, RecordAgesView view, OldestAsked asked, int limit, CancellationToken cancellation) =>
        AgesQueries.OldestAsync(source, options, RecordAgesView.ViewName, "erased", view.RowOf, asked, limit, cancellation);

    /// <returns>The rows of some clients, by client; those of whom nothing is recorded have none.</returns>
    public static async Task<IReadOnlyDictionary<Guid, RecordAgeRow>> OfAsync(
        NpgsqlDataSource source, EventStoreOptions options, RecordAgesView view, string tenantId, IReadOnlyCollection<Guid> clients, CancellationToken cancellation)
    {
        await using var question = new TenantQuestion(
            source, tenantId, $"select row::text from {options.ViewsSchema}.{RecordAgesView.ViewName} where tenant_id = @tenant and key = any(@keys)");
        question.Parameters.AddWithValue("keys", clients.Select(RecordAgesView.KeyOf).ToArray());
        await using var reader = await question.ExecuteReaderAsync(cancellation);
        var rows = new Dictionary<Guid, RecordAgeRow>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = view.RowOf(reader.GetString(0));
            rows[row.ClientId] = row;
        }

        return rows;
    }
}
