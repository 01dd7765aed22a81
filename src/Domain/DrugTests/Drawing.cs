using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CaseFlow.Domain.DrugTests;

/// <summary>
/// How a day is drawn, so that anybody can do it again: a number per participation that follows from the month's seed, the day and the
/// participation alone. Before the seed is disclosed nobody can know it; afterwards nobody can deny it.
/// </summary>
/// <remarks>
/// The number is the first 64 bits, most significant byte first, of HMAC-SHA-256 with the seed as key over
/// <c>2026-03-03/0195d6c4-0000-7000-8000-000000000001</c> (day, slash, participation in lower-case hex). A participation is selected when
/// the number divided by 2^64 is less than its odds, so with 2 in 7 each of them has the same chance on each day, whatever was drawn
/// before (R31 [S:call2test]).
/// </remarks>
public static class Drawing
{
    /// <summary>Length of a seed, bytes.</summary>
    public const int SeedLength = 32;

    /// <returns>What is published before the seed is used: its SHA-256 in lower-case hex.</returns>
    public static string CommitmentOf(ReadOnlySpan<byte> seed) => Convert.ToHexStringLower(SHA256.HashData(seed));

    /// <returns>The participation's number on that day.</returns>
    public static ulong NumberOf(ReadOnlySpan<byte> seed, DateOnly day, Guid participationId)
    {
        var drawn = string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}/{participationId:D}");
        return BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(seed, Encoding.UTF8.GetBytes(drawn)));
    }

    /// <returns>Whether a number is selected under these odds: exactly, without rounding.</returns>
    public static bool IsSelected(ulong number, SelectionOdds odds) => (UInt128)number * (ulong)odds.In < (UInt128)(ulong)odds.Chances << 64;

    /// <returns>The draw of one participation.</returns>
    public static DrawnParticipation Draw(ReadOnlySpan<byte> seed, DateOnly day, Guid participationId, SelectionOdds odds) =>
        new(participationId, odds, IsSelected(NumberOf(seed, day, participationId), odds));
}

/// <summary>Whether a month was drawn as it was promised, by nothing but what is published.</summary>
/// <param name="SeedMatches">The disclosed seed is the one committed to.</param>
/// <param name="Days">Each day's draw, done again.</param>
/// <param name="Missing">Days of the month, from the first that was promised, without a draw.</param>
public sealed record DrawProof(bool SeedMatches, IReadOnlyList<DayProof> Days, IReadOnlyList<DateOnly> Missing)
{
    /// <summary>Everything is as it was promised.</summary>
    public bool Holds => SeedMatches && Missing.Count == 0 && Days.All(day => day.Holds);

    /// <summary>Draws every day again with the disclosed seed and compares.</summary>
    /// <param name="commitment">What was published before.</param>
    /// <param name="seed">The disclosed seed, hex; anything else does not match.</param>
    /// <param name="firstDay">The first day that was promised to be drawn.</param>
    /// <param name="draws">As they were recorded.</param>
    public static DrawProof Of(string commitment, string seed, DateOnly firstDay, IReadOnlyList<TestsDrawn> draws)
    {
        var key = seed.Length == 2 * Drawing.SeedLength && seed.All(char.IsAsciiHexDigit) ? Convert.FromHexString(seed) : [];
        var drawn = draws.Select(draw => draw.Day).ToHashSet();
        var afterMonth = new DateOnly(firstDay.Year, firstDay.Month, 1).AddMonths(1);
        return new DrawProof(
            key.Length > 0 && Drawing.CommitmentOf(key) == commitment,
            [.. draws.Select(draw => DayProof.Of(key, draw))],
            [.. Enumerable.Range(0, afterMonth.DayNumber - firstDay.DayNumber).Select(firstDay.AddDays).Where(day => !drawn.Contains(day))]);
    }
}

/// <param name="Day">The local day.</param>
/// <param name="CaughtUp">Drawn after it was over.</param>
/// <param name="Participations">Each draw, done again.</param>
public sealed record DayProof(DateOnly Day, bool CaughtUp, IReadOnlyList<ParticipationProof> Participations)
{
    public bool Holds => Participations.All(one => one.Holds);

    internal static DayProof Of(byte[] seed, TestsDrawn draw) => new(
        draw.Day, draw.CaughtUp, [.. draw.Participations.Select(one => ParticipationProof.Of(seed, draw.Day, one))]);
}

/// <param name="ParticipationId">Whose draw.</param>
/// <param name="Odds">The odds that were in force.</param>
/// <param name="Selected">As it was recorded.</param>
/// <param name="Number">The number drawn again, 16 hex digits.</param>
/// <param name="Holds">It was selected exactly when the number says so.</param>
public sealed record ParticipationProof(Guid ParticipationId, SelectionOdds Odds, bool Selected, string Number, bool Holds)
{
    internal static ParticipationProof Of(byte[] seed, DateOnly day, DrawnParticipation drawn)
    {
        var number = Drawing.NumberOf(seed, day, drawn.ParticipationId);
        return new ParticipationProof(
            drawn.ParticipationId,
            drawn.Odds,
            drawn.Selected,
            number.ToString("x16", CultureInfo.InvariantCulture),
            Drawing.IsSelected(number, drawn.Odds) == drawn.Selected);
    }
}
