using System.Security.Claims;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Unit.Privacy;

/// <summary>Which purposes are a role's: written down by hand, and no fewer than the decision about records shows something for.</summary>
public sealed class ActingForAPurpose
{
    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    [Theory]
    [InlineData(Role.Agent, Purpose.Supervision, Purpose.Care)]
    [InlineData(Role.AgentSupervisor, Purpose.Supervision, Purpose.Care)]
    [InlineData(Role.Coach, Purpose.Care)]
    [InlineData(Role.CoachSupervisor, Purpose.Care)]
    [InlineData(Role.PeerSpecialist, Purpose.Care)]
    [InlineData(Role.Coordinator, Purpose.CourtMonitoring)]
    [InlineData(Role.Judge, Purpose.CourtMonitoring)]
    [InlineData(Role.Prosecutor, Purpose.CourtMonitoring)]
    [InlineData(Role.Defence, Purpose.CourtMonitoring)]
    [InlineData(Role.Dispatcher, Purpose.Operations, Purpose.Care)]
    [InlineData(Role.Auditor, Purpose.Audit)]
    [InlineData(Role.PrivacyOfficer, Purpose.Audit, Purpose.OwnRecord)]
    [InlineData(Role.Administrator, Purpose.Operations)]
    [InlineData(Role.Service, Purpose.Operations)]
    public void A_role_has_these_and_no_others(Role role, params Purpose[] purposes)
    {
        PurposesOfUse.Of(role).ShouldBe(purposes);
        PurposesOfUse.UsualOf(role).ShouldBe(purposes[0]);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void Whatever_shows_more_than_the_own_agencys_record_is_a_purpose_of_the_role(Role role)
    {
        var shows = from purpose in Enum.GetValues<Purpose>()
                    where Disclosing.DepthOf(role, purpose) is not null || ShowsAnother(new Viewer(role, "own", purpose, UnderGrant: true))
                    select purpose;

        shows.ShouldBeSubsetOf(PurposesOfUse.Of(role));
    }

    [Fact]
    public void Whoever_opens_a_record_in_an_emergency_may_act_for_care() =>
        UseEmergencyAccess.Roles.ShouldAllBe(role => PurposesOfUse.Of(role).Contains(Purpose.Care));

    [Theory]
    [MemberData(nameof(Roles))]
    public void Whoever_does_not_say_acts_for_the_usual_one(Role role)
    {
        new Actor("one", role, "demo").Purpose.ShouldBe(PurposesOfUse.UsualOf(role));
        Read(role, purpose: null).Purpose.ShouldBe(PurposesOfUse.UsualOf(role));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void Whoever_says_acts_for_that(Role role)
    {
        foreach (var purpose in Enum.GetValues<Purpose>())
        {
            new Actor("one", role, "demo", Purpose: purpose).Purpose.ShouldBe(purpose);
            Read(role, purpose).Purpose.ShouldBe(purpose);
        }
    }

    private static bool ShowsAnother(Viewer viewer) => (
        from label in Enum.GetValues<Label>().Select(label => (Label?)label).Prepend(null)
        from told in Enum.GetValues<ConsentInformation>()
        from standing in Enum.GetValues<ConsentStanding>()
        from broken in new[] { false, true }
        from order in new[] { (Guid?)null, Guid.Empty }
        select Disclosing.Decide(
            viewer, new RecordShown("another", label is { } one ? [one] : [], told), new Grounds(standing, BreakGlass: broken, OrderId: order)))
        .Any(shown => shown is Disclosure.Allowed);

    private static Actor Read(Role role, Purpose? purpose)
    {
        List<Claim> claims = [new(ActorClaims.Subject, "one"), new(ActorClaims.Role, role.Kebab()), new(ActorClaims.Jurisdiction, "demo")];
        if (purpose is { } said)
            claims.Add(new(ActorClaims.Purpose, said.Kebab()));
        return ActorClaims.Read(new ClaimsPrincipal(new ClaimsIdentity(claims)), out _).ShouldNotBeNull();
    }
}
