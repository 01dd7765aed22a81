using System.Collections.Concurrent;
using System.Diagnostics;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>
/// Directories for another user: as they are where everybody may enter them, otherwise (root's home) as a copy that
/// goes with the test run.
/// </summary>
internal static class Reachable
{
    private static readonly ConcurrentDictionary<string, string> Copies = new();

    static Reachable() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var copy in Copies.Values) System.IO.Directory.Delete(copy, recursive: true);
    };

    public static string Directory(string path) => ByEverybody(path) ? path : Copies.GetOrAdd(path, Copy);

    private static bool ByEverybody(string path)
    {
        if (OperatingSystem.IsWindows()) return true;
        for (var directory = new DirectoryInfo(path); directory is not null; directory = directory.Parent)
        {
            if (!directory.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        }
        return true;
    }

    private static string Copy(string path)
    {
        var copy = System.IO.Directory.CreateTempSubdirectory("caseflow-copy-").FullName;
        Process.Start("cp", ["-RL", path + "/.", copy]).WaitForExit();
        Process.Start("chmod", ["-R", "a+rX", copy]).WaitForExit();
        return copy;
    }
}
