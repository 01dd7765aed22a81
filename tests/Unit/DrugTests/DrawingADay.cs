using System.Security.Cryptography;
using System.Text;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>The draw itself: done again by hand it is the same, and over many days it is fair.</summary>
public sealed class DrawingADay
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(n => (byte)n)];
    private static readonly DateOnly Day = new(2026, 3, 3);
    private static readonly Guid Participation = Guid.Parse("0195D6C4-0000-7000-8000-000000000001");
    private static readonly SelectionOdds TwoInSeven = new(2, 7);

    /// <summary>With the words of the documentation and nothing of ours.</summary>
    [Fact]
    public void Is_the_documented_number_and_nothing_else()
    {
        var hash = HMACSHA256.HashData(Seed, Encoding.UTF8.GetBytes("2026-03-03/0195d6c4-0000-7000-8000-000000000001"));
        var fraction = Convert.ToUInt64(Convert.ToHexString(hash[..8]), 16) / Math.Pow(2, 64);

        (Drawing.NumberOf(Seed, Day, Participation) / Math.Pow(2, 64)).ShouldBe(fraction);
        Drawing.Draw(Seed, Day, Participation, TwoInSeven).Selected.ShouldBe(fraction < 2 / 7d);
        Drawing.CommitmentOf(Seed).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Seed)));
    }

    /// <summary>Kept for ever: whoever drew in 2026 can be checked in 2036.</summary>
    [Fact]
    public void Stays_what_it_was_when_the_first_court_drew() =>
        Drawing.NumberOf(Seed, Day, Participation).ToString("x16", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(Known);

    private const string Known = "501a7c9565d8a2e7";

    [Theory]
    [InlineData(0UL, 2, 7, true)]
    [InlineData(5270498306774157604UL, 2, 7, true)]
    [InlineData(5270498306774157605UL, 2, 7, false)]
    [InlineData(ulong.MaxValue, 7, 7, true)]
    [InlineData(0UL, 0, 7, false)]
    [InlineData(ulong.MaxValue, 1000, 1000, true)]
    public void Selects_by_the_odds_exactly(ulong number, int chances, int of, bool selected) =>
        Drawing.IsSelected(number, new SelectionOdds(chances, of)).ShouldBe(selected);

    /// <summary>A fixed seed, so this either holds or does not; four standard deviations around 2 in 7 on each day of the week.</summary>
    [Fact]
    public void Gives_each_participation_the_same_odds_on_every_day_of_the_week()
    {
        const int Weeks = 300;
        var participations = Enumerable.Range(0, 20).Select(n => new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0])).ToList();
        var allowed = 4 * Math.Sqrt(Weeks * participations.Count * (2 / 7d) * (5 / 7d));

        for (var weekday = 0; weekday < 7; weekday++)
        {
            var days = Enumerable.Range(0, Weeks).Select(week => Day.AddDays((7 * week) + weekday)).ToList();
            var selected = days.Sum(day => participations.Count(one => Drawing.Draw(Seed, day, one, TwoInSeven).Selected));
            Math.Abs(selected - (Weeks * participations.Count * 2 / 7d)).ShouldBeLessThan(allowed);
        }
    }

    /// <summary>Having been tested yesterday makes nobody safe today.</summary>
    [Fact]
    public void Owes_nothing_to_the_day_before()
    {
        var days = Enumerable.Range(0, 7000).Select(Day.AddDays).Select(day => Drawing.Draw(Seed, day, Participation, TwoInSeven).Selected).ToList();
        var afterSelected = days.Zip(days.Skip(1)).Where(pair => pair.First).ToList();

        var share = afterSelected.Count(pair => pair.Second) / (double)afterSelected.Count;
        share.ShouldBeInRange(2 / 7d - 0.045, 2 / 7d + 0.045);
    }

    [Fact]
    public void Differs_by_seed_day_and_participation()
    {
        byte[] other = [.. Seed.Select(one => (byte)(one ^ 1))];
        new[]
        {
            Drawing.NumberOf(Seed, Day, Participation),
            Drawing.NumberOf(other, Day, Participation),
            Drawing.NumberOf(Seed, Day.AddDays(1), Participation),
            Drawing.NumberOf(Seed, Day, Guid.Parse("0195D6C4-0000-7000-8000-000000000002")),
        }.ShouldBeUnique();
    }
}
