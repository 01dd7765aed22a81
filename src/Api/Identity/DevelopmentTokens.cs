using System.Security.Claims;
using System.Security.Cryptography;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CaseFlow.Api.Identity;

/// <summary>The program as its own issuer, for development and tests; never beside a real one.</summary>
public sealed class DevelopmentTokens
{
    public const string Issuer = "caseflow-development";

    public const string DefaultAudience = "caseflow";

    private readonly string audience;
    private readonly TimeProvider clock;

    /// <param name="keyFile">A PEM file with the key, made when it is not there.</param>
    /// <param name="audience">The audience to name.</param>
    /// <param name="clock">Says when a token begins.</param>
    public DevelopmentTokens(string keyFile, string audience = DefaultAudience, TimeProvider? clock = null)
    {
        (this.audience, this.clock) = (audience, clock ?? TimeProvider.System);
        var key = ECDsa.Create();
        key.ImportFromPem(ReadOrMake(keyFile));
        SigningKey = new ECDsaSecurityKey(key) { KeyId = Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..9]) };
    }

    /// <summary>The key that checks what this issues.</summary>
    public ECDsaSecurityKey SigningKey { get; }

    /// <returns>A signed token for an actor.</returns>
    public string Issue(Actor actor, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<Claim> claims =
        [
            new(ActorClaims.Subject, actor.Id),
            new(ActorClaims.Role, actor.Role.Kebab()),
            new(ActorClaims.Jurisdiction, actor.Jurisdiction),
            new(ActorClaims.Purpose, actor.Purpose.Kebab()),
        ];
        if (actor.Agency is { } agency)
            claims.Add(new(ActorClaims.Agency, agency));
        if (actor.Office is { } office)
            claims.Add(new(ActorClaims.Office, office));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Subject = new ClaimsIdentity(claims),
            SigningCredentials = new SigningCredentials(SigningKey, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private static string ReadOrMake(string file)
    {
        if (File.Exists(file))
            return File.ReadAllText(file);

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process made it first: its key is the key.
            File.Delete(draft);
        }

        return File.ReadAllText(file);
    }
}
