using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Disclosures;

/// <summary>Somebody suspects that a record came to whom it should not; both clocks run from when it was learned (R63).</summary>
public sealed record SuspectBreach(Guid BreachId, string? AgencyId, Sealed<string>? What, string ReportedBy, When When)
{
    /// <summary>The disclosure without a basis that it is.</summary>
    public DisclosedWithoutBasis? Disclosed { get; init; }

    /// <summary>A disclosure without any basis is a suspected breach by itself, from when it was known; told again, it is the same one.</summary>
    /// <param name="command">The disclosure.</param>
    /// <param name="reportedBy">A staff id.</param>
    public static SuspectBreach Of(RecordDisclosure command, string reportedBy) =>
        new(NamedId.Of(command.ClientId, $"disclosure/{command.DisclosureId}/breach"), command.DisclosingAgency, What: null, reportedBy, command.When)
        {
            Disclosed = new DisclosedWithoutBasis(command.DisclosureId, command.ClientId),
        };

    /// <param name="policyVersion">The policy in force; null while there is none, and then the defaults hold.</param>
    public static Decision<BreachEvent> Decide(SuspectBreach command, BreachState state, RightsPolicy policy, int? policyVersion, DateTimeOffset now)
    {
        if (state.Find(command.BreachId) is not null)
        {
            return Decision<BreachEvent>.AlreadyDoneIf<BreachSuspected>((fact, same) =>
                // When a disclosure was made is compared with the disclosure.
                (command.Disclosed is not null || command.When.Says(fact, now))
                && (fact.BreachId, fact.AgencyId, fact.Disclosed) == (command.BreachId, command.AgencyId, command.Disclosed) && same(command.What, fact.What));
        }

        return command.When.Check(now) is { } rejection
            ? rejection
            : new BreachSuspected(
                command.AgencyId, command.What, command.ReportedBy, command.When.KnownAt.AddHours(policy.BreachAssessmentHours),
                command.When.KnownAt.AddDays(policy.BreachNotificationDays), policyVersion)
            { BreachId = command.BreachId, Disclosed = command.Disclosed }.At(command.When);
    }
}
