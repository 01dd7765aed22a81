namespace CaseFlow.Domain.Consents;

/// <summary>The client takes back what they said: the consent counts again. What was revoked in writing stays revoked.</summary>
public sealed record LiftConsentHold(Guid ClientId, Guid ConsentId, string LiftedBy, Sealed<string> Reason, When When)
{
    public static Decision<ConsentEvent> Decide(LiftConsentHold command, ConsentState state, DateTimeOffset now)
    {
        if (state.Find(command.ConsentId) is not { } consent)
            return ConsentRejections.NotFound(command.ConsentId);
        if (consent.Revocations.Count > 0)
            return ConsentRejections.Revoked();
        if (consent.Unlifted.IsEmpty)
            return consent.Holds.IsEmpty ? ConsentRejections.NotHeld() : Decision<ConsentEvent>.AlreadyDoneIf<ConsentHoldLifted>(fact => fact.ConsentId == command.ConsentId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason));
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (consent.Unlifted.Exists(hold => command.When.Latest < hold.From))
            return ConsentRejections.NotHeld();

        return new ConsentHoldLifted(command.ConsentId, command.LiftedBy, command.Reason) { ClientId = command.ClientId }.At(command.When);
    }
}
