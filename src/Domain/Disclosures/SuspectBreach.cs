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
        Of(command.ClientId, command.DisclosureId, command.DisclosingAgency, reportedBy, command.When);

    /// <summary>The same for a disclosure that is on record; from before that was so, none is suspected yet.</summary>
    /// <param name="told">The disclosure.</param>
    /// <param name="reportedBy">Who recorded it, a staff id.</param>
    public static SuspectBreach Of(DisclosureMade told, string reportedBy) => Of(
        told.ClientId, told.DisclosureId, told.DisclosingAgency, reportedBy, new When(told.OccurredAt, told.OccurredPrecision, told.KnownAt, told.OccurredUntil));

    private static SuspectBreach Of(Guid clientId, Guid disclosureId, string agencyId, string reportedBy, When when) =>
        new(NamedId.Of(clientId, $"disclosure/{disclosureId}/breach"), agencyId, What: null, reportedBy, when)
        {
            Disclosed = new DisclosedWithoutBasis(disclosureId, clientId),
        };

    /// <param name="policyVersion">The policy in force; null while there is none, and then the defaults hold.</param>
    public static Decision<BreachEvent> Decide(SuspectBreach command, BreachState state, RightsPolicy policy, int? policyVersion, DateTimeOffset now)
    {
        if (state.Find(command.BreachId) is not null)
        {
            return Decision<BreachEvent>.AlreadyDoneIf<BreachSuspected>(fact => fact.BreachId == command.BreachId, (fact, same) =>
                // When a disclosure was made is compared with the disclosure.
                (command.Disclosed is not null || command.When.Says(fact, now))
                && (fact.AgencyId, fact.Disclosed) == (command.AgencyId, command.Disclosed) && same(command.What, fact.What));
        }

        return command.When.Check(now) is { } rejection
            ? rejection
            : new BreachSuspected(
                command.AgencyId, command.What, command.ReportedBy, command.When.KnownAt.AddHours(policy.BreachAssessmentHours),
                command.When.KnownAt.AddDays(policy.BreachNotificationDays), policyVersion)
            { BreachId = command.BreachId, Disclosed = command.Disclosed }.At(command.When);
    }
}
