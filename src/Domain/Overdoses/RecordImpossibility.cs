using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Overdoses;

/// <summary>The duty cannot be met: the client is gone, or unreachable after the policy's attempts (R9).</summary>
public sealed record RecordImpossibility(
    Guid ClientId, Guid? DutyId, ImpossibleReason Reason, IReadOnlyList<ContactAttempt> Attempts, string? RecordedBy = null)
{
    public static Decision<DutyEvent> Decide(RecordImpossibility command, DutyState state, JurisdictionPolicy policy, DateTimeOffset now)
    {
        if (state.Find(command.DutyId) is not { } duty)
            return DutyRejections.NotFound();
        if (duty.Phase == DutyPhase.Impossible)
            return Decision<DutyEvent>.AlreadyDoneIf<ReferralDutyImpossibilityRecorded>(fact => fact.DutyId == duty.DutyId, (fact, _) => fact.Reason == command.Reason && fact.Attempts.SequenceEqual(command.Attempts));
        if (duty.Refusal() is { } ended)
            return ended;
        if (command.Attempts.Any(attempt => attempt.AttemptedAt > now + When.Skew))
            return DutyRejections.AttemptAhead();

        if (command.Reason == ImpossibleReason.Unreachable)
        {
            var missing = UnreachableRule.Missing(policy.Referrals.Unreachable, command.Attempts, new BusinessCalendar(policy));
            if (missing.Count > 0)
                return DutyRejections.AttemptsMissing(missing);
        }

        return new ReferralDutyImpossibilityRecorded(duty.DutyId, command.Reason, command.Attempts)
        {
            ClientId = command.ClientId,
            RecordedBy = command.RecordedBy,
        }.At(now);
    }
}
