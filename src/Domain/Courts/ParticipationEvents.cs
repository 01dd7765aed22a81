using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Courts;

// Storage format: renaming a type or a member here breaks every participation already recorded.

/// <summary>One client's time in one treatment court, from referral to aftercare (Intercept 3). One stream per participation.</summary>
public abstract record ParticipationEvent : DomainEvent, IClientEvent
{
    // Filled in by RecordInCourt, in one place for all.

    public Guid ClientId { get; init; }

    public Guid ParticipationId { get; init; }

    /// <summary>The court's code.</summary>
    public string Court { get; init; } = "";

    /// <summary>The version of the court's configuration that it was recorded under.</summary>
    public int CourtVersion { get; init; }

    /// <summary>Names this entry for ever: a hearing, a condition, an order is named by the entry that began it.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Which of the court's two files it is in (R39).</summary>
    public CourtFile File { get; init; }

    /// <summary>The court's local day on which it happened; days are counted by it.</summary>
    public DateOnly OccurredOn { get; init; }

    /// <summary>Staff ids of who decided it; empty for what nobody had to decide.</summary>
    public IReadOnlyList<string> DecidedBy { get; init; } = [];

    /// <summary>Reason, terms or note in somebody's own words, sealed.</summary>
    public Sealed<string>? Words { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    /// <returns>Whether something that is told says what this, which is recorded, says.</returns>
    internal virtual bool Says(ParticipationEvent told) => told.GetType() == GetType() && told.Said() == Said();

    /// <returns>What it says without times, days and sealed words: two with one entry id that say the same are one fact told twice.</returns>
    internal virtual string Said()
    {
        var timeless = (this with { OccurredOn = default, Words = null, CourtVersion = 0, DecidedBy = [] }).At(default(When)); // a list prints its type, not what is in it
        return $"{timeless} {string.Join(',', DecidedBy)}";
    }
}

/// <summary>Somebody asked the court to take the client.</summary>
/// <param name="AgencyId">The agency that the court is; its staff alone act on the participation.</param>
/// <param name="Source">Who referred.</param>
/// <param name="CaseNumber">Of the criminal case, sealed; null before anything is charged.</param>
public sealed record TreatmentCourtReferred(string AgencyId, CourtReferralSource Source, Sealed<string>? CaseNumber) : ParticipationEvent;

/// <summary>One of the screenings that eligibility rests on.</summary>
/// <param name="Instrument">Code such as <c>rant</c> or <c>compas</c>; null for a legal screening without one.</param>
/// <param name="InstrumentVersion">Of a proprietary instrument only score, band and date are kept (2.9).</param>
/// <param name="Band">The instrument's own word for the result, a code.</param>
/// <param name="Risk">Of new offences; from a screening of risk and need.</param>
/// <param name="Need">For treatment; from a screening of risk and need.</param>
public sealed record EligibilityScreened(
    ScreeningKind Kind,
    ScreeningResult Result,
    string? Instrument,
    string? InstrumentVersion,
    int? Score,
    string? Band,
    RiskNeedLevel? Risk,
    RiskNeedLevel? Need) : ParticipationEvent;

/// <summary>The court decided whether the client may take part.</summary>
/// <param name="Accepted">False ends the referral.</param>
/// <param name="ReasonCode">One of the court's codes.</param>
public sealed record EligibilityDetermined(bool Accepted, string ReasonCode) : ParticipationEvent;

/// <summary>The client was accepted and does not want to take part.</summary>
public sealed record ParticipantDeclinedProgram(string ReasonCode) : ParticipationEvent;

/// <summary>The client takes part from now on.</summary>
/// <param name="Basis">On what it rests [Seed 0.11].</param>
/// <param name="Document">Number of the judgment or contract, sealed.</param>
/// <param name="DocumentSignedOn">Its date.</param>
/// <param name="BasisEndsOn">When it ends; null where it names no end.</param>
/// <param name="OnCompletion">What completing the programme means.</param>
/// <param name="SourcesWithoutConsent">Agencies whose data may not reach the team, since no consent in force lets them (R38).</param>
/// <param name="OverrideReason">The legal reason to admit nevertheless, one of the court's codes; null when nothing is missing.</param>
public sealed record ParticipantAdmitted(
    LegalBasis Basis,
    Sealed<string> Document,
    DateOnly DocumentSignedOn,
    DateOnly? BasisEndsOn,
    CompletionEffect OnCompletion,
    IReadOnlyList<string> SourcesWithoutConsent,
    string? OverrideReason) : ParticipationEvent
{
    /// <summary>A reason to do without consents is not on record where none was missing.</summary>
    internal override bool Says(ParticipationEvent told) =>
        base.Says(told) && (OverrideReason is null || OverrideReason == ((ParticipantAdmitted)told).OverrideReason);

    internal override string Said() =>
        $"{Basis} {DocumentSignedOn:O} {BasisEndsOn:O} {OnCompletion} {File} {string.Join(',', DecidedBy)}";
}

/// <summary>The participant is in a phase, for the first time or because a new version of the programme has no phase of the old name.</summary>
public sealed record PhaseAssigned(string Phase) : ParticipationEvent;

/// <summary>The team let the participant go on; never done by the system (R33).</summary>
/// <param name="Met">Codes of the required objectives that were met.</param>
/// <param name="Waived">Codes of those that were waived.</param>
/// <param name="DaysInPhase">Whole days.</param>
/// <param name="SobrietyDays">Consecutive days, as the team counted; null where none are asked.</param>
public sealed record PhaseAdvanced(
    string FromPhase, string ToPhase, IReadOnlyList<string> Met, IReadOnlyList<string> Waived, int DaysInPhase, int? SobrietyDays) : ParticipationEvent
{
    /// <summary>The staffing in which the team decided it, at which everybody was who decided; null for none, or where it was not recorded.</summary>
    public Guid? StaffingId { get; init; }

    internal override string Said() => $"{ToPhase} {SobrietyDays} {StaffingId} {File} {string.Join(',', DecidedBy)}";
}

/// <summary>Back to an earlier phase, with a plan made with the participant (R34).</summary>
/// <param name="RemedialPlan">Sealed.</param>
/// <param name="MadeWithParticipant">Always true: without the participant it is no such plan.</param>
public sealed record PhaseReturnedToEarlier(
    string FromPhase, string ToPhase, Sealed<string> RemedialPlan, bool MadeWithParticipant) : ParticipationEvent
{
    /// <summary>The staffing in which the team decided it, at which everybody was who decided; null for none, or where it was not recorded.</summary>
    public Guid? StaffingId { get; init; }

    internal override string Said() => $"{ToPhase} {StaffingId} {File} {string.Join(',', DecidedBy)}";
}

/// <summary>An objective of a phase was met.</summary>
public sealed record PhaseRequirementRecorded(string Phase, string Objective) : ParticipationEvent;

/// <summary>The team does not ask an objective of this participant; the words say why.</summary>
public sealed record PhaseRequirementWaived(string Phase, string Objective) : ParticipationEvent
{
    /// <summary>The staffing in which the team decided it, at which everybody was who decided; null for none, or where it was not recorded.</summary>
    public Guid? StaffingId { get; init; }
}

/// <summary>What was recorded was wrong: it counts no more, and stays in the record (R65). The words say why.</summary>
/// <param name="RetractedEntryId">The entry.</param>
/// <param name="RetractedKind">Stored name of what it was.</param>
/// <param name="CorrectedEventId">The event that recorded it.</param>
/// <param name="ReplacedBy">The entry that says it right; null when it never happened.</param>
public sealed record CourtEntryRetracted(
    Guid RetractedEntryId, string RetractedKind, Guid CorrectedEventId, Guid? ReplacedBy) : ParticipationEvent, ICorrection
{
    DateTimeOffset? ICorrection.CorrectedOccurredAt => null;

    internal override string Said() => $"{RetractedEntryId} {ReplacedBy}";
}

public enum CourtReferralSource
{
    Prosecutor,
    Defence,
    Judge,
    SupervisingAgent,
    Jail,
    Police,
    TreatmentProvider,
    Family,
    Self,
    Other,
}

/// <summary>Legal, clinical, and risk and need (domain reference 4.2 I).</summary>
public enum ScreeningKind
{
    Legal,
    Clinical,
    RiskAndNeed,
}

public enum ScreeningResult
{
    Meets,
    DoesNotMeet,
    Inconclusive,
}

public enum RiskNeedLevel
{
    Low,
    Medium,
    High,
}

/// <summary>What completing the programme means [Seed 0.11].</summary>
public enum CompletionEffect
{
    SentenceSatisfied,
    SentenceReduced,
    ChargesDismissed,
    ChargesReduced,
    ChargesVoided,
    NothingCharged,
}
