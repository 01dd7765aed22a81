using System.Diagnostics;

namespace CaseFlow.Faults.Servers;

/// <summary>
/// A file system of its own, small enough to be filled by one file. Root mounts it; any other user does so in a namespace of
/// a process of theirs, and reaches it through that process.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string MountAndStay = "mount -t tmpfs -o size=$2m,mode=755 tmpfs \"$1\" && echo mounted && exec sleep infinity";

    private readonly string mounted;
    private readonly Process? holder;
    private readonly IDisposable atExit;

    private SmallDisk(string mounted, Process? holder)
    {
        (this.mounted, this.holder) = (mounted, holder);
        Path = holder is null ? mounted : $"/proc/{holder.Id}/root{mounted}";
        atExit = Machine.AtExit(() => UnmountAsync().Wait(TimeSpan.FromSeconds(5)));
    }

    public string Path { get; }

    private string Filling => System.IO.Path.Combine(Path, "filling");

    /// <exception cref="InvalidOperationException">This user may not mount anything: the message says what to do.</exception>
    public static async Task<SmallDisk> MountAsync(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        if (Environment.IsPrivilegedProcess)
        {
            await Machine.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", path]);
            return new SmallDisk(path, holder: null);
        }

        var holder = Machine.Start("unshare", ["-rm", "sh", "-c", MountAndStay, "sh", path, $"{megabytes}"]);
        return await holder.StandardOutput.ReadLineAsync() == "mounted"
            ? new SmallDisk(path, holder)
            : throw new InvalidOperationException(
                "The test of a full disk needs a small file system: run it as root, or where users may make namespaces of their own "
                + $"(unshare -rm). {await holder.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Takes all the space that is left.</summary>
    public async Task FillAsync() =>
        await Machine.RunAsync("sh", ["-c", "dd if=/dev/zero of=\"$1\" bs=4k oflag=append conv=notrunc 2>/dev/null || true", "sh", Filling]);

    public void Free() => File.Delete(Filling);

    public async ValueTask DisposeAsync()
    {
        await UnmountAsync();
        atExit.Dispose();
        holder?.Dispose();
        Directory.Delete(mounted);
    }

    private async Task UnmountAsync()
    {
        if (holder is null)
            await Machine.RunAsync("umount", ["-l", mounted]);
        else
            holder.Kill();
    }
}
