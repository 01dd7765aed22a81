using CaseFlow.Api.Commands;
using CaseFlow.Domain;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Composition;

/// <summary>A stream read for a question, nothing guarded.</summary>
/// <param name="Version">0 when it does not exist.</param>
/// <param name="State">Folded; the initial state when it does not exist, or is a stream of another kind.</param>
public sealed record Folded<TState>(long Version, TState State)
{
    /// <summary>The events that were folded, oldest first.</summary>
    public IReadOnlyList<RecordedEvent> History { get; init; } = [];
}

public static class Folding
{
    /// <returns>The stream as it stands.</returns>
    public static async Task<Folded<TState>> FoldAsync<TState, TEvent>(
        this IEventStore store, StreamOf<TState, TEvent> kind, string jurisdiction, Guid id, CancellationToken cancellation, long? upToPosition = null)
        where TEvent : DomainEvent
    {
        var read = await store.ReadStreamAsync(jurisdiction, id, upToPosition: upToPosition, cancellation: cancellation);
        return read.Events.Count > 0 && read.Events[0].StreamType is { } type && type != kind.Alias
            ? new Folded<TState>(0, kind.Initial)
            : new Folded<TState>(read.Version, read.Events.Aggregate(kind.Initial, (state, recorded) => kind.Evolve(state, (TEvent)recorded.Data)))
            {
                History = read.Events,
            };
    }
}
