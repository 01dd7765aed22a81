namespace CaseFlow.Domain.Profile;

/// <summary>That person is not to be called any more.</summary>
public sealed record RemoveEmergencyContact(Guid ClientId, Guid ContactId, Sealed<string> Reason, When When)
{
    public static Decision<ProfileEvent> Decide(RemoveEmergencyContact command, ProfileState state, DateTimeOffset now)
    {
        if (!state.Contacts.TryGetValue(command.ContactId, out var known))
            return ProfileRejections.ContactNotFound(command.ContactId);
        if (known is null)
            return Decision<ProfileEvent>.AlreadyDoneIf<EmergencyContactRemoved>(fact => fact.ContactId == command.ContactId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason));

        return command.When.Check(now) is { } rejection
            ? rejection
            : new EmergencyContactRemoved(command.ContactId, command.Reason) { ClientId = command.ClientId }.At(command.When);
    }
}
