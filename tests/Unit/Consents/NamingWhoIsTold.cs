using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>A consent that names no role is for those who work on the case, and for nobody who may hold it against the client (42 CFR 2.35(a)).</summary>
public sealed class NamingWhoIsTold : ConsentSpec
{
    private static readonly ConsentScope ToNobodyInParticular = ToCourt with { RecipientRoles = [] };

    [Theory]
    [InlineData(Role.Judge, AgencyKind.Court, true)]
    [InlineData(Role.Coordinator, AgencyKind.Court, true)]
    [InlineData(Role.Prosecutor, AgencyKind.Court, false)]
    [InlineData(Role.Defence, AgencyKind.Court, false)]
    [InlineData(Role.Prosecutor, null, false)]
    [InlineData(Role.Defence, null, false)]
    [InlineData(Role.Prosecutor, AgencyKind.ProsecutorOffice, true)]
    [InlineData(Role.Defence, AgencyKind.ProsecutorOffice, false)]
    [InlineData(Role.Defence, AgencyKind.PublicDefender, true)]
    [InlineData(Role.Prosecutor, AgencyKind.PublicDefender, false)]
    public void Without_a_name_it_is_not_for_the_prosecution_nor_the_defence(Role role, AgencyKind? kind, bool isTold)
    {
        Given(Granted(kind: ConsentKind.CriminalJustice, scope: ToNobodyInParticular, term: UntilDisposition));
        var question = JudgeAsksForTests with { RecipientRole = role, RecipientKind = kind };

        (State.StandingOf(question, ConsentFacts.Now).Standing == ConsentStanding.InForce).ShouldBe(isTold);
        new ConsentGrounds(State, ConsentFacts.Now, agency => agency == Court ? kind : null).NamesForMonitoring(Court, role).ShouldBe(isTold);
    }

    [Fact]
    public void With_a_name_it_is()
    {
        Given(Granted(kind: ConsentKind.CriminalJustice, scope: ToCourt with { RecipientRoles = [Role.Prosecutor] }, term: UntilDisposition));

        State.StandingOf(JudgeAsksForTests with { RecipientRole = Role.Prosecutor }, ConsentFacts.Now).Standing.ShouldBe(ConsentStanding.InForce);
        State.StandingOf(JudgeAsksForTests, ConsentFacts.Now).ShouldBe(ConsentAnswer.None);
    }

    /// <summary>That it is for fewer to begin with must not make its end weaker.</summary>
    [Fact]
    public void Taken_back_it_is_taken_back_from_them_too()
    {
        Given(
            Granted(kind: ConsentKind.CourtTeam, scope: ToCourt with { RecipientRoles = [Role.Prosecutor] }),
            Granted(Second, ConsentKind.Part2General, ToNobodyInParticular),
            RevokedAt(ConsentFacts.Now.AddHours(1), Second));
        var asked = JudgeAsksForTests with { RecipientRole = Role.Prosecutor, RecipientKind = AgencyKind.Court };

        State.StandingOf(asked, ConsentFacts.Now).Standing.ShouldBe(ConsentStanding.InForce);
        State.StandingOf(asked, ConsentFacts.Now.AddHours(1)).Standing.ShouldNotBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_person_who_is_named_has_no_role()
    {
        var scope = ToNobodyInParticular with { RecipientPersonId = Second };

        scope.Covers(JudgeAsksForTests with { RecipientRole = Role.Prosecutor, RecipientPersonId = Second }).ShouldBeTrue();
    }
}
