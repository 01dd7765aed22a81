namespace CaseFlow.Domain.Consents;

/// <summary>The client takes back what they said: the consent counts again. What was revoked in writing stays revoked; a word since then, which holds what was signed later, is lifted.</summary>
public sealed record LiftConsentHold(Guid ClientId, Guid ConsentId, string LiftedBy, Sealed<string> Reason, When When)
{
    public static Decision<ConsentEvent> Decide(LiftConsentHold command, ConsentState state, DateTimeOffset now)
    {
        if (state.Find(command.ConsentId) is not { } consent)
            return ConsentRejections.NotFound(command.ConsentId);
        if (consent.HoldsSinceRevoked.IsEmpty)
            return consent.Revocations.IsEmpty ? ConsentRejections.NotHeld() : ConsentRejections.Revoked();
        if (consent.HoldsSinceRevoked.TrueForAll(hold => hold.LiftedAt is not null))
            return Decision<ConsentEvent>.AlreadyDoneIf<ConsentHoldLifted>(fact => fact.ConsentId == command.ConsentId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason));
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (consent.Unlifted.Exists(hold => command.When.IsBefore(hold.From)))
            return ConsentRejections.NotHeld();

        return new ConsentHoldLifted(command.ConsentId, command.LiftedBy, command.Reason) { ClientId = command.ClientId }.At(command.When);
    }
}
