using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Unit.Http.Toy;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CaseFlow.Unit.Http;

public sealed class ShowingTokens : IAsyncLifetime
{
    private DoorHost door = null!;

    public async ValueTask InitializeAsync() => door = await DoorHost.StartAsync();

    public ValueTask DisposeAsync() => door.DisposeAsync();

    [Fact]
    public async Task A_good_token_is_let_in() =>
        ((int)(await door.GetAsync("/api/lamps")).Status).ShouldBe(200);

    [Fact]
    public async Task Without_a_token_nobody_is_let_in()
    {
        var reply = await door.GetAsync("/api/lamps", role: null);

        reply.ShouldBeProblem(401, "token-missing");
        reply["WWW-Authenticate"].ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("a.b.c")]
    public async Task Rubbish_is_refused(string token) => (await Show(token)).ShouldBeProblem(401, "token-invalid");

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        var payload = door.Token(Role.Agent).Split('.')[1];
        var token = $"{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"JWT"}"""))}.{payload}.";

        (await Show(token)).ShouldBeProblem(401, "token-invalid");
    }

    [Fact]
    public async Task The_public_key_is_no_secret_to_sign_with()
    {
        var publicKey = door.Tokens.SigningKey.ECDsa.ExportSubjectPublicKeyInfo();

        (await Show(Make(new SigningCredentials(new SymmetricSecurityKey(publicKey), SecurityAlgorithms.HmacSha256)))).ShouldBeProblem(401, "token-invalid");
    }

    [Fact]
    public async Task Another_key_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = new ECDsaSecurityKey(other) { KeyId = door.Tokens.SigningKey.KeyId };

        (await Show(Make(new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256)))).ShouldBeProblem(401, "token-invalid");
    }

    [Fact]
    public async Task A_tampered_token_is_refused()
    {
        var parts = door.Token(Role.Agent).Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("\"agent\"", "\"administrator\"", StringComparison.Ordinal);

        (await Show($"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}")).ShouldBeProblem(401, "token-invalid");
    }

    [Fact]
    public async Task Times_are_checked()
    {
        (await Show(Make(expires: DateTime.UtcNow.AddMinutes(-5)))).ShouldBeProblem(401, "token-expired");
        (await Show(Make(begins: DateTime.UtcNow.AddMinutes(5), expires: DateTime.UtcNow.AddMinutes(9)))).ShouldBeProblem(401, "token-expired");
    }

    [Fact]
    public async Task Audience_and_issuer_are_checked()
    {
        (await Show(Make(audience: "another-system"))).ShouldBeProblem(401, "token-invalid");
        (await Show(Make(issuer: "https://elsewhere.example"))).ShouldBeProblem(401, "token-invalid");
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("role")]
    [InlineData("jurisdiction")]
    public async Task A_needed_claim_that_is_missing_is_named(string claim)
    {
        var problem = (await Show(Make(claims: Claims().Where(one => one.Type != claim)))).ShouldBeProblem(401, "token-incomplete");

        problem["field"]!.GetValue<string>().ShouldBe(claim);
    }

    [Theory]
    [InlineData("role", "emperor")]
    [InlineData("role", "Agent")]
    [InlineData("role", "0")]
    [InlineData("jurisdiction", "De Mo")]
    [InlineData("purpose", "curiosity")]
    public async Task A_claim_of_no_known_value_is_named(string claim, string value)
    {
        var claims = Claims().Where(one => one.Type != claim).Append(new Claim(claim, value));

        (await Show(Make(claims: claims))).ShouldBeProblem(401, "token-incomplete")["field"]!.GetValue<string>().ShouldBe(claim);
    }

    [Fact]
    public async Task Two_roles_are_no_role() =>
        (await Show(Make(claims: Claims().Append(new Claim("role", "auditor"))))).ShouldBeProblem(401, "token-incomplete");

    [Fact]
    public void The_key_file_is_its_owners_alone()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("key").FullName, "deeper", "token.pem");
        var first = new DevelopmentTokens(file);

        new DevelopmentTokens(file).SigningKey.KeyId.ShouldBe(first.SigningKey.KeyId);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void The_command_line_asks_for_a_token()
    {
        var options = new TokenOptions();
        var command = new System.CommandLine.Command("token");
        options.AddTo(command);

        var token = new JsonWebToken(options.Issue(command.Parse("--role agent-supervisor --name boss-1 --office north --hours 2"), door.Tokens));

        token.Subject.ShouldBe("boss-1");
        token.GetClaim("role").Value.ShouldBe("agent-supervisor");
        token.GetClaim("purpose").Value.ShouldBe("supervision");
        token.GetClaim("jurisdiction").Value.ShouldBe("demo");
        token.GetClaim("office").Value.ShouldBe("north");
        token.TryGetClaim("agency", out _).ShouldBeFalse();
        (token.ValidTo - token.ValidFrom).ShouldBe(TimeSpan.FromHours(2));
        command.Parse("--role emperor --name boss-1").Errors.ShouldHaveSingleItem().Message.ShouldContain("privacy-officer");
        command.Parse("--role agent --name Boss --hours 0").Errors.Count.ShouldBe(2);
        command.Parse("--name boss-1").Errors.ShouldNotBeEmpty();
        command.Parse("--role agent --name agent-1 --purpose care").Errors.ShouldBeEmpty();
        command.Parse("--role agent --name agent-1 --purpose audit").Errors.ShouldHaveSingleItem().Message.ShouldBe("--purpose of agent is supervision or care.");
        command.Parse("--role agent --name agent-1 --purpose fun").Errors.ShouldHaveSingleItem();
        command.Parse("--role emperor --name agent-1 --purpose care").Errors.ShouldHaveSingleItem();
    }

    private Task<Reply> Show(string token) => door.SendAsync(HttpMethod.Get, "/api/lamps", token: token);

    private static IEnumerable<Claim> Claims() => [new("sub", "agent-1"), new("role", "agent"), new("jurisdiction", "demo")];

    private string Make(
        SigningCredentials? signing = null, string issuer = DevelopmentTokens.Issuer, string audience = DevelopmentTokens.DefaultAudience,
        DateTime? begins = null, DateTime? expires = null, IEnumerable<Claim>? claims = null) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = DateTime.UtcNow.AddHours(-1),
            NotBefore = begins ?? DateTime.UtcNow.AddHours(-1),
            Expires = expires ?? DateTime.UtcNow.AddHours(1),
            Subject = new ClaimsIdentity(claims ?? Claims()),
            SigningCredentials = signing ?? new SigningCredentials(door.Tokens.SigningKey, SecurityAlgorithms.EcdsaSha256),
        });
}
