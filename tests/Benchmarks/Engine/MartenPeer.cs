using System.Text.Json;
using JasperFx;
using JasperFx.Events;
using JasperFx.MultiTenancy;
using Marten;
using Npgsql;
using Weasel.Core;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>
/// Marten in this process, in the same table format and with the same columns filled, as fast as it is set: quick appends at the
/// version each writer knows, lightweight sessions, statements prepared, no reset between uses of a connection, no logging.
/// </summary>
internal sealed class MartenPeer : IAsyncDisposable
{
    private readonly Dictionary<string, object> headers =
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Sample.Headers)!.ToDictionary(entry => entry.Key, entry => (object)entry.Value);

    private readonly NpgsqlDataSource source;
    private readonly DocumentStore store;

    private MartenPeer(string connectionString)
    {
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Enlist = false,
        });
        store = DocumentStore.For(options =>
        {
            options.Connection(source);
            options.DisableNpgsqlLogging = true;
            options.DatabaseSchemaName = "marten";
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            options.Events.StreamIdentity = StreamIdentity.AsGuid;
            options.Events.TenancyStyle = TenancyStyle.Conjoined;
            options.Events.AppendMode = EventAppendMode.Quick;
            options.Events.MetadataConfig.EnableAll();
            options.Events.MetadataConfig.UserNameEnabled = true;
            options.Events.AddEventType(Sample.Fact(Guid.Empty).GetType());
        });
    }

    /// <exception cref="InvalidOperationException">It does not write what the other sides write.</exception>
    public static async Task<MartenPeer> InstallAsync(BenchServer server)
    {
        var peer = new MartenPeer(await server.CreateDatabaseAsync());
        await peer.store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await peer.AppendAsync(Guid.CreateVersion7(), 0, 1);
        await using var command = peer.source.CreateCommand("select length(data::text), length(headers::text) from marten.mt_events");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt32(0), reader.GetInt32(1)) == (Sample.Data.Length, Sample.Headers.Length)
            ? peer
            : throw new InvalidOperationException($"Marten wrote {reader.GetInt32(0)} and {reader.GetInt32(1)} bytes of JSON, not {Sample.Data.Length} and {Sample.Headers.Length}.");
    }

    public Side Writing(int writers, int eventsEach)
    {
        var streams = Enumerable.Range(0, writers).Select(_ => Guid.CreateVersion7()).ToArray();
        var versions = new long[writers];
        return new Side("Marten", Alternate.Loops(writers, eventsEach, async writer =>
            versions[writer] = await AppendAsync(streams[writer], versions[writer], eventsEach)));
    }

    public async ValueTask DisposeAsync()
    {
        store.Dispose();
        await source.DisposeAsync();
    }

    private async Task<long> AppendAsync(Guid stream, long version, int count)
    {
        await using var session = store.LightweightSession(EngineUse.Tenant);
        session.LastModifiedBy = Sample.Metadata.UserName;
        session.CorrelationId = Sample.Metadata.CorrelationId;
        foreach (var (name, value) in headers)
            session.SetHeader(name, value);
        session.Events.Append(stream, version + count, [.. Enumerable.Range(0, count).Select(_ => (object)Sample.Fact(stream))]);
        await session.SaveChangesAsync();
        return version + count;
    }
}
