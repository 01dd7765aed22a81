using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Privacy;
using CaseFlow.Unit.Consents;

namespace CaseFlow.Unit.Disclosures;

public sealed class RecordingADisclosure() : Spec<DisclosureState, DisclosureEvent>(DisclosureState.Initial, DisclosureState.Evolve)
{
    private static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid DisclosureId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000c");
    private static readonly Guid ConsentId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000d");
    private static readonly Label[] Part2 = [Label.Part2];

    private static readonly RecordDisclosure Faxed = new(
        ClientId, DisclosureId, "coaches", new DisclosureRecipient("dcc", Role.Agent, StaffId: null), DisclosurePurpose.Supervision, ["attendance"],
        DisclosureBasis.Consent, ConsentId, "42-cfr-2-32-short", DisclosureMethod.Fax, Description: null, RecipientName: null, When.At(Now));

    private static readonly DisclosureMade Made = new DisclosureMade(
        DisclosureId, "coaches", Faxed.Recipient, DisclosurePurpose.Supervision, ["attendance"], DisclosureBasis.Consent, ConsentId, "42-cfr-2-32-short",
        DisclosureMethod.Fax, Description: null, RecipientName: null)
    { ClientId = ClientId }.At(Now);

    [Fact]
    public void Is_recorded_once()
    {
        Ask(Faxed).ShouldRecord(Made);
        Ask(Faxed).ShouldBeAlreadyDone();
        Ask(Faxed with { Method = DisclosureMethod.Phone }).ShouldBeRefused(DisclosureRejections.ToldDifferently(DisclosureId));
        Ask(Faxed with { Content = ["progress"] }).ShouldBeRefused(DisclosureRejections.ToldDifferently(DisclosureId));
    }

    [Fact]
    public void Names_what_it_rests_on_and_that_must_have_held()
    {
        Ask(Faxed with { BasisId = null }).ShouldBeRefused(DisclosureRejections.BasisMissing());
        Ask(Faxed with { Basis = DisclosureBasis.CourtOrder, BasisId = null }).ShouldBeRefused(DisclosureRejections.BasisMissing());
        Ask(Faxed, held: false).ShouldBeRefused(DisclosureRejections.BasisNotInForce());
        Ask(Faxed with { Basis = DisclosureBasis.CourtOrder }, held: false).ShouldBeRefused(DisclosureRejections.BasisNotInForce());
    }

    [Fact]
    public void Is_listed_also_when_nothing_permitted_it() =>
        Ask(Faxed with { Basis = DisclosureBasis.WithoutBasis, BasisId = null, Purpose = DisclosurePurpose.ProceedingsAgainstClient }, held: false)
            .Events.ShouldHaveSingleItem().ShouldBeOfType<DisclosureMade>().Basis.ShouldBe(DisclosureBasis.WithoutBasis);

    [Fact]
    public void Of_what_a_law_asks_for_names_the_law()
    {
        var asked = Faxed with { Basis = DisclosureBasis.RequiredByLaw, BasisId = null, Purpose = DisclosurePurpose.RequiredByLaw };

        Ask(asked, held: false).ShouldBeRefused(DisclosureRejections.LawMissing());
        Ask(asked with { Law = "Wis. Stat. 979.01" }, held: false).ShouldBeRefused(DisclosureRejections.LawMissing());
        Ask(asked with { Law = "wis-stat-979-01" }, held: false).Events.ShouldHaveSingleItem().ShouldBeOfType<DisclosureMade>().Law.ShouldBe("wis-stat-979-01");
        Ask(asked with { Law = "wis-stat-979-01" }, held: false).ShouldBeAlreadyDone();
        Ask(asked with { Law = "wis-stat-48-981" }, held: false).ShouldBeRefused(DisclosureRejections.ToldDifferently(DisclosureId));
    }

