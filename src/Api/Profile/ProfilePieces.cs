using System.Diagnostics;
using CaseFlow.Api.Privacy;
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

    /// <returns>The pieces of an agency's profile, in the order in which they were first told; without those of which nothing counts.</returns>
    /// <param name="agency">Whose record it is.</param>
    /// <param name="events">In log order.</param>
    /// <param name="sight">What is hidden of the record counts as not told, and all of its piece before it with it, so that nothing older stands in its place.
    /// What is told anew after it begins the piece again; what ends or corrects the hidden goes with it.</param>
    public static IEnumerable<ProfilePiece> Of(string agency, IEnumerable<RecordedEvent> events, EntrySight sight) => events
        .GroupBy(recorded => KeyOf((ProfileEvent)recorded.Data), StringComparer.Ordinal)
        .Select(piece => new ProfilePiece(agency, Counting([.. piece], sight)))
        .Where(piece => piece.Events.Count > 0);

    /// <returns>The records that the piece consists of, as the decision asks about them.</returns>
    public IEnumerable<RecordShown> Records(EntryLabels labels) =>
        Events.Select(recorded => new RecordShown(Agency, Labels.Of(labels.Of(recorded)), Told.By(recorded.Data.GetType())));

    private static List<RecordedEvent> Counting(List<RecordedEvent> piece, EntrySight sight) =>
        piece.FindLastIndex(sight.HidesWhatever) is var last and >= 0
            ? [.. piece.Skip(last + 1).SkipWhile(recorded => !BeginsAnew((ProfileEvent)recorded.Data))]
            : piece;

    private static bool BeginsAnew(ProfileEvent fact) => fact is DemographicsRecorded or AddressOrSleepingPlaceRecorded or CommunicationNeedRecorded
        or EmergencyContactRecorded or FamilyMemberLinked or VictimWitnessSupportRecordOpened;

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
