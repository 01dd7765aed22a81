using CaseFlow.EventStore.Views.Rebuilding;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// An async view: rows folded from the log in position order, tenant by tenant. Rows and checkpoint move in one transaction,
/// so every event is applied exactly once. A view is a function of the events alone: a rebuild gives the same rows, byte for
/// byte. What it writes for one tenant never depends on another's events: tenants move apart, several at once.
/// </summary>
/// <remarks>
/// Its SQL names its tables without a schema: the runner's search path is the schema <c>views</c>, and a schema aside while
/// a rebuild goes on, so that readers keep the old rows until the new ones are complete.
/// </remarks>
public interface IView
{
    /// <summary>Stable name; also the checkpoint's.</summary>
    string Name { get; }

    /// <summary>Raised when fold or tables change; a lower stored version is rebuilt at start.</summary>
    int Version { get; }

    /// <summary>Idempotent DDL of the view's tables, names without a schema.</summary>
    string TablesSql { get; }

    /// <summary>Every table of the view, names without a schema.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>How many events it takes in one page at most.</summary>
    int MostAtOnce => int.MaxValue;

    /// <returns>
    /// Whether applying the event may write anything, from the event alone. A page without such an event is passed over: its view
    /// is moved beyond it together with others, and not asked to apply it.
    /// </returns>
    bool Concerns(RecordedEvent recorded) => true;

    /// <summary>
    /// Applies one page of a tenant's log, in position order, inside the page's transaction. Called for several tenants at
    /// once, never twice at once for the same.
    /// </summary>
    Task ApplyAsync(LogPage page, CancellationToken cancellation);
}

/// <summary>A follower of the log whose rows share a table with others: it is rebuilt as rows of another name, which then take its place.</summary>
public interface ISharedTableView : IView
{
    /// <summary>The same follower, keeping rows of its own under another name, which nobody acts on.</summary>
    ISharedTableView Aside { get; }

    /// <summary>What to compare when a rebuild is verified; null for a follower without rows, which is not verified.</summary>
    internal ComparedRows? Compared { get; }

    /// <summary>Removes every row of this view, inside the caller's transaction.</summary>
    Task EmptyAsync(NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>Puts the rows of <see cref="Aside"/> in the place of this view's own, inside the caller's transaction.</summary>
    Task TakePlaceAsync(NpgsqlConnection connection, CancellationToken cancellation);
}

/// <summary>One page of one tenant's log on its way into a view.</summary>
/// <param name="Connection">In the transaction that also moves the checkpoint.</param>
/// <param name="TenantId">Whose events they are, all of them.</param>
/// <param name="After">Where the tenant's checkpoint stands: the last event applied before this page, 0 for none.</param>
/// <param name="Events">The tenant's next events, in position order, at least one.</param>
/// <param name="Past">Earlier events, by position.</param>
public sealed record LogPage(
    NpgsqlConnection Connection, string TenantId, long After, IReadOnlyList<RecordedEvent> Events, IPastEvents Past)
{
    /// <summary>
    /// What the checkpoint says of who moved it last, and what it will say of this page. A view that remembers rows may go on
    /// with them only where it left the checkpoint itself: a rebuild ends at the same position, with other rows perhaps.
    /// </summary>
    public (DateTime Before, DateTime After) Moved { get; init; }
}

/// <summary>Events that are in the log already.</summary>
public interface IPastEvents
{
    /// <returns>The events at these positions, in position order.</returns>
    Task<IReadOnlyList<RecordedEvent>> AtAsync(IReadOnlyCollection<long> positions, CancellationToken cancellation);
}

/// <summary>
/// An inline view: rows written in the append's own transaction and round trip, derived from the appended events alone.
/// A broken unique constraint of its tables refuses the append as <see cref="AppendResult.Duplicate"/>.
/// </summary>
public interface IInlineView
{
    /// <summary>Stable name.</summary>
    string Name { get; }

    /// <summary>DDL of the view's tables in schema <c>views</c>, idempotent.</summary>
    string TablesSql { get; }

    /// <summary>Every table of the view with its schema, for emptying and for comparing a rebuild.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>
    /// Tables that earlier programs kept in the place of these, with their schema. While one stands, these lack what was recorded before:
    /// whoever prepares the database then rebuilds the view, and drops them.
    /// </summary>
    IReadOnlyList<string> Replaces => [];

    /// <returns>The statements to run after the event's insert; none for an event that the view does not show.</returns>
    IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended);
}

/// <param name="TenantId">The jurisdiction.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Version">The event's version, known because the append expects one (null with <see cref="ExpectedVersion.Any"/>).</param>
/// <param name="EventId">The event.</param>
/// <param name="Data">The fact.</param>
public readonly record struct InlineEvent(string TenantId, Guid StreamId, long? Version, Guid EventId, object Data)
{
    /// <summary>It stands in the log, and its rows are made anew: what may be refused was let in then, beside whatever stood there at the time.</summary>
    public bool IsReplayed { get; init; }

    /// <summary>The circumstances it is recorded with; null for none.</summary>
    public object? Headers { get; init; }
}
