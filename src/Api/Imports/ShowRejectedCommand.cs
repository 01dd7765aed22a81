using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using CaseFlow.Api.CommandLine;
using CaseFlow.Api.Composition;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Imports;

/// <summary>Opens rejected lines for the person who corrects them.</summary>
internal sealed class ShowRejectedCommand : ProgramCommand
{
    private readonly Argument<string> file = new("file") { Description = "A file of rejected lines.", HelpName = "FILE" };

    public ShowRejectedCommand() : base("show-rejected", "Show rejected lines; needs the key they were sealed with.") => Add(file);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var server = await context.OpenDatabaseAsync(ct);
        await using var database = context.Settings.OpenCaseFlow(
            server.Logins, context.Loggers.CreateLogger("CaseFlow.Import"));
        try
        {
            foreach (var row in RejectedFile.Read(context.Arguments.GetValue(file)!, database.Sealer, database.Keys.Ring.IsDestroyed))
                await Console.Out.WriteLineAsync(Text(row).AsMemory(), ct);
            return ExitCodes.Done;
        }
        catch (SealBrokenException broken)
        {
            throw new CannotRunException($"A rejected line does not open: {broken.Message}", broken);
        }
    }

    /// <summary>Control characters are escaped: a line of the file never steers the terminal.</summary>
    private static string Text(RejectedRow row)
    {
        var content = row.Content is { } line ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(line)
            : row.SealedHash is { } hash ? $"(erased) sealed as {hash}" : "(erased)";
        return string.Create(
            CultureInfo.InvariantCulture, $"line {row.Line}  {row.Code}  {row.Field ?? "-"}  {row.Reason}\n  {content}");
    }
}
