using System.Globalization;
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
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
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
    private readonly List<Node> nodes = [];
    private (string Name, string Value)[] settings = [];
    private TestDatabase? database;
    private DevelopmentTokens? tokens;
    private SetClock? clock;
    private long lastRecorded;
    private long lastShown;

    public LogBook Log { get; } = new();

    public string ConnectionString => clock is null ? database!.ConnectionString : SetClock.In(database!.ConnectionString);

    /// <summary>What the program composed.</summary>
    public T Service<T>()
        where T : notnull => nodes[0].Services.GetRequiredService<T>();

    public CaseFlowDatabase Database => nodes[0].Services.GetRequiredService<CaseFlowDatabase>();

    /// <summary>The one list of routes and roles, as the running program has it, with a body that each takes.</summary>
    public IReadOnlyList<(RouteRole Route, object? Body)> Routes
    {
        get
        {
            var endpoints = nodes[0].Services.GetRequiredService<EndpointDataSource>().Endpoints;
            var bodies = endpoints.OfType<RouteEndpoint>().ToLookup(
                endpoint => "/" + endpoint.RoutePattern.RawText?.Trim('/'), endpoint => endpoint.Metadata.GetMetadata<BodyShape>()?.Example);
            return [.. RouteRoles.List(endpoints).Select(route => (route, route.Method == "POST" ? bodies[route.Pattern].OfType<object>().FirstOrDefault() : null))];
        }
    }

    /// <summary>What the program takes for now; so does the database.</summary>
    public DateTimeOffset Now => (clock ?? TimeProvider.System).GetUtcNow();

    /// <returns>A county of its own, where it is another time until <see cref="GoToAsync"/>.</returns>
    public static async Task<County> AtAsync(DateTimeOffset instant, params (string Name, string Value)[] settings)
    {
        var county = new County { clock = new SetClock(instant), settings = settings };
        await county.InitializeAsync();
        return county;
    }

    /// <returns>A county of its own, whose program has further settings.</returns>
    public static async Task<County> WithAsync(params (string Name, string Value)[] settings)
    {
        var county = new County { settings = settings };
        await county.InitializeAsync();
        return county;
    }

    /// <summary>A token that the county's program believes.</summary>
    public string TokenOf(Actor actor) => tokens!.Issue(actor, TimeSpan.FromHours(1));

    /// <summary>A client of the program, for what is not an ordinary request.</summary>
    public HttpClient Http => nodes[0].Http;

    /// <summary>Time passes at once, after what was recorded has its place in the log: it would take it days later.</summary>
    public async Task GoToAsync(DateTimeOffset instant)
    {
        if (nodes.Count > 0)
            await Database.CatchUpAsync(TestContext.Current.CancellationToken);
        await clock!.GoToAsync(database!.ConnectionString, instant);
    }

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateMigratedAsync(clock);
        _ = FileWrappingKey.OpenOrCreate(Path.Combine(directory, "wrapping.key"));
        await StartNodeAsync();
        tokens = new DevelopmentTokens(Path.Combine(directory, "token.key"));
        await FurnishAsync(Administrator, [Agent, Colleague, SouthAgent, Supervisor, SouthSupervisor, Coach, OtherCoach, Dispatcher]);
        await FurnishAsync(Administrator with { Jurisdiction = "elsewhere" }, [Stranger]);
    }

    /// <summary>Starts the program, once more beside those that run: same database, same keys.</summary>
    public async Task<Node> StartNodeAsync()
    {
        var host = new LoggedHost(
            ConnectionString,
            Log,
            clock,
            [
                ("Authentication:DevelopmentKeyFile", Path.Combine(directory, "token.key")),
                ("Keys:File", Path.Combine(directory, "wrapping.key")),
                .. settings,
            ]);
        host.UseKestrel(0);
        await Task.Run(host.StartServer);
        var node = new Node(host);
        nodes.Add(node);
        return node;
    }

    /// <summary>The directory with the wrapping key, the key ring and the list of erasures.</summary>
    public string KeyDirectory => directory;

    /// <summary>A backup as an operator makes it, with <c>pg_dump</c>.</summary>
    /// <returns>The file.</returns>
    public async Task<string> BackUpAsync()
    {
        var file = Path.Combine(directory, $"{Guid.NewGuid():N}.dump");
        await PostgresPrograms.RunAsync("pg_dump", database!.ConnectionString, "--format=custom", $"--file={file}");
        return file;
    }

    /// <summary>Every node stops, the backup takes the database's place, and the program starts on it with the keys of today.</summary>
    public async Task RestoreAsync(string backup)
    {
        await StopAsync();
        await database!.DisposeAsync();
        database = await TestDatabase.CreateAsync();
        await PostgresPrograms.RunAsync("pg_restore", database.ConnectionString, "--exit-on-error", backup);
        await StartNodeAsync();
    }

    /// <summary>Ends the program on every node.</summary>
    public async Task StopAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        nodes.Clear();
    }

    public Task<Reply> SendAsync(HttpMethod method, Actor? actor, string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(nodes[0], method, actor, path, body, headers);

    public Task<Reply> SendAsync(
        Node node, HttpMethod method, Actor? actor, string path, object? body = null, params (string Name, string Value)[] headers) => DeliverAsync(
            node,
            method,
            actor,
            path,
            body is null ? null : new StringContent(body as string ?? JsonSerializer.Serialize(body, body.GetType(), JsonRules.Options), Encoding.UTF8, "application/json"),
            headers);

    /// <summary>A body of another kind than JSON.</summary>
    public Task<Reply> SendTextAsync(Actor actor, string path, string body, string mediaType) =>
        DeliverAsync(nodes[0], HttpMethod.Post, actor, path, new StringContent(body, Encoding.UTF8, mediaType), []);

    private async Task<Reply> DeliverAsync(
        Node node, HttpMethod method, Actor? actor, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        await ShowReachAsync(actor, path);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (actor is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens!.Issue(actor, TimeSpan.FromHours(1)));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await node.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var reply = await Reply.OfAsync(response);
        if (reply["CaseFlow-Recorded"] is { } recorded)
            lastRecorded = Math.Max(lastRecorded, long.Parse(recorded, CultureInfo.InvariantCulture));
        return reply;
    }

    /// <summary>Whoever coaches reaches a client once the views show that they were referred, or are coached: what was told before is shown by then.</summary>
    private async Task ShowReachAsync(Actor? actor, string path)
    {
        if (lastShown >= lastRecorded || actor?.Role is not (Role.Coach or Role.PeerSpecialist or Role.CoachSupervisor) || !path.StartsWith("/api/clients/", StringComparison.Ordinal))
            return;
        var shown = lastRecorded;
        await Database.CatchUpAsync(TestContext.Current.CancellationToken);
        lastShown = shown;
    }

    /// <summary>Asks a view that shows everything this county was told so far.</summary>
    public Task<Reply> AskAsync(Actor actor, string path) =>
        SendAsync(HttpMethod.Get, actor, path, null, ("If-Consistent-With", $"{lastRecorded}"));

    public Task<Reply> GetAsync(Actor actor, string path) => SendAsync(HttpMethod.Get, actor, path);

    /// <summary>A command that adds a fact.</summary>
    public Task<Reply> PostAsync(Actor actor, string path, object? body = null) => SendAsync(HttpMethod.Post, actor, path, body);

    /// <summary>A change of something read at a version.</summary>
    public Task<Reply> ChangeAsync(Actor actor, string path, string? version, object? body = null) =>
        version is null ? PostAsync(actor, path, body) : SendAsync(HttpMethod.Post, actor, path, body, ("If-Match", version));

    /// <summary>Somebody starts to work here.</summary>
    public async Task EngageAsync(Actor member) => (await PostAsync(
        Administrator with { Jurisdiction = member.Jurisdiction }, "/api/staff", new EngageStaffRequest(member.Id, member.Role, member.Agency!, member.Office))).ShouldSucceed();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
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

    /// <summary>One running program.</summary>
    public sealed class Node : IAsyncDisposable
    {
        private readonly ProgramHost host;

        internal Node(ProgramHost host) => (this.host, Http) = (host, host.CreateClient());

        internal HttpClient Http { get; }

        internal IServiceProvider Services => host.Services;

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await host.DisposeAsync();
        }
    }

    private sealed class LoggedHost(string connectionString, LogBook log, TimeProvider? clock, params (string Name, string Value)[] settings)
        : ProgramHost(connectionString, settings)
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.AddLogging(logging => logging.AddProvider(log)));
            if (clock is not null)
                builder.ConfigureTestServices(services => services.AddSingleton(clock));
        }
    }
}
