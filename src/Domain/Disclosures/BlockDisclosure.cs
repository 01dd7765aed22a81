namespace CaseFlow.Domain.Disclosures;

/// <summary>
/// A rule stopped a disclosure that somebody asked for, and that is put on record with the refusal (42 CFR 2.12(d), 2.31; R67): what was
/// tried against a client is asked about later.
/// </summary>
public sealed record BlockDisclosure(RecordDisclosure Asked, DisclosureRule Rule)
{
    /// <returns>The rule that a refusal stands for; null for a refusal that is about how the disclosure was told, not whether it may be made.</returns>
    public static DisclosureRule? RuleOf(Rejection refused) =>
        refused.Code == DisclosureRejections.ProceedingsNeedConsentOrOrder().Code ? DisclosureRule.ProceedingsAgainstClient
        : refused.Code == DisclosureRejections.BasisNotInForce().Code ? DisclosureRule.BasisNotInForce
        : null;

    /// <returns>The fact; the same disclosure stopped again by the same rule is on record already.</returns>
    public static Decision<DisclosureEvent> Decide(BlockDisclosure command, DisclosureState state, DateTimeOffset now)
    {
        var asked = command.Asked;
        var id = NamedId.Of(asked.DisclosureId, $"blocked/{command.Rule}");
        return state.Blocked.Contains(id)
            ? Decision<DisclosureEvent>.AlreadyDone
            : new DisclosureBlocked(id, asked.DisclosingAgency, asked.Recipient, asked.Purpose, command.Rule) { ClientId = asked.ClientId }.At(now);
    }
}
