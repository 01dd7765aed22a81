using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Referrals;

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
    }
}
