namespace CaseFlow.EventStore.Sequencing;

/// <summary>"Something happened" within this process: take <see cref="Next"/> before looking, await it after finding nothing.</summary>
public sealed class LogSignal
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next pulse after this call.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>Wakes everyone who waits.</summary>
    public void Pulse() =>
        Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits for a pulse taken earlier as <see cref="Next"/>, or until the time is over: a safety net, not an error.</summary>
    public static async Task WaitAsync(Task next, TimeSpan atMost, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(next, Task.Delay(atMost, timer.Token));
        await timer.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }
}
