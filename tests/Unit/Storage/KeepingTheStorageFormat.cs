using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.Projections;
using CaseFlow.Unit.Documents;

namespace CaseFlow.Unit.Storage;

/// <summary>
/// What was recorded must be readable for ever: every event type has an approved sample of its stored JSON. A sample that
/// differs is a changed storage format; add a member as optional, or an upcast, and never edit an old sample by hand.
/// </summary>
public sealed class KeepingTheStorageFormat
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. ProjectionCatalogue.EventTypes.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_is_stored_as_its_sample_shows(string name)
    {
        var type = ProjectionCatalogue.EventTypes.Find(name)!;
        var sample = SampleEvents.Of(type);
        var stored = Stored(sample);

        Approved.File($"tests/Unit/Storage/Samples/{name}.json").ShouldHold(Pretty(stored.Data));
        stored.TypeName.ShouldBe(name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_reads_back_as_the_same_event(string name)
    {
        var type = ProjectionCatalogue.EventTypes.Find(name)!;
        var text = Approved.File($"tests/Unit/Storage/Samples/{name}.json").Text;

        var read = ProjectionCatalogue.Codec.Decode(Guid.Empty, 1, SampleEvents.EventIdOf(type), name, Encoding.UTF8.GetBytes(text));

        read.ShouldBeEquivalentTo(SampleEvents.Of(type));
        Pretty(Stored((DomainEvent)read).Data).ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_known_is_stored_as_null_and_reads_back(string name)
    {
        var type = ProjectionCatalogue.EventTypes.Find(name)!;
        var json = JsonNode.Parse(Approved.File($"tests/Unit/Storage/Samples/{name}.json").Text)!.AsObject();
        foreach (var member in EventBook.MembersOf(type).Where(member => member.IsOptional))
            json[member.Name] = null;

        ProjectionCatalogue.Codec.Decode(Guid.Empty, 1, SampleEvents.EventIdOf(type), name, Encoding.UTF8.GetBytes(json.ToJsonString())).ShouldBeOfType(type);
    }

    [Fact]
    public void The_circumstances_are_stored_as_their_sample_shows()
    {
        var sample = (Circumstances)SampleEvents.Filled(typeof(Circumstances), Guid.Empty);
        var type = EventCatalogue.All[0];
        var stored = ProjectionCatalogue.Codec.Encode("sample", new NewEvent(SampleEvents.EventIdOf(type), SampleEvents.Of(type), sample), null);

        var approved = Approved.File("tests/Unit/Storage/Samples/_circumstances.json");
        approved.ShouldHold(Pretty(stored.Headers!));
        ProjectionCatalogue.Codec.DecodeHeaders(Guid.Empty, 1, stored.TypeName, Encoding.UTF8.GetBytes(approved.Text)).ShouldBeEquivalentTo(sample);
    }

    [Fact]
    public void The_words_of_enumerations_are_kept()
    {
        var words = new JsonObject();
        foreach (var type in EventBook.EnumerationsStored())
            words[type.Name] = new JsonArray([.. Enum.GetNames(type).Select(word => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(word))]);

        Approved.File("tests/Unit/Storage/Samples/_words.json").ShouldHold(Pretty(words.ToJsonString()));
    }

    [Fact]
    public void No_sample_is_left_of_an_event_that_nobody_can_read() => Directory
        .EnumerateFiles(Path.Combine(Http.Toy.Repository.Root, "tests", "Unit", "Storage", "Samples"), "*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Where(name => name[0] != '_')
        .ShouldBe(ProjectionCatalogue.EventTypes.All.Keys, ignoreOrder: true);

    private static EncodedEvent Stored(DomainEvent fact) => ProjectionCatalogue.Codec.Encode(
        "sample", new NewEvent(SampleEvents.EventIdOf(fact.GetType()), fact, SubjectId: SampleEvents.Client), null);

    private static string Pretty(byte[] json) => Pretty(Encoding.UTF8.GetString(json));

    private static string Pretty(string json) => JsonNode.Parse(json)!.ToJsonString(Readable) + "\n";
}
