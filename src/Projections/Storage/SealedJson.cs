using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CaseFlow.Domain;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Projections.Storage;

/// <summary>
/// How <see cref="Sealed{T}"/> members become stored tokens and come back. Plain content can be written only inside an
/// append, which seals it; anywhere else it throws, so it can never reach a table, a log or an answer by accident.
/// </summary>
public static class SealedJson
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Sealing = [];

    /// <summary>Modifier for the event codec, and for any other serialiser that meets sealed members.</summary>
    public static void Modify(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (ContentOf(property.PropertyType) is { } content)
                property.CustomConverter = Create(typeof(SealedConverter<>), content, property.Name);
            else if (ItemOf(property.PropertyType) is { } item)
                property.CustomConverter = Create(typeof(SealedListConverter<>), item, property.Name);
        }
    }

    /// <returns>Whether events of a type have sealed members.</returns>
    public static bool HasSealedMembers(Type type) => MembersOf(type).Length > 0;

    /// <returns>Whether a sealed member of an event holds something, so that it needs its subject's key: what says nothing is recorded also once that key is gone.</returns>
    public static bool HasSealedContent(object fact) =>
        MembersOf(fact.GetType()).Any(member => member.GetValue(fact) is { } value && value is not System.Collections.ICollection { Count: 0 });

    /// <summary>Opens one sealed member with the subject's key.</summary>
    /// <exception cref="SealBrokenException">As <see cref="ISealer.Open"/>.</exception>
    public static T Open<T>(this ISealer sealer, string tenantId, Sealed<T> content)
        where T : notnull => content.IsPlain
            ? content.Plain()
            : JsonSerializer.Deserialize<T>(sealer.Open(tenantId, content.Token!), ContentOptions)!;

    /// <summary>
    /// The one rule for what nobody can open any more: it is gone if its key is destroyed, and then there is nothing to say. Everything else that does not open
    /// is damage, or keys that are not here: that is thrown, never passed over as if there had been nothing.
    /// </summary>
    /// <returns>Null when the key is destroyed.</returns>
    /// <exception cref="SealDamagedException">It, or the row of its key, was altered or moved.</exception>
    /// <exception cref="KeysUnreadableException">The keys are not here.</exception>
    public static string? OpenUnlessGone(this ISealer sealer, string tenantId, Sealed<string> content)
    {
        try
        {
            return sealer.Open(tenantId, content);
        }
        catch (KeyDestroyedException)
        {
            return null;
        }
    }

    /// <summary>
    /// For what is found by content: nobody is found by what nobody can read, gone or damaged, and everybody else is. The sealer says what is damaged
    /// (<see cref="AesGcmSealer.Damaged"/>), so a rebuild goes on over it, and says so.
    /// </summary>
    /// <returns>What is made of it; null when there is nothing to read.</returns>
    /// <exception cref="KeysUnreadableException">The keys are not here.</exception>
    public static T? Readable<T>(Func<T> open)
        where T : class
    {
        try
        {
            return open();
        }
        catch (Exception closed) when (closed is KeyDestroyedException or SealDamagedException)
        {
            return null;
        }
    }

    internal static readonly JsonSerializerOptions ContentOptions = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static PropertyInfo[] MembersOf(Type type) => Sealing.GetOrAdd(type, static type =>
        [.. type.GetProperties().Where(property => ContentOf(property.PropertyType) is not null || ItemOf(property.PropertyType) is not null)]);

    private static Type? ContentOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Sealed<>) ? type.GetGenericArguments()[0] : null;

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? ContentOf(type.GetGenericArguments()[0]) : null;

    private static JsonConverter Create(Type converter, Type content, string member) => (JsonConverter)Activator.CreateInstance(
        converter.MakeGenericType(content), BindingFlags.Instance | BindingFlags.Public, null, [member], null)!;
}

/// <summary>One sealed member; <paramref name="member"/> is its JSON name and part of what the token is bound to.</summary>
internal sealed class SealedConverter<T>(string member) : JsonConverter<Sealed<T>>
    where T : notnull
{
    public override Sealed<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"The member \"{member}\" is stored sealed, as text.");
        var token = reader.GetString()!;
        SealingScope.Current?.Verify(member, token);
        return Sealed<T>.FromToken(token);
    }

    public override void Write(Utf8JsonWriter writer, Sealed<T> value, JsonSerializerOptions options)
    {
        if (value.IsPlain)
        {
            var scope = SealingScope.Current
                ?? throw new SealBrokenException($"The member \"{member}\" is plain: only an append can seal and write it.");
            writer.WriteStringValue(scope.Seal(member, JsonSerializer.SerializeToUtf8Bytes(value.Plain(), SealedJson.ContentOptions)));
        }
        else
        {
            SealingScope.Current?.Verify(member, value.Token!);
            writer.WriteStringValue(value.Token);
        }
    }
}

/// <summary>A list of sealed values under one member name.</summary>
internal sealed class SealedListConverter<T>(string member) : JsonConverter<IReadOnlyList<Sealed<T>>>
    where T : notnull
{
    private readonly SealedConverter<T> item = new(member);

    public override IReadOnlyList<Sealed<T>> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException($"The member \"{member}\" is stored as a list.");
        var items = new List<Sealed<T>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(item.Read(ref reader, typeof(Sealed<T>), options));
        return items;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<Sealed<T>> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var one in value)
            item.Write(writer, one, options);
        writer.WriteEndArray();
    }
}
