namespace CaseFlow.Api.Identity;

/// <summary>Whose tokens are believed: exactly one of an OpenID Connect issuer and the program's own development key.</summary>
public sealed record IdentitySettings
{
    /// <summary>The issuer's address; its keys are read from its discovery document.</summary>
    public string? Authority { get; init; }

    /// <summary>The audience that a token must name.</summary>
    public string Audience { get; init; } = DevelopmentTokens.DefaultAudience;

    /// <summary>The ES256 key that signs and checks development tokens; made on first use, readable by its owner alone.</summary>
    public string? DevelopmentKeyFile { get; init; }

    /// <summary>Clocks of issuer and program may differ by this much.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);
}
