using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Profile;

/// <summary>
/// Somebody is the client's family: another client, whom whoever says so reaches, or a person who is none. It gives nobody a right to the
/// other's record, and the other's record says nothing of it. A name is always told: to whoever does not reach that other client the two look alike.
/// </summary>
/// <param name="Relation">What that person is to the client, a code of the policy.</param>
/// <param name="OtherClientId">Another client, found to exist for the asker; null for a person who is none.</param>
/// <param name="Name">As the client calls them.</param>
/// <param name="Fingerprint">Keyed, over relation and who it is; computed at the edge.</param>
public sealed record LinkFamilyMember(Guid ClientId, string Relation, Guid? OtherClientId, Sealed<string> Name, string Fingerprint, When When)
{
    /// <summary>The id that a later unlinking names.</summary>
    public Guid LinkId => ValueId.Of(ClientId, "family", Fingerprint);

    public static Decision<ProfileEvent> Decide(LinkFamilyMember command, ProfileState state, IdentityPolicy policy, DateTimeOffset now)
    {
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (string.IsNullOrWhiteSpace(command.Name.Plain()))
            return ProfileRejections.ValueMissing("name");
        if (command.OtherClientId == command.ClientId)
            return ProfileRejections.FamilyOfOneself();
        if (!policy.Relations.Contains(command.Relation, StringComparer.Ordinal))
            return ProfileRejections.CodeUnknown("relation");
        if (state.Family.GetValueOrDefault(command.LinkId))
            return Decision<ProfileEvent>.AlreadyDone;

        return new FamilyMemberLinked(command.LinkId, Sealed<string>.Of(command.Relation), command.OtherClientId is { } other ? Sealed<Guid>.Of(other) : null, command.Name)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
