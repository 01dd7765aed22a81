using CaseFlow.Domain.Profile;

namespace CaseFlow.Projections.Timeline;

/// <summary>Lines of a profile's events: that something was learned, and what is safe, never the value.</summary>
internal static class ProfileSummaries
{
    public static string Of(ProfileEvent fact) => fact switch
    {
        DemographicsRecorded e => $"Answered a question about their person ({e.Field})",
        DemographicsCorrected e => $"Answer about their person corrected ({e.Field})",
        AddressOrSleepingPlaceRecorded e => $"Address or sleeping place recorded ({Visits(e.Visits)}, {(e.SafeToWrite ? "safe" : "not safe")} to write)",
        AddressOrSleepingPlaceEnded => "Address or sleeping place left",
        CommunicationNeedRecorded => "Communication need recorded",
        CommunicationNeedEnded => "Communication need ended",
        EmergencyContactRecorded e =>
            $"Emergency contact recorded ({(e.KnowsOfServices ? "knows" : "does not know")} of the services{(e.SafeToLeaveMessage ? ", safe to leave a message" : "")})",
        EmergencyContactRemoved => "Emergency contact removed",
        FamilyMemberLinked => "Family member recorded",
        FamilyMemberUnlinked => "Family member no longer recorded",
        VictimWitnessSupportRecordOpened => "Support as a victim or witness began",
        _ => throw new System.Diagnostics.UnreachableException($"{fact.GetType().Name} has no line in {nameof(ProfileSummaries)}."),
    };

    private static string Visits(VisitSafety safety) => safety switch
    {
        VisitSafety.Safe => "safe to visit",
        VisitSafety.NotSafe => "not safe to visit",
        _ => "not known whether safe to visit",
    };
}