    [Fact]
    public void Told_again_as_it_was_before_a_law_was_asked_for_it_is_done()
    {
        Given(Made with { Basis = DisclosureBasis.RequiredByLaw, BasisId = null });

        Ask(Faxed with { Basis = DisclosureBasis.RequiredByLaw, BasisId = null }, held: false).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Of_a_part_2_record_by_consent_carries_the_notice()
    {
        Ask(Faxed with { NoticeVersion = null }).ShouldBeRefused(DisclosureRejections.NoticeMissing());
        Ask(Faxed with { NoticeVersion = null }, labels: []).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Against_the_client_needs_a_court_order()
    {
        var against = Faxed with { Purpose = DisclosurePurpose.ProceedingsAgainstClient };

        Ask(against, held: false).ShouldBeRefused(DisclosureRejections.ProceedingsNeedConsentOrOrder());
        Ask(against with { Basis = DisclosureBasis.RequiredByLaw, Law = "wis-stat-979-01" }).ShouldBeRefused(DisclosureRejections.ProceedingsNeedConsentOrOrder());
        Ask(against with { Basis = DisclosureBasis.CourtOrder, BasisId = Guid.CreateVersion7() }).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Says_what_and_to_whom_by_which_way()
    {
        Ask(Faxed with { Content = [] }).ShouldBeRefused(DisclosureRejections.ContentMissing());
        Ask(Faxed with { Content = ["Her relapse"] }).ShouldBeRefused(DisclosureRejections.ContentMissing());
        Ask(Faxed with { Recipient = new DisclosureRecipient(null, null, null) }).ShouldBeRefused(DisclosureRejections.RecipientMissing());
        Ask(Faxed with { DisclosingAgency = "dcc" }).ShouldBeRefused(DisclosureRejections.RecipientIsDiscloser());
        Ask(Faxed with { Method = DisclosureMethod.System }).ShouldBeRefused(DisclosureRejections.NotBySystem());
        Ask(Faxed with { When = When.At(Now.AddHours(1)) }).Rejection!.Code.ShouldBe("known-in-future");
    }

    [Fact]
    public void What_a_rule_stopped_is_remembered()
    {
        Given(new DisclosureBlocked(DisclosureId, "coaches", Faxed.Recipient, Faxed.Purpose, DisclosureRule.BasisNotInForce) { ClientId = ClientId }.At(Now));

        State.Blocked.ShouldBe([DisclosureId]);
        Ask(Faxed).ShouldRecord(Made);
    }

    [Fact]
    public void What_a_rule_stops_is_put_on_record_once_for_each_rule()
    {
        var id = NamedId.Of(DisclosureId, $"blocked/{DisclosureRule.BasisNotInForce}");

        Block(DisclosureRule.BasisNotInForce).ShouldRecord(
            new DisclosureBlocked(id, "coaches", Faxed.Recipient, DisclosurePurpose.Supervision, DisclosureRule.BasisNotInForce) { ClientId = ClientId }.At(Now));
        Block(DisclosureRule.BasisNotInForce).ShouldBeAlreadyDone();
        Block(DisclosureRule.ProceedingsAgainstClient).Events.ShouldHaveSingleItem();
        State.Blocked.Count.ShouldBe(2);
        State.Made.ShouldBeEmpty();

        Decision<DisclosureEvent> Block(DisclosureRule rule) => WhenAsked(state => BlockDisclosure.Decide(new(Faxed, rule), state, Now));
    }

    [Fact]
    public void Only_the_rules_about_whether_it_may_be_made_stop_a_disclosure()
    {
        BlockDisclosure.RuleOf(DisclosureRejections.ProceedingsNeedConsentOrOrder()).ShouldBe(DisclosureRule.ProceedingsAgainstClient);
        BlockDisclosure.RuleOf(DisclosureRejections.BasisNotInForce()).ShouldBe(DisclosureRule.BasisNotInForce);
        foreach (var refused in new[]
                 {
                     DisclosureRejections.ContentMissing(), DisclosureRejections.NoticeMissing(), DisclosureRejections.NotOwnAgency(),
                     DisclosureRejections.RecipientMissing(), DisclosureRejections.BasisMissing(), DisclosureRejections.ToldDifferently(DisclosureId),
                 })
        {
            BlockDisclosure.RuleOf(refused).ShouldBeNull(refused.Code);
        }
    }

    private static readonly RecordDisclosure Mailed = new(
        ConsentFacts.ClientId, DisclosureId, ConsentFacts.Coaches, new DisclosureRecipient(ConsentFacts.Corrections, null, null), DisclosurePurpose.Supervision,
        ["attendance"], DisclosureBasis.Consent, ConsentFacts.First, "42-cfr-2-32-short", DisclosureMethod.Fax, Description: null, RecipientName: null,
        When.At(ConsentFacts.Now.AddDays(1)));

    [Fact]
    public void A_consent_holds_for_its_own_parties_purposes_information_and_time_alone()
    {
        var grounds = GroundsOf([ConsentFacts.Granted()]);

        grounds.Held(Mailed).ShouldBeTrue();
        grounds.Held(Mailed with { Content = ["attendance", "letter-of-march"] }).ShouldBeTrue();
        grounds.Held(Mailed with { BasisId = Guid.CreateVersion7() }).ShouldBeFalse();
        grounds.Held(Mailed with { DisclosingAgency = "sheriff" }).ShouldBeFalse();
        grounds.Held(Mailed with { Recipient = new DisclosureRecipient("sheriff", null, null) }).ShouldBeFalse();
        grounds.Held(Mailed with { Purpose = DisclosurePurpose.ProceedingsAgainstClient }).ShouldBeFalse();
        grounds.Held(Mailed with { Content = ["attendance", "test-results"] }).ShouldBeFalse();
        grounds.Held(Mailed with { Content = ["whole-record"] }).ShouldBeFalse();
        grounds.Held(Mailed with { When = When.At(ConsentFacts.Now.AddMinutes(-1)) }).ShouldBeFalse();
        grounds.Held(Mailed with { Basis = DisclosureBasis.RequiredByLaw }).ShouldBeFalse();
    }

    [Fact]
    public void A_consent_for_a_judge_permits_nothing_to_the_prosecution()
    {
        var toCourt = Mailed with { Recipient = new DisclosureRecipient(ConsentFacts.Court, Role.Judge, null), Purpose = DisclosurePurpose.CourtMonitoring };
        var grounds = GroundsOf([ConsentFacts.GrantedToCourt()]);

        grounds.Held(toCourt).ShouldBeTrue();
        grounds.Held(toCourt with { Recipient = new DisclosureRecipient(ConsentFacts.Court, Role.Prosecutor, null) }).ShouldBeFalse();
    }

    [Fact]
    public void A_part_2_record_is_not_told_by_a_consent_under_state_law_alone()
    {
        ConsentEvent[] granted = [ConsentFacts.Granted(kind: ConsentKind.Wi5130)];

        GroundsOf(granted).Held(Mailed).ShouldBeFalse();
        GroundsOf(granted, labels: [Label.Wi5130]).Held(Mailed).ShouldBeTrue();
    }

    [Fact]
    public void What_was_taken_back_after_signing_stands_against_every_consent_to_the_same_also_from_another_record_of_the_person()
    {
        ConsentEvent[] other = [ConsentFacts.Granted(ConsentFacts.Second), ConsentFacts.HeldAt(ConsentFacts.Now.AddHours(1), ConsentFacts.Second)];

        GroundsOf([ConsentFacts.Granted(), .. other]).Held(Mailed).ShouldBeFalse();
        GroundsOf([ConsentFacts.Granted()], beside: other).Held(Mailed).ShouldBeFalse();
        GroundsOf([ConsentFacts.Granted()], beside: other).Held(Mailed with { When = When.At(ConsentFacts.Now.AddMinutes(1)) }).ShouldBeTrue();
        GroundsOf([], beside: [ConsentFacts.Granted()]).Held(Mailed).ShouldBeFalse();
        GroundsOf([ConsentFacts.GrantedToCourt(), ConsentFacts.Granted(ConsentFacts.Second, scope: ConsentFacts.ToCourt), ConsentFacts.RevokedAt(ConsentFacts.Now.AddHours(1), ConsentFacts.Second)])
            .Held(Mailed with { Recipient = new DisclosureRecipient(ConsentFacts.Court, Role.Judge, null), Purpose = DisclosurePurpose.CourtMonitoring })
            .ShouldBeTrue();
    }

    [Fact]
    public void What_the_agency_agreed_not_to_tell_is_not_told_by_paper_either()
    {
        ConsentEvent[] granted = [ConsentFacts.Granted(), ConsentFacts.RestrictionAsked(ConsentInformation.Attendance), ConsentFacts.RestrictionAgreedAt(ConsentFacts.Now)];

        GroundsOf(granted).Held(Mailed).ShouldBeFalse();
        GroundsOf(granted).Held(Mailed with { Content = ["engagement"] }).ShouldBeTrue();
        GroundsOf(granted).Held(Mailed with { Content = ["engagement", "letter-of-march"] }).ShouldBeFalse();
        GroundsOf([.. granted, ConsentFacts.RestrictionEndedAt(ConsentFacts.Now.AddHours(1), RestrictionEnder.Client)]).Held(Mailed).ShouldBeTrue();
    }

    [Fact]
    public void What_the_client_paid_for_in_full_is_not_told_to_the_payer()
    {
        var scope = ConsentFacts.ToCorrections with { Recipients = ["insurer"], Purposes = [ConsentPurpose.Payment, ConsentPurpose.Treatment] };
        var asked = new RestrictionRequested(ConsentFacts.RestrictionId, ConsentFacts.Coaches, "insurer", [], [ConsentPurpose.Payment], Words: null)
        {
            ClientId = ConsentFacts.ClientId,
            PaidInFull = true,
        }.At(ConsentFacts.Now);
        var toPayer = Mailed with { Recipient = new DisclosureRecipient("insurer", null, null), Purpose = DisclosurePurpose.Payment };
        ConsentEvent[] granted = [ConsentFacts.Granted(kind: ConsentKind.Tpo, scope: scope), asked];

        GroundsOf(granted).Held(toPayer).ShouldBeTrue();
        GroundsOf([.. granted, ConsentFacts.RestrictionAgreedAt(ConsentFacts.Now)]).Held(toPayer).ShouldBeFalse();
        GroundsOf([.. granted, ConsentFacts.RestrictionAgreedAt(ConsentFacts.Now)]).Held(toPayer with { Purpose = DisclosurePurpose.Treatment }).ShouldBeTrue();
    }

    [Fact]
    public void A_court_order_holds_between_its_parties_for_what_it_names_while_it_lasts()
    {
        var grounds = GroundsOf([ConsentFacts.Ordered(ConsentFacts.Now.AddDays(2))]);
        var told = ByOrder(Role.Judge);

        grounds.Held(told).ShouldBeTrue();
        grounds.Held(ByOrder(role: null)).ShouldBeTrue();
        grounds.Held(told with { BasisId = ConsentFacts.First }).ShouldBeFalse();
        grounds.Held(told with { Recipient = new DisclosureRecipient("sheriff", null, null) }).ShouldBeFalse();
        grounds.Held(told with { Content = ["attendance", "treatment-plan"] }).ShouldBeFalse();
        grounds.Held(ByOrder(Role.Prosecutor)).ShouldBeFalse();
        grounds.Held(told with { When = When.At(ConsentFacts.Now.AddDays(2)) }).ShouldBeFalse();
    }

    [Theory]
    [InlineData(CourtOrderBasis.InvestigationOfProgram, Role.Judge, false)]
    [InlineData(CourtOrderBasis.InvestigationOfProgram, null, false)]
    [InlineData(CourtOrderBasis.CriminalAgainstClient, Role.Prosecutor, true)]
    [InlineData(CourtOrderBasis.CriminalAgainstClient, Role.Coordinator, false)]
    [InlineData(CourtOrderBasis.Wi5130, Role.Judge, false)]
    public void A_part_2_record_is_used_against_the_client_by_an_order_for_that_alone(CourtOrderBasis basis, Role? role, bool holds)
    {
        var grounds = GroundsOf([ConsentFacts.Ordered() with { Basis = basis }]);
        var against = ByOrder(role) with { Purpose = DisclosurePurpose.ProceedingsAgainstClient };

        var decided = RecordDisclosure.Decide(against, DisclosureState.Initial, Part2, grounds.Held(against), ConsentFacts.Now.AddDays(1));

        decided.Rejection.ShouldBe(holds ? null : DisclosureRejections.ProceedingsNeedConsentOrOrder());
    }

    [Fact]
    public void An_order_that_names_who_is_told_permits_nothing_to_somebody_unnamed()
    {
        var grounds = GroundsOf([ConsentFacts.Ordered() with { RecipientRoles = [Role.Judge] }]);

        grounds.Held(ByOrder(Role.Judge)).ShouldBeTrue();
        grounds.Held(ByOrder(Role.Defence)).ShouldBeFalse();
        grounds.Held(ByOrder(role: null)).ShouldBeFalse();
    }

    private static RecordDisclosure ByOrder(Role? role) => Mailed with
    {
        Basis = DisclosureBasis.CourtOrder,
        BasisId = ConsentFacts.OrderId,
        Recipient = new DisclosureRecipient(ConsentFacts.Court, role, null),
    };

    private static DisclosureGrounds GroundsOf(ConsentEvent[] facts, ConsentEvent[]? beside = null, Label[]? labels = null) =>
        new(Fold(facts), beside is null ? [] : [Fold(beside)], labels ?? Part2);

    private static ConsentGrounds Fold(ConsentEvent[] facts) =>
        new(facts.Aggregate(ConsentState.Initial, ConsentState.Evolve), ConsentFacts.Now, _ => AgencyKind.Other);

    private Decision<DisclosureEvent> Ask(RecordDisclosure command, bool held = true, Label[]? labels = null) =>
        WhenAsked(state => RecordDisclosure.Decide(command, state, labels ?? Part2, held, Now));
}
