using System.Globalization;
using Spectre.Console;

namespace CaseFlow.Api.Imports;

/// <summary>Shows how far an import is: a bar on a terminal, a line at each tenth anywhere else.</summary>
internal static class ImportProgress
{
    /// <param name="console">Where to show it.</param>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="position">Bytes read so far.</param>
    /// <param name="work">The import; calls what it is given after each batch.</param>
    public static Task<ImportTally> ShowAsync(
        IAnsiConsole console, long length, Func<long> position, Func<Action<ImportTally>, Task<ImportTally>> work) =>
        console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi
            ? console.Progress()
                .Columns(
                    new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                    new RemainingTimeColumn())
                .StartAsync(context =>
                {
                    var bar = context.AddTask("importing", maxValue: Math.Max(1, length));
                    return work(tally =>
                    {
                        bar.Value = position();
                        bar.Description = string.Create(CultureInfo.InvariantCulture, $"{tally.RowsRead:#,0} rows");
                    });
                })
            : work(Tenths(console, length, position));

    private static Action<ImportTally> Tenths(IAnsiConsole console, long length, Func<long> position)
    {
        var shown = 0L;
        return tally =>
        {
            var tenth = length == 0 ? 10 : position() * 10 / length;
            if (tenth <= shown)
                return;
            shown = tenth;
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tenth * 10} %, {tally.RowsRead:#,0} rows"));
        };
    }
}
