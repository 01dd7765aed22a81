using System.Diagnostics;

namespace CaseFlow.Api.Embedded;

/// <summary>
/// A lock that the system takes back when the process ends, however it ends (flock). Opened files are closed in
/// child processes, so a child never holds it by accident.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits until nobody else holds the file in any way.</summary>
    public static Task<FileStream> ExclusiveAsync(string path, CancellationToken ct) =>
        WaitAsync(() => Try(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), path, ct);

    /// <summary>Waits until nobody holds the file exclusively.</summary>
    public static Task<FileStream> SharedAsync(string path, CancellationToken ct) =>
        WaitAsync(() => Try(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read), path, ct);

    /// <summary>Whether somebody holds the file shared at this moment.</summary>
    public static bool IsShared(string path)
    {
        using (var nobody = Try(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            if (nobody is not null) return false;
        }
        using var beside = Try(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return beside is not null;
    }

    private static FileStream? Try(string path, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, mode, access, share, bufferSize: 1);
        }
        catch (IOException cause) when (mode == FileMode.Open || cause is not DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static async Task<FileStream> WaitAsync(Func<FileStream?> attempt, string path, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (attempt() is { } held) return held;
            if (waited.Elapsed > Patience)
            {
                throw new EmbeddedPostgresException(
                    $"Another process has held {path} for {Patience.TotalMinutes:0} minutes: end it, or remove the "
                    + "file if no CaseFlow is running.");
            }
            await Task.Delay(20, ct);
        }
    }
}
