using System.Diagnostics;
using System.Globalization;
using CaseFlow.EventStore.Views.Rebuilding;
using Spectre.Console;

namespace CaseFlow.Api.CommandLine;

/// <summary>Shows how rebuilds get on: bars for a person, now and then a line for a file.</summary>
internal static class RebuildDisplay
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    public static async Task<T> ShowAsync<T>(Func<Action<RebuildProgress>, Task<T>> work)
    {
        if (Console.IsOutputRedirected)
            return await work(Lines());
        return await AnsiConsole.Progress()
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context => work(Bars(context)));
    }

    private static Action<RebuildProgress> Lines()
    {
        var (said, view) = (Stopwatch.StartNew(), "");
        return progress =>
        {
            if (progress.View == view && said.Elapsed < LineEvery)
                return;
            view = progress.View;
            said.Restart();
            Console.Out.WriteLine(Text(progress));
        };
    }

    private static Action<RebuildProgress> Bars(ProgressContext context)
    {
        var bars = new Dictionary<string, ProgressTask>();
        return progress =>
        {
            if (!bars.TryGetValue(progress.View, out var bar))
                bars[progress.View] = bar = context.AddTask(progress.View);
            bar.Description = Markup.Escape(Text(progress));
            (bar.MaxValue, bar.Value) = (Math.Max(1, progress.End), progress.Position);
        };
    }

    private static string Text(RebuildProgress progress)
    {
        var remaining = progress is { Phase: RebuildPhase.Folding, Remaining: { } left }
            ? string.Create(CultureInfo.InvariantCulture, $", {left:hh\\:mm\\:ss} left")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.View}: {progress.Phase}, {progress.Position} of {progress.End}, {progress.EventsPerSecond:0} events/s{remaining}");
    }
}
