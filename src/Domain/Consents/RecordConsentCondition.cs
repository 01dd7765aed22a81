namespace CaseFlow.Domain.Consents;

/// <summary>The event that a consent waits for happened. A request to take it back that was deferred until then revokes it now (42 CFR 2.35).</summary>
public sealed record RecordConsentCondition(Guid ClientId, Guid ConsentId, ConsentCondition Condition, string RecordedBy, When When)
{
    public static Decision<ConsentEvent> Decide(RecordConsentCondition command, ConsentState state, DateTimeOffset now)
    {
        if (state.Find(command.ConsentId) is not { } consent)
            return ConsentRejections.NotFound(command.ConsentId);
        if (consent.Met.ContainsKey(command.Condition))
        {
            return Decision<ConsentEvent>.AlreadyDoneIf<ConsentConditionMet>(
                fact => (fact.ConsentId, fact.Condition) == (command.ConsentId, command.Condition), (fact, _) => command.When.Says(fact, now));
        }

        return Happened(command, consent, now);
    }

    /// <summary>
    /// A consent for once ends by a disclosure that was made: nobody states that, it follows, and so it never stops the disclosure from being recorded. One that
    /// is told late and was made before the one that is on record ended it then.
    /// </summary>
    /// <param name="command">What follows.</param>
    /// <param name="state">The client's consents.</param>
    /// <param name="now">The moment of recording.</param>
    public static Decision<ConsentEvent> Follow(RecordConsentCondition command, ConsentState state, DateTimeOffset now)
    {
        if (state.Find(command.ConsentId) is not { } consent)
            return ConsentRejections.NotFound(command.ConsentId);
        return consent.HasHappened(command.Condition, command.When.OccurredAt) ? Decision<ConsentEvent>.AlreadyDone : Happened(command, consent, now);
    }

    private static Decision<ConsentEvent> Happened(RecordConsentCondition command, Consent consent, DateTimeOffset now)
    {
        if (!consent.Periods.Exists(period => period.Term.ExpiresOn == command.Condition || period.Term.IrrevocableUntil == command.Condition))
            return ConsentRejections.DoesNotWaitFor();
        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (command.When.IsBefore(consent.Periods[0].Form.SignedAt))
            return ConsentRejections.ConditionBeforeSignature();

        List<ConsentEvent> facts =
        [
            new ConsentConditionMet(command.ConsentId, command.Condition, command.RecordedBy) { ClientId = command.ClientId }.At(command.When),
        ];
        if (consent.DeferredAt is { } deferred && consent.Revocations.IsEmpty && consent.Latest.Term.IrrevocableUntil == command.Condition)
        {
            // Not from before the client asked.
            facts.Add(new ConsentRevoked(command.ConsentId, command.RecordedBy, command.When.OccurredAt < deferred ? deferred : command.When.OccurredAt, RelianceNote: null)
            {
                ClientId = command.ClientId,
            }.At(command.When));
        }

        return facts;
    }
}
