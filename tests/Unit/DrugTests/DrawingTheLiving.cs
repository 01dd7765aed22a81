using CaseFlow.Domain.Clients;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>Who has died by the end of a day is not among those drawn, and nobody else's draw moves by it.</summary>
public sealed class DrawingTheLiving : SelectionSpec
{
    private static readonly DateOnly Day = new(2026, 3, 8);

    /// <summary>The clocks change that Sunday: it ends at 05:00 UTC, 23 hours after it began.</summary>
    [Theory]
    [InlineData(-24, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void The_day_ends_where_the_court_is(int ticksAfterItsEnd, bool drawn)
    {
        var end = new DateTimeOffset(2026, 3, 9, 5, 0, 0, TimeSpan.Zero);
        var latest = end.AddTicks(ticksAfterItsEnd);

        DrawTests.MayBeDrawn(March, Day, new KnownDeath("hospital", latest, latest)).ShouldBe(drawn);
        DrawTests.MayBeDrawn(March, Day, null).ShouldBeTrue();
    }

    /// <summary>A late draw of the last day of a month asks for the day after it too.</summary>
    [Fact]
    public void The_last_day_of_a_month_ends_with_it() => DrawTests.MayBeDrawn(
        March, March.Last, new KnownDeath("hospital", March.StartOf(March.Next.First), March.StartOf(March.Next.First))).ShouldBeFalse();

    [Fact]
    public void Everybody_elses_draw_is_the_same_and_is_proved()
    {
        Given(Committed(Day));
        var all = DrawTests.Decide(Draw(), State, March.StartOf(Day)).Events.OfType<TestsDrawn>().Single().Participations;
        var gone = all.First(one => one.Selected).ParticipationId;
        var without = DrawTests.Decide(Draw() with { Pool = Pool with { Candidates = [.. Pool.Candidates.Where(one => one.ParticipationId != gone)] } }, State, March.StartOf(Day))
            .Events.OfType<TestsDrawn>().Single();

        without.Participations.ShouldBe(all.Where(one => one.ParticipationId != gone));
        DrawProof.Of(Drawing.CommitmentOf(Seed), Convert.ToHexStringLower(Seed), Day, [without]).Days.ShouldAllBe(day => day.Holds);
    }
}
