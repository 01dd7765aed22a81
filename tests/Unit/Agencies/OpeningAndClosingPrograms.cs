using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;

namespace CaseFlow.Unit.Agencies;

public sealed class OpeningAProgram : DirectorySpec
{
    private static readonly OpenProgram Open = new("safe-communities", "ed2recovery", "ED to Recovery", Intercept: 1);
    private static readonly ProgramOpened Opened = new ProgramOpened("safe-communities", "ed2recovery", "ED to Recovery", 1).At(Now);

    [Fact]
    public void Records_it()
    {
        Given(Provider);

        WhenAsked(state => OpenProgram.Decide(Open, state, Now)).ShouldRecord(Opened);
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Provider, Opened);

        WhenAsked(state => OpenProgram.Decide(Open, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Again_after_closing_opens_it_again()
    {
        Given(Provider, Opened, new ProgramClosed("safe-communities", "ed2recovery", "grant ended").At(Now));

        WhenAsked(state => OpenProgram.Decide(Open, state, Now)).ShouldRecord(Opened);
    }

    [Fact]
    public void Is_refused_under_an_id_that_means_another()
    {
        Given(Provider, Opened);

        WhenAsked(state => OpenProgram.Decide(Open with { Intercept = 2 }, state, Now))
            .ShouldBeRefused(DirectoryRejections.ProgramOpenedDifferently("ed2recovery"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public void Is_refused_at_an_intercept_that_does_not_exist(int intercept)
    {
        Given(Provider);

        WhenAsked(state => OpenProgram.Decide(Open with { Intercept = intercept }, state, Now))
            .ShouldBeRefused(DirectoryRejections.InterceptOutOfRange());
    }

    [Fact]
    public void Is_refused_for_an_agency_nobody_knows() => WhenAsked(state => OpenProgram.Decide(Open, state, Now))
        .ShouldBeRefused(DirectoryRejections.AgencyNotFound("safe-communities"));

    [Fact]
    public void Is_refused_under_an_id_that_is_no_slug() =>
        WhenAsked(state => OpenProgram.Decide(Open with { ProgramId = "ED2Recovery+" }, state, Now))
            .ShouldBeRefused(DirectoryRejections.IdNotASlug("programId"));
}

public sealed class ClosingAProgram : DirectorySpec
{
    private static readonly CloseProgram Close = new("safe-communities", "ed2recovery", "grant ended");
    private static readonly ProgramOpened Opened = new ProgramOpened("safe-communities", "ed2recovery", "ED to Recovery", 1).At(Now);

    [Fact]
    public void Records_it_once()
    {
        Given(Provider, Opened);

        WhenAsked(state => CloseProgram.Decide(Close, state, Now))
            .ShouldRecord(new ProgramClosed("safe-communities", "ed2recovery", "grant ended").At(Now));
        WhenAsked(state => CloseProgram.Decide(Close, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_what_does_not_exist()
    {
        WhenAsked(state => CloseProgram.Decide(Close, state, Now)).ShouldBeRefused(DirectoryRejections.AgencyNotFound("safe-communities"));
        Given(Provider);

        WhenAsked(state => CloseProgram.Decide(Close, state, Now)).ShouldBeRefused(DirectoryRejections.ProgramNotFound("ed2recovery"));
    }
}
