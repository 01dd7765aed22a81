using System.Collections.Concurrent;
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
    private readonly JsonTypeInfo headers;
    private readonly ConcurrentDictionary<Type, EventKind> byType = new();

    /// <param name="types">Every event of the system.</param>
    /// <param name="headerType">What <see cref="NewEvent.Headers"/> are, for example the domain's circumstances.</param>
    /// <param name="modifiers">Changes to how types are written, above all the converter of sealed members.</param>
    public EventCodec(EventTypes types, Type headerType, params IReadOnlyList<Action<JsonTypeInfo>> modifiers)
    {
        this.types = types;
        this.headerType = headerType;
        facts = OptionsWith([.. modifiers, FilledRecords.Modify]);
        var circumstances = new JsonSerializerOptions(facts) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        circumstances.MakeReadOnly();
        headers = circumstances.GetTypeInfo(headerType);
    }

    internal static JsonSerializerOptions OptionsWith(IReadOnlyList<Action<JsonTypeInfo>> modifiers)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        foreach (var modifier in modifiers)
            resolver.Modifiers.Add(modifier);
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = resolver,
        };
        options.MakeReadOnly();
        return options;
    }

    /// <returns>The name under which events of a type are stored.</returns>
    public string StoredName(Type type) => types.StoredName(type);

    /// <summary>Turns an event into what the row holds, sealing its sealed members.</summary>
    /// <exception cref="ArgumentException">The event's type is not registered, or the headers are of another type.</exception>
    /// <exception cref="SealBrokenException">A sealed member, and no subject or no key to seal it with.</exception>
    internal EncodedEvent Encode(string tenantId, NewEvent fresh, ISealer? sealer)
    {
        var kind = byType.GetOrAdd(fresh.Data.GetType(), static (type, self) => self.KindOf(type), this);
        if (fresh.Headers is not null && fresh.Headers.GetType() != headerType)
            throw new ArgumentException($"Headers are {headerType.Name}, not {fresh.Headers.GetType().Name}.", nameof(fresh));

        using var scope = SealingScope.ForWriting(sealer, tenantId, fresh.SubjectId, fresh.EventId);
        return new EncodedEvent(
            fresh.EventId,
            kind.Name,
            kind.DotnetType,
            JsonSerializer.SerializeToUtf8Bytes(fresh.Data, kind.Json),
            fresh.Headers is null ? null : JsonSerializer.SerializeToUtf8Bytes(fresh.Headers, headers));
    }

    /// <summary>Reads a stored event in today's shape and checks that its sealed members are its own.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="UnreadableEventException">Unknown name, or JSON that does not fit.</exception>
    internal object Decode(Guid streamId, long version, Guid eventId, string storedName, ReadOnlySpan<byte> json)
    {
        var type = types.Find(storedName)
            ?? throw new UnreadableEventException(streamId, version, storedName, "no event has this name.");
        try
        {
            var kind = byType.GetOrAdd(type, static (type, self) => self.KindOf(type), this);
            using var scope = SealingScope.ForReading(eventId);
            if (kind.Upcast is null)
                return JsonSerializer.Deserialize(json, kind.Json) ?? throw new JsonException("null.");
            return JsonNode.Parse(json) is JsonObject older
                ? kind.Upcast(older).Deserialize(kind.Json) ?? throw new JsonException("null.")
                : throw new JsonException("not an object.");
        }
        catch (Exception misfit) when (misfit is not OutOfMemoryException)
        {
            throw new UnreadableEventException(streamId, version, storedName, misfit.Message, misfit);
        }
    }

    /// <summary>Reads stored headers.</summary>
    /// <param name="json">UTF-8.</param>
    /// <returns>Null for the JSON <c>null</c>: Marten writes it where an event has no headers.</returns>
    /// <exception cref="UnreadableEventException">They do not fit the header type.</exception>
    internal object? DecodeHeaders(Guid streamId, long version, string storedName, ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, headers);
        }
        catch (Exception misfit) when (misfit is not OutOfMemoryException)
        {
            throw new UnreadableEventException(streamId, version, storedName, misfit.Message, misfit);
        }
    }

    private EventKind KindOf(Type type)
    {
        var name = types.StoredName(type);
        return new EventKind(name, $"{type.FullName}, {type.Assembly.GetName().Name}", facts.GetTypeInfo(type), types.UpcastOf(name));
    }

    /// <summary>What is the same for every event of a type.</summary>
    private sealed record EventKind(string Name, string DotnetType, JsonTypeInfo Json, Func<JsonObject, JsonObject>? Upcast);
}

/// <summary>An event as its row holds it; JSON in UTF-8.</summary>
internal sealed record EncodedEvent(Guid EventId, string TypeName, string DotnetType, byte[] Data, byte[]? Headers)
{
    /// <summary>Bytes of JSON.</summary>
    public int Size => Data.Length + (Headers?.Length ?? 0);
}
