using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class RulingOutAnOverdose : OverdoseSpec
{
    private static readonly RuleOutOverdose RuleOut = new(OverdoseId, Sealed<string>.Of("A seizure."), Later);

    [Fact]
    public void Records_why_it_was_none()
    {
        Given(Reported());

        Decide(RuleOut).ShouldRecord(RuledOut());
    }

    [Fact]
    public void Overturns_a_confirmation()
    {
        Given(Reported(), Confirmed());

        Decide(RuleOut).ShouldRecord(RuledOut());
        Given(RuledOut());
        State.Confirmed.ShouldBeFalse();
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Reported(), RuledOut());

        Decide(RuleOut).ShouldRecordNothing();
    }

    [Fact]
    public void Is_refused_before_the_report() => Decide(RuleOut).ShouldRefuse(OverdoseRejections.NotFound(OverdoseId));

    [Fact]
    public void Is_refused_after_a_confirmed_death()
    {
        Given(Reported(), Died());

        Decide(RuleOut).ShouldRefuse(OverdoseRejections.FatalNotRuledOut(OverdoseId));
    }

    [Fact]
    public void Is_refused_ahead_of_the_recording()
    {
        Given(Reported());

        Decide(RuleOut with { When = When.At(Ahead) }).ShouldRefuse(TimeRejections.KnownInFuture(Ahead, Now));
    }

    private Decision<OverdoseEvent> Decide(RuleOutOverdose command) => RuleOutOverdose.Decide(command, State, Now);
}
