using CaseFlow.Api.Commands;
using CaseFlow.Domain;
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

namespace CaseFlow.Api.Composition;

/// <summary>Every kind of stream: its stored alias and its fold. One list.</summary>
public static class Streams
{
    /// <summary>Notices decide nothing, so nothing folds them.</summary>
    public const string NoticeAlias = "notice";

    public static StreamOf<DirectoryState, DirectoryEvent> Directory { get; } = new("directory", DirectoryState.Initial, DirectoryState.Evolve);

    public static StreamOf<PolicyState, PolicyEvent> Policies { get; } = new("policies", PolicyState.Initial, PolicyState.Evolve);

    /// <summary>What administrators decided about views.</summary>
    public static StreamOf<ProjectionState, ProjectionEvent> Projections { get; } =
        new("projections", ProjectionState.Initial, ProjectionState.Evolve);

    /// <summary>What verifications of the stored history found.</summary>
    public static StreamOf<IntegrityState, IntegrityEvent> Integrity { get; } = new("integrity", IntegrityState.Initial, IntegrityState.Evolve);

    /// <summary>Which auditor went through what a programme recorded.</summary>
    public static StreamOf<ReplaySessionState, ReplaySessionEvent> ReplaySessions { get; } =
        new("replay_sessions", ReplaySessionState.Initial, ReplaySessionState.Evolve);

    public static StreamOf<ClientState, ClientEvent> Client { get; } = new("client", ClientState.Initial, ClientState.Evolve);

    /// <summary>What one agency knows about a client's person.</summary>
    public static StreamOf<ProfileState, ProfileEvent> Profile { get; } = new("profile", ProfileState.Initial, ProfileState.Evolve);

    /// <summary>What was decided about two clients who looked like one.</summary>
    public static StreamOf<DuplicateState, DuplicateEvent> Duplicates { get; } = new("duplicates", DuplicateState.Initial, DuplicateState.Evolve);

    /// <summary>Which records are of one person, and which entries are on the wrong one.</summary>
    public static StreamOf<IdentityState, IdentityEvent> Identities { get; } = new("identities", IdentityState.Initial, IdentityState.Evolve);

    public static StreamOf<ConsentState, ConsentEvent> Consents { get; } = new("consents", ConsentState.Initial, ConsentState.Evolve);

    /// <summary>How a treatment court works.</summary>
    public static StreamOf<CourtState, CourtEvent> Court { get; } = new("court", CourtState.Initial, CourtState.Evolve);

    /// <summary>Who holds the places of a treatment court.</summary>
    public static StreamOf<PlaceState, CourtPlaceEvent> CourtPlaces { get; } = new("court_places", PlaceState.Initial, PlaceState.Evolve);

    /// <summary>One client's time in one treatment court.</summary>
    public static StreamOf<ParticipationState, ParticipationEvent> Participation { get; } =
        new("participation", ParticipationState.Initial, ParticipationState.Evolve);

    /// <summary>A packet for a hearing, page by page.</summary>
    public static StreamOf<CourtReportState, CourtReportEvent> CourtReport { get; } =
        new("court_report", CourtReportState.Initial, CourtReportState.Evolve);

    /// <summary>What was ordered about the content of a client's record.</summary>
    public static StreamOf<ErasureState, ErasureEvent> Erasure { get; } = new("erasure", ErasureState.Initial, ErasureState.Evolve);

    /// <summary>Until when the record of reads goes back.</summary>
    public static StreamOf<ReadsKeptState, ReadsKeptEvent> ReadsKept { get; } = new("reads_kept", ReadsKeptState.Initial, ReadsKeptState.Evolve);

    /// <summary>What became of the lines that runs of imports rejected.</summary>
    public static StreamOf<RejectedLinesState, RejectedLinesEvent> RejectedLines { get; } =
        new("rejected_lines", RejectedLinesState.Initial, RejectedLinesState.Evolve);

    public static StreamOf<SupervisionState, SupervisionEvent> Supervision { get; } =
        new("supervision", SupervisionState.Initial, SupervisionState.Evolve);

    public static StreamOf<OverdoseState, OverdoseEvent> Overdose { get; } = new("overdose", OverdoseState.Initial, OverdoseState.Evolve);

    public static StreamOf<DutyState, DutyEvent> Duty { get; } = new("referral_duty", DutyState.Initial, DutyState.Evolve);

