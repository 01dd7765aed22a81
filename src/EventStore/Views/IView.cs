using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>
/// An async view: rows folded from the log in position order. Rows and checkpoint move in one transaction, so every event
/// is applied exactly once. A view is a function of the events alone: a rebuild gives the same rows, byte for byte.
/// </summary>
public interface IView
{
    /// <summary>Stable name; also the checkpoint's.</summary>
    string Name { get; }

    /// <summary>Raised when fold or tables change; a lower stored version is rebuilt at start.</summary>
    int Version { get; }

    /// <summary>DDL of the view's tables in schema <c>views</c>, idempotent.</summary>
    string TablesSql { get; }

    /// <summary>Every table of the view, for emptying and for comparing a rebuild.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>Applies one page of the log, in position order, inside the caller's transaction.</summary>
    Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<RecordedEvent> page, CancellationToken cancellation);
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

    /// <summary>Every table of the view, for emptying and for comparing a rebuild.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <returns>The statements to run after the event's insert; none for an event that the view does not show.</returns>
    IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended);
}

/// <param name="TenantId">The jurisdiction.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="Version">The event's version, known because the append expects one (null with <see cref="ExpectedVersion.Any"/>).</param>
/// <param name="EventId">The event.</param>
/// <param name="Data">The fact.</param>
public readonly record struct InlineEvent(string TenantId, Guid StreamId, long? Version, Guid EventId, object Data);
