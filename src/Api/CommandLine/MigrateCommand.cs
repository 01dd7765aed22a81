using CaseFlow.Api.Composition;

namespace CaseFlow.Api.CommandLine;

/// <summary>Brings the database to this program's schema; serving does the same at its start.</summary>
internal sealed class MigrateCommand() : ProgramCommand("migrate", "Bring the database to this program's schema.")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var server = await context.OpenDatabaseAsync(ct);
        await using var database = context.Settings.OpenCaseFlow(server.Logins, context.Loggers.CreateLogger("CaseFlow.Views"));
        var applied = await database.PrepareAsync(ct);
        Console.Out.WriteLine(applied.Count == 0 ? "Nothing to migrate." : $"Migrated: steps {string.Join(", ", applied)}.");
        return ExitCodes.Done;
    }
}
