using System.Diagnostics;
using Npgsql;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>PostgreSQL's own programs, as an operator uses them.</summary>
internal static class PostgresPrograms
{
    /// <summary>Runs one on a database and waits for its success.</summary>
    public static async Task RunAsync(string program, string connectionString, params string[] arguments)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(Path.Combine(Directory(), program), [.. arguments, $"--dbname={database.Database}"]) { RedirectStandardError = true };
        start.Environment["PGHOST"] = database.Host;
        start.Environment["PGPORT"] = $"{database.Port}";
        start.Environment["PGUSER"] = database.Username;
        start.Environment["PGPASSWORD"] = database.Password;
        using var process = Process.Start(start)!;
        var told = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, told);
    }

    private static string Directory() => System.IO.Directory.GetDirectories("/usr/lib/postgresql").OrderDescending()
        .Select(version => Path.Combine(version, "bin")).First(binaries => File.Exists(Path.Combine(binaries, "pg_dump")));
}
