using CaseFlow.EventStore.Views;

namespace CaseFlow.Unit.EventStore;

public sealed class FollowingARowsHistory
{
    private static readonly Func<string?, char?> FirstLetter = row => row?[0];

    [Fact]
    public void Moves_with_what_is_said_and_with_nothing_else()
    {
        Of((3, 5, "apple"), (5, 8, "acorn"), (8, 9, "beech"), (9, long.MaxValue, "birch")).LastChangeOf(FirstLetter).ShouldBe(8);
        Of((3, 5, "apple"), (5, long.MaxValue, "acorn")).LastChangeOf(FirstLetter).ShouldBe(3);
    }

    [Fact]
    public void A_row_that_ended_or_was_away_for_a_while_is_a_change_where_that_says_something()
    {
        Of((3, 5, "apple")).LastChangeOf(FirstLetter).ShouldBe(5);
        Of((3, 5, "apple"), (7, long.MaxValue, "acorn")).LastChangeOf(FirstLetter).ShouldBe(7);
        Of((3, 5, "apple"), (7, long.MaxValue, "acorn")).LastChangeOf(row => row is null ? 'a' : row[0]).ShouldBe(0);
    }

    [Fact]
    public void The_row_is_the_one_that_stands_at_the_moment()
    {
        Of((3, 5, "apple"), (5, 12, "acorn")).Row.ShouldBe("acorn");
        Of((3, 5, "apple")).Row.ShouldBeNull();
        RowHistory<string>.None.Row.ShouldBeNull();
        RowHistory<string>.None.LastChangeOf(FirstLetter).ShouldBe(0);
    }

    private static RowHistory<string> Of(params (long, long, string)[] stood) => new(stood, Position: 10);
}
