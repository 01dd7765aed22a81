using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Erasures;

/// <summary>What of a client's record is erased, as it stands now: also an answer about the past shows none of it.</summary>
public sealed class ErasedContent
{
    private readonly IReadOnlyList<(ExpunctionApplied Fact, DateTimeOffset RecordedAt)> applied;

    private ErasedContent(IReadOnlyList<(ExpunctionApplied, DateTimeOffset)> applied) => this.applied = applied;

    /// <summary>The erasure of the whole record; null while it has content.</summary>
    public ExpunctionApplied? OfWholeRecord => applied.Select(one => one.Fact).FirstOrDefault(fact => fact.Scope == ErasureScope.WholeRecord);

    public static async Task<ErasedContent> OfAsync(IEventStore store, string jurisdiction, Guid clientId, CancellationToken cancellation)
    {
        var stream = await store.ReadStreamAsync(jurisdiction, StreamIds.Erasure(clientId), cancellation: cancellation);
        return new ErasedContent([.. from recorded in stream.Events where recorded.Data is ExpunctionApplied select ((ExpunctionApplied)recorded.Data, recorded.RecordedAt)]);
    }

    /// <returns>The erasure that took the content of something recorded then under these labels; null when none did.</returns>
    public ExpunctionApplied? Of(DateTimeOffset recordedAt, IReadOnlyList<string> labels) => applied
        .Where(one => recordedAt <= one.RecordedAt)
        .Select(one => one.Fact)
        .FirstOrDefault(fact => fact.Scope == ErasureScope.WholeRecord || labels.Contains(Label.Juvenile.Code(), StringComparer.Ordinal));
}
