using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Profile;

/// <summary>Where the client lives or sleeps, and whether it is safe to come or write there. Told again, what is said last counts.</summary>
/// <param name="Kind">A code of the policy.</param>
/// <param name="Place">An address, or words by which it is found.</param>
/// <param name="Until">The last day there; may lie ahead, for a stay that is granted until then.</param>
/// <param name="Fingerprint">Keyed, over kind and place; computed at the edge.</param>
/// <param name="Today">The local day of the recording.</param>
public sealed record RecordPlace(
    Guid ClientId,
    string Kind,
    Sealed<string> Place,
    DateOnly? From,
    DateOnly? Until,
    VisitSafety Visits,
    bool SafeToWrite,
    string Fingerprint,
    DateOnly Today,
    When When)
{
    /// <summary>The id that a later end names.</summary>
    public Guid PlaceId => ValueId.Of(ClientId, "place", Fingerprint);

    public static Decision<ProfileEvent> Decide(RecordPlace command, ProfileState state, IdentityPolicy policy, DateTimeOffset now)
    {
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (!policy.PlaceKinds.Contains(command.Kind, StringComparer.Ordinal))
            return ProfileRejections.CodeUnknown("kind");
        if (string.IsNullOrWhiteSpace(command.Place.Plain()))
            return ProfileRejections.ValueMissing("place");
        if (command.From > command.Today)
            return ProfileRejections.Ahead("from");
        if (command.Until < command.From)
            return ProfileRejections.EndsBeforeItBegins();
        if (state.Places.GetValueOrDefault(command.PlaceId) == new KnownPlace(command.From, command.Until, command.Visits, command.SafeToWrite))
            return Decision<ProfileEvent>.AlreadyDone;

        return new AddressOrSleepingPlaceRecorded(
            command.PlaceId, Sealed<string>.Of(command.Kind), command.Place, command.From, command.Until, command.Visits, command.SafeToWrite)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
