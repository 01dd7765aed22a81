using CaseFlow.Api.Composition;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.Asking;

/// <summary>
/// Reads streams for answers that name a position of the log. An event is there as soon as it is recorded, and has its position a moment
/// later: an answer that left it out of its position would not be given again when that position is asked about.
/// </summary>
public sealed class PlacedStreams(CaseFlowDatabase database)
{
    /// <returns>The stream; every one of its events has a position.</returns>
    /// <exception cref="ViewBehindException">The last event has no position within a reader's time.</exception>
    public async Task<StreamEvents> ReadAsync(string jurisdiction, Guid streamId, long? upToPosition, CancellationToken cancellation)
    {
        var read = await database.Store.ReadStreamAsync(jurisdiction, streamId, upToPosition: upToPosition, cancellation: cancellation);
        if (read.Events is not [.., { Position: null } last])
            return read;
        await database.Reader.AwaitPlaceAsync(last.Sequence, cancellation);
        var placed = await database.Store.ReadStreamAsync(jurisdiction, streamId, upToPosition: upToPosition, cancellation: cancellation);
        return new StreamEvents(read.Version, [.. placed.Events.TakeWhile(recorded => recorded.Version <= read.Version)]);
    }
}
