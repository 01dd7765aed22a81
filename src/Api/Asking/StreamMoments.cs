using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.Asking;

/// <summary>A question about the past that is answered by folding one stream.</summary>
/// <param name="Position">What was recorded up to this log position; null for all that is.</param>
/// <param name="At">The instant that is asked about: what had occurred by then, what is due or overdue then.</param>
public readonly record struct StreamMoment(long? Position, DateTimeOffset At);

/// <summary>Finds the moment of a question that no view answers.</summary>
public sealed class StreamMoments(ViewInstants instants, CaseFlowDatabase database, TimeProvider clock)
{
    /// <summary>A write that must show is in its stream already; it is waited for until the answer can name its position.</summary>
    /// <exception cref="UnreadableRequestException">There is no such moment.</exception>
    /// <exception cref="ViewBehindException">The write has no position within a reader's time.</exception>
    public async Task<StreamMoment> ResolveAsync(AskedMoment asked, CancellationToken cancellation)
    {
        if (asked.AtLeast is { } token)
            await database.Reader.AwaitPlaceAsync(token, cancellation);
        var now = clock.GetUtcNow();
        if (asked.AsRecorded > now + When.Skew)
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.AsRecordedAhead, field: "asRecorded"));
        return await instants.ResolveAsync(asked.AsOf, asked.AsRecorded, asked.AsRecordedPosition, cancellation) is ViewInstantAnswer.At found
            ? new StreamMoment(found.Instant.Position, asked.AsOf ?? asked.AsRecorded ?? now)
            : throw new UnreadableRequestException(new Problem(ProblemCatalogue.PositionBeyondLog, field: "asRecordedPosition"));
    }
}
