using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Supervision;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Domain.Privacy;

/// <summary>How much of a treatment a fact tells; each tells more than the one before.</summary>
public enum Depth
{
    /// <summary>Whether somebody takes part: referred, accepted, met.</summary>
    Participation,

    /// <summary>How it goes: what monitoring progress takes (42 CFR 2.35(a)).</summary>
    Progress,

    /// <summary>Everything else.</summary>
    Detail,
}

/// <summary>The depth of each kind of fact. What nobody has placed here is detail: a new event is shown to nobody by oversight.</summary>
public static class Depths
{
    public static Depth Of(Type fact) => fact switch
    {
        _ when fact == typeof(ReferralContactAttempted) || fact == typeof(ReferralClosed) => Depth.Progress,
        _ when fact.IsSubclassOf(typeof(IntakeEvent)) || fact.IsSubclassOf(typeof(ReferralEvent)) || fact.IsSubclassOf(typeof(SupervisionEvent)) =>
            Depth.Participation,
        _ when fact == typeof(ContactMade) || fact == typeof(RecoveryCoachOffered) || fact == typeof(RecoveryCoachAccepted)
            || fact == typeof(RecoveryCoachDeclined) => Depth.Participation,
        _ when fact == typeof(OutreachAttempted) || fact == typeof(WarmHandoffPerformed) || fact == typeof(AdmittedToPlacement)
            || fact == typeof(SupervisionContactReported) => Depth.Progress,
        _ when fact.IsSubclassOf(typeof(DutyEvent)) => Depth.Progress,
        _ => Depth.Detail,
    };
}
