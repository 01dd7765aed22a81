using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class CorrectingAReport : OverdoseSpec
{
    private static readonly Guid ReportEvent = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e1");
    private static readonly OverdoseDetails Corrected = Details with { Substances = ["heroin"] };

    private static readonly CorrectOverdoseReport Correct = new(
        OverdoseId, ReportEvent, ReportEvent, Corrected, Sealed<string>.Of("Laboratory result."), Then);

    [Fact]
    public void Names_the_report_and_the_corrected_details()
    {
        Given(Reported());

        Decide(Correct).ShouldRecord(Correction(null, Corrected, Then));
    }

    [Fact]
    public void Says_when_it_happened_instead()
    {
        Given(Reported());
        var earlier = Then with { OccurredAt = OccurredAt.AddHours(-3) };

        var decision = Decide(Correct with { Details = Details, When = earlier });

        decision.ShouldRecord(Correction(earlier.OccurredAt, Details, earlier));
        Given(decision.Events);
        State.OccurredAt.ShouldBe(earlier.OccurredAt);
    }

    /// <summary>As what was reported of a day does, in every view; and a day is another time than its first instant.</summary>
    [Fact]
    public void Moved_to_a_day_it_counts_from_the_end_of_it()
    {
        Given(Reported());
        var (start, end) = (OccurredAt.AddHours(-22), OccurredAt.AddHours(2));
        var day = Correct with { Details = Details, When = new When(start, TimePrecision.Day, LearnedAt, end) };
        Given(Decide(Correct with { Details = Details, When = Then with { OccurredAt = start } }).Events);

        ICorrection moved = Decide(day).Events.Single().ShouldBeOfType<OverdoseReportCorrected>();
        (moved.CorrectedOccurredAt, moved.CorrectedOccurredUntil, moved.CorrectedCountsFrom).ShouldBe((start, end, end));
        Given((OverdoseEvent)moved);
        Decide(day).ShouldRecordNothing();
        ICorrection details = Decide(day with { Details = Corrected }).Events.Single().ShouldBeOfType<OverdoseReportCorrected>();
        (details.CorrectedOccurredUntil, details.CorrectedCountsFrom).ShouldBe((null, null));
    }

    [Fact]
    public void Of_a_correction_back_to_the_first_report_is_recorded()
    {
        Given(Reported(), Correction(null, Corrected, Then));

        Decide(Correct with { Details = Details }).ShouldRecord(Correction(null, Details, Then));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Reported());
        var command = Correct with { When = Then with { OccurredAt = OccurredAt.AddHours(-3) } };
        Given(Decide(command).Events);

        Decide(command).ShouldRecordNothing();
    }

    [Fact]
    public void That_says_the_same_as_the_report_is_refused()
    {
        Given(Reported());

        Decide(Correct with { Details = Details }).ShouldRefuse(OverdoseRejections.NothingCorrected());
    }

    [Fact]
    public void Is_refused_before_the_report() => Decide(Correct).ShouldRefuse(OverdoseRejections.NotFound(OverdoseId));

    [Fact]
    public void Of_an_event_that_is_not_the_report_is_refused()
    {
        Given(Reported());
        var other = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e2");

        Decide(Correct with { CorrectedEventId = other }).ShouldRefuse(OverdoseRejections.ReportEventUnknown(other));
    }

    [Fact]
    public void Is_refused_with_details_that_no_report_could_have()
    {
        Given(Reported());

        Decide(Correct with { Details = Details with { NaloxoneGiven = false } }).ShouldRefuse(OverdoseRejections.DosesWithoutNaloxone());
    }

    [Fact]
    public void Is_refused_ahead_of_the_recording()
    {
        Given(Reported());

        Decide(Correct with { When = Then with { KnownAt = Ahead } }).ShouldRefuse(TimeRejections.KnownInFuture(Ahead, Now));
    }

    private static OverdoseReportCorrected Correction(DateTimeOffset? occurredAt, OverdoseDetails details, When when) =>
        new OverdoseReportCorrected(ReportEvent, occurredAt, details, Correct.Reason) { OverdoseId = OverdoseId, ClientId = ClientId }.At(when);

    private Decision<OverdoseEvent> Decide(CorrectOverdoseReport command) => CorrectOverdoseReport.Decide(command, State, Now);
}
