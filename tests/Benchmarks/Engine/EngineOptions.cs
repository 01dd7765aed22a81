using System.Globalization;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>How long and how large to measure.</summary>
internal sealed record EngineOptions
{
    public const string Usage = """
        engine [ROW ...]        only these rows of the table
          --quick               very short slices and small stores: shows that everything works, not how fast
          --slice SECONDS       length of a slice (4)
          --slices N            slices of each side (5)
          --rounds N            repetitions of what runs to its end: import, log, rebuild (3)
          --events N            events of the rebuilds and of reading the log (500000)
          --sizes SMALL,LARGE   events of the two stores of the row "size" (1000000,10000000)
          --minute SECONDS      how long the unrelated transaction stays open (60)
          --markdown FILE       writes the table there too
        """;

    public IReadOnlyList<string> Rows { get; init; } = [];

    public TimeSpan Slice { get; init; } = TimeSpan.FromSeconds(4);

    public int Slices { get; init; } = 5;

    public int Rounds { get; init; } = 3;

    public int Events { get; init; } = 500_000;

    public int Small { get; init; } = 1_000_000;

    public int Large { get; init; } = 10_000_000;

    public TimeSpan Minute { get; init; } = TimeSpan.FromMinutes(1);

    public string? Markdown { get; init; }

    /// <returns>Null when the arguments are not understood.</returns>
    public static EngineOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new EngineOptions();
        for (var n = 0; n < arguments.Count; n++)
        {
            if (arguments[n] == "--quick")
            {
                options = options with
                {
                    Slice = TimeSpan.FromSeconds(1),
                    Slices = 2,
                    Rounds = 1,
                    Events = 20_000,
                    Small = 20_000,
                    Large = 200_000,
                    Minute = TimeSpan.FromSeconds(10),
                };
                continue;
            }

            if (!arguments[n].StartsWith("--", StringComparison.Ordinal))
            {
                options = options with { Rows = [.. options.Rows, arguments[n]] };
                continue;
            }

            if (n + 1 == arguments.Count || options.With(arguments[n], arguments[n + 1]) is not { } changed)
                return null;
            (options, n) = (changed, n + 1);
        }

        return options;
    }

    private EngineOptions? With(string name, string value) => name switch
    {
        "--slice" => this with { Slice = TimeSpan.FromSeconds(Number(value)) },
        "--slices" => this with { Slices = Number(value) },
        "--rounds" => this with { Rounds = Number(value) },
        "--events" => this with { Events = Number(value) },
        "--sizes" => this with { Small = Number(value.Split(',')[0]), Large = Number(value.Split(',')[1]) },
        "--minute" => this with { Minute = TimeSpan.FromSeconds(Number(value)) },
        "--markdown" => this with { Markdown = value },
        _ => null,
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
