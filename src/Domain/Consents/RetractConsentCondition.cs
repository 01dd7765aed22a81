namespace CaseFlow.Domain.Consents;

/// <summary>
/// An event that a consent waits for was entered by mistake. From the decision on the consent permits, and binds, as if it had not been. What the
/// client said in the meantime is not undone by that: a consent that was taken back, or is held, stays so, and a new one is asked for.
/// </summary>
/// <param name="CorrectedEventId">What recorded it.</param>
public sealed record RetractConsentCondition(
    Guid ClientId, Guid ConsentId, ConsentCondition Condition, Guid CorrectedEventId, Actor RetractedBy, Sealed<string> Reason, When When)
{
    public static Decision<ConsentEvent> Decide(RetractConsentCondition command, ConsentState state, DateTimeOffset now)
    {
        if (state.Find(command.ConsentId) is not { } consent)
            return ConsentRejections.NotFound(command.ConsentId);
        if (!consent.MetBy.TryGetValue(command.Condition, out var recordedBy))
            return consent.Retracted.Contains(command.Condition) ? Decision<ConsentEvent>.AlreadyDoneIf<ConsentConditionRetracted>(fact => (fact.ConsentId, fact.Condition) == (command.ConsentId, command.Condition), (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason)) : ConsentRejections.ConditionNotMet();
        if (command.RetractedBy.Role != Role.PrivacyOfficer && command.RetractedBy.Id != recordedBy)
            return ConsentRejections.ConditionRecordedByAnother();
        // What was told was told: a consent for once is spent by it (42 CFR 2.31(a)(7)).
        if (command.Condition == ConsentCondition.DisclosureMade)
            return ConsentRejections.DisclosureNotRetracted();
        if (!consent.Revocations.IsEmpty)
            return ConsentRejections.Revoked();
        if (consent.HeldSince(now) is not null)
            return ConsentRejections.Held();
        if (string.IsNullOrWhiteSpace(command.Reason.Plain()))
            return ConsentRejections.RetractionWithoutReason();
        if (command.When.Check(now) is { } rejection)
            return rejection;

        return new ConsentConditionRetracted(command.ConsentId, command.Condition, command.CorrectedEventId, command.RetractedBy.Id, command.Reason)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
