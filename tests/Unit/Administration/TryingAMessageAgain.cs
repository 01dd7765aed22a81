using CaseFlow.Domain;
using CaseFlow.Domain.Administration;

namespace CaseFlow.Unit.Administration;

public sealed class TryingAMessageAgain() : Spec<ProjectionState, ProjectionEvent>(ProjectionState.Initial, ProjectionState.Evolve)
{
    private static readonly Guid Message = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly TryMessageAgain Ask = new(Message, "Their system is up again.");

    [Fact]
    public void Records_how_often_it_had_failed() => WhenAsked(_ => TryMessageAgain.Decide(Ask, new(Message, "notices", 300), Now))
        .ShouldRecord(new MessageTriedAgain(Message, "notices", 300, "Their system is up again.").At(Now));

    [Fact]
    public void Is_refused_for_a_message_that_has_not_failed_or_is_not_there() => WhenAsked(_ => TryMessageAgain.Decide(Ask, null, Now))
        .ShouldBeRefused(ProjectionRejections.MessageNotFound(Message));
}
