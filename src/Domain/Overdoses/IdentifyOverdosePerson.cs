namespace CaseFlow.Domain.Overdoses;

/// <summary>The person of an unidentified overdose turns out to be a client.</summary>
public sealed record IdentifyOverdosePerson(Guid OverdoseId, Guid ClientId, IdentifiedBy How, When When)
{
    public static Decision<OverdoseEvent> Decide(IdentifyOverdosePerson command, OverdoseState state, DateTimeOffset now)
    {
        if (!state.Reported)
            return OverdoseRejections.NotFound(command.OverdoseId);
        if (state.ClientId == command.ClientId)
        {
            return Decision<OverdoseEvent>.AlreadyDoneIf<OverdoseEvent>((fact, _) => fact switch
            {
                OverdoseReported e => e.ClientId == command.ClientId,
                OverdosePersonIdentified e => e.How == command.How && command.When.Says(e, now),
                _ => false,
            });
        }

        if (state.ClientId is not null)
            return OverdoseRejections.PersonAlreadyIdentified(command.OverdoseId);
        if (command.When.Check(now) is { } rejection)
            return rejection;

        return new OverdosePersonIdentified(command.How) { OverdoseId = command.OverdoseId, ClientId = command.ClientId }.At(command.When);
    }
}
