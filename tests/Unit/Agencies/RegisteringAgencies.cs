using CaseFlow.Domain.Agencies;

namespace CaseFlow.Unit.Agencies;

public sealed class RegisteringAnAgency : DirectorySpec
{
    private static readonly RegisterAgency Register =
        new("dcc", "Community Corrections", AgencyKind.CommunityCorrections, Part2Status.NotPart2, InternalOnly: false);

    [Fact]
    public void Records_it() => WhenAsked(state => RegisterAgency.Decide(Register, state, Now)).ShouldRecord(Corrections);

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Corrections);

        WhenAsked(state => RegisterAgency.Decide(Register, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_under_an_id_that_means_another()
    {
        Given(Corrections);

        WhenAsked(state => RegisterAgency.Decide(Register with { Kind = AgencyKind.Jail }, state, Now))
            .ShouldBeRefused(DirectoryRejections.AgencyRegisteredDifferently("dcc"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("DCC")]
    [InlineData("dcc north")]
    [InlineData("dcc_north")]
    [InlineData("-dcc")]
    [InlineData("dcc-")]
    [InlineData("dcc--north")]
    [InlineData("dcc\n")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void Is_refused_under_an_id_that_is_no_slug(string id) =>
        WhenAsked(state => RegisterAgency.Decide(Register with { AgencyId = id }, state, Now))
            .ShouldBeRefused(DirectoryRejections.IdNotASlug("agencyId"));

    [Fact]
    public void Makes_a_provider_of_a_recovery_coach_provider_only()
    {
        Given(Corrections, Provider);

        State.IsProvider("safe-communities").ShouldBeTrue();
        State.IsProvider("dcc").ShouldBeFalse();
        State.IsProvider("unheard-of").ShouldBeFalse();
    }
}
