using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;

namespace CaseFlow.Unit.Agencies;

public sealed class OpeningAnOffice : DirectorySpec
{
    private static readonly OpenOffice Open = new("dcc", "north", "North office");

    [Fact]
    public void Records_it()
    {
        Given(Corrections);

        WhenAsked(state => OpenOffice.Decide(Open, state, Now)).ShouldRecord(North);
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Corrections, North);

        WhenAsked(state => OpenOffice.Decide(Open, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Again_after_closing_opens_it_again()
    {
        Given(Corrections, North, new OfficeClosed("dcc", "north", "moved out").At(Now));

        WhenAsked(state => OpenOffice.Decide(Open, state, Now)).ShouldRecord(North);
    }

    [Fact]
    public void Is_refused_under_an_id_that_means_another()
    {
        Given(Corrections, North);

        WhenAsked(state => OpenOffice.Decide(Open with { Name = "Elsewhere" }, state, Now))
            .ShouldBeRefused(DirectoryRejections.OfficeOpenedDifferently("north"));
    }

    [Fact]
    public void Is_refused_for_an_agency_nobody_knows() =>
        WhenAsked(state => OpenOffice.Decide(Open, state, Now)).ShouldBeRefused(DirectoryRejections.AgencyNotFound("dcc"));

    [Fact]
    public void Is_refused_under_an_id_that_is_no_slug()
    {
        Given(Corrections);

        WhenAsked(state => OpenOffice.Decide(Open with { OfficeId = "North Office" }, state, Now))
            .ShouldBeRefused(DirectoryRejections.IdNotASlug("officeId"));
    }
}

public sealed class ClosingAnOffice : DirectorySpec
{
    private static readonly CloseOffice Close = new("dcc", "north", "lease ended");
    private static readonly OfficeClosed Closed = new OfficeClosed("dcc", "north", "lease ended").At(Now);

    [Fact]
    public void Records_it()
    {
        GivenTheOffices();

        WhenAsked(state => CloseOffice.Decide(Close, state, Now)).ShouldRecord(Closed);
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        GivenTheOffices();
        Given(Closed);

        WhenAsked(state => CloseOffice.Decide(Close, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_while_somebody_works_there()
    {
        GivenTheOffices();
        Given(Ada);

        WhenAsked(state => CloseOffice.Decide(Close, state, Now)).ShouldBeRefused(DirectoryRejections.OfficeHasStaff("north", 1));
    }

    [Fact]
    public void Is_allowed_once_everybody_has_gone()
    {
        GivenTheOffices();
        Given(Ada, new StaffMemberDeparted("ada", "retired").At(Now));

        WhenAsked(state => CloseOffice.Decide(Close, state, Now)).ShouldRecord(Closed);
    }

    [Fact]
    public void Is_refused_for_what_does_not_exist()
    {
        WhenAsked(state => CloseOffice.Decide(Close, state, Now)).ShouldBeRefused(DirectoryRejections.AgencyNotFound("dcc"));
        Given(Corrections);

        WhenAsked(state => CloseOffice.Decide(Close, state, Now)).ShouldBeRefused(DirectoryRejections.OfficeNotFound("north"));
    }
}
