using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Scenarios;

/// <summary>The disk is full for a while.</summary>
internal static class Disks
{
    private const int Megabytes = 200;

    /// <summary>Tables cannot grow: appends fail, the server lives.</summary>
    public static Task<Report> FilledWithDataAsync(int seed, int times) => FilledAsync(
        "filling the data disk", seed, times, async (disk, directory, template) =>
        {
            var wal = Directory.CreateDirectory(Path.Combine(directory, "wal")).FullName;
            // On the full disk itself the server could not even say that it is full.
            return await Server.CopyAsync(template.Cluster, Path.Combine(disk.Path, "cluster"), wal, Path.Combine(directory, "cluster.log"));
        });

    /// <summary>The write-ahead log cannot grow: the server itself goes down, and comes back only when there is space.</summary>
    public static Task<Report> FilledWithLogAsync(int seed, int times) => FilledAsync(
        "filling the log disk", seed, times, async (disk, directory, template) =>
        {
            var wal = Directory.CreateDirectory(Path.Combine(disk.Path, "wal")).FullName;
            return await Server.CopyAsync(template.Cluster, Path.Combine(directory, "cluster"), wal);
        });

    private static async Task<Report> FilledAsync(string scenario, int seed, int times, Func<SmallDisk, string, Template, Task<Server>> place)
    {
        SmallDisk? disk = null;
        try
        {
            await using var arena = await Arena.OpenAsync(
                scenario, seed,
                async (directory, template) =>
                {
                    disk = await SmallDisk.MountAsync(Machine.NewDirectory(), Megabytes);
                    return await place(disk, directory, template);
                },
                "min_wal_size=2MB");
            await arena.StartNodeAsync();
            arena.StartWriting();
            using var supervising = new CancellationTokenSource();
            var supervisor = SuperviseAsync(arena.Server, supervising.Token);
            for (var time = 0; time < times; time++)
            {
                await arena.WorkAsync(500, 1500);
                var before = FullTimes(arena.Server);
                await disk!.FillAsync();
                await Machine.UntilAsync($"the server has no space left (seed {seed})", TimeSpan.FromSeconds(60), async () =>
                {
                    // What was freed meanwhile, by a checkpoint for instance, is taken too.
                    await Task.Delay(300);
                    await disk.FillAsync();
                    return FullTimes(arena.Server) > before;
                });
                arena.Faults++;
                await Task.Delay(arena.Random.Next(500, 2500));
                disk.Free();
            }

            await arena.WorkAsync(500, 1500);
            var report = await arena.FinishAsync();
            await supervising.CancelAsync();
            await supervisor;
            return report;
        }
        finally
        {
            if (disk is not null)
                await disk.DisposeAsync();
        }
    }

    private static int FullTimes(Server server) => server.Log.Split("No space left on device").Length;

    /// <summary>Starts a server that has ended again and again, as a service manager does.</summary>
    private static async Task SuperviseAsync(Server server, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            if (!server.IsRunning)
                await server.BeginAsync("min_wal_size=2MB");
            await Task.Delay(500, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
