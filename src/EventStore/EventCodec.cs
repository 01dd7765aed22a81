using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.EventStore;

/// <summary>
/// Events to stored JSON and back: camelCase members, enums as camelCase names, as Marten with System.Text.Json writes
/// them. Strict on the way back: a missing required member, a member nobody knows, null where none may be, and a number
/// for an enum are all unreadable.
/// </summary>
public sealed class EventCodec
{
    /// <summary>Marten's placeholder for sequence numbers it burned: known by name, passed over, given no position.</summary>
    public const string TombstoneName = "tombstone";

    private readonly EventTypes types;
    private readonly Type headerType;
    private readonly JsonSerializerOptions facts;
    private readonly JsonSerializerOptions circumstances;

    /// <param name="types">Every event of the system.</param>
    /// <param name="headerType">What <see cref="NewEvent.Headers"/> are, for example the domain's circumstances.</param>
    /// <param name="modifiers">Changes to how types are written, above all the converter of sealed members.</param>
    public EventCodec(EventTypes types, Type headerType, params IReadOnlyList<Action<JsonTypeInfo>> modifiers)
    {
        this.types = types;
        this.headerType = headerType;
        var resolver = new DefaultJsonTypeInfoResolver();
        foreach (var modifier in modifiers)
            resolver.Modifiers.Add(modifier);
        facts = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = resolver,
        };
        facts.MakeReadOnly();
        circumstances = new JsonSerializerOptions(facts) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        circumstances.MakeReadOnly();
    }

    /// <summary>Turns an event into what the row holds, sealing its sealed members.</summary>
    /// <exception cref="ArgumentException">The event's type is not registered, or the headers are of another type.</exception>
    /// <exception cref="SealBrokenException">A sealed member, and no subject or no key to seal it with.</exception>
    internal EncodedEvent Encode(string tenantId, NewEvent fresh, ISealer? sealer)
    {
        var type = fresh.Data.GetType();
        var name = types.StoredName(type);
        if (fresh.Headers is not null && fresh.Headers.GetType() != headerType)
            throw new ArgumentException($"Headers are {headerType.Name}, not {fresh.Headers.GetType().Name}.", nameof(fresh));

        using var scope = SealingScope.ForWriting(sealer, tenantId, fresh.SubjectId, fresh.EventId);
        return new EncodedEvent(
            fresh.EventId,
            name,
            $"{type.FullName}, {type.Assembly.GetName().Name}",
            JsonSerializer.Serialize(fresh.Data, type, facts),
            fresh.Headers is null ? null : JsonSerializer.Serialize(fresh.Headers, headerType, circumstances));
    }

    /// <summary>Reads a stored event in today's shape and checks that its sealed members are its own.</summary>
    /// <exception cref="UnreadableEventException">Unknown name, or JSON that does not fit.</exception>
    internal object Decode(Guid streamId, long version, Guid eventId, string storedName, string json)
    {
        var type = types.Find(storedName)
            ?? throw new UnreadableEventException(streamId, version, storedName, "no event has this name.");
        return Guarded(streamId, version, storedName, () =>
        {
            using var scope = SealingScope.ForReading(eventId);
            return types.UpcastOf(storedName) is not { } upcast
                ? JsonSerializer.Deserialize(json, type, facts)
                : JsonNode.Parse(json) is JsonObject older
                    ? upcast(older).Deserialize(type, facts)
                    : throw new JsonException("not an object.");
        });
    }

    /// <summary>Reads stored headers.</summary>
    /// <exception cref="UnreadableEventException">They do not fit the header type.</exception>
    internal object? DecodeHeaders(Guid streamId, long version, string storedName, string? json) => json is null
        ? null
        : Guarded(streamId, version, storedName, () => JsonSerializer.Deserialize(json, headerType, circumstances));

    private static object Guarded(Guid streamId, long version, string storedName, Func<object?> read)
    {
        try
        {
            return read() ?? throw new JsonException("null.");
        }
        catch (Exception misfit) when (misfit is not OutOfMemoryException)
        {
            throw new UnreadableEventException(streamId, version, storedName, misfit.Message, misfit);
        }
    }
}

/// <summary>An event as its row holds it.</summary>
internal sealed record EncodedEvent(Guid EventId, string TypeName, string DotnetType, string Data, string? Headers);
