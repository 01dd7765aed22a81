using CaseFlow.Domain;
using CaseFlow.Domain.Integrity;

namespace CaseFlow.Unit.Integrity;

public sealed class RecordingAVerification() : Spec<IntegrityState, IntegrityEvent>(IntegrityState.Initial, IntegrityState.Evolve)
{
    private static readonly IntegrityFinding Changed = new("changed", 42, 42, Guid.Parse("0195d6c4-0000-7000-8000-000000000001"));
    private static readonly RecordVerification Intact = new("caseflow/1", 1, 4711, IsWhole: true, SignedUpTo: 4700, NotSealed: 2, "root", 0, []);
    private static readonly RecordVerification Broken = Intact with { FindingCount = 150, Findings = [Changed] };

    [Fact]
    public void Says_that_history_is_as_it_was_sealed() => WhenAsked(_ => RecordVerification.Decide(Intact, Now)).ShouldRecord(
        (new HistoryIntegrityVerified() with { Origin = "caseflow/1", FirstPosition = 1, LastPosition = 4711, IsWhole = true, SignedUpTo = 4700, NotSealed = 2, RootHash = "root" }).At(Now));

    [Fact]
    public void Says_how_many_differences_there_are_and_which_come_first()
    {
        var fact = (HistoryIntegrityBroken)WhenAsked(_ => RecordVerification.Decide(Broken, Now)).Events.ShouldHaveSingleItem();

        (fact.FindingCount, fact.FirstPosition, fact.LastPosition, fact.OccurredAt).ShouldBe((150, 1, 4711, Now));
        fact.Findings.ShouldBe([Changed]);
    }

    [Fact]
    public void Each_is_a_fact_of_its_own_and_the_last_on_all_is_what_is_known()
    {
        var intact = RecordVerification.Decide(Intact, Now).Events[0];
        var broken = RecordVerification.Decide(Broken, Now.AddHours(1)).Events[0];
        var range = RecordVerification.Decide(Intact with { IsWhole = false, LastPosition = 10 }, Now.AddHours(2)).Events[0];
        var rangeBroken = RecordVerification.Decide(Broken with { IsWhole = false, LastPosition = 10 }, Now.AddHours(2)).Events[0];

        IntegrityState.Evolve(IntegrityState.Initial, intact).Last.ShouldBe(new(Now, 4711, 4700, 0));
        new[] { intact, broken, range, rangeBroken }.Aggregate(IntegrityState.Initial, IntegrityState.Evolve).Last.ShouldBe(new(Now.AddHours(1), 4711, 4700, 150));
        IntegrityState.Evolve(IntegrityState.Initial, range).Last.ShouldBeNull("a range says nothing of the rest");
    }
}
