using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;

namespace CaseFlow.Unit.Architecture;

/// <summary>What holds for sealed members, commands and views, whoever adds one.</summary>
public sealed class Shapes
{
    private static readonly Type[] DomainTypes = typeof(DomainEvent).Assembly.GetTypes();

    public static TheoryData<string> Commands =>
    [
        .. DomainTypes
            .Where(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(method => method.Name == "Decide"))
            .Select(type => type.Name),
    ];

    /// <summary>The codec seals these two shapes; in any other the content would reach the table in plain text.</summary>
    [Fact]
    public void Sealed_content_is_a_member_or_a_list_of_members() => DomainTypes
        .Where(type => !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Sealed<>)))
        .SelectMany(type => type.GetProperties().Where(property => HoldsSealed(property.PropertyType) && !IsSealable(property.PropertyType)))
        .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
        .ShouldBeEmpty();

    [Fact]
    public void Sealed_events_say_whose_key_seals_them() => EventCatalogue.All
        .Where(type => type.GetProperties().Any(property => HoldsSealed(property.PropertyType)) && !type.IsAssignableTo(typeof(IClientEvent)))
        .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_has_a_door_or_a_process_and_a_spec(string command)
    {
        var mention = new Regex($@"\b{command}\b");

        Sources.Under("src/Api", ".cs").Where(path => !path.Contains("/Demonstration/", StringComparison.Ordinal))
            .Any(path => mention.IsMatch(Sources.Text(path))).ShouldBeTrue("no door or process uses it");
        Sources.Under("tests/Unit", ".cs").Where(path => !path.Contains("/Architecture/", StringComparison.Ordinal))
            .Any(path => mention.IsMatch(Sources.Text(path))).ShouldBeTrue("no spec asks it");
    }

    [Fact]
    public void Every_view_is_in_the_catalogue()
    {
        var catalogue = new ProjectionCatalogue(new EventStoreOptions(), ProjectionCatalogue.EventTypes, null!, null!);

        catalogue.Async.Select(view => view.GetType()).Distinct().Concat(catalogue.Inline.Select(view => view.GetType())).ShouldBe(
            typeof(ProjectionCatalogue).Assembly.GetTypes()
                .Where(type => !type.IsAbstract && (type.IsAssignableTo(typeof(IView)) || type.IsAssignableTo(typeof(IInlineView)))),
            ignoreOrder: true);
    }

    [Fact]
    public void The_database_is_touched_only_where_it_belongs() => Sources.Under("src", ".cs")
        .Where(path => Regex.IsMatch(Sources.Text(path), @"\busing Npgsql|\bNpgsql[A-Z]"))
        .Where(path => !Regex.IsMatch(path, "^src/(EventStore|Projections|Api/(Composition|Embedded|Settings))/"))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("Domain")]
    [InlineData("Projections")]
    public void Clocks_chance_and_fresh_ids_are_banned(string room)
    {
        var project = XDocument.Parse(Sources.Text($"src/{room}/{room}.csproj"));
        project.Descendants("AdditionalFiles").Select(file => (string?)file.Attribute("Include")).ShouldContain("BannedSymbols.txt");
        project.Descendants("PackageReference").Select(package => (string?)package.Attribute("Include"))
            .ShouldBe(["Microsoft.CodeAnalysis.BannedApiAnalyzers"]);
        var banned = Sources.Text($"src/{room}/BannedSymbols.txt");
        foreach (var symbol in new[] { "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow", "System.TimeProvider", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Random" })
            banned.ShouldContain($":{symbol};");
    }

    /// <summary>Everywhere else the clock is a <see cref="TimeProvider"/>, which tests replace.</summary>
    [Fact]
    public void Nobody_reads_the_clock_past_its_provider() => Sources.Under("src", ".cs")
        .Where(path => Regex.IsMatch(Sources.Text(path), @"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b"))
        .ShouldBeEmpty();

    [Fact]
    public void Files_stay_short_enough_to_read() => Sources.Under("src", ".cs")
        .Where(path => Sources.Lines(path) > (path.StartsWith("src/EventStore/", StringComparison.Ordinal) ? 300 : 250))
        .ShouldBeEmpty();

    private static bool HoldsSealed(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Sealed<>) || type.GetGenericArguments().Any(HoldsSealed))
        || (type.IsArray && HoldsSealed(type.GetElementType()!));

    private static bool IsSealable(Type type) =>
        type.GetGenericTypeDefinition() == typeof(Sealed<>)
        || (type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            && type.GetGenericArguments()[0] is { IsGenericType: true } item && item.GetGenericTypeDefinition() == typeof(Sealed<>));
}
