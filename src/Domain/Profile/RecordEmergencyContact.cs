using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Profile;

/// <summary>Whom to call when something happens to the client, and what may be said there. Told again, what is said last counts.</summary>
/// <param name="Relation">A code of the policy.</param>
/// <param name="Reach">Number or address.</param>
/// <param name="Fingerprint">Keyed, over relation, name and reach; computed at the edge.</param>
public sealed record RecordEmergencyContact(
    Guid ClientId, string Relation, Sealed<string> Name, Sealed<string> Reach, ContactTerms Terms, string Fingerprint, When When)
{
    /// <summary>The id that a later removal names.</summary>
    public Guid ContactId => ValueId.Of(ClientId, "emergency-contact", Fingerprint);

    public static Decision<ProfileEvent> Decide(RecordEmergencyContact command, ProfileState state, IdentityPolicy policy, DateTimeOffset now)
    {
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (!policy.Relations.Contains(command.Relation, StringComparer.Ordinal))
            return ProfileRejections.CodeUnknown("relation");
        if (string.IsNullOrWhiteSpace(command.Name.Plain()))
            return ProfileRejections.ValueMissing("name");
        if (string.IsNullOrWhiteSpace(command.Reach.Plain()))
            return ProfileRejections.ValueMissing("reach");
        if (state.Contacts.GetValueOrDefault(command.ContactId) == command.Terms)
            return Decision<ProfileEvent>.AlreadyDone;

        return new EmergencyContactRecorded(
            command.ContactId, Sealed<string>.Of(command.Relation), command.Name, command.Reach, command.Terms.SafeToLeaveMessage, command.Terms.KnowsOfServices)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
