using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.EventStore.Postgres;

/// <summary>The store on PostgreSQL, in Marten's tables; see <see cref="IEventStore"/> for what it promises.</summary>
public sealed partial class PostgresEventStore : IEventStore
{
    private readonly NpgsqlDataSource source;
    private readonly EventStoreOptions options;
    private readonly EventCodec codec;
    private readonly AesGcmSealer? sealer;
    private readonly StoreSql sql;
    private readonly AppendEncoder encoder;
    private readonly PlainAppend plain;
    private readonly AppendBatch batches;
    private readonly AppendQueue queue;
    private readonly LogCopy log;

    /// <param name="source">A pool made by <see cref="StoreDataSource"/>.</param>
    /// <param name="options">The store's schemas.</param>
    /// <param name="codec">Events to JSON and back.</param>
    /// <param name="sealer">Seals personal members; null when no event has any.</param>
    /// <param name="inlineViews">Views written in the append's own transaction.</param>
    public PostgresEventStore(
        NpgsqlDataSource source,
        EventStoreOptions options,
        EventCodec codec,
        AesGcmSealer? sealer = null,
        IReadOnlyList<IInlineView>? inlineViews = null)
    {
        (this.source, this.options, this.codec, this.sealer) = (source, options, codec, sealer);
        sql = new StoreSql(options);
        encoder = new AppendEncoder(codec, inlineViews ?? []);
        var statements = new AppendStatements(sql);
        (plain, batches) = (new PlainAppend(options, sql, statements), new AppendBatch(options, sql, statements));
        queue = new AppendQueue(WriteTogetherAsync);
        log = new LogCopy(source, sql, codec);
    }

    /// <summary>Pulses after every append of this process.</summary>
    public LogSignal Appended { get; } = new();

    private StatementText.Binding Statement(string name) => sql.Text($"Postgres.Statements.{name}").Bind();
}
