namespace CaseFlow.Domain.Coaching;

// Storage format: renaming a type or a member here breaks every coaching already recorded.

/// <summary>
/// What is on record of a coaching was wrong: it stays in the record with the reason, and from now on what is right counts, or nothing does
/// (R65). It counts from when what it corrects happened, whatever the moment asked about.
/// </summary>
public interface ICoachingCorrection : ICorrection
{
    /// <summary>Why, sealed: it may say what the entry said.</summary>
    Sealed<string> Reason { get; }
}

/// <summary>A session was not as recorded, or there was none.</summary>
/// <param name="Corrects">What was said of it.</param>
/// <param name="Outcome">How it was; null when nothing of the kind happened: then it stands as it did before.</param>
public sealed record CoachingSessionCorrected(Guid SessionId, SessionStatement Corrects, SessionOutcome? Outcome) : CoachingEvent, ICoachingCorrection
{
    /// <summary>The event that said it.</summary>
    public required Guid CorrectedEventId { get; init; }

    /// <summary>When it happened, where that was wrong, UTC; null where it was right.</summary>
    public DateTimeOffset? CorrectedOccurredAt { get; init; }

    /// <summary>A correction of the time happened when the session did, and is known to the day where that is.</summary>
    DateTimeOffset? ICorrection.CorrectedOccurredUntil => CorrectedOccurredAt is null ? null : OccurredUntil;

    /// <summary>Who held it, where that was wrong; null where it was right, and for one that nobody held.</summary>
    public string? CoachId { get; init; }

    /// <summary>Why, sealed: it may say what the entry said.</summary>
    public required Sealed<string> Reason { get; init; }
}

/// <summary>What was said of a plan or a goal counts no more.</summary>
/// <param name="SubjectId">The plan of a review or a signature, else the goal.</param>
/// <param name="SignedBy">Whose signature; null for anything else.</param>
public sealed record RecoveryPlanEntryRetracted(PlanStatement Retracts, Guid SubjectId, SessionParty? SignedBy) : CoachingEvent, ICoachingCorrection
{
    /// <summary>The event that said it.</summary>
    public required Guid CorrectedEventId { get; init; }

    /// <summary>Why, sealed: it may say what the entry said.</summary>
    public required Sealed<string> Reason { get; init; }

    DateTimeOffset? ICorrection.CorrectedOccurredAt => null;
}

/// <summary>An instrument came to another score, or was not answered.</summary>
/// <param name="Score">The right total; null when there was no such assessment.</param>
/// <param name="Band">Code of the band that the right total falls into; null when the instrument has none here.</param>
/// <param name="Items">The right single answers where the licence lets them be kept, sealed; null otherwise.</param>
public sealed record AssessmentCorrected(Guid AssessmentId, int? Score, string? Band, Sealed<string>? Items) : CoachingEvent, ICoachingCorrection
{
    /// <summary>The event that said it.</summary>
    public required Guid CorrectedEventId { get; init; }

    /// <summary>Why, sealed: it may say what the entry said.</summary>
    public required Sealed<string> Reason { get; init; }

    DateTimeOffset? ICorrection.CorrectedOccurredAt => null;
}

/// <summary>How a session was.</summary>
/// <param name="Minutes">Null unless it was attended.</param>
public sealed record SessionOutcome(Attendance Attended, SessionKind Kind, int? Minutes);

/// <summary>What of a session a correction is about.</summary>
public enum SessionStatement
{
    /// <summary>That it was agreed.</summary>
    Agreed,
    Held,
    Missed,

    /// <summary>That an excuse came later.</summary>
    Excused,
}

/// <summary>What of a plan a retraction is about.</summary>
public enum PlanStatement
{
    Review,
    Signature,
    Progress,
    Achieved,
    Abandoned,
}
