using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Overdoses;

public sealed class ConfirmingAFatality : OverdoseSpec
{
    private static readonly JurisdictionPolicy Policy = JurisdictionPolicy.Default("safe-communities");
    private static readonly ConfirmOverdoseFatality Confirm = new(OverdoseId, ConfirmedBy.Coroner, Later);

    [Fact]
    public void Schedules_support_for_the_family_in_four_to_six_weeks()
    {
        Given(Reported());

        Decide(Confirm).ShouldRecord(Died(), FollowUp(ClientId, new DateOnly(2026, 6, 30), new DateOnly(2026, 7, 14), Later));
        Given(Decide(Confirm).Events);
        State.IsFatal.ShouldBeTrue();
    }

    [Fact]
    public void Needs_no_client_record()
    {
        Given(ReportedOfSomebody());

        Decide(Confirm).ShouldRecord(
            Died() with { ClientId = null }, FollowUp(null, new DateOnly(2026, 6, 30), new DateOnly(2026, 7, 14), Later));
    }

    [Fact]
    public void Counts_from_the_local_day_on_which_it_was_confirmed()
    {
        Given(Reported());
        var lateEvening = When.At(new DateTimeOffset(2026, 6, 1, 23, 30, 0, TimeSpan.FromHours(-5)));

        Decide(Confirm with { When = lateEvening }).Events[1]
            .ShouldBe(FollowUp(ClientId, new DateOnly(2026, 6, 29), new DateOnly(2026, 7, 13), lateEvening));
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Reported(), Died());

        Decide(Confirm).ShouldRecordNothing();
    }

    [Fact]
    public void Is_refused_before_the_report() => Decide(Confirm).ShouldRefuse(OverdoseRejections.NotFound(OverdoseId));

    [Fact]
    public void Is_refused_for_what_was_ruled_out()
    {
        Given(Reported(), RuledOut());

        Decide(Confirm).ShouldRefuse(OverdoseRejections.RuledOut(OverdoseId));
    }

    [Fact]
    public void Is_refused_ahead_of_the_recording()
    {
        Given(Reported());

        Decide(Confirm with { When = When.At(Ahead) }).ShouldRefuse(TimeRejections.KnownInFuture(Ahead, Now));
    }

    private static FamilyFollowUpScheduled FollowUp(Guid? clientId, DateOnly earliest, DateOnly latest, When when) =>
        new FamilyFollowUpScheduled(earliest, latest, PolicyVersion: 3) { OverdoseId = OverdoseId, ClientId = clientId }.At(when);

    private Decision<OverdoseEvent> Decide(ConfirmOverdoseFatality command) =>
        ConfirmOverdoseFatality.Decide(command, State, Policy, policyVersion: 3, Now);
}
