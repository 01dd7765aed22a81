using System.Text;
using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Unit.EventStore;

public sealed class WritingEventsAsJson
{
    private static readonly EventCodec Codec = new(
        new EventTypes([typeof(LetterPosted), typeof(TelephoneRang)]), typeof(Dictionary<string, string>), SealedJson.Modify);

    public enum Delivery
    {
        ByHand,
        Registered,
    }

    [Fact]
    public void Names_are_camel_case_and_enums_are_camel_case_words()
    {
        var encoded = Codec.Encode("county", new NewEvent(Guid.NewGuid(), new LetterPosted(2, Delivery.ByHand, null)), null);

        encoded.TypeName.ShouldBe("letter_posted");
        encoded.DotnetType.ShouldBe("CaseFlow.Unit.EventStore.LetterPosted, CaseFlow.Unit");
        Encoding.UTF8.GetString(encoded.Data).ShouldBe("""{"pages":2,"delivery":"byHand","note":null}""");
        encoded.Headers.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"pages":2,"delivery":"byHand"}""", "note")]
    [InlineData("""{"pages":2,"delivery":"byHand","note":null,"colour":"red"}""", "colour")]
    [InlineData("""{"pages":2,"delivery":1,"note":null}""", "delivery")]
    [InlineData("""{"pages":2,"delivery":"byPigeon","note":null}""", "delivery")]
    [InlineData("""{"pages":"two","delivery":"byHand","note":null}""", "pages")]
    [InlineData("null", "null")]
    public void What_does_not_fit_is_unreadable_and_says_where(string json, string reason)
    {
        var stream = Guid.NewGuid();

        var unreadable = Should.Throw<UnreadableEventException>(() => Codec.Decode(stream, 7, Guid.NewGuid(), "letter_posted", Encoding.UTF8.GetBytes(json)));

        (unreadable.StreamId, unreadable.Version, unreadable.StoredName).ShouldBe((stream, 7, "letter_posted"));
        unreadable.Message.ShouldContain(reason);
    }

    [Fact]
    public void Plain_content_cannot_be_written_outside_an_append()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver { Modifiers = { SealedJson.Modify } },
        };
        Should.Throw<SealBrokenException>(() => JsonSerializer.Serialize(new TelephoneRang(Sealed<string>.Of("555-0100")), options));
        JsonSerializer.Serialize(new TelephoneRang(Sealed<string>.Of("555-0100"))).ShouldNotContain("555");
        JsonSerializer.Serialize(new TelephoneRang(Sealed<string>.FromToken("token")), options).ShouldBe("""{"Number":"token"}""");
    }

    [Fact]
    public void A_stored_text_that_is_no_token_is_unreadable() => Should.Throw<UnreadableEventException>(() =>
        Codec.Decode(Guid.NewGuid(), 1, Guid.NewGuid(), "telephone_rang", """{"number":"555-0100"}"""u8))
        .Message.ShouldNotContain("555-0100");

    [Fact]
    public void Names_are_plain_words_so_that_every_reader_splits_them_alike()
    {
        Should.Throw<ArgumentException>(() => new EventTypes([typeof(Part2Signed)]));
        Should.Throw<ArgumentException>(() => new EventTypes([typeof(DOCNumberGiven)]));
    }
}

public sealed record LetterPosted(int Pages, WritingEventsAsJson.Delivery Delivery, string? Note);

public sealed record TelephoneRang(Sealed<string> Number);

public sealed record Part2Signed;

public sealed record DOCNumberGiven;
