using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Policies;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore.Sealing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>
/// A small county served by the program over HTTP, on a database of its own: corrections with two offices, a recovery-coach
/// provider, the sheriff; and a second county, "elsewhere", that knows nothing of the first.
/// </summary>
public sealed class County : IAsyncLifetime
{
    public static readonly Actor Administrator = new("admin-1", Role.Administrator, "demo", Purpose: Purpose.Operations);
    public static readonly Actor Officer = new("privacy-1", Role.PrivacyOfficer, "demo", Purpose: Purpose.Audit);
    public static readonly Actor Feed = new("doc-feed", Role.Service, "demo", "dcc", Purpose: Purpose.Operations);
    public static readonly Actor Agent = new("agent-1", Role.Agent, "demo", "dcc", "north", Purpose.Supervision);
    public static readonly Actor Colleague = new("agent-2", Role.Agent, "demo", "dcc", "north", Purpose.Supervision);
    public static readonly Actor SouthAgent = new("agent-3", Role.Agent, "demo", "dcc", "south", Purpose.Supervision);
    public static readonly Actor Supervisor = new("supervisor-1", Role.AgentSupervisor, "demo", "dcc", "north", Purpose.Supervision);
    public static readonly Actor SouthSupervisor = new("supervisor-2", Role.AgentSupervisor, "demo", "dcc", "south", Purpose.Supervision);
    public static readonly Actor Coach = new("coach-1", Role.Coach, "demo", "recovery-coaches");
    public static readonly Actor OtherCoach = new("coach-2", Role.Coach, "demo", "peer-house");
    public static readonly Actor Dispatcher = new("dispatcher-1", Role.Dispatcher, "demo", "sheriff");
    public static readonly Actor Stranger = new("agent-1", Role.Agent, "elsewhere", "dcc", "north", Purpose.Supervision);

    private readonly string directory = Directory.CreateTempSubdirectory("county").FullName;
    private TestDatabase? database;
    private LoggedHost? host;
    private HttpClient? http;
    private DevelopmentTokens? tokens;

    public LogBook Log { get; } = new();

    public string ConnectionString => database!.ConnectionString;

    public CaseFlowDatabase Database => host!.Services.GetRequiredService<CaseFlowDatabase>();

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        var (tokenKey, wrappingKey) = (Path.Combine(directory, "token.key"), Path.Combine(directory, "wrapping.key"));
        FileWrappingKey.OpenOrCreate(wrappingKey);
        host = new LoggedHost(ConnectionString, Log, ("Authentication:DevelopmentKeyFile", tokenKey), ("Keys:File", wrappingKey));
        host.UseKestrel(0);
        host.StartServer();
        http = host.CreateClient();
        tokens = new DevelopmentTokens(tokenKey);
        await FurnishAsync(Administrator, [Agent, Colleague, SouthAgent, Supervisor, SouthSupervisor, Coach, OtherCoach, Dispatcher]);
        await FurnishAsync(Administrator with { Jurisdiction = "elsewhere" }, [Stranger]);
    }

    public async Task<Reply> SendAsync(HttpMethod method, Actor? actor, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonRules.Options), Encoding.UTF8, "application/json");
        if (actor is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens!.Issue(actor, TimeSpan.FromHours(1)));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http!.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.OfAsync(response);
    }

    public Task<Reply> GetAsync(Actor actor, string path) => SendAsync(HttpMethod.Get, actor, path);

    /// <summary>A command that adds a fact.</summary>
    public Task<Reply> PostAsync(Actor actor, string path, object? body = null) => SendAsync(HttpMethod.Post, actor, path, body);

    /// <summary>A change of something read at a version.</summary>
    public Task<Reply> ChangeAsync(Actor actor, string path, string? version, object? body = null) =>
        version is null ? PostAsync(actor, path, body) : SendAsync(HttpMethod.Post, actor, path, body, ("If-Match", version));

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (host is not null)
            await host.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private async Task FurnishAsync(Actor administrator, IEnumerable<Actor> staff)
    {
        async Task DoAsync(string path, object body) => (await PostAsync(administrator, path, body)).ShouldSucceed();

        await DoAsync("/api/policies", new PublishPolicyRequest(
            1, new DateTimeOffset(2026, 1, 1, 6, 0, 0, TimeSpan.Zero), JurisdictionPolicy.Default("recovery-coaches"), "First policy."));
        await DoAsync("/api/agencies", new RegisterAgencyRequest("dcc", "Community Corrections", AgencyKind.CommunityCorrections));
        await DoAsync("/api/agencies/dcc/offices", new OpenOfficeRequest("north", "North office"));
        await DoAsync("/api/agencies/dcc/offices", new OpenOfficeRequest("south", "South office"));
        await DoAsync("/api/agencies", new RegisterAgencyRequest(
            "recovery-coaches", "Recovery Coaches", AgencyKind.RecoveryCoachProvider, Part2Status.Part2Program));
        await DoAsync("/api/agencies", new RegisterAgencyRequest("peer-house", "Peer House", AgencyKind.RecoveryCoachProvider));
        await DoAsync("/api/agencies", new RegisterAgencyRequest("sheriff", "Sheriff", AgencyKind.Police));
        foreach (var member in staff)
            await DoAsync("/api/staff", new EngageStaffRequest(member.Id, member.Role, member.Agency!, member.Office));
    }

    private sealed class LoggedHost(string connectionString, LogBook log, params (string Name, string Value)[] settings)
        : ProgramHost(connectionString, settings)
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.AddLogging(logging => logging.AddProvider(log)));
        }
    }
}
