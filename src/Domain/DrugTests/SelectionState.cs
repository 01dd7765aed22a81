using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.DrugTests;

/// <summary>How far a court's month is drawn.</summary>
/// <param name="Commitment">Hash of the seed; null before there is one.</param>
/// <param name="FirstDay">First day that is drawn.</param>
/// <param name="LastDrawn">The day drawn last; null before the first.</param>
/// <param name="Disclosed">The seed in plain hex; null while it is secret.</param>
public sealed record SelectionState(string? Commitment, DateOnly FirstDay, DateOnly? LastDrawn, string? Disclosed)
{
    public static readonly SelectionState Initial = new(null, default, null, null);

    /// <summary>The day to be drawn next.</summary>
    public DateOnly NextDay => LastDrawn?.AddDays(1) ?? FirstDay;

    public static SelectionState Evolve(SelectionState state, SelectionEvent fact) => fact switch
    {
        SelectionSeedCommitted e => state with { Commitment = e.Commitment, FirstDay = e.FirstDay },
        TestsDrawn e => state with { LastDrawn = e.Day },
        SelectionSeedDisclosed e => state with { Disclosed = e.Seed },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(SelectionState)}."),
    };
}

/// <summary>Who takes part in a court's draws, and since when.</summary>
/// <param name="Tested">By participation, in the order of their ids.</param>
/// <param name="Left">Participations that took part once.</param>
public sealed record TestingRosterState(ImmutableSortedDictionary<Guid, TestedParticipation> Tested, ImmutableHashSet<Guid> Left)
{
    public static readonly TestingRosterState Initial = new(ImmutableSortedDictionary<Guid, TestedParticipation>.Empty, []);

    public static TestingRosterState Evolve(TestingRosterState state, TestingRosterEvent fact) => fact switch
    {
        RandomTestingStarted e => new(state.Tested.SetItem(e.ParticipationId, new TestedParticipation(e.ClientId, e.FirstDay)), state.Left.Remove(e.ParticipationId)),
        RandomTestingEnded e => new(state.Tested.Remove(e.ParticipationId), state.Left.Add(e.ParticipationId)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(TestingRosterState)}."),
    };
}

/// <param name="FirstDay">First local day that it takes part in.</param>
public sealed record TestedParticipation(Guid ClientId, DateOnly FirstDay);
