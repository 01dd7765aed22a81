using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Integration.Views;

/// <summary>A runner at work until it is disposed.</summary>
public sealed class Running : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task task;

    public Running(ViewRunner runner, IWorkLease? lease = null) => task = Task.Run(() => runner.RunAsync(lease ?? NoLease.Instance, stop.Token));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await task;
        stop.Dispose();
    }
}
