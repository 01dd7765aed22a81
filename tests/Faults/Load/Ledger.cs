using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CaseFlow.Faults.Load;

/// <summary>What a writer was told.</summary>
internal enum Outcome
{
    /// <summary>Nothing, or nothing that says whether it was stored.</summary>
    Unknown,

    /// <summary>It is stored.</summary>
    Acknowledged,

    /// <summary>It is not stored and never will be.</summary>
    Refused,
}

/// <summary>What asking once more under the same key brought.</summary>
internal enum Again
{
    /// <summary>The first answer: it had been stored.</summary>
    AnsweredBefore,

    /// <summary>It had not been stored; now it is.</summary>
    StoredNow,

    /// <summary>It had not been stored and cannot be any more.</summary>
    Refused,
}

/// <summary>One thing that was asked for.</summary>
/// <param name="Number">In the order of asking.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Codes">One for each of its events, found nowhere else.</param>
/// <param name="AskAgain">Asks once more under the same key.</param>
internal sealed record Asked(int Number, string Tenant, string Key, IReadOnlyList<string> Codes, Func<Task<Again>> AskAgain)
{
    public long BegunAt { get; } = Stopwatch.GetTimestamp();

    public long ToldAt { get; private set; }

    public Outcome Outcome { get; private set; }

    /// <summary>The version that the last event of each stream was said to have.</summary>
    public IReadOnlyDictionary<Guid, long> Versions { get; private set; } = new Dictionary<Guid, long>();

    public void Told(Outcome outcome, IReadOnlyDictionary<Guid, long>? versions = null)
    {
        (ToldAt, Outcome) = (Stopwatch.GetTimestamp(), outcome);
        Versions = versions ?? Versions;
    }
}

/// <summary>
/// What was asked for and what was answered, kept outside the database, and in a file beside it for whoever looks into a
/// failure: before a request goes out, and when its answer has come.
/// </summary>
internal sealed class Ledger(string file) : IDisposable
{
    private readonly StreamWriter lines = new(file) { AutoFlush = true };
    private readonly ConcurrentQueue<Asked> all = new();
    private readonly ConcurrentQueue<string> surprises = new();
    private int number;

    public IReadOnlyCollection<Asked> All => all;

    /// <summary>Answers that no fault explains.</summary>
    public IReadOnlyCollection<string> Surprises => surprises;

    public int NextNumber() => Interlocked.Increment(ref number);

    public void Ask(Asked asked)
    {
        Write($"{asked.Number} asked {asked.Tenant} {asked.Key} {string.Join(',', asked.Codes)}");
        all.Enqueue(asked);
    }

    public void Tell(Asked asked, Outcome outcome, IReadOnlyDictionary<Guid, long>? versions = null)
    {
        asked.Told(outcome, versions);
        Write($"{asked.Number} {outcome}");
    }

    public void Surprise(string what) => surprises.Enqueue(what);

    public void Dispose()
    {
        lock (lines)
            lines.Dispose();
    }

    private void Write(string line)
    {
        lock (lines)
            lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {line}"));
    }
}
