using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Retention;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Supervision;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Unit.Storage;

namespace CaseFlow.Unit.Erasure;

/// <summary>What is still open of a record, so that it is kept whatever its age.</summary>
public sealed class FindingOpenWork
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid Other = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    private static readonly SupervisionStarted Supervised = new SupervisionStarted(SupervisionStatus.Probation, "dcc", "north", null) { ClientId = Client }.At(Now);
    private static readonly ReferralCreated Created = new ReferralCreated("dcc", "coaches", "agent-1", "recovery-coaching", null) { ClientId = Client, ReferralId = Other }.At(Now);
    private static readonly ReferralSent Sent = new ReferralSent(ReferralChannel.Inbox, Now, Now, 1) { ClientId = Client, ReferralId = Other }.At(Now);
    private static readonly ReferralAcknowledged Acknowledged = new ReferralAcknowledged("coach-1") { ClientId = Client, ReferralId = Other, ProviderAgencyId = "coaches" }.At(Now);

    [Fact]
    public void Supervision_keeps_a_record_until_it_ends()
    {
        In(Supervised).ShouldBe(RetentionBlock.Supervision);
        In(Supervised, new SupervisionEnded(SupervisionEndReason.Completed) { ClientId = Client }.At(Now)).ShouldBeNull();
    }

    [Fact]
    public void A_referral_keeps_a_record_until_it_came_to_its_end_on_both_sides()
    {
        In(Created).ShouldBe(RetentionBlock.Referral);
        In(Created, Sent).ShouldBe(RetentionBlock.Referral);
        In(Created, Sent, new ReferralDeliveryConfirmed(DeliveryProof.ReceiverAcknowledgement, null) { ClientId = Client, ReferralId = Other }.At(Now)).ShouldBeNull();
        In(Acknowledged).ShouldBe(RetentionBlock.Referral);
        In(Acknowledged, new ReferralClosed(ReferralOutcome.GotHelp) { ClientId = Client, ReferralId = Other, ProviderAgencyId = "coaches" }.At(Now)).ShouldBeNull();
    }

    [Fact]
    public void An_open_duty_keeps_a_record()
    {
        var owed = (ReferralDutyTriggered)SampleEvents.Of(typeof(ReferralDutyTriggered));
        var known = (OverdoseKnownToAgent)SampleEvents.Of(typeof(OverdoseKnownToAgent)) with { OverdoseId = owed.OverdoseId };
        In(known, owed).ShouldBe(RetentionBlock.Duty);
        In(known, owed, new ReferralDutyClosedUnsupervised(owed.DutyId, DutyPhase.Open) { ClientId = Client }.At(Now)).ShouldBeNull();
    }

    [Fact]
    public void A_consent_that_waits_for_the_end_of_supervision_keeps_a_record_until_then()
    {
        var granted = (ConsentGranted)SampleEvents.Of(typeof(ConsentGranted));
        granted = granted with
        {
            Term = new ConsentTerm(Now.AddDays(-10), null, ConsentCondition.EndOfSupervision, null),
            Form = granted.Form with { SignedAt = Now.AddDays(-10) },
        };
        var ends = OpenWork.EndsIn([Supervised, new SupervisionEnded(SupervisionEndReason.Completed) { ClientId = Client }.At(Now)]);

        In(granted).ShouldBe(RetentionBlock.Consent);
        OpenWork.InStream([granted], Now, ends).ShouldBeNull();
        OpenWork.LastConsentIn([granted], Now, ends).ShouldBe(Now);
        OpenWork.EndsIn([granted]).ShouldBeEmpty();
    }

    [Fact]
    public void Plain_facts_and_nothing_keep_no_record()
    {
        In().ShouldBeNull();
        In(new ContactMade(ContactMode.InPerson, 5) { ClientId = Client }.At(Now)).ShouldBeNull();
        OpenWork.LastConsentIn([Supervised], Now).ShouldBeNull();
    }

    [Fact]
    public void What_is_ordered_asked_or_not_looked_at_keeps_every_record_of_the_person_and_nobody_elses()
    {
        var hold = ErasureState.Initial with { Holds = ErasureState.Initial.Holds.Add(Other, true) };
        var released = ErasureState.Initial with { Holds = ErasureState.Initial.Holds.Add(Other, false) };
        var sealing = ErasureState.Evolve(
            ErasureState.Initial, new SealingOrdered(Other, ErasureScope.WholeRecord, ErasureAuthority.Court, "record-sealing", Sealed<string>.Of("7")) { ClientId = Client }.At(Now));
        var used = new EmergencyAccessUsed("coach-1", Role.Coach, "coaches", EmergencyReason.Overdose, Sealed<string>.Of("Found."), Now, Now, 1)
        { ClientId = Client, EmergencyAccessId = Other }.At(Now);
        var opened = new OpenMatters([new EmergencyAccess(used, Reviewed: null)], []);
        var asked = new OpenMatters([], [new RightsRequest(Other, Client, RightsKind.Accounting, Now, Now.AddDays(30))]);
        var breach = (BreachSuspected)SampleEvents.Of(typeof(BreachSuspected));
        var found = ((BreachAssessed)SampleEvents.Of(typeof(BreachAssessed))) with { BreachId = breach.BreachId, Finding = BreachFinding.Breach, ClientIds = [Client] };
        var breached = BreachState.Evolve(BreachState.Evolve(BreachState.Initial, breach), found);

        Around(orders: [ErasureState.Initial, hold]).ShouldBe([RetentionBlock.LegalHold]);
        Around(orders: [released]).ShouldBeEmpty();
        Around(orders: [sealing]).ShouldBe([RetentionBlock.SealingOrder]);
        Around(matters: opened).ShouldBe([RetentionBlock.EmergencyReview]);
        Around(matters: asked).ShouldBe([RetentionBlock.RightsRequest]);
        Around(matters: new OpenMatters(opened.Emergencies, asked.Requests)).ShouldBe([RetentionBlock.EmergencyReview, RetentionBlock.RightsRequest]);
        Around(breaches: breached).ShouldBe([RetentionBlock.Breach]);
        OpenWork.Around([Other], [ErasureState.Initial], IdentityState.Initial, new OpenMatters(opened.Emergencies, asked.Requests), breached).ShouldBeEmpty();
        var told = BreachState.Evolve(breached, new BreachNotified(BreachAudience.Clients, DisclosureMethod.Paper, "privacy-1") { BreachId = breach.BreachId }.At(Now));
        Around(breaches: told).ShouldBeEmpty();
    }

    private static RetentionBlock? In(params IReadOnlyList<DomainEvent> stream) => OpenWork.InStream(stream, Now);

    private static IReadOnlyList<RetentionBlock> Around(
        IReadOnlyList<ErasureState>? orders = null, OpenMatters? matters = null, BreachState? breaches = null) =>
        [.. OpenWork.Around([Client], orders ?? [], IdentityState.Initial, matters ?? new OpenMatters([], []), breaches ?? BreachState.Initial)];
}
