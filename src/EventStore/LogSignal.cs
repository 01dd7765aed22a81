namespace CaseFlow.EventStore;

/// <summary>
/// "The log moved": pulsed by the sequencer after it placed events, awaited by whoever follows the log. It only saves
/// waiting time; whoever waits also polls.
/// </summary>
public sealed class LogSignal
{
    private TaskCompletionSource next = New();

    /// <summary>Completes at the next pulse. Take it before looking at the log, so that no pulse is missed between.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>Wakes everybody who waits now.</summary>
    public void Pulse() => Interlocked.Exchange(ref next, New()).TrySetResult();

    /// <summary>Waits for <paramref name="pulse"/>, at most <paramref name="atMost"/>.</summary>
    public static async Task WaitAsync(Task pulse, TimeSpan atMost, CancellationToken cancellation) =>
        await Task.WhenAny(pulse, Task.Delay(atMost, cancellation));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
