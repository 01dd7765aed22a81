namespace CaseFlow.EventStore.Background;

/// <summary>One kind of background work.</summary>
/// <param name="Name">What it is called on show.</param>
/// <param name="RunAsync">
/// Works until cancelled, holding the lease in every transaction that may be kept only while it is this node's. When it ends
/// in any other way it is begun again after a pause.
/// </param>
public sealed record DaemonWork(string Name, Func<IWorkLease, CancellationToken, Task> RunAsync);

/// <summary>Who does the database's background work.</summary>
/// <param name="Epoch">Counts the reigns; 0 before the first.</param>
/// <param name="Holder">The node that began this one.</param>
/// <param name="Since">When, UTC.</param>
/// <param name="IsHeld">Whether a session holds the lease at this moment; false while a successor is awaited.</param>
/// <param name="IsHere">Whether it is the node that was asked.</param>
/// <param name="Failures">Work of this node that failed last time it ran and was begun again.</param>
public sealed record DaemonStatus(
    long Epoch, string? Holder, DateTimeOffset? Since, bool IsHeld, bool IsHere, IReadOnlyList<DaemonFailure> Failures);

/// <param name="Work">The work's name, or <c>lease</c>.</param>
/// <param name="Error">What ended it.</param>
/// <param name="At">When, UTC.</param>
public sealed record DaemonFailure(string Work, string Error, DateTimeOffset At);
