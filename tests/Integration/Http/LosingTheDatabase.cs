using System.Net;
using System.Net.Http.Headers;
using CaseFlow.Api.Identity;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Http;

/// <summary>The database server is stopped under a running program, and started again.</summary>
public sealed class LosingTheDatabase : IDisposable
{
    private readonly DataDirectory place = new();
    private readonly string keys = Directory.CreateTempSubdirectory("keys").FullName;

    public void Dispose()
    {
        place.Dispose();
        Directory.Delete(keys, recursive: true);
    }

    [Fact]
    public async Task The_program_says_so_while_it_is_away_and_goes_on_by_itself()
    {
        _ = FileWrappingKey.OpenOrCreate(Path.Combine(keys, "wrapping.key"));
        var tokenKey = Path.Combine(keys, "token.key");
        var server = await place.StartAsync();
        await using var host = new ProgramHost(
            server.ConnectionString, ("Authentication:DevelopmentKeyFile", tokenKey), ("Keys:File", Path.Combine(keys, "wrapping.key")));
        host.UseKestrel(0);
        host.StartServer();
        using var http = host.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", new DevelopmentTokens(tokenKey).Issue(County.Administrator, TimeSpan.FromHours(1)));
        (await RegisterAsync(http, "dcc")).ShouldBe(HttpStatusCode.NoContent);
        (await GetAsync(http, "/api/admin/projections")).ShouldSucceed();
        (await GetAsync(http, "/health/ready")).Status.ShouldBe(200);

        await server.DisposeAsync();

        var away = await GetAsync(http, "/api/directory");
        away.ShouldBeProblem(503, "database-away");
        int.Parse(away["Retry-After"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        (await RegisterAsync(http, "sheriff")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await GetAsync(http, "/health/ready")).Status.ShouldBe(503);
        (await GetAsync(http, "/health/live")).Status.ShouldBe(200);

        await using var again = await place.StartAsync();
        again.ConnectionString.ShouldBe(server.ConnectionString, "the port is remembered");

        var read = await GetAsync(http, "/api/directory");
        for (var tries = 0; read.Status == 503 && tries < 100; tries++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            read = await GetAsync(http, "/api/directory");
        }

        read.ShouldBe(HttpStatusCode.OK).Text.ShouldContain("dcc");
        read.Text.ShouldNotContain("sheriff");
        (await RegisterAsync(http, "sheriff")).ShouldBe(HttpStatusCode.NoContent);
        // What stands behind the views goes on too: the log is placed and followed.
        await ShouldCatchUpAsync(http);
    }

    private static async Task ShouldCatchUpAsync(HttpClient http)
    {
        for (var tries = 0; ; tries++)
        {
            // A pool that nobody asked meanwhile finds its sessions gone at the first question, and asks it again.
            var shown = (await GetAsync(http, "/api/admin/projections")).ShouldSucceed();
            if (shown.Json["views"]!.AsArray().All(view => view!["position"]!.GetValue<long>() >= 2 && view["behind"]!.GetValue<long>() == 0))
                return;
            tries.ShouldBeLessThan(300, shown.Text);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<Reply> GetAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return await Reply.OfAsync(response);
    }

    private static async Task<HttpStatusCode> RegisterAsync(HttpClient http, string agency)
    {
        using var body = new StringContent($$"""{"agencyId":"{{agency}}","name":"{{agency}}","kind":"police"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/api/agencies", body, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
