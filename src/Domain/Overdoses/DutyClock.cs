using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Overdoses;

/// <summary>When a duty starts, reminds and is due (R1), all UTC.</summary>
public readonly record struct DutyClock(DateTimeOffset StartsAt, DateTimeOffset DueAt, DateTimeOffset RemindAt)
{
    /// <param name="knownAt">When the agent learned.</param>
    /// <param name="policy">In force then.</param>
    public static DutyClock Of(DateTimeOffset knownAt, JurisdictionPolicy policy)
    {
        var calendar = new BusinessCalendar(policy);
        var dueAt = calendar.Add(knownAt, policy.OverdoseDuty.Within);
        return new DutyClock(calendar.OfficeTimeFrom(knownAt), dueAt, dueAt.AddHours(-policy.OverdoseDuty.ReminderHoursBeforeDue));
    }

    /// <summary>An open duty's due time moves, a discharged one is judged again; nothing when due time and version stay.</summary>
    internal IEnumerable<DutyEvent> AppliedTo(Duty duty, Guid clientId, int policyVersion)
    {
        if (DueAt == duty.DueAt && policyVersion == duty.PolicyVersion)
            yield break;

        if (duty.Phase == DutyPhase.Discharged)
        {
            yield return new ReferralDutyRejudged(
                duty.DutyId, duty.DueAt, StartsAt, DueAt, duty.InTime, duty.EndedAt <= DueAt, policyVersion)
            { ClientId = clientId };
        }
        else
        {
            yield return new ReferralDutyDueMoved(duty.DutyId, duty.DueAt, StartsAt, DueAt, RemindAt, policyVersion) { ClientId = clientId };
        }
    }
}
