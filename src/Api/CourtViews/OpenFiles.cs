using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Api.CourtViews;

/// <summary>
/// Reads the open files of participations from the court's own entries. What other agencies tell by consent is not in them: whoever may know of that asks
/// for it where it is told as such, in the timeline and the attendance.
/// </summary>
public sealed class OpenFiles(IEventStore store)
{
    /// <returns>The participations' own streams, for <see cref="Of"/>.</returns>
    public Task<IReadOnlyDictionary<Guid, StreamEvents>> StreamsAsync(string jurisdiction, IReadOnlyCollection<Guid> participations, CancellationToken cancellation) =>
        store.ReadStreamsAsync(jurisdiction, participations, cancellation);

    /// <param name="recorded">The participation's stream.</param>
    /// <param name="held">The participant, for what of the record is erased, or sealed from the reader.</param>
    /// <param name="relabelled">Entries that were given other labels later, by event.</param>
    /// <param name="eyes">Through whose eyes.</param>
    /// <param name="at">The moment, with a position.</param>
    /// <param name="death">The participant's; null while they live, as far as anybody knows.</param>
    /// <returns>Null when nothing of it is theirs to see.</returns>
    public static OpenFileRead? Of(
        StreamEvents recorded, ParticipantHeld held, IReadOnlyDictionary<Guid, CorrectedEntry> relabelled, CourtEyes eyes, ViewInstant at, KnownDeath? death)
    {
        return eyes.SeesOpenFile ? OpenFileRead.Of(recorded.Events, at.Position!.Value, at.Instant, IsTheirs, death) : null;

        bool IsTheirs(RecordedEvent one)
        {
            var labels = relabelled.GetValueOrDefault(one.EventId)?.Labels ?? (one.Headers as Circumstances)?.Labels ?? [];
            return !labels.Contains(Label.CourtConfidential.Code(), StringComparer.Ordinal) && eyes.SeesOwn(labels) && held.Erased.Of(one.RecordedAt, labels) is null;
        }
    }
}
