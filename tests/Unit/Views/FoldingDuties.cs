using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.Projections.ReferralCompliance;

namespace CaseFlow.Unit.Views;

/// <summary>Whatever happens in whatever order, the row of a duty says nothing that contradicts itself.</summary>
public sealed class FoldingDuties
{
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-0000000000c1");
    private static readonly Guid Duty = Guid.Parse("0195d6c4-0000-7000-8000-0000000000d1");
    private static readonly Guid Overdose = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1");
    private static readonly Guid Second = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a2");
    private static readonly Guid Referral = Guid.Parse("0195d6c4-0000-7000-8000-0000000000f1");

    private static readonly DomainEvent Triggered = new ReferralDutyTriggered(
        Duty, Overdose, "R1", "agent-1", "dcc", "madison", "provider", Hour(0), Hour(24), Hour(20), 3, 3)
    { ClientId = Client }.At(Hour(0));

    private static readonly DomainEvent[] Later =
    [
        new OverdoseMergedIntoDuty(Duty, Second, 3) { ClientId = Client }.At(Hour(2)),
        new ClientNotInterestedRecorded(Duty, "agent-1", ContactMode.Phone, Sealed<string>.FromToken("t"), [Overdose], new DateOnly(2026, 9, 1)) { ClientId = Client }.At(Hour(3)),
        new ReferralDutyExemptionRecorded(Duty, "in-treatment", "sup-1", null) { ClientId = Client }.At(Hour(3)),
        new ReferralDutyImpossibilityRecorded(Duty, ImpossibleReason.ClientGone, []) { ClientId = Client }.At(Hour(3)),
        new ReferralDutyDischarged(Duty, DischargePath.Referred, Referral, Hour(24), InTime: true, 3) { ClientId = Client }.At(Hour(4)),
        new ReferralAttestationGiven(Duty, "agent-1") { ClientId = Client }.At(Hour(5)),
        new AgentSupervisorVerified(Duty, "sup-1") { ClientId = Client }.At(Hour(6)),
        new ReferralDutyReturned(Duty, "sup-1", Sealed<string>.FromToken("r")) { ClientId = Client }.At(Hour(6)),
        new ReferralDutyReassigned(Duty, "agent-1", "agent-2", "dcc", "madison") { ClientId = Client }.At(Hour(3)),
        new ReferralDutyClosedUnsupervised(Duty, DutyPhase.Open) { ClientId = Client }.At(Hour(7)),
        new AgentKnowledgeCorrected(Overdose, Duty, Guid.Empty, Hour(0), Hour(-20), Sealed<string>.FromToken("c")) { ClientId = Client }.At(Hour(-20)),
        new ReferralDutyDueMoved(Duty, Hour(24), Hour(-20), Hour(4), Hour(0), 3) { ClientId = Client }.At(Hour(-20)),
        new ReferralDutyRejudged(Duty, Hour(24), Hour(-20), Hour(4), WasInTime: true, InTime: false, 3) { ClientId = Client }.At(Hour(-20)),
        new ReferralCreated("dcc", "provider", "agent-1", "recovery-coach", null) { ReferralId = Referral, ClientId = Client, DutyId = Duty }.At(Hour(2)),
        new ReferralSent(ReferralChannel.Inbox, Hour(26), Hour(50), 3) { ReferralId = Referral, ClientId = Client, DutyId = Duty }.At(Hour(2)),
        new ReferralDeliveryConfirmed(DeliveryProof.ReceiverAcknowledgement, null) { ReferralId = Referral, ClientId = Client, DutyId = Duty }.At(Hour(4)),
        new ReferralDeliveryFailed(Sealed<string>.FromToken("f")) { ReferralId = Referral, ClientId = Client, DutyId = Duty }.At(Hour(4)),
        new ReferralWithdrawn(WithdrawalReason.SentInError) { ReferralId = Referral, ClientId = Client, DutyId = Duty }.At(Hour(4)),
        new ReferralDutyReminderSent("agent-1", Hour(24)) { ClientId = Client, DutyId = Duty }.At(Hour(20)),
        new ReferralDutyOverdue("agent-1", Hour(24)) { ClientId = Client, DutyId = Duty }.At(Hour(24)),
        new ReferralUnacknowledgedNoticed(Referral, Hour(26)) { ClientId = Client, DutyId = Duty }.At(Hour(50)),
    ];

