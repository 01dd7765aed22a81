using System.Diagnostics;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Profile;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Profile;

/// <summary>One thing that an agency knows, with every event that made it what it is: all of them are shown to somebody, or none is.</summary>
/// <param name="Agency">Whose record it is.</param>
/// <param name="Events">Oldest first.</param>
internal sealed record ProfilePiece(string Agency, IReadOnlyList<RecordedEvent> Events)
{
    /// <summary>What was told of it last.</summary>
    public ProfileEvent Last => (ProfileEvent)Events[^1].Data;

    public ConsentInformation Information => Told.By(Last.GetType());

    /// <returns>The pieces of an agency's profile, in the order in which they were first told.</returns>
    public static IEnumerable<ProfilePiece> Of(string agency, IEnumerable<RecordedEvent> events) => events
        .GroupBy(recorded => KeyOf((ProfileEvent)recorded.Data), StringComparer.Ordinal)
        .Select(piece => new ProfilePiece(agency, [.. piece]));

    /// <returns>The records that the piece consists of, as the decision asks about them.</returns>
    public IEnumerable<RecordShown> Records(LabelsState corrected) =>
        Events.Select(recorded => new RecordShown(Agency, Labels.Of(LabelsOf(recorded, corrected)), Told.By(recorded.Data.GetType())));

    public static IReadOnlyList<string> LabelsOf(RecordedEvent recorded, LabelsState corrected) =>
        corrected.Corrected.GetValueOrDefault(recorded.EventId) ?? (recorded.Headers as Circumstances)?.Labels ?? [];

    private static string KeyOf(ProfileEvent fact) => fact switch
    {
        DemographicsRecorded e => $"answer/{e.Field}",
        DemographicsCorrected e => $"answer/{e.Field}",
        AddressOrSleepingPlaceRecorded e => $"place/{e.PlaceId}",
        AddressOrSleepingPlaceEnded e => $"place/{e.PlaceId}",
        CommunicationNeedRecorded e => $"need/{e.NeedId}",
        CommunicationNeedEnded e => $"need/{e.NeedId}",
        EmergencyContactRecorded e => $"contact/{e.ContactId}",
        EmergencyContactRemoved e => $"contact/{e.ContactId}",
        FamilyMemberLinked e => $"family/{e.LinkId}",
        FamilyMemberUnlinked e => $"family/{e.LinkId}",
        VictimWitnessSupportRecordOpened => "victim-witness",
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in a profile."),
    };
}
