using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Overdoses;

/// <summary>The client was asked and is not interested: a lawful discharge, per overdose, not for ever (R2).</summary>
/// <param name="DutyId">The duty; the latest when null.</param>
/// <param name="AskedBy">Who spoke to the client: the person recording it, nobody else.</param>
/// <param name="AskedAt">When, UTC.</param>
/// <param name="Answer">The client's words.</param>
public sealed record RecordNotInterested(
    Guid ClientId, Guid? DutyId, string AskedBy, Role AskedAs, DateTimeOffset AskedAt, ContactMode Mode, Sealed<string> Answer)
{
    public static Decision<DutyEvent> Decide(RecordNotInterested command, DutyState state, JurisdictionPolicy policy, DateTimeOffset now)
    {
        if (state.Find(command.DutyId) is not { } duty)
            return DutyRejections.NotFound();
        if (duty is { Path: DischargePath.NotInterested, Returned: false })
            return Decision<DutyEvent>.AlreadyDoneIf<ClientNotInterestedRecorded>(fact => fact.DutyId == duty.DutyId, (fact, same) => (fact.Mode, fact.OccurredAt) == (command.Mode, command.AskedAt) && same(command.Answer, fact.Answer));
        if (duty.Refusal() is { } ended)
            return ended;
        if (!policy.OverdoseDuty.MayDischarge.Contains(command.AskedAs))
            return DutyRejections.RoleMayNotDischarge(command.AskedAs);
        if (!policy.OverdoseDuty.NotInterestedModes.Contains(command.Mode))
            return DutyRejections.ModeDoesNotCount(command.Mode);
        if (When.At(command.AskedAt).Check(now) is { } rejection)
            return rejection;
        if (duty.OverdoseIds.Exists(id => state.KnownAt[id] > command.AskedAt))
            return DutyRejections.AskedBeforeKnown();

        var reofferDueOn = new BusinessCalendar(policy).LocalDate(command.AskedAt).AddDays(policy.OverdoseDuty.ReofferAfterDays);
        return new DutyEvent[]
        {
            new ClientNotInterestedRecorded(
                duty.DutyId, command.AskedBy, command.Mode, command.Answer, duty.OverdoseIds, reofferDueOn)
            {
                ClientId = command.ClientId,
            }.At(command.AskedAt),
            duty.Discharge(command.ClientId, DischargePath.NotInterested, referralId: null, command.AskedAt),
        };
    }
}
