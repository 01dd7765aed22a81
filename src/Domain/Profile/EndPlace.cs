namespace CaseFlow.Domain.Profile;

/// <summary>The client is no longer there.</summary>
/// <param name="On">The last day.</param>
/// <param name="Today">The local day of the recording.</param>
public sealed record EndPlace(Guid ClientId, Guid PlaceId, DateOnly On, Sealed<string>? Reason, DateOnly Today, When When)
{
    public static Decision<ProfileEvent> Decide(EndPlace command, ProfileState state, DateTimeOffset now)
    {
        if (state.Places.GetValueOrDefault(command.PlaceId) is not { } known)
            return ProfileRejections.PlaceNotFound(command.PlaceId);
        if (known.Until == command.On)
            return Decision<ProfileEvent>.AlreadyDoneIf<AddressOrSleepingPlaceEnded>(fact => fact.PlaceId == command.PlaceId, (fact, same) => command.When.Says(fact, now) && fact.On == command.On && same(command.Reason, fact.Reason));
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (command.On > command.Today)
            return ProfileRejections.Ahead("on");
        if (command.On < known.From)
            return ProfileRejections.EndsBeforeItBegins();

        return new AddressOrSleepingPlaceEnded(command.PlaceId, command.On, command.Reason) { ClientId = command.ClientId }.At(command.When);
    }
}
