using System.Runtime.InteropServices;

namespace CaseFlow.Api.Composition;

/// <summary>
/// Gives back what starting took. A start compiles, migrates and answers its first questions with several times the memory that
/// waiting needs, and most of a county's day is waiting; the collector and the C library would keep it for a rush that may not come.
/// </summary>
internal sealed class StartMemory : BackgroundService
{
    /// <summary>By then the views have caught up and the code that is used all the time is compiled.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Has the C library allocate for all threads in one place, where what the compiler frees on one thread serves the others. Asked
    /// before there are threads; only glibc has places to choose from.
    /// </summary>
    public static void KeepTogether()
    {
        const int arenas = -8;
        OfGlibc<Tune>("mallopt")?.Invoke(arenas, 1);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Settled, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        OfGlibc<Trim>("malloc_trim")?.Invoke(0);
    }

    private static TFunction? OfGlibc<TFunction>(string name)
        where TFunction : Delegate =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, name, out var function)
            ? Marshal.GetDelegateForFunctionPointer<TFunction>(function)
            : null;

    private delegate int Tune(int parameter, int value);

    private delegate int Trim(nint keep);
}
