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
        Ask(against with { Basis = DisclosureBasis.RequiredByLaw }).ShouldBeRefused(DisclosureRejections.ProceedingsNeedConsentOrOrder());
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
    public void A_consent_holds_for_its_own_parties_purposes_and_time_alone()
    {
        var granted = ConsentFacts.Granted();
        var consent = ConsentState.Evolve(ConsentState.Initial, granted).Consents[0];
        var inForce = granted.Term.EffectiveFrom.AddMinutes(1);
        var told = Faxed with
        {
            BasisId = granted.ConsentId,
            DisclosingAgency = granted.Scope.Disclosers[0],
            Recipient = new DisclosureRecipient(granted.Scope.Recipients[0], null, null),
            Purpose = Enum.GetValues<DisclosurePurpose>().First(purpose => DisclosureGrounds.PurposeOf(purpose) == granted.Scope.Purposes[0]),
            When = When.At(inForce),
        };
        bool Held(RecordDisclosure command) => DisclosureGrounds.Held(consent, order: null, command, _ => null);

        Held(told).ShouldBeTrue();
        Held(told with { BasisId = Guid.CreateVersion7() }).ShouldBeFalse();
        Held(told with { DisclosingAgency = "sheriff" }).ShouldBeFalse();
        Held(told with { Recipient = new DisclosureRecipient("sheriff", null, null) }).ShouldBeFalse();
        Held(told with { Purpose = DisclosurePurpose.ProceedingsAgainstClient }).ShouldBeFalse();
        Held(told with { When = When.At(granted.Term.EffectiveFrom.AddMinutes(-1)) }).ShouldBeFalse();
        Held(told with { Basis = DisclosureBasis.RequiredByLaw }).ShouldBeFalse();
    }

    [Fact]
    public void A_court_order_holds_between_its_parties_while_it_lasts()
    {
        var orderId = Guid.CreateVersion7();
        var order = new CourtOrder(
            orderId, CourtOrderBasis.NonCriminal, "coaches", "dcc", [ConsentInformation.WholeRecord], Now.AddDays(-1), Now.AddDays(1), []);
        var told = Faxed with { Basis = DisclosureBasis.CourtOrder, BasisId = orderId };
        bool Held(RecordDisclosure command) => DisclosureGrounds.Held(consent: null, order, command, _ => AgencyKind.Other);

        Held(told).ShouldBeTrue();
        Held(told with { BasisId = ConsentId }).ShouldBeFalse();
        Held(told with { Recipient = new DisclosureRecipient("sheriff", null, null) }).ShouldBeFalse();
        Held(told with { When = When.At(Now.AddDays(1)) }).ShouldBeFalse();
    }

    private Decision<DisclosureEvent> Ask(RecordDisclosure command, bool held = true, Label[]? labels = null) =>
        WhenAsked(state => RecordDisclosure.Decide(command, state, labels ?? Part2, held, Now));
}
