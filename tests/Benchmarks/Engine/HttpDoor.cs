using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>
/// A command over HTTP with 32 connections: the program's own door (token, rate, shape, command desk) with one handler, in a
/// process of its own, once on PostgreSQL and once on the in-memory store. Twenty commands to a stream, then the next stream.
/// </summary>
internal static class HttpDoor
{
    private const int Connections = 32;
    private const int CommandsEach = 20;

    private static readonly Actor Agent = new("agent-1", Role.Agent, EngineUse.Tenant, "dcc", "dcc-north", Purpose.Supervision);
    private static readonly StreamOf<int, TouchpointEvent> Handoffs = new(EngineUse.Alias, 0, (count, _) => count + 1);

    public static async Task<IReadOnlyList<Row>> RunAsync(BenchServer server, EngineOptions options)
    {
        var database = await server.CreateDatabaseAsync();
        await using (await EngineUse.OpenAsync(database))
        {
            await using var ours = await Host.StartAsync(database);
            await using var memory = await Host.StartAsync("");
            var series = await Alternate.RunAsync(
                server, options.Slices, options.Slice, ours.Commanding("CaseFlow"), memory.Commanding("in-memory store"));
            return [Row.Of($"HTTP command end to end, {Connections} connections", series[0], series[1], null, " requests/s")];
        }
    }

    /// <summary>The child's part: the door until the input ends.</summary>
    public static async Task<int> ChildAsync(string directory)
    {
        var database = Environment.GetEnvironmentVariable("BENCH_DATABASE");
        await using var engine = string.IsNullOrEmpty(database) ? null : await EngineUse.OpenAsync(database);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(engine?.Store ?? (IEventStore)new InMemoryEventStore(ProjectionCatalogue.Codec, TimeProvider.System));
        builder.Services.AddSingleton<IMarkKeys>(FileWrappingKey.OpenOrCreate(Path.Combine(directory, "wrapping.key")));
        builder.Services.AddSingleton<IStaffDirectory, TokenIsEnough>();
        builder.Services.AddHttpRoom(new HttpRoomSettings
        {
            Identity = new IdentitySettings { DevelopmentKeyFile = ServedProgram.TokenKey(directory), Audience = DevelopmentTokens.DefaultAudience },
            RequestBurst = int.MaxValue / 2,
            RequestsPerSecond = int.MaxValue / 2,
        });
        await using var app = builder.Build();
        app.UseHttpRoom(Map);
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static void Map(IEndpointRouteBuilder api) => api.MapFact("/clients/{clientId:guid}/handoffs", Perform)
        .Named("performHandoff", "A warm hand-off").Allow(Role.Agent).Takes(new HandoffValidator(), new HandoffRequest("supervising agent", "recovery coach"));

    private static Task<Microsoft.AspNetCore.Http.IResult> Perform(Guid clientId, HandoffRequest request, CommandDesk desk) => desk.RunAsync(
        Handoffs, clientId, (_, now) => (TouchpointEvent)new WarmHandoffPerformed(request.From, request.To, true) { ClientId = clientId }.At(now));

    private sealed record HandoffRequest(string From, string To);

    private sealed class HandoffValidator : AbstractValidator<HandoffRequest>
    {
        public HandoffValidator()
        {
            RuleFor(request => request.From).NotEmpty();
            RuleFor(request => request.To).NotEmpty();
        }
    }

    /// <summary>The door's process, and those who call it.</summary>
    private sealed class Host : IAsyncDisposable
    {
        private readonly string directory;
        private readonly Process process;
        private readonly HttpClient http;
        private readonly byte[] body = JsonSerializer.SerializeToUtf8Bytes(new HandoffRequest("supervising agent of the north office", "recovery coach on call"), JsonRules.Options);

        private Host(string directory, Process process, string address)
        {
            (this.directory, this.process) = (directory, process);
            http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = new Uri(address) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer", new DevelopmentTokens(ServedProgram.TokenKey(directory)).Issue(Agent, TimeSpan.FromHours(4)));
        }

        public static async Task<Host> StartAsync(string database)
        {
            var directory = World.NewDirectory();
            Directory.CreateDirectory(directory);
            var (program, arguments) = Tool.Self("engine-child", "host", directory);
            var process = Tool.Start(program, arguments, new Dictionary<string, string> { ["BENCH_DATABASE"] = database });
            return await process.StandardOutput.ReadLineAsync() is { } address
                ? new Host(directory, process, address)
                : throw new InvalidOperationException($"The door does not open: {await process.StandardError.ReadToEndAsync()}");
        }

        /// <summary>Client time is the door's process: the callers' own is nobody's cost.</summary>
        public Side Commanding(string name)
        {
            var (clients, counts) = (new Guid[Connections], new int[Connections]);
            var loops = Alternate.Loops(Connections, 1, async caller =>
            {
                if (counts[caller]++ % CommandsEach == 0)
                    clients[caller] = Guid.CreateVersion7();
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var answer = await http.PostAsync($"/api/clients/{clients[caller]}/handoffs", content);
                if (!answer.IsSuccessStatusCode)
                    throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            });
            return new Side(name, async time =>
            {
                var before = Cpu.Of(process.Id);
                var done = await loops(time);
                return done with { ClientMicros = Cpu.Of(process.Id) - before };
            });
        }

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
            Directory.Delete(directory, recursive: true);
        }
    }
}
