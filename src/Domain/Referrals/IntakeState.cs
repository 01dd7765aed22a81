using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Referrals;

/// <summary>The receiver's side of a referral: who holds it and how far they got with the client.</summary>
/// <param name="HolderAgencyId">Who holds it after a redirection; null while it is with the agency it was sent to.</param>
/// <param name="RedirectedBy">Who passed it on to the holder.</param>
/// <param name="Attempts">The holder's attempts to reach the client, since the referral was last reopened.</param>
/// <param name="Outcome">How it was closed; null unless it is closed.</param>
/// <param name="WasAccepted">Whether the holder took it on, also after it was closed.</param>
/// <param name="WasReopened">Reopened, and neither declined nor closed since.</param>
public sealed record IntakeState(
    IntakePhase Phase,
    string? HolderAgencyId,
    string? RedirectedBy,
    ImmutableList<ContactAttempt> Attempts,
    bool FirstContactMade,
    bool CouldNotContact,
    ReferralOutcome? Outcome,
    bool WasAccepted,
    bool WasReopened)
{
    public static readonly IntakeState Initial = new(
        IntakePhase.Waiting,
        HolderAgencyId: null,
        RedirectedBy: null,
        [],
        FirstContactMade: false,
        CouldNotContact: false,
        Outcome: null,
        WasAccepted: false,
        WasReopened: false);

    public static IntakeState Evolve(IntakeState state, IntakeEvent fact) => fact switch
    {
        ReferralAcknowledged => state with { Phase = IntakePhase.Acknowledged },
        ReferralAccepted => state with { Phase = IntakePhase.Accepted, WasAccepted = true },
        ReferralDeclinedByReceiver => state with { Phase = IntakePhase.Declined, WasReopened = false },
        ReferralRedirected e => Initial with { HolderAgencyId = e.ToAgencyId, RedirectedBy = e.ProviderAgencyId },
        ReferralContactAttempted e => state with { Attempts = state.Attempts.Add(new(e.OccurredAt, e.Mode, e.Outcome)) },
        ReferralFirstContactMade => state with { FirstContactMade = true },
        ReferralCouldNotContact => state with { CouldNotContact = true },
        ReferralClosed e => state with { Phase = IntakePhase.Closed, Outcome = e.Outcome, WasReopened = false },
        ReferralReopened => state with
        {
            Phase = state.WasAccepted ? IntakePhase.Accepted : IntakePhase.Acknowledged,
            Attempts = [],
            CouldNotContact = false,
            Outcome = null,
            WasReopened = true,
        },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(IntakeState)}."),
    };
}

public enum IntakePhase
{
    /// <summary>Sent to the holder, who has not confirmed receipt.</summary>
    Waiting,
    Acknowledged,
    Accepted,
    Declined,
    Closed,
}
