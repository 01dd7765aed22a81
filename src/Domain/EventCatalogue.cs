using CaseFlow.Domain.Administration;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.DropIns;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Integrity;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Profile;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.RejectedLines;
using CaseFlow.Domain.Replays;
using CaseFlow.Domain.Supervision;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.Domain.Workforce;

namespace CaseFlow.Domain;

/// <summary>Every event of the system. A name stays in here for ever, whatever becomes of the code that records it.</summary>
public static class EventCatalogue
{
    public static IReadOnlyList<Type> All { get; } =
    [
        // Agencies: the directory
        typeof(AgencyRegistered), typeof(OfficeOpened), typeof(OfficeClosed), typeof(ProgramOpened), typeof(ProgramClosed),
        typeof(RecordStatusDecided),
        typeof(StaffMemberEngaged), typeof(StaffMemberMoved), typeof(StaffMemberDeparted), typeof(SupervisorAssigned),
        typeof(JurisdictionOversightAssigned), typeof(JurisdictionOversightEnded), typeof(AuditGrantGiven), typeof(AuditGrantEnded),

        // Policies
        typeof(JurisdictionPolicyPublished), typeof(JurisdictionPolicyRetired),

        // Administration: decisions about views and messages
        typeof(ViewResumed), typeof(ViewEventSkipped), typeof(MessageTriedAgain),

        // Integrity: what verifications of the stored history found
        typeof(HistoryIntegrityVerified), typeof(HistoryIntegrityBroken),

        // Replays: that an auditor went through what a programme recorded
        typeof(ReplaySessionStarted), typeof(ReplaySessionCompleted),

        // Clients
        typeof(ClientRegistered), typeof(ClientNameRecorded), typeof(AliasAdded), typeof(BirthDateRecorded),
        typeof(ContactPointAdded), typeof(ContactPointSafetyFlagged), typeof(ContactPointRemoved),
        typeof(ExternalIdentifierLinked), typeof(ExternalIdentifierUnlinked),

        // Clients: known without a name, verified, deceased
        typeof(ClientIdentifiedAnonymously), typeof(ClientIdentityVerified), typeof(ClientDeceased), typeof(ClientDeathRetracted),

        // Clients: who was thought to be one person
        typeof(DuplicateDismissed),

        // Profiles: what an agency knows about a client's person
        typeof(DemographicsRecorded), typeof(DemographicsCorrected), typeof(AddressOrSleepingPlaceRecorded), typeof(AddressOrSleepingPlaceEnded),
        typeof(CommunicationNeedRecorded), typeof(CommunicationNeedEnded), typeof(EmergencyContactRecorded), typeof(EmergencyContactRemoved),
        typeof(FamilyMemberLinked), typeof(FamilyMemberUnlinked), typeof(VictimWitnessSupportRecordOpened),

        // Identities: which records are of one person
        typeof(ClientsMerged), typeof(MergeReversed), typeof(IdentityMistakeDeclared), typeof(IdentityMistakeUndone),

        // Consents
        typeof(ConsentRequested), typeof(ConsentGranted), typeof(ConsentRefused), typeof(ConsentRenewed),
        typeof(ConsentRevocationRequested), typeof(ConsentProtectiveHoldPlaced), typeof(ConsentHoldLifted), typeof(ConsentRevoked),
        typeof(ConsentRevocationDeferredUntilEvent), typeof(ConsentConditionMet), typeof(ConsentConditionRetracted), typeof(RestrictionRequested), typeof(RestrictionAgreed),
        typeof(RestrictionDeclined), typeof(RestrictionEnded), typeof(CourtOrderForDisclosureReceived),

        // Consents: notices
        typeof(ConsentEnding), typeof(ConsentExpired),

        // Courts: how they work
        typeof(CourtConfigurationPublished), typeof(CourtConfigurationRetired),

        // Courts: who holds their places
        typeof(CourtPlacesCounted), typeof(CourtPlaceTaken), typeof(CourtPlaceGivenBack),

        // Courts: participations
        typeof(TreatmentCourtReferred), typeof(EligibilityScreened), typeof(EligibilityDetermined), typeof(ParticipantDeclinedProgram),
        typeof(ParticipantAdmitted), typeof(SupervisionOfficerNamed), typeof(PhaseAssigned), typeof(PhaseAdvanced), typeof(PhaseReturnedToEarlier),
        typeof(PhaseRequirementRecorded), typeof(PhaseRequirementWaived), typeof(StatusHearingScheduled), typeof(StatusHearingHeld),
        typeof(StatusHearingContinued), typeof(StatusHearingMissed), typeof(StaffingHeld), typeof(JudicialActionRecorded),
        typeof(ConditionOrdered), typeof(ConditionAmended), typeof(ConditionSatisfied), typeof(ConditionViolated), typeof(ConditionLifted),
        typeof(WarrantIssued), typeof(WarrantQuashed), typeof(IncentiveGranted), typeof(SanctionImposed), typeof(ServiceAdjustmentMade),
        typeof(JailSanctionImposed), typeof(JailSanctionServed), typeof(RestitutionOrdered), typeof(RestitutionPaid), typeof(FeeOrdered),
        typeof(FeePaid), typeof(FeeWaived), typeof(CommunityServiceOrdered), typeof(CommunityServiceCompleted), typeof(TerminationProposed),
        typeof(TerminationHearingHeld), typeof(ParticipationTerminated), typeof(ParticipantWithdrew), typeof(ParticipationClosed),
        typeof(ParticipantGraduated), typeof(CommencementHeld), typeof(AftercareContactMade), typeof(CourtEntryRetracted),

        // Erasure
        typeof(SealingOrdered), typeof(SealingLifted), typeof(ExpunctionApplied), typeof(KeyDestroyed), typeof(LegalHoldPlaced), typeof(LegalHoldReleased),

        // Erasure: how long records are kept
        typeof(RetentionReached), typeof(RetentionPostponed), typeof(RecordCalledFor),

        // Erasure: how long the record of reads goes back
        typeof(OldReadsGivenUp),

        // Erasure: lines that an import rejected
        typeof(RejectedLinesKept), typeof(RejectedLinesHoldPlaced), typeof(RejectedLinesHoldReleased), typeof(RejectedLinesRetentionReached),
        typeof(RejectedLinesErased), typeof(RejectedLinesKeyDestroyed),
        typeof(RejectedLineErased), typeof(RejectedLineKeyDestroyed),

        // Supervision
        typeof(SupervisionStarted), typeof(AgentAssigned), typeof(AgentReassigned), typeof(SupervisionEnded),

        // Overdoses
        typeof(OverdoseReported), typeof(OverdosePersonIdentified), typeof(OverdoseConfirmed), typeof(OverdoseRuledOut),
        typeof(OverdoseFatalityConfirmed), typeof(FamilyFollowUpScheduled), typeof(OverdoseReportCorrected),

        // Overdoses: the duty
        typeof(OverdoseKnownToAgent), typeof(ReferralDutyTriggered), typeof(OverdoseMergedIntoDuty), typeof(ReferralDutyNotOwed),
        typeof(ClientNotInterestedRecorded), typeof(ReferralDutyExemptionRecorded), typeof(ReferralDutyImpossibilityRecorded),
        typeof(ReferralDutyDischarged), typeof(ReferralAttestationGiven), typeof(AgentSupervisorVerified),
        typeof(ReferralDutyReturned), typeof(ReferralDutyReassigned), typeof(ReferralDutyClosedUnsupervised),
        typeof(AgentKnowledgeCorrected), typeof(ReferralDutyDueMoved), typeof(ReferralDutyRejudged),

        // Overdoses: notices
        typeof(ReferralDutyReminderSent), typeof(ReferralDutyOverdue), typeof(ReferralUnacknowledgedNoticed),

        // Disclosures, and what opens a record in an emergency
        typeof(DisclosureMade), typeof(DisclosureBlocked), typeof(EmergencyAccessUsed), typeof(EmergencyAccessReviewed),

        // Emergencies: notices
        typeof(EmergencyReviewOverdue),

        // The client's own rights, and breaches
        typeof(AccountingRequested), typeof(AccountingProvided), typeof(RecordsRequestReceived), typeof(RecordsRequestFulfilled),
        typeof(AmendmentRequested), typeof(AmendmentAccepted), typeof(AmendmentDenied), typeof(DisagreementStated),
        typeof(BreachSuspected), typeof(BreachAssessed), typeof(BreachNotified), typeof(BreachAssessmentCorrected),

        // Referrals: the sender's side, then the receiver's
        typeof(ReferralCreated), typeof(ReferralSent), typeof(ReferralDeliveryConfirmed), typeof(ReferralDeliveryFailed),
        typeof(ReferralWithdrawn), typeof(ReferralAcknowledged), typeof(ReferralAccepted), typeof(ReferralDeclinedByReceiver),
        typeof(ReferralRedirected), typeof(ReferralContactAttempted), typeof(ReferralFirstContactMade),
        typeof(ReferralCouldNotContact), typeof(ReferralClosed), typeof(ReferralReopened),

        // Privacy
        typeof(EventLabelsCorrected),

        // Drop-ins: visits of nobody in particular
        typeof(AnonymousDropInVisited),

        // Courts: packets for hearings
        typeof(CourtReportIssued),

        // Drug tests: the draws, who takes part in them, and the tests
        typeof(SelectionSeedCommitted), typeof(TestsDrawn), typeof(SelectionSeedDisclosed), typeof(RandomTestingStarted), typeof(RandomTestingEnded),
        typeof(DrugTestSelected), typeof(DrugTestNotified), typeof(DrugTestCollected), typeof(DrugTestMissed), typeof(DrugTestRefused),
        typeof(DrugTestDilute), typeof(DrugTestAdulterated), typeof(DrugTestResultReported), typeof(DrugTestContested), typeof(DrugTestConfirmed),
        typeof(DrugTestCorrected), typeof(DrugTestExcused), typeof(DrugTestClosed),

        // Coaching
        typeof(PeerOffered), typeof(PeerAccepted), typeof(PeerDeclined), typeof(CoachingOrdered), typeof(CoachingOrderLifted), typeof(CoachAssigned), typeof(CoachUnassigned),
        typeof(HandoverCompleted), typeof(CoachingEnded), typeof(CoachingContinued), typeof(CoachingSessionScheduled), typeof(CoachingSessionRescheduled),
        typeof(CoachingSessionHeld), typeof(CoachingSessionMissed), typeof(CoachingSessionExcused), typeof(CoachNoteKept),
        typeof(RecoveryPlanCreated), typeof(RecoveryPlanSigned), typeof(RecoveryPlanReviewed), typeof(RecoveryPlanSuperseded), typeof(GoalSet),
        typeof(GoalProgressRecorded), typeof(GoalAchieved), typeof(GoalAbandoned), typeof(AssessmentCompleted),
        typeof(CoachingSessionCorrected), typeof(RecoveryPlanEntryRetracted), typeof(AssessmentCorrected),

        // Treatment: what its providers tell of attendance
        typeof(TreatmentAttendanceReported), typeof(TreatmentAttendanceCorrected),

        // Workforce
        typeof(CertificationGranted), typeof(CertificationRenewed), typeof(CertificationLapsed), typeof(CertificationSuspended), typeof(CertificationRevoked),
        typeof(CaseloadCapacitySet), typeof(ConflictOfInterestDeclared), typeof(CaseloadEntered), typeof(CaseloadLeft),

        // Touchpoints: plain facts
        typeof(SupervisionContactReported), typeof(ContactMade), typeof(OutreachAttempted), typeof(CallForServiceReceived),
        typeof(NaloxoneProvided), typeof(EdArrivalReported), typeof(EdDischargeReported), typeof(RecoveryCoachOffered),
        typeof(RecoveryCoachAccepted), typeof(RecoveryCoachDeclined), typeof(WarmHandoffPerformed),
        typeof(AdmittedToPlacement), typeof(NeedMet),
    ];
}
