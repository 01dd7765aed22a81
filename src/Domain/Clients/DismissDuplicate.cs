using System.Diagnostics;

namespace CaseFlow.Domain.Clients;

// Storage format: renaming a type or a member here breaks every decision already recorded.

/// <summary>What was decided about two clients who looked like one; one stream per pair, with the smaller id first.</summary>
public abstract record DuplicateEvent : DomainEvent
{
    public required Guid ClientId { get; init; }

    public required Guid OtherClientId { get; init; }
}

/// <summary>They were looked at and are not proposed as one person any more.</summary>
public sealed record DuplicateDismissed(DismissalReason Reason) : DuplicateEvent;

public enum DismissalReason
{
    DifferentPeople,

    /// <summary>Of one family or household.</summary>
    Related,

    /// <summary>Nobody can tell.</summary>
    NotEnoughKnown,
}

/// <summary>Whether a proposal was dismissed.</summary>
public sealed record DuplicateState(bool IsDismissed)
{
    public static readonly DuplicateState Initial = new(IsDismissed: false);

    public static DuplicateState Evolve(DuplicateState state, DuplicateEvent fact) => fact switch
    {
        DuplicateDismissed => new DuplicateState(IsDismissed: true),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(DuplicateState)}."),
    };
}

/// <summary>Somebody who knows both says that two clients are not to be proposed as one person.</summary>
public sealed record DismissDuplicate(Guid ClientId, Guid OtherClientId, DismissalReason Reason)
{
    /// <returns>The two in the order in which a pair is kept, whichever was named first.</returns>
    public static (Guid First, Guid Second) PairOf(Guid clientId, Guid otherId) =>
        string.CompareOrdinal(clientId.ToString(), otherId.ToString()) <= 0 ? (clientId, otherId) : (otherId, clientId);

    public static Decision<DuplicateEvent> Decide(DismissDuplicate command, DuplicateState state, DateTimeOffset now)
    {
        if (command.ClientId == command.OtherClientId)
            return ClientRejections.DuplicateOfItself();
        if (state.IsDismissed)
            return Decision<DuplicateEvent>.AlreadyDoneIf<DuplicateDismissed>((fact, _) => fact.Reason == command.Reason);

        var (first, second) = PairOf(command.ClientId, command.OtherClientId);
        return new DuplicateDismissed(command.Reason) { ClientId = first, OtherClientId = second }.At(now);
    }
}
