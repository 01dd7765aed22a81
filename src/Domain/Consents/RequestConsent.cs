namespace CaseFlow.Domain.Consents;

/// <summary>The client is asked to consent; nothing is permitted by asking.</summary>
public sealed record RequestConsent(Guid ClientId, Guid ConsentId, ConsentKind Kind, ConsentScope Scope, string RequestedBy, When When)
{
    /// <param name="command">What is asked.</param>
    /// <param name="state">The client's consents.</param>
    /// <param name="isKnownAgency">Whether the directory knows an agency.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<ConsentEvent> Decide(RequestConsent command, ConsentState state, Func<string, bool> isKnownAgency, DateTimeOffset now)
    {
        if (state.Find(command.ConsentId) is not null || state.Asked.ContainsKey(command.ConsentId))
            return Again(command, now);
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (!command.Scope.Disclosers.All(isKnownAgency))
            return ConsentRejections.AgencyUnknown("disclosers");
        if (!command.Scope.Recipients.All(isKnownAgency))
            return ConsentRejections.AgencyUnknown("recipients");

        return new ConsentRequested(command.ConsentId, command.Kind, command.Scope, command.RequestedBy) { ClientId = command.ClientId }.At(command.When);
    }

    /// <summary>
    /// Asking for what was asked for or given is done. Anything else needs an id of its own, also what was refused without having been asked for: a refusal
    /// does not say all that is asked.
    /// </summary>
    private static Decision<ConsentEvent> Again(RequestConsent command, DateTimeOffset now) => Decision<ConsentEvent>
        .AlreadyDoneIf<ConsentRequested>(
            fact => fact.ConsentId == command.ConsentId, (fact, _) => fact.Kind == command.Kind && fact.Scope == command.Scope && command.When.Says(fact, now))
        .Or<ConsentGranted>(fact => fact.ConsentId == command.ConsentId, (fact, _) => fact.Kind == command.Kind && fact.Scope == command.Scope);
}
