using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

/// <summary>An overdose that was ruled out when the agent learned of it, and is confirmed after all.</summary>
public sealed class ConfirmingWhatWasRuledOut : DutySpec
{
    private static readonly RecordOverdoseKnown Knowing = new(ClientId, FirstOverdose, Agent, LearnedFrom.Police, KnownAt);

    [Fact]
    public void Owes_the_duty_from_the_agents_knowing_on()
    {
        GivenThat(Decide(ruledOut: true));

        Decide(ruledOut: false).ShouldRecord(Triggered(FirstOverdose, KnownAt, KnownAt, DueAt));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        GivenThat(Decide(ruledOut: true));
        GivenThat(Decide(ruledOut: false));

        Decide(ruledOut: false).ShouldRecordNothing();
    }

    [Fact]
    public void While_it_stays_ruled_out_changes_nothing()
    {
        GivenThat(Decide(ruledOut: true));

        Decide(ruledOut: true).ShouldRecordNothing();
    }

    private Domain.Decision<DutyEvent> Decide(bool ruledOut) => RecordOverdoseKnown.Decide(
        Knowing, State, FactsOf(FirstOverdose) with { RuledOut = ruledOut }, Supervision, InForce, KnownAt);
}
