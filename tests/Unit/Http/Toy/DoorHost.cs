using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Access;
using CaseFlow.EventStore.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CaseFlow.Unit.Http.Toy;

/// <summary>The door on a real socket, with a toy behind it.</summary>
public sealed class DoorHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string directory;

    private DoorHost(WebApplication app, string directory, WatchedStore store, DevelopmentTokens tokens, IReadOnlyList<RouteRole> routes, LogBook log)
    {
        (this.app, this.directory, Store, Tokens, Routes, Log) = (app, directory, store, tokens, routes, log);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public WatchedStore Store { get; }

    public DevelopmentTokens Tokens { get; }

    public IReadOnlyList<RouteRole> Routes { get; }

    public LogBook Log { get; }

    public static readonly Actor Agent = new("agent-1", Role.Agent, "demo", "doc", "north", Purpose.Supervision);

    public static async Task<DoorHost> StartAsync(
        Func<HttpRoomSettings, HttpRoomSettings>? change = null, IStaffDirectory? staff = null, Action<IEndpointRouteBuilder>? doors = null,
        IAccessLog? accesses = null)
    {
        var directory = Directory.CreateTempSubdirectory("door").FullName;
        var keyFile = Path.Combine(directory, "token.pem");
        var settings = new HttpRoomSettings { Identity = new IdentitySettings { DevelopmentKeyFile = keyFile } };
        var types = new EventTypes([typeof(LampPlaced), typeof(LampLit), typeof(LampBroken), typeof(RackFilled)]);
        var store = new WatchedStore(new InMemoryEventStore(new EventCodec(types, typeof(Circumstances)), TimeProvider.System));
        var log = new LogBook();

        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<IEventStore>(store);
        builder.Services.AddSingleton<IMarkKeys>(FileWrappingKey.OpenOrCreate(Path.Combine(directory, "wrapping.key")));
        builder.Services.AddSingleton(staff ?? new TokenIsEnough());
        if (accesses is not null)
            builder.Services.AddSingleton(accesses);
        builder.Services.AddHttpRoom(change?.Invoke(settings) ?? settings);
        var app = builder.Build();
        var routes = app.UseHttpRoom(doors ?? LampDoors.Map);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new DoorHost(app, directory, store, new DevelopmentTokens(keyFile), routes, log);
    }

    public string Token(Role role) => Tokens.Issue(new Actor(Agent.Id, role, Agent.Jurisdiction, Agent.Agency, Agent.Office), TimeSpan.FromHours(1));

    public async Task<Reply> SendAsync(
        HttpMethod method, string path, object? body = null, Role? role = Role.Agent, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is HttpContent content)
            request.Content = content;
        else if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonRules.Options), Encoding.UTF8, "application/json");
        if (token is not null || role is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token(role!.Value));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task<Reply> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers: headers);

    public Task<Reply> GetAsync(string path, Role? role = Role.Agent) => SendAsync(HttpMethod.Get, path, role: role);

    /// <summary>A lamp at version 1.</summary>
    public async Task<Guid> PlaceLampAsync()
    {
        var request = LampDoors.Example with { LampId = Guid.CreateVersion7() };
        (await PostAsync("/api/lamps", request)).Status.ShouldBe(HttpStatusCode.Created);
        return request.LampId;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}

public sealed record Reply(HttpStatusCode Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    public string? this[string header] => Headers.GetValueOrDefault(header);

    /// <summary>Checks that this is a whole problem of a status and code.</summary>
    public JsonNode ShouldBeProblem(int status, string code)
    {
        ((int)Status).ShouldBe(status, Text);
        this["Content-Type"].ShouldBe("application/problem+json");
        var problem = Json;
        problem["code"]!.GetValue<string>().ShouldBe(code, Text);
        problem["type"]!.GetValue<string>().ShouldBe($"/problems/{code}");
        problem["status"]!.GetValue<int>().ShouldBe(status);
        problem["title"]!.GetValue<string>().ShouldNotBeEmpty();
        problem["detail"]!.GetValue<string>().ShouldNotBeEmpty();
        problem["traceId"]!.GetValue<string>().ShouldNotBeEmpty();
        return problem;
    }
}

/// <summary>Every line that was logged.</summary>
public sealed class LogBook : ILoggerProvider, ILogger
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
            lines.Add($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
