namespace CaseFlow.EventStore.Views;

/// <summary>Where views live and how eagerly they follow the log.</summary>
public sealed record ViewOptions
{
    /// <summary>The store that the views follow.</summary>
    public EventStoreOptions Store { get; init; } = new();

    /// <summary>Events per transaction while following the log.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Events per step of a rebuild.</summary>
    public int RebuildPageSize { get; init; } = 2_000;

    /// <summary>How much a rebuild keeps in memory of rows that are not written yet, roughly, in bytes.</summary>
    public long RebuildMemory { get; init; } = 64 << 20;

    /// <summary>How much folding an interrupted rebuild does again at most.</summary>
    public TimeSpan RebuildKeptEvery { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What PostgreSQL may use to sort for an index of a rebuilt table, in megabytes.</summary>
    public int IndexMemoryMegabytes { get; init; } = 128;

    /// <summary>How long a verification waits for the live view to come to the rebuilt one's position.</summary>
    public TimeSpan VerifyPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A rest of the log so short, in events, that it is folded while the view is held still.</summary>
    public int RebuildRest { get; init; } = 500;

    /// <summary>How many pages, of different views or tenants, are applied at once.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>The safety net under the signal: at most this long until the views look at the log again.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>First wait after a failure; doubled each time up to <see cref="LongestRetry"/>.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait between two attempts at a failing event.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    internal string RebuildSchema => Store.ViewsSchema + "_rebuild";

    internal string ReplacedSchema => Store.ViewsSchema + "_replaced";
}
