using System.Diagnostics;
using System.Globalization;

namespace CaseFlow.Api.Embedded;

/// <summary>What <c>postmaster.pid</c> says, and whether it is still true.</summary>
internal sealed record Postmaster(int ProcessId, int Port)
{
    /// <summary>The postmaster the cluster's file names; null when there is no file or no usable one.</summary>
    public static Postmaster? Read(DataRoot root)
    {
        try
        {
            var lines = File.ReadAllLines(root.PostmasterFile);
            return lines.Length >= 4
                && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id)
                && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
                ? new Postmaster(id, port)
                : null;
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the process is a server of this cluster. After a crash the number may belong to any other process,
    /// which PostgreSQL itself cannot tell apart.
    /// </summary>
    public async Task<bool> IsServerOfAsync(DataRoot root, CancellationToken ct)
    {
        var commandLine = OperatingSystem.IsLinux()
            ? ReadOrNull($"/proc/{ProcessId}/cmdline")
            : (await Shell.RunAsync(
                "ps", ["-o", "args=", "-p", ProcessId.ToString(CultureInfo.InvariantCulture)], "/", null, ct)).Output;
        return commandLine is not null
            && commandLine.Contains("postgres", StringComparison.Ordinal)
            && commandLine.Contains(root.Cluster, StringComparison.Ordinal);
    }

    public void Kill()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (Exception cause) when (cause is ArgumentException or InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    private static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
