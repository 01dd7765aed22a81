using System.Diagnostics;

namespace CaseFlow.EventStore.Postgres;

/// <summary>
/// Those whose appends were just written together often come back together: a loop of a writer, the next requests of busy
/// connections. To wait a moment for them makes one transaction of what would be two. Where they do not come, ever fewer
/// transactions are followed by such a wait; where they come again, each is.
/// </summary>
internal sealed class ReturningCompany
{
    /// <summary>So long at most, and never more than a part of what the transaction itself took.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMicroseconds(150);
    private const int PartOfTransaction = 3;
    private const int FewestWaits = 64;

    // Several writers may use them at once; what gets lost is a wait more or less.
    private int between;
    private int passed;

    /// <param name="released">How many appends got their answers.</param>
    /// <param name="took">How long their transaction was.</param>
    /// <param name="waiting">How many appends wait now.</param>
    public void Await(int released, TimeSpan took, Func<int> waiting)
    {
        if (released < 2 || ++passed <= between)
            return;
        passed = 0;
        var (began, patience) = (Stopwatch.GetTimestamp(), took / PartOfTransaction);
        if (patience > Longest)
            patience = Longest;
        // Shorter than any timer: the thread gives way to whoever has something to do, and looks again.
        while (waiting() < released && Stopwatch.GetElapsedTime(began) < patience)
            Thread.Yield();
        between = waiting() >= released / 2 ? 0 : Math.Clamp(between * 2, 1, FewestWaits);
    }
}
