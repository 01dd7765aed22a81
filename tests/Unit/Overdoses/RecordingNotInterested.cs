using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class RecordingNotInterested : DutySpec
{
    private static readonly DateTimeOffset AskedAt = Cdt(6, 2, 14);

    private static readonly RecordNotInterested NotInterested = new(
        ClientId, DutyId, Agent, Role.Agent, AskedAt, ContactMode.Phone, Sealed<string>.Of("Not now, thank you."));

    [Fact]
    public void Discharges_the_duty_at_the_moment_of_asking()
    {
        Given(OpenDuty());

        Decide(NotInterested).ShouldRecord(
            SaidNo(AskedAt, [FirstOverdose], new DateOnly(2026, 7, 2)), Discharged(DischargePath.NotInterested, AskedAt));
    }

    [Fact]
    public void Covers_every_overdose_known_by_then()
    {
        Given([.. OpenDuty(), Known(SecondOverdose, AskedAt), Merged(SecondOverdose, AskedAt)]);

        Decide(NotInterested).ShouldRecord(
            SaidNo(AskedAt, [FirstOverdose, SecondOverdose], new DateOnly(2026, 7, 2)), Discharged(DischargePath.NotInterested, AskedAt));
    }

    [Fact]
    public void Means_the_latest_duty_when_none_is_named()
    {
        Given(OpenDuty());

        Decide(NotInterested with { DutyId = null }).Events.Count.ShouldBe(2);
    }

    [Fact]
    public void Is_in_time_at_the_very_due_time()
    {
        Given(OpenDuty());

        Decide(NotInterested with { AskedAt = DueAt }).ShouldRecord(
            SaidNo(DueAt, [FirstOverdose], new DateOnly(2026, 7, 3)), Discharged(DischargePath.NotInterested, DueAt, inTime: true));
    }

    [Fact]
    public void Is_late_a_second_after_due()
    {
        Given(OpenDuty());
        var late = DueAt.AddSeconds(1);

        Decide(NotInterested with { AskedAt = late }).ShouldRecord(
            SaidNo(late, [FirstOverdose], new DateOnly(2026, 7, 3)), Discharged(DischargePath.NotInterested, late, inTime: false));
    }

    [Fact]
    public void Is_judged_by_the_asking_however_late_it_is_recorded()
    {
        Given(OpenDuty());

        Decide(NotInterested, now: Cdt(6, 20, 9)).Events[1].ShouldBe(Discharged(DischargePath.NotInterested, AskedAt, inTime: true));
    }

    [Fact]
    public void Counts_the_offer_again_from_the_local_day_of_asking()
    {
        Given(OpenDuty());
        var lateEvening = Cdt(6, 2, 23, 30);

        Decide(NotInterested with { AskedAt = lateEvening }).Events[0]
            .ShouldBeOfType<ClientNotInterestedRecorded>().ReofferDueOn.ShouldBe(new DateOnly(2026, 7, 2));
    }

    [Fact]
    public void Still_discharges_a_duty_found_impossible()
    {
        Given([.. OpenDuty(), Gone(Cdt(6, 2, 12))]);

        Decide(NotInterested).ShouldRecord(
            SaidNo(AskedAt, [FirstOverdose], new DateOnly(2026, 7, 2)), Discharged(DischargePath.NotInterested, AskedAt));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(OpenDuty());
        GivenThat(Decide(NotInterested));

        Decide(NotInterested).ShouldRecordNothing();
    }

    [Fact]
    public void Is_refused_without_a_duty() => Decide(NotInterested).ShouldRefuse(DutyRejections.NotFound());

    [Fact]
    public void Is_refused_for_a_duty_of_another_name()
    {
        Given(OpenDuty());

        Decide(NotInterested with { DutyId = DutyOf(SecondOverdose) }).ShouldRefuse(DutyRejections.NotFound());
    }

    [Fact]
    public void Is_refused_after_another_discharge()
    {
        Given(MetDuty());

        Decide(NotInterested).ShouldRefuse(DutyRejections.AlreadyDischarged(DischargePath.Referred));
    }

    [Fact]
    public void Is_refused_after_supervision_ended()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 12))]);

        Decide(NotInterested).ShouldRefuse(DutyRejections.Closed());
    }

    [Fact]
    public void Is_refused_to_a_role_that_the_policy_does_not_name()
    {
        Given(OpenDuty());

        Decide(NotInterested with { AskedAs = Role.Coordinator }).ShouldRefuse(DutyRejections.RoleMayNotDischarge(Role.Coordinator));
    }

    [Theory]
    [InlineData(ContactMode.Text)]
    [InlineData(ContactMode.Email)]
    [InlineData(ContactMode.Letter)]
    public void Is_refused_when_nobody_spoke_to_the_client(ContactMode mode)
    {
        Given(OpenDuty());

        Decide(NotInterested with { Mode = mode }).ShouldRefuse(DutyRejections.ModeDoesNotCount(mode));
    }

    [Fact]
    public void Is_refused_ahead_of_the_recording()
    {
        Given(OpenDuty());
        var now = AskedAt.AddMinutes(-6);

        Decide(NotInterested, now).ShouldRefuse(TimeRejections.KnownInFuture(AskedAt, now));
    }

    [Fact]
    public void Is_refused_when_asked_before_an_overdose_was_known()
    {
        Given([.. OpenDuty(), Known(SecondOverdose, AskedAt.AddSeconds(1)), Merged(SecondOverdose, AskedAt.AddSeconds(1))]);

        Decide(NotInterested).ShouldRefuse(DutyRejections.AskedBeforeKnown());
    }

    private Decision<DutyEvent> Decide(RecordNotInterested command, DateTimeOffset? now = null) =>
        RecordNotInterested.Decide(command, State, Policy, now ?? Cdt(6, 4, 9));

    private static ClientNotInterestedRecorded SaidNo(DateTimeOffset at, Guid[] covered, DateOnly reofferDueOn) =>
        new ClientNotInterestedRecorded(DutyId, Agent, ContactMode.Phone, NotInterested.Answer, covered, reofferDueOn)
        {
            ClientId = ClientId,
        }.At(at);
}
