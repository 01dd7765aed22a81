using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Profile;

/// <summary>What a decision about an agency's profile of a client needs to know: ids of values, never a value.</summary>
/// <param name="Answers">The latest answer by question.</param>
/// <param name="Places">By id.</param>
/// <param name="Needs">By id; false for one that ended.</param>
/// <param name="Contacts">By id; null for one that was removed.</param>
/// <param name="Family">By id; false for one that was unlinked.</param>
/// <param name="SupportsVictim">Victim services opened their record.</param>
public sealed record ProfileState(
    ImmutableDictionary<string, Guid> Answers,
    ImmutableDictionary<Guid, KnownPlace> Places,
    ImmutableDictionary<Guid, bool> Needs,
    ImmutableDictionary<Guid, ContactTerms?> Contacts,
    ImmutableDictionary<Guid, bool> Family,
    bool SupportsVictim)
{
    public static readonly ProfileState Initial = new(
        ImmutableDictionary<string, Guid>.Empty,
        ImmutableDictionary<Guid, KnownPlace>.Empty,
        ImmutableDictionary<Guid, bool>.Empty,
        ImmutableDictionary<Guid, ContactTerms?>.Empty,
        ImmutableDictionary<Guid, bool>.Empty,
        SupportsVictim: false);

    public static ProfileState Evolve(ProfileState state, ProfileEvent fact) => fact switch
    {
        DemographicsRecorded e => state with { Answers = state.Answers.SetItem(e.Field, e.AnswerId) },
        DemographicsCorrected e => state with { Answers = state.Answers.SetItem(e.Field, e.AnswerId) },
        AddressOrSleepingPlaceRecorded e => state with
        {
            Places = state.Places.SetItem(e.PlaceId, new KnownPlace(e.From, e.Until, e.Visits, e.SafeToWrite)),
        },
        AddressOrSleepingPlaceEnded e => state with { Places = state.Places.SetItem(e.PlaceId, state.Places[e.PlaceId] with { Until = e.On }) },
        CommunicationNeedRecorded e => state with { Needs = state.Needs.SetItem(e.NeedId, true) },
        CommunicationNeedEnded e => state with { Needs = state.Needs.SetItem(e.NeedId, false) },
        EmergencyContactRecorded e => state with { Contacts = state.Contacts.SetItem(e.ContactId, new ContactTerms(e.SafeToLeaveMessage, e.KnowsOfServices)) },
        EmergencyContactRemoved e => state with { Contacts = state.Contacts.SetItem(e.ContactId, null) },
        FamilyMemberLinked e => state with { Family = state.Family.SetItem(e.LinkId, true) },
        FamilyMemberUnlinked e => state with { Family = state.Family.SetItem(e.LinkId, false) },
        VictimWitnessSupportRecordOpened => state with { SupportsVictim = true },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ProfileState)}."),
    };
}

/// <summary>What is known of a place but the place itself.</summary>
public sealed record KnownPlace(DateOnly? From, DateOnly? Until, VisitSafety Visits, bool SafeToWrite);

/// <summary>What may be said to an emergency contact.</summary>
public sealed record ContactTerms(bool SafeToLeaveMessage, bool KnowsOfServices);
