using CaseFlow.Domain.Courts;

namespace CaseFlow.Domain.DrugTests;

// Storage format: renaming a type or a member here breaks every drug test already recorded.

/// <summary>Drug tests of one participation in a court: selection, notice, collection, result, and what became of it. One stream per participation.</summary>
public abstract record DrugTestEvent : DomainEvent, IClientEvent
{
    public required Guid ParticipationId { get; init; }

    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    public required string Court { get; init; }

    public required Guid TestId { get; init; }
}

/// <param name="Day">Local day that the test is for; it counts by the day on which it was answered.</param>
/// <param name="Selection">By the draw, or by somebody's decision.</param>
/// <param name="CaughtUp">Drawn after the day was over: nobody could be told, so it is not missed.</param>
/// <param name="CourtVersion">Version of the court's configuration that its rules are from.</param>
/// <param name="Reason">Why somebody decided it, sealed; null for a draw.</param>
public sealed record DrugTestSelected(
    DateOnly Day, TestSelection Selection, bool CaughtUp, int CourtVersion, Sealed<string>? Reason) : DrugTestEvent;

/// <summary>The participant was told; the window to give the specimen runs from here (R31).</summary>
/// <param name="Specimen">What is to be given.</param>
/// <param name="Mode">How they were told.</param>
/// <param name="CollectBy">End of the window, UTC.</param>
public sealed record DrugTestNotified(Specimen Specimen, ContactMode Mode, DateTimeOffset CollectBy) : DrugTestEvent;

