using System.Text.RegularExpressions;
using CaseFlow.Unit.Architecture;

namespace CaseFlow.Unit.Documents;

/// <summary>Every address that a guide names is a route of the program, with the method that the guide uses.</summary>
public sealed partial class WalkingTheGuides
{
    [Fact]
    public async Task Every_address_in_a_guide_is_a_route()
    {
        var routes = (await ProgramRoutes.ListAsync())
            .Select(route => (route.Method, Pattern: new Regex("^" + Parameter().Replace(route.Pattern, "[^/]+") + "$")))
            .ToList();
        var named = Sources.Under("docs/guides", ".md")
            .SelectMany(page => Command().Matches(Sources.Text(page)))
            .Select(match => (Method: match.Groups[1].Value == "ask" ? "GET" : "POST", Path: "/api" + match.Groups[2].Value.Split('?')[0]))
            .ToList();

        named.Count.ShouldBeGreaterThan(20);
        named.Where(one => !routes.Exists(route => route.Method == one.Method && route.Pattern.IsMatch(one.Path))).ShouldBeEmpty();
    }

    [GeneratedRegex("""\b(ask|tell) "(/[^"]+)["]""")]
    private static partial Regex Command();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
