using System.Diagnostics;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;

namespace CaseFlow.Domain.Privacy;

/// <summary>
/// Which entry of a record another one completes: a confirmation, a result, an outcome, a correction. It tells of that entry, so it is never
/// shown where that entry is not (domain reference 0.3, 2.7): it carries at least its labels, whoever records it.
/// </summary>
public static class Completing
{
    /// <returns>Whether a fact completes one that was recorded before it.</returns>
    /// <param name="later">What is recorded.</param>
    /// <param name="earlierId">The earlier event.</param>
    /// <param name="earlier">What it says.</param>
    public static bool Completes(DomainEvent later, Guid earlierId, DomainEvent earlier) => (later, earlier) switch
    {
        (ICorrection correction, _) when correction.CorrectedEventId == earlierId => true,

        // A transport's receipt, a receiver's acknowledgement and a failure are of the referral that was sent.
        (ReferralEvent fact, ReferralEvent referral) => fact.ReferralId == referral.ReferralId,
        (ReferralDutyDischarged { ReferralId: { } referralId }, ReferralEvent referral) => referralId == referral.ReferralId,
        (ReferralUnacknowledgedNoticed notice, ReferralEvent referral) => notice.ReferralId == referral.ReferralId,

        // What becomes of a duty, and every notice about it.
        (DutyEvent fact, DutyEvent duty) => DutyOf(fact) is { } dutyId && DutyOf(duty) == dutyId,
        (NoticeEvent { DutyId: { } dutyId }, DutyEvent duty) => DutyOf(duty) == dutyId,

        // Another agency confirms, rules out or identifies what was reported.
        (OverdoseEvent fact, OverdoseEvent overdose) => fact.OverdoseId == overdose.OverdoseId,

        // A laboratory's result is of its specimen; a draw and a test are of somebody who was admitted.
        (DrugTestEvent fact, DrugTestEvent test) => fact.TestId == test.TestId,
        (DrugTestEvent fact, ParticipantAdmitted admitted) => fact.ParticipationId == admitted.ParticipationId,
        (DrugTestSelected fact, RandomTestingStarted started) => fact.ParticipationId == started.ParticipationId,
        (TestingRosterEvent fact, ParticipantAdmitted admitted) => fact.ParticipationId == admitted.ParticipationId,

        // A consent for once ends by whoever was told, and its end is announced by the program.
        (ConsentConditionMet fact, ConsentEvent consent) => consent.ConsentInQuestion() == fact.ConsentId,
        (ConsentNoticeEvent notice, ConsentEvent consent) => consent.ConsentInQuestion() == notice.ConsentId,

        _ => false,
    };

    /// <returns>The labels of two sources together: a record in a court's confidential file is in no open one (R39).</returns>
    public static IReadOnlyList<string> Together(IEnumerable<string> own, IEnumerable<string> completed)
    {
        var labels = Labels.Of(own).Union(Labels.Of(completed)).ToList();
        if (labels.Contains(Label.CourtConfidential))
            labels.Remove(Label.CourtOpen);
        return labels.ToCodes();
    }

    private static Guid? DutyOf(DutyEvent fact) => fact switch
    {
        ReferralDutyTriggered e => e.DutyId,
        OverdoseMergedIntoDuty e => e.DutyId,
        ClientNotInterestedRecorded e => e.DutyId,
        ReferralDutyExemptionRecorded e => e.DutyId,
        ReferralDutyImpossibilityRecorded e => e.DutyId,
        ReferralDutyDischarged e => e.DutyId,
        ReferralAttestationGiven e => e.DutyId,
        AgentSupervisorVerified e => e.DutyId,
        ReferralDutyReturned e => e.DutyId,
        ReferralDutyReassigned e => e.DutyId,
        ReferralDutyClosedUnsupervised e => e.DutyId,
        AgentKnowledgeCorrected e => e.DutyId,
        ReferralDutyDueMoved e => e.DutyId,
        ReferralDutyRejudged e => e.DutyId,
        // They are about an overdose that an agent knows of, before there is a duty or where none is owed.
        OverdoseKnownToAgent or ReferralDutyNotOwed => null,
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(Completing)}."),
    };
}
