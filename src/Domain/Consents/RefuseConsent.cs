namespace CaseFlow.Domain.Consents;

/// <summary>The client refuses, having been warned that they may and of what follows.</summary>
public sealed record RefuseConsent(
    Guid ClientId,
    Guid ConsentId,
    ConsentKind Kind,
    IReadOnlyList<string> Disclosers,
    IReadOnlyList<string> Recipients,
    string RecordedBy,
    bool ToldThatRefusalIsPermitted,
    Sealed<string> ConsequenceTold,
    Sealed<string>? Reason,
    When When)
{
    public static Decision<ConsentEvent> Decide(RefuseConsent command, ConsentState state, DateTimeOffset now)
    {
        if (state.Find(command.ConsentId) is not null)
            return ConsentRejections.AlreadyGranted();
        if (state.Asked.GetValueOrDefault(command.ConsentId) is { Refused: true })
        {
            return Decision<ConsentEvent>.AlreadyDoneIf<ConsentRefused>(fact => fact.ConsentId == command.ConsentId, (fact, same) => command.When.Says(fact, now) && fact.Kind == command.Kind && fact.Disclosers.SequenceEqual(command.Disclosers) && fact.Recipients.SequenceEqual(command.Recipients) && same(command.ConsequenceTold, fact.ConsequenceTold) && same(command.Reason, fact.Reason));
        }

        if (command.When.Check(now) is { } rejection)
            return rejection;
        if (!command.ToldThatRefusalIsPermitted)
            return ConsentRejections.RefusalWithoutWarning();

        return new ConsentRefused(
            command.ConsentId,
            command.Kind,
            command.Disclosers,
            command.Recipients,
            command.RecordedBy,
            command.ToldThatRefusalIsPermitted,
            command.ConsequenceTold,
            command.Reason)
        { ClientId = command.ClientId }.At(command.When);
    }
}
