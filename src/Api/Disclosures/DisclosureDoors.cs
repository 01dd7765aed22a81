namespace CaseFlow.Api.Disclosures;

/// <summary>What leaves an agency's record, who is told of it, and who opened it in an emergency.</summary>
public static class DisclosureDoors
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RecordDisclosureDoor.Map(api);
        AccountingDoor.Map(api);
        EmergencyDoors.Map(api);
        RightsDoors.Map(api);
        AmendmentDoors.Map(api);
        RecordCopyDoor.Map(api);
        BreachDoors.Map(api);
    }
}
