using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.Overdoses;

/// <summary>The person died. The family is to be offered support (R18); no duty to refer arises.</summary>
/// <param name="When">When the death occurred, and when that became known.</param>
public sealed record ConfirmOverdoseFatality(Guid OverdoseId, ConfirmedBy By, When When)
{
    public static Decision<OverdoseEvent> Decide(
        ConfirmOverdoseFatality command, OverdoseState state, JurisdictionPolicy policy, int policyVersion, DateTimeOffset now)
    {
        if (!state.Reported)
            return OverdoseRejections.NotFound(command.OverdoseId);
        if (state.FatalityConfirmed)
            return Decision<OverdoseEvent>.AlreadyDoneIf<OverdoseFatalityConfirmed>((fact, _) => command.When.Says(fact, now) && fact.By == command.By);
        if (state.RuledOut)
            return OverdoseRejections.RuledOut(command.OverdoseId);
        if (command.When.Check(now) is { } rejection)
            return rejection;

        var confirmedOn = new BusinessCalendar(policy).LocalDate(command.When.KnownAt);
        return new OverdoseEvent[]
        {
            new OverdoseFatalityConfirmed(command.By) { OverdoseId = command.OverdoseId, ClientId = state.ClientId }.At(command.When),
            new FamilyFollowUpScheduled(
                confirmedOn.AddDays(policy.FamilyFollowUp.EarliestDays), confirmedOn.AddDays(policy.FamilyFollowUp.LatestDays), policyVersion)
            {
                OverdoseId = command.OverdoseId,
                ClientId = state.ClientId,
            }.At(command.When),
        };
    }
}
