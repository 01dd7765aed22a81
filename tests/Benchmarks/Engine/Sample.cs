using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.Projections;

namespace CaseFlow.Benchmarks.Engine;

/// <summary>The event that every side writes: about 600 bytes of JSON, fact and circumstances together.</summary>
internal static class Sample
{
    public const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static readonly DateTimeOffset At = new(2026, 3, 1, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid Client = Guid.Parse("019a0000-0000-7000-8000-000000000001");

    public static readonly AppendMetadata Metadata = new("agent-1", Trace);

    private static readonly Circumstances About = new()
    {
        Actor = "agent-1",
        Role = Role.Agent,
        Agency = "dcc",
        Office = "dcc-north",
        Purpose = Purpose.Supervision,
        Intercept = 5,
        AlsoRelevantTo = [0, 4],
        Labels = ["CJI"],
        SourceSystem = "case-management",
        SourceExternalId = "c7be1ed902fb8dd4d48997c6452f5d7e509fbcdbe2808b16bcf4edce4c07d14e",
        TraceId = Trace,
    };

    public static string StoredName { get; } = ProjectionCatalogue.EventTypes.StoredName(typeof(WarmHandoffPerformed));

    public static string DotnetType { get; } = $"{typeof(WarmHandoffPerformed).FullName}, {typeof(WarmHandoffPerformed).Assembly.GetName().Name}";

    /// <summary>The fact's JSON as the engine stored it; set by <see cref="LearnAsync"/>.</summary>
    public static string Data { get; private set; } = "";

    /// <summary>The circumstances' JSON, likewise.</summary>
    public static string Headers { get; private set; } = "";

    public static TouchpointEvent Fact(Guid client) =>
        new WarmHandoffPerformed("supervising agent of the north office", "recovery coach on call", PresentTogether: true) { ClientId = client }.At(At);

    public static List<NewEvent> Events(Guid client, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new NewEvent(Guid.CreateVersion7(), Fact(client), About))];

    /// <summary>Appends one event and reads it back, so that the other sides write the very same bytes.</summary>
    public static async Task LearnAsync(BenchServer server)
    {
        await using var engine = await EngineUse.OpenAsync(await server.CreateDatabaseAsync());
        await engine.AppendAsync(Client, 0, Events(Client, 1));
        Data = (string)(await BenchServer.AskAsync(engine.ConnectionString, "select data::text from caseflow.mt_events"))!;
        Headers = (string)(await BenchServer.AskAsync(engine.ConnectionString, "select headers::text from caseflow.mt_events"))!;
        Console.WriteLine($"one event: {Data.Length} bytes of fact, {Headers.Length} bytes of circumstances\n");
    }
}
