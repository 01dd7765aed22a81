namespace CaseFlow.Domain.Overdoses;

/// <summary>The person of an unidentified overdose turns out to be a client.</summary>
public sealed record IdentifyOverdosePerson(Guid OverdoseId, Guid ClientId, IdentifiedBy How, When When)
{
    public static Decision<OverdoseEvent> Decide(IdentifyOverdosePerson command, OverdoseState state, DateTimeOffset now)
    {
        if (!state.Reported)
            return OverdoseRejections.NotFound(command.OverdoseId);
        // Who the person is counts as it is known by now, whatever record it was recorded on. A report that named them says nothing of who recognised them: that is recorded once.
        if (state.ClientId == command.ClientId && state.Identified)
            return Decision<OverdoseEvent>.AlreadyDoneIf<OverdosePersonIdentified>((fact, _) => fact.How == command.How && command.When.Says(fact, now));
        if (state.ClientId is { } known && known != command.ClientId)
            return OverdoseRejections.PersonAlreadyIdentified(command.OverdoseId);
        if (command.When.Check(now) is { } rejection)
            return rejection;

        return new OverdosePersonIdentified(command.How) { OverdoseId = command.OverdoseId, ClientId = command.ClientId }.At(command.When);
    }
}
