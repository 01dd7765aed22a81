using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class ConfirmingAnOverdose : OverdoseSpec
{
    private static readonly ConfirmOverdose Confirm = new(OverdoseId, ConfirmedBy.Hospital, Later);

    [Fact]
    public void Records_who_confirmed_it()
    {
        Given(Reported());

        Decide(Confirm).ShouldRecord(Confirmed());
    }

    [Fact]
    public void Overturns_that_it_was_ruled_out()
    {
        Given(Reported(), RuledOut());

        Decide(Confirm).ShouldRecord(Confirmed());
        Given(Confirmed());
        State.RuledOut.ShouldBeFalse();
    }

    [Fact]
    public void Is_still_needed_after_a_correction_to_suspected()
    {
        Given(Reported(Details with { Certainty = Certainty.Confirmed }), Corrected(Details));

        Decide(Confirm).ShouldRecord(Confirmed());
    }

    [Fact]
    public void Outlives_a_correction_of_other_details()
    {
        Given(Reported(), Confirmed(), Corrected(Details with { Area = "Rock" }));

        Decide(Confirm).ShouldRecordNothing();
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Reported(), Confirmed());

        Decide(Confirm).ShouldRecordNothing();
    }

    [Fact]
    public void Of_what_was_reported_as_confirmed_says_who_confirmed_it()
    {
        Given(Reported(Details with { Certainty = Certainty.Confirmed }));

        Decide(Confirm).ShouldRecord(Confirmed());
    }

    [Fact]
    public void Is_refused_before_the_report() => Decide(Confirm).ShouldRefuse(OverdoseRejections.NotFound(OverdoseId));

    [Fact]
    public void Is_refused_ahead_of_the_recording()
    {
        Given(Reported());

        Decide(Confirm with { When = When.At(Ahead) }).ShouldRefuse(TimeRejections.KnownInFuture(Ahead, Now));
    }

    private static OverdoseReportCorrected Corrected(OverdoseDetails details) =>
        new OverdoseReportCorrected(Guid.Empty, CorrectedOccurredAt: null, details, Sealed<string>.Of("Misread."))
        {
            OverdoseId = OverdoseId,
            ClientId = ClientId,
        }.At(Then);

    private Decision<OverdoseEvent> Decide(ConfirmOverdose command) => ConfirmOverdose.Decide(command, State, Now);
}
