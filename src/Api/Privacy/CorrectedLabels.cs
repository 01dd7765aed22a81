using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Privacy;

/// <summary>The labels that events of some records have now: those they were recorded with, or those that they were corrected to.</summary>
public sealed class CorrectedLabels
{
    private readonly IReadOnlyList<LabelsState> corrections;

    private CorrectedLabels(IReadOnlyList<LabelsState> corrections) => this.corrections = corrections;

    /// <param name="store">Where corrections of labels are; what is read is not guarded.</param>
    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="clients">Whose records.</param>
    /// <param name="cancellation">Ends the read.</param>
    public static async Task<CorrectedLabels> OfAsync(IEventStore store, string jurisdiction, IEnumerable<Guid> clients, CancellationToken cancellation)
    {
        var read = await store.ReadStreamsAsync(jurisdiction, [.. clients.Select(StreamIds.Labels).Distinct()], cancellation);
        return new CorrectedLabels([.. read.Values.Select(stream =>
            stream.Events.Aggregate(LabelsState.Initial, (state, recorded) => LabelsState.Evolve(state, (LabelEvent)recorded.Data)))]);
    }

    /// <returns>The labels of now.</returns>
    public IReadOnlyList<Label> Of(RecordedEvent recorded) => Labels.Of(
        corrections.Select(state => state.Corrected.GetValueOrDefault(recorded.EventId)).FirstOrDefault(labels => labels is not null)
        ?? (recorded.Headers as Circumstances)?.Labels ?? []);
}
