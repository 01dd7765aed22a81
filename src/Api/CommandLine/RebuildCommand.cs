using System.CommandLine;
using CaseFlow.Api.Composition;

namespace CaseFlow.Api.CommandLine;

/// <summary>Builds views from nothing; what the program serves meanwhile are the old rows, and the new ones are the same.</summary>
internal sealed class RebuildCommand : ProgramCommand
{
    private readonly Option<string?> view = new("--view") { Description = "Only this view; all unless given.", HelpName = "NAME" };

    public RebuildCommand()
        : base("rebuild", "Build the views from nothing.") => Add(view);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var server = await context.OpenDatabaseAsync(ct);
        await using var database = context.Settings.OpenCaseFlow(server.ConnectionString, context.Loggers.CreateLogger("CaseFlow.Views"));
        var only = context.Arguments.GetValue(view);
        var known = database.Views.Inline.Select(inline => inline.Name).Concat(database.Runner.Views.Select(one => one.Name)).ToList();
        if (only is not null && !known.Contains(only))
        {
            await Console.Error.WriteLineAsync($"There is no view '{only}'. Views: {string.Join(", ", known)}.");
            return ExitCodes.WrongUse;
        }

        await database.MigrateAsync(ct);
        var rebuilt = await database.RebuildAsync(only, (name, reached) => Console.Out.WriteLine($"{name}: rebuilt, {reached}"), ct);
        Console.Out.WriteLine($"{rebuilt} rebuilt.");
        return ExitCodes.Done;
    }
}
