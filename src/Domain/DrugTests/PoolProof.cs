namespace CaseFlow.Domain.DrugTests;

/// <summary>Whether everybody of a court's roster was in a day's draw or left out with a reason that the log bears out.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Format">Of the draw: 1 for one that names nobody who was left out, of which nothing can be said.</param>
public sealed record PoolProof(DateOnly Day, int Format)
{
    /// <summary>The list is the one that was committed to.</summary>
    public bool HashMatches { get; init; } = true;

    /// <summary>The configuration is the one that was in force when the day began, as known when it was drawn.</summary>
    public bool CourtVersionMatches { get; init; } = true;

    /// <summary>The register of places and the testing roster are as they stood when it was drawn, and none before.</summary>
    public bool RegistersMatch { get; init; } = true;

    /// <summary>Held a place, and are neither drawn nor left out with a reason.</summary>
    public IReadOnlyList<Guid> Missing { get; init; } = [];

    /// <summary>Are named, and held no place and took part in no draw.</summary>
    public IReadOnlyList<Guid> Unfounded { get; init; } = [];

    /// <summary>Were looked at as they had stood before, and not as they stood when it was drawn.</summary>
    public IReadOnlyList<Guid> Stale { get; init; } = [];

    /// <summary>Are named otherwise than the log says.</summary>
    public IReadOnlyList<PoolDifference> Differing { get; init; } = [];

    /// <summary>The draw tells who was left out.</summary>
    public bool IsKept => Format >= DrawnPool.CurrentFormat;

    /// <summary>Nothing speaks against it.</summary>
    public bool Holds => HashMatches && CourtVersionMatches && RegistersMatch && Missing.Count + Unfounded.Count + Stale.Count + Differing.Count == 0;

    /// <summary>A draw of the first format: it says nothing of who was left out, and nothing is held against it.</summary>
    public static PoolProof NotKept(TestsDrawn draw) => new(draw.Day, 1);

    /// <summary>Compares a draw with what the log says at the versions that it names.</summary>
    /// <param name="draw">As it was recorded, with its pool.</param>
    /// <param name="again">The pool looked up again.</param>
    /// <param name="courtVersion">Version of the configuration in force when the day began; 0 for none.</param>
    public static PoolProof Of(TestsDrawn draw, DayPool again, int courtVersion)
    {
        var pool = draw.Pool!;
        var named = draw.Participations.Select(one => (one.ParticipationId, Words: DayPool.WordsOf(one.Odds)))
            .Concat(pool.LeftOut.Select(one => (one.ParticipationId, Words: DayPool.WordsOf(one.Reason))))
            .ToLookup(one => one.ParticipationId, one => one.Words);
        var found = again.Candidates.Select(one => (one.ParticipationId, Words: DayPool.WordsOf(one.Odds)))
            .Concat(again.LeftOut.Select(one => (one.ParticipationId, Words: DayPool.WordsOf(one.Reason))))
            .ToDictionary(one => one.ParticipationId, one => one.Words);
        return new PoolProof(draw.Day, pool.Format)
        {
            HashMatches = pool.Hash == DayPool.HashOf(draw),
            CourtVersionMatches = draw.CourtVersion == courtVersion,
            Missing = [.. found.Keys.Where(id => !named.Contains(id)).Order()],
            Unfounded = [.. named.Select(one => one.Key).Where(id => !found.ContainsKey(id)).Order()],
            Differing =
            [
                .. from one in named
                   where found.ContainsKey(one.Key) && (one.Count() > 1 || one.Single() != found[one.Key])
                   orderby one.Key
                   select new PoolDifference(one.Key, string.Join(", ", one), found[one.Key]),
            ],
        };
    }
}

/// <param name="Named">As the draw has it.</param>
/// <param name="Found">As the log says.</param>
public sealed record PoolDifference(Guid ParticipationId, string Named, string Found);
