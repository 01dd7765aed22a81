namespace CaseFlow.EventStore.Views;

/// <summary>Where a view stands.</summary>
/// <param name="Name">The view.</param>
/// <param name="Position">The last log position it has applied.</param>
/// <param name="Behind">Positions between it and the log's end.</param>
/// <param name="Error">Why it stopped; null while it moves. Never holds personal content of the event.</param>
/// <param name="EventId">The event it stopped at, when known.</param>
/// <param name="EventPosition">That event's position.</param>
public sealed record ViewStatus(
    string Name, long Position, long Behind, string? Error = null, Guid? EventId = null, long? EventPosition = null);

/// <summary>A view could not apply a page of the log; nothing of the page was kept.</summary>
public sealed class ViewFailedException : Exception
{
    internal ViewFailedException(string view, long? position, IReadOnlyList<RecordedEvent>? page, Exception inner)
        : base($"View \"{view}\" stopped{(position is null ? "" : $" at position {position}")}: {inner.GetType().Name}: {inner.Message}", inner)
    {
        Position = position;
        Events = page?.Count ?? 0;
        EventId = page is [var only] ? only.EventId : null;
    }

    /// <summary>First position of the page that failed.</summary>
    public long? Position { get; }

    /// <summary>The event that failed, when the page held no other.</summary>
    public Guid? EventId { get; }

    internal int Events { get; }

    internal string Cause => $"{InnerException!.GetType().Name}: {InnerException.Message}";
}

/// <summary>The view's tables belong to another version of the program; this one leaves them alone.</summary>
public sealed class NewerViewException(string message) : Exception(message);
