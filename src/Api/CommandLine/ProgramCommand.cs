using System.CommandLine;
using CaseFlow.Api.Settings;

namespace CaseFlow.Api.CommandLine;

/// <summary>
/// One command. A new one derives from this, adds its arguments and options in its constructor, does its work in
/// <see cref="RunAsync"/> and gets a line in <see cref="CommandLine"/>.
/// </summary>
internal abstract class ProgramCommand : Command
{
    protected ProgramCommand(string name, string description) : base(name, description)
    {
        TreatUnmatchedTokensAsErrors = false; // they are settings, which CommandLine checks
        SetAction(InvokeAsync);
    }

    /// <summary>Does the work, with settings that are bound and checked.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="CannotRunException">The work cannot be done; the message is printed as it is.</exception>
    protected abstract Task<int> RunAsync(CommandContext context, CancellationToken ct);

    internal async Task<int> InvokeAsync(ParseResult arguments, CancellationToken ct)
    {
        var given = arguments.UnmatchedTokens.ToArray();
        var configuration = SettingsReader.Load(given);
        using var loggers = LoggerFactory.Create(logging => logging
            .AddConfiguration(configuration.GetSection("Logging"))
            .AddSimpleConsole(console => console.SingleLine = true));
        var context = new CommandContext(arguments, given, configuration, SettingsReader.Read(configuration), loggers);
        return await RunAsync(context, ct);
    }
}
