using System.CommandLine;
using CaseFlow.Api.Embedded;
using CaseFlow.Api.Settings;

namespace CaseFlow.Api.CommandLine;

/// <summary>What every command is given.</summary>
/// <param name="Arguments">The values of the command's own arguments and options.</param>
/// <param name="SettingArguments">The settings given on the command line, as written.</param>
/// <param name="Configuration">For the framework; the program itself reads <paramref name="Settings"/>.</param>
/// <param name="Settings">Bound and checked.</param>
/// <param name="Loggers">Write to the console as <c>Logging</c> says.</param>
public sealed record CommandContext(
    ParseResult Arguments,
    string[] SettingArguments,
    IConfiguration Configuration,
    CaseFlowSettings Settings,
    ILoggerFactory Loggers)
{
    /// <summary>The database of the settings; the embedded one is started or joined.</summary>
    public Task<OpenDatabase> OpenDatabaseAsync(CancellationToken ct) => OpenDatabase.OpenAsync(Settings, Loggers, ct);
}
