using System.Globalization;
using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.RecordAges;
using Npgsql;

namespace CaseFlow.Projections.UnidentifiedOverdoses;

/// <summary>How old an overdose is whose person nobody knew when it was reported.</summary>
/// <param name="Age">What the log tells.</param>
/// <param name="IsIdentified">Somebody was recognised: it is kept with their record from then on.</param>
public sealed record UnidentifiedOverdose(Guid OverdoseId, RecordAge Age, bool IsIdentified);

/// <summary>
/// Every overdose of nobody known by when something last happened with it: where the end of its period is looked for. Async, because a later event changes
/// what an earlier one wrote; for now only, because what its age once was tells nobody anything.
/// </summary>
public sealed class UnidentifiedOverdosesView : TableView<UnidentifiedOverdose>
{
    public const string ViewName = "unidentified_overdoses";

    public override string Name => ViewName;

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<UnidentifiedOverdose>> Columns { get; } =
    [
        ViewColumn<UnidentifiedOverdose>.Flag("settled", row => row.IsIdentified || row.Age.IsErased),
        ViewColumn<UnidentifiedOverdose>.Instant("last_activity", row => row.Age.LastActivityAt ?? row.Age.LastRecordedAt),
        ViewColumn<UnidentifiedOverdose>.Instant("last_recorded", row => row.Age.LastRecordedAt),
    ];

    public override IReadOnlyList<IReadOnlyList<string>> Indexes => [["settled", "last_activity"]];

    internal UnidentifiedOverdose RowOf(string json) => JsonSerializer.Deserialize<UnidentifiedOverdose>(json, Json)!;

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => recorded.Data switch
    {
        OverdoseEvent e => [KeyOf(e.OverdoseId)],
        // Of an overdose by itself: the record is the overdose. Of a client there is no row.
        ExpunctionApplied e => [KeyOf(e.ClientId)],
        _ => [],
    };

    protected override UnidentifiedOverdose? Evolve(UnidentifiedOverdose? row, string key, RecordedEvent recorded)
    {
        if (row is null && recorded.Data is not OverdoseReported { ClientId: null })
            return null;
        var fact = (DomainEvent)recorded.Data;
        var known = row ?? new UnidentifiedOverdose(Guid.Parse(key), RecordAge.None, IsIdentified: false);
        return known with
        {
            Age = RecordAge.After(known.Age, fact, recorded.RecordedAt, (recorded.Headers as Circumstances)?.Labels ?? []),
            IsIdentified = known.IsIdentified || fact is OverdosePersonIdentified,
        };
    }

    private static string KeyOf(Guid overdoseId) => overdoseId.ToString("D", CultureInfo.InvariantCulture);
}

/// <summary>The question of the ages of overdoses of nobody known.</summary>
public static class UnidentifiedOverdosesQueries
{
    /// <returns>At most so many that are neither identified nor erased, the oldest first.</returns>
    public static Task<IReadOnlyList<UnidentifiedOverdose>> OldestAsync(
        NpgsqlDataSource source, EventStoreOptions options, UnidentifiedOverdosesView view, OldestAsked asked, int limit, CancellationToken cancellation) =>
        AgesQueries.OldestAsync(source, options, UnidentifiedOverdosesView.ViewName, "settled", view.RowOf, asked, limit, cancellation);
}