    [Fact]
    public void Every_event_of_a_duty_and_of_the_senders_side_is_among_these()
    {
        var about = EventCatalogue.All
            .Where(type => type.IsSubclassOf(typeof(DutyEvent)) || type.IsSubclassOf(typeof(NoticeEvent)) || type.IsSubclassOf(typeof(ReferralEvent)))
            .Except([typeof(OverdoseKnownToAgent), typeof(ReferralDutyNotOwed), typeof(ReferralDutyTriggered)]);

        Later.Select(fact => fact.GetType()).ShouldBe(about, ignoreOrder: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_row_is_consistent_after_any_of_them_in_any_order(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 500; run++)
        {
            var entry = DutyEntry.Evolve(null, Triggered)!;
            foreach (var fact in random.GetItems(Later, 12))
            {
                entry = DutyEntry.Evolve(entry, fact)!;
                Check(entry, fact);
            }
        }
    }

    [Fact]
    public void Nothing_of_the_receivers_side_changes_a_row()
    {
        var entry = Later.Aggregate(DutyEntry.Evolve(null, Triggered), DutyEntry.Evolve);
        foreach (var type in EventCatalogue.All.Where(type => type.IsSubclassOf(typeof(IntakeEvent)) || type.IsSubclassOf(typeof(Domain.Touchpoints.TouchpointEvent))))
        {
            var fact = (DomainEvent)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
            foreach (var property in type.GetProperties().Where(property => property.PropertyType == typeof(Guid) && property.SetMethod is not null))
                property.SetValue(fact, property.Name == nameof(IntakeEvent.ReferralId) ? Referral : Client);
            DutyEntry.Evolve(entry, fact).ShouldBeSameAs(entry);
        }
    }

    [Fact]
    public void What_was_learned_after_a_delivery_proven_late_is_not_in_the_duty_any_more()
    {
        var merged = DutyEntry.Evolve(DutyEntry.Evolve(null, Triggered), new OverdoseMergedIntoDuty(Duty, Second, 3) { ClientId = Client }.At(Hour(2)));

        var discharged = DutyEntry.Evolve(merged, new ReferralDutyDischarged(Duty, DischargePath.Referred, Referral, Hour(24), true, 3) { ClientId = Client }.At(Hour(1)));

        discharged!.Overdoses.ShouldHaveSingleItem().OverdoseId.ShouldBe(Overdose);
    }

    [Theory]
    [InlineData(19, DutyStanding.Open, 300)]
    [InlineData(20, DutyStanding.DueSoon, 240)]
    [InlineData(24, DutyStanding.DueSoon, 0)]
    [InlineData(24.01, DutyStanding.Overdue, -1)]
    public void Time_left_and_overdue_follow_from_the_asked_instant(double hour, DutyStanding standing, long minutes)
    {
        var entry = DutyEntry.Evolve(null, Triggered)!;

        entry.StandingAt(Hour(hour)).ShouldBe(standing);
        entry.MinutesLeftAt(Hour(hour)).ShouldBe(minutes);
    }

    private static DateTimeOffset Hour(double hours) => new DateTimeOffset(2026, 6, 1, 15, 0, 0, TimeSpan.Zero).AddHours(hours);

    private static void Check(DutyEntry entry, DomainEvent after)
    {
        var name = after.GetType().Name;
        (entry.EndedAt is null).ShouldBe(entry.Phase == DutyPhase.Open, name);
        (entry.MetInTime() is not null).ShouldBe(entry.Phase == DutyPhase.Discharged, name);
        if (entry.Phase == DutyPhase.Discharged)
            entry.Path.ShouldNotBeNull(name);
        (entry.MinutesLeftAt(Hour(5)) is not null).ShouldBe(entry.Phase == DutyPhase.Open, name);
        entry.Overdoses.ShouldNotBeEmpty(name);
        if (entry.Return is not null)
            entry.Attestation.ShouldBeNull(name);
        entry.Corrections.ShouldAllBe(correction => correction.DueAt != default, name);
    }
}
