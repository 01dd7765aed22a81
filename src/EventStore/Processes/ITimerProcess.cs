namespace CaseFlow.EventStore.Processes;

/// <summary>A process that follows the log and wants to be called when time comes: the pure half, what to set and to cancel.</summary>
public interface ITimerProcess
{
    /// <summary>Stable name; also the checkpoint's.</summary>
    string Name { get; }

    /// <summary>Raised when the rules change; the timers are then built anew from the whole log.</summary>
    int Version { get; }

    /// <returns>What an event changes, in order; its tenant is the timers' tenant. Pure.</returns>
    IEnumerable<TimerChange> ChangesFor(RecordedEvent recorded);
}

/// <summary>A change to one timer of a process; a tenant has at most one timer per key.</summary>
/// <param name="Key">The timer's identity within process and tenant.</param>
public abstract record TimerChange(string Key)
{
    /// <summary>Sets the timer, or moves it.</summary>
    /// <param name="Key">The timer.</param>
    /// <param name="DueAt">When it is to fire, UTC.</param>
    /// <param name="Payload">JSON for the handler; never personal content.</param>
    public sealed record Set(string Key, DateTimeOffset DueAt, string Payload = "{}") : TimerChange(Key);

    /// <summary>Takes the timer back; nothing when there is none.</summary>
    public sealed record Cancel(string Key) : TimerChange(Key);
}

/// <summary>A timer whose time has come.</summary>
/// <param name="Process">Its process.</param>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="Key">Its key.</param>
/// <param name="DueAt">When it was to fire, UTC; long past after an outage.</param>
/// <param name="Payload">JSON as it was set.</param>
/// <param name="Attempts">How often the handler failed before.</param>
public sealed record DueTimer(string Process, string TenantId, string Key, DateTimeOffset DueAt, string Payload, int Attempts);

/// <summary>A timer whose handler failed, so that what it stands for has not happened yet.</summary>
/// <param name="Process">Its process.</param>
/// <param name="Key">Its key.</param>
/// <param name="DueAt">When it was to fire, UTC.</param>
/// <param name="Attempts">How often the handler failed.</param>
/// <param name="NextTryAt">When it is tried again, UTC.</param>
/// <param name="Error">Why it failed, the last time.</param>
public sealed record TroubledTimer(string Process, string Key, DateTimeOffset DueAt, int Attempts, DateTimeOffset NextTryAt, string Error);
