using System.CommandLine;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Imports;
using CaseFlow.Api.Integrity;
using CaseFlow.Api.Keys;
using CaseFlow.Api.Settings;
using CaseFlow.EventStore.Roles;

namespace CaseFlow.Api.CommandLine;

/// <summary>
/// What the program can do. Without a command it serves. Every command also takes any setting, as
/// <c>--Embedded:Port=5433</c>.
/// </summary>
public static class CommandLine
{
    private static Command[] Commands() =>
    [
        new ServeCommand(),
        new TokenCommand(),
        new ImportCommand(),
        new MigrateCommand(),
        new RebuildCommand(),
        new KeysCommand(),
        new VerifyHistoryCommand(),
        new RotateLedgerKeyCommand(),
    ];

    /// <summary>Runs one command; whatever goes wrong is one line on the error output and an exit code.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("CaseFlow: event-sourced case management for peer support in the justice system.");
        foreach (var command in Commands()) root.Add(command);
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((parsed, ct) => new ServeCommand().InvokeAsync(parsed, ct));

        var parsed = root.Parse(arguments);
        var mistakes = parsed.Errors.Select(error => error.Message)
            .Concat(parsed.UnmatchedTokens.Where(token => !IsSetting(token))
                .Select(token => $"'{token}' is not known here."))
            .ToList();
        if (mistakes.Count > 0)
            return Fail($"{mistakes[0]} See --help; a setting is written as --Name=Value.", ExitCodes.WrongUse);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            });
        }
        catch (InvalidSettingException wrong)
        {
            return Fail(wrong.Message, ExitCodes.WrongUse);
        }
        catch (Exception failure) when (failure is CannotRunException or EmbeddedPostgresException or RolesMissingException or SchemaBehindException)
        {
            return Fail(failure.Message, ExitCodes.CannotRun);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static bool IsSetting(string token) =>
        token.StartsWith("--", StringComparison.Ordinal) && token.IndexOf('=', StringComparison.Ordinal) > 2;

    private static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine(message.ReplaceLineEndings(" "));
        return exitCode;
    }
}
