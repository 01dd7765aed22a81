using CaseFlow.EventStore.Postgres;

namespace CaseFlow.Unit.EventStore;

public sealed class WaitingForReturningCompany
{
    private static readonly TimeSpan LongTransaction = TimeSpan.FromSeconds(1);

    private readonly ReturningCompany company = new();
    private int looks;

    [Fact]
    public void One_that_was_alone_waits_for_nobody()
    {
        Await(released: 1, waiting: 0).ShouldBe(0);
    }

    [Fact]
    public void It_ends_as_soon_as_as_many_wait_as_were_answered()
    {
        Await(released: 3, waiting: 3).ShouldBe(2, "one look to wait, one to learn from it");
    }

    [Fact]
    public void Where_nobody_comes_back_ever_fewer_transactions_are_followed_by_a_wait()
    {
        var waits = Enumerable.Range(0, 1000).Count(_ => Await(released: 8, waiting: 0) > 0);

        waits.ShouldBeInRange(10, 25);
    }

    [Fact]
    public void When_they_come_again_each_is()
    {
        for (var i = 0; i < 1000; i++)
            Await(released: 8, waiting: 0);
        var quiet = Enumerable.Range(0, 100).TakeWhile(_ => Await(released: 8, waiting: 8) == 0).Count();

        quiet.ShouldBeLessThan(65);
        Await(released: 8, waiting: 8).ShouldBeGreaterThan(0);
        Await(released: 8, waiting: 8).ShouldBeGreaterThan(0);
    }

    /// <returns>How often it looked.</returns>
    private int Await(int released, int waiting)
    {
        looks = 0;
        company.Await(released, LongTransaction, () => { looks++; return waiting; });
        return looks;
    }
}
