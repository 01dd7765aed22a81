using CaseFlow.Api.Agencies;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Policies;
using CaseFlow.Api.Supervision;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Supervision;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Faults.Checks;
using CaseFlow.Faults.Servers;

namespace CaseFlow.Faults.Scenarios;

/// <summary>A stopped cluster with a small county in it, made once in a run; every scenario begins with a copy.</summary>
internal sealed class Template
{
    public static readonly Actor Administrator = new("admin-1", Role.Administrator, "demo", Purpose: Purpose.Operations);
    public static readonly Actor Agent = new("agent-1", Role.Agent, "demo", "dcc", "north", Purpose.Supervision);
    public static readonly IReadOnlyList<Actor> Dispatchers =
        [.. Enumerable.Range(1, 4).Select(n => new Actor($"dispatcher-{n}", Role.Dispatcher, "demo", "sheriff"))];

    private static readonly Lazy<Task<Template>> Made = new(MakeAsync);

    private Template(string directory, IReadOnlyList<Guid> clients) => (Directory, Clients, Keys) = (directory, clients, new Keys(directory));

    public string Directory { get; }

    public string Cluster => Path.Combine(Directory, "cluster");

    public Keys Keys { get; }

    /// <summary>Clients of the agent.</summary>
    public IReadOnlyList<Guid> Clients { get; }

    public static Task<Template> GetAsync() => Made.Value;

    private static async Task<Template> MakeAsync()
    {
        var directory = Machine.NewDirectory();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(directory, recursive: true);
        var template = new Template(directory, [.. Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7())]);
        _ = FileWrappingKey.OpenOrCreate(template.Keys.WrappingKeyFile);
        await using var server = await Server.InitialiseAsync(template.Cluster);
        await server.StartAsync("fsync=off");
        await server.AskAsync<object?>("create database caseflow");
        using (var node = await Node.StartAsync("template", server.ConnectionString("template"), template.Keys))
        {
            await template.FurnishAsync(node);
            await Machine.UntilAsync("the views show the county", TimeSpan.FromSeconds(30), async () => await Checker.BehindAsync(server) == 0);
        }

        await server.AskAsync<object?>(Watch.Install, "caseflow");
        await server.StopAsync();
        return template;
    }

    private async Task FurnishAsync(Node node)
    {
        async Task DoAsync(Actor actor, string path, object body) => (await node.PostAsync(actor, path, body)).ShouldSucceed();

        await DoAsync(Administrator, "/api/policies", new PublishPolicyRequest(
            1, new DateTimeOffset(2026, 1, 1, 6, 0, 0, TimeSpan.Zero), JurisdictionPolicy.Default("recovery-coaches"), "First policy."));
        await DoAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("dcc", "Community Corrections", AgencyKind.CommunityCorrections));
        await DoAsync(Administrator, "/api/agencies/dcc/offices", new OpenOfficeRequest("north", "North office"));
        await DoAsync(Administrator, "/api/agencies", new RegisterAgencyRequest(
            "recovery-coaches", "Recovery Coaches", AgencyKind.RecoveryCoachProvider, Part2Status.Part2Program));
        await DoAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("sheriff", "Sheriff", AgencyKind.Police));
        foreach (var member in Dispatchers.Append(Agent))
            await DoAsync(Administrator, "/api/staff", new EngageStaffRequest(member.Id, member.Role, member.Agency!, member.Office));
        foreach (var client in Clients)
        {
            await DoAsync(Agent, "/api/clients", new RegisterClientDoor.Request(RegistrationSource.Supervision, client));
            await DoAsync(Agent, $"/api/clients/{client}/supervision/start", new StartSupervisionRequest(
                SupervisionStatus.Probation, Agent.Agency!, Agent.Office!, Agent.Id, When: new(DateTimeOffset.UtcNow.AddDays(-60))));
        }
    }
}
