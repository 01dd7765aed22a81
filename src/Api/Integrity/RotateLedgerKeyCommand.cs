using CaseFlow.Api.CommandLine;
using CaseFlow.Api.Composition;
using CaseFlow.EventStore.Integrity;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Integrity;

/// <summary>
/// Replaces the key that signs the history, while the program runs. At the keyboard only: whoever rotates has the key there.
/// </summary>
internal sealed class RotateLedgerKeyCommand() : ProgramCommand("rotate-ledger-key", "Make a new key that signs the history; the one until now names it.")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var server = await context.OpenDatabaseAsync(ct);
        await using var database = context.Settings.OpenCaseFlow(server.Logins, context.Loggers.CreateLogger("CaseFlow.Ledger"));
        try
        {
            await database.PrepareAsync(ct);
            var rotated = await database.History.Rotation.RotateAsync(cancellation: ct);
            Console.Out.WriteLine(rotated.WasBegun
                ? "A rotation that had been stopped is ended; no other key was made."
                : "The key until now signs nothing any more, and is overwritten.");
            Console.Out.WriteLine($"key {rotated.Today.Number} signs from here on: {SignedNote.VerifierKeyOf(rotated.Today.Verifier)}");
            Console.Out.WriteLine($"which key followed which: {database.History.Home.Successions.Path}");
            return ExitCodes.Done;
        }
        catch (Exception unfit) when (unfit is KeyChainBrokenException or SealBrokenException or InvalidOperationException or InvalidDataException)
        {
            throw new CannotRunException($"{unfit.Message} Nothing is lost: put it right and rotate again.", unfit);
        }
    }
}