/// <summary>A specimen was given: identity checked and collection witnessed, each time [S:jsi-drug3].</summary>
/// <param name="Specimen">What was given.</param>
/// <param name="WitnessedBy">Code of who witnessed it.</param>
/// <param name="Custody">Number of the chain-of-custody form, sealed.</param>
/// <param name="WithinWindow">False when it was given too late.</param>
/// <param name="CountsAs">What giving it late counts as, which is what missing it does; null when it was in time.</param>
public sealed record DrugTestCollected(
    Specimen Specimen, string WitnessedBy, Sealed<string> Custody, bool WithinWindow, CountsAs? CountsAs) : DrugTestEvent
{
    /// <summary>Local day on which it was given, by which the test counts (R32, R33, R40); null in what was recorded before days were kept.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>The window passed without a specimen (R32).</summary>
public sealed record DrugTestMissed(CountsAs CountsAs) : DrugTestEvent
{
    /// <summary>Local day on which the window ended, by which the test counts (R32); null in what was recorded before days were kept.</summary>
    public DateOnly? On { get; init; }
}

/// <param name="Words">What the participant said, sealed.</param>
public sealed record DrugTestRefused(CountsAs CountsAs, Sealed<string>? Words) : DrugTestEvent
{
    /// <summary>Local day of the refusal, by which the test counts (R32); null in what was recorded before days were kept.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>The specimen was too dilute to tell (R32).</summary>
public sealed record DrugTestDilute(CountsAs CountsAs) : DrugTestEvent;

/// <summary>The specimen was tampered with (R32).</summary>
public sealed record DrugTestAdulterated(CountsAs CountsAs) : DrugTestEvent;

/// <param name="Outcome">Substances and result.</param>
/// <param name="Laboratory">Code of the laboratory or the device.</param>
public sealed record DrugTestResultReported(TestOutcome Outcome, string Laboratory) : DrugTestEvent;

/// <param name="Words">What the participant says to it, sealed.</param>
public sealed record DrugTestContested(Sealed<string>? Words) : DrugTestEvent;

/// <summary>The confirmation came back; its outcome counts from then on, whatever the first said.</summary>
/// <param name="Outcome">Substances and result of the confirmation.</param>
/// <param name="Laboratory">Code of the laboratory.</param>
public sealed record DrugTestConfirmed(TestOutcome Outcome, string Laboratory) : DrugTestEvent;

/// <summary>What was on record was wrong, for example by an error of the laboratory; what was recorded stays as it is (scenario 11).</summary>
/// <param name="CorrectedEventId">The order, notice, specimen, result, confirmation, miss, refusal or finding that was wrong.</param>
/// <param name="CorrectedOccurredAt">When it was ordered, told, given, reported or confirmed, or the window ended, UTC, where that time was wrong; null for an outcome.</param>
/// <param name="Outcome">The right result; null when what was wrong is a time, or is no result and struck out.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Reason">In words, sealed (R65).</param>
public sealed record DrugTestCorrected(
    Guid CorrectedEventId, DateTimeOffset? CorrectedOccurredAt, TestOutcome? Outcome, TestError Error, Sealed<string> Reason) : DrugTestEvent, ICorrection
{
    /// <summary>What kind of fact was wrong.</summary>
    public required TestStatement Corrects { get; init; }

    /// <summary>Local day that the test is for, where that follows from when it was ordered; null where it stays.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>End of the local day, UTC, where only the day is known on which it was told, given, reported or confirmed: from then on it counts.</summary>
    public DateTimeOffset? CorrectedOccurredUntil { get; init; }

    /// <summary>Local day by which the test counts, where that follows from when the specimen was given or the window ended; null where it stays.</summary>
    public DateOnly? On { get; init; }

    /// <summary>End of the window, UTC, where the participant was told at another time; null where it stays.</summary>
    public DateTimeOffset? CollectBy { get; init; }

    /// <summary>Whether the specimen was given in time, where by the right time it was not as before; null where that stays, and while none is given.</summary>
    public bool? InTime { get; init; }

    /// <summary>What giving it late counts as, where by the right time it was late; null else.</summary>
    public CountsAs? CountsAs { get; init; }
}

/// <summary>A test that was missed, refused or given late is excused: it counts for nothing.</summary>
/// <param name="Reason">Sealed.</param>
public sealed record DrugTestExcused(Sealed<string> Reason) : DrugTestEvent;

/// <summary>Nothing more is awaited of the test; it counts as far as it got, and a result that comes all the same is reported.</summary>
/// <param name="Reason">A code, because a record whose content is erased takes no words.</param>
public sealed record DrugTestClosed(TestClosure Reason) : DrugTestEvent;

/// <summary>What a laboratory says; in whatever order it names the substances, it says the same.</summary>
/// <param name="Result">Positive when anything was found.</param>
/// <param name="Substances">Codes of what was found; empty unless positive.</param>
public sealed record TestOutcome(TestResult Result, IReadOnlyList<string> Substances)
{
    public bool Equals(TestOutcome? other) => other is not null && Result == other.Result && Substances.Count == other.Substances.Count && Substances.ToHashSet().SetEquals(other.Substances);

    public override int GetHashCode() => HashCode.Combine(Result, Substances.Count);
}

public enum TestSelection
{
    /// <summary>By the day's draw.</summary>
    Random,

    /// <summary>The court had a reason.</summary>
    ForCause,

    /// <summary>On a set day, for example at entry.</summary>
    Scheduled,
}

public enum Specimen
{
    Urine,
    OralFluid,
}

public enum TestResult
{
    Negative,
    Positive,
}

/// <summary>What of a test a correction is about.</summary>
public enum TestStatement
{
    Result,
    Missed,
    Refused,
    Late,
    Dilute,
    Adulterated,

    /// <summary>When somebody ordered it.</summary>
    Ordered,

    /// <summary>When its result was reported.</summary>
    Reported,

    /// <summary>When its result was confirmed.</summary>
    Confirmed,

    /// <summary>When the participant was told of it.</summary>
    Notified,

    /// <summary>When the specimen was given.</summary>
    Collected,

    /// <summary>When the window ended that was missed: it follows from when the participant was told.</summary>
    WindowOver,
}

public enum TestClosure
{
    /// <summary>The laboratory reports nothing.</summary>
    NotReported,

    /// <summary>The specimen was lost, or is not fit to be tested.</summary>
    SpecimenUnusable,

    /// <summary>The court asks no more.</summary>
    NotAsked,
}

public enum TestError
{
    Laboratory,
    Identity,
    Collection,
    Entry,
}
