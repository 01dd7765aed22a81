using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseFlow.Api.CourtPackets;

/// <summary>JSON that is answered as it is kept, character by character: nothing reads it and writes it anew, so nothing can change it.</summary>
[JsonConverter(typeof(Converter))]
public sealed record FrozenJson(string Text)
{
    private sealed class Converter : JsonConverter<FrozenJson>
    {
        public override FrozenJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new FrozenJson(document.RootElement.GetRawText());
        }

        public override void Write(Utf8JsonWriter writer, FrozenJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text);
    }
}
