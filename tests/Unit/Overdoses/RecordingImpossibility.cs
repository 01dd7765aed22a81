using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

/// <summary>R9: three attempts, two modes, two parts of the day, seven days from first to last.</summary>
public sealed class RecordingImpossibility : DutySpec
{
    private static readonly DateTimeOffset Now = Cdt(6, 12, 9);

    private static readonly ContactAttempt Morning = new(Cdt(6, 2, 11), ContactMode.Phone, AttemptOutcome.NoAnswer);
    private static readonly ContactAttempt Afternoon = new(Cdt(6, 4, 14), ContactMode.HomeVisit, AttemptOutcome.NoOneHome);
    private static readonly ContactAttempt WeekLater = new(Cdt(6, 9, 11), ContactMode.Phone, AttemptOutcome.MessageLeft);

    [Fact]
    public void Takes_the_attempts_that_the_policy_asks_for()
    {
        Given(OpenDuty());

        Unreachable(Morning, Afternoon, WeekLater).ShouldRecord(
            new ReferralDutyImpossibilityRecorded(DutyId, ImpossibleReason.Unreachable, [Morning, Afternoon, WeekLater])
            {
                ClientId = ClientId,
            }.At(Now));
    }

    [Fact]
    public void Takes_no_attempts_for_a_client_who_is_gone()
    {
        Given(OpenDuty());

        Decide(ImpossibleReason.ClientGone).ShouldRecord(Gone(Now));
    }

    [Fact]
    public void Leaves_the_duty_undischarged_and_visible()
    {
        Given([.. OpenDuty(), Gone(Now)]);

        Duty.Phase.ShouldBe(DutyPhase.Impossible);
        Duty.Path.ShouldBeNull();
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given([.. OpenDuty(), Gone(Now)]);

        Decide(ImpossibleReason.ClientGone).ShouldRecordNothing();
    }

    [Fact]
    public void Is_refused_without_attempts()
    {
        Given(OpenDuty());

        Unreachable().ShouldRefuse(DutyRejections.AttemptsMissing(
            ["attempts (0 of 3)", "different modes (0 of 2)", "parts of the day (0 of 2)", "days from first to last (0 of 7)"]));
    }

    [Fact]
    public void Is_refused_with_an_attempt_too_few()
    {
        Given(OpenDuty());

        Unreachable(Morning, Afternoon with { AttemptedAt = Cdt(6, 9, 14) })
            .ShouldRefuse(DutyRejections.AttemptsMissing(["attempts (2 of 3)"]));
    }

    [Fact]
    public void Is_refused_with_one_mode_only()
    {
        Given(OpenDuty());

        Unreachable(Morning, Afternoon with { Mode = ContactMode.Phone }, WeekLater)
            .ShouldRefuse(DutyRejections.AttemptsMissing(["different modes (1 of 2)"]));
    }

    [Fact]
    public void Is_refused_with_one_part_of_the_day_only()
    {
        Given(OpenDuty());

        Unreachable(Morning, Afternoon with { AttemptedAt = Cdt(6, 4, 5) }, WeekLater)
            .ShouldRefuse(DutyRejections.AttemptsMissing(["parts of the day (1 of 2)"]));
    }

    [Theory]
    [InlineData(11, 12)]
    [InlineData(16, 17)]
    [InlineData(21, 22)]
    [InlineData(4, 5)]
    public void Tells_the_parts_of_the_day_apart(int hour, int nextPart)
    {
        Given(OpenDuty());

        Unreachable(
            Morning with { AttemptedAt = Cdt(6, 2, hour, 59) },
            Afternoon with { AttemptedAt = Cdt(6, 4, nextPart) },
            WeekLater with { AttemptedAt = Cdt(6, 9, nextPart) }).Rejection.ShouldBeNull();
    }

    [Fact]
    public void Is_refused_a_day_short_of_the_week()
    {
        Given(OpenDuty());

        Unreachable(Morning, Afternoon, WeekLater with { AttemptedAt = Cdt(6, 8, 11) })
            .ShouldRefuse(DutyRejections.AttemptsMissing(["days from first to last (6 of 7)"]));
    }

    [Fact]
    public void Is_refused_with_an_attempt_ahead_of_now()
    {
        Given(OpenDuty());

        Unreachable(Morning, Afternoon, WeekLater with { AttemptedAt = Now.AddMinutes(6) }).ShouldRefuse(DutyRejections.AttemptAhead());
    }

    [Fact]
    public void Is_refused_without_a_duty() => Decide(ImpossibleReason.ClientGone).ShouldRefuse(DutyRejections.NotFound());

    [Fact]
    public void Is_refused_after_the_discharge()
    {
        Given(MetDuty());

        Decide(ImpossibleReason.ClientGone).ShouldRefuse(DutyRejections.AlreadyDischarged(DischargePath.Referred));
    }

    [Fact]
    public void Is_refused_after_supervision_ended()
    {
        Given([.. OpenDuty(), Closed(Cdt(6, 2, 12))]);

        Decide(ImpossibleReason.ClientGone).ShouldRefuse(DutyRejections.Closed());
    }

    private Decision<DutyEvent> Unreachable(params ContactAttempt[] attempts) => Decide(ImpossibleReason.Unreachable, attempts);

    private Decision<DutyEvent> Decide(ImpossibleReason reason, params ContactAttempt[] attempts) =>
        RecordImpossibility.Decide(new RecordImpossibility(ClientId, DutyId, reason, attempts), State, Policy, Now);

    [Fact]
    public void Is_not_verified_by_whoever_recorded_it()
    {
        Given(OpenDuty());
        GivenThat(RecordImpossibility.Decide(
            new RecordImpossibility(ClientId, DutyId, ImpossibleReason.ClientGone, [], RecordedBy: "supervisor-1"), State, Policy, Cdt(6, 12, 9)));

        VerifyDuty.Decide(new VerifyDuty(ClientId, DutyId, "supervisor-1"), State, Cdt(6, 12, 10)).ShouldRefuse(DutyRejections.OwnAct());
    }
}
