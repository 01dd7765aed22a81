using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Privacy;

/// <summary>
/// What a fact takes from the entries that it completes (<see cref="Completing"/>): their labels, as they are now, those they were recorded with, or
/// those that they were corrected to; and that they are a private note of whoever records it.
/// </summary>
internal static class CompletedLabels
{
    private static readonly IReadOnlyList<Completed> None = [];

    /// <summary>Of everything that a command is to record. Corrections of labels are guarded: one at the same time counts before or after.</summary>
    public static async Task<Func<DomainEvent, Circumstances, Circumstances>> OfAsync(CommandSession session)
    {
        var facts = session.Streams.SelectMany(stream => stream.Pending).Select(pending => (DomainEvent)pending.Data).ToList();
        var history = session.Streams.SelectMany(stream => stream.History).ToList();
        var byFact = new Dictionary<DomainEvent, IReadOnlyList<Completed>>(ReferenceEqualityComparer.Instance);
        foreach (var fact in facts)
        {
            byFact[fact] = await OfAsync(
                fact, history, async clientId => (await session.LoadAsync(Streams.Labels, StreamIds.Labels(clientId))).State);
        }

        return (fact, by) => byFact.GetValueOrDefault(fact, None) is { Count: > 0 } completed
            ? by with
            {
                Labels = [.. by.Labels.Union(Together(completed), StringComparer.Ordinal)],
                OfOwnNote = PrivateNotes.IsOfOwnNote(by.Actor, completed.Select(one => (one.Fact, one.By, one.Labels))) ? true : null,
            }
            : by;
    }

    /// <summary>Of a fact that no command records.</summary>
    /// <param name="store">Where corrections of labels are; what is read is not guarded.</param>
    /// <param name="tenantId">The jurisdiction.</param>
    /// <param name="fact">What is to be recorded.</param>
    /// <param name="history">What was recorded before.</param>
    /// <param name="cancellation">Ends the read.</param>
    public static async Task<IReadOnlyList<string>> OfAsync(
        IEventStore store, string tenantId, DomainEvent fact, IReadOnlyList<RecordedEvent> history, CancellationToken cancellation) =>
        Together(await OfAsync(fact, history, async clientId => (await store.FoldAsync(Streams.Labels, tenantId, StreamIds.Labels(clientId), cancellation)).State));

    private static IReadOnlyList<string> Together(IReadOnlyList<Completed> completed) =>
        completed.Aggregate((IReadOnlyList<string>)[], (labels, one) => Completing.Together(labels, one.Labels));

    private static async Task<IReadOnlyList<Completed>> OfAsync(DomainEvent fact, IReadOnlyList<RecordedEvent> history, Func<Guid, Task<LabelsState>> correctionsOf)
    {
        var completed = new List<Completed>();
        foreach (var recorded in history)
        {
            if (recorded.Data is not DomainEvent earlier || !Completing.Completes(fact, recorded.EventId, earlier))
                continue;
            // What was nobody's at first is corrected on the record of whoever it was found to be.
            IReadOnlyList<string>? corrected = null;
            foreach (var clientId in history.Where(one => one.StreamId == recorded.StreamId).Select(one => one.Data).Append(fact)
                .Select(one => (one as IClientEvent)?.ClientId).OfType<Guid>().Distinct())
            {
                corrected ??= (await correctionsOf(clientId)).Corrected.GetValueOrDefault(recorded.EventId);
            }

            var by = recorded.Headers as Circumstances;
            completed.Add(new(earlier, by, corrected ?? by?.Labels ?? []));
        }

        return completed;
    }

    private readonly record struct Completed(DomainEvent Fact, Circumstances? By, IReadOnlyList<string> Labels);
}
