using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Api.CourtPackets;

/// <summary>
/// The words that a page on paper has for what its data say in codes: one table of all members and codes that can come to a page. What a court names itself
/// (phases, objectives, behaviours, responses) has its name there; any other code is read as the words it is made of.
/// </summary>
public static class PageWords
{
    private static readonly Dictionary<Enum, string> Members = new()
    {
        [ParticipationStage.None] = "not referred",
        [ParticipationStage.Referred] = "referred",
        [ParticipationStage.Accepted] = "accepted, not yet admitted",
        [ParticipationStage.Admitted] = "admitted",
        [ParticipationStage.NotAccepted] = "not accepted",
        [ParticipationStage.Declined] = "declined the programme",
        [ParticipationStage.Terminated] = "terminated",
        [ParticipationStage.Withdrawn] = "withdrew",
        [ParticipationStage.Closed] = "closed",
        [ParticipationStage.Graduated] = "graduated",
        [LegalBasis.Sentence] = "sentence",
        [LegalBasis.DiversionContract] = "diversion contract",
        [LegalBasis.DeferredProsecution] = "deferred prosecution",
        [LegalBasis.PreCharge] = "before any charge",
        [CompletionEffect.SentenceSatisfied] = "the sentence is satisfied",
        [CompletionEffect.SentenceReduced] = "the sentence is reduced",
        [CompletionEffect.ChargesDismissed] = "charges are dismissed",
        [CompletionEffect.ChargesReduced] = "charges are reduced",
        [CompletionEffect.ChargesVoided] = "charges are voided",
        [CompletionEffect.NothingCharged] = "nothing is charged",
        [ParticipationClosure.Deceased] = "the participant has died",
        [ParticipationClosure.TransferredToAnotherCourt] = "transferred to another court",
        [ParticipationClosure.CaseDismissed] = "the case was dismissed",
        [ParticipationClosure.ReferralTakenBack] = "the referral was taken back",
        [CourtReferralSource.Prosecutor] = "by the prosecution",
        [CourtReferralSource.Defence] = "by the defence",
        [CourtReferralSource.Judge] = "by a judge",
        [CourtReferralSource.SupervisingAgent] = "by a supervising agent",
        [CourtReferralSource.Jail] = "by the jail",
        [CourtReferralSource.Police] = "by police",
        [CourtReferralSource.TreatmentProvider] = "by a treatment provider",
        [CourtReferralSource.Family] = "by family",
        [CourtReferralSource.Self] = "by themselves",
        [CourtReferralSource.Other] = "by somebody else",
        [ScreeningKind.Legal] = "legal",
        [ScreeningKind.Clinical] = "clinical",
        [ScreeningKind.RiskAndNeed] = "risk and need",
        [ScreeningResult.Meets] = "meets what is asked",
        [ScreeningResult.DoesNotMeet] = "does not meet what is asked",
        [ScreeningResult.Inconclusive] = "inconclusive",
        [TestVerdict.Pending] = "awaited",
        [TestVerdict.Negative] = "negative",
        [TestVerdict.Positive] = "positive",
        [TestVerdict.NonCompliance] = "not as asked",
        [TestVerdict.Nothing] = "counts for nothing",
        [SobrietyBasis.NoneYet] = "none yet: no test says anything",
        [SobrietyBasis.Tests] = "counted by tests",
        [TestStep.Selected] = "selected",
        [TestStep.Notified] = "notified",
        [TestStep.Collected] = "specimen given",
        [TestStep.Missed] = "missed",
        [TestStep.Refused] = "refused",
        [TestError.Laboratory] = "error of the laboratory",
        [TestError.Identity] = "of somebody else",
        [TestError.Collection] = "error in collection",
        [TestError.Entry] = "error of entry",
        [CoachingStatus.Offered] = "offered",
        [CoachingStatus.Accepted] = "accepted",
        [CoachingStatus.Declined] = "declined",
        [CoachingStatus.Ordered] = "ordered",
        [CoachingStatus.Lifted] = "order lifted",
        [CoachingStatus.Coached] = "coached",
        [CoachingStatus.BetweenCoaches] = "between coaches",
        [CoachingStatus.Ended] = "ended",
        [OrderPeriod.Week] = "a week",
        [OrderPeriod.Month] = "a month",
        [OrderPeriod.WholeOrder] = "in all",
        [SessionKind.OneToOne] = "one to one",
        [SessionKind.Group] = "group",
        [SessionKind.CheckIn] = "check in",
        [SessionKind.Family] = "family",
        [ApartReason.OtherProvider] = "other provider",
        [ApartReason.OtherKind] = "other kind",
        [ApartReason.OutsideOrder] = "outside the order",
        [CoachingAlarmKind.NoCoach] = "No coach",
        [CoachingAlarmKind.NoContact] = "No contact",
        [CoachingAlarmKind.CertificationNotInForce] = "No certification in force",
        [CoachingAlarmKind.SessionUntold] = "Session without an outcome",
        [CoachingAlarmKind.HandoverUnread] = "Handover unread",
        [CoachingAlarmKind.PlanReviewDue] = "Review of the plan due",
        [HearingKind.Status] = "status",
        [HearingKind.Admission] = "admission",
        [HearingKind.Sanction] = "sanction",
        [HearingKind.Termination] = "termination",
        [HearingKind.Graduation] = "graduation",
        [HearingPresence.InPerson] = "in person",
        [HearingPresence.Video] = "by video",
        [HearingPresence.Phone] = "by phone",
        [HearingPresence.ThroughCounsel] = "through counsel",
        [TerminationOutcome.Terminate] = "to terminate",
        [TerminationOutcome.Continue] = "to continue",
        [ContactMode.InPerson] = "in person",
        [ContactMode.Phone] = "by phone",
        [ContactMode.Video] = "by video",
        [ContactMode.Text] = "by text message",
        [ContactMode.Email] = "by e mail",
        [ContactMode.Letter] = "by letter",
        [ContactMode.HomeVisit] = "at home",
        [ComplianceAlertKind.Deceased] = "Has died",
        [ComplianceAlertKind.LegalBasisOver] = "Legal basis is over",
        [ComplianceAlertKind.JailUnusual] = "Days of jail, unusually many",
        [ComplianceAlertKind.LegalBasisEnding] = "Legal basis ends",
        [ComplianceAlertKind.AftercareEnding] = "Aftercare ends",
        [AmendmentDenial.NotCreatedHere] = "not created here",
        [AmendmentDenial.NotPartOfRecord] = "not part of the record",
        [AmendmentDenial.NotAvailableForAccess] = "not available for access",
        [AmendmentDenial.AccurateAndComplete] = "accurate and complete",
        [FileEntryKind.Referred] = "referred",
        [FileEntryKind.Screened] = "screened",
        [FileEntryKind.Determined] = "eligibility determined",
        [FileEntryKind.Declined] = "declined the programme",
        [FileEntryKind.Admitted] = "admitted",
        [FileEntryKind.PhaseAssigned] = "phase assigned",
        [FileEntryKind.PhaseAdvanced] = "phase advanced",
        [FileEntryKind.PhaseReturned] = "returned to an earlier phase",
        [FileEntryKind.ObjectiveMet] = "objective met",
        [FileEntryKind.ObjectiveWaived] = "objective waived",
        [FileEntryKind.HearingScheduled] = "hearing scheduled",
        [FileEntryKind.HearingHeld] = "hearing held",
        [FileEntryKind.HearingContinued] = "hearing continued",
        [FileEntryKind.HearingMissed] = "hearing missed",
        [FileEntryKind.Staffing] = "staffing",
        [FileEntryKind.JudicialAction] = "judicial action",
        [FileEntryKind.ConditionOrdered] = "condition ordered",
        [FileEntryKind.ConditionAmended] = "condition amended",
        [FileEntryKind.ConditionSatisfied] = "condition satisfied",
        [FileEntryKind.ConditionViolated] = "condition violated",
        [FileEntryKind.ConditionLifted] = "condition lifted",
        [FileEntryKind.WarrantIssued] = "warrant issued",
        [FileEntryKind.WarrantQuashed] = "warrant quashed",
        [FileEntryKind.Incentive] = "incentive",
        [FileEntryKind.Sanction] = "sanction",
        [FileEntryKind.Adjustment] = "change of service",
        [FileEntryKind.JailImposed] = "jail imposed",
        [FileEntryKind.JailServed] = "jail served",
        [FileEntryKind.RestitutionOrdered] = "restitution ordered",
        [FileEntryKind.RestitutionPaid] = "restitution paid",
        [FileEntryKind.FeeOrdered] = "fee ordered",
        [FileEntryKind.FeePaid] = "fee paid",
        [FileEntryKind.FeeWaived] = "fee waived",
        [FileEntryKind.ServiceOrdered] = "community service ordered",
        [FileEntryKind.ServiceDone] = "community service done",
        [FileEntryKind.TerminationProposed] = "termination proposed",
        [FileEntryKind.TerminationHeard] = "termination heard",
        [FileEntryKind.Terminated] = "terminated",
        [FileEntryKind.Withdrew] = "withdrew",
        [FileEntryKind.Closed] = "closed",
        [FileEntryKind.Graduated] = "graduated",
        [FileEntryKind.Commencement] = "commencement held",
        [FileEntryKind.Aftercare] = "aftercare contact",
        [FileEntryKind.OfficerNamed] = "supervision officer named",
        [Role.Agent] = "agent",
        [Role.AgentSupervisor] = "agent supervisor",
        [Role.Coach] = "coach",
        [Role.CoachSupervisor] = "coach supervisor",
        [Role.PeerSpecialist] = "peer specialist",
        [Role.Coordinator] = "coordinator",
        [Role.Judge] = "judge",
        [Role.Prosecutor] = "prosecution",
        [Role.Defence] = "defence",
        [Role.Dispatcher] = "dispatcher",
        [Role.Auditor] = "auditor",
        [Role.PrivacyOfficer] = "privacy officer",
        [Role.Administrator] = "administrator",
        [Role.Service] = "service",
    };

