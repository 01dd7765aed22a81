namespace CaseFlow.Domain.Consents;

/// <summary>A court's order to disclose is received; it permits what it names and nothing else.</summary>
/// <param name="OrderedUntil">Null when the order names no end.</param>
public sealed record RecordCourtOrder(
    Guid ClientId,
    Guid OrderId,
    CourtOrderBasis Basis,
    string DisclosingAgency,
    string RecipientAgency,
    IReadOnlyList<ConsentInformation> Information,
    DateTimeOffset? OrderedUntil,
    Sealed<string> CaseReference,
    string ReceivedBy,
    When When)
{
    /// <summary>Who at the receiving agency; empty when the order names nobody.</summary>
    public IReadOnlyList<Role> RecipientRoles { get; init; } = [];

    public static Decision<ConsentEvent> Decide(RecordCourtOrder command, ConsentState state, Func<string, bool> isKnownAgency, DateTimeOffset now)
    {
        if (state.Orders.Exists(order => order.OrderId == command.OrderId))
        {
            // Only the client's copy tells the words of an order: what somebody else received is not the asker's to try words against.
            return Decision<ConsentEvent>.AlreadyDoneIf<CourtOrderForDisclosureReceived>(fact => fact.OrderId == command.OrderId, (fact, same) =>
                command.When.Says(fact, now) && Says(command, fact) && fact.ReceivedBy == command.ReceivedBy && same(command.CaseReference, fact.CaseReference));
        }

        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (!isKnownAgency(command.DisclosingAgency) || !isKnownAgency(command.RecipientAgency))
            return RestrictionRejections.OrderAgencyUnknown();
        if (command.OrderedUntil <= command.When.OccurredAt)
            return RestrictionRejections.OrderOver();
        if (command.Basis == CourtOrderBasis.NonCriminal && command.RecipientRoles.Contains(Role.Prosecutor))
            return RestrictionRejections.OrderNotForProsecution();

        return new CourtOrderForDisclosureReceived(
            command.OrderId,
            command.Basis,
            command.DisclosingAgency,
            command.RecipientAgency,
            command.Information,
            command.OrderedUntil,
            command.CaseReference,
            command.ReceivedBy)
        { ClientId = command.ClientId, RecipientRoles = command.RecipientRoles }.At(command.When);
    }

    private static bool Says(RecordCourtOrder command, CourtOrderForDisclosureReceived fact) =>
        (fact.OrderId, fact.Basis, fact.DisclosingAgency, fact.RecipientAgency, fact.OrderedUntil)
            == (command.OrderId, command.Basis, command.DisclosingAgency, command.RecipientAgency, command.OrderedUntil)
        && fact.Information.SequenceEqual(command.Information) && fact.RecipientRoles.SequenceEqual(command.RecipientRoles);
}
