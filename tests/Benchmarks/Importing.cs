using System.Diagnostics;
using CaseFlow.Api.Imports;
using Npgsql;

namespace CaseFlow.Benchmarks;

/// <summary>
/// The import of the real file. The limit beside it is what PostgreSQL takes of the same bytes when nothing else is done: a
/// binary COPY of the very rows that the import stored into a table of the same columns, without index or constraint.
/// </summary>
internal static class Importing
{
    private const int Rounds = 3;

    public static async Task<bool> RunAsync(string? path)
    {
        path ??= RealFile();
        await using var server = await World.StartServerAsync();
        var rows = new List<IReadOnlyList<string>>();
        var (first, second, copy) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            await using var world = await World.CreateAsync(server);
            var imported = await ImportAsync(world, path);
            var again = await ImportAsync(world, path);
            var (events, megabytes, seconds) = await CopyAsync(world);
            first.Add(imported.RowsPerSecond);
            second.Add(again.RowsPerSecond);
            copy.Add(events / seconds);
            rows.Add(
            [
                $"round {round}", $"{Report.Count(imported.RowsPerSecond)} rows/s", $"{Report.Count(again.RowsPerSecond)} rows/s",
                $"{Report.Count(events / seconds)} events/s", $"{megabytes:0.0} MB", Report.Times(events / seconds / imported.RowsPerSecond),
            ]);
            Console.WriteLine($"round {round}: {imported.RowsRead} rows read, {imported.Recorded} recorded, {imported.RejectedRows} rejected; again: {again.Recorded} recorded, {again.AlreadyThere} there");
        }

        Console.WriteLine();
        rows.Add(["median", $"{Report.Count(Median(first))} rows/s", $"{Report.Count(Median(second))} rows/s", $"{Report.Count(Median(copy))} events/s", "", Report.Times(Median(copy) / Median(first))]);
        Report.Table(["", "first run", "second run, nothing new", "limit: COPY", "copied", "limit / first run"], rows);
        return true;
    }

    private static async Task<ImportTally> ImportAsync(World world, string path)
    {
        using var reader = IncidentRowReader.Open(path);
        return await new ImportOverdoses(world.Database.Store, world.Terms, _ => Task.CompletedTask).RunAsync(reader.Read());
    }

    private static async Task<(long Events, double Megabytes, double Seconds)> CopyAsync(World world)
    {
        const string stored = "caseflow.mt_events";
        await using var connection = new NpgsqlConnection(world.ConnectionString);
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand($"create table public.bare (like {stored})", connection))
            await create.ExecuteNonQueryAsync();
        using var rows = new MemoryStream();
        await using (var source = await connection.BeginRawBinaryCopyAsync($"copy (select * from {stored} where type = 'overdose_reported') to stdout (format binary)"))
            await source.CopyToAsync(rows);
        rows.Position = 0;
        var watch = Stopwatch.StartNew();
        await using (var target = await connection.BeginRawBinaryCopyAsync("copy public.bare from stdin (format binary)"))
            await rows.CopyToAsync(target);
        var seconds = watch.Elapsed.TotalSeconds;
        return ((long)(await world.AskAsync("select count(*) from public.bare"))!, rows.Length / 1e6, seconds);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>The public data set beside the repository.</summary>
    private static string RealFile()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "CaseFlow.sln")))
                return Path.Combine(directory.FullName, "..", "shared", "data", "overdose-incidents.csv");
        }

        throw new FileNotFoundException("Name the file: import FILE.csv");
    }
}
