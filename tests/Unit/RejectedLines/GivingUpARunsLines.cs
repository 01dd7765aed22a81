using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.RejectedLines;

namespace CaseFlow.Unit.RejectedLines;

/// <summary>How long the lines that a run rejected are kept, and who gives them up.</summary>
public sealed class GivingUpARunsLines() : Spec<RejectedLinesState, RejectedLinesEvent>(RejectedLinesState.Initial, RejectedLinesState.Evolve)
{
    private static readonly Guid RunId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000c");
    private static readonly DateOnly Today = DateOnly.FromDateTime(Now.UtcDateTime);
    private static readonly RejectedLinesKept Kept = new RejectedLinesKept("pa", 3, []) { RunId = RunId }.At(Now.AddYears(-7));
    private static readonly DateOnly Ended = Today.AddYears(-1).AddDays(1);

    [Fact]
    public void The_policys_years_after_the_run_they_may_go_and_the_anniversary_is_still_kept()
    {
        Given(Kept);
        StandingOf(new RetentionPolicy(RejectedLineYears: 6)).ShouldBe((Ended, true));
        StandingOf(new RetentionPolicy(RejectedLineYears: 7)).ShouldBe((Today.AddDays(1), false));
    }

    [Fact]
    public void What_is_approved_goes_once_and_says_by_which_policy()
    {
        GiveUp().ShouldBeRefused(RejectedLinesRejections.NotFound(RunId));
        Given(Kept);

        GiveUp().ShouldRecord(
            new RejectedLinesRetentionReached(Ended, 3) { RunId = RunId }.At(Now),
            new RejectedLinesErased(ErasureAuthority.Agency, "retention-reached") { RunId = RunId }.At(Now));

        GiveUp().ShouldBeAlreadyDone();
        GiveUp(endsOn: Today).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void What_is_not_over_held_or_not_as_it_was_shown_stays()
    {
        Given(Kept);
        GiveUp(policy: new RetentionPolicy(RejectedLineYears: 8)).ShouldBeRefused(RejectedLinesRejections.RetentionNotReached(Today.AddYears(1).AddDays(1)));
        GiveUp(endsOn: Ended.AddDays(1)).ShouldBeRefused(RejectedLinesRejections.RetentionChanged(Ended));
        GiveUp(version: 2).ShouldBeRefused(RejectedLinesRejections.RetentionChanged(Ended));
        GiveUp(isHeld: true).ShouldBeRefused(RejectedLinesRejections.Held());
        Given(new RejectedLinesHoldPlaced(RunId, ErasureAuthority.Prosecutor, "litigation") { RunId = RunId }.At(Now));
        GiveUp().ShouldBeRefused(RejectedLinesRejections.Held());
        Given(new RejectedLinesHoldReleased(RunId, ErasureAuthority.Prosecutor) { RunId = RunId }.At(Now));
        GiveUp().Events.Count.ShouldBe(2);
    }

    [Fact]
    public void That_their_time_is_over_is_no_reason_of_an_order()
    {
        Given(Kept);
        WhenAsked(state => EraseRejectedLines.Decide(new(RunId, ErasureAuthority.Agency, "retention-reached"), state, ErasurePolicy.Default, isPersonHeld: false, Now))
            .ShouldBeRefused(RejectedLinesRejections.RetentionNotByOrder());
        WhenAsked(state => EraseRejectedLine.Decide(new(RunId, 2, ErasureAuthority.Agency, "retention-reached"), state, ErasurePolicy.Default, hasKeyOfItsOwn: true, isAnybodyHeld: false, Now))
            .ShouldBeRefused(RejectedLinesRejections.RetentionNotByOrder());
    }

    private (DateOnly EndsOn, bool IsProposed) StandingOf(RetentionPolicy policy)
    {
        var standing = Standing(State, policy, isHeld: false)!;
        return (standing.EndsOn, standing.IsProposedOn(Today));
    }

    private static RejectedLinesStanding? Standing(RejectedLinesState state, RetentionPolicy policy, bool isHeld) => state.Runs.GetValueOrDefault(RunId) is { } run
        ? RejectedLinesStanding.Of(run, isHeld, policy, at => DateOnly.FromDateTime(at.UtcDateTime))
        : null;

    private Decision<RejectedLinesEvent> GiveUp(DateOnly? endsOn = null, int? version = 3, bool isHeld = false, RetentionPolicy? policy = null) => WhenAsked(state =>
        GiveUpRejectedLines.Decide(new(RunId, endsOn ?? Ended, version), state, Standing(state, policy ?? RetentionPolicy.Default, isHeld), 3, Today, Now));
}
