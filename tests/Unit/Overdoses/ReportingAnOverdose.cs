using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class ReportingAnOverdose : OverdoseSpec
{
    private static readonly ReportOverdose Report = new(
        OverdoseId, ClientId, Details, OverdoseSource.Police, "mpd", Sealed<string>.Of("Found by a neighbour."), Then);

    [Fact]
    public void Records_what_was_told() => Decide(Report).ShouldRecord(Reported());

    [Fact]
    public void Takes_a_person_not_yet_identified() => Decide(Report with { ClientId = null }).ShouldRecord(ReportedOfSomebody());

    [Fact]
    public void Leaves_unknown_what_is_unknown()
    {
        var details = new OverdoseDetails(Fatality.Unknown, Certainty.Suspected, [], NaloxoneGiven: null, NaloxoneDoses: null, Area: null);

        Decide(Report with { Details = details }).ShouldRecord(Reported(details));
    }

    [Fact]
    public void Takes_a_day_for_the_whole_local_day()
    {
        var (start, end) = (OccurredAt.AddHours(-22), OccurredAt.AddHours(2));

        var fact = Decide(Report with { When = new When(start, TimePrecision.Day, LearnedAt, end) }).Events.ShouldHaveSingleItem();

        fact.OccurredAt.ShouldBe(start);
        fact.CountsFrom().ShouldBe(end);
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Reported());

        Decide(Report).ShouldRecordNothing();
    }

    [Fact]
    public void Twice_changes_nothing_after_the_person_was_identified()
    {
        Given(ReportedOfSomebody(), Identified());

        Decide(Report with { ClientId = null }).ShouldRecordNothing();
        Decide(Report).ShouldRecordNothing();
    }

    [Fact]
    public void Twice_changes_nothing_after_it_was_corrected()
    {
        var corrected = Details with { NaloxoneDoses = 3 };
        Given(
            Reported(),
            new OverdoseReportCorrected(Guid.Empty, CorrectedOccurredAt: null, corrected, Sealed<string>.Of("Miscounted."))
            {
                OverdoseId = OverdoseId,
                ClientId = ClientId,
            }.At(Then));

        Decide(Report).ShouldRecordNothing();
        Decide(Report with { Details = corrected }).ShouldRecordNothing();
    }

    [Fact]
    public void Of_another_client_under_the_same_id_is_refused()
    {
        Given(Reported());

        Decide(Report with { ClientId = OtherClient }).ShouldRefuse(OverdoseRejections.ReportedDifferently(OverdoseId));
    }

    [Fact]
    public void With_other_details_under_the_same_id_is_refused()
    {
        Given(Reported());

        Decide(Report with { Details = Details with { Area = "Rock" } }).ShouldRefuse(OverdoseRejections.ReportedDifferently(OverdoseId));
    }

    [Fact]
    public void With_another_time_under_the_same_id_is_refused()
    {
        Given(Reported());

        Decide(Report with { When = Then with { OccurredAt = OccurredAt.AddHours(-1) } })
            .ShouldRefuse(OverdoseRejections.ReportedDifferently(OverdoseId));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(51)]
    public void Is_refused_with_impossible_doses(int doses) =>
        Decide(Report with { Details = Details with { NaloxoneDoses = doses } }).ShouldRefuse(OverdoseRejections.DosesOutOfRange());

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void Takes_doses_up_to_the_bounds(int doses) =>
        Decide(Report with { Details = Details with { NaloxoneDoses = doses } }).Rejection.ShouldBeNull();

    [Fact]
    public void Is_refused_with_doses_and_no_naloxone() =>
        Decide(Report with { Details = Details with { NaloxoneGiven = false, NaloxoneDoses = 1 } })
            .ShouldRefuse(OverdoseRejections.DosesWithoutNaloxone());

    [Fact]
    public void Is_refused_with_a_substance_that_is_not_on_the_list() =>
        Decide(Report with { Details = Details with { Substances = ["heroin", "moonshine"] } })
            .ShouldRefuse(OverdoseRejections.SubstanceUnknown("moonshine"));

    [Fact]
    public void Is_refused_when_known_before_it_happened()
    {
        var knownAt = OccurredAt.AddMinutes(-6);

        Decide(Report with { When = Then with { KnownAt = knownAt } })
            .ShouldRefuse(TimeRejections.KnownBeforeOccurred(knownAt));
    }

    [Fact]
    public void Is_refused_when_known_ahead_of_the_recording() =>
        Decide(Report with { When = Then with { KnownAt = Ahead } }).ShouldRefuse(TimeRejections.KnownInFuture(Ahead, Now));

    [Fact]
    public void Is_refused_with_a_day_that_has_no_end() =>
        Decide(Report with { When = Then with { Precision = TimePrecision.Day } }).ShouldRefuse(TimeRejections.DayWithoutEnd());

    private Decision<OverdoseEvent> Decide(ReportOverdose command) => ReportOverdose.Decide(command, State, Now);
}
