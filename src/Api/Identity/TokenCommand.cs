using CaseFlow.Api.CommandLine;

namespace CaseFlow.Api.Identity;

/// <summary>Prints a development token that the running program accepts.</summary>
internal sealed class TokenCommand : ProgramCommand
{
    private readonly TokenOptions options = new();

    public TokenCommand()
        : base("token", "Print a token for development.") => options.AddTo(this);

    protected override Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        var authentication = context.Settings.Authentication;
        if (authentication.Authority is { } authority)
            throw new CannotRunException($"Tokens come from {authority}; the program issues none of its own beside it.");
        var tokens = new DevelopmentTokens(authentication.DevelopmentKeyFile, authentication.Audience ?? DevelopmentTokens.DefaultAudience);
        Console.Out.WriteLine(options.Issue(context.Arguments, tokens));
        return Task.FromResult(ExitCodes.Done);
    }
}
