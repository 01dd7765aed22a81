using System.CommandLine;
using CaseFlow.Api.CommandLine;
using CaseFlow.Api.Composition;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Keys;

/// <summary>What is done with the keys outside the database. At the keyboard only: whoever rotates has the new key there.</summary>
internal sealed class KeysCommand : Command
{
    public KeysCommand() : base("keys", "Rotate the wrapping key, or show what is wrapped by what.")
    {
        TreatUnmatchedTokensAsErrors = false;
        Add(new RotateKeysCommand());
        Add(new KeyStatusCommand());
    }
}

/// <summary>Puts everything under the wrapping key of the settings, while the program runs; interrupted, it goes on where it was.</summary>
internal sealed class RotateKeysCommand : ProgramCommand
{
    private const int MostNamed = 20;

    private readonly Option<bool> forget = new("--forget-earlier")
    {
        Description = "Then drop the earlier epochs: backups made before cannot be read any more.",
    };

    public RotateKeysCommand() : base("rotate", "Wrap everything anew under the wrapping key of Keys, read with that of PreviousKeys.") => Add(forget);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var server = await context.OpenDatabaseAsync(ct);
        await using var database = context.Settings.OpenCaseFlow(server.Logins, context.Loggers.CreateLogger("CaseFlow.Keys"));
        try
        {
            await database.PrepareAsync(ct);
            var rotated = await database.Rotation.RotateAsync(_ => { }, ct);
            Console.Out.WriteLine($"{rotated.Count} data keys wrapped anew, epoch {database.Keys.Ring.Epoch}, under {database.Keys.Ring.WrappingKeyId}.");
            if (rotated.Left.Count > 0)
                return Say(rotated.Left);
            if (context.Arguments.GetValue(forget))
                await ForgetAsync(database, ct);
            return ExitCodes.Done;
        }
        catch (Exception stopped) when (stopped is SealBrokenException or InvalidOperationException)
        {
            throw new CannotRunException($"{stopped.Message} Nothing is lost: put it right and rotate again.", stopped);
        }
    }

    /// <summary>What wraps them is kept, whatever was asked: a row that is put back from a backup opens with nothing else.</summary>
    private static int Say(IReadOnlyList<LeftKey> left)
    {
        Console.Error.WriteLine($"DAMAGED: {left.Count} keys do not unwrap, and were passed over. Put their rows back from a backup, and rotate again; until then keep what wraps them: earlier epochs are not forgotten.");
        foreach (var key in left.Take(MostNamed))
            Console.Error.WriteLine($"  {key.Of}, wrapped by {key.WrappingKeyId}");
        if (left.Count > MostNamed)
            Console.Error.WriteLine($"  and {left.Count - MostNamed} more");
        return ExitCodes.SomeDamaged;
    }

    private static async Task ForgetAsync(CaseFlowDatabase database, CancellationToken ct)
    {
        await database.Rotation.ForgetEarlierAsync(ct);
        Console.Out.WriteLine("Earlier epochs are forgotten: backups from before today cannot be read.");
    }
}

/// <summary>What wraps what, and what was erased.</summary>
internal sealed class KeyStatusCommand() : ProgramCommand("status", "Show what is wrapped by what, and how much was erased.")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await using var server = await context.OpenDatabaseAsync(ct);
        await using var database = context.Settings.OpenCaseFlow(server.Logins, context.Loggers.CreateLogger("CaseFlow.Keys"));
        var (ring, current) = (database.Keys.Ring, database.Keys.Wrapping.Current.KeyId);
        try
        {
            await database.PrepareAsync(ct);
            Console.Out.WriteLine($"wrapping key: {current}");
            Console.Out.WriteLine($"key ring: {ring.Path}, epochs {string.Join(", ", ring.Epochs)}, wrapped by {ring.WrappingKeyId}{(ring.WrappingKeyId == current ? "" : ": ROTATE")}");
            foreach (var (name, count, marks) in await database.Rotation.StatusAsync(ct))
                Console.Out.WriteLine($"  {count} {(marks ? "keys of marks" : "data keys")} wrapped by {name}{(name == ring.CurrentName ? "" : ": ROTATE")}");
            Console.Out.WriteLine($"erasures: {database.Keys.Erasures.Read().Count} on the list {database.Keys.Erasures.Path}");
            Console.Out.WriteLine($"sealings: {database.Keys.Sealings.ReadOpen().Count} in force on the list {database.Keys.Sealings.Path}");
            return ExitCodes.Done;
        }
        catch (Exception stopped) when (stopped is SealBrokenException or InvalidOperationException or InvalidDataException)
        {
            throw new CannotRunException(stopped.Message, stopped);
        }
    }
}
