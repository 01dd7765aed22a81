namespace CaseFlow.Api.CommandLine;

/// <summary>Answers HTTP and does the background work until it is stopped.</summary>
internal sealed class ServeCommand() : ProgramCommand("serve", "Serve (the default).")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        await Serve.RunAsync(context, ct);
        return ExitCodes.Done;
    }
}
