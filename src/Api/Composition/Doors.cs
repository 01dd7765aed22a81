using CaseFlow.Api.Administration;
using CaseFlow.Api.Caseload;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.ReferralCompliance;
using CaseFlow.Api.ReferralInbox;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.Timeline;

namespace CaseFlow.Api.Composition;

/// <summary>Every capability's doors, in one list.</summary>
public static class Doors
{
    public static void Map(IEndpointRouteBuilder api)
    {
        OverdoseDoors.Map(api);
        DutyDoors.Map(api);
        ReferralDoors.Map(api);
        IntakeDoors.Map(api);
        ReferralComplianceDoors.Map(api);
        TimelineDoors.Map(api);
        CaseloadDoors.Map(api);
        ReferralInboxDoors.Map(api);
        ProjectionDoors.Map(api);
    }
}
