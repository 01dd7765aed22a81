using CaseFlow.Domain;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Commands;

/// <summary>What came of a command.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <param name="Answer">What to say.</param>
    /// <param name="LastSequence">A token for "at least this".</param>
    public sealed record Recorded(Answer Answer, long LastSequence) : CommandResult;

    /// <summary>Its work was done before; nothing was recorded.</summary>
    /// <param name="Answer">What to say.</param>
    /// <param name="LastSequence">Where the work that was found stands.</param>
    public sealed record AlreadyDone(Answer Answer, long LastSequence) : CommandResult;

    /// <summary>The domain, or a uniqueness, says no.</summary>
    public sealed record Refused(Rejection Rejection) : CommandResult;

    /// <summary>The caller saw another version.</summary>
    public sealed record Stale(long CurrentVersion) : CommandResult;

    /// <summary>A change without a version.</summary>
    public sealed record VersionMissing : CommandResult;

    /// <summary>The same key was answered first, meanwhile.</summary>
    public sealed record AnsweredBefore(StoredAnswer Answer) : CommandResult;

    /// <summary>The streams moved under every try.</summary>
    public sealed record Busy : CommandResult;
}

/// <summary>What a caller asks of a command besides its content.</summary>
/// <param name="NeedsVersion">A change of something that exists: the caller must have seen the version it changes.</param>
/// <param name="SeenVersion">The version the caller saw.</param>
/// <param name="TraceId">The conversation.</param>
/// <param name="Keep">Makes the answer to keep under the caller's idempotency key.</param>
/// <param name="Closed">Says whether the record takes no commands any more, before anybody is told what is on it.</param>
public sealed record CommandTerms(
    bool NeedsVersion = false,
    long? SeenVersion = null,
    string? TraceId = null,
    Func<Answer, CommandSession, StoredAnswer>? Keep = null,
    Func<CommandSession, Answer, Task<Rejection?>>? Closed = null);
