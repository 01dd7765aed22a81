using System.CommandLine;
using System.Diagnostics;
using CaseFlow.Api.CommandLine;
using CaseFlow.Api.Composition;
using CaseFlow.EventStore.Integrity;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Integrity;

/// <summary>
/// Holds the stored history against its ledger, the signed checkpoints and the copy outside, and puts the verdict on record. It seals
/// nothing itself, so that what is wrong is not sealed by looking.
/// </summary>
internal sealed class VerifyHistoryCommand : ProgramCommand
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private readonly Option<long> first = new("--from") { Description = "First log position.", HelpName = "POSITION", DefaultValueFactory = _ => 1 };

    private readonly Option<long?> last = new("--until")
    {
        Description = "Last log position; without it, all that is sealed, the checkpoints and the copy outside.",
        HelpName = "POSITION",
    };

    public VerifyHistoryCommand()
        : base("verify-history", "Prove that every stored event is as it was recorded, or say which is not.")
    {
        Add(first);
        Add(last);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        var (from, until) = (context.Arguments.GetValue(first), context.Arguments.GetValue(last));
        if (from < 1 || until < from)
        {
            await Console.Error.WriteLineAsync("--from is a position from 1 on, and --until is not before it.");
            return ExitCodes.WrongUse;
        }

        await using var server = await context.OpenDatabaseAsync(ct);
        await using var database = context.Settings.OpenCaseFlow(server.Logins, context.Loggers.CreateLogger("CaseFlow.Ledger"));
        try
        {
            await database.PrepareAsync(ct);
            var desk = new HistoryDesk(database, TimeProvider.System);
            var verdict = (await desk.VerifyAsync(from, until, ct, Lines()))!;
            await SayKeysAsync(database.History, ct);
            Say(verdict, database.History.Home);
            await desk.RecordEverywhereAsync(verdict, ct);
            return verdict.IsIntact ? ExitCodes.Done : ExitCodes.Broken;
        }
        catch (Exception unfit) when (unfit is SealBrokenException or InvalidOperationException or InvalidDataException)
        {
            throw new CannotRunException(unfit.Message, unfit);
        }
    }

    private static async Task SayKeysAsync(HistoryIntegrity history, CancellationToken ct)
    {
        try
        {
            foreach (var key in (await history.Ledger.KeysAsync(ct)).Keys)
                Console.Out.WriteLine($"verifier key: {SignedNote.VerifierKeyOf(key.Verifier)}{(key.LastSize is { } size ? $", up to {size} events" : "")}");
        }
        catch (KeyChainBrokenException)
        {
            Console.Out.WriteLine("verifier key: none holds, as is said below");
        }
    }

    private static void Say(HistoryVerdict verdict, LedgerHome home)
    {
        Console.Out.WriteLine($"history: {verdict.Origin}");
        Console.Out.WriteLine($"positions {verdict.First} to {verdict.Last} hashed anew; {verdict.Size} are sealed, {verdict.SignedSize} of them under a signed checkpoint that holds");
        Console.Out.WriteLine(verdict.IsWhole
            ? $"{verdict.Checkpoints} checkpoints in the database, {verdict.Outside} in {home.Outside.Path}; {verdict.NotSealed} events are not sealed yet"
            : "checkpoints and what is not sealed yet were not looked at");
        if (verdict.Archived > 0)
            Console.Out.WriteLine($"{verdict.Archived} events are of streams that Marten archived since");
        foreach (var finding in verdict.Findings)
            Console.Out.WriteLine($"  {Place(finding)}: {finding.Defect}. {finding.Detail}{(finding.EventId is { } id ? $" Event {id} of {finding.TenantId}." : "")}");
        Console.Out.WriteLine(verdict.IsIntact ? "INTACT" : $"BROKEN: {verdict.FindingCount} differences");
    }

    private static string Place(HistoryFinding finding) => finding switch
    {
        { First: null, Last: null } => "no position",
        { First: null } => $"up to {finding.Last}",
        _ when finding.First == finding.Last => $"position {finding.First}",
        _ => $"positions {finding.First} to {finding.Last}",
    };

    private static Action<long, long> Lines()
    {
        var said = Stopwatch.StartNew();
        return (position, end) =>
        {
            if (said.Elapsed < LineEvery)
                return;
            said.Restart();
            Console.Out.WriteLine($"{position} of {end}");
        };
    }
}
