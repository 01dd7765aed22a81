using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Integration.Views;

/// <summary>A fact about one or two keys, for views that know nothing of clients.</summary>
public sealed record NoteTaken(IReadOnlyList<string> Keys, int Value, DateTimeOffset At);

/// <summary>Corrects the value or the time of a note, or of a correction of it.</summary>
public sealed record NoteCorrected(IReadOnlyList<string> Keys, Guid Corrects, int? Value, DateTimeOffset? At, DateTimeOffset Made);

public sealed record NoteErased(IReadOnlyList<string> Keys, DateTimeOffset At);

/// <summary>Follows no key at all: a view must step over it.</summary>
public sealed record NothingNoted(DateTimeOffset At);

/// <summary>Somebody decided that a view passes over an event.</summary>
public sealed record NoteGivenUp(string View, int Version, long Position, Guid EventId);

/// <summary>The order of the fold shows in <c>Mixed</c>; equal rows are frequent, so that merging is exercised.</summary>
public sealed record NoteRow(int Value, int Mixed, DateTimeOffset DueAt);

public sealed class NotesView(int version = 1, Func<RecordedEvent, bool>? fails = null, int? readableSince = null) : HistoryView<NoteRow>
{
    public static readonly ViewOrder ByDue = new("due", [], ["due_at"]);
    public static readonly ViewOrder ByValueAndDue = new("value", ["value"], ["due_at"]);

    public static readonly ViewOrder ByValue = new("by_value", [], ["value"]);

    public override string Name => "notes";

    public override int Version => version;

    public override int ReadableSince => readableSince ?? version;

    public override IReadOnlyList<ViewColumn<NoteRow>> Columns =>
        [ViewColumn<NoteRow>.Number("value", row => row.Value), ViewColumn<NoteRow>.Instant("due_at", row => row.DueAt)];

    public override IReadOnlyList<ViewOrder> Orders => [ByDue, ByValueAndDue, ByValue];

    public static NoteRow? Fold(NoteRow? row, object fact) => fact switch
    {
        NoteTaken taken => new(taken.Value, ((row?.Mixed ?? 0) * 3 + taken.Value) % 4, taken.At.AddDays(taken.Value)),
        NoteCorrected { Value: { } value } when row is not null => row with { Value = value, Mixed = (row.Mixed + value) % 4 },
        NoteErased => null,
        _ => row,
    };

    public static IEnumerable<string> KeysIn(object fact) => fact switch
    {
        NoteTaken taken => taken.Keys,
        NoteCorrected corrected => corrected.Keys,
        NoteErased erased => erased.Keys,
        _ => [],
    };

    public static DateTimeOffset OwnInstant(object fact) => fact switch
    {
        NoteTaken taken => taken.At,
        NoteCorrected corrected => corrected.Made,
        NoteErased erased => erased.At,
        NothingNoted nothing => nothing.At,
        _ => throw new ArgumentException(fact.ToString()),
    };

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) =>
        fails?.Invoke(recorded) == true ? throw new InvalidOperationException("does not add up") : KeysIn(recorded.Data);

    protected override NoteRow? Evolve(NoteRow? row, RecordedEvent recorded) => Fold(row, recorded.Data);

    protected override DateTimeOffset CountsFrom(RecordedEvent recorded) => OwnInstant(recorded.Data);

    protected override EventCorrection? CorrectionIn(RecordedEvent recorded) =>
        recorded.Data is NoteCorrected corrected ? new(corrected.Corrects, corrected.At) : null;
}

public sealed record NoteEntry(string Key, int Value, DateTimeOffset At, bool Corrected);

/// <summary>One entry per note; a correction replaces it.</summary>
public sealed class NoteEntriesView : EntryView<NoteEntry>
{
    public static readonly ViewOrder OfKey = new("of_key", ["note_key"], ["occ_from"]);

    public override string Name => "note_entries";

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<NoteEntry>> Columns => [ViewColumn<NoteEntry>.Text("note_key", entry => entry.Key)];

    public override IReadOnlyList<ViewOrder> Orders => [OfKey];

    protected override IEnumerable<string> EntriesOf(RecordedEvent recorded) => recorded.Data switch
    {
        NoteTaken => [recorded.EventId.ToString()],
        NoteCorrected corrected => [corrected.Corrects.ToString()],
        _ => [],
    };

    protected override NoteEntry? Evolve(NoteEntry? entry, string entryId, RecordedEvent recorded) => recorded.Data switch
    {
        NoteTaken taken => new(taken.Keys[0], taken.Value, taken.At, false),
        NoteCorrected corrected when entry is not null =>
            entry with { Value = corrected.Value ?? entry.Value, At = corrected.At ?? entry.At, Corrected = true },
        _ => entry,
    };

    protected override DateTimeOffset CountsFrom(NoteEntry entry) => entry.At;
}

public sealed record NoteCount(int Notes, int Sum, DateTimeOffset Last);

/// <summary>How many notes each key has now; none after it was erased.</summary>
public sealed class NoteCountsView(Func<RecordedEvent, bool>? fails = null) : TableView<NoteCount>
{
    public override string Name => "note_counts";

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<NoteCount>> Columns { get; } =
    [
        ViewColumn<NoteCount>.Number("notes", row => row.Notes),
        ViewColumn<NoteCount>.OptionalNumber("total", row => row.Sum == 0 ? null : row.Sum),
        ViewColumn<NoteCount>.Instant("last_at", row => row.Last),
    ];

    public override IReadOnlyList<IReadOnlyList<string>> Indexes { get; } = [["notes", "last_at"]];

    protected override IEnumerable<string> KeysOf(RecordedEvent recorded) =>
        fails?.Invoke(recorded) == true ? throw new InvalidOperationException("does not count") : NotesView.KeysIn(recorded.Data);

    protected override NoteCount? Evolve(NoteCount? row, string key, RecordedEvent recorded) => recorded.Data switch
    {
        NoteTaken taken => new((row?.Notes ?? 0) + 1, (row?.Sum ?? 0) + taken.Value, taken.At),
        NoteErased => null,
        _ => row,
    };
}
