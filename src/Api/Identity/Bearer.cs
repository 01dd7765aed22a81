using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace CaseFlow.Api.Identity;

/// <summary>How a bearer token is checked: algorithm, signature, issuer, audience and time, all of them always.</summary>
public static class Bearer
{
    /// <summary>Asymmetric algorithms only: no token is its own key, none is unsigned.</summary>
    private static readonly string[] IssuerAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>A longer token is not read at all.</summary>
    private const int MaxTokenBytes = 8 * 1024;

    /// <summary>Registers authentication by token.</summary>
    /// <exception cref="InvalidOperationException">Neither or both of issuer and development key are set.</exception>
    public static IServiceCollection AddBearer(this IServiceCollection services, IdentitySettings settings)
    {
        if (settings.Authority is null == settings.DevelopmentKeyFile is null)
            throw new InvalidOperationException("Tokens come from one place: set the issuer's Authority or a development key file, not both.");

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            foreach (var reader in bearer.TokenHandlers.OfType<TokenHandler>())
                reader.MaximumTokenSizeInBytes = MaxTokenBytes;
            bearer.SaveToken = false;
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidAudience = settings.Audience,
                ValidateAudience = true,
                ValidateIssuer = true,
                ValidateLifetime = true,
                ValidateIssuerSigningKey = true,
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                ClockSkew = settings.ClockSkew,
                NameClaimType = ActorClaims.Subject,
                RoleClaimType = ActorClaims.Role,
            };
            if (settings.Authority is { } authority)
                TrustIssuer(bearer, authority);
            else
                TrustDevelopmentKey(bearer, settings);
        });
        // Authentication brings keys of the framework's own, made in the home directory at the start; no cookie here needs them.
        foreach (var starter in services.Where(StartsDataProtection).ToList())
            services.Remove(starter);
        return services;
    }

    private static bool StartsDataProtection(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && service.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true;

    private static void TrustIssuer(JwtBearerOptions bearer, string authority)
    {
        bearer.Authority = authority;
        // Plain HTTP only towards this very machine, where a test issuer runs.
        bearer.RequireHttpsMetadata = !new Uri(authority).IsLoopback;
        bearer.TokenValidationParameters.ValidAlgorithms = IssuerAlgorithms;
    }

    private static void TrustDevelopmentKey(JwtBearerOptions bearer, IdentitySettings settings)
    {
        bearer.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
        bearer.TokenValidationParameters.ValidIssuer = DevelopmentTokens.Issuer;
        bearer.TokenValidationParameters.IssuerSigningKey = new DevelopmentTokens(settings.DevelopmentKeyFile!).SigningKey;
    }
}
