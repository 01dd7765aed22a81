namespace CaseFlow.Domain.Courts;

/// <summary>What was recorded wrongly counts no more, and stays in the record with the reason (R65).</summary>
internal static class RetractionRules
{
    /// <summary>An entry is retracted while nothing later rests on it: all that follows could have been recorded without it.</summary>
    public static Decision<ParticipationEvent> Complete(CourtEntryRetracted fact, ParticipationState state, CourtQuestion asked)
    {
        if (state.FindEntry(fact.RetractedEntryId) is not { } entry || entry is CourtEntryRetracted || state.Retracted.Contains(entry.EntryId))
            return ParticipationRejections.EntryUnknown();
        if (fact.ReplacedBy is { } other && (other == entry.EntryId || state.FindEntry(other) is null or CourtEntryRetracted || state.Retracted.Contains(other)))
            return ParticipationRejections.EntryUnknown() with { Field = "replacedBy" };
        // What a graduation rested on is what there was to meet and to pay; the end itself goes first.
        var isSettling = entry is PhaseRequirementRecorded or PhaseRequirementWaived or RestitutionPaid or FeePaid or FeeWaived or CommunityServiceCompleted
            or WarrantQuashed or JailSanctionServed;
        if ((isSettling && state.Stage == ParticipationStage.Graduated) || !Stands(state, entry.EntryId))
            return ParticipationRejections.EntryRestedOn();

        if (asked.TakesPartAgain && state.IsOver && !ParticipationState.Evolve(state, fact).IsOver)
            return ParticipationRejections.AlreadyOpen();

        // The reason may say what the entry said, so it goes where the entry is.
        return fact with { RetractedKind = CourtFacts.Of(entry).Name, File = entry.File };
    }

    /// <summary>What rested on nothing before, in the record of a program that took such, is no reason to keep what it does not rest on.</summary>
    private static bool Stands(ParticipationState state, Guid without)
    {
        var (folded, whole) = (ParticipationState.Initial, ParticipationState.Initial);
        foreach (var entry in state.Standing)
        {
            if (entry.EntryId != without)
            {
                if (!CouldBeRecorded(entry, folded, state) && CouldBeRecorded(entry, whole, state))
                    return false;
                folded = ParticipationState.Evolve(folded, entry);
            }

            whole = ParticipationState.Evolve(whole, entry);
        }

        return folded.Stage != ParticipationStage.None;
    }

    private static bool CouldBeRecorded(ParticipationEvent entry, ParticipationState before, ParticipationState now) =>
        CourtFacts.Of(entry).Stages.Contains(before.Stage) && RestsOnWhatStands(entry, before, now);

    /// <summary>
    /// What an entry names is there, and the phase it leaves is the one that it was in. A graduation is from the phase that it was from, with
    /// nothing proposed against it (R40): no phase changes after it, so the phase of now is that one.
    /// </summary>
    private static bool RestsOnWhatStands(ParticipationEvent entry, ParticipationState before, ParticipationState now) => entry switch
    {
        _ when TeamRules.StaffingOf(entry) is { } id && before.FindEntry(id) is not StaffingHeld => false,
        StatusHearingHeld { HearingId: { } id } => before.Hearings.ContainsKey(id),
        StatusHearingContinued e => before.Hearings.ContainsKey(e.HearingId),
        StatusHearingMissed e => before.Hearings.ContainsKey(e.HearingId),
        StaffingHeld { HearingId: { } id } => before.Hearings.ContainsKey(id),
        JudicialActionRecorded { HearingId: { } id } => before.Hearings.ContainsKey(id),
        SanctionImposed { HearingId: { } id } => HearingRules.IsHeld(id, before),
        JailSanctionImposed { HearingId: { } id } => HearingRules.IsHeld(id, before),
        ConditionAmended e => before.Conditions.ContainsKey(e.ConditionId),
        ConditionSatisfied e => before.Conditions.ContainsKey(e.ConditionId),
        ConditionViolated e => before.Conditions.ContainsKey(e.ConditionId),
        ConditionLifted e => before.Conditions.ContainsKey(e.ConditionId),
        WarrantQuashed e => before.Warrants.Contains(e.WarrantId),
        JailSanctionServed e => before.JailDays.GetValueOrDefault(e.SanctionId) >= e.Days,
        RestitutionPaid e => before.Orders.ContainsKey(e.OrderId),
        FeePaid e => before.Orders.ContainsKey(e.OrderId),
        FeeWaived e => before.Orders.ContainsKey(e.OrderId),
        CommunityServiceCompleted e => before.Orders.ContainsKey(e.OrderId),
        PhaseRequirementRecorded e => PhaseRules.WasIn(e.Phase, e, before),
        PhaseRequirementWaived e => PhaseRules.WasIn(e.Phase, e, before),
        PhaseAdvanced e => before.Phase == e.FromPhase && e.Met.Concat(e.Waived).All(objective => before.IsSettled(e.FromPhase, objective)),
        PhaseReturnedToEarlier e => before.Phase == e.FromPhase,
        TerminationHearingHeld e => before.Proposal?.EntryId == e.ProposalId,
        ParticipationTerminated e => before.Proposal is { Heard: true } open && open.EntryId == e.ProposalId,
        ParticipantGraduated => before.Phase == now.Phase && before.Proposal is null,
        _ => true,
    };
}
