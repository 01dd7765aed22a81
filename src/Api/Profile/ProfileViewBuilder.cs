using CaseFlow.Domain;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Api.Profile;

/// <summary>Opens the pieces that somebody sees. What ended is left out, but for places: where somebody was helps to find them.</summary>
/// <param name="openToken">The text of a sealed token; null for none, and when its key was destroyed.</param>
internal sealed class ProfileViewBuilder(Func<string?, string?> openToken)
{
    public List<ReadProfile.AnswerView> Answers { get; } = [];

    public List<ReadProfile.PlaceView> Places { get; } = [];

    public List<ReadProfile.NeedView> Needs { get; } = [];

    public List<ReadProfile.ContactView> Contacts { get; } = [];

    /// <summary>With every other client named, whoever asks: the caller takes out whom the asker does not reach.</summary>
    public List<ReadProfile.FamilyView> Family { get; } = [];

    public List<ReadProfile.VictimWitnessView> Support { get; } = [];

    public void Add(ProfilePiece piece, ReadProfile.Source source)
    {
        switch (piece.Last)
        {
            case DemographicsRecorded e when Open(e.Codes) is { } codes:
                Answers.Add(new(e.Field, codes.Split(' '), Open(e.SelfDescribed), IsCorrected: false, source));
                break;
            case DemographicsCorrected e when Open(e.Codes) is { } codes:
                Answers.Add(new(e.Field, codes.Split(' '), Open(e.SelfDescribed), IsCorrected: true, source));
                break;
            case AddressOrSleepingPlaceRecorded e:
                AddPlace(e, e.Until, source);
                break;
            // A question about the past may keep the end alone: the end may have happened before what it ends did, and nothing is known of a place then.
            case AddressOrSleepingPlaceEnded ended
                when piece.Events.LastOrDefault(told => told.Data is AddressOrSleepingPlaceRecorded)?.Data is AddressOrSleepingPlaceRecorded place:
                AddPlace(place, ended.On, source);
                break;
            case CommunicationNeedRecorded e when Open(e.Kind) is { } kind:
                Needs.Add(new(e.NeedId, kind, Open(e.Code), Open(e.Words), source));
                break;
            case EmergencyContactRecorded e when Open(e.Relation) is { } relation && Open(e.Name) is { } name && Open(e.Reach) is { } reach:
                Contacts.Add(new(e.ContactId, relation, name, reach, e.SafeToLeaveMessage, e.KnowsOfServices, source));
                break;
            case FamilyMemberLinked e when Open(e.Relation) is { } relation && Open(e.Name) is { } name:
                Family.Add(new(e.LinkId, relation, name, Guid.TryParse(openToken(e.OtherClient?.Token), out var other) ? other : null, Code: null, source));
                break;
            case VictimWitnessSupportRecordOpened e when Open(e.Capacity) is { } capacity:
                Support.Add(new(capacity, Open(e.Words), source));
                break;
        }
    }

    private void AddPlace(AddressOrSleepingPlaceRecorded e, DateOnly? until, ReadProfile.Source source)
    {
        if (Open(e.Kind) is { } kind && Open(e.Place) is { } place)
            Places.Add(new(e.PlaceId, kind, place, e.From, until, e.Visits, e.SafeToWrite, source));
    }

    private string? Open(Sealed<string>? content) => openToken(content?.Token);
}
