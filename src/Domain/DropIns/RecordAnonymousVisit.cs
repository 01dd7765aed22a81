namespace CaseFlow.Domain.DropIns;

/// <summary>Somebody came to a drop-in without saying who they are; counted, never an intake [Seed 1.1].</summary>
/// <param name="VisitedOn">The local day.</param>
/// <param name="When">That day, as a time.</param>
public sealed record RecordAnonymousVisit(DateOnly VisitedOn, When When)
{
    public static Decision<DropInEvent> Decide(RecordAnonymousVisit command, DropInState state, DateTimeOffset now)
    {
        if (state.IsRecorded)
            return Decision<DropInEvent>.AlreadyDoneIf<AnonymousDropInVisited>((fact, _) => fact.VisitedOn == command.VisitedOn);

        return command.When.Check(now) is { } rejection
            ? rejection
            : new AnonymousDropInVisited(command.VisitedOn).At(command.When);
    }
}
