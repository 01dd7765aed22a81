using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Unit.EventStore;

public sealed class TakingSubjectsOutOfAKey
{
    private const string Tenant = "county";
    private readonly PuncturableKey whole = PuncturableKey.Create();

    [Fact]
    public void Each_subject_has_a_key_of_its_own_and_always_the_same()
    {
        var subject = Guid.NewGuid();
        whole.LeafOf(Tenant, subject).ShouldBe(whole.LeafOf(Tenant, subject));
        whole.LeafOf(Tenant, Guid.NewGuid()).ShouldNotBe(whole.LeafOf(Tenant, subject));
        whole.LeafOf("other county", subject).ShouldNotBe(whole.LeafOf(Tenant, subject));
        PuncturableKey.Create().LeafOf(Tenant, subject).ShouldNotBe(whole.LeafOf(Tenant, subject));
    }

    [Fact]
    public void What_is_taken_out_is_gone_and_all_others_stay_what_they_were()
    {
        Guid[] subjects = [.. Enumerable.Range(0, 60).Select(_ => Guid.NewGuid())];
        var gone = subjects.Take(20).ToHashSet();

        var rest = gone.Aggregate(whole, (key, subject) => key.Without(Tenant, subject));

        foreach (var subject in subjects)
            rest.LeafOf(Tenant, subject).ShouldBe(gone.Contains(subject) ? null : whole.LeafOf(Tenant, subject));
        rest.LeafOf("other county", gone.First()).ShouldBe(whole.LeafOf("other county", gone.First()));
    }

    [Fact]
    public void Taking_out_twice_changes_nothing_more()
    {
        var once = whole.Without(Tenant, Guid.Empty);
        once.Without(Tenant, Guid.Empty).ShouldBeSameAs(once);
    }

    [Fact]
    public void It_reads_back_what_it_wrote()
    {
        var (gone, stays) = (Guid.NewGuid(), Guid.NewGuid());
        var read = PuncturableKey.FromBytes(whole.Without(Tenant, gone).ToBytes());
        read.LeafOf(Tenant, gone).ShouldBeNull();
        read.LeafOf(Tenant, stays).ShouldBe(whole.LeafOf(Tenant, stays));
    }

    [Fact]
    public void What_is_kept_holds_no_key_on_the_way_to_what_was_taken_out()
    {
        // The root is gone, and with it every key above the leaf: only the 96 siblings beside the way are left.
        var bytes = whole.Without(Tenant, Guid.Empty).ToBytes();
        bytes.Length.ShouldBe(96 * 45);
        bytes.AsSpan().IndexOf(whole.ToBytes().AsSpan(13)).ShouldBe(-1);
        bytes.AsSpan().IndexOf(whole.LeafOf(Tenant, Guid.Empty)).ShouldBe(-1);
    }
}
