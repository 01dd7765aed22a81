using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// A view being built beside the one that is read: its tables aside, and what of them is still in memory. Events are folded in
/// position order; after <see cref="KeepAsync"/> the tables hold everything folded so far.
/// </summary>
internal interface IShadow : IAsyncDisposable
{
    /// <summary>Memory is used up, or nothing may stay in it: keep before the next page.</summary>
    bool IsFull { get; }

    /// <summary>Empty tables, whatever was there before.</summary>
    Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>Takes the tables of an interrupted rebuild back to the position that was kept.</summary>
    Task TakeBackAsync(NpgsqlConnection connection, long position, CancellationToken cancellation);

    /// <summary>Folds a page.</summary>
    /// <exception cref="ViewFailedException">The fold failed, with the event when it is known.</exception>
    Task FoldAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation);

    /// <summary>Waits for what is being written in the background.</summary>
    Task SettleAsync();

    /// <summary>Writes what is in memory only, inside the transaction that keeps the position.</summary>
    Task KeepAsync(NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>Makes the tables what the live ones are: keys, indexes, statistics.</summary>
    Task CompleteAsync(CancellationToken cancellation);

    /// <summary>Drops what is in memory, after a transaction that was given up.</summary>
    void Forget();

    /// <summary>Locks out whoever reads or writes the live rows; waits as long as <c>lock_timeout</c> says.</summary>
    Task LockLiveAsync(NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>Puts the new rows in the place of the live ones.</summary>
    Task TakePlaceAsync(NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>Removes what was replaced, now or in a run that died.</summary>
    Task DropReplacedAsync(CancellationToken cancellation);

    /// <summary>Removes what was built.</summary>
    Task DropAsync(NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>What to compare with what, once the tables are complete.</summary>
    Task<IReadOnlyList<ComparedRows>> ComparedAsync(NpgsqlConnection connection, CancellationToken cancellation);
}

/// <summary>Live rows and rebuilt rows that should be the same.</summary>
/// <param name="Table">Its name, for people.</param>
/// <param name="Live">What to select the live rows from, as <c>v</c>.</param>
/// <param name="Rebuilt">What to select the rebuilt rows from, as <c>v</c>.</param>
/// <param name="Key">Columns that tell rows apart; none when the whole row does.</param>
/// <param name="MayBeMissing">SQL over a rebuilt row <c>v</c>: the live rows may lack it.</param>
internal sealed record ComparedRows(string Table, string Live, string Rebuilt, IReadOnlyList<string> Key, string? MayBeMissing = null);

/// <summary>A view that has a faster way to be rebuilt than page by page through its live tables' indexes.</summary>
internal interface IShadowed
{
    IShadow ShadowIn(RebuildSession session, ViewOptions options, IPastEvents past);
}
