using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Courts;

/// <summary>Who holds a place of a court now.</summary>
/// <param name="IsCounted">Whether who held one before the register is in it; nothing is decided before.</param>
/// <param name="Taken">Participations.</param>
public sealed record PlaceState(bool IsCounted, ImmutableHashSet<Guid> Taken)
{
    public static readonly PlaceState Initial = new(IsCounted: false, []);

    public static PlaceState Evolve(PlaceState state, CourtPlaceEvent fact) => fact switch
    {
        CourtPlacesCounted e => new(IsCounted: true, [.. e.Participations]),
        CourtPlaceTaken e => state with { Taken = state.Taken.Add(e.ParticipationId) },
        CourtPlaceGivenBack e => state with { Taken = state.Taken.Remove(e.ParticipationId) },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(PlaceState)}."),
    };
}
