namespace CaseFlow.Domain.Courts;

// Storage format: renaming a type or a member here breaks every participation already recorded.

/// <summary>Somebody of the team proposed to end the participation; its entry id names the proposal.</summary>
/// <param name="ReasonCode">One of the court's codes.</param>
public sealed record TerminationProposed(string ReasonCode) : ParticipationEvent
{
    /// <summary>The staffing in which it was decided to propose it, at which everybody was who decided; null for none, or where it was not recorded.</summary>
    public Guid? StaffingId { get; init; }
}

/// <summary>The participant was heard about the proposal [S:wi-recordkeeping-2011]; the deciders are who presided.</summary>
/// <param name="ProposalId">The proposal.</param>
/// <param name="CounselPresent">Whether counsel was there.</param>
/// <param name="Impartiality">How it is sure that who decides had not heard the confidential matter of the team.</param>
/// <param name="Outcome">What was decided.</param>
public sealed record TerminationHearingHeld(
    Guid ProposalId, bool CounselPresent, TerminationImpartiality Impartiality, TerminationOutcome Outcome) : ParticipationEvent
{
    /// <summary>Whether the participant, who had no counsel there, waived it; the words say how. False where counsel was there, and where it was not asked yet.</summary>
    public bool CounselWaived { get; init; }
}

/// <param name="ProposalId">The proposal that was heard.</param>
/// <param name="OnwardReferralId">Where the participant was referred to; null is flagged (R25).</param>
public sealed record ParticipationTerminated(Guid ProposalId, string ReasonCode, Guid? OnwardReferralId) : ParticipationEvent;

/// <summary>The participant left of their own will.</summary>
/// <param name="OnwardReferralId">Where the participant was referred to; null is flagged (R25).</param>
public sealed record ParticipantWithdrew(string ReasonCode, Guid? OnwardReferralId) : ParticipationEvent;

/// <summary>It ended for a reason that is nobody's fault and nobody's success.</summary>
public sealed record ParticipationClosed(ParticipationClosure Reason) : ParticipationEvent;

/// <summary>The participant completed the programme (R40); decided, never done by the system.</summary>
/// <param name="DaysInProgram">Whole days from admission.</param>
/// <param name="SobrietyDays">Consecutive days, as the team counted; null where none are asked.</param>
/// <param name="OnCompletion">What completing it means, as the legal basis said.</param>
/// <param name="OnwardReferralId">Where the participant was referred to; null is flagged (R25).</param>
public sealed record ParticipantGraduated(
    int DaysInProgram, int? SobrietyDays, CompletionEffect OnCompletion, Guid? OnwardReferralId) : ParticipationEvent
{
    internal override string Said() => $"{SobrietyDays} {OnwardReferralId} {File} {string.Join(',', DecidedBy)}";
}

/// <summary>The ceremony for those who graduated.</summary>
public sealed record CommencementHeld : ParticipationEvent;

/// <summary>The court was in touch with, or tried to reach, a past participant (90 days [S:watcp-nadcp]).</summary>
/// <param name="Reached">False for an attempt.</param>
public sealed record AftercareContactMade(ContactMode Mode, bool Reached) : ParticipationEvent;

/// <summary>The treatment court's own judge has heard confidential matter of the team; so another decides, or the participant allows it.</summary>
public enum TerminationImpartiality
{
    AnotherJudge,
    WaivedByParticipant,
}

public enum TerminationOutcome
{
    Terminate,
    Continue,
}

public enum ParticipationClosure
{
    Deceased,
    TransferredToAnotherCourt,
    CaseDismissed,
    ReferralTakenBack,
}
