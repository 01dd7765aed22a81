using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.RejectedLines;

namespace CaseFlow.Unit.RejectedLines;

public sealed class ErasingOneLine() : Spec<RejectedLinesState, RejectedLinesEvent>(RejectedLinesState.Initial, RejectedLinesState.Evolve)
{
    private static readonly Guid RunId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000c");
    private static readonly RejectedLinesKept Kept = new RejectedLinesKept("pa", 3, []) { RunId = RunId }.At(Now);
    private static readonly EraseRejectedLine Order = new(RunId, 17, ErasureAuthority.Court, "record-sealing");

    [Fact]
    public void An_order_erases_it_once_and_says_when_its_key_is_gone()
    {
        Erase(Order).ShouldBeRefused(RejectedLinesRejections.NotFound(RunId));
        Given(Kept);
        Erase(Order with { ReasonCode = "because" }).ShouldBeRefused(RejectedLinesRejections.ReasonUnknown("because"));
        Confirm(17).ShouldBeRefused(RejectedLinesRejections.LineNotFound(17));

        Erase(Order).ShouldRecord(new RejectedLineErased(17, ErasureAuthority.Court, "record-sealing") { RunId = RunId }.At(Now));
        Erase(Order with { ReasonCode = "client-request" }).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        Confirm(17).ShouldRecord(new RejectedLineKeyDestroyed(17) { RunId = RunId }.At(Now));
        Confirm(17).ShouldBeAlreadyDone();
        Erase(Order, hasKeyOfItsOwn: false).ShouldBeAlreadyDone();
        (State.Runs[RunId].Erased, State.Runs[RunId].ErasedLines[17].DestroyedAt).ShouldBe((null, Now));
        Erase(Order with { Line = 18 }).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_line_without_a_key_of_its_own_does_not_go_alone()
    {
        Given(Kept);

        Erase(Order, hasKeyOfItsOwn: false).ShouldBeRefused(RejectedLinesRejections.LineNotFound(17));
    }

    [Fact]
    public void A_hold_on_the_run_stops_it_until_it_is_released()
    {
        var holdId = Guid.NewGuid();
        Given(Kept, new RejectedLinesHoldPlaced(holdId, ErasureAuthority.Prosecutor, "litigation") { RunId = RunId }.At(Now));
        Erase(Order).ShouldBeRefused(RejectedLinesRejections.Held());

        Given(new RejectedLinesHoldReleased(holdId, ErasureAuthority.Prosecutor) { RunId = RunId }.At(Now));
        Erase(Order).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_hold_on_whoever_it_may_be_about_stops_it()
    {
        Given(Kept);

        Erase(Order, isAnybodyHeld: true).ShouldBeRefused(RejectedLinesRejections.Held());
        Erase(Order with { ReasonCode = "because" }, isAnybodyHeld: true).ShouldBeRefused(RejectedLinesRejections.ReasonUnknown("because"));
    }

    [Fact]
    public void Of_a_run_that_is_erased_no_line_is_left_to_erase()
    {
        Given(Kept, new RejectedLinesErased(ErasureAuthority.Agency, "client-request") { RunId = RunId }.At(Now));

        Erase(Order with { Authority = ErasureAuthority.Agency, ReasonCode = "client-request" }).ShouldBeAlreadyDone();
        Erase(Order).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void After_a_restore_it_is_erased_again_whatever_hold_there_is_and_a_run_that_is_not_known_needs_no_record()
    {
        var again = new RepeatRejectedLineErasure(RunId, 17, ErasureAuthority.Court, "record-sealing", Now.AddDays(-3));
        WhenAsked(state => RepeatRejectedLineErasure.Decide(again, state, Now)).ShouldBeAlreadyDone();
        Given(Kept, new RejectedLinesHoldPlaced(Guid.NewGuid(), ErasureAuthority.Prosecutor, "litigation") { RunId = RunId }.At(Now));

        var erased = WhenAsked(state => RepeatRejectedLineErasure.Decide(again, state, Now)).Events.ShouldHaveSingleItem();

        (erased.OccurredAt, erased.KnownAt).ShouldBe((Now.AddDays(-3), Now));
        WhenAsked(state => RepeatRejectedLineErasure.Decide(again, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Each_line_has_a_key_and_an_order_of_its_own()
    {
        var ids = Enumerable.Range(1, 50).SelectMany(line => new[] { RejectedRun.SubjectOf(RunId, line), RejectedRun.SubjectOfOverdoseLine(RunId, line), RejectedRun.OrderOf(RunId, line) })
            .Append(RejectedRun.SubjectOf(RunId)).Append(RejectedRun.OrderOf(RunId)).ToList();

        ids.Distinct().Count().ShouldBe(ids.Count);
    }

    private Decision<RejectedLinesEvent> Erase(EraseRejectedLine command, bool hasKeyOfItsOwn = true, bool isAnybodyHeld = false) =>
        WhenAsked(state => EraseRejectedLine.Decide(command, state, ErasurePolicy.Default, hasKeyOfItsOwn, isAnybodyHeld, Now));

    private Decision<RejectedLinesEvent> Confirm(int line) => WhenAsked(state => ConfirmRejectedLineDestroyed.Decide(new(RunId, line), state, Now));
}
