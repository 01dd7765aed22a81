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

    /// <summary>
    /// Carried out, the command is done already when it is told again, also without a time; told with any one member changed it is recorded or refused: what it
    /// says is never lost behind a success.
    /// </summary>
    /// <param name="command">Not carried out yet, and possible.</param>
    /// <param name="decide">Its decision.</param>
    /// <param name="unsaid">Members that say nothing of what happened: who told it, and what the decision rests on.</param>
    protected void ShouldLoseNothing<TCommand>(TCommand command, Func<TCommand, TState, DateTimeOffset, Decision<TEvent>> decide, params string[] unsaid)
        where TCommand : class
    {
        var later = Now.AddHours(2);
        var first = WhenAsked(state => decide(command, state, Now));
        first.Rejection.ShouldBeNull();
        first.Events.ShouldNotBeEmpty();

        Again(command).ShouldBeAlreadyDone();
        if (typeof(TCommand).GetProperty("When") is not null)
            Again(Changed.Of(command, "When", When.At(later))).ShouldBeAlreadyDone();
        Changed.MembersOf<TCommand>().Except(unsaid)
            .SelectMany(member => Changed.Of(command, member).Select(other => (Member: member, Answer: Again(other))))
            .Where(told => told.Answer.Rejection is null && told.Answer.Events.Count == 0)
            .Select(told => told.Member).ShouldBeEmpty();

        Decision<TEvent> Again(TCommand told) =>
            decide(told, State, later).Against(recorded, (said, before) => said is null || said.Plain() == before?.Plain());
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
