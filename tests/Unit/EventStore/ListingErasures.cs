using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Unit.EventStore;

public sealed class ListingErasures : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"erasures-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Nothing_is_listed_before_the_first()
    {
        new ErasureList(path).Read().ShouldBeEmpty();
        File.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public void What_is_added_is_read_by_others_and_added_once()
    {
        var (one, two) = (An(), An());
        new ErasureList(path).Add(one);
        new ErasureList(path).Add(two);
        new ErasureList(path).Add(one);
        var read = new ErasureList(path).Read();
        read.Select(erasure => erasure.OrderId).ShouldBe([one.OrderId, two.OrderId]);
        read[0].Subjects.ShouldBe(one.Subjects);
        (read[0] with { Subjects = one.Subjects }).ShouldBe(one);
    }

    [Fact]
    public void An_order_that_is_listed_gets_another_line_for_further_subjects_alone()
    {
        var (one, further) = (An(), Guid.NewGuid());
        new ErasureList(path).Add(one);
        new ErasureList(path).Add(one with { Subjects = [one.Subjects[1]] });
        new ErasureList(path).Add(one with { Subjects = [further] });
        new ErasureList(path).Add(one with { Subjects = [.. one.Subjects, further] });
        new ErasureList(path).Read().SelectMany(erasure => erasure.Subjects).ShouldBe([.. one.Subjects, further]);
    }

    [Fact]
    public void What_a_crash_left_half_written_is_passed_over_and_not_grown_out_of()
    {
        var (one, two) = (An(), An());
        new ErasureList(path).Add(one);
        File.AppendAllText(path, "{\"tenantId\":\"county\",\"ord");
        new ErasureList(path).Read().Count.ShouldBe(1);
        new ErasureList(path).Add(two);
        new ErasureList(path).Read().Select(erasure => erasure.OrderId).ShouldBe([one.OrderId, two.OrderId]);
    }

    [Fact]
    public void A_whole_line_that_cannot_be_read_stops_the_program()
    {
        new ErasureList(path).Add(An());
        File.AppendAllText(path, "nothing\n");
        Should.Throw<InvalidDataException>(() => new ErasureList(path).Read()).Message.ShouldContain("Line 2");
        Should.Throw<InvalidDataException>(() => new ErasureList(path).Add(An()));
    }

    [Fact]
    public async Task Nodes_that_add_at_once_lose_no_line()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => new ErasureList(path).Add(An()))));
        new ErasureList(path).Read().Count.ShouldBe(20);
    }

    private static ListedErasure An() =>
        new("county", Guid.NewGuid(), Guid.NewGuid(), "whole", [Guid.NewGuid(), Guid.NewGuid()], "court", "expunction", new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
}
