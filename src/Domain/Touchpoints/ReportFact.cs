namespace CaseFlow.Domain.Touchpoints;

/// <summary>A plain fact about a client is reported; nothing in the record can refuse it, only the fact itself.</summary>
public sealed record ReportFact(TouchpointEvent Fact, When When)
{
    public static Decision<TouchpointEvent> Decide(ReportFact command, DateTimeOffset now) =>
        (command.When.Check(now) ?? ReportableFacts.Of(command.Fact).Check(command.Fact)) is { } rejection
            ? rejection
            : command.Fact.At(command.When);
}
