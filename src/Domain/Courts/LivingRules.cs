using CaseFlow.Domain.Clients;

namespace CaseFlow.Domain.Courts;

/// <summary>
/// Nobody is sanctioned, sought, or said to have failed who has died. What happened before is recorded also later, for it was so; the
/// participation is closed by the court, and by nobody else.
/// </summary>
public static class LivingRules
{
    /// <returns>Whether the decision about an entry asks if the participant lived.</returns>
    public static bool Ask(ParticipationEvent fact) => fact is SanctionImposed or JailSanctionImposed or JailSanctionServed or WarrantIssued or ConditionViolated
        or TerminationProposed or ParticipationTerminated or PhaseReturnedToEarlier or StatusHearingMissed;

    /// <returns>Why the entry cannot be about somebody who had died by then; null where it can.</returns>
    internal static Rejection? Check(ParticipationEvent fact, When when, ParticipationState state, KnownDeath? death) => (fact, death) switch
    {
        (_, null) => null,
        (StatusHearingMissed { Excused: true }, _) => null,
        (StatusHearingMissed e, _) => state.Hearings.GetValueOrDefault(e.HearingId) is { } hearing ? death.CheckAwaited(hearing.At) : null,
        (ConditionViolated, _) => death.CheckAwaited(when.OccurredAt),
        _ when Ask(fact) => death.CheckDone(when.OccurredAt),
        _ => null,
    };
}
