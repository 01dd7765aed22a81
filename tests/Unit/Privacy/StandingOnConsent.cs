using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.Unit.Consents;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Privacy;

/// <summary>What a client's consents say to the decision about who sees what.</summary>
public sealed class StandingOnConsent : ConsentSpec
{
    private static readonly Viewer Agent = new(Role.Agent, Corrections, Purpose.Supervision);

    [Fact]
    public void A_consent_in_force_is_the_ground()
    {
        Given(Granted());

        On(Agent, []).ShouldBe(new Grounds(ConsentStanding.InForce, First));
    }

    [Theory]
    [InlineData(ConsentKind.Part2General, ConsentStanding.InForce)]
    [InlineData(ConsentKind.Tpo, ConsentStanding.InForce)]
    [InlineData(ConsentKind.CriminalJustice, ConsentStanding.InForce)]
    [InlineData(ConsentKind.CourtTeam, ConsentStanding.InForce)]
    [InlineData(ConsentKind.Wi5130, ConsentStanding.None)]
    [InlineData(ConsentKind.Family, ConsentStanding.None)]
    [InlineData(ConsentKind.Research, ConsentStanding.None)]
    public void A_record_under_Part_2_takes_a_consent_with_all_its_elements(ConsentKind kind, ConsentStanding standing)
    {
        Given(Granted(kind: kind));

        On(Agent, [Label.Part2]).Consent.ShouldBe(standing);
        On(Agent, []).Consent.ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_consent_under_state_law_signed_later_does_not_hide_the_one_before()
    {
        Given(Granted(), Granted(Second, ConsentKind.Wi5130));

        On(Agent, [Label.Part2]).ShouldBe(new Grounds(ConsentStanding.InForce, First));
        On(Agent, []).ConsentId.ShouldBe(Second);
    }

    [Fact]
    public void What_stands_in_the_way_of_any_consent_stands_in_the_way_of_all()
    {
        Given(Granted(), Granted(Second, ConsentKind.Wi5130), RevokedAt(Now.AddHours(1), Second));

        On(Agent, [Label.Part2], Now.AddHours(1)).Consent.ShouldNotBe(ConsentStanding.InForce);
    }

    [Fact]
    public void What_was_taken_back_stays_so_when_a_consent_that_does_not_go_for_the_record_is_given_later()
    {
        var granted = Granted(Guid.CreateVersion7(), ConsentKind.Wi5130);
        Given(
            Granted(), Granted(Second, ConsentKind.Wi5130), RevokedAt(Now.AddHours(1), Second),
            granted with { Form = granted.Form with { SignedAt = Now.AddHours(2) } });

        On(Agent, [], Now.AddHours(3)).Consent.ShouldBe(ConsentStanding.InForce);
        On(Agent, [Label.Part2], Now.AddHours(3)).Consent.ShouldNotBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_court_is_named_by_a_consent_to_what_a_class_of_agencies_tells()
    {
        Given(GrantedToCourt() with { Scope = ToCourt with { Disclosers = [], DiscloserClass = AgencyKind.Other } });

        Grounds().NamesForMonitoring(Court, Role.Judge).ShouldBeTrue();
    }

    [Fact]
    public void A_consent_for_once_goes_on_for_the_pages_of_the_answer_that_spent_it_and_for_nothing_else()
    {
        Given(Granted(term: new ConsentTerm(Now, Now.AddYears(1), ConsentCondition.DisclosureMade, null)), MetAt(Now.AddMinutes(1), ConsentCondition.DisclosureMade));
        var reader = MetAt(Now, ConsentCondition.DisclosureMade).RecordedBy;
        var record = new RecordShown(Coaches, [], ConsentInformation.Engagement);

        Grounds(Now.AddMinutes(2)).For(Agent, record).Consent.ShouldBe(ConsentStanding.Expired, "nothing goes on without the page before");
        StandingOfPage([First], reader, 2).ShouldBe(ConsentStanding.InForce);
        StandingOfPage([First], "somebody-else", 2).ShouldBe(ConsentStanding.Expired);
        StandingOfPage([Second], reader, 2).ShouldBe(ConsentStanding.Expired);
        StandingOfPage([First], reader, 0).ShouldBe(ConsentStanding.Expired, "the time for reading on is over");
        Given(RevokedAt(Now.AddMinutes(1)));
        StandingOfPage([First], reader, 2).ShouldBe(ConsentStanding.Revoked, "what is taken back is taken back from every page");

        ConsentStanding StandingOfPage(Guid[] consents, string by, int minutes) =>
            Grounds(Now.AddMinutes(2)).GoingOn(consents, by, minutes).For(Agent, record).Consent;
    }

    [Fact]
    public void A_restriction_is_told_apart()
    {
        Given(Granted(), RestrictionAsked(), RestrictionAgreedAt(Now));

        On(Agent, []).ShouldBe(new Grounds(ConsentStanding.Held, First, Restricted: true));
    }

    [Fact]
    public void What_the_agency_receives_after_it_ended_a_restriction_is_free_and_what_it_had_is_not()
    {
        Given(Granted(), RestrictionAsked(), RestrictionAgreedAt(Now), RestrictionEndedAt(Now.AddDays(2), RestrictionEnder.Agency));
        var (asked, record) = (Grounds(Now.AddDays(3)), new RecordShown(Coaches, [], ConsentInformation.Engagement));

        asked.For(Agent, record).Restricted.ShouldBeTrue();
        asked.For(Agent, record with { ReceivedAt = Now.AddDays(1) }).Restricted.ShouldBeTrue();
        asked.For(Agent, record with { ReceivedAt = Now.AddDays(2) }).ShouldBe(new Grounds(ConsentStanding.InForce, First));
        asked.FreeSince(Agent, record).ShouldBe(Now.AddDays(2));
        Grounds(Now.AddDays(1)).FreeSince(Agent, record).ShouldBeNull("it had not ended it");
    }

    [Fact]
    public void Another_restriction_that_still_binds_leaves_nothing_free()
    {
        Given(
            Granted(), RestrictionAsked(), RestrictionAgreedAt(Now), RestrictionEndedAt(Now.AddDays(2), RestrictionEnder.Agency),
            RestrictionAsked() with { RestrictionId = Second }, RestrictionAgreedAt(Now) with { RestrictionId = Second });

        Grounds(Now.AddDays(3)).FreeSince(Agent, new RecordShown(Coaches, [], ConsentInformation.Engagement)).ShouldBeNull();
    }

    [Theory]
    [InlineData(CourtOrderBasis.NonCriminal, Role.Judge, Label.Part2, true)]
    [InlineData(CourtOrderBasis.NonCriminal, Role.Prosecutor, Label.Part2, false)]
    [InlineData(CourtOrderBasis.CriminalAgainstClient, Role.Prosecutor, Label.Part2, true)]
    [InlineData(CourtOrderBasis.CriminalAgainstClient, Role.Judge, Label.Part2, true)]
    [InlineData(CourtOrderBasis.CriminalAgainstClient, Role.Coordinator, Label.Part2, false)]
    [InlineData(CourtOrderBasis.InvestigationOfProgram, Role.Judge, Label.Part2, false)]
    [InlineData(CourtOrderBasis.Wi5130, Role.Judge, Label.Part2, false)]
    [InlineData(CourtOrderBasis.Wi5130, Role.Judge, Label.Wi5130, true)]
    public void An_order_is_a_ground_for_those_whose_need_it_is_about(CourtOrderBasis basis, Role role, Label label, bool holds)
    {
        Given(Ordered() with { Basis = basis });
        var viewer = new Viewer(role, Court, Purpose.CourtMonitoring);

        Grounds().For(viewer, new RecordShown(Coaches, [label], ConsentInformation.Attendance)).OrderId.ShouldBe(holds ? OrderId : null);
        Grounds().For(viewer with { Agency = Corrections }, new RecordShown(Coaches, [label], ConsentInformation.Attendance)).OrderId.ShouldBeNull();
        Grounds().For(viewer, new RecordShown(Coaches, [label], ConsentInformation.TestResults)).OrderId.ShouldBeNull("the order does not name it");
        Grounds().For(viewer, new RecordShown(Corrections, [label], ConsentInformation.Attendance)).OrderId.ShouldBeNull();
    }

    [Fact]
    public void An_order_holds_for_the_roles_that_it_names_and_until_it_ends()
    {
        Given(Ordered(Now.AddDays(1)) with { Basis = CourtOrderBasis.CriminalAgainstClient, RecipientRoles = [Role.Defence] });

        Grounds().OrdersFor(Court, Role.Defence).ShouldBeTrue();
        Grounds().OrdersFor(Court, Role.Prosecutor).ShouldBeFalse();
        Grounds().OrdersFor(Corrections, Role.Defence).ShouldBeFalse();
        Grounds(Now.AddDays(1)).OrdersFor(Court, Role.Defence).ShouldBeFalse();
        Grounds(Now.AddTicks(-1)).OrdersFor(Court, Role.Defence).ShouldBeFalse();
    }

    [Fact]
    public void Nobodys_record_nobodys_agency_and_what_rests_on_law_ask_no_consent()
    {
        Given(Granted());
        var record = new RecordShown(Coaches, [], ConsentInformation.Engagement);

        Grounds().For(Agent with { Agency = null }, record).ShouldBe(CaseFlow.Domain.Privacy.Grounds.None);
        Grounds().For(Agent with { Purpose = Purpose.Audit }, record).ShouldBe(CaseFlow.Domain.Privacy.Grounds.None);
        Grounds().For(Agent, record with { SourceAgency = null }).ShouldBe(CaseFlow.Domain.Privacy.Grounds.None);
    }

    [Fact]
    public void A_court_is_named_for_monitoring_by_a_consent_of_its_kind_in_force()
    {
        Given(GrantedToCourt());

        Grounds().NamesForMonitoring(Court, Role.Judge).ShouldBeTrue();
        Grounds().NamesForMonitoring(Court, Role.Prosecutor).ShouldBeFalse("it names judge and coordinator");
        Grounds().NamesForMonitoring("another-court", Role.Judge).ShouldBeFalse();
        Grounds(Now.AddSeconds(-1)).NamesForMonitoring(Court, Role.Judge).ShouldBeFalse("it has not begun");
        Given(MetAt(Now.AddDays(1), ConsentCondition.EndOfProgram));
        Grounds(Now.AddDays(1)).NamesForMonitoring(Court, Role.Judge).ShouldBeFalse();
    }

    [Fact]
    public void A_general_consent_beside_one_of_its_kind_for_something_else_makes_no_participant()
    {
        Given(Granted(First, scope: ToCourt), Granted(Second, ConsentKind.CourtTeam, ToCourt with { Purposes = [ConsentPurpose.Treatment] }));

        Grounds().NamesForMonitoring(Court, Role.Judge).ShouldBeFalse();
    }

    private ConsentGrounds Grounds(DateTimeOffset? at = null) => new(State, at ?? Now, _ => AgencyKind.Other);

    private Grounds On(Viewer viewer, Label[] labels, DateTimeOffset? at = null) =>
        Grounds(at).For(viewer, new RecordShown(Coaches, labels, ConsentInformation.Engagement));
}
