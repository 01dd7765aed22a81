namespace CaseFlow.EventStore.Views;

/// <summary>Where a view stands for one tenant.</summary>
/// <param name="Name">The view.</param>
/// <param name="Position">The tenant's last event that it has applied; 0 before the first.</param>
/// <param name="Behind">Events of the tenant that it has still to apply; counted up to 100,000.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Failure">Why it stands still; null while it moves.</param>
public sealed record ViewStatus(string Name, long Position, long Behind, ViewState State, ViewFailure? Failure = null);

/// <summary>What a view is doing for a tenant.</summary>
public enum ViewState
{
    /// <summary>It follows the log.</summary>
    Moving,

    /// <summary>It stands before an event that it cannot apply, and tries again from time to time.</summary>
    Stopped,

    /// <summary>It is being built anew for this program's version; the old rows serve meanwhile.</summary>
    Rebuilding,

    /// <summary>It belongs to a newer program, which moves it.</summary>
    Superseded,
}

/// <summary>Why a view stands still for a tenant, as it is stored: the same on every node, and after a restart.</summary>
/// <param name="View">The view.</param>
/// <param name="TenantId">For whom it stands still.</param>
/// <param name="Version">The view's version that failed.</param>
/// <param name="Position">The event it stands before.</param>
/// <param name="EventId">That event, once it is known to be this one; null while a whole page could not be applied.</param>
/// <param name="EventType">Its stored name.</param>
/// <param name="ErrorType">Name of the error.</param>
/// <param name="Error">What it said. Never personal content: what a fold sees of it is sealed, and what others than this program say of values is left out.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FirstFailedAt">Database clock.</param>
/// <param name="LastFailedAt">Database clock.</param>
/// <param name="NextTryAt">Database clock; not before.</param>
public sealed record ViewFailure(
    string View,
    string TenantId,
    int Version,
    long Position,
    Guid? EventId,
    string? EventType,
    string ErrorType,
    string Error,
    int Attempts,
    DateTimeOffset FirstFailedAt,
    DateTimeOffset LastFailedAt,
    DateTimeOffset NextTryAt);

/// <summary>An event that a view passes over, as somebody decided.</summary>
/// <param name="View">The view.</param>
/// <param name="Version">The only version of the view that passes over it.</param>
/// <param name="Position">The event's position.</param>
/// <param name="EventId">The event.</param>
/// <param name="EventType">Its stored name.</param>
/// <param name="By">Who decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When it was recorded.</param>
public sealed record ViewSkip(
    string View, int Version, long Position, Guid EventId, string? EventType, string By, string Reason, DateTimeOffset At);

/// <summary>A view could not apply a page of a tenant's log; nothing of the page was kept.</summary>
public sealed class ViewFailedException : Exception
{
    internal ViewFailedException(string view, string tenantId, int version, long after, int events, Exception inner)
        : base($"View \"{view}\" stopped for tenant \"{tenantId}\" after position {after}: {inner.GetType().Name}: {FailureText.Of(inner)}", inner) =>
        (View, TenantId, Version, After, Events) = (view, tenantId, version, after, events);

    /// <summary>A rebuild stopped at one event: everything before it has been applied.</summary>
    internal static ViewFailedException At(string view, int version, RecordedEvent recorded, Exception inner) =>
        At(view, version, recorded.TenantId, recorded.Position.GetValueOrDefault(1), recorded.EventId, inner);

    internal static ViewFailedException At(string view, int version, string tenantId, long position, Guid eventId, Exception inner) =>
        new(view, tenantId, version, position - 1, 1, inner) { EventId = eventId };

    /// <summary>The view.</summary>
    public string View { get; }

    /// <summary>The event it stopped at, when a rebuild did.</summary>
    public Guid? EventId { get; private init; }

    /// <summary>For whom it stopped.</summary>
    public string TenantId { get; }

    /// <summary>Up to where everything of the tenant was applied before.</summary>
    public long After { get; }

    internal int Version { get; }

    /// <summary>How many events the page had, or was to have; with one, it is the tenant's next.</summary>
    internal int Events { get; }

    internal string ErrorType => InnerException!.GetType().Name;

    internal string Error => FailureText.Of(InnerException!);
}

/// <summary>The view's tables belong to another version of the program; this one leaves them alone.</summary>
public sealed class NewerViewException(string message) : Exception(message)
{
    internal static NewerViewException Of(IView view, int stored) =>
        new($"View \"{view.Name}\" is stored at version {stored}; this program knows version {view.Version}.");
}
