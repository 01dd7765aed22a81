using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Domain.DrugTests;

/// <summary>
/// Who of a court could be drawn on a day, and who could not, and why. It follows from what it is asked of alone, so whoever holds the log finds it again
/// years later, and sees whether anybody was left out without a reason.
/// </summary>
/// <param name="PlacesVersion">Version of the court's register of places that it is from.</param>
/// <param name="RosterVersion">Version of the testing roster that it is from.</param>
public sealed record DayPool(
    long PlacesVersion, long RosterVersion, IReadOnlyList<PoolCandidate> Candidates, IReadOnlyList<LeftOutParticipation> LeftOut)
{
    /// <summary>Everybody who holds a place of the court is a candidate or left out with a reason, and so is whoever is drawn without holding one.</summary>
    public static DayPool Of(PoolQuestion asked)
    {
        var (candidates, leftOut) = (new List<PoolCandidate>(), new List<LeftOutParticipation>());
        foreach (var id in asked.Pool.Order())
        {
            var member = asked.Members.GetValueOrDefault(id) ?? new PoolMember(0, ParticipationStage.None, null, MayBeDrawn: true);
            if (ReasonAgainst(asked, id, member) is { } reason)
                leftOut.Add(new LeftOutParticipation(id, reason, member.Version));
            else
                candidates.Add(new PoolCandidate(id, asked.OddsOf(member.Phase), member.Version));
        }

        return new DayPool(asked.PlacesVersion, asked.RosterVersion, candidates, leftOut);
    }

    /// <summary>Reasons of the court's own record go before one of the person's, which tells less often what is not the court's.</summary>
    private static LeftOutReason? ReasonAgainst(PoolQuestion asked, Guid id, PoolMember member) =>
        asked.Tests is null ? LeftOutReason.CourtWithoutTests
        : !asked.Roster.Tested.TryGetValue(id, out var tested) ? asked.Roster.Left.Contains(id) ? LeftOutReason.TestingEnded : LeftOutReason.TestingNotBegun
        : tested.FirstDay > asked.Day ? LeftOutReason.BeginsLater
        : !member.IsAdmitted ? LeftOutReason.ParticipationOver
        : asked.OddsOf(member.Phase).Chances == 0 ? LeftOutReason.PhaseWithoutTests
        : !member.MayBeDrawn ? LeftOutReason.PersonsRecord
        : null;

    /// <summary>
    /// The pool as a text that anybody can write and hash again: a line for the day, then one for each participation in the order of their ids, each ended by
    /// a line feed.
    /// </summary>
    /// <remarks>
    /// <c>pool/2 drug-court 2026-03-03 places 12 roster 5 court 1</c>, then <c>{participation} 2/7 @17</c> for who could be drawn and
    /// <c>{participation} left-out phase-without-tests @17</c> for who could not; the number after @ is the version of the participation's stream. Who was
    /// selected is not in it: that follows from the seed.
    /// </remarks>
    public static string TextOf(TestsDrawn draw)
    {
        var pool = draw.Pool ?? throw new ArgumentException("A draw of the first format has no pool.", nameof(draw));
        var lines = draw.Participations.Select(one => (one.ParticipationId, Text: Line(one.ParticipationId, WordsOf(one.Odds), one.Version)))
            .Concat(pool.LeftOut.Select(one => (one.ParticipationId, Text: Line(one.ParticipationId, WordsOf(one.Reason), one.Version))))
            .OrderBy(one => one.ParticipationId)
            .Select(one => one.Text);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"pool/{pool.Format} {draw.Court} {draw.Day:yyyy-MM-dd} places {pool.PlacesVersion} roster {pool.RosterVersion} court {draw.CourtVersion}");
        return string.Concat(lines.Prepend(head).Select(line => line + "\n"));
    }

    /// <returns>SHA-256 of the pool's text in UTF-8, lower-case hex.</returns>
    public static string HashOf(TestsDrawn draw) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TextOf(draw))));

    internal static string WordsOf(SelectionOdds odds) => string.Create(CultureInfo.InvariantCulture, $"{odds.Chances}/{odds.In}");

    internal static string WordsOf(LeftOutReason reason) => "left-out " + PlainNames.Parted(reason.ToString(), '-');

    private static string Line(Guid participationId, string words, long? version) =>
        string.Create(CultureInfo.InvariantCulture, $"{participationId:D} {words} @{version}");
}

/// <param name="Version">Version of the participation's stream that the odds rest on.</param>
public sealed record PoolCandidate(Guid ParticipationId, SelectionOdds Odds, long Version);

/// <summary>What a participation's record, and that of the person, say for a draw.</summary>
/// <param name="Version">Version of the participation's stream.</param>
/// <param name="MayBeDrawn">False when a record of the person is against it.</param>
public sealed record PoolMember(long Version, ParticipationStage Stage, string? Phase, bool MayBeDrawn)
{
    public bool IsAdmitted => Stage == ParticipationStage.Admitted;
}

/// <summary>What the pool of a day follows from.</summary>
/// <param name="Court">The configuration in force when the day begins; null for none.</param>
/// <param name="Places">Who holds a place of the court: participations.</param>
/// <param name="PlacesVersion">Version of the register that says so.</param>
/// <param name="Roster">Who takes part in its draws.</param>
/// <param name="RosterVersion">Version of the stream that says so.</param>
/// <param name="Members">What the own streams say of everybody in either; one that has none is nobody's.</param>
public sealed record PoolQuestion(
    DateOnly Day,
    CourtInForce? Court,
    IReadOnlyCollection<Guid> Places,
    long PlacesVersion,
    TestingRosterState Roster,
    long RosterVersion,
    IReadOnlyDictionary<Guid, PoolMember> Members)
{
    public TestRules? Tests => Court?.Configuration.Tests;

    /// <summary>Everybody who is asked about: who holds a place, and who takes part in draws and is admitted, should the register have passed them by.</summary>
    public IEnumerable<Guid> Pool => Places.Union(
        Roster.Tested.Keys.Where(id => Members.TryGetValue(id, out var member) && member.IsAdmitted));

    public SelectionOdds OddsOf(string? phase) => RandomTesting.OddsIn(Court!.Configuration, phase);
}
