using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Administration;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Caseload;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Coaching;
using CaseFlow.Api.Consents;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.Courts;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.DataEntry;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.DropIns;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.EndingConsents;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Integrity;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Policies;
using CaseFlow.Api.Privacy;
using CaseFlow.Api.Profile;
using CaseFlow.Api.ReferralCompliance;
using CaseFlow.Api.ReferralInbox;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.RejectedLines;
using CaseFlow.Api.Replays;
using CaseFlow.Api.Retention;
using CaseFlow.Api.Supervision;
using CaseFlow.Api.Timeline;
using CaseFlow.Api.Touchpoints;
using CaseFlow.Api.Treatment;
using CaseFlow.Api.Workforce;

namespace CaseFlow.Api.Composition;

/// <summary>Every capability's doors, in one list.</summary>
public static class Doors
{
    public static void Map(IEndpointRouteBuilder api)
    {
        AgencyDoors.Map(api);
        PolicyDoors.Map(api);
        ClientDoors.Map(api);
        IdentityDoors.Map(api);
        PersonDoors.Map(api);
        ProfileDoors.Map(api);
        ConsentDoors.Map(api);
        ReadMissingConsents.Map(api);
        RestrictionDoors.Map(api);
        ConsentNoticeDoors.Map(api);
        ErasureDoors.Map(api);
        RetentionDoors.Map(api);
        OverdoseRetentionDoors.Map(api);
        SupervisionDoors.Map(api);
        TouchpointDoors.Map(api);
        CourtDoors.Map(api);
        ListCourts.Map(api);
        ParticipationDoors.Map(api);
        DropInDoors.Map(api);
        OverdoseDoors.Map(api);
        DutyDoors.Map(api);
        ReferralDoors.Map(api);
        IntakeDoors.Map(api);
        TestDoors.Map(api);
        SelectionDoors.Map(api);
        CoachingDoors.Map(api);
        TreatmentDoors.Map(api);
        WorkforceDoors.Map(api);
        ReadWorkers.Map(api);
        ReferralComplianceDoors.Map(api);
        TimelineDoors.Map(api);
        LabelDoors.Map(api);
        CaseloadDoors.Map(api);
        ReferralInboxDoors.Map(api);
        ComplianceDoor.Map(api);
        CourtCaseloadDoor.Map(api);
        CourtTestsDoor.Map(api);
        HearingCalendarDoor.Map(api);
        PacketDoors.Map(api);
        TimelinessDoors.Map(api);
        AccessDoors.Map(api);
        AccessExpiryDesk.Map(api);
        DisclosureDoors.Map(api);
        ProjectionDoors.Map(api);
        MessageDoors.Map(api);
        IntegrityDoors.Map(api);
        ReplayDoors.Map(api);
        RejectedLinesDoors.Map(api);
        RejectedLinesRetentionDoors.Map(api);
    }
}
