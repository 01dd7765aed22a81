namespace CaseFlow.Domain.Profile;

/// <summary>That person is not the client's family, or is not to be named as such.</summary>
public sealed record UnlinkFamilyMember(Guid ClientId, Guid LinkId, Sealed<string> Reason, When When)
{
    public static Decision<ProfileEvent> Decide(UnlinkFamilyMember command, ProfileState state, DateTimeOffset now)
    {
        if (!state.Family.TryGetValue(command.LinkId, out var linked))
            return ProfileRejections.FamilyLinkNotFound(command.LinkId);
        if (!linked)
            return Decision<ProfileEvent>.AlreadyDoneIf<FamilyMemberUnlinked>(fact => fact.LinkId == command.LinkId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason));

        return command.When.Check(now) is { } rejection
            ? rejection
            : new FamilyMemberUnlinked(command.LinkId, command.Reason) { ClientId = command.ClientId }.At(command.When);
    }
}
