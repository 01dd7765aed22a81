using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;

namespace CaseFlow.Unit.DrugTests;

/// <summary>A court's draws in March 2026, in Wisconsin.</summary>
public abstract class SelectionSpec() : Spec<SelectionState, SelectionEvent>(SelectionState.Initial, SelectionState.Evolve)
{
    protected static readonly BusinessCalendar Calendar = new(JurisdictionPolicy.Default("recovery-coaches"));
    protected static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(n => (byte)n)];
    protected static readonly SelectionMonth March = new(new DateOnly(2026, 3, 1), Calendar);
    protected static readonly SelectionOdds TwoInSeven = new(2, 7);
    protected static readonly DayPool Pool = new(
        PlacesVersion: 41,
        RosterVersion: 40,
        [.. Enumerable.Range(1, 40).Select(n => new PoolCandidate(new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), TwoInSeven, Version: 6))],
        [new LeftOutParticipation(new Guid(41, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), LeftOutReason.TestingNotBegun, Version: 5)]);

    protected static SelectionSeedCommitted Committed(DateOnly firstDay) =>
        new SelectionSeedCommitted(Drawing.CommitmentOf(Seed), firstDay, March.StartOf(firstDay)) { Court = "drug-court", Month = March.First }.At(Now);

    protected static TestsDrawn Drawn(DateOnly day, DateTimeOffset at)
    {
        var drawn = new TestsDrawn(
            day,
            at >= March.StartOf(day.AddDays(1)),
            [.. Pool.Candidates.Select(one => Drawing.Draw(Seed, day, one.ParticipationId, one.Odds) with { Version = one.Version })],
            1,
            March.StartOf(day.AddDays(1)))
        {
            Court = "drug-court",
            Month = March.First,
            Pool = new DrawnPool(2, Pool.PlacesVersion, Pool.RosterVersion, Pool.LeftOut, Hash: ""),
        }.At(at);
        return drawn with { Pool = drawn.Pool! with { Hash = DayPool.HashOf(drawn) } };
    }

    protected static DrawTests Draw(byte[]? seed = null) => new("drug-court", March, seed ?? Seed, Pool, 1);
}
