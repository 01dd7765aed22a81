using System.Text.Json.Nodes;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Security;

/// <summary>One operation of the OpenAPI document.</summary>
/// <param name="Parameters">Name and place (<c>path</c>, <c>query</c>, <c>header</c>) of each.</param>
/// <param name="Body">Schema of its body; null without one.</param>
/// <param name="Example">A body that it takes.</param>
/// <param name="Roles">Who may use it, as tokens name roles.</param>
internal sealed record ApiOperation(
    string Id, HttpMethod Method, string Path, IReadOnlyList<(string Name, string In)> Parameters, JsonNode? Body, JsonNode? Example, IReadOnlyList<string> Roles);

/// <summary>What the program says of itself.</summary>
internal sealed class ApiOperations(JsonNode document)
{
    public static async Task<ApiOperations> OfAsync(County county) =>
        new((await county.SendAsync(HttpMethod.Get, null, "/openapi/v1.json")).ShouldSucceed().Json);

    /// <summary>Every operation that needs a token.</summary>
    public IReadOnlyList<ApiOperation> All { get; } =
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           where operation.Value!["x-roles"] is not null
           let content = operation.Value["requestBody"]?["content"]?["application/json"]
           select new ApiOperation(
               operation.Value["operationId"]!.GetValue<string>(),
               new HttpMethod(operation.Key.ToUpperInvariant()),
               path.Key,
               [.. (operation.Value["parameters"]?.AsArray() ?? []).Select(one => (one!["name"]!.GetValue<string>(), one["in"]!.GetValue<string>()))],
               content?["schema"],
               content?["example"],
               [.. operation.Value["x-roles"]!.AsArray().Select(role => role!.GetValue<string>())]),
    ];

    /// <returns>The schema itself, where another is only named.</returns>
    public JsonNode Resolve(JsonNode schema) =>
        schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]! : schema;

    /// <returns>A value of a schema's form, drawn by chance; ids are often such that name something.</returns>
    public JsonNode? Draw(JsonNode schema, Random chance, IReadOnlyList<Guid> ids, int depth = 0)
    {
        schema = Resolve(schema);
        if ((schema["oneOf"] ?? schema["anyOf"])?.AsArray() is { Count: > 0 } choices)
            return Draw(choices[chance.Next(choices.Count)]!, chance, ids, depth);
        if (schema["enum"]?.AsArray() is { Count: > 0 } words)
            return words[chance.Next(words.Count)]?.DeepClone();
        return TypeOf(schema, chance) switch
        {
            "object" => Members(schema, chance, ids, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, chance.Next(4)).Select(_ => Draw(schema["items"]!, chance, ids, depth + 1))]),
            "integer" => JsonValue.Create(chance.Next(4) == 0 ? Pick(chance, 0, -1, int.MaxValue, int.MinValue) : chance.Next(0, 100)),
            "number" => JsonValue.Create(chance.Next(4) == 0 ? Pick(chance, 0, -0.5m, decimal.MaxValue) : chance.Next(0, 100)),
            "boolean" => JsonValue.Create(chance.Next(2) == 0),
            "null" => null,
            _ => JsonValue.Create(Text(schema["format"]?.GetValue<string>(), chance, ids)),
        };
    }

    private JsonObject Members(JsonNode schema, Random chance, IReadOnlyList<Guid> ids, int depth)
    {
        var required = (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).ToHashSet();
        return new JsonObject((schema["properties"]?.AsObject() ?? [])
            .Where(member => required.Contains(member.Key) || (depth < 6 && chance.Next(2) == 0))
            .Select(member => KeyValuePair.Create(member.Key, Draw(member.Value!, chance, ids, depth + 1))));
    }

    private static string TypeOf(JsonNode schema, Random chance)
    {
        if (schema["type"] is JsonArray several)
        {
            var names = several.Select(name => name!.GetValue<string>()).ToArray();
            // Absent and null are one: mostly something is said.
            return chance.Next(4) == 0 ? names[chance.Next(names.Length)] : names.First(name => name != "null");
        }

        return schema["type"]?.GetValue<string>() ?? (schema["properties"] is null ? "string" : "object");
    }

    private static string Text(string? format, Random chance, IReadOnlyList<Guid> ids) => format switch
    {
        "uuid" => (chance.Next(3) == 0 ? Guid.CreateVersion7() : ids[chance.Next(ids.Count)]).ToString(),
        "date-time" => Pick(chance, "2026-03-01T18:00:00Z", "1900-01-01T00:00:00+14:00", "2999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00-14:00", "2026-03-08T02:30:00-06:00"),
        "date" => Pick(chance, "2026-03-01", "0001-01-01", "9999-12-31", "1900-01-02", "2024-02-29"),
        "time" => Pick(chance, "00:00:00", "23:59:59", "08:30:00"),
        _ => Pick(chance, "dcc", "north", "agent-1", "agent-2", "recovery-coaches", "fuzzed", "2", "A line.", "Zoë 👩‍⚕️ ﷽", "a\nb", "", new string('x', 5000)),
    };

    private static T Pick<T>(Random chance, params T[] values) => values[chance.Next(values.Length)];
}
