using System.Security.Cryptography;
using System.Text;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Views;
using CaseFlow.EventStore.Views.Rebuilding;
using Npgsql;

namespace CaseFlow.EventStore.Processes;

/// <summary>
/// Follows the log for one reactor, with a checkpoint like a view's. Messages go into the outbox in the transaction that
/// moves the checkpoint. Facts are appended before it, under ids that follow from reactor, event and place: whoever dies in
/// between appends them again afterwards, and the store knows them as its own.
/// </summary>
public sealed class ReactorFollower(IReactor reactor, IEventStore store, ViewOptions? options = null) : ISharedTableView
{
    private readonly StoreSql sql = new((options ?? new()).Store);

    /// <inheritdoc/>
    public string Name => reactor.Name;

    /// <inheritdoc/>
    public int Version => reactor.Version;

    /// <summary>Few: each may be an append of its own, and the page's transaction stands still meanwhile.</summary>
    public int MostAtOnce => 20;

    /// <summary>None: the outbox belongs to the store's own schema.</summary>
    public string TablesSql => "select 1";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => [];

    /// <summary>Itself: it has no rows that could be kept beside, and an effect that was had before is recognised.</summary>
    public ISharedTableView Aside => this;

    /// <summary>Nothing: effects are not rows, and verifying must not have any.</summary>
    ComparedRows? ISharedTableView.Compared => null;

    /// <inheritdoc/>
    public Task TakePlaceAsync(NpgsqlConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Nothing is taken back: what was had before is recognised when it comes again.</summary>
    public Task EmptyAsync(NpgsqlConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public bool Concerns(RecordedEvent recorded) => reactor.EffectsOf(recorded).Any();

    /// <inheritdoc/>
    public async Task ApplyAsync(LogPage page, CancellationToken cancellation)
    {
        var messages = new List<(Guid Id, string Tenant, Effect.Send Message)>();
        foreach (var recorded in page.Events)
        {
            var place = 0;
            foreach (var effect in reactor.EffectsOf(recorded))
            {
                var id = IdOf(recorded, place++);
                if (effect is Effect.Record record)
                    await RecordAsync(recorded, id, record, cancellation);
                else if (effect is Effect.Send send)
                    messages.Add((id, recorded.TenantId, send));
            }
        }

        if (messages.Count == 0)
            return;
        await using var put = new NpgsqlCommand(sql["Processes.Statements.put_messages"], page.Connection)
            .With("ids", messages.Select(entry => entry.Id).ToArray())
            .With("tenants", messages.Select(entry => entry.Tenant).ToArray())
            .With("topics", messages.Select(entry => entry.Message.Topic).ToArray())
            .With("keys", messages.Select(entry => entry.Message.Key).ToArray())
            .With("payloads", messages.Select(entry => entry.Message.Payload).ToArray());
        await put.ExecuteNonQueryAsync(cancellation);
    }

    private async Task RecordAsync(RecordedEvent cause, Guid id, Effect.Record fact, CancellationToken cancellation)
    {
        var fresh = new NewEvent(id, fact.Data, fact.Headers, fact.SubjectId);
        var append = new Append(
            cause.TenantId,
            [new StreamAppend(fact.StreamId, fact.StreamType, ExpectedVersion.Any, [fresh])],
            new AppendMetadata(Name, cause.Metadata.CorrelationId, cause.EventId.ToString()));
        if (await store.AppendAsync(append, cancellation) is not AppendResult.Appended)
            throw new InvalidOperationException($"An effect of \"{Name}\" on event {cause.EventId} was refused by a view's uniqueness.");
    }

    /// <summary>RFC 9562 version 8: the same effect has the same id whenever it is worked out.</summary>
    private Guid IdOf(RecordedEvent cause, int place)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Name.Length}:{Name}/{cause.EventId}/{place}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
