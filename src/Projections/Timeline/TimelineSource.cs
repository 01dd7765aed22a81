using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;

namespace CaseFlow.Projections.Timeline;

/// <summary>Where an entry comes from, as far as it matters to who sees it: entries of one source are all shown to somebody, or none is.</summary>
/// <param name="AgencyId">Whose record it is; null for the system's own.</param>
/// <param name="Information">What it tells, in the words of a consent.</param>
/// <param name="Labels">Codes of what law it is under, in their order.</param>
/// <param name="Author">The staff id of who keeps it as a private note; null for what is no private note.</param>
public sealed record TimelineSource(string? AgencyId, ConsentInformation Information, IReadOnlyList<string> Labels, string? Author = null)
{
    /// <summary>As one text, by which the view's rows are told apart.</summary>
    public string Key => $"{AgencyId}/{Information}/{string.Join(',', Labels)}{(Author is null ? "" : $"/{Author}")}";

    /// <summary>Sources of one key are one source, whichever list holds their labels.</summary>
    public bool Equals(TimelineSource? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <returns>The source of a key.</returns>
    public static TimelineSource OfKey(string key)
    {
        var parts = key.Split('/', 4);
        return new TimelineSource(
            parts[0].Length == 0 ? null : parts[0], Enum.Parse<ConsentInformation>(parts[1]), parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries),
            parts.Length > 3 ? parts[3] : null);
    }
}

/// <summary>The sources of a client's entries at a moment.</summary>
/// <param name="Sources">Each once.</param>
/// <param name="Relabelled">Entries whose labels were corrected, each with the source that it has at that moment: of one of these, a past row
/// may have another.</param>
public sealed record TimelineSources(IReadOnlyList<TimelineSource> Sources, IReadOnlyList<RelabelledEntry> Relabelled);

/// <param name="Key">The entry's key in the view.</param>
/// <param name="EventId">The event that wrote it.</param>
/// <param name="Source">Its source at the moment asked about.</param>
public sealed record RelabelledEntry(string Key, Guid EventId, TimelineSource Source);

/// <summary>What of a client's timeline somebody sees: some sources, and of the entries whose labels were corrected only these.</summary>
/// <param name="Sources">Keys of the sources.</param>
/// <param name="Relabelled">Keys of all entries whose labels were corrected.</param>
/// <param name="RelabelledShown">Keys of those that are shown.</param>
/// <param name="OnlyAgency">The one agency that all of it is of; null when there are several.</param>
public sealed record TimelineSight(
    IReadOnlyList<string> Sources, IReadOnlyList<string> Relabelled, IReadOnlyList<string> RelabelledShown, string? OnlyAgency = null)
{
    /// <summary>By the key of a source, since when what it received is seen; what it received before is not (45 CFR 164.522(a)(2)(iii)).</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> FreeSince { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>
    /// Times after a participation, of somebody who sees this as that court's: what coach and client went on with in them is none of the court's business. Empty for
    /// everybody else.
    /// </summary>
    public IReadOnlyList<TimeApart> BesideCourt { get; init; } = [];

    /// <returns>All that an agency recorded without any label.</returns>
    public static TimelineSight Unlabelled(string agencyId) =>
        new([.. Enum.GetValues<ConsentInformation>().Select(told => new TimelineSource(agencyId, told, []).Key)], [], [], agencyId);

    /// <summary>What a provider records of a coaching; what its court offers and orders is the court's own.</summary>
    private static string[] CoachingKinds { get; } =
    [
        .. ProjectionCatalogue.EventTypes.All.Where(one => one.Value.IsSubclassOf(typeof(CoachingEvent)) && !one.Value.IsSubclassOf(typeof(CoachingOrderEvent)))
            .Select(one => one.Key).Order(StringComparer.Ordinal),
    ];

    /// <summary>A condition over the view's columns that holds for what is seen.</summary>
    internal RowFilter Filter(RowFilter filter) => With(filter.And(Sql("")), "");

    /// <param name="suffix">Tells the values of several sights apart.</param>
    internal string Sql(string suffix)
    {
        var seen = Relabelled.Count == 0
            ? $"source = any(@sources{suffix})"
            : $"((source = any(@sources{suffix}) and key <> all(@relabelled{suffix})) or key = any(@relabelled_shown{suffix}))";
        if (BesideCourt.Count > 0)
        {
            seen += $" and not (kind = any(@coaching_kinds{suffix}) and exists (select from unnest(@apart_from{suffix}, @apart_to{suffix}) as apart(since, until)"
                + " where occ_from >= since and (until is null or occ_from < until)))";
        }

        return FreeSince.Count == 0
            ? seen
            : $"{seen} and not exists (select from unnest(@free_sources{suffix}, @free_since{suffix}) as free(of_source, since) where source = of_source and (row ->> 'knownAt')::timestamptz < since)";
    }

    /// <summary>Adds the values of <see cref="Sql"/>.</summary>
    internal RowFilter With(RowFilter filter, string suffix)
    {
        filter.With("sources" + suffix, Sources.ToArray());
        if (Relabelled.Count > 0)
            filter.With("relabelled" + suffix, Relabelled.ToArray()).With("relabelled_shown" + suffix, RelabelledShown.ToArray());
        if (BesideCourt.Count > 0)
        {
            filter.With("coaching_kinds" + suffix, CoachingKinds)
                .With("apart_from" + suffix, BesideCourt.Select(time => time.From.ToUniversalTime()).ToArray())
                .With("apart_to" + suffix, BesideCourt.Select(time => time.To?.ToUniversalTime()).ToArray());
        }

        return FreeSince.Count == 0
            ? filter
            : filter.With("free_sources" + suffix, FreeSince.Keys.ToArray())
                .With("free_since" + suffix, FreeSince.Values.Select(since => since.ToUniversalTime()).ToArray());
    }
}

/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive; null while it lasts.</param>
public readonly record struct TimeApart(DateTimeOffset From, DateTimeOffset? To);
