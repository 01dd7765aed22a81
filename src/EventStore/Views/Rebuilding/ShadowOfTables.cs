using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>What every <see cref="IShadow"/> leaves to its tables aside, and what one without work in the background has to say.</summary>
internal abstract class ShadowOfTables(ShadowTables tables)
{
    protected ShadowTables Tables => tables;

    public virtual Task SettleAsync() => Task.CompletedTask;

    public Task LockLiveAsync(NpgsqlConnection connection, CancellationToken cancellation) => tables.LockLiveAsync(connection, cancellation);

    public virtual Task TakePlaceAsync(NpgsqlConnection connection, CancellationToken cancellation) => tables.TakePlaceAsync(connection, cancellation);

    public virtual Task DropReplacedAsync(CancellationToken cancellation) => tables.DropReplacedAsync(cancellation);

    public virtual Task DropAsync(NpgsqlConnection connection, CancellationToken cancellation) => tables.DropAsync(connection, cancellation);

    public virtual Task<IReadOnlyList<ComparedRows>> ComparedAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        tables.ComparedAsync(connection, cancellation);

    /// <summary>What is being written in the background ends first, well or not.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAny(SettleAsync());
}
