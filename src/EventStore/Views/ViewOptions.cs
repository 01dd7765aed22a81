namespace CaseFlow.EventStore.Views;

/// <summary>Where views live and how eagerly they follow the log.</summary>
public sealed record ViewOptions
{
    /// <summary>The store that the views follow.</summary>
    public EventStoreOptions Store { get; init; } = new();

    /// <summary>Events per transaction while following the log.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Events per step of a rebuild.</summary>
    public int RebuildPageSize { get; init; } = 5_000;

    /// <summary>How many pages, of different views or tenants, are applied at once.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>The safety net under the signal: at most this long until the views look at the log again.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>First wait after a failure; doubled each time up to <see cref="LongestRetry"/>.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait between two attempts at a failing event.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    internal string RebuildSchema => Store.ViewsSchema + "_rebuild";
}
