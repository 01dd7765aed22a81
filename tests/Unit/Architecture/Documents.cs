using System.Text.RegularExpressions;
using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.Projections;

namespace CaseFlow.Unit.Architecture;

/// <summary>What the written pages promise.</summary>
public sealed partial class Documents
{
    public static TheoryData<string> Pages =>
    [
        "README.md", "CONTRIBUTING.md", .. Sources.Under("docs", ".md"), .. Sources.Under("deploy", ".md"),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Paths_that_a_page_names_exist(string page)
    {
        var text = Sources.Text(page);
        var folder = Path.GetDirectoryName(page)!;
        var links = Link().Matches(text).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && target[0] != '#')
            .Select(target => Path.GetRelativePath(".", Path.Combine(".", folder, target.Split('#')[0])).Replace('\\', '/'));
        var named = Named().Matches(text).Select(match => match.Groups[1].Value.TrimEnd('/', '.'));

        links.Concat(named).Where(path => !Sources.Exists(path)).ShouldBeEmpty();
    }

    [Fact]
    public void The_readme_is_read_to_its_end() => Sources.Lines("README.md").ShouldBeLessThanOrEqualTo(150);

    /// <summary>Nothing committed names a folder of the machine that it was written on.</summary>
    [Fact]
    public void No_page_or_source_knows_its_machine() => Sources.Under("")
        .Where(path => path != "tests/Unit/Architecture/Documents.cs" && Machine().IsMatch(Sources.Text(path)))
        .ShouldBeEmpty();

    [Fact]
    public void Every_word_of_the_glossary_names_a_type_or_a_member()
    {
        var names = new[] { typeof(DomainEvent), typeof(EventTypes), typeof(ProjectionCatalogue), typeof(Program) }
            .SelectMany(room => room.Assembly.GetTypes())
            .SelectMany(type => type.GetProperties().Select(property => property.Name).Append(type.Name.Split('`')[0]))
            .ToHashSet();
        bool Known(string term) => names.Any(name => Regex.IsMatch(name, $"(^|[a-z]){term}([A-Z]|s|$)"));

        var terms = Term().Matches(Sources.Text("docs/glossary.md"))
            .SelectMany(match => match.Groups[1].Value.Split(", "))
            .Where(term => term is not ("Term" or "---"))
            .ToArray();
        terms.Length.ShouldBeGreaterThan(50);
        terms.Where(term => !Known(term)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|tests|docs|deploy|\.ci)/[\w./-]*)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| ([^|]+?) \|", RegexOptions.Multiline)]
    private static partial Regex Term();

    [GeneratedRegex(@"/home/(?!linuxbrew)\w|/Users/\w|[A-Z]:\\Users|(?<![\w.~])/w[o]rk/")]
    private static partial Regex Machine();
}
