using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace CaseFlow.Integration.Security;

/// <summary>As much of an OpenID Connect issuer as a resource server asks: a discovery document and its keys.</summary>
internal sealed class TinyIssuer : IAsyncDisposable
{
    private readonly WebApplication app;

    private TinyIssuer(WebApplication app) => this.app = app;

    public RSA Key { get; } = RSA.Create(2048);

    public string Address => app.Urls.Single();

    public static async Task<TinyIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var issuer = new TinyIssuer(builder.Build());
        issuer.app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            new JsonObject { ["issuer"] = issuer.Address, ["jwks_uri"] = issuer.Address + "/keys" }.ToJsonString(), "application/json"));
        issuer.app.MapGet("/keys", () => Results.Text(new JsonObject { ["keys"] = new JsonArray(issuer.PublicKey()) }.ToJsonString(), "application/json"));
        await issuer.app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Key.Dispose();
    }

    private JsonObject PublicKey()
    {
        var key = Key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = "first",
            ["n"] = Base64UrlEncoder.Encode(key.Modulus),
            ["e"] = Base64UrlEncoder.Encode(key.Exponent),
        };
    }
}

/// <summary>A token written by hand, so that it can be wrong in any way.</summary>
internal static class HandmadeToken
{
    public static string Of(JsonObject header, JsonObject claims, Func<byte[], byte[]>? sign)
    {
        var signed = $"{Part(header)}.{Part(claims)}";
        return $"{signed}.{(sign is null ? "" : Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(signed))))}";
    }

    private static string Part(JsonObject json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
