namespace CaseFlow.Domain.Referrals;

/// <summary>A client is to be referred to another agency; nothing has left yet.</summary>
/// <param name="DutyId">The duty it is to discharge, when there is one.</param>
/// <param name="Need">What is asked for, a code such as <c>recovery-coach</c>.</param>
public sealed record CreateReferral(
    Guid ReferralId,
    Guid ClientId,
    Guid? DutyId,
    string FromAgencyId,
    string ToAgencyId,
    string CreatedBy,
    string Need,
    Sealed<string>? Message,
    When When)
{
    /// <param name="receiverIsKnown">Whether the directory knows the receiving agency.</param>
    public static Decision<ReferralEvent> Decide(CreateReferral command, ReferralState state, bool receiverIsKnown, DateTimeOffset now)
    {
        if (state.Phase != ReferralPhase.NotCreated)
            return IsSame(command, state) ? Decision<ReferralEvent>.AlreadyDoneIf<ReferralCreated>((fact, same) => command.When.Says(fact, now) && same(command.Message, fact.Message), ReferralRejections.CreatedDifferently(command.ReferralId)) : ReferralRejections.CreatedDifferently(command.ReferralId);
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (command.FromAgencyId == command.ToAgencyId)
            return ReferralRejections.ToOwnAgency();
        if (!receiverIsKnown)
            return ReferralRejections.ReceiverUnknown(command.ToAgencyId);
        if (!Slug.IsValid(command.Need))
            return ReferralRejections.NeedNotASlug();

        return new ReferralCreated(command.FromAgencyId, command.ToAgencyId, command.CreatedBy, command.Need, command.Message)
        {
            ReferralId = command.ReferralId,
            ClientId = command.ClientId,
            DutyId = command.DutyId,
        }.At(command.When);
    }

    private static bool IsSame(CreateReferral command, ReferralState state) =>
        (command.ClientId, command.DutyId, command.FromAgencyId, command.ToAgencyId, command.Need)
        == (state.ClientId, state.DutyId, state.FromAgencyId, state.ToAgencyId, state.Need);
}
