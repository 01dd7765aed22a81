using CaseFlow.Integration.EventStore;
using JasperFx;
using JasperFx.Events;
using JasperFx.MultiTenancy;
using Marten;
using Marten.Services;
using Npgsql;
using Weasel.Core;

namespace CaseFlow.Integration.BesideMarten;

/// <summary>The application's own shapes of what the store keeps: names and members are the format, types are not.</summary>
public sealed record VisitNoted(int Number, string Place = "office");

public sealed record DoseGiven(int Amount, DoseUnit Unit);

/// <summary>Sealed members are text to whoever has no key.</summary>
public sealed record PersonNamed(Guid ClientId, string Name, IReadOnlyList<string> Aliases);

/// <summary>An application on Marten itself, over the event tables of a store; what else it keeps is in a schema of its own.</summary>
public sealed class MartenApplication : IAsyncDisposable
{
    public const string Schema = "app";

    private readonly NpgsqlDataSource source;

    private MartenApplication(NpgsqlDataSource source, DocumentStore store) => (this.source, Store) = (source, store);

    public DocumentStore Store { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="connectionString">The login it works with.</param>
    /// <param name="mode">How it appends.</param>
    /// <param name="more">Whatever it configures differently.</param>
    public static MartenApplication Over(string connectionString, EventAppendMode mode = EventAppendMode.Quick, Action<StoreOptions>? more = null)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        return new MartenApplication(source, DocumentStore.For(options =>
        {
            options.Connection(source);
            options.DisableNpgsqlLogging = true;
            options.DatabaseSchemaName = Schema;
            options.Events.DatabaseSchemaName = "caseflow";
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            options.Events.StreamIdentity = StreamIdentity.AsGuid;
            options.Events.TenancyStyle = TenancyStyle.Conjoined;
            options.Events.AppendMode = mode;
            options.Events.MetadataConfig.EnableAll();
            options.Events.MetadataConfig.UserNameEnabled = true; // not among "all"
            options.Events.EnableUniqueIndexOnEventId = true;
            options.Events.AddEventTypes([typeof(VisitNoted), typeof(DoseGiven), typeof(PersonNamed)]);
            more?.Invoke(options);
        }));
    }

    /// <summary>The functions and tables of its own that it needs to append, made once, by the schema's owner.</summary>
    public static async Task InstallAsync(string connectionString)
    {
        await using var owner = Over(connectionString);
        await owner.Store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
    }

    public IDocumentSession Session(string tenant = Example.Tenant)
    {
        var session = Store.LightweightSession(tenant);
        session.LastModifiedBy = "clerk-1";
        return session;
    }

    /// <summary>Appends and saves, at the version expected or whatever it is.</summary>
    public async Task AppendAsync(Guid stream, long? expected, params object[] events)
    {
        await using var session = Session();
        if (expected is { } version)
            session.Events.Append(stream, version + events.Length, events);
        else
            session.Events.Append(stream, events);
        await session.SaveChangesAsync(Stop);
    }

    /// <summary>Appends in a transaction that stays open.</summary>
    public async Task<OpenTransaction> BeginAsync(
        Guid stream, object[] events, System.Data.IsolationLevel isolation = System.Data.IsolationLevel.ReadCommitted)
    {
        var connection = await source.OpenConnectionAsync(Stop);
        var open = new OpenTransaction(connection, await connection.BeginTransactionAsync(isolation, Stop));
        var options = SessionOptions.ForTransaction(open.Transaction);
        options.TenantId = Example.Tenant;
        await using var session = Store.LightweightSession(options);
        session.Events.Append(stream, events);
        await session.SaveChangesAsync(Stop);
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        await source.DisposeAsync();
    }

    /// <summary>What the database itself answered, however deep Marten wrapped it.</summary>
    public static PostgresException CauseOf(Exception error)
    {
        while (error is not PostgresException)
            error = error.InnerException.ShouldNotBeNull();
        return (PostgresException)error;
    }

    /// <summary>A transaction of the application; undone unless it is committed.</summary>
    public sealed class OpenTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public NpgsqlTransaction Transaction => transaction;

        public Task CommitAsync() => transaction.CommitAsync(Stop);

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
