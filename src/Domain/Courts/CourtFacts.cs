using System.Collections.Frozen;
using CaseFlow.Domain.Privacy;
using static CaseFlow.Domain.Courts.CourtWords;
using static CaseFlow.Domain.Courts.Decider;
using static CaseFlow.Domain.Courts.ParticipationRejections;
using static CaseFlow.Domain.Courts.ParticipationStage;
using static CaseFlow.Domain.PlainNames;

namespace CaseFlow.Domain.Courts;

/// <summary>Everything that is recorded of a participation: who records it, when it can be, who must have decided it, and its rule.</summary>
public static class CourtFacts
{
    private static readonly Role[] Team = [Role.Coordinator, Role.Judge];
    private static readonly Role[] Coordinators = [Role.Coordinator];
    private static readonly ParticipationStage[] BeforeDecision = [Referred, Accepted];
    private static readonly ParticipationStage[] FromReferral = [.. Enum.GetValues<ParticipationStage>().Where(stage => stage != None)];
    private static readonly ParticipationStage[] UntilTheEnd = [Referred, Accepted, Admitted];
    private static readonly ParticipationStage[] Active = [Admitted];

    /// <summary>In the order of a participant's life in the court.</summary>
    public static IReadOnlyList<CourtFact> All { get; } =
    [
        Line<TreatmentCourtReferred>("", Team, [None], null, Nobody, e => $"Referred to {e.Court} ({Words(e.Source)})"),
        Line<EligibilityScreened>("screenings", Coordinators, FromReferral, null, Nobody, e => $"Screened for {e.Court} ({Words(e.Kind)}): {Words(e.Result)}", AdmissionRules.Check) with { IsOfBefore = true },
        Line<EligibilityDetermined>("eligibility", Team, [Referred], null, Decider.Team, e => e.Accepted ? $"Accepted for {e.Court} ({e.ReasonCode})" : $"Not accepted for {e.Court} ({e.ReasonCode})", AdmissionRules.Check) with { NeedsVersion = true },
        Line<ParticipantDeclinedProgram>("decline", Coordinators, BeforeDecision, null, Nobody, e => $"Declined to take part in {e.Court} ({e.ReasonCode})", AdmissionRules.Check) with { NeedsVersion = true },
        Decided<ParticipantAdmitted>("admit", Team, [Accepted], null, Judge, e => $"Admitted to {e.Court} ({Words(e.Basis)})", AdmissionRules.Complete) with { NeedsVersion = true },

        Line<SupervisionOfficerNamed>("officer", Coordinators, Active, null, Nobody, e => $"Supervised by {e.OfficerId}", OfficerRules.Check),
        Line<PhaseAssigned>("phase", Coordinators, Active, null, Decider.Team, e => $"In phase {e.Phase}", PhaseRules.Check) with { NeedsVersion = true, WordsMissing = ReasonMissing },
        Line<PhaseRequirementRecorded>("objectives", Coordinators, Active, null, Nobody, e => $"Objective of phase {e.Phase} met: {e.Objective}", PhaseRules.Check),
        Line<PhaseRequirementWaived>("objectives/waive", Coordinators, Active, null, Decider.Team, e => $"Objective of phase {e.Phase} waived: {e.Objective}", PhaseRules.Check) with { WordsMissing = ReasonMissing },
        Decided<PhaseAdvanced>("advance", Team, Active, null, Decider.Team, e => $"Advanced from {e.FromPhase} to {e.ToPhase}", PhaseRules.Complete) with { NeedsVersion = true },
        Decided<PhaseReturnedToEarlier>("return", Team, Active, null, Decider.Team, e => $"Returned from {e.FromPhase} to {e.ToPhase} with a plan", PhaseRules.Complete) with { NeedsVersion = true },

        Line<StatusHearingScheduled>("hearings", Team, UntilTheEnd, null, Nobody, e => $"Hearing scheduled ({Words(e.Kind)}) for {e.ScheduledAt:u}", HearingRules.Check),
        Decided<StatusHearingHeld>("hearings/{entryId}/hold", Team, UntilTheEnd, null, Judge, e => $"Hearing held ({Words(e.Kind)}, {Words(e.Presence)})", HearingRules.Complete),
        Line<StatusHearingContinued>("hearings/{entryId}/continue", Team, UntilTheEnd, null, Nobody, e => $"Hearing put off to {e.ScheduledAt:u} ({e.ReasonCode})", HearingRules.Check),
        Line<StatusHearingMissed>("hearings/{entryId}/miss", Team, UntilTheEnd, null, Nobody, e => e.Excused ? "Hearing missed, excused" : "Hearing missed", HearingRules.Check),
        Line<StaffingHeld>("staffings", Team, UntilTheEnd, CourtFile.Confidential, Nobody, e => $"Staffing held ({e.Attendees.Count} present)", HearingRules.Check),
        Line<JudicialActionRecorded>("judicial-actions", Team, UntilTheEnd, CourtFile.Open, Judge, e => $"Judicial action: {e.Action}", HearingRules.Check),

        Line<ConditionOrdered>("conditions", Team, Active, null, Judge, e => $"Condition ordered: {e.Kind}{Due(e.DueOn)}", ConditionRules.Check) with { WordsMissing = TermsMissing },
        Line<ConditionAmended>("conditions/{entryId}/amend", Team, Active, null, Judge, e => $"Condition amended{Due(e.DueOn)}", ConditionRules.Check) with { WordsMissing = ReasonMissing },
        Line<ConditionSatisfied>("conditions/{entryId}/satisfy", Team, Active, null, Nobody, _ => "Condition satisfied", ConditionRules.Check),
        Line<ConditionViolated>("conditions/{entryId}/violate", Team, Active, null, Nobody, _ => "Condition violated", ConditionRules.Check) with { WordsMissing = ReasonMissing },
        Line<ConditionLifted>("conditions/{entryId}/lift", Team, Active, null, Judge, _ => "Condition lifted", ConditionRules.Check) with { WordsMissing = ReasonMissing },
        Line<WarrantIssued>("warrants", Team, UntilTheEnd, null, Judge, e => $"Warrant issued ({e.ReasonCode})"),
        Line<WarrantQuashed>("warrants/{entryId}/quash", Team, FromReferral, null, Judge, _ => "Warrant quashed", ConditionRules.Check) with { IsOfBefore = true },

        Line<IncentiveGranted>("incentives", Team, Active, null, Decider.Team, e => $"Incentive: {e.Incentive}, for {e.Behaviour}", ResponseRules.Check),
        Line<SanctionImposed>("sanctions", Team, Active, null, Judge, e => $"Sanction: {e.Sanction}, for {e.Behaviour}", ResponseRules.Check) with { WordsMissing = SanctionWithoutReason },
        Line<ServiceAdjustmentMade>("service-adjustments", Team, Active, CourtFile.Confidential, Decider.Team, e => $"Change of service: {e.Adjustment}, advised by {e.TreatmentAgencyId}", ResponseRules.Check),
        Decided<JailSanctionImposed>("jail-sanctions", Team, Active, null, Judge, e => $"Jail sanction: {Count(e.Days, "day")}{(e.AboveUsual ? ", more than is usual" : "")}, for {e.Behaviour}", ResponseRules.Complete) with { WordsMissing = SanctionWithoutReason },
        Line<JailSanctionServed>("jail-sanctions/{entryId}/serve", Team, Active, null, Nobody, e => $"Jail sanction served: {Count(e.Days, "day")}", ResponseRules.Check),
        Line<RestitutionOrdered>("restitution", Team, Active, null, Judge, e => $"Restitution ordered: {Dollars(e.AmountCents)}{Due(e.DueOn)}", OrderRules.Check),
        Line<RestitutionPaid>("restitution/{entryId}/pay", Team, Active, null, Nobody, e => $"Restitution paid: {Dollars(e.AmountCents)}", OrderRules.Check),
        Line<FeeOrdered>("fees", Team, Active, null, Judge, e => $"Fee ordered: {e.Kind}, {Dollars(e.AmountCents)}{Due(e.DueOn)}", OrderRules.Check),
        Line<FeePaid>("fees/{entryId}/pay", Team, Active, null, Nobody, e => $"Fee paid: {Dollars(e.AmountCents)}", OrderRules.Check),
        Line<FeeWaived>("fees/{entryId}/waive", Team, Active, null, Judge, e => $"Fee waived: {Dollars(e.AmountCents)}", OrderRules.Check) with { WordsMissing = ReasonMissing },
        Line<CommunityServiceOrdered>("community-service", Team, Active, null, Judge, e => $"Community service ordered: {Count(e.Hours, "hour")}{Due(e.DueOn)}", OrderRules.Check),
        Line<CommunityServiceCompleted>("community-service/{entryId}/complete", Team, Active, null, Nobody, e => $"Community service done: {Count(e.Hours, "hour")}", OrderRules.Check),

        Line<TerminationProposed>("termination", Team, Active, null, Decider.Team, e => $"Termination proposed ({e.ReasonCode})", EndingRules.Check) with { NeedsVersion = true, WordsMissing = ReasonMissing },
        Line<TerminationHearingHeld>("termination/{entryId}/hear", Team, Active, null, Judge, e => $"Termination heard: {Words(e.Outcome)}", EndingRules.Check) with { NeedsVersion = true },
        Line<ParticipationTerminated>("termination/{entryId}/terminate", Team, Active, null, Judge, e => $"Terminated from {e.Court} ({e.ReasonCode})", EndingRules.Check) with { NeedsVersion = true, WordsMissing = ReasonMissing },
        Line<ParticipantWithdrew>("withdraw", Coordinators, Active, null, Nobody, e => $"Withdrew from {e.Court} ({e.ReasonCode})", EndingRules.Check) with { NeedsVersion = true },
        Line<ParticipationClosed>("close", Coordinators, UntilTheEnd, null, Decider.Team, e => $"Participation in {e.Court} closed ({Words(e.Reason)})", EndingRules.Check) with { NeedsVersion = true, WordsMissing = ReasonMissing },
        Decided<ParticipantGraduated>("graduate", Team, Active, null, Judge, e => $"Graduated from {e.Court} after {Count(e.DaysInProgram, "day")}", EndingRules.Complete) with { NeedsVersion = true },
        Line<CommencementHeld>("commencement", Team, [Graduated], null, Nobody, e => $"Commencement of {e.Court}"),
        Line<AftercareContactMade>("aftercare", Coordinators, [Graduated, Terminated, Withdrawn], null, Nobody, e => e.Reached ? $"Aftercare contact ({Words(e.Mode)})" : $"Aftercare contact tried ({Words(e.Mode)})"),

        Decided<CourtEntryRetracted>("entries/{entryId}/retract", Coordinators, FromReferral, null, Nobody, e => $"Entry retracted: {e.RetractedKind.Replace('_', ' ')}", RetractionRules.Complete) with { NeedsVersion = true, WordsMissing = ReasonMissing },
    ];

