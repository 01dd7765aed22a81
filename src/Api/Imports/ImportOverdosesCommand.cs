using System.CommandLine;
using System.Data.Common;
using CaseFlow.Api.CommandLine;
using CaseFlow.Api.Composition;
using CaseFlow.Api.RejectedLines;
using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using Spectre.Console;

namespace CaseFlow.Api.Imports;

/// <summary>Imports a file of overdose incidents; see <c>docs/imports.md</c>.</summary>
internal sealed class ImportOverdosesCommand : ProgramCommand
{
    private const string UndefinedTable = "42P01";

    private readonly Argument<string> file = new("file") { Description = "The CSV file.", HelpName = "FILE.csv" };

    private readonly Option<string> jurisdiction = new("--jurisdiction")
    {
        Description = "Whose records they are.",
        HelpName = "ID",
        Required = true,
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Say what would happen and write nothing." };

    private readonly Option<string> source = new("--source")
    {
        Description = "Name of the source system; with a row's own numbers it is the row's identity.",
        HelpName = "NAME",
        DefaultValueFactory = _ => ImportTerms.DefaultSource,
    };

    private readonly Option<string?> agency = new("--agency")
    {
        Description = "The agency of the directory whose records the rows are; they are labelled by its law.",
        HelpName = "ID",
    };

    private readonly Option<string?> rejected = new("--rejected")
    {
        Description = "Where rejected lines go; FILE.csv.rejected.jsonl in the working directory unless given.",
        HelpName = "FILE",
    };

    public ImportOverdosesCommand() : base("overdoses", "Import overdose incidents, every row exactly once.")
    {
        Add(file);
        Add(jurisdiction);
        Add(dryRun);
        Add(source);
        Add(agency);
        Add(rejected);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        var path = context.Arguments.GetValue(file)!;
        var dry = context.Arguments.GetValue(dryRun);
        foreach (var id in new[] { context.Arguments.GetValue(jurisdiction), context.Arguments.GetValue(source), context.Arguments.GetValue(agency) }.OfType<string>())
        {
            if (!Slug.IsValid(id))
            {
                await Console.Error.WriteLineAsync(
                    $"'{id}' is no id: lower-case letters, digits and single hyphens, at most {Slug.MaxLength}.");
                return ExitCodes.WrongUse;
            }
        }

        using var reader = IncidentRowReader.Open(path);
        await using var server = await context.OpenDatabaseAsync(ct);
        await using var database = context.Settings.OpenCaseFlow(
            server.Logins, context.Loggers.CreateLogger("CaseFlow.Import"));
        if (!dry)
            await database.PrepareAsync(ct);
        var terms = await TermsAsync(database.Store, context, ct);
        var target = context.Arguments.GetValue(rejected) ?? Path.GetFullPath($"{Path.GetFileName(path)}.rejected.jsonl");
        await using var lines = dry ? null : RejectedFile.At(target, terms, database.Sealer);

        Func<RejectedRow, Task> keep = lines is null ? _ => Task.CompletedTask : lines.WriteAsync;
        var import = new ImportOverdoses(database.Store, terms, keep, dry);
        var tally = await ImportProgress.ShowAsync(
            AnsiConsole.Console, reader.Length, () => reader.BytesRead, batchDone => import.RunAsync(reader.Read(), batchDone, ct));

        foreach (var line in ImportSummary.LinesOf(tally, dry))
            Console.WriteLine(line);
        if (lines is { Lines: > 0 })
            await new RejectedLinesEraser(database, TimeProvider.System).KeepAsync(terms.Jurisdiction, lines.RunId, terms.Source, lines.Lines, lines.Overdoses);
        if (lines is not null && await lines.CompleteAsync())
            Console.WriteLine($"rejected lines of run {lines.RunId}, sealed: {target} (read them with: import show-rejected)");
        return tally.RejectedRows == 0 ? ExitCodes.Done : ExitCodes.SomeRejected;
    }

    private async Task<ImportTerms> TermsAsync(IEventStore store, CommandContext context, CancellationToken ct)
    {
        var id = context.Arguments.GetValue(jurisdiction)!;
        var now = TimeProvider.System.GetUtcNow();
        return await PolicyAsync(store, id, now, ct) is { } policy
            ? await LabelledAsync(store, new ImportTerms(id, context.Arguments.GetValue(source)!, now, policy), context.Arguments.GetValue(agency), ct)
            : throw new CannotRunException(
                $"Jurisdiction {id} has no policy in force, so the time zone of the file is not known: "
                + "publish a jurisdiction policy with its timeZone, then import again.");
    }

    private static async Task<ImportTerms> LabelledAsync(IEventStore store, ImportTerms terms, string? agencyId, CancellationToken ct)
    {
        if (agencyId is null)
            return terms;
        var directory = await new Registers(store).DirectoryAsync(terms.Jurisdiction, ct);
        return directory.FindAgency(agencyId) is { } known
            ? terms with { RecordOf = agencyId, Labels = Labelling.LabelsOf(known, Filing.Usual).ToCodes() }
            : throw new CannotRunException($"The directory of {terms.Jurisdiction} has no agency '{agencyId}': register it, then import again.");
    }

    private static async Task<JurisdictionPolicy?> PolicyAsync(
        IEventStore store, string jurisdiction, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return (await new Registers(store).PoliciesAsync(jurisdiction, ct)).InForceAt(now)?.Policy;
        }
        catch (DbException empty) when (empty.SqlState == UndefinedTable)
        {
            return null; // A dry run does not create tables.
        }
    }
}
