namespace CaseFlow.Faults.Servers;

/// <summary>A file system of its own, small enough to be filled by one file.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly IDisposable atExit;

    private SmallDisk(string path) => (Path, atExit) = (path, Machine.AtExit(() => UnmountAsync(path).Wait(TimeSpan.FromSeconds(5))));

    public string Path { get; }

    private string Filling => System.IO.Path.Combine(Path, "filling");

    /// <exception cref="InvalidOperationException">This user may not mount anything: the message says what to do.</exception>
    public static async Task<SmallDisk> MountAsync(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        try
        {
            await Machine.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", path]);
        }
        catch (InvalidOperationException refused)
        {
            throw new InvalidOperationException(
                $"The test of a full disk needs a small file system: run it as root, or in a mount namespace (unshare -rm). {refused.Message}", refused);
        }

        return new SmallDisk(path);
    }

    /// <summary>Takes all the space that is left.</summary>
    public async Task FillAsync() =>
        await Machine.RunAsync("sh", ["-c", "dd if=/dev/zero of=\"$1\" bs=4k oflag=append conv=notrunc 2>/dev/null || true", "sh", Filling]);

    public void Free() => File.Delete(Filling);

    public async ValueTask DisposeAsync()
    {
        await UnmountAsync(Path);
        atExit.Dispose();
    }

    private static Task<string> UnmountAsync(string path) => Machine.RunAsync("umount", ["-l", path]);
}
