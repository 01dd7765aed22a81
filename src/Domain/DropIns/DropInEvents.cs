using System.Diagnostics;

namespace CaseFlow.Domain.DropIns;

// Storage format: renaming a type or a member here breaks every visit already recorded.

/// <summary>
/// Visits of people who said nothing of who they are [Seed 1.1]. Each is a stream of its own: no stream, no member and no mark holds two
/// visits together, or a visit and a client.
/// </summary>
public abstract record DropInEvent : DomainEvent;

/// <summary>Somebody came to a drop-in. Who, nobody asked; the agency and its programme are in the circumstances.</summary>
/// <param name="VisitedOn">The local day; no time of day, by which somebody could be recognised.</param>
public sealed record AnonymousDropInVisited(DateOnly VisitedOn) : DropInEvent;

/// <summary>Whether a visit is recorded.</summary>
public sealed record DropInState(bool IsRecorded)
{
    public static readonly DropInState Initial = new(IsRecorded: false);

    public static DropInState Evolve(DropInState state, DropInEvent fact) => fact switch
    {
        AnonymousDropInVisited => new DropInState(IsRecorded: true),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(DropInState)}."),
    };
}
