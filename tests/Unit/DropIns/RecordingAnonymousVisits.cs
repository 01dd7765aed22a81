using CaseFlow.Domain;
using CaseFlow.Domain.DropIns;

namespace CaseFlow.Unit.DropIns;

public sealed class RecordingAnonymousVisits() : Spec<DropInState, DropInEvent>(DropInState.Initial, DropInState.Evolve)
{
    private static readonly When Today = new(Now.AddHours(-10), TimePrecision.Day, Now, Now.AddHours(14));
    private static readonly RecordAnonymousVisit Visit = new(new DateOnly(2026, 3, 3), Today);

    [Fact]
    public void Records_the_day_once()
    {
        WhenAsked(state => RecordAnonymousVisit.Decide(Visit, state, Now)).ShouldRecord(new AnonymousDropInVisited(new DateOnly(2026, 3, 3)).At(Today));
        WhenAsked(state => RecordAnonymousVisit.Decide(Visit, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_a_day_to_come()
    {
        var tomorrow = new When(Now.AddHours(14), TimePrecision.Day, Now, Now.AddHours(38));

        WhenAsked(state => RecordAnonymousVisit.Decide(new(new DateOnly(2026, 3, 4), tomorrow), state, Now))
            .ShouldBeRefused(TimeRejections.OccurredInFuture(tomorrow.OccurredAt, Now));
    }

    [Fact]
    public void Has_no_member_that_could_say_who_came() =>
        typeof(AnonymousDropInVisited).GetProperties().Where(member => member.DeclaringType != typeof(DomainEvent) && member.CanWrite)
            .Select(member => member.Name).ShouldBe([nameof(AnonymousDropInVisited.VisitedOn)]);
}
