using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Privacy;

// Storage format: renaming a type or a member here breaks every correction already recorded.

/// <summary>Corrections of labels in a client's record, one stream per client.</summary>
public abstract record LabelEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;
}

/// <summary>An entry of the record was under the wrong law; from now on it is shown, and withheld, by these labels.</summary>
/// <param name="CorrectedEventId">The event whose labels were wrong.</param>
/// <param name="CorrectedKind">Its stored name.</param>
/// <param name="OverdoseId">The overdose it tells of, when it is the report of one or an agent's knowing.</param>
/// <param name="PreviousLabels">Codes that held until now.</param>
/// <param name="Labels">Codes that hold from now on.</param>
/// <param name="Reason">The author's reason, sealed.</param>
public sealed record EventLabelsCorrected(
    Guid CorrectedEventId,
    string CorrectedKind,
    Guid? OverdoseId,
    IReadOnlyList<string> PreviousLabels,
    IReadOnlyList<string> Labels,
    Sealed<string> Reason) : LabelEvent, ICorrection
{
    DateTimeOffset? ICorrection.CorrectedOccurredAt => null;
}

/// <summary>Which labels were corrected, and to what.</summary>
public sealed record LabelsState(ImmutableDictionary<Guid, IReadOnlyList<string>> Corrected)
{
    public static readonly LabelsState Initial = new(ImmutableDictionary<Guid, IReadOnlyList<string>>.Empty);

    /// <returns>The codes that hold for an entry.</returns>
    public IReadOnlyList<string> LabelsOf(Guid eventId, IReadOnlyList<string> recorded) => Corrected.GetValueOrDefault(eventId) ?? recorded;

    public static LabelsState Evolve(LabelsState state, LabelEvent fact) => fact switch
    {
        EventLabelsCorrected e => new LabelsState(state.Corrected.SetItem(e.CorrectedEventId, e.Labels)),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(LabelsState)}."),
    };
}
