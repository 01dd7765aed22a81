namespace CaseFlow.Domain.Profile;

/// <summary>The client does not need it any more, or never did.</summary>
public sealed record EndCommunicationNeed(Guid ClientId, Guid NeedId, Sealed<string> Reason, When When)
{
    public static Decision<ProfileEvent> Decide(EndCommunicationNeed command, ProfileState state, DateTimeOffset now)
    {
        if (!state.Needs.TryGetValue(command.NeedId, out var current))
            return ProfileRejections.NeedNotFound(command.NeedId);
        if (!current)
            return Decision<ProfileEvent>.AlreadyDoneIf<CommunicationNeedEnded>(fact => fact.NeedId == command.NeedId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason));

        return command.When.Check(now) is { } rejection
            ? rejection
            : new CommunicationNeedEnded(command.NeedId, command.Reason) { ClientId = command.ClientId }.At(command.When);
    }
}
