using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using CaseFlow.Domain.Courts;
using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Courts;

/// <summary>Every rule names its source: each setting of a court's template, one that <c>docs/sources.md</c> lists, or says that it is a choice.</summary>
public sealed partial class NamingSources
{
    public static TheoryData<CourtType> Types => [.. Enum.GetValues<CourtType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_setting_of_a_template_is_named(CourtType type)
    {
        var template = CourtTemplates.Of(type, "Court", "court", ["recovery-coaches"]);
        var named = template.Sources.Select(source => source.Rule).ToList();
        var settings = SettingsOf(typeof(CourtConfiguration), "").ToList();

        settings.Where(setting => !named.Exists(rule => setting == rule || setting.StartsWith(rule + ".", StringComparison.Ordinal))
            && !(template.Tests is null && setting.StartsWith("tests.", StringComparison.Ordinal))).ShouldBeEmpty();
        named.Where(rule => !settings.Exists(setting => setting == rule || setting.StartsWith(rule + ".", StringComparison.Ordinal))).ShouldBeEmpty("no setting has that name");
        settings.ShouldContain("phases.hearingIntervalDays");
        settings.ShouldContain("jail.windowDays");
        settings.ShouldContain("tests.dilute");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_source_of_a_template_is_listed_or_said_to_be_a_choice(CourtType type)
    {
        foreach (var source in CourtTemplates.Of(type, "Court", "court", []).Sources)
        {
            var marks = Mark().Matches(source.Source).Select(found => found.Value).ToList();
            (marks.Count > 0 || source.Source.StartsWith("Local", StringComparison.Ordinal)).ShouldBeTrue($"{source.Rule}: {source.Source}");
            KeysIn(source.Source).Where(key => !Listed().Contains(key)).ShouldBeEmpty(source.Rule);
        }
    }

    [Fact]
    public void Every_source_that_the_code_names_is_listed()
    {
        var named = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => KeysIn(File.ReadAllText(path)))
            .ToHashSet();

        named.Count.ShouldBeGreaterThan(10);
        named.Where(key => !Listed().Contains(key)).ShouldBeEmpty();
    }

    private static HashSet<string> Listed() =>
        [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "sources.md"))).Select(row => row.Groups[1].Value)];

    private static IEnumerable<string> KeysIn(string text) => Key().Matches(text).Select(found => found.Groups[1].Value);

    /// <summary>Names as they are written in a configuration; a list stands for what is in it. What a setting is called is none itself.</summary>
    private static IEnumerable<string> SettingsOf(Type type, string within) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite && property.Name != nameof(CourtConfiguration.Sources)
        let name = within + JsonNamingPolicy.CamelCase.ConvertName(property.Name)
        let held = Held(property.PropertyType)
        from setting in held.Namespace == typeof(CourtConfiguration).Namespace && held.IsClass ? SettingsOf(held, name + ".") : [name]
        select setting;

    private static Type Held(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : type;

    [GeneratedRegex(@"\[S:([a-z0-9-]+)\]")]
    private static partial Regex Key();

    [GeneratedRegex(@"\[(S:[a-z0-9-]+|Seed [0-9.]+|K|P)\]|R[0-9]+")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^\| `([a-z0-9-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
