using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using CaseFlow.Api.Embedded;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Demonstration;

/// <summary>
/// What a guide prints works as printed: its commands are taken from the document and run in their order, in one shell, against the program with
/// its demonstration. A request is answered 200, or what the guide says behind the command.
/// </summary>
public sealed partial class FollowingTheGuides : IDisposable
{
    private const string AsPrinted = "http://127.0.0.1:5080";

    /// <summary>Stands before the guide's own commands: the program as it was built, and a note of what each request was answered.</summary>
    private const string Prelude = """
        set -o pipefail
        dotnet() {
          [ "$1 $2 $3 $4" = "run --project src/Api --" ] || { echo "not a command of the guide: dotnet $*" >&2; return 1; }
          shift 4
          "$RUNTIME" exec "$PROGRAM" "$@" "--Authentication:DevelopmentKeyFile=$KEY_FILE"
        }
        curl() {
          local body=$(mktemp -p "$NOTES") told
          told=$(command curl -o "$body" -w '%{http_code}\t%{method}\t%{url_effective}' "$@") || return
          printf '%s\trequest\t%s\n' "$AT" "$told" >>"$NOTES/told"
          case "$told" in [23]*) ;; *) printf '%s\tproblem\t%s\n' "$AT" "$(tr -d '\n' <"$body")" >>"$NOTES/told" ;; esac
          cat "$body"
        }

        """;

    private readonly DataDirectory place = new();
    private readonly string notes = Directory.CreateTempSubdirectory("caseflow-guide-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        place.Dispose();
        Directory.Delete(notes, recursive: true);
    }

    [Theory]
    [InlineData("docs/guides/coordinator.md", 30)]
    [InlineData("docs/guides/participation.md", 120)]
    [InlineData("docs/guides/privacy-officer.md", 80)]
    public async Task Every_command_is_answered_as_the_guide_says(string guide, int atLeast)
    {
        var keyFile = Path.Combine(notes, "token.key");
        using var program = ProgramProcess.Start(
        [
            "--Urls=http://127.0.0.1:0", $"--Embedded:DataDirectory={place.FullPath}", "--Embedded:Durable=false", $"--Authentication:DevelopmentKeyFile={keyFile}",
        ]);
        var address = Address().Match(await program.AnsweringAsync()).Value;
        var commands = CommandsOf(await File.ReadAllLinesAsync(Path.Combine(Root(), guide), Stop)).ToList();

        var (exitCode, errors) = await RunAsync(commands, address, keyFile);

        var told = (await File.ReadAllLinesAsync(Path.Combine(notes, "told"), Stop)).Select(line => line.Split('\t')).ToLookup(line => int.Parse(line[0], CultureInfo.InvariantCulture));
        List<string> wrong = [.. commands.SelectMany(command => WrongWith(command, told[command.Line].ToList()))];
        wrong.ShouldBeEmpty(errors);
        exitCode.ShouldBe(0, errors);
        told.SelectMany(notes => notes).Count(note => note[1] == "request").ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    /// <summary>The commands of the blocks marked <c>bash</c>; an indented line, and what closes a loop, belong to the command before.</summary>
    private static IEnumerable<Command> CommandsOf(string[] lines)
    {
        var (inside, open) = (false, (Command?)null);
        for (var n = 0; n < lines.Length; n++)
        {
            if (lines[n].StartsWith("```", StringComparison.Ordinal))
            {
                inside = lines[n] == "```bash";
            }
            else if (inside && open is not null && (lines[n].StartsWith(' ') || lines[n].Split(' ')[0] == "done"))
            {
                open = open with { Text = $"{open.Text}\n{lines[n]}" };
            }
            else
            {
                if (open is not null)
                    yield return open;
                open = inside && lines[n].Length > 0 ? new Command(n + 1, lines[n]) : null;
            }
        }

        if (open is not null)
            yield return open;
    }

    private static IEnumerable<string> WrongWith(Command command, List<string[]> told)
    {
        foreach (var request in told.Where(note => note[1] == "request" && !command.Expected.Contains(note[2])))
        {
            var problem = told.FirstOrDefault(note => note[1] == "problem") is { } found ? found[2] : "";
            yield return $"line {command.Line}: {request[3]} {request[4]} is answered {request[2]}, and the guide says {string.Join(" or ", command.Expected)}. {problem}";
        }

        if (told.Exists(note => note[1] == "set" && note[3] is "" or "null"))
            yield return $"line {command.Line}: {command.Text} sets nothing";
        if (told.Find(note => note[1] == "end")?[2] is not "0")
            yield return $"line {command.Line}: {command.Text} fails";
        if (command.Asks && !told.Exists(note => note[1] == "request"))
            yield return $"line {command.Line}: {command.Text} asks nothing";
    }

    private async Task<(int ExitCode, string Errors)> RunAsync(List<Command> commands, string address, string keyFile)
    {
        var script = new StringBuilder(Prelude.ReplaceLineEndings("\n"));
        foreach (var command in commands)
        {
            script.Append(CultureInfo.InvariantCulture, $"AT={command.Line}\n{command.Text.Replace(AsPrinted, address, StringComparison.Ordinal)}\n")
                .Append("printf '%s\\tend\\t%s\\n' \"$AT\" \"$?\" >>\"$NOTES/told\"\n");
            if (command.Sets is { } name)
                script.Append(CultureInfo.InvariantCulture, $"printf '%s\\tset\\t%s\\t%s\\n' \"$AT\" {name} \"${name}\" >>\"$NOTES/told\"\n");
        }

        var path = Path.Combine(notes, "guide.sh");
        await File.WriteAllTextAsync(path, script.ToString(), Stop);
        var start = new ProcessStartInfo("bash", [path]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = notes };
        start.Environment["NOTES"] = notes;
        start.Environment["KEY_FILE"] = keyFile;
        start.Environment["RUNTIME"] = Path.GetFullPath("../../../dotnet", RuntimeEnvironment.GetRuntimeDirectory());
        start.Environment["PROGRAM"] = typeof(EmbeddedPostgres).Assembly.Location;
        using var shell = Process.Start(start)!;
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(Stop), shell.StandardError.ReadToEndAsync(Stop));
        await shell.WaitForExitAsync(Stop);
        await output;
        return (shell.ExitCode, await errors);
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "CaseFlow.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }

    /// <param name="Line">Of the guide.</param>
    private sealed record Command(int Line, string Text)
    {
        /// <summary>What its requests may be answered.</summary>
        public IReadOnlyList<string> Expected =>
            Said().Match(Text) is { Success: true } said ? [.. Status().Matches(said.Value).Select(status => status.Value)] : ["200"];

        /// <summary>The variable that it sets; null for none.</summary>
        public string? Sets => Exported().Match(Text) is { Success: true } exported ? exported.Groups[1].Value : null;

        /// <summary>Whether it asks the program something, rather than saying how that is done.</summary>
        public bool Asks => Asking().IsMatch(Text) && !Defined().IsMatch(Text);
    }

    [GeneratedRegex(@"# [0-9]{3}( or [0-9]{3})*$")]
    private static partial Regex Said();

    [GeneratedRegex("[0-9]{3}")]
    private static partial Regex Status();

    [GeneratedRegex(@"^export (\w+)=")]
    private static partial Regex Exported();

    [GeneratedRegex(@"(?<!--role)(^|[\s(])(ask|tell|change|fresh|lead|coach|curl) ")]
    private static partial Regex Asking();

    [GeneratedRegex(@"^\w+\(\)\s")]
    private static partial Regex Defined();

    [GeneratedRegex(@"http://[0-9.]+:[0-9]+")]
    private static partial Regex Address();
}
