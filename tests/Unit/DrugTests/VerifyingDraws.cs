using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>Anybody with what is published can tell a fair month from one that was meddled with.</summary>
public sealed class VerifyingDraws : SelectionSpec
{
    private static readonly string Published = Drawing.CommitmentOf(Seed);
    private static readonly string Disclosed = Convert.ToHexStringLower(Seed);

    private static IReadOnlyList<TestsDrawn> Month { get; } =
        [.. Enumerable.Range(0, 31).Select(March.First.AddDays).Select(day => Drawn(day, March.StartOf(day)))];

    [Fact]
    public void A_month_drawn_as_promised_holds()
    {
        var proof = DrawProof.Of(Published, Disclosed, March.First, Month);

        proof.Holds.ShouldBeTrue();
        proof.Days.Count.ShouldBe(31);
        proof.Days.SelectMany(day => day.Participations).Count(one => one.Selected).ShouldBeGreaterThan(200);
    }

    [Fact]
    public void One_selection_too_many_or_too_few_shows_and_names_whose()
    {
        var meddled = Month.ToArray();
        var victim = meddled[4].Participations[7];
        meddled[4] = meddled[4] with { Participations = [.. meddled[4].Participations.Select(one => one == victim ? one with { Selected = !one.Selected } : one)] };

        var proof = DrawProof.Of(Published, Disclosed, March.First, meddled);

        proof.Holds.ShouldBeFalse();
        proof.Days.Where(day => !day.Holds).ShouldHaveSingleItem().Participations.Where(one => !one.Holds)
            .ShouldHaveSingleItem().ParticipationId.ShouldBe(victim.ParticipationId);
    }

    [Fact]
    public void Odds_changed_afterwards_show()
    {
        var certain = Month.Select(day => day with { Participations = [.. day.Participations.Select(one => one with { Odds = new SelectionOdds(7, 7) })] }).ToList();

        DrawProof.Of(Published, Disclosed, March.First, certain).Holds.ShouldBeFalse();
    }

    [Fact]
    public void A_day_left_out_shows() =>
        DrawProof.Of(Published, Disclosed, March.First, [.. Month.Where(draw => draw.Day.Day != 17)]).Missing.ShouldBe([new DateOnly(2026, 3, 17)]);

    [Fact]
    public void Days_before_the_promised_first_are_not_missed() =>
        DrawProof.Of(Published, Disclosed, new DateOnly(2026, 3, 10), [.. Month.Where(draw => draw.Day.Day >= 10)]).Holds.ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e20")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fff")]
    public void Another_seed_than_the_promised_one_shows(string seed)
    {
        var proof = DrawProof.Of(Published, seed, March.First, Month);

        proof.SeedMatches.ShouldBeFalse();
        proof.Holds.ShouldBeFalse();
    }
}
