using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.EventStore;
using CaseFlow.Projections;
using CaseFlow.Projections.Storage;
using CaseFlow.Unit.Documents;

namespace CaseFlow.Unit.Storage;

/// <summary>The codec fills records member by member; what it reads and what it refuses is what their constructors would.</summary>
public sealed class FillingRecords
{
    private static readonly JsonSerializerOptions Constructed = EventCodec.OptionsWith([SealedJson.Modify]);
    private static readonly JsonSerializerOptions Filled = EventCodec.OptionsWith([SealedJson.Modify, FilledRecords.Modify]);

    public static TheoryData<string> Names => [.. ProjectionCatalogue.EventTypes.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_and_refuses_what_the_constructor_would(string name)
    {
        var type = ProjectionCatalogue.EventTypes.Find(name)!;
        var sample = Approved.File($"tests/Unit/Storage/Samples/{name}.json").Text;

        foreach (var json in Variants(sample))
            Read(type, json, Filled).ShouldBe(Read(type, json, Constructed), json);
    }

    [Fact]
    public void Fills_positional_records_alone()
    {
        Fills(typeof(Positional)).ShouldBeTrue();
        Fills(typeof(Checked)).ShouldBeFalse();
        Fills(typeof(Plain)).ShouldBeFalse();
    }

    [Fact]
    public void Keeps_the_defaults_of_parameters_and_of_members()
    {
        var read = JsonSerializer.Deserialize<Positional>("""{"number":7}""", Filled)!;

        (read.Number, read.Word).ShouldBe((7, "usual"));
        read.Letters.ShouldBe(["a", "b"]);
        JsonSerializer.Deserialize<Positional>("""{"number":8,"word":"own"}""", Filled)!.Word.ShouldBe("own");
        JsonSerializer.Deserialize<Positional>("""{"number":9}""", Filled)!.Word.ShouldBe("usual");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Positional>("""{"word":"own"}""", Filled)).Message.ShouldContain("number");
    }

    private static bool Fills(Type type) => Filled.GetTypeInfo(type) is { CreateObject: not null } && Constructed.GetTypeInfo(type).CreateObject is null;

    /// <returns>What is read, written again; or that it is refused.</returns>
    private static string Read(Type type, string json, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, options), type, Constructed);
        }
        catch (JsonException)
        {
            return "refused";
        }
    }

    /// <summary>The sample; the same without each member, with each member null, with a member that nobody knows, at every depth.</summary>
    private static IEnumerable<string> Variants(string sample)
    {
        yield return sample;
        foreach (var path in Paths(JsonNode.Parse(sample)!, []))
        {
            foreach (var change in new Action<JsonObject, string>[]
            {
                (parent, member) => parent.Remove(member),
                (parent, member) => parent[member] = null,
                (parent, member) => parent[member + "Unknown"] = 1,
            })
            {
                var copy = JsonNode.Parse(sample)!;
                change(path[..^1].Aggregate(copy, (node, step) => step is int index ? node[index]! : node[(string)step]!).AsObject(), (string)path[^1]);
                yield return copy.ToJsonString();
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] way) => node switch
    {
        JsonObject members => members.SelectMany(member => (object[][])[
            [.. way, member.Key], .. member.Value is null ? [] : Paths(member.Value, [.. way, member.Key])]),
        JsonArray items => items.SelectMany((item, index) => item is null ? [] : Paths(item, [.. way, index])),
        _ => [],
    };

    internal sealed record Positional(int Number, string Word = "usual")
    {
        public IReadOnlyList<string> Letters { get; init; } = ["a", "b"];
    }

    internal sealed record Checked
    {
        public Checked(int number) => Number = number > 0 ? number : throw new ArgumentOutOfRangeException(nameof(number));

        public int Number { get; }
    }

    internal sealed record Plain
    {
        public int Number { get; init; }
    }
}
