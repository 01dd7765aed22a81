using System.Diagnostics;
using System.Runtime.CompilerServices;
using CaseFlow.Domain;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Unit.Views;

/// <summary>A timeline without a line for an event would be a hole in somebody's history.</summary>
public sealed class SummarisingEveryEvent
{
    public static TheoryData<Type> OfClients => [.. EventCatalogue.All.Where(type => type.IsAssignableTo(typeof(IClientEvent)))];

    [Theory]
    [MemberData(nameof(OfClients))]
    public void Has_a_line_of_its_own_for_every_event_about_a_client(Type type)
    {
        var line = LineOf(type);

        line.ShouldNotBeNullOrWhiteSpace();
        line.ShouldNotContain('\n');
        line.ShouldNotContain("[sealed]");
    }

    [Fact]
    public void No_two_events_read_the_same()
    {
        var lines = EventCatalogue.All.Where(type => type.IsAssignableTo(typeof(IClientEvent))).Select(LineOf);

        lines.ShouldBeUnique();
    }

    /// <summary>An event with samples for everything that is written in its line; sealed members stay empty, since no line opens them.</summary>
    private static string LineOf(Type type)
    {
        var fact = (DomainEvent)RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null))
            property.SetValue(fact, SampleOf(property.PropertyType, property.Name));
        try
        {
            return Summaries.Of(fact);
        }
        catch (UnreachableException hole)
        {
            throw new ShouldAssertException(hole.Message);
        }
    }

    private static object? SampleOf(Type type, string name) => type switch
    {
        _ when type == typeof(string) => name,
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero),
        _ when type == typeof(Domain.Overdoses.OverdoseDetails) => new Domain.Overdoses.OverdoseDetails(
            Domain.Overdoses.Fatality.NonFatal, Domain.Overdoses.Certainty.Suspected, [], null, null, null),
        _ when type == typeof(Domain.DrugTests.TestOutcome) => new Domain.DrugTests.TestOutcome(Domain.DrugTests.TestResult.Positive, ["cocaine"]),
        _ when type == typeof(Domain.TreatmentAttendance.AttendanceCount) => new Domain.TreatmentAttendance.AttendanceCount(3, 2, 1),
        _ when type == typeof(Domain.Coaching.CoachingOrder) => new Domain.Coaching.CoachingOrder(1, default, default, default, default),
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => Array.CreateInstance(type.GetGenericArguments()[0], 0),
        _ when type.IsValueType => Activator.CreateInstance(type),
        _ => null,
    };
}
