namespace CaseFlow.Domain;

/// <summary>How somebody was reached, or tried to be.</summary>
public enum ContactMode
{
    InPerson,
    Phone,
    Video,
    Text,
    Email,
    Letter,
    HomeVisit,
}

/// <summary>One attempt to reach a client.</summary>
/// <param name="AttemptedAt">UTC.</param>
/// <param name="Mode">How.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record ContactAttempt(DateTimeOffset AttemptedAt, ContactMode Mode, AttemptOutcome Outcome);

public enum AttemptOutcome
{
    NoAnswer,
    WrongNumber,
    Refused,
    Hostile,
    NotSafe,
    NoOneHome,
    MessageLeft,
}
