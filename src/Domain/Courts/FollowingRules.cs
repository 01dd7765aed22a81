namespace CaseFlow.Domain.Courts;

/// <summary>
/// Nothing happens before what it follows on. Entries are recorded in any order and as late as may be; what is held is the order of the times that they tell.
/// A wrong time on record is put right by retracting that entry and recording it anew.
/// </summary>
public static class FollowingRules
{
    /// <summary>Of times that are known to the day nothing is refused that can have been.</summary>
    /// <returns>Which entry on record the fact cannot have come before; null for none.</returns>
    internal static Rejection? Check(ParticipationEvent fact, ParticipationState state, CourtQuestion asked) =>
        state.Standing.Where(entry => fact.IsBefore(entry) && Follows(fact, entry, state, asked.Court.Configuration)).MaxBy(entry => entry.OccurredAt) is { } before
            ? TimeRejections.BeforeWhatItFollows($"{CourtFacts.Of(before).Name.Replace('_', ' ')}, {before.OccurredAt:u}")
            : fact is TreatmentCourtReferred && asked.EndBefore is { } end && fact.IsBefore(end)
            ? TimeRejections.BeforeWhatItFollows($"{CourtFacts.Of(end).Name.Replace('_', ' ')}, {end.OccurredAt:u}")
            : asked.LastTested is { } test && IsAfterTests(fact) && fact.IsBefore(test.At) ? TimeRejections.BeforeWhatItFollows($"{test.Name}, {test.At:u}")
            : null;

    /// <returns>Whether the entry ends what somebody was tested in. Who has died may have been told of a test before anybody knew.</returns>
    public static bool IsAfterTests(ParticipationEvent fact) => fact is ParticipationTerminated or ParticipantWithdrew or ParticipantGraduated
        or ParticipationClosed { Reason: not ParticipationClosure.Deceased };

    private static bool Follows(ParticipationEvent fact, ParticipationEvent before, ParticipationState state, CourtConfiguration court) => (fact, before) switch
    {
        (EligibilityDetermined, EligibilityScreened) => true,
        (ParticipantDeclinedProgram or ParticipantAdmitted, EligibilityDetermined) => true,
        (PhaseAdvanced or PhaseReturnedToEarlier, PhaseRequirementRecorded met) => met.Phase == state.Phase,
        (PhaseAdvanced or PhaseReturnedToEarlier, PhaseRequirementWaived waived) => waived.Phase == state.Phase,
        // Somebody was heard about the proposal before, and goes on: until then that one was open.
        (TerminationProposed, TerminationHearingHeld) => true,
        (ParticipantGraduated, _) when IsAskedOfAGraduate(fact, before, state, court.Graduation) => true,
        _ when IsEnd(fact) => IsOfBeforeTheEnd(before),
        _ when SubjectOf(fact) is { } subject => before.EntryId == subject || (SubjectOf(before) == subject && MovesOn(fact, before)),
        _ => false,
    };

    /// <returns>Whether the participation is over with it.</returns>
    public static bool IsEnd(ParticipationEvent fact) => fact is EligibilityDetermined { Accepted: false } or ParticipantDeclinedProgram or ParticipationTerminated
        or ParticipantWithdrew or ParticipationClosed or ParticipantGraduated;

    /// <summary>What cannot be recorded once it is over did not happen once it was over, but for what nobody need be a participant for.</summary>
    private static bool IsOfBeforeTheEnd(ParticipationEvent entry) =>
        entry is not (RestitutionPaid or FeePaid or FeeWaived or CommunityServiceCompleted or JailSanctionServed or WarrantIssued)
        && !CourtFacts.Of(entry).Stages.Any(stage => stage > ParticipationStage.Admitted);

    /// <summary>What nobody need be a participant for is settled before somebody graduates where the court asks it of a graduate (R40): until then it was open.</summary>
    private static bool IsAskedOfAGraduate(ParticipationEvent fact, ParticipationEvent before, ParticipationState state, GraduationRequirements asks) => before switch
    {
        RestitutionPaid => asks.RestitutionPaid,
        FeePaid or FeeWaived => asks.FeesSettled,
        CommunityServiceCompleted => asks.CommunityServiceDone,
        WarrantQuashed e => asks.NoOpenWarrant && state.FindEntry(e.WarrantId) is { } issued && !fact.IsBefore(issued),
        JailSanctionServed => true,
        _ => false,
    };

    /// <returns>The entry that a fact names and follows on. A staffing may prepare a hearing that is set only afterwards.</returns>
    private static Guid? SubjectOf(ParticipationEvent fact) => fact switch
    {
        StatusHearingHeld e => e.HearingId,
        StatusHearingContinued e => e.HearingId,
        StatusHearingMissed e => e.HearingId,
        JudicialActionRecorded e => e.HearingId,
        SanctionImposed e => e.HearingId,
        JailSanctionImposed e => e.HearingId,
        JailSanctionServed e => e.SanctionId,
        ConditionAmended e => e.ConditionId,
        ConditionSatisfied e => e.ConditionId,
        ConditionViolated e => e.ConditionId,
        ConditionLifted e => e.ConditionId,
        WarrantQuashed e => e.WarrantId,
        RestitutionPaid e => e.OrderId,
        FeePaid e => e.OrderId,
        FeeWaived e => e.OrderId,
        CommunityServiceCompleted e => e.OrderId,
        TerminationHearingHeld e => e.ProposalId,
        CourtEntryRetracted e => e.RetractedEntryId,
        _ => null,
    };

    /// <summary>A hearing is held on the day that it was put off to, and sanctioned in after it was held; a condition ends after all that was said of it.</summary>
    private static bool MovesOn(ParticipationEvent fact, ParticipationEvent before) => (fact, before) switch
    {
        (StatusHearingHeld or StatusHearingMissed or StatusHearingContinued or JudicialActionRecorded, StatusHearingContinued) => true,
        (JudicialActionRecorded or SanctionImposed or JailSanctionImposed, StatusHearingHeld) => true,
        (ConditionAmended or ConditionSatisfied or ConditionLifted, ConditionAmended) => true,
        (ConditionSatisfied or ConditionLifted, ConditionViolated) => true,
        _ => false,
    };
}
