using CaseFlow.Domain;

namespace CaseFlow.Unit;

/// <summary>Given what happened, when someone asks, then these facts are recorded or the answer is no.</summary>
public abstract class Spec<TState, TEvent>(TState initial, Func<TState, TEvent, TState> evolve)
    where TEvent : DomainEvent
{
    /// <summary>Tuesday 2026-03-03, 10:00 in Wisconsin.</summary>
    protected static readonly DateTimeOffset Now = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    private readonly List<TEvent> recorded = [];

    protected TState State { get; private set; } = initial;

    protected void Given(params TEvent[] history)
    {
        State = history.Aggregate(State, evolve);
        recorded.AddRange(history);
    }

    /// <summary>Asks, and folds what is recorded, so that asking again meets the new state.</summary>
    protected Decision<TEvent> WhenAsked(Func<TState, Decision<TEvent>> decide)
    {
        var decision = decide(State).Against(recorded, (told, before) => told is null || told.Plain() == before?.Plain());
        Given([.. decision.Events]);
        return decision;
    }
}

public static class DecisionAssertions
{
    /// <summary>Success, and nothing recorded: the work was done before.</summary>
    public static void ShouldBeAlreadyDone<TEvent>(this Decision<TEvent> decision)
        where TEvent : DomainEvent
    {
        decision.Rejection.ShouldBeNull();
        decision.Events.ShouldBeEmpty();
    }

    /// <summary>Exactly these facts, in this order.</summary>
    public static void ShouldRecord<TEvent>(this Decision<TEvent> decision, params TEvent[] facts)
        where TEvent : DomainEvent
    {
        decision.Rejection.ShouldBeNull();
        decision.Events.ShouldBe(facts);
    }

    public static void ShouldBeRefused<TEvent>(this Decision<TEvent> decision, Rejection rejection)
        where TEvent : DomainEvent
    {
        decision.Rejection.ShouldBe(rejection);
        decision.Events.ShouldBeEmpty();
    }
}
