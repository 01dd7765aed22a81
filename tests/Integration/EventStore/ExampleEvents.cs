using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Integration.EventStore;

public sealed record VisitNoted(int Number, string Place = "office");

public sealed record PersonNamed(Guid ClientId, Sealed<string> Name, IReadOnlyList<Sealed<string>> Aliases);

public enum DoseUnit
{
    Milligram,
    NasalSpray,
}

public sealed record DoseGiven(int Amount, DoseUnit Unit);

public sealed record ExampleHeaders(string Role, string? Agency = null);

/// <summary>Shapes of an earlier version of the program.</summary>
public static class Before
{
    public sealed record DoseGiven(int Amount);
}

/// <summary>Appends that the store's tests share.</summary>
public static class Example
{
    public const string Tenant = "county-a";

    public static EventCodec Codec { get; } = CodecOf(new EventTypes([typeof(VisitNoted), typeof(PersonNamed), typeof(DoseGiven)]));

    public static EventCodec CodecOf(EventTypes types) => new(types, typeof(ExampleHeaders), SealedJson.Modify);

    public static NewEvent Visit(int number = 1) => new(Guid.CreateVersion7(), new VisitNoted(number), new ExampleHeaders("agent"));

    public static NewEvent Named(Guid client, string name, params string[] aliases) => new(
        Guid.CreateVersion7(), new PersonNamed(client, Sealed<string>.Of(name), [.. aliases.Select(Sealed<string>.Of)]), null, client);

    public static StreamAppend To(Guid stream, ExpectedVersion expected, params NewEvent[] events) =>
        new(stream, "visits", expected, events);

    public static Append One(Guid stream, ExpectedVersion expected, params NewEvent[] events) => Of(To(stream, expected, events));

    public static Append Of(params StreamAppend[] streams) =>
        new(Tenant, streams, new AppendMetadata("agent-1", "conversation-1", "cause-1"));

    public static StoredAnswer Answer(string key = "key-1", string actor = "agent-1", int status = 201) =>
        new(actor, key, [1, 2, 3], status, """{"done":true}""");

    public static FileWrappingKey NewWrappingKey()
    {
        var path = Path.Combine(Path.GetTempPath(), $"caseflow-key-{Guid.NewGuid():N}");
        var key = FileWrappingKey.OpenOrCreate(path);
        File.Delete(path);
        return key;
    }
}
