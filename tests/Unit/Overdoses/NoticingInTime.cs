using System.Diagnostics;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;

namespace CaseFlow.Unit.Overdoses;

public sealed class NoticingInTime : DutySpec
{
    private static readonly DateTimeOffset RemindAt = Cdt(6, 3, 6);
    private static readonly NoticeTimer Reminder = new(NoticeKind.Reminder, DutyId, ClientId, DutyId, DueAt);
    private static readonly NoticeTimer Overdue = new(NoticeKind.Overdue, DutyId, ClientId, DutyId, DueAt);
    private static readonly NoticeTimer Unacknowledged = new(NoticeKind.Unacknowledged, ReferralId, ClientId, DutyId, Cdt(6, 5, 9));

    [Fact]
    public void A_new_duty_sets_a_reminder_and_the_due_time() =>
        DutyNotices.On(OpenDuty()[1]).ShouldBe([new SetTimer(Reminder, RemindAt), new SetTimer(Overdue, DueAt)]);

    [Fact]
    public void A_moved_due_time_sets_both_anew()
    {
        var dueAt = Cdt(6, 3, 16);

        DutyNotices.On(new ReferralDutyDueMoved(DutyId, DueAt, Cdt(6, 2, 16), dueAt, Cdt(6, 3, 12), PolicyVersion: 3) { ClientId = ClientId })
            .ShouldBe([new SetTimer(Reminder with { DueAt = dueAt }, Cdt(6, 3, 12)), new SetTimer(Overdue with { DueAt = dueAt }, dueAt)]);
    }

    public static TheoryData<DomainEvent> Endings { get; } =
    [
        Discharged(DischargePath.Referred, KnownAt), Gone(KnownAt), Closed(KnownAt),
    ];

    [Theory]
    [MemberData(nameof(Endings), DisableDiscoveryEnumeration = true)]
    public void The_end_of_a_duty_cancels_both(DomainEvent ending) =>
        DutyNotices.On(ending).ShouldBe([new CancelTimer(NoticeKind.Reminder, DutyId), new CancelTimer(NoticeKind.Overdue, DutyId)]);

    [Fact]
    public void A_sent_referral_sets_a_notice_for_after_the_grace() =>
        DutyNotices.On(new ReferralSent(ReferralChannel.Inbox, Cdt(6, 5, 9), Cdt(6, 9, 9), PolicyVersion: 3)
        {
            ReferralId = ReferralId,
            ClientId = ClientId,
            DutyId = DutyId,
        }).ShouldBe([new SetTimer(Unacknowledged, Cdt(6, 9, 9))]);

    public static TheoryData<DomainEvent> Receipts { get; } =
    [
        new ReferralDeliveryConfirmed(DeliveryProof.ReceiverAcknowledgement, Receipt: null) { ReferralId = ReferralId, ClientId = ClientId },
        new ReferralDeliveryFailed(Sealed<string>.Of("No such fax number.")) { ReferralId = ReferralId, ClientId = ClientId },
        new ReferralWithdrawn(WithdrawalReason.Duplicate) { ReferralId = ReferralId, ClientId = ClientId },
    ];

    [Theory]
    [MemberData(nameof(Receipts), DisableDiscoveryEnumeration = true)]
    public void A_referral_delivered_failed_or_withdrawn_cancels_it(DomainEvent fact) =>
        DutyNotices.On(fact).ShouldBe([new CancelTimer(NoticeKind.Unacknowledged, ReferralId)]);

    /// <summary>Every other event of the system; none may be forgotten when one is added.</summary>
    [Fact]
    public void No_other_fact_moves_a_timer()
    {
        Type[] movers =
        [
            typeof(ReferralDutyTriggered), typeof(ReferralDutyDueMoved), typeof(ReferralDutyDischarged),
            typeof(ReferralDutyImpossibilityRecorded), typeof(ReferralDutyClosedUnsupervised), typeof(ReferralSent),
            typeof(ReferralDeliveryConfirmed), typeof(ReferralDeliveryFailed), typeof(ReferralWithdrawn),
        ];

        foreach (var type in EventCatalogue.All.Except(movers))
        {
            var fact = (DomainEvent)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
            DutyNotices.On(fact).ShouldBeEmpty(type.Name);
        }
    }

    [Fact]
    public void A_reminder_goes_out_while_the_duty_is_open()
    {
        Given(OpenDuty());

        DutyNotices.Fire(Reminder, State, RemindAt).ShouldBe(
            new ReferralDutyReminderSent(Agent, DueAt) { ClientId = ClientId, DutyId = DutyId }.At(RemindAt));
    }

    [Fact]
    public void An_overdue_notice_goes_out_while_the_duty_is_open()
    {
        Given(OpenDuty());

        DutyNotices.Fire(Overdue, State, DueAt).ShouldBe(
            new ReferralDutyOverdue(Agent, DueAt) { ClientId = ClientId, DutyId = DutyId }.At(DueAt));
    }

    [Fact]
    public void A_notice_goes_to_the_agent_who_holds_the_duty_then()
    {
        Given([.. OpenDuty(), Reassigned(Cdt(6, 2, 12))]);

        DutyNotices.Fire(Reminder, State, RemindAt).ShouldBeOfType<ReferralDutyReminderSent>().AgentId.ShouldBe(NextAgent);
    }

    [Theory]
    [MemberData(nameof(Endings), DisableDiscoveryEnumeration = true)]
    public void Nothing_goes_out_after_the_end(DomainEvent ending)
    {
        Given([.. OpenDuty(), (DutyEvent)ending]);

        DutyNotices.Fire(Reminder, State, RemindAt).ShouldBeNull();
        DutyNotices.Fire(Overdue, State, DueAt).ShouldBeNull();
    }

    [Fact]
    public void Nothing_goes_out_about_a_due_time_that_moved()
    {
        Given(OpenDuty());
        GivenThat(Correcting(FirstOverdose, Cdt(6, 2, 16)));

        DutyNotices.Fire(Overdue, State, DueAt).ShouldBeNull();
        DutyNotices.Fire(Overdue with { DueAt = Cdt(6, 3, 16) }, State, Cdt(6, 3, 16)).ShouldNotBeNull();
    }

    [Fact]
    public void Nothing_goes_out_about_an_unknown_duty() => DutyNotices.Fire(Reminder, State, RemindAt).ShouldBeNull();

    [Fact]
    public void A_referral_is_no_duty()
    {
        Given(OpenDuty());

        Should.Throw<UnreachableException>(() => DutyNotices.Fire(Reminder with { Kind = NoticeKind.Unacknowledged }, State, DueAt));
    }

    [Fact]
    public void An_unconfirmed_receipt_is_noticed() =>
        DutyNotices.FireUnacknowledged(Unacknowledged, Cdt(6, 9, 9)).ShouldBe(
            new ReferralUnacknowledgedNoticed(ReferralId, Cdt(6, 5, 9)) { ClientId = ClientId, DutyId = DutyId }.At(Cdt(6, 9, 9)));

    [Fact]
    public void One_stream_holds_one_notice_of_a_kind_about_a_due_time()
    {
        DutyNotices.StreamOf(Reminder).ShouldBe(DutyNotices.StreamOf(Reminder with { DueAt = DueAt.ToUniversalTime() }));

        Guid[] streams =
        [
            DutyNotices.StreamOf(Reminder), DutyNotices.StreamOf(Overdue), DutyNotices.StreamOf(Unacknowledged),
            DutyNotices.StreamOf(Reminder with { DueAt = DueAt.AddHours(1) }),
        ];
        streams.ShouldBeUnique();
    }
}
