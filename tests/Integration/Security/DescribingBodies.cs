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
}