    public static StreamOf<DisclosureState, DisclosureEvent> Disclosures { get; } = new("disclosures", DisclosureState.Initial, DisclosureState.Evolve);

    /// <summary>One opening of a record in an emergency.</summary>
    public static StreamOf<EmergencyAccessState, EmergencyAccessEvent> EmergencyAccess { get; } =
        new("emergency_access", EmergencyAccessState.Initial, EmergencyAccessState.Evolve);

    /// <summary>What a client asked once of the own record.</summary>
    public static StreamOf<RecordRightsState, RecordRightsEvent> RecordRights { get; } =
        new("record_rights", RecordRightsState.Initial, RecordRightsState.Evolve);

    /// <summary>One opening alone, of a stream that may hold others beside it (<see cref="StreamIds.EarlierEmergencyAccess"/>).</summary>
    public static StreamOf<EmergencyAccessState, EmergencyAccessEvent> EmergencyAccessOf(Guid emergencyAccessId) => EmergencyAccess with
    {
        Evolve = (state, fact) => fact.EmergencyAccessId == emergencyAccessId ? EmergencyAccess.Evolve(state, fact) : state,
    };

    /// <summary>One request alone, of a stream that may hold others beside it (<see cref="StreamIds.EarlierRecordRights"/>).</summary>
    public static StreamOf<RecordRightsState, RecordRightsEvent> RecordRightsOf(Guid requestId) => RecordRights with
    {
        Evolve = (state, fact) => fact.RequestId == requestId ? RecordRights.Evolve(state, fact) : state,
    };

    public static StreamOf<BreachState, BreachEvent> Breaches { get; } = new("breaches", BreachState.Initial, BreachState.Evolve);

    /// <summary>The sender's side of a referral.</summary>
    public static StreamOf<ReferralState, ReferralEvent> Referral { get; } = new("referral", ReferralState.Initial, ReferralState.Evolve);

    /// <summary>The receiver's side, a stream of its own.</summary>
    public static StreamOf<IntakeState, IntakeEvent> Intake { get; } = new("referral_intake", IntakeState.Initial, IntakeState.Evolve);

    /// <summary>One visit of somebody who did not say who they are.</summary>
    public static StreamOf<DropInState, DropInEvent> DropIn { get; } = new("drop_in", DropInState.Initial, DropInState.Evolve);

    /// <summary>Corrections of labels.</summary>
    public static StreamOf<LabelsState, LabelEvent> Labels { get; } = new("labels", LabelsState.Initial, LabelsState.Evolve);

    /// <summary>A court's draws of a month.</summary>
    public static StreamOf<SelectionState, SelectionEvent> Selection { get; } = new("test_selection", SelectionState.Initial, SelectionState.Evolve);

    /// <summary>Who takes part in a court's draws.</summary>
    public static StreamOf<TestingRosterState, TestingRosterEvent> TestingRoster { get; } =
        new("testing_roster", TestingRosterState.Initial, TestingRosterState.Evolve);

    public static StreamOf<DrugTestingState, DrugTestEvent> DrugTesting { get; } = new("drug_testing", DrugTestingState.Initial, DrugTestingState.Evolve);

    /// <summary>What a court offers and orders.</summary>
    public static StreamOf<CoachingOrderState, CoachingOrderEvent> CoachingOrder { get; } =
        new("coaching_order", CoachingOrderState.Initial, CoachingOrderState.Evolve);

    /// <summary>A provider's coaching.</summary>
    public static StreamOf<CoachingState, CoachingEvent> Coaching { get; } = new("coaching", CoachingState.Initial, CoachingState.Evolve);

    /// <summary>What a treatment provider tells of attendance.</summary>
    public static StreamOf<TreatmentAttendanceState, TreatmentAttendanceEvent> TreatmentAttendance { get; } =
        new("treatment_attendance", TreatmentAttendanceState.Initial, TreatmentAttendanceState.Evolve);

    public static StreamOf<WorkforceState, WorkforceEvent> Workforce { get; } = new("workforce", WorkforceState.Initial, WorkforceState.Evolve);

    /// <summary>Plain facts of one agency about one client; nothing in them decides, so only their number is folded.</summary>
    public static StreamOf<int, TouchpointEvent> Touchpoints { get; } = new("touchpoints", 0, (count, _) => count + 1);
}