    /// <summary>Stored names of everything that is recorded of a participation.</summary>
    public static IReadOnlySet<string> Names { get; } = All.Select(line => line.Name).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, CourtFact> ByType = All.ToFrozenDictionary(line => line.EventType);

    /// <returns>The line about that event.</returns>
    public static CourtFact Of(ParticipationEvent fact) => ByType[fact.GetType()];

    private static CourtFact Line<TEvent>(
        string route,
        IReadOnlyList<Role> roles,
        IReadOnlyList<ParticipationStage> stages,
        CourtFile? file,
        Decider decider,
        Func<TEvent, string> summary,
        Func<TEvent, ParticipationState, CourtQuestion, Rejection?>? check = null)
        where TEvent : ParticipationEvent => Decided(
            route, roles, stages, file, decider, summary,
            (fact, state, asked) => check?.Invoke(fact, state, asked) is { } rejection ? rejection : (ParticipationEvent[])[fact]);

    private static CourtFact Decided<TEvent>(
        string route,
        IReadOnlyList<Role> roles,
        IReadOnlyList<ParticipationStage> stages,
        CourtFile? file,
        Decider decider,
        Func<TEvent, string> summary,
        Func<TEvent, ParticipationState, CourtQuestion, Decision<ParticipationEvent>> rule)
        where TEvent : ParticipationEvent => new(
            typeof(TEvent), route, roles, stages, file, decider,
            fact => summary((TEvent)fact),
            (fact, state, asked) => rule((TEvent)fact, state, asked));
}
