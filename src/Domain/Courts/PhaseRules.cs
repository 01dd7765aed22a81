namespace CaseFlow.Domain.Courts;

/// <summary>Where in the programme a participant is (R33, R34). The team decides; the system only counts.</summary>
internal static class PhaseRules
{
    /// <summary>
    /// Only where there is no phase to go on from: the programme of today has none of the old name. Whoever was in none yet, because the first one was entered wrongly and
    /// retracted, begins in the first.
    /// </summary>
    public static Rejection? Check(PhaseAssigned fact, ParticipationState state, CourtQuestion asked)
    {
        if (asked.Court.Configuration.FindPhase(state.Phase) is not null)
            return ParticipationRejections.PhaseAssignedAlready();
        if (asked.Court.Configuration.FindPhase(fact.Phase) is not { } phase)
            return ParticipationRejections.PhaseUnknown();
        if (state.Phase is null && asked.Court.Configuration.OrderOf(phase.Code) > 0)
            return ParticipationRejections.PhaseNotFirst(asked.Court.Configuration.Phases[0].Code);
        return CheckBegun(fact, state) ?? TeamRules.Check(fact, state, asked);
    }

    public static Rejection? Check(PhaseRequirementRecorded fact, ParticipationState state, CourtQuestion asked) =>
        CheckObjective(fact, fact.Phase, fact.Objective, state, asked);

    /// <summary>Decided by as many of the team as an advance, unless the court asks otherwise (R33).</summary>
    public static Rejection? Check(PhaseRequirementWaived fact, ParticipationState state, CourtQuestion asked) =>
        CheckObjective(fact, fact.Phase, fact.Objective, state, asked) ?? TeamRules.Check(fact, state, asked);

    /// <summary>
    /// To the next phase and no further, decided by as many of the team as the court asks for, when every required objective is met or waived, the
    /// phase lasted long enough, and the team counts enough days of sobriety, which no test contradicts (R33 [S:d7]).
    /// </summary>
    public static Decision<ParticipationEvent> Complete(PhaseAdvanced fact, ParticipationState state, CourtQuestion asked)
    {
        var court = asked.Court.Configuration;
        if (court.FindPhase(state.Phase) is not { } current)
            return ParticipationRejections.PhaseNotInVersion();
        if (court.OrderOf(fact.ToPhase) != court.OrderOf(current.Code) + 1)
            return ParticipationRejections.PhaseNotNext();
        if ((CheckBegun(fact, state) ?? TeamRules.Check(fact, state, asked)) is { } refused)
            return refused;
        var contradicted = SobrietyRules.Contradicting(current.SobrietyDays, fact.SobrietyDays, fact, state, asked);
        if (state.OpenObjectives(current) is { Count: > 0 } open)
            return ParticipationRejections.ObjectivesOpen(contradicted is null ? open : [.. open, SobrietyRules.Words(current.SobrietyDays, contradicted)]);

        var days = DaysSince(state.PhaseSince, fact);
        if (days < current.MinDays)
            return ParticipationRejections.PhaseTooShort(current.MinDays);
        if (SobrietyRules.MostOf(fact.SobrietyDays, fact, state) is { } most)
            return ParticipationRejections.SobrietyBeforeAdmission(most);
        if (current.SobrietyDays > 0 && !(fact.SobrietyDays >= current.SobrietyDays))
            return ParticipationRejections.SobrietyTooShort(current.SobrietyDays);
        if (contradicted is not null)
            return ParticipationRejections.SobrietyContradicted(contradicted.Days, contradicted.Since);

        var required = current.Objectives.Where(objective => objective.Required).Select(objective => objective.Code).ToList();
        return fact with
        {
            FromPhase = current.Code,
            Met = [.. required.Where(code => state.Met.Contains((current.Code, code)))],
            Waived = [.. required.Where(code => state.Waived.Contains((current.Code, code)))],
            DaysInPhase = days,
        };
    }

    /// <summary>Decided by the team, and only with a plan made with the participant (R34 [S:d7]); what the phase asks is asked anew.</summary>
    public static Decision<ParticipationEvent> Complete(PhaseReturnedToEarlier fact, ParticipationState state, CourtQuestion asked)
    {
        var court = asked.Court.Configuration;
        if (court.FindPhase(state.Phase) is not { } current)
            return ParticipationRejections.PhaseNotInVersion();
        if (court.FindPhase(fact.ToPhase) is null || court.OrderOf(fact.ToPhase) >= court.OrderOf(current.Code))
            return ParticipationRejections.PhaseNotEarlier();
        if ((CheckBegun(fact, state) ?? TeamRules.Check(fact, state, asked)) is { } refused)
            return refused;
        return fact.MadeWithParticipant ? fact with { FromPhase = current.Code } : ParticipationRejections.PlanWithoutParticipant();
    }

    /// <returns>Whole days from a local day to the day of an entry.</returns>
    public static int DaysSince(DateOnly? since, ParticipationEvent fact) => fact.OccurredOn.DayNumber - (since?.DayNumber ?? fact.OccurredOn.DayNumber);

    /// <summary>
    /// What was met or waived while the participant was in the phase can be told at any time, also once they left it. What a return to it asks anew (R34) was met since
    /// that return: what was met before, told now, would settle it. A return takes back no waiver.
    /// </summary>
    private static Rejection? CheckObjective(ParticipationEvent fact, string phase, string objective, ParticipationState state, CourtQuestion asked)
    {
        if (asked.Court.Configuration.FindPhase(phase) is not { } found)
            return ParticipationRejections.PhaseUnknown();
        if (!found.Objectives.Any(one => one.Code == objective))
            return ParticipationRejections.ObjectiveUnknown();
        if (!WasIn(phase, fact, state))
            return phase == state.Phase ? ParticipationRejections.BeforeThePhase() : ParticipationRejections.ObjectiveOfAnotherPhase();
        if (fact is PhaseRequirementRecorded && state.Standing.OfType<PhaseReturnedToEarlier>().LastOrDefault(e => e.ToPhase == phase) is { } back && fact.IsBefore(back))
            return ParticipationRejections.BeforeThePhase();
        return state.IsSettled(phase, objective) ? ParticipationRejections.ObjectiveSettled() : null;
    }

    private static Rejection? CheckBegun(ParticipationEvent fact, ParticipationState state) =>
        Begins(state).LastOrDefault() is { } begin && fact.IsBefore(begin.Entry) ? ParticipationRejections.BeforeThePhase() : null;

    /// <summary>By instants, for a phase may change on the day of a hearing; of times that are known to the day whoever can have been in it was.</summary>
    internal static bool WasIn(string phase, ParticipationEvent fact, ParticipationState state)
    {
        var begins = Begins(state).ToList();
        return begins.Zip(begins.Skip(1).Append(null), (begun, left) => (begun, left)).Any(stay =>
            stay.begun.Phase == phase && !fact.IsBefore(stay.begun.Entry) && stay.left?.Entry.IsBefore(fact) is not true);
    }

    private static IEnumerable<PhaseBegin> Begins(ParticipationState state) => state.Standing.Select(entry => entry switch
    {
        PhaseAssigned e => new PhaseBegin(e.Phase, e),
        PhaseAdvanced e => new PhaseBegin(e.ToPhase, e),
        PhaseReturnedToEarlier e => new PhaseBegin(e.ToPhase, e),
        _ => null,
    }).OfType<PhaseBegin>();

    private sealed record PhaseBegin(string Phase, ParticipationEvent Entry);
}
