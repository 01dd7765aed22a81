using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Profile;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Supervision;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Domain.TreatmentAttendance;

namespace CaseFlow.Domain.Privacy;

/// <summary>How much of a treatment a fact tells; each tells more than the one before.</summary>
public enum Depth
{
    /// <summary>Whether somebody takes part: referred, accepted, met.</summary>
    Participation,

    /// <summary>How it goes: what monitoring progress takes (42 CFR 2.35(a)).</summary>
    Progress,

    /// <summary>Everything else.</summary>
    Detail,
}

/// <summary>
/// What each kind of fact tells, in the words of a consent. What nobody has placed here is told only by a consent to the whole record: a new
/// event is shown to nobody by oversight.
/// </summary>
public static class Told
{
    /// <returns>The information that a consent must name for a fact of this type.</returns>
    public static ConsentInformation By(Type fact) => fact switch
    {
        _ when fact == typeof(ReferralContactAttempted) => ConsentInformation.Progress,
        _ when fact == typeof(ReferralClosed) => ConsentInformation.Discharge,
        _ when fact.IsSubclassOf(typeof(IntakeEvent)) || fact.IsSubclassOf(typeof(ReferralEvent)) || fact.IsSubclassOf(typeof(SupervisionEvent)) =>
            ConsentInformation.Engagement,
        _ when fact == typeof(RecoveryCoachOffered) || fact == typeof(RecoveryCoachAccepted) || fact == typeof(RecoveryCoachDeclined) =>
            ConsentInformation.Engagement,
        _ when fact == typeof(ContactMade) || fact == typeof(SupervisionContactReported) => ConsentInformation.Attendance,
        _ when fact == typeof(OutreachAttempted) || fact == typeof(WarmHandoffPerformed) || fact == typeof(AdmittedToPlacement) =>
            ConsentInformation.Progress,
        _ when fact.IsSubclassOf(typeof(DutyEvent)) => ConsentInformation.Progress,
        _ when fact == typeof(TreatmentCourtReferred) || fact == typeof(EligibilityDetermined) || fact == typeof(ParticipantDeclinedProgram)
            || fact == typeof(ParticipantAdmitted) => ConsentInformation.Engagement,
        _ when fact == typeof(StatusHearingHeld) || fact == typeof(StatusHearingMissed) => ConsentInformation.Attendance,
        _ when fact == typeof(ParticipationTerminated) || fact == typeof(ParticipantWithdrew) || fact == typeof(ParticipationClosed)
            || fact == typeof(ParticipantGraduated) => ConsentInformation.Discharge,
        _ when fact == typeof(EligibilityScreened) || fact == typeof(ServiceAdjustmentMade) || fact == typeof(StaffingHeld)
            || fact == typeof(CourtEntryRetracted) || fact.IsSubclassOf(typeof(CourtReportEvent)) => ConsentInformation.WholeRecord,
        _ when fact.IsSubclassOf(typeof(ParticipationEvent)) => ConsentInformation.Progress,
        _ when fact.IsSubclassOf(typeof(DrugTestEvent)) || fact.IsSubclassOf(typeof(TestingRosterEvent)) => ConsentInformation.TestResults,
        _ when fact == typeof(CoachingSessionScheduled) || fact == typeof(CoachingSessionRescheduled) || fact == typeof(CoachingSessionHeld)
            || fact == typeof(CoachingSessionMissed) || fact == typeof(CoachingSessionExcused) || fact == typeof(CoachingSessionCorrected)
            || fact.IsSubclassOf(typeof(TreatmentAttendanceEvent)) => ConsentInformation.Attendance,
        _ when fact.IsSubclassOf(typeof(CoachingOrderEvent)) || fact == typeof(CoachAssigned) || fact == typeof(CoachUnassigned) || fact == typeof(HandoverCompleted) => ConsentInformation.Engagement,
        _ when fact == typeof(CoachingEnded) => ConsentInformation.Discharge,
        _ when fact == typeof(AssessmentCompleted) || fact == typeof(AssessmentCorrected) => ConsentInformation.Assessment,
        _ when fact == typeof(RecoveryPlanCreated) || fact == typeof(RecoveryPlanSigned) || fact == typeof(RecoveryPlanReviewed)
            || fact == typeof(RecoveryPlanSuperseded) || fact == typeof(GoalSet) || fact == typeof(GoalProgressRecorded)
            || fact == typeof(GoalAchieved) || fact == typeof(GoalAbandoned) || fact == typeof(RecoveryPlanEntryRetracted) => ConsentInformation.TreatmentPlan,
        _ when fact == typeof(ContactPointAdded) || fact == typeof(ContactPointSafetyFlagged) || fact == typeof(ContactPointRemoved) =>
            ConsentInformation.ContactDetails,
        _ when fact == typeof(AddressOrSleepingPlaceRecorded) || fact == typeof(AddressOrSleepingPlaceEnded)
            || fact == typeof(EmergencyContactRecorded) || fact == typeof(EmergencyContactRemoved)
            || fact == typeof(CommunicationNeedRecorded) || fact == typeof(CommunicationNeedEnded) => ConsentInformation.ContactDetails,
        _ => ConsentInformation.WholeRecord,
    };

    /// <returns>How much information of this kind tells.</returns>
    public static Depth DepthOf(ConsentInformation information) => information switch
    {
        ConsentInformation.Engagement or ConsentInformation.Attendance => Depth.Participation,
        ConsentInformation.Progress or ConsentInformation.TestResults or ConsentInformation.Discharge => Depth.Progress,
        _ => Depth.Detail,
    };
}
