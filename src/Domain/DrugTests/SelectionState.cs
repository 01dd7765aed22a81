using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.DrugTests;

/// <summary>How far a court's month is drawn.</summary>
/// <param name="Commitment">Hash of the seed; null before there is one.</param>
/// <param name="Seed">As it was read: sealed.</param>
/// <param name="FirstDay">First day that is drawn.</param>
/// <param name="DisclosableFrom">From when the seed may be disclosed, UTC.</param>
/// <param name="LastDrawn">The day drawn last; null before the first.</param>
/// <param name="Disclosed">The seed in plain hex; null while it is secret.</param>
public sealed record SelectionState(
    string? Commitment, Sealed<string>? Seed, DateOnly FirstDay, DateTimeOffset DisclosableFrom, DateOnly? LastDrawn, string? Disclosed)
{
    public static readonly SelectionState Initial = new(null, null, default, default, null, null);

    /// <summary>The day to be drawn next.</summary>
    public DateOnly NextDay => LastDrawn?.AddDays(1) ?? FirstDay;

    public static SelectionState Evolve(SelectionState state, SelectionEvent fact) => fact switch
    {
        SelectionSeedCommitted e => state with { Commitment = e.Commitment, Seed = e.Seed, FirstDay = e.FirstDay, DisclosableFrom = e.DisclosableFrom },
        TestsDrawn e => state with { LastDrawn = e.Day },
        SelectionSeedDisclosed e => state with { Disclosed = e.Seed },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(SelectionState)}."),
    };
}

/// <summary>Who takes part in a court's draws, and since when.</summary>
/// <param name="Tested">Client by participation.</param>
public sealed record TestingRosterState(ImmutableSortedDictionary<Guid, Guid> Tested)
{
    public static readonly TestingRosterState Initial = new(ImmutableSortedDictionary<Guid, Guid>.Empty);

    public static TestingRosterState Evolve(TestingRosterState state, TestingRosterEvent fact) => fact switch
    {
        RandomTestingStarted e => new(state.Tested.SetItem(e.ParticipationId, e.ClientId)),
        RandomTestingEnded e => new(state.Tested.Remove(e.ParticipationId)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(TestingRosterState)}."),
    };
}
