using System.Globalization;

namespace CaseFlow.Domain.Courts;

/// <summary>How a participation ends.</summary>
internal static class EndingRules
{
    public static Rejection? Check(TerminationProposed fact, ParticipationState state, CourtQuestion asked)
    {
        if (state.Proposal is not null)
            return ParticipationRejections.TerminationProposedAlready();
        return CheckReason(fact.ReasonCode, asked) ?? TeamRules.Check(fact, state, asked);
    }

    public static Rejection? Check(TerminationHearingHeld fact, ParticipationState state, CourtQuestion asked) =>
        state.Proposal is { Heard: false } open && open.EntryId == fact.ProposalId
            ? TerminationHearingRules.Check(fact, state, asked)
            : ParticipationRejections.TerminationNotProposed();

    /// <summary>Only after a hearing about this proposal decided it [S:wi-recordkeeping-2011].</summary>
    public static Rejection? Check(ParticipationTerminated fact, ParticipationState state, CourtQuestion asked) => state.Proposal switch
    {
        { } open when open.EntryId != fact.ProposalId => ParticipationRejections.TerminationNotProposed(),
        null => ParticipationRejections.TerminationNotProposed(),
        { Heard: false } => ParticipationRejections.TerminationNotHeard(),
        _ => CheckReason(fact.ReasonCode, asked) ?? TerminationHearingRules.Check(fact, state, asked),
    };

    /// <summary>Whoever is in the programme leaves it by their own wish or after a hearing, and not by a referral's being taken back.</summary>
    public static Rejection? Check(ParticipationClosed fact, ParticipationState state, CourtQuestion asked) =>
        fact.Reason == ParticipationClosure.ReferralTakenBack && state.Stage == ParticipationStage.Admitted ? ParticipationRejections.AdmittedIsNotTakenBack() : null;

    public static Rejection? Check(ParticipantWithdrew fact, ParticipationState state, CourtQuestion asked) => CheckReason(fact.ReasonCode, asked);

    /// <summary>When nothing that the court asks of a graduate is open (R40); all that is open is named.</summary>
    public static Decision<ParticipationEvent> Complete(ParticipantGraduated fact, ParticipationState state, CourtQuestion asked)
    {
        var court = asked.Court.Configuration;
        var days = PhaseRules.DaysSince(state.AdmittedOn, fact);
        if (Open(fact, state, asked, days).ToList() is { Count: > 0 } open)
            return ParticipationRejections.GraduationRequirementsOpen(open);
        return SobrietyRules.MostOf(fact.SobrietyDays, fact, state) is { } most
            ? ParticipationRejections.SobrietyBeforeAdmission(most)
            : fact with { DaysInProgram = days, OnCompletion = state.OnCompletion!.Value };
    }

    private static IEnumerable<string> Open(ParticipantGraduated fact, ParticipationState state, CourtQuestion asked, int days)
    {
        var court = asked.Court.Configuration;
        var (last, asks) = (court.Phases[^1], court.Graduation);
        var sober = Math.Max(asks.SobrietyDays, last.SobrietyDays);
        if (state.Phase != last.Code)
            yield return $"phase {last.Code}";
        else if (PhaseRules.DaysSince(state.PhaseSince, fact) < last.MinDays)
            yield return string.Create(CultureInfo.InvariantCulture, $"{last.MinDays} days in phase {last.Code}");
        foreach (var objective in state.OpenObjectives(last))
            yield return $"objective {objective}";
        if (days < asks.MinDays)
            yield return string.Create(CultureInfo.InvariantCulture, $"{asks.MinDays} days in the programme");
        if (SobrietyRules.Contradicting(sober, fact.SobrietyDays, fact, state, asked) is { } run)
            yield return SobrietyRules.Words(sober, run);
        else if (sober > 0 && !(fact.SobrietyDays >= sober))
            yield return string.Create(CultureInfo.InvariantCulture, $"{sober} consecutive days of sobriety");
        if (asks.RestitutionPaid && IsOpen(CourtOrderKind.Restitution))
            yield return "restitution";
        if (asks.FeesSettled && IsOpen(CourtOrderKind.Fee))
            yield return "fees";
        if (asks.CommunityServiceDone && IsOpen(CourtOrderKind.CommunityService))
            yield return "community service";
        if (asks.NoOpenWarrant && state.Warrants.Count > 0)
            yield return "an open warrant";
        if (state.JailDays.Values.Any(left => left > 0))
            yield return "a jail sanction not served";
        if (state.Proposal is not null)
            yield return "a proposal to terminate";

        bool IsOpen(CourtOrderKind kind) => state.Orders.Values.Any(order => order.Kind == kind && order.Open > 0);
    }

    private static Rejection? CheckReason(string code, CourtQuestion asked) =>
        asked.Court.Configuration.EndReasons.Contains(code) ? null : ParticipationRejections.CodeUnknown("reasonCode");
}
