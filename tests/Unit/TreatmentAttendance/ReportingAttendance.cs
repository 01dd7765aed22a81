using CaseFlow.Domain;
using CaseFlow.Domain.TreatmentAttendance;

namespace CaseFlow.Unit.TreatmentAttendance;

/// <summary>A provider's counts of a period: sound, each day once, corrected with both on record.</summary>
public sealed class ReportingAttendance() : Spec<TreatmentAttendanceState, TreatmentAttendanceEvent>(TreatmentAttendanceState.Initial, TreatmentAttendanceState.Evolve)
{
    private static readonly Guid Report = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1");
    private static readonly Guid EventId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a2");
    private static readonly DateOnly Today = new(2026, 3, 3);
    private static readonly AttendedIn In = new(Guid.NewGuid(), Guid.NewGuid(), new DateOnly(2026, 2, 1), null);
    private static readonly Sealed<string> Words = Sealed<string>.Of("The sheet came late.");
    private static readonly AttendanceCount Two = new(3, 2, 1);

    private static ReportTreatmentAttendance Week { get; } =
        new(In, Report, "treatment-house", null, new DateOnly(2026, 2, 23), new DateOnly(2026, 3, 1), Two, Today, When.At(Now.AddDays(-2)));

    private static ReportTreatmentAttendance Another => Week with { ReportId = Guid.NewGuid() };

    private Decision<TreatmentAttendanceEvent> Reported(ReportTreatmentAttendance report) => WhenAsked(state => ReportTreatmentAttendance.Decide(report, state, Now));

    private Decision<TreatmentAttendanceEvent> Corrected(AttendanceCount? count, string by = "clinician-1", bool leads = false, Guid? report = null) =>
        WhenAsked(state => CorrectTreatmentAttendance.Decide(
            new(In.ParticipationId, In.ClientId, report ?? Report, (EventId, "clinician-1"), count, new Corrector(by, leads), Words), state, Now));

    [Fact]
    public void A_period_is_reported_once_and_told_differently_is_refused()
    {
        var fact = Reported(Week).Events.Single().ShouldBeOfType<TreatmentAttendanceReported>();
        (fact.Count, fact.Count.Missed(), fact.ReportId, fact.ClientId).ShouldBe((Two, 0, Report, In.ClientId));

        Reported(Week).ShouldBeAlreadyDone();
        Reported(Week with { Count = new(3, 3, 0) }).ShouldBeRefused(TreatmentAttendanceRejections.ToldDifferently(Report));
        Reported(Week with { To = Week.To.AddDays(-1) }).ShouldBeRefused(TreatmentAttendanceRejections.ToldDifferently(Report));
        Corrected(new(3, 3, 0)).Events.ShouldHaveSingleItem();
        Reported(Week).ShouldBeAlreadyDone();
        State.Reports[Report].Count.ShouldBe(new(3, 3, 0), "what was corrected stays");
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(501, 0, 0)]
    [InlineData(3, -1, 0)]
    [InlineData(3, 0, -1)]
    [InlineData(3, 3, 1)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    public void A_count_that_cannot_be_is_refused(int offered, int attended, int excused)
    {
        Reported(Week with { Count = new(offered, attended, excused) }).ShouldBeRefused(TreatmentAttendanceRejections.CountUnsound(500));
        Reported(Week);
        Corrected(new(offered, attended, excused)).ShouldBeRefused(TreatmentAttendanceRejections.CountUnsound(500));
    }

    [Fact]
    public void A_period_without_any_session_is_one() => Reported(Week with { Count = new(0, 0, 0) }).Events.ShouldHaveSingleItem();

    [Fact]
    public void A_period_has_an_order_an_end_and_a_length()
    {
        foreach (var unsound in new[]
        {
            Week with { To = Week.From.AddDays(-1) }, Week with { To = Today.AddDays(1) }, Week with { From = Week.To.AddDays(-92) },
        })
        {
            Reported(unsound).ShouldBeRefused(TreatmentAttendanceRejections.PeriodUnsound(92));
        }

        Reported(Week with { From = Week.To.AddDays(-91), To = Week.To }).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_period_outside_the_participation_is_nobodys()
    {
        Reported(Week with { From = new(2026, 1, 1), To = new(2026, 1, 31) }).ShouldBeRefused(TreatmentAttendanceRejections.OutsideParticipation());
        Reported(Week with { In = In with { EndedOn = Week.From.AddDays(-1) } }).ShouldBeRefused(TreatmentAttendanceRejections.OutsideParticipation());
        Reported(Week with { In = In with { EndedOn = Week.From } }).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void No_day_of_a_programme_is_counted_twice()
    {
        Reported(Week);

        Reported(Another with { From = Week.To, To = Week.To.AddDays(2) }).ShouldBeRefused(TreatmentAttendanceRejections.PeriodReported());
        Reported(Another with { From = Week.To.AddDays(1), To = Week.To.AddDays(2) }).Events.ShouldHaveSingleItem();
        Reported(Another with { ProgramId = "evening-group" }).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Whoever_reported_corrects_and_the_lead_and_nobody_else()
    {
        Corrected(Two).ShouldBeRefused(TreatmentAttendanceRejections.NotFound(Report));
        Reported(Week);
        Corrected(new(3, 3, 0), by: "clinician-2").ShouldBeRefused(TreatmentAttendanceRejections.NotTheRecorder());
        Corrected(Two).ShouldBeAlreadyDone();

        var fact = Corrected(new(3, 3, 0)).Events.Single().ShouldBeOfType<TreatmentAttendanceCorrected>();
        (fact.CorrectedEventId, fact.Count, State.Reports[Report].Count).ShouldBe((EventId, new AttendanceCount(3, 3, 0), new AttendanceCount(3, 3, 0)));
        Corrected(Two, by: "lead-1", leads: true).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_retracted_report_stays_retracted_and_frees_its_days()
    {
        Reported(Week);
        Corrected(null).Events.Single().ShouldBeOfType<TreatmentAttendanceCorrected>().Count.ShouldBeNull();

        Corrected(null).ShouldBeAlreadyDone();
        Corrected(Two).ShouldBeRefused(TreatmentAttendanceRejections.Retracted());
        Reported(Week).ShouldBeRefused(TreatmentAttendanceRejections.Retracted());
        Reported(Another).Events.ShouldHaveSingleItem();
    }
}
