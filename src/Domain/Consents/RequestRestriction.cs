namespace CaseFlow.Domain.Consents;

/// <summary>The client asks an agency not to tell what it otherwise might.</summary>
/// <param name="RecipientAgency">Not to be told; null for nobody.</param>
/// <param name="Information">Empty for everything.</param>
/// <param name="Purposes">Empty for all.</param>
public sealed record RequestRestriction(
    Guid ClientId,
    Guid RestrictionId,
    string DisclosingAgency,
    string? RecipientAgency,
    IReadOnlyList<ConsentInformation> Information,
    IReadOnlyList<ConsentPurpose> Purposes,
    Sealed<string>? Words,
    When When)
{
    /// <summary>The client paid for the service in full.</summary>
    public bool PaidInFull { get; init; }

    /// <returns>Whether the agency has to agree (45 CFR 164.522(a)(1)(vi)).</returns>
    public static bool IsMandatory(bool paidInFull, IReadOnlyList<ConsentPurpose> purposes) =>
        paidInFull && purposes.Count > 0 && purposes.All(purpose => purpose is ConsentPurpose.Payment or ConsentPurpose.HealthCareOperations);

    public static Decision<ConsentEvent> Decide(RequestRestriction command, ConsentState state, Func<string, bool> isKnownAgency, DateTimeOffset now)
    {
        if (state.Restrictions.ContainsKey(command.RestrictionId))
        {
            return Decision<ConsentEvent>.AlreadyDoneIf<RestrictionRequested>(
                fact => fact.RestrictionId == command.RestrictionId, (fact, same) => command.When.Says(fact, now) && Says(command, fact) && same(command.Words, fact.Words));
        }

        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (!isKnownAgency(command.DisclosingAgency) || (command.RecipientAgency is { } recipient && !isKnownAgency(recipient)))
            return RestrictionRejections.AgencyUnknown();
        if (command.PaidInFull && !IsMandatory(command.PaidInFull, command.Purposes))
            return RestrictionRejections.PaidForOtherPurposes();

        return new RestrictionRequested(
            command.RestrictionId, command.DisclosingAgency, command.RecipientAgency, command.Information, command.Purposes, command.Words)
        {
            ClientId = command.ClientId,
            PaidInFull = command.PaidInFull,
        }.At(command.When);
    }

    private static bool Says(RequestRestriction command, RestrictionRequested fact) =>
        (fact.RestrictionId, fact.DisclosingAgency, fact.RecipientAgency, fact.PaidInFull)
            == (command.RestrictionId, command.DisclosingAgency, command.RecipientAgency, command.PaidInFull)
        && fact.Information.SequenceEqual(command.Information) && fact.Purposes.SequenceEqual(command.Purposes);
}
