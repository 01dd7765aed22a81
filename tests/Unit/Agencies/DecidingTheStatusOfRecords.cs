using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;

namespace CaseFlow.Unit.Agencies;

public sealed class DecidingTheStatusOfRecords : DirectorySpec
{
    private static readonly RecordStatus Treatment = new(Part2Status.Part2Program, Wi5130: true);
    private static readonly ProgramOpened Youth = new ProgramOpened("safe-communities", "youth", "Youth", 0).At(Now);
    private static readonly DecideRecordStatus OfAgency = new("safe-communities", null, Treatment, "Opinion of counsel, March.");
    private static readonly DecideRecordStatus OfProgram = OfAgency with { ProgramId = "youth", Status = Treatment with { Juvenile = true } };

    [Fact]
    public void Records_it_for_the_agency_or_for_one_programme()
    {
        Given(Provider, Youth);

        WhenAsked(state => DecideRecordStatus.Decide(OfAgency, state, Now))
            .ShouldRecord(new RecordStatusDecided("safe-communities", null, Treatment, "Opinion of counsel, March.").At(Now));
        WhenAsked(state => DecideRecordStatus.Decide(OfProgram, state, Now))
            .ShouldRecord(new RecordStatusDecided("safe-communities", "youth", Treatment with { Juvenile = true }, "Opinion of counsel, March.").At(Now));
        State.FindAgency("safe-communities")!.StatusOfRecords.ShouldBe(Treatment);
        State.FindAgency("safe-communities")!.Programs["youth"].Status.ShouldBe(Treatment with { Juvenile = true });
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Provider, Youth);
        WhenAsked(state => DecideRecordStatus.Decide(OfAgency, state, Now));
        WhenAsked(state => DecideRecordStatus.Decide(OfProgram, state, Now));

        WhenAsked(state => DecideRecordStatus.Decide(OfAgency, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => DecideRecordStatus.Decide(OfProgram, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_an_agency_or_a_programme_that_does_not_exist()
    {
        Given(Provider);

        WhenAsked(state => DecideRecordStatus.Decide(OfAgency with { AgencyId = "nobody" }, state, Now))
            .ShouldBeRefused(DirectoryRejections.AgencyNotFound("nobody"));
        WhenAsked(state => DecideRecordStatus.Decide(OfProgram, state, Now)).ShouldBeRefused(DirectoryRejections.ProgramNotFound("youth"));
    }

    [Fact]
    public void Outlasts_the_closing_of_a_programme()
    {
        Given(Provider, Youth);
        WhenAsked(state => DecideRecordStatus.Decide(OfProgram, state, Now));
        Given(new ProgramClosed("safe-communities", "youth", "grant ended").At(Now), Youth);

        State.FindAgency("safe-communities")!.Programs["youth"].Status.ShouldBe(Treatment with { Juvenile = true });
    }
}