    /// <summary>Codes that say more in other words than in those they are made of.</summary>
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["no-contact"] = "no contact with somebody",
        ["curfew"] = "a curfew",
        ["essay"] = "an essay",
        ["jail"] = "jail",
        ["retracted"] = "retracted",
        ["own-wish"] = "by own wish",
        ["non-compliance"] = "did not do what was asked",
        ["thc"] = "THC",
        ["mdma"] = "MDMA",
        ["etg"] = "EtG (alcohol)",
        ["fentanyl-analogue"] = "an analogue of fentanyl",
        ["pharmaceutical-opioid"] = "a pharmaceutical opioid",
        ["pharmaceutical-other"] = "another pharmaceutical",
        ["pharmaceutical-stimulant"] = "a pharmaceutical stimulant",
    };

    /// <summary>Kinds of member that have words here.</summary>
    public static IReadOnlySet<Type> Kinds { get; } = Members.Keys.Select(member => member.GetType()).ToHashSet();

    /// <returns>Whether a member has words of its own.</returns>
    public static bool Has(Enum member) => Members.ContainsKey(member);

    /// <returns>A member in words.</returns>
    public static string Of(Enum member) => Members.GetValueOrDefault(member) ?? Plain(member.ToString());

    /// <returns>A member in words, as views spell it; "" for none.</returns>
    public static string Of<TEnum>(string? spelt)
        where TEnum : struct, Enum => spelt is null ? "" : Enum.TryParse<TEnum>(spelt, ignoreCase: true, out var member) ? Of(member) : Code(spelt);

    /// <returns>A code in words; "" for none.</returns>
    public static string Code(string? code) => string.IsNullOrEmpty(code) ? "" : Codes.GetValueOrDefault(code) ?? Plain(code);

    /// <summary>The words that a code is made of: <c>missed-test</c>, <c>drug_test_missed</c> and <c>inPerson</c> as people say them.</summary>
    private static string Plain(string code)
    {
        var words = string.Concat(code.Select((letter, place) =>
            char.IsUpper(letter) ? $"{(place == 0 ? "" : " ")}{char.ToLowerInvariant(letter)}" : letter is '-' or '_' ? " " : letter.ToString()));
        return words.Trim();
    }
}
