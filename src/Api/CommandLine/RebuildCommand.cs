using System.CommandLine;
using CaseFlow.Api.Composition;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.EventStore.Views.Rebuilding;

namespace CaseFlow.Api.CommandLine;

/// <summary>
/// Builds views from nothing, beside the rows that are served meanwhile; interrupted, it goes on where it was when it is
/// started again. With <c>--verify</c> it only compares what it built with what is served.
/// </summary>
internal sealed class RebuildCommand : ProgramCommand
{
    private readonly Option<string?> view = new("--view") { Description = "Only this view; all unless given.", HelpName = "NAME" };
    private readonly Option<bool> verify = new("--verify") { Description = "Change nothing: report any difference between the views and their events." };

    public RebuildCommand()
        : base("rebuild", "Build the views from nothing, or verify them.")
    {
        Add(view);
        Add(verify);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var server = await context.OpenDatabaseAsync(ct);
        await using var database = context.Settings.OpenCaseFlow(server.Logins, context.Loggers.CreateLogger("CaseFlow.Views"));
        var only = context.Arguments.GetValue(view);
        var known = database.Views.Inline.Select(inline => inline.Name).Concat(database.Runner.Views.Select(one => one.Name)).ToList();
        if (only is not null && !known.Contains(only))
        {
            await Console.Error.WriteLineAsync($"There is no view '{only}'. Views: {string.Join(", ", known)}.");
            return ExitCodes.WrongUse;
        }

        await database.PrepareAsync(ct);
        try
        {
            return context.Arguments.GetValue(verify) ? await VerifyAsync(database, only, ct) : await RebuildAsync(database, only, ct);
        }
        catch (Exception stopped) when (stopped is RebuildRunningException or ViewFailedException or UnreadableEventException or NewerViewException)
        {
            throw new CannotRunException($"{stopped.Message} The rows served stay as they are.", stopped);
        }
    }

    private static async Task<int> RebuildAsync(CaseFlowDatabase database, string? only, CancellationToken ct)
    {
        var done = new List<string>();
        var rebuilt = await RebuildDisplay.ShowAsync(told =>
            database.RebuildAsync(only, (name, reached) => done.Add($"{name}: rebuilt, {reached}"), ct, told));
        foreach (var line in done)
            Console.Out.WriteLine(line);
        Console.Out.WriteLine($"{rebuilt} rebuilt.");
        return ExitCodes.Done;
    }

    private static async Task<int> VerifyAsync(CaseFlowDatabase database, string? only, CancellationToken ct)
    {
        var verdicts = await RebuildDisplay.ShowAsync(async told =>
        {
            var found = new List<ViewVerdict>();
            await foreach (var verdict in database.VerifyAsync(only, told, ct))
                found.Add(verdict);
            return found;
        });
        foreach (var verdict in verdicts)
            Say(verdict);
        var different = verdicts.Count(verdict => !verdict.IsSame);
        Console.Out.WriteLine(different == 0 ? $"{verdicts.Count} verified, no difference." : $"{different} of {verdicts.Count} are not what their events say.");
        return different == 0 ? ExitCodes.Done : ExitCodes.Different;
    }

    private static void Say(ViewVerdict verdict)
    {
        if (verdict.Why is { } why)
        {
            Console.Out.WriteLine($"{verdict.View}: NOT COMPARED. {why}");
            return;
        }

        Console.Out.WriteLine($"{verdict.View}: {(verdict.IsSame ? "the same" : "DIFFERENT")} at position {verdict.Position}");
        foreach (var tenant in verdict.Behind)
            Console.Out.WriteLine($"  {tenant}: stands still before that position, not compared");
        foreach (var table in verdict.Tables)
        {
            Console.Out.WriteLine($"  {table.Table}: {table.Rows} rows, {table.Missing} missing, {table.Extra} extra, {table.Different} different");
            foreach (var example in table.Examples)
                Console.Out.WriteLine($"    {example}");
        }
    }
}
