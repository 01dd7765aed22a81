using System.Collections.Immutable;

namespace CaseFlow.Domain.DrugTests;

/// <summary>The drug tests of one participation.</summary>
/// <param name="Court">Null before the first test.</param>
/// <param name="Tests">By id.</param>
public sealed record DrugTestingState(Guid ClientId, string? Court, ImmutableDictionary<Guid, DrugTest> Tests)
{
    public static readonly DrugTestingState Initial = new(default, null, ImmutableDictionary<Guid, DrugTest>.Empty);

    /// <summary>When each test was ordered or drawn, UTC.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> SelectedAt { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>When the result of each test was reported, confirmed and doubted; nothing for those of which none is said.</summary>
    public ImmutableDictionary<Guid, ResultTimes> Results { get; init; } = ImmutableDictionary<Guid, ResultTimes>.Empty;

    /// <summary>When what is on record of a test was corrected last, UTC, by what was wrong.</summary>
    public ImmutableDictionary<(Guid TestId, TestStatement Corrects), DateTimeOffset> CorrectedAt { get; init; } =
        ImmutableDictionary<(Guid TestId, TestStatement Corrects), DateTimeOffset>.Empty;

    /// <summary>When each test was ordered and told, and what followed beside results.</summary>
    public ImmutableDictionary<Guid, FollowingTimes> Following { get; init; } = ImmutableDictionary<Guid, FollowingTimes>.Empty;

    /// <returns>When a test was ordered and told, and what followed beside results.</returns>
    public FollowingTimes FollowingOf(Guid testId) => Following.GetValueOrDefault(testId) ?? FollowingTimes.None;

    /// <returns>When the result of a test was reported, confirmed and doubted.</returns>
    public ResultTimes ResultsOf(Guid testId) => Results.GetValueOrDefault(testId) ?? ResultTimes.None;

    /// <returns>Why nothing of then is told of a test, because the same was corrected since: the last one told would put that aside unseen; null where it was not.</returns>
    internal Rejection? CheckAfterLast(Guid testId, TestStatement statement, When when) =>
        CorrectedAt.TryGetValue((testId, statement), out var last) && when.IsBefore(last) ? TimeRejections.BeforeWhatItFollows($"drug test corrected, {last:u}") : null;

    /// <returns>The test, or null when there is none.</returns>
    public DrugTest? Find(Guid testId) => Tests.GetValueOrDefault(testId);

    /// <summary>Local days of the tests that count as positive, as they stand: by what the court counts, and by corrections and excuses (R32).</summary>
    public IEnumerable<DateOnly> PositiveDays => Tests.Values.Where(test => test.Standing == TestStanding.Positive).Select(test => test.CountsOn);

    public static DrugTestingState Evolve(DrugTestingState state, DrugTestEvent fact) => fact switch
    {
        DrugTestSelected e => state with
        {
            ClientId = e.ClientId,
            Court = e.Court,
            Tests = state.Tests.SetItem(e.TestId, DrugTest.Of(e)),
            SelectedAt = state.SelectedAt.SetItem(e.TestId, e.OccurredAt),
            Following = state.FollowingAfter(e),
        },
        DrugTestCorrected { Corrects: TestStatement.Ordered, CorrectedOccurredAt: { } right } e => state with
        {
            Tests = state.Tests.SetItem(e.TestId, DrugTest.Evolve(state.Tests[e.TestId], e)),
            SelectedAt = state.SelectedAt.SetItem(e.TestId, right),
            Following = state.FollowingAfter(e),
            CorrectedAt = state.CorrectedAt.SetItem((e.TestId, e.Corrects), e.OccurredAt),
        },
        _ => state with
        {
            Tests = state.Tests.SetItem(fact.TestId, DrugTest.Evolve(state.Tests[fact.TestId], fact)),
            Results = state.ResultsAfter(fact),
            Following = state.FollowingAfter(fact),
            CorrectedAt = fact is DrugTestCorrected e ? state.CorrectedAt.SetItem((e.TestId, e.Corrects), e.OccurredAt) : state.CorrectedAt,
        },
    };

    private ImmutableDictionary<Guid, ResultTimes> ResultsAfter(DrugTestEvent fact)
    {
        var known = ResultsOf(fact.TestId);
        return known.After(fact) is var next && next == known ? Results : Results.SetItem(fact.TestId, next);
    }

    private ImmutableDictionary<Guid, FollowingTimes> FollowingAfter(DrugTestEvent fact)
    {
        var known = FollowingOf(fact.TestId);
        return known.After(fact) is var next && next == known ? Following : Following.SetItem(fact.TestId, next);
    }
}
