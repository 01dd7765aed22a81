namespace CaseFlow.EventStore.Views;

/// <summary>The moment a view is asked about, on both axes.</summary>
/// <param name="Position">What was recorded up to this log position; null for all that the view has.</param>
/// <param name="Instant">What had occurred by then; null for all that is recorded.</param>
public readonly record struct ViewInstant(long? Position, DateTimeOffset? Instant)
{
    /// <summary>Everything, now.</summary>
    public static ViewInstant Now => default;
}

/// <summary>What came of a question about the past.</summary>
public abstract record ViewInstantAnswer
{
    private ViewInstantAnswer()
    {
    }

    /// <summary>The question can be answered.</summary>
    public sealed record At(ViewInstant Instant) : ViewInstantAnswer;

    /// <summary>The log does not reach that far yet; whoever asks must not be told of another past later.</summary>
    /// <param name="Asked">The position asked for.</param>
    /// <param name="End">The end of the log.</param>
    public sealed record BeyondLog(long Asked, long End) : ViewInstantAnswer;

    /// <summary>An instant and a position of recording were both given, or a position below zero.</summary>
    public sealed record Contradictory(string Reason) : ViewInstantAnswer;
}

/// <summary>Turns <c>asOf</c>, <c>asRecorded</c> and <c>asRecordedPosition</c> into a moment that never means anything else.</summary>
public sealed class ViewInstants(IEventStore store)
{
    /// <param name="asOf">What had occurred by then.</param>
    /// <param name="asRecorded">What the system held then: the last position stamped at or before it.</param>
    /// <param name="asRecordedPosition">What the system held at this position.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public async Task<ViewInstantAnswer> ResolveAsync(
        DateTimeOffset? asOf, DateTimeOffset? asRecorded, long? asRecordedPosition, CancellationToken cancellation = default)
    {
        if (asRecorded is not null && asRecordedPosition is not null)
            return new ViewInstantAnswer.Contradictory("Give asRecorded or asRecordedPosition, not both.");
        if (asRecordedPosition < 0)
            return new ViewInstantAnswer.Contradictory("asRecordedPosition counts from 0.");
        if (asRecordedPosition is { } asked)
        {
            var end = (await store.EndOfLogAsync(cancellation)).Position;
            if (asked > end)
                return new ViewInstantAnswer.BeyondLog(asked, end);
        }

        var position = asRecorded is { } instant ? await store.PositionAtAsync(instant, cancellation) : asRecordedPosition;
        return new ViewInstantAnswer.At(new(position, asOf == DateTimeOffset.MaxValue ? null : asOf));
    }
}
