namespace CaseFlow.Domain.Overdoses;

/// <summary>It was no overdose after all. An open duty stays until a supervisor exempts it (R3).</summary>
public sealed record RuleOutOverdose(Guid OverdoseId, Sealed<string> Reason, When When)
{
    public static Decision<OverdoseEvent> Decide(RuleOutOverdose command, OverdoseState state, DateTimeOffset now) => state switch
    {
        { Reported: false } => OverdoseRejections.NotFound(command.OverdoseId),
        { RuledOut: true } => Decision<OverdoseEvent>.AlreadyDoneIf<OverdoseRuledOut>((fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason)),
        { FatalityConfirmed: true } => OverdoseRejections.FatalNotRuledOut(command.OverdoseId),
        _ when command.When.Check(now) is { } rejection => rejection,
        _ => new OverdoseRuledOut(command.Reason) { OverdoseId = command.OverdoseId, ClientId = state.ClientId }.At(command.When),
    };
}
