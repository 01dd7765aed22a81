using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Api.Identity;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Infrastructure;
using Microsoft.IdentityModel.Tokens;

namespace CaseFlow.Integration.Security;

/// <summary>The program with its development key, and the program with an OpenID Connect issuer: the same refusals.</summary>
public sealed class TrustingTokens : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("tokens").FullName;
    private readonly List<Trusting> programs = [];
    private readonly List<ProgramHost> hosts = [];
    private TinyIssuer issuer = null!;
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await TinyIssuer.StartAsync();
        database = await TestDatabase.CreateAsync();
        var keys = Path.Combine(directory, "wrapping.key");
        _ = FileWrappingKey.OpenOrCreate(keys);
        var development = new DevelopmentTokens(Path.Combine(directory, "token.key"));
        var key = development.SigningKey;
        programs.Add(new Trusting(
            "development", DevelopmentTokens.Issuer, DevelopmentTokens.DefaultAudience, "ES256", key.KeyId,
            data => key.ECDsa.SignData(data, HashAlgorithmName.SHA256), key.ECDsa.ExportSubjectPublicKeyInfo(),
            await StartAsync(("Keys:File", keys), ("Authentication:DevelopmentKeyFile", Path.Combine(directory, "token.key")))));
        programs.Add(new Trusting(
            "issuer", issuer.Address, "county-api", "RS256", "first",
            data => issuer.Key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), issuer.Key.ExportSubjectPublicKeyInfo(),
            await StartAsync(("Keys:File", keys), ("Authentication:Authority", issuer.Address), ("Authentication:Audience", "county-api"))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in programs)
            program.Http.Dispose();
        foreach (var host in hosts)
            await host.DisposeAsync();
        await issuer.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_good_token_is_let_in()
    {
        foreach (var program in programs)
            (await program.ShowAsync(program.Make())).ShouldSucceed();
    }

    [Fact]
    public async Task A_token_of_the_one_is_none_of_the_other()
    {
        (await programs[0].ShowAsync(programs[1].Make())).ShouldBeProblem(401, "token-invalid");
        (await programs[1].ShowAsync(programs[0].Make())).ShouldBeProblem(401, "token-invalid");
    }

    [Fact]
    public async Task Audience_issuer_and_times_are_checked()
    {
        foreach (var program in programs)
        {
            await RefuseAsync(program, "token-invalid", claims => claims["aud"] = "another-system", claims => claims.Remove("aud"), claims => claims["aud"] = new JsonArray());
            await RefuseAsync(program, "token-invalid", claims => claims["iss"] = "https://elsewhere.example", claims => claims["iss"] = program.Issuer + "/", claims => claims.Remove("iss"));
            await RefuseAsync(program, "token-invalid", claims => claims.Remove("exp"), claims => claims["exp"] = "tomorrow");
            await RefuseAsync(program, "token-expired", claims => (claims["nbf"], claims["exp"]) = (Seconds(-1200), Seconds(-600)), claims => claims["nbf"] = Seconds(300));
        }
    }

    [Fact]
    public async Task The_algorithm_is_ours_to_choose_and_the_public_key_no_secret()
    {
        foreach (var program in programs)
        {
            foreach (var none in new[] { "none", "None", "NONE", "" })
                (await program.ShowAsync(program.Make(header => header["alg"] = none, sign: null))).ShouldBeProblem(401, "token-invalid");
            (await program.ShowAsync(HandmadeToken.Of(program.Header(), program.Claims(), null))).ShouldBeProblem(401, "token-invalid");
            foreach (var secret in new[] { program.PublicKey, Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", program.PublicKey)), Encoding.ASCII.GetBytes(program.KeyId), [] })
            {
                foreach (var algorithm in new[] { "HS256", program.Algorithm })
                    (await program.ShowAsync(program.Make(header => header["alg"] = algorithm, data => HMACSHA256.HashData(secret, data)))).ShouldBeProblem(401, "token-invalid");
            }
        }
    }

    [Fact]
    public async Task A_key_is_one_of_the_issuers_whatever_the_token_says_of_it()
    {
        using var stranger = RSA.Create(2048);
        byte[] Sign(byte[] data) => stranger.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var parameters = stranger.ExportParameters(includePrivateParameters: false);
        JsonObject Own() => new() { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(parameters.Modulus), ["e"] = Base64UrlEncoder.Encode(parameters.Exponent) };
        foreach (var program in programs)
        {
            foreach (var change in new Action<JsonObject>[] { _ => { }, header => header["kid"] = "unknown", header => header.Remove("kid"), header => header["kid"] = "../../token.key", header => header["jwk"] = Own(), header => header["jku"] = "https://elsewhere.example/keys" })
            {
                void Change(JsonObject header)
                {
                    header["alg"] = "RS256";
                    change(header);
                }

                (await program.ShowAsync(program.Make(Change, Sign))).ShouldBeProblem(401, "token-invalid");
            }

            var good = program.Make().Split('.');
            var raised = HandmadeToken.Of(program.Header(), program.Claims("privacy-officer"), null).Split('.');
            (await program.ShowAsync($"{good[0]}.{raised[1]}.{good[2]}")).ShouldBeProblem(401, "token-invalid");
        }
    }

    [Fact]
    public async Task What_it_claims_must_be_whole_and_known()
    {
        foreach (var program in programs)
        {
            foreach (var claim in new[] { "sub", "role", "jurisdiction" })
                await RefuseAsync(program, "token-incomplete", claims => claims.Remove(claim), claims => claims[claim] = "");
            foreach (var claim in new[] { "role", "jurisdiction" })
                await RefuseAsync(program, "token-incomplete", claims => claims[claim] = new JsonArray("administrator", "agent"));
            (await program.ShowAsync(program.Make(change: claims => claims["sub"] = new JsonArray("admin-1", "admin-2")))).Status.ShouldBe(401);
            await RefuseAsync(
                program, "token-incomplete", claims => claims["role"] = "emperor", claims => claims["role"] = "Administrator", claims => claims["role"] = 12, claims => claims["purpose"] = "curiosity",
                claims => claims["jurisdiction"] = "De Mo", claims => claims["jurisdiction"] = "demo/../x", claims => claims["sub"] = new string('a', 201), claims => claims["sub"] = "a\0b", claims => claims["sub"] = "a\nb");
        }
    }

    [Fact]
    public async Task A_purpose_is_one_of_the_roles_or_not_claimed()
    {
        foreach (var program in programs)
        {
            (await program.ShowAsync(program.Make(change: claims => claims["purpose"] = "operations"))).ShouldSucceed();
            foreach (var purpose in new[] { "care", "supervision", "audit" })
                (await program.ShowAsync(program.Make(change: claims => claims["purpose"] = purpose))).ShouldBeProblem(403, "purpose-not-of-role");
        }
    }

    [Fact]
    public async Task A_token_too_long_is_not_read()
    {
        foreach (var program in programs)
        {
            await RefuseAsync(program, "token-invalid", claims => claims["padding"] = new string('x', 8000));
            (await program.ShowAsync(program.Make(change: claims => claims["padding"] = new string('x', 14_000)))).Status.ShouldBe(431);
        }
    }

    [Fact]
    public async Task A_token_elsewhere_than_in_its_header_is_none()
    {
        foreach (var program in programs)
        {
            var token = program.Make();
            foreach (var name in new[] { "access_token", "token" })
            {
                using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/policies?{name}={token}");
                (await program.SendAsync(asked)).ShouldBeProblem(401, "token-missing");
            }

            using var cookie = new HttpRequestMessage(HttpMethod.Get, "/api/policies");
            cookie.Headers.Add("Cookie", $"access_token={token}");
            (await program.SendAsync(cookie)).ShouldBeProblem(401, "token-missing");
            using var basic = new HttpRequestMessage(HttpMethod.Get, "/api/policies");
            basic.Headers.Authorization = new AuthenticationHeaderValue("Basic", token);
            (await program.SendAsync(basic)).ShouldBeProblem(401, "token-missing");
        }
    }

    private static async Task RefuseAsync(Trusting program, string code, params Action<JsonObject>[] changes)
    {
        foreach (var change in changes)
        {
            var reply = await program.ShowAsync(program.Make(change: change));
            reply.ShouldBeProblem(401, code);
            reply["WWW-Authenticate"].ShouldBe("Bearer error=\"invalid_token\"");
        }
    }

    private static long Seconds(int fromNow) => DateTimeOffset.UtcNow.AddSeconds(fromNow).ToUnixTimeSeconds();

    private async Task<HttpClient> StartAsync(params (string Name, string Value)[] settings)
    {
        var host = new ProgramHost(database.ConnectionString, settings);
        hosts.Add(host);
        host.UseKestrel(0);
        await Task.Run(host.StartServer);
        return host.CreateClient();
    }

    /// <summary>A running program, and how to make a token that it believes.</summary>
    private sealed record Trusting(
        string Name, string Issuer, string Audience, string Algorithm, string KeyId, Func<byte[], byte[]> Sign, byte[] PublicKey, HttpClient Http)
    {
        public JsonObject Header() => new() { ["alg"] = Algorithm, ["typ"] = "JWT", ["kid"] = KeyId };

        public JsonObject Claims(string role = "administrator") => new()
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["nbf"] = Seconds(-60),
            ["exp"] = Seconds(600),
            ["sub"] = "admin-1",
            ["role"] = role,
            ["jurisdiction"] = "demo",
        };

        public string Make(Action<JsonObject>? header = null, Func<byte[], byte[]>? sign = null, Action<JsonObject>? change = null)
        {
            var (top, claims) = (Header(), Claims());
            header?.Invoke(top);
            change?.Invoke(claims);
            return HandmadeToken.Of(top, claims, sign ?? Sign);
        }

        public async Task<Reply> ShowAsync(string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/policies");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return await SendAsync(request);
        }

        public async Task<Reply> SendAsync(HttpRequestMessage request)
        {
            using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
            return await Reply.OfAsync(response);
        }
    }
}
