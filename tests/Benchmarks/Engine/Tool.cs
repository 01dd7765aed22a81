using System.ComponentModel;
using System.Diagnostics;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>Something that a row needs is not on this machine; the message says what to install.</summary>
internal sealed class MissingToolException(string message) : Exception(message);

/// <summary>Other programs.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it said on its output.</returns>
    /// <exception cref="MissingToolException">It is not there.</exception>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? directory = null, string? missing = null)
    {
        using var process = Start(program, arguments, environment, directory, missing);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {Shortened(await errors)} {Shortened(await output)}");
    }

    /// <summary>Starts a program that is spoken with.</summary>
    public static Process Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? directory = null, string? missing = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception absent)
        {
            throw new MissingToolException(missing ?? $"{program} cannot be started ({absent.Message}).");
        }
    }

    /// <summary>This program again, in a process of its own.</summary>
    public static (string Program, IReadOnlyList<string> Arguments) Self(params IReadOnlyList<string> arguments) =>
        (ServedProgram.Dotnet, ["exec", typeof(Tool).Assembly.Location, .. arguments]);

    private static string Shortened(string text) => text.Length <= 600 ? text.Trim() : text[^600..].Trim();
}
