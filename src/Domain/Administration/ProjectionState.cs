using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Administration;

/// <summary>What was decided about a jurisdiction's views.</summary>
/// <param name="Skipped">Every event passed over, by view and version.</param>
public sealed record ProjectionState(ImmutableHashSet<SkippedEvent> Skipped)
{
    public static readonly ProjectionState Initial = new(ImmutableHashSet<SkippedEvent>.Empty);

    public static ProjectionState Evolve(ProjectionState state, ProjectionEvent fact) => fact switch
    {
        ViewEventSkipped e => new(state.Skipped.Add(new SkippedEvent(e.View, e.ViewVersion, e.EventId))),
        ViewResumed or MessageTriedAgain => state,
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ProjectionState)}."),
    };
}

/// <param name="View">The view's name.</param>
/// <param name="ViewVersion">The version that passes over it.</param>
/// <param name="EventId">The event.</param>
public sealed record SkippedEvent(string View, int ViewVersion, Guid EventId);

/// <summary>A view as it stands when somebody decides about it.</summary>
/// <param name="Name">The view's name.</param>
/// <param name="Version">The program's version of it.</param>
/// <param name="Stop">Where it stands still; null while it moves.</param>
public sealed record StandingView(string Name, int Version, ViewStop? Stop);

/// <param name="Position">Log position of the event that a view stands before.</param>
/// <param name="EventId">That event; null while it is not known to be the one at fault.</param>
public sealed record ViewStop(long Position, Guid? EventId);

/// <summary>A message to another system that failed and was not taken since.</summary>
/// <param name="Id">The message.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Attempts">How often it failed.</param>
public sealed record FailedMessage(Guid Id, string Topic, int Attempts);
