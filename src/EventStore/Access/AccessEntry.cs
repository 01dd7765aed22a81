namespace CaseFlow.EventStore.Access;

/// <summary>What a reader got.</summary>
public enum AccessOutcome
{
    /// <summary>Everything that the view shows.</summary>
    Shown,

    /// <summary>An answer from which something was withheld by the reader's rights.</summary>
    Restricted,

    /// <summary>That there is nothing, whether it does not exist or is not theirs.</summary>
    NotFound,

    /// <summary>A refusal behind the door, for instance without a grant.</summary>
    Refused,
}

/// <summary>One read of somebody's record; ids and codes alone, never content.</summary>
/// <param name="Id">UUIDv7 of the read's own; writing it twice records it once.</param>
/// <param name="TenantId">The jurisdiction.</param>
/// <param name="ActorId">Who read.</param>
/// <param name="Role">As what.</param>
/// <param name="AgencyId">For which agency.</param>
/// <param name="OfficeId">For which office.</param>
/// <param name="Purpose">Purpose of use.</param>
/// <param name="Operation">Stable name of the operation asked.</param>
/// <param name="View">What was shown.</param>
/// <param name="Outcome">What the reader got.</param>
/// <param name="AskedId">The id that was asked about, whatever it names; null for a list.</param>
/// <param name="SubjectIds">Whose record, each once; when nothing was found, the id asked about.</param>
/// <param name="AsOf">What had occurred by then; null for everything recorded.</param>
/// <param name="AsRecorded">What was held then; null unless asked so.</param>
/// <param name="Position">Log position answered from; null for an answer read from streams.</param>
/// <param name="TraceId">Names the request in the logs.</param>
/// <param name="Cji">Criminal justice information was among what was shown.</param>
public sealed record AccessEntry(
    Guid Id,
    string TenantId,
    string ActorId,
    string Role,
    string? AgencyId,
    string? OfficeId,
    string Purpose,
    string Operation,
    string View,
    AccessOutcome Outcome,
    Guid? AskedId,
    IReadOnlyList<Guid> SubjectIds,
    DateTimeOffset? AsOf,
    DateTimeOffset? AsRecorded,
    long? Position,
    string TraceId,
    bool Cji = false);

/// <summary>A read as it was recorded.</summary>
/// <param name="At">By the database's clock.</param>
/// <param name="Entry">The read.</param>
public sealed record RecordedAccess(DateTimeOffset At, AccessEntry Entry);

/// <summary>Where reads are recorded.</summary>
public interface IAccessLog
{
    /// <summary>
    /// A read has begun that will have to be recorded. While many are on their way, those that come to be recorded wait a moment
    /// for each other: a commit for each would take the time that the others need.
    /// </summary>
    /// <returns>To be disposed when the read was recorded, or came to nothing.</returns>
    IDisposable Expect();

    /// <summary>Records a read; when this returns, the record is committed and the answer may leave.</summary>
    /// <param name="entry">The read.</param>
    /// <param name="cancellation">Gives up waiting; whether the read is recorded is then open, and its answer must not leave.</param>
    /// <exception cref="AccessNotRecordedException">It could not be recorded, and the answer must not leave.</exception>
    Task RecordAsync(AccessEntry entry, CancellationToken cancellation);
}

/// <summary>A read could not be recorded, so nothing may be shown.</summary>
public sealed class AccessNotRecordedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Outcomes as the table spells them.</summary>
internal static class AccessOutcomes
{
    public static string Text(AccessOutcome outcome) => outcome switch
    {
        AccessOutcome.Shown => "shown",
        AccessOutcome.Restricted => "restricted",
        AccessOutcome.NotFound => "not-found",
        AccessOutcome.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Say how it is spelt."),
    };

    public static AccessOutcome Read(string text) =>
        Enum.GetValues<AccessOutcome>().Single(outcome => Text(outcome) == text);
}
