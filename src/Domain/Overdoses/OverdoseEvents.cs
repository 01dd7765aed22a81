namespace CaseFlow.Domain.Overdoses;

// Storage format: renaming a type or a member here breaks every overdose already recorded.

/// <summary>One overdose of one person (Intercept 0–1). One stream per overdose.</summary>
public abstract record OverdoseEvent : DomainEvent, IClientEvent
{
    public required Guid OverdoseId { get; init; }

    /// <summary>The client; null while the person is not identified.</summary>
    public Guid? ClientId { get; init; }
}

/// <param name="Details">What was reported; unknown stays unknown.</param>
/// <param name="Source">Who told.</param>
/// <param name="ReportedByAgency">The agency whose entry this is.</param>
/// <param name="Note">Free text, sealed.</param>
public sealed record OverdoseReported(
    OverdoseDetails Details, OverdoseSource Source, string? ReportedByAgency, Sealed<string>? Note) : OverdoseEvent;

/// <param name="How">How the person was recognised.</param>
public sealed record OverdosePersonIdentified(IdentifiedBy How) : OverdoseEvent;

public sealed record OverdoseConfirmed(ConfirmedBy By) : OverdoseEvent;

/// <param name="Reason">Why it was none after all.</param>
public sealed record OverdoseRuledOut(Sealed<string> Reason) : OverdoseEvent;

public sealed record OverdoseFatalityConfirmed(ConfirmedBy By) : OverdoseEvent;

/// <summary>The family is offered support some weeks after a death (R18); no duty arises.</summary>
/// <param name="EarliestDueOn">Local date.</param>
/// <param name="LatestDueOn">Local date.</param>
public sealed record FamilyFollowUpScheduled(DateOnly EarliestDueOn, DateOnly LatestDueOn, int PolicyVersion) : OverdoseEvent;

/// <summary>What had been reported was wrong in these members; the rest stands.</summary>
public sealed record OverdoseReportCorrected(
    Guid CorrectedEventId, DateTimeOffset? CorrectedOccurredAt, OverdoseDetails Details, Sealed<string> Reason) : OverdoseEvent, ICorrection
{
    /// <summary>A correction of the time happened when the overdose did, and is known to the day where that is.</summary>
    DateTimeOffset? ICorrection.CorrectedOccurredUntil => CorrectedOccurredAt is null ? null : OccurredUntil;
}

/// <param name="Fatality">Whether the person died, as far as known.</param>
/// <param name="Certainty">Suspected or confirmed.</param>
/// <param name="Substances">Codes as reported; empty for unknown.</param>
/// <param name="NaloxoneGiven">Null when not known.</param>
/// <param name="NaloxoneDoses">Null when not counted.</param>
/// <param name="Area">Area without identity: county, district or beat; never an address.</param>
/// <param name="Person">What is known of a person not identified.</param>
public sealed record OverdoseDetails(
    Fatality Fatality,
    Certainty Certainty,
    IReadOnlyList<string> Substances,
    bool? NaloxoneGiven,
    int? NaloxoneDoses,
    string? Area,
    PersonDescription? Person = null)
{
    public bool Equals(OverdoseDetails? other) => other is not null
        && Fatality == other.Fatality && Certainty == other.Certainty && Substances.SequenceEqual(other.Substances)
        && NaloxoneGiven == other.NaloxoneGiven && NaloxoneDoses == other.NaloxoneDoses && Area == other.Area
        && Person == other.Person;

    public override int GetHashCode() => HashCode.Combine(Fatality, Certainty, Substances.Count, NaloxoneGiven, NaloxoneDoses, Area, Person);
}

/// <summary>De-identified description; null is unknown.</summary>
/// <param name="Gender">As recorded by the source.</param>
/// <param name="AgeRange">For example <c>30-39</c>.</param>
/// <param name="Race">As recorded by the source.</param>
/// <param name="Ethnicity">As recorded by the source.</param>
public sealed record PersonDescription(string? Gender, string? AgeRange, string? Race, string? Ethnicity);

public enum Fatality
{
    NonFatal,
    Fatal,
    Unknown,
}

public enum Certainty
{
    Suspected,
    Confirmed,
}

public enum OverdoseSource
{
    Police,
    Ems,
    Hospital,
    Client,
    Family,
    Provider,
    Agent,
    Court,
    Import,
    Other,
}

public enum IdentifiedBy
{
    Client,
    Family,
    Document,
    Staff,
    Record,
}

public enum ConfirmedBy
{
    Hospital,
    Coroner,
    Ems,
    Laboratory,
    Client,
    Staff,
}
