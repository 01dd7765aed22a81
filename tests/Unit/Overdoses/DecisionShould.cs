using System.Collections;
using System.Reflection;
using CaseFlow.Domain;

namespace CaseFlow.Unit.Overdoses;

/// <summary>What a decision should be: exactly these facts in this order, nothing, or this refusal.</summary>
internal static class DecisionShould
{
    public static void ShouldRecord<TEvent>(this Decision<TEvent> decision, params TEvent[] facts)
        where TEvent : DomainEvent
    {
        decision.Rejection.ShouldBeNull();
        decision.Events.Select(Told).ShouldBe(facts.Select(Told));
    }

    /// <summary>Done before: success, and nothing to record.</summary>
    public static void ShouldRecordNothing<TEvent>(this Decision<TEvent> decision)
        where TEvent : DomainEvent
    {
        decision.Rejection.ShouldBeNull();
        decision.Events.ShouldBeEmpty();
    }

    public static void ShouldRefuse<TEvent>(this Decision<TEvent> decision, Rejection rejection)
        where TEvent : DomainEvent
    {
        decision.Rejection.ShouldBe(rejection);
        decision.Events.ShouldBeEmpty();
    }

    /// <returns>A fact with all its members in words; lists by their content, instants in UTC, sealed words as they are.</returns>
    private static string Told(object? value) => value switch
    {
        null => "-",
        string text => text,
        DateTimeOffset instant => instant.UtcDateTime.ToString("O"),
        Sealed<string> { IsPlain: true } words => $"\"{words.Plain()}\"",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Told))}]",
        _ when value.GetType() is { IsClass: true } type => $"{type.Name} {{ {string.Join(", ", Members(type, value))} }}",
        _ => value.ToString()!,
    };

    private static IEnumerable<string> Members(Type type, object value) => type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Select(member => $"{member.Name} = {Told(member.GetValue(value))}");
}
