using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Profile;

/// <summary>What it takes to speak with the client.</summary>
/// <param name="KindWord">The kind as it is stored.</param>
/// <param name="Code">A code of the kind's list; null for a self-advocate.</param>
/// <param name="Words">In words.</param>
/// <param name="Fingerprint">Keyed, over kind, code and words; computed at the edge.</param>
public sealed record RecordCommunicationNeed(
    Guid ClientId, CommunicationNeedKind Kind, string KindWord, string? Code, Sealed<string>? Words, string Fingerprint, When When)
{
    /// <summary>The id that a later end names.</summary>
    public Guid NeedId => ValueId.Of(ClientId, "communication-need", Fingerprint);

    public static Decision<ProfileEvent> Decide(RecordCommunicationNeed command, ProfileState state, IdentityPolicy policy, DateTimeOffset now)
    {
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (ListOf(command.Kind, policy) is null != command.Code is null)
            return ProfileRejections.NeedCodeMismatch();
        if (command.Code is { } code && !ListOf(command.Kind, policy)!.Contains(code, StringComparer.Ordinal))
            return ProfileRejections.CodeUnknown("code");
        if (state.Needs.GetValueOrDefault(command.NeedId))
            return Decision<ProfileEvent>.AlreadyDone;

        return new CommunicationNeedRecorded(command.NeedId, Sealed<string>.Of(command.KindWord), Sealing.Seal(command.Code), command.Words)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }

    private static IReadOnlyList<string>? ListOf(CommunicationNeedKind kind, IdentityPolicy policy) => kind switch
    {
        CommunicationNeedKind.Language => policy.Languages,
        CommunicationNeedKind.Disability => policy.Disabilities,
        CommunicationNeedKind.Accommodation => policy.Accommodations,
        _ => null,
    };
}
