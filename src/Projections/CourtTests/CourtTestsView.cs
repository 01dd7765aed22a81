using System.Globalization;
using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.CourtTests;

/// <summary>One drug test of a court's own record.</summary>
/// <param name="AgencyId">Whose record it is in; what another agency says of it is not in the row.</param>
/// <param name="Labels">Of the test's selection: an erasure may be of one class of a record alone.</param>
/// <param name="SelectedAt">When that was recorded, UTC.</param>
public sealed record CourtTestEntry(string? AgencyId, IReadOnlyList<string> Labels, DateTimeOffset SelectedAt, Guid ParticipationId, Guid ClientId, string Court, DrugTest Test)
{
    public bool IsOpen => Test.IsOpen;

    /// <returns>The row after an event; the row it got when the event says nothing of it.</returns>
    internal static CourtTestEntry? Evolve(CourtTestEntry? row, RecordedEvent recorded)
    {
        var about = recorded.Headers as Circumstances;
        return (recorded.Data, row) switch
        {
            (DrugTestSelected e, null) => new CourtTestEntry(
                about?.Owner(), about?.Labels ?? [], recorded.RecordedAt, e.ParticipationId, e.ClientId, e.Court, DrugTest.Of(e)),
            (DrugTestSelected, _) => row,
            (DrugTestEvent e, not null) when about?.Owner() == row.AgencyId => row with { Test = row.Test.After(e) },
            _ => row,
        };
    }
}

/// <summary>
/// The tests of each court, one row for each, so that all that is pending, late or contested is one look along an index. Async, because results and
/// corrections change what another event wrote.
/// </summary>
public sealed class CourtTestsView : HistoryView<CourtTestEntry>
{
    public const string ViewName = "court_tests";

    public override string Name => ViewName;

    public override int Version => 7;

    public override IReadOnlyList<ViewColumn<CourtTestEntry>> Columns { get; } =
    [
        ViewColumn<CourtTestEntry>.Text("court", row => row.Court),
        ViewColumn<CourtTestEntry>.Flag("is_open", row => row.IsOpen),
        ViewColumn<CourtTestEntry>.Date("day", row => row.Test.Day),
        ViewColumn<CourtTestEntry>.Text("agency", row => row.AgencyId ?? ""),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } = [OfCourt];

    public override IReadOnlyList<IReadOnlyList<string>> Scopes { get; } = [["court"]];

    internal static ViewOrder OfCourt { get; } = new("court", ["court", "is_open"], ["day"]);

    internal CourtTestEntry RowOf(string json) => JsonSerializer.Deserialize<CourtTestEntry>(json, Json)!;

    /// <summary>The id of a test is one participation's own.</summary>
    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) =>
        recorded.Data is DrugTestEvent e ? [string.Create(CultureInfo.InvariantCulture, $"{e.ParticipationId:D}/{e.TestId:D}")] : [];

    protected override CourtTestEntry? Evolve(CourtTestEntry? row, RecordedEvent recorded) => CourtTestEntry.Evolve(row, recorded);

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();

    protected override EventCorrection? CorrectionIn(RecordedEvent recorded) =>
        recorded.Data is ICorrection correction ? new EventCorrection(correction.CorrectedEventId, correction.CorrectedCountsFrom) : null;
}
