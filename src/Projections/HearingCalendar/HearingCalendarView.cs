using System.Globalization;
using System.Text.Json;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Projections.HearingCalendar;

/// <summary>One entry about a hearing: that it was scheduled, put off, held or missed, or what the court did in it.</summary>
/// <param name="LogPosition">Of several times that a hearing was put off to, the one recorded last counts.</param>
public sealed record HearingEntry(Guid ParticipationId, Guid ClientId, string Court, bool InOpenFile, FileEntry Fact, long LogPosition);

/// <summary>
/// Everything about hearings, one row per entry, so that taking an entry back changes one row; a hearing is its entries together. Async,
/// because a retraction changes what another entry wrote.
/// </summary>
public sealed class HearingCalendarView : HistoryView<HearingEntry>
{
    public const string ViewName = "hearing_calendar";

    public override string Name => ViewName;

    public override int Version => 4;

    public override IReadOnlyList<ViewColumn<HearingEntry>> Columns { get; } =
    [
        ViewColumn<HearingEntry>.Text("court", row => row.Court),
        ViewColumn<HearingEntry>.Uuid("participation_id", row => row.ParticipationId),
        ViewColumn<HearingEntry>.Uuid("hearing_id", row => row.Fact.Subject),
        ViewColumn<HearingEntry>.Flag("in_open_file", row => row.InOpenFile),
        ViewColumn<HearingEntry>.Instant("hearing_at", row => row.Fact.At ?? DateTimeOffset.MaxValue),
        ViewColumn<HearingEntry>.Uuid("client_id", row => row.ClientId),
        ViewColumn<HearingEntry>.Uuid("entry_id", row => row.Fact.EntryId),
        ViewColumn<HearingEntry>.Uuid("event_id", row => row.Fact.EventId),
        ViewColumn<HearingEntry>.Text("kind", row => ViewText.Of(row.Fact.Kind)),
        ViewColumn<HearingEntry>.Text("file", row => ViewText.Of(row.Fact.File)),
        ViewColumn<HearingEntry>.Date("told_on", row => row.Fact.On),
        ViewColumn<HearingEntry>.OptionalText("told_at", row => HearingColumns.Written(row.Fact.At)),
        ViewColumn<HearingEntry>.OptionalUuid("about", row => row.Fact.About),
        ViewColumn<HearingEntry>.OptionalText("code", row => row.Fact.Code),
        ViewColumn<HearingEntry>.OptionalText("detail", row => row.Fact.Detail),
        ViewColumn<HearingEntry>.OptionalFlag("yes", row => row.Fact.Yes),
        ViewColumn<HearingEntry>.OptionalText("retracted_at", row => HearingColumns.Written(row.Fact.RetractedAt)),
        ViewColumn<HearingEntry>.Flag("juvenile", row => row.Fact.IsJuvenile),
        ViewColumn<HearingEntry>.Number("log_position", row => row.LogPosition),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } = [OfCourt, OfHearing, OfParticipation];

    public override IReadOnlyList<IReadOnlyList<string>> Scopes { get; } = [["court"], ["court", "in_open_file"]];

    internal static ViewOrder OfCourt { get; } = new("court", ["court"], ["hearing_at"]);

    internal static ViewOrder OfHearing { get; } = new("hearing", ["hearing_id"], []);

    /// <summary>With all that an entry says, so that a participant's hundred are read from the index alone.</summary>
    internal static ViewOrder OfParticipation { get; } = new("participation", ["participation_id"], ["hearing_at"])
    {
        Holding =
        [
            "client_id", "court", "in_open_file", "entry_id", "event_id", "kind", "file", "told_on", "told_at", "about", "code", "detail", "yes", "retracted_at",
            "log_position", "juvenile",
        ],
    };

    internal HearingEntry RowOf(string json) => JsonSerializer.Deserialize<HearingEntry>(json, Json)!;

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) => recorded.Data switch
    {
        CourtEntryRetracted e => [Key(e.ParticipationId, e.RetractedEntryId)],
        ParticipationEvent e when FileEntry.Of(e, recorded) is { } told && told.Kind.IsOfHearing() => [Key(e.ParticipationId, e.EntryId)],
        _ => [],
    };

    protected override HearingEntry? Evolve(HearingEntry? row, RecordedEvent recorded) => (row, recorded.Data) switch
    {
        (null, CourtEntryRetracted) => null,
        (_, CourtEntryRetracted) => row with { Fact = row.Fact with { RetractedAt = recorded.RecordedAt } },
        (_, ParticipationEvent e) when FileEntry.Of(e, recorded) is { } told =>
            new HearingEntry(e.ParticipationId, e.ClientId, e.Court, CourtComplianceView.IsFiledOpen(e.File, recorded), told, recorded.Position!.Value),
        _ => row,
    };

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => ((DomainEvent)recorded.Data).CountsFrom();

    protected override EventCorrection? CorrectionIn(RecordedEvent recorded) =>
        recorded.Data is ICorrection correction ? new EventCorrection(correction.CorrectedEventId, correction.CorrectedCountsFrom) : null;

    /// <summary>The id of an entry is one participation's own.</summary>
    private static string Key(Guid participationId, Guid entryId) => string.Create(CultureInfo.InvariantCulture, $"{participationId:D}/{entryId:D}");
}
