using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Api.Http;

/// <param name="Path">camelCase path of the member.</param>
/// <param name="Code">Which rule it breaks.</param>
/// <param name="Message">For a person; never the value sent.</param>
public sealed record ShapeFault(string Path, string Code, string Message);

/// <summary>Members that were not sent, carried to the validator so that it can report everything at once.</summary>
public sealed record MissingMembers(IReadOnlyList<ShapeFault> Faults);

/// <summary>
/// Compares a body with its request type before it is bound, and names everything at fault by path: unknown, repeated,
/// missing and mistyped members. A member may be left out when its constructor parameter is nullable or has a default.
/// </summary>
public sealed class RequestShape
{
    private readonly List<ShapeFault> faults = [];
    private readonly List<ShapeFault> missing = [];

    private RequestShape()
    {
    }

    /// <returns>The problem that answers the body, or null; members missing from an otherwise sound body go to <paramref name="missing"/>.</returns>
    public static Problem? Check(ReadOnlyMemory<byte> body, Type type, out IReadOnlyList<ShapeFault> missing)
    {
        var shape = new RequestShape();
        missing = shape.missing;
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth });
            if (SensitiveContent.IsMarked(document.RootElement))
                return Problems.From(LabelRejections.LawEnforcementSensitive());
            shape.Walk(document.RootElement, JsonRules.Options.GetTypeInfo(type), "");
        }
        catch (JsonException broken)
        {
            return new Problem(
                ProblemCatalogue.MalformedJson, $"The body stops making sense at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}, or nests too deep.");
        }
        catch (InvalidOperationException)
        {
            return new Problem(ProblemCatalogue.MalformedJson, "The body has text that is no valid Unicode.");
        }

        return shape.faults.Count > 0 ? Refuse([.. shape.faults, .. shape.missing]) : null;
    }

    /// <returns>The problem that lists these faults.</returns>
    public static Problem Refuse(IReadOnlyList<ShapeFault> faults)
    {
        var first = faults.FirstOrDefault(fault => fault.Code == ProblemCatalogue.UnknownMember.Code)
            ?? faults.FirstOrDefault(fault => fault.Code == ProblemCatalogue.DuplicateMember.Code);
        var kind = first?.Code == ProblemCatalogue.UnknownMember.Code ? ProblemCatalogue.UnknownMember
            : first is not null ? ProblemCatalogue.DuplicateMember
            : ProblemCatalogue.ValidationFailed;
        return new Problem(kind, first?.Message, first?.Path ?? (faults.Count == 1 ? faults[0].Path : null))
        {
            Errors = faults.GroupBy(fault => fault.Path, StringComparer.Ordinal).ToDictionary(
                group => group.Key,
                IReadOnlyList<BrokenRule> (group) => [.. group.Select(fault => new BrokenRule(fault.Code, fault.Message))]),
        };
    }

    /// <returns>Whether a body must have a member.</returns>
    public static bool IsRequired(JsonPropertyInfo member) =>
        member.IsRequired || (member.AssociatedParameter is { HasDefaultValue: false } && !MayBeNull(member));

    private static bool MayBeNull(JsonPropertyInfo member) => member.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(member.PropertyType) is not null
        : member.AssociatedParameter?.IsNullable ?? member.IsSetNullable;

    private void Walk(JsonElement value, JsonTypeInfo type, string path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind != JsonValueKind.Object:
                Add(path, "wrong-type", "An object.");
                break;
            case JsonTypeInfoKind.Object:
                Members(value, type, path);
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind != JsonValueKind.Array:
                Add(path, "wrong-type", "A list.");
                break;
            case JsonTypeInfoKind.Enumerable:
                var index = 0;
                foreach (var element in value.EnumerateArray())
                    Element(element, InfoOf(type.ElementType!), $"{path}[{index++}]");
                break;
            default:
                Leaf(value, type, path);
                break;
        }
    }

    /// <summary>No list has holes, and no rule about its items expects one.</summary>
    private void Element(JsonElement value, JsonTypeInfo type, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
            Add(path, "required", "It must not be null.");
        else
            Walk(value, type, path);
    }

    private void Members(JsonElement value, JsonTypeInfo type, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sent in value.EnumerateObject())
        {
            var at = path.Length == 0 ? sent.Name : $"{path}.{sent.Name}";
            if (!seen.Add(sent.Name))
                Add(at, ProblemCatalogue.DuplicateMember.Code, $"\"{at}\" occurs twice.");
            else if (type.Properties.FirstOrDefault(member => member.Name == sent.Name) is not { } member)
                Add(at, ProblemCatalogue.UnknownMember.Code, $"\"{at}\" is not a member of this request.");
            else if (sent.Value.ValueKind != JsonValueKind.Null)
                Walk(sent.Value, InfoOf(member.PropertyType), at);
            else if (!MayBeNull(member))
                Add(at, "required", "It must not be null.");
        }

        foreach (var member in type.Properties.Where(member => IsRequired(member) && !seen.Contains(member.Name)))
            missing.Add(new ShapeFault(path.Length == 0 ? member.Name : $"{path}.{member.Name}", "required", "It is missing."));
    }

    private void Leaf(JsonElement value, JsonTypeInfo type, string path)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString()!.Contains('\0', StringComparison.Ordinal))
                Add(path, "wrong-type", "Text without the NUL character.");
            else if (value.Deserialize(type) is Enum word && JsonSerializer.Serialize(word, type) != $"\"{value.GetString()}\"")
                Add(path, "wrong-type", Expected(type.Type));
        }
        catch (Exception broken) when (broken is JsonException or FormatException or NotSupportedException)
        {
            Add(path, "wrong-type", Expected(type.Type));
        }
    }

    private void Add(string path, string code, string message) => faults.Add(new ShapeFault(path, code, message));

    private static JsonTypeInfo InfoOf(Type type) => JsonRules.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private static string Expected(Type type) => type switch
    {
        _ when type == typeof(DateTimeOffset) => TimeWithOffset.Expected,
        _ when type == typeof(DateOnly) => "A date, for example 2026-03-01.",
        _ when type == typeof(Guid) => "An id, for example 019a0000-0000-7000-8000-000000000000.",
        _ when type == typeof(string) => "Text.",
        _ when type == typeof(bool) => "true or false.",
        _ when type.IsEnum => $"One of {string.Join(", ", Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value =>
            JsonSerializer.Serialize(Enum.ToObject(type, value), type, JsonRules.Options).Trim('"')))}.",
        _ when type == typeof(decimal) || type == typeof(double) => "A number, not in quotes.",
        _ when type.IsPrimitive => "A whole number, not in quotes, within range.",
        _ => "Another form; see the API page.",
    };
}
