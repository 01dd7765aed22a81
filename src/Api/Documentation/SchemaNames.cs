using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace CaseFlow.Api.Documentation;

/// <summary>
/// The names of schemas in the description of the API. Capabilities use the same words (<c>CloseRequest</c>), and a name that two types share
/// would describe one operation with the other's members: types of the doors carry their capability's name and the name of the door around them.
/// </summary>
internal sealed class SchemaNames
{
    private const string Doors = "CaseFlow.Api.";

    private readonly ConcurrentDictionary<string, Type> given = new(StringComparer.Ordinal);

    /// <returns>The name of a type's schema; null when the schema is written where it is used.</returns>
    /// <exception cref="InvalidOperationException">Two types would share the name.</exception>
    public string? Of(JsonTypeInfo type)
    {
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(type) is not { } plain)
            return null;
        var kind = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        var name = Qualified(kind, plain);
        var first = given.GetOrAdd(name, kind);
        return first == kind ? name : throw new InvalidOperationException($"{first} and {kind} would both be described as {name}.");
    }

    private static string Qualified(Type type, string plain)
    {
        var around = type.DeclaringType is { } door ? door.Name.Replace("Doors", "", StringComparison.Ordinal).Replace("Door", "", StringComparison.Ordinal) : "";
        var name = plain.StartsWith(around, StringComparison.Ordinal) ? plain : around + plain;
        return type.Namespace is { } place && place.StartsWith(Doors, StringComparison.Ordinal) ? $"{place[Doors.Length..]}.{name}" : name;
    }
}
