using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CaseFlow.Api.Agencies;
using CaseFlow.Domain.Agencies;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Security;

/// <summary>What holds for every answer, and what never comes as far as an answer of ours.</summary>
public sealed class ShieldingAnswers(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        List<Reply> replies =
        [
            await county.GetAsync(Agent, "/api/policies"),
            await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("shield", "Shield", AgencyKind.Police)),
            await county.PostAsync(Administrator, "/api/agencies", "{"),
            await county.PostAsync(Administrator, "/api/agencies", $$"""{"name":"{{new string('x', 70_000)}}"}"""),
            await county.SendAsync(HttpMethod.Get, null, "/api/policies"),
            await county.GetAsync(Agent, "/api/nothing"),
            await county.SendAsync(HttpMethod.Delete, Agent, "/api/policies"),
            await county.GetAsync(Dispatcher, "/api/caseload"),
            await county.SendAsync(HttpMethod.Get, null, "/health/live"),
            await county.SendAsync(HttpMethod.Get, null, "/health/ready"),
            await county.SendAsync(HttpMethod.Get, null, "/openapi/v1.json"),
            await county.SendAsync(HttpMethod.Get, null, "/problems/stale"),
            await county.SendAsync(HttpMethod.Get, null, "/problems/stale", null, ("Accept", "text/html")),
            await county.SendAsync(HttpMethod.Get, null, "/docs/index.html"),
        ];
        foreach (var reply in replies)
        {
            reply["X-Content-Type-Options"].ShouldBe("nosniff", reply.Text);
            reply["X-Frame-Options"].ShouldBe("DENY");
            reply["Referrer-Policy"].ShouldBe("no-referrer");
            reply["Cross-Origin-Resource-Policy"].ShouldBe("same-origin");
            reply["Content-Security-Policy"]!.ShouldStartWith("default-src 'none'");
            reply["Server"].ShouldBeNull();
            reply["X-Powered-By"].ShouldBeNull();
            reply["Strict-Transport-Security"].ShouldBeNull("it means nothing on plain HTTP");
        }

        foreach (var reply in replies.SkipLast(1))
            reply["Cache-Control"].ShouldBe("no-store");
        replies[^1]["Content-Security-Policy"]!.ShouldContain("script-src 'self'");
    }

    [Fact]
    public async Task On_https_the_browser_is_told_to_stay_there()
    {
        var directory = Directory.CreateTempSubdirectory("https").FullName;
        await using var database = await TestDatabase.CreateAsync();
        _ = FileWrappingKey.OpenOrCreate(Path.Combine(directory, "wrapping.key"));
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var host = new ProgramHost(
            database.ConnectionString, ("Authentication:DevelopmentKeyFile", Path.Combine(directory, "token.key")), ("Keys:File", Path.Combine(directory, "wrapping.key")));
        host.UseKestrel(server => server.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        await Task.Run(host.StartServer, TestContext.Current.CancellationToken);
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        address.ShouldStartWith("https://");
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == certificate.Thumbprint };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(address) };

        foreach (var path in new[] { "/health/live", "/api/policies", "/docs/index.html" })
        {
            using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
            (await Reply.OfAsync(response))["Strict-Transport-Security"].ShouldBe("max-age=31536000", path);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_method_is_what_the_request_line_says()
    {
        foreach (var name in new[] { "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override" })
        {
            (await county.SendAsync(HttpMethod.Get, Administrator, "/api/agencies", null, (name, "POST"))).ShouldBeProblem(405, "method-not-allowed");
            (await county.SendAsync(HttpMethod.Get, Agent, "/api/policies", null, (name, "DELETE"))).ShouldSucceed();
        }

        (await county.SendAsync(HttpMethod.Get, Agent, "/api/policies/1?_method=DELETE")).Status.ShouldBeInRange(200, 400);
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete, HttpMethod.Trace, HttpMethod.Options, new HttpMethod("PROPFIND") })
            (await county.SendAsync(method, Administrator, "/api/agencies")).ShouldBeProblem(405, "method-not-allowed");
    }

    [Fact]
    public async Task No_other_site_may_read_an_answer()
    {
        var reply = await county.SendAsync(HttpMethod.Get, Agent, "/api/policies", null, ("Origin", "https://elsewhere.example"));

        reply.ShouldSucceed();
        reply.Headers.Keys.ShouldNotContain(name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        reply["Set-Cookie"].ShouldBeNull();
    }

    [Fact]
    public async Task A_body_is_plain_JSON_in_UTF_8()
    {
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", "application/merge-patch+json" })
            (await county.SendTextAsync(Administrator, "/api/agencies", "{}", type)).ShouldBeProblem(415, "unsupported-media-type");
        using var packed = new HttpRequestMessage(HttpMethod.Post, "/api/agencies") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        packed.Content.Headers.ContentEncoding.Add("gzip");
        packed.Headers.Authorization = new("Bearer", county.TokenOf(Administrator));
        using var response = await county.Http.SendAsync(packed, TestContext.Current.CancellationToken);
        (await Reply.OfAsync(response)).ShouldBeProblem(415, "unsupported-media-type");
        // Answers are JSON, whatever was hoped for: decision 6.
        (await county.SendAsync(HttpMethod.Get, Agent, "/api/policies", null, ("Accept", "application/xml"))).ShouldSucceed()["Content-Type"]!.ShouldStartWith("application/json");
    }

    [Theory]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: x\r\n", 200)]
    [InlineData("GET /health/live%00 HTTP/1.1\r\nHost: x\r\n", 400)]
    [InlineData("GET /health/live HTTP/1.1\r\n", 400)]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: x\r\nHost: y\r\n", 400)]
    [InlineData("GET /health/live HTTP/9.9\r\nHost: x\r\n", 505)]
    [InlineData("GET  /health/live HTTP/1.1\r\nHost: x\r\n", 400)]
    [InlineData("G\0ET /health/live HTTP/1.1\r\nHost: x\r\n", 400)]
    [InlineData("POST /api/agencies HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n", 400)]
    [InlineData("POST /api/agencies HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n", 400)]
    [InlineData("POST /api/agencies HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: sloppy\r\n", 400)]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n", 400)]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: x\r\nName: a\0b\r\n", 400)]
    public async Task What_breaks_HTTP_is_refused_by_the_server(string head, int status) => (await RawAsync(head)).ShouldBe(status);

    [Fact]
    public async Task Lines_and_headers_are_bounded()
    {
        (await RawAsync($"GET /health/live?{new string('a', 7000)} HTTP/1.1\r\nHost: x\r\n")).ShouldBe(200);
        (await RawAsync($"GET /health/live?{new string('a', 9000)} HTTP/1.1\r\nHost: x\r\n")).ShouldBe(414);
        (await RawAsync($"GET /health/live HTTP/1.1\r\nHost: x\r\nName: {new string('a', 15_000)}\r\n")).ShouldBe(200);
        (await RawAsync($"GET /health/live HTTP/1.1\r\nHost: x\r\nName: {new string('a', 17_000)}\r\n")).ShouldBe(431);
        (await RawAsync($"GET /health/live HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 80).Select(number => $"N{number}: 1\r\n"))}")).ShouldBe(431);
    }

    private async Task<int> RawAsync(string head)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, county.Http.BaseAddress!.Port, cancellation);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head + "Connection: close\r\n\r\n"), cancellation);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var line = await reader.ReadLineAsync(cancellation);
        line.ShouldNotBeNull(head);
        return int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
