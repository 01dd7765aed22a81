using System.Collections;
using System.Text.Json;
using System.Text.RegularExpressions;
using CaseFlow.Domain;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Unit.Storage;

/// <summary>One event of every type with every member filled, always the same.</summary>
public static partial class SampleEvents
{
    /// <summary>The client that every sample is about.</summary>
    public static readonly Guid Client = Named("client_id");

    private static readonly DateTimeOffset Instant = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    /// <returns>The id under which a sample event is stored; its sealed members are bound to it.</returns>
    public static Guid EventIdOf(Type type) => Named(type.Name);

    /// <returns>The sample of an event type.</returns>
    public static DomainEvent Of(Type type) => (DomainEvent)Filled(type, EventIdOf(type));

    /// <returns>Any stored record with every member filled.</returns>
    public static object Filled(Type type, Guid eventId)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        var made = constructor.Invoke([.. parameters.Select(parameter => Value(parameter.ParameterType, parameter.Name!, eventId))]);
        var left = type.GetProperties().Where(property =>
            property.CanWrite && !parameters.Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)));
        foreach (var property in left)
            property.SetValue(made, Value(property.PropertyType, property.Name, eventId));
        return made;
    }

    private static object Value(Type type, string name, Guid eventId)
    {
        var member = JsonNamingPolicy.CamelCase.ConvertName(name);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Value(underlying, name, eventId);
        if (type == typeof(string))
            return $"some-{Words().Replace(member, "-$1").ToLowerInvariant()}";
        if (type == typeof(Guid))
            return Named(JsonNamingPolicy.SnakeCaseLower.ConvertName(name));
        if (type == typeof(int))
            return 3;
        if (type == typeof(long))
            return 4711L;
        if (type == typeof(bool))
            return true;
        if (type == typeof(DateTimeOffset))
            return Instant.AddMinutes(member.Length);
        if (type == typeof(DateOnly))
            return new DateOnly(2026, 3, member.Length);
        if (type == typeof(TimeOnly))
            return new TimeOnly(member.Length, 30);
        if (type.IsEnum)
            return Enum.GetValues(type) is { Length: > 1 } words ? words.GetValue(1)! : Enum.ToObject(type, 0);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Sealed<>))
            return type.GetMethod(nameof(Sealed<>.FromToken))!.Invoke(null, [Token(member, eventId)])!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return ListOf(type.GetGenericArguments()[0], name, eventId);
        return type.IsClass && type.Namespace!.StartsWith("CaseFlow.Domain", StringComparison.Ordinal)
            ? Filled(type, eventId)
            : throw new NotSupportedException($"Say here what a sample {type} looks like.");
    }

    private static IList ListOf(Type item, string name, Guid eventId)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(Value(item, name, eventId));
        return list;
    }

    private static string Token(string member, Guid eventId) => new SealedToken(Client, eventId, member, [1, 2, 3]).ToString();

    private static Guid Named(string name) => NamedId.Of("sample", name);

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex Words();
}
