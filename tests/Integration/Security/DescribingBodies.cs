using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Integration.Security;

/// <summary>The description of an operation is of that operation: what it shows as an example is what its schema takes.</summary>
public sealed class DescribingBodies(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Every_example_has_the_members_its_schema_names_and_all_that_it_requires()
    {
        var api = await ApiOperations.OfAsync(county);
        List<string> faults = [];

        var shown = api.All.Where(operation => operation is { Body: not null, Example: JsonObject }).ToArray();
        foreach (var operation in shown)
        {
            var schema = api.Resolve(operation.Body!);
            var known = schema["properties"]!.AsObject().Select(member => member.Key).ToHashSet(StringComparer.Ordinal);
            var required = (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>());
            var members = operation.Example!.AsObject().Select(member => member.Key).ToArray();
            faults.AddRange(members.Where(name => !known.Contains(name)).Select(name => $"{operation.Id}: {name} is not described"));
            faults.AddRange(required.Where(name => !members.Contains(name)).Select(name => $"{operation.Id}: {name} is required and not shown"));
        }

        shown.Length.ShouldBeGreaterThan(100);
        faults.ShouldBeEmpty();
    }

    /// <summary>What an example says its schema takes: words of the list, values of the type, instants and ids in their form.</summary>
    [Fact]
    public async Task Every_example_says_what_its_schema_takes()
    {
        var api = await ApiOperations.OfAsync(county);

        api.All.Where(operation => operation is { Body: not null, Example: JsonObject })
            .SelectMany(operation => Faults(api, operation.Body!, operation.Example, operation.Id)).ShouldBeEmpty();
    }

    /// <summary>No example of a hearing by another judge names one who decides in any other example: the rule refuses whoever sat on the team.</summary>
    [Fact]
    public async Task Who_hears_a_termination_as_another_judge_decides_nothing_else_in_the_examples()
    {
        var api = await ApiOperations.OfAsync(county);
        var deciding = api.All.Where(operation => operation.Example is JsonObject example && example["decidedBy"] is JsonArray { Count: > 0 })
            .Select(operation => (Example: operation.Example!.AsObject(), By: operation.Example!["decidedBy"]!.AsArray().Select(one => one!.GetValue<string>()).ToList())).ToList();

        var byAnother = deciding.Where(one => one.Example["impartiality"]?.GetValue<string>() == "anotherJudge").ToList();
        byAnother.ShouldNotBeEmpty();
        byAnother.SelectMany(one => one.By).Intersect(deciding.Except(byAnother).SelectMany(one => one.By)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Faults(ApiOperations api, JsonNode described, JsonNode? value, string at)
    {
        var schema = api.Resolve(described);
        if (value is null)
            yield break;
        if ((schema["oneOf"] ?? schema["anyOf"])?.AsArray() is { Count: > 0 } choices)
        {
            var each = choices.Select(choice => Faults(api, choice!, value, at).ToList()).ToList();
            foreach (var fault in each.Any(faults => faults.Count == 0) ? [] : each.MaxBy(faults => faults.Count)!)
                yield return fault;
            yield break;
        }

        var types = schema["type"] switch { JsonArray many => many.Select(one => one!.GetValue<string>()).ToArray(), JsonValue one => [one.GetValue<string>()], _ => [] };
        var kind = value.GetValueKind() switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            _ => "boolean",
        };
        if (types.Length > 0 && !types.Contains(kind) && !(kind == "number" && types.Contains("integer")))
            yield return $"{at}: {value.ToJsonString()} is no {string.Join(" or ", types)}";
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            yield return $"{at}: {value.ToJsonString()} is not one of its words";
        if (kind == "string" && !IsOf(schema["format"]?.GetValue<string>(), value.GetValue<string>()))
            yield return $"{at}: {value.ToJsonString()} is no {schema["format"]}";
        if (value is JsonArray items && schema["items"] is { } item)
        {
            foreach (var fault in items.SelectMany((one, n) => Faults(api, item, one, $"{at}[{n}]")))
                yield return fault;
        }

        if (value is JsonObject members && schema["properties"] is JsonObject properties)
        {
            foreach (var fault in members.Where(member => properties[member.Key] is not null).SelectMany(member => Faults(api, properties[member.Key]!, member.Value, $"{at}.{member.Key}")))
                yield return fault;
        }
    }

    private static bool IsOf(string? format, string text) => format switch
    {
        "uuid" => Guid.TryParse(text, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        _ => true,
    };
}
