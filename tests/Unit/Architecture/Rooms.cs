using System.Reflection;
using System.Text.RegularExpressions;
using CaseFlow.Domain;
using CaseFlow.Unit.Http.Toy;

namespace CaseFlow.Unit.Architecture;

/// <summary>Who may know whom.</summary>
public sealed class Rooms
{
    private static readonly Type[] DomainTypes = typeof(DomainEvent).Assembly.GetTypes();

    public static TheoryData<string> Capabilities =>
        [.. EventCatalogue.All.Select(type => CapabilityOf(type)!).Distinct()];

    [Theory]
    [InlineData("CaseFlow.Domain", new string[0])]
    [InlineData("CaseFlow.EventStore", new string[0])]
    [InlineData("CaseFlow.Projections", new[] { "CaseFlow.Domain", "CaseFlow.EventStore" })]
    [InlineData("CaseFlow.Api", new[] { "CaseFlow.Domain", "CaseFlow.EventStore", "CaseFlow.Projections" })]
    public void References_point_one_way(string assembly, string[] allowed) => Assembly.Load(assembly).GetReferencedAssemblies()
        .Select(reference => reference.Name!)
        .Where(name => name.StartsWith("CaseFlow.", StringComparison.Ordinal))
        .ShouldBeSubsetOf(allowed);

    [Fact]
    public void The_domain_needs_no_package() => typeof(DomainEvent).Assembly.GetReferencedAssemblies()
        .Select(reference => reference.Name!)
        .ShouldAllBe(name => name == "netstandard" || name.StartsWith("System", StringComparison.Ordinal));

    /// <summary>Another capability's events and identifiers may be used, never its states, decisions or refusals.</summary>
    [Theory]
    [MemberData(nameof(Capabilities))]
    public void A_capability_leaves_the_states_and_decisions_of_others_alone(string capability)
    {
        var others = DomainTypes
            .Where(type => CapabilityOf(type) is { } owner && owner != capability && IsPrivateToItsCapability(type))
            .Select(type => type.Name)
            .ToArray();
        others.ShouldNotBeEmpty();
        var mention = new Regex($@"\b({string.Join('|', others)})\b");

        var mentions =
            from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Domain", capability), "*.cs")
            from line in File.ReadLines(path)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && mention.IsMatch(line)
            select $"{Path.GetFileName(path)}: {line.Trim()}";

        mentions.ShouldBeEmpty();
    }

    private static bool IsPrivateToItsCapability(Type type) =>
        type.Name.EndsWith("State", StringComparison.Ordinal)
        || type.Name.EndsWith("Rejections", StringComparison.Ordinal)
        || type.GetMethod("Decide", BindingFlags.Public | BindingFlags.Static) is not null;

    private static string? CapabilityOf(Type type) =>
        type.Namespace?.Split('.') is [_, _, { } capability, ..] && capability != "Time" ? capability : null;
}
