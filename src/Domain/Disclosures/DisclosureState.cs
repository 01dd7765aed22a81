using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Disclosures;

/// <summary>What was told of a client's record so far.</summary>
/// <param name="Made">In the order they were recorded.</param>
/// <param name="Blocked">Ids of those that a rule stopped.</param>
public sealed record DisclosureState(ImmutableDictionary<Guid, DisclosureMade> Made, ImmutableHashSet<Guid> Blocked)
{
    public static readonly DisclosureState Initial = new(ImmutableDictionary<Guid, DisclosureMade>.Empty, []);

    public static DisclosureState Evolve(DisclosureState state, DisclosureEvent fact) => fact switch
    {
        DisclosureMade e => state with { Made = state.Made.SetItem(e.DisclosureId, e) },
        DisclosureBlocked e => state with { Blocked = state.Blocked.Add(e.DisclosureId) },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(DisclosureState)}."),
    };
}
