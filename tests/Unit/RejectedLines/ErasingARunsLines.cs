using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.RejectedLines;

namespace CaseFlow.Unit.RejectedLines;

public sealed class ErasingARunsLines() : Spec<RejectedLinesState, RejectedLinesEvent>(RejectedLinesState.Initial, RejectedLinesState.Evolve)
{
    private static readonly Guid RunId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000c");
    private static readonly Guid Overdose = Guid.Parse("0195d6c4-0000-8000-8000-000000000001");
    private static readonly Guid HoldId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000d");
    private static readonly RejectedLinesKept Kept = new RejectedLinesKept("pa", 3, [Overdose]) { RunId = RunId }.At(Now);
    private static readonly EraseRejectedLines Order = new(RunId, ErasureAuthority.Agency, "client-request");

    [Fact]
    public void A_run_says_once_what_it_keeps()
    {
        Keep(new(RunId, "pa", 3, [Overdose])).ShouldRecord(Kept);
        Keep(new(RunId, "pa", 3, [Overdose])).ShouldBeAlreadyDone();
        State.Runs[RunId].ShouldSatisfyAllConditions(run => (run.Lines, run.KeptAt, run.IsHeld).ShouldBe((3, Now, false)), run => run.Overdoses.ShouldBe([Overdose]));
    }

    [Fact]
    public void A_run_with_very_many_says_so_in_parts()
    {
        var overdoses = Enumerable.Range(0, 2001).Select(_ => Guid.NewGuid()).ToList();

        Keep(new(RunId, "pa", 3000, overdoses)).Events.Count.ShouldBe(3);

        State.Runs[RunId].Lines.ShouldBe(3000);
        State.Runs[RunId].Overdoses.ShouldBe(overdoses);
    }

    [Fact]
    public void An_order_erases_them_once_and_says_when_the_key_is_gone()
    {
        Erase(Order).ShouldBeRefused(RejectedLinesRejections.NotFound(RunId));
        Given(Kept);
        Erase(Order with { ReasonCode = "because" }).ShouldBeRefused(RejectedLinesRejections.ReasonUnknown("because"));
        Confirm().ShouldBeRefused(RejectedLinesRejections.NotFound(RunId));

        Erase(Order).ShouldRecord(new RejectedLinesErased(ErasureAuthority.Agency, "client-request") { RunId = RunId }.At(Now));
        Erase(Order).ShouldBeAlreadyDone();
        Erase(Order with { ReasonCode = "record-sealing" }).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        Confirm().ShouldRecord(new RejectedLinesKeyDestroyed { RunId = RunId }.At(Now));
        Confirm().ShouldBeAlreadyDone();
        State.Runs[RunId].DestroyedAt.ShouldBe(Now);
        Hold().ShouldBeRefused(RejectedLinesRejections.Erased());
    }

    [Fact]
    public void A_hold_stops_it_until_it_is_released()
    {
        Hold().ShouldBeRefused(RejectedLinesRejections.NotFound(RunId));
        Release().ShouldBeRefused(RejectedLinesRejections.NotFound(RunId));
        Given(Kept);
        Release().ShouldBeRefused(RejectedLinesRejections.HoldNotFound(HoldId));
        Hold("because").ShouldBeRefused(RejectedLinesRejections.ReasonUnknown("because"));
        Hold().ShouldRecord(new RejectedLinesHoldPlaced(HoldId, ErasureAuthority.Prosecutor, "litigation") { RunId = RunId }.At(Now));
        Hold().ShouldBeAlreadyDone();
        Erase(Order).ShouldBeRefused(RejectedLinesRejections.Held());

        foreach (var other in new[] { ErasureAuthority.Agency, ErasureAuthority.Client })
            Release(other).ShouldBeRefused(RejectedLinesRejections.HoldReleasedByAnother());
        Release().ShouldRecord(new RejectedLinesHoldReleased(HoldId, ErasureAuthority.Prosecutor) { RunId = RunId }.At(Now));
        Release().ShouldBeAlreadyDone();
        Hold().ShouldBeRefused(RejectedLinesRejections.HoldReleased(HoldId));
        Erase(Order).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_hold_on_the_record_of_somebody_whom_a_line_is_about_stops_it_too()
    {
        Given(Kept);

        Erase(Order, isPersonHeld: true).ShouldBeRefused(RejectedLinesRejections.Held());
    }

    [Fact]
    public void After_a_restore_it_is_erased_again_whatever_hold_there_is_and_a_run_that_is_not_known_needs_no_record()
    {
        var again = new RepeatRejectedLinesErasure(RunId, ErasureAuthority.Court, "record-sealing", Now.AddDays(-3));
        WhenAsked(state => RepeatRejectedLinesErasure.Decide(again, state, Now)).ShouldBeAlreadyDone();
        Given(Kept);
        Hold();

        var erased = WhenAsked(state => RepeatRejectedLinesErasure.Decide(again, state, Now)).Events.ShouldHaveSingleItem();

        (erased.OccurredAt, erased.KnownAt).ShouldBe((Now.AddDays(-3), Now));
        WhenAsked(state => RepeatRejectedLinesErasure.Decide(again, state, Now)).ShouldBeAlreadyDone();
    }

    private Decision<RejectedLinesEvent> Keep(KeepRejectedLines command) => WhenAsked(state => KeepRejectedLines.Decide(command, state, Now));

    private Decision<RejectedLinesEvent> Erase(EraseRejectedLines command, bool isPersonHeld = false) =>
        WhenAsked(state => EraseRejectedLines.Decide(command, state, ErasurePolicy.Default, isPersonHeld, Now));

    private Decision<RejectedLinesEvent> Confirm() => WhenAsked(state => ConfirmRejectedLinesDestroyed.Decide(new(RunId), state, Now));

    private Decision<RejectedLinesEvent> Hold(string reason = "litigation") =>
        WhenAsked(state => HoldRejectedLines.Decide(new(RunId, HoldId, ErasureAuthority.Prosecutor, reason), state, ErasurePolicy.Default, Now));

    private Decision<RejectedLinesEvent> Release(ErasureAuthority by = ErasureAuthority.Prosecutor) =>
        WhenAsked(state => ReleaseRejectedLines.Decide(new(RunId, HoldId, by), state, Now));
}
