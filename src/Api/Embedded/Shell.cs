using System.ComponentModel;
using System.Diagnostics;

namespace CaseFlow.Api.Embedded;

/// <summary>Runs other programs to their end and keeps what they said.</summary>
internal static class Shell
{
    public sealed record Result(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;

        /// <summary>The last line that says something, for one-sentence messages.</summary>
        public string LastLine =>
            Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .LastOrDefault() ?? $"exit code {ExitCode}";
    }

    /// <summary>Starts a program as <paramref name="user"/>, or as the present user when null.</summary>
    public static ProcessStartInfo Describe(
        string program, IEnumerable<string> arguments, string directory, ServerUser? user = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (user is { Name: { } name })
        {
            start.UserName = name;
            start.Environment["HOME"] = directory;
            start.Environment["USER"] = start.Environment["LOGNAME"] = name;
        }
        // Another cluster's settings must not leak into this one.
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("PG", StringComparison.Ordinal))
                     .ToArray())
        {
            start.Environment.Remove(variable);
        }
        return start;
    }

    /// <summary>Runs to the end; a cancelled run is killed with its children.</summary>
    public static async Task<Result> RunAsync(
        string program, IEnumerable<string> arguments, string directory, ServerUser? user, CancellationToken ct)
    {
        using var process = Start(Describe(program, arguments, directory, user));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.WaitForExitAsync(ct);
            return new Result(process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new EmbeddedPostgresException($"{start.FileName} did not start.");
        }
        catch (Win32Exception cause)
        {
            var who = start.UserName.Length > 0 ? $"The user {start.UserName}" : "This user";
            throw new EmbeddedPostgresException(
                $"{who} cannot run {start.FileName} in {start.WorkingDirectory} ({cause.Message}); set "
                + "Embedded:DataDirectory to a directory that this user can reach.", cause);
        }
    }

    /// <summary>The full path of a program on the PATH, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Concat(["/usr/bin", "/bin", "/usr/sbin", "/sbin"])
        .Select(directory => Path.Combine(directory, program))
        .FirstOrDefault(File.Exists);
}
