using System.Text.Json.Serialization;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.EventStore;

namespace CaseFlow.Projections.CourtCompliance;

/// <summary>
/// What a court's open file holds of a participation: its entries as they were filed there, oldest first, and nothing that is put together from them. Phase and
/// standing, what is met and missing, what is open, sums, counts and ratios follow from both files: told from one they may be false, and told only where
/// the other file says nothing else they would tell that it does (R39 [S:wi-recordkeeping-2011]).
/// </summary>
/// <param name="Court">The court's code.</param>
public sealed record OpenFileShown(string ClientCode, string Court, IReadOnlyList<OpenFileEntry> Entries);

/// <summary>One entry of the open file: codes, days and amounts as filed, never anybody's words.</summary>
/// <param name="Kind">What was recorded.</param>
/// <param name="On">The court's local day.</param>
public sealed record OpenFileEntry(Guid EntryId, FileEntryKind Kind, DateOnly On)
{
    /// <summary>The entry that it is about, where that is in the open file too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? About { get; init; }

    /// <summary>What of its kind: an objective, a condition, a reason, a sanction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>What else says which: a behaviour that is answered, a way of being present, the phase before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>The phase that it is about, or led to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Phase { get; init; }

    /// <summary>UTC: for when a hearing was set, or when it, or the end, was; null where that is known to the day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? At { get; init; }

    /// <summary>Local: until when, or when it begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? DueOn { get; init; }

    /// <summary>US cents, hours or days.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Amount { get; init; }

    /// <summary>Accepted, excused, reached, or referred onward.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Yes { get; init; }
}

/// <summary>The open file as somebody reads it.</summary>
/// <param name="Position">The last change of what is read, of the log; what is not in the open file does not move it.</param>
/// <param name="MissedAt">UTC: for when the missed hearings were set that a death would excuse, which count no more from the day of it.</param>
/// <param name="EventIds">The events that its entries were recorded by.</param>
public sealed record OpenFileRead(OpenFileShown Shown, long Position, IReadOnlyList<DateTimeOffset> MissedAt, IReadOnlySet<Guid> EventIds)
{
    /// <param name="recorded">The participation's stream.</param>
    /// <param name="position">What had been recorded.</param>
    /// <param name="asOf">What had occurred; null for all that was recorded.</param>
    /// <param name="isTheirs">Whether an entry is the reader's to see by its labels of now.</param>
    /// <param name="death">The participant's, as far as anybody knows: nobody fails to come on the day they die.</param>
    /// <returns>Null when nothing of it is theirs. A retraction takes its entry away, whichever file it is in itself, and tells nothing else.</returns>
    public static OpenFileRead? Of(
        IReadOnlyList<RecordedEvent> recorded, long position, DateTimeOffset? asOf, Func<RecordedEvent, bool> isTheirs, KnownDeath? death)
    {
        var known = recorded.Where(one => one.Position <= position).ToList();
        var retractions = known.Where(one => one.Data is CourtEntryRetracted).ToLookup(one => ((CourtEntryRetracted)one.Data).RetractedEntryId);
        var filed = known
            .Where(one => one.Data is ParticipationEvent fact and not CourtEntryRetracted && CourtComplianceView.IsFiledOpen(fact.File, one)
                && !(((DomainEvent)fact).CountsFrom() > asOf) && isTheirs(one))
            .Select(one => (Event: one, Fact: (ParticipationEvent)one.Data, Entry: FileEntry.Of((ParticipationEvent)one.Data, one)))
            .Where(one => one.Entry is not null)
            .ToList();
        if (filed.Count == 0)
            return null;

        var standing = filed.Where(one => !retractions.Contains(one.Fact.EntryId)).Select(one => one.Entry!).ToList();
        var missed = Missed(standing);
        var shown = death is null ? standing : Without(standing, [.. missed.Where(hearing => death.Excuses(hearing.At)).Select(hearing => hearing.Id)]);
        var ids = shown.Select(entry => entry.EntryId).ToHashSet();
        var ofDay = filed.Where(one => one.Fact.OccurredUntil is not null).Select(one => one.Fact.EntryId).ToHashSet();
        return new OpenFileRead(
            new OpenFileShown(
                ClientCode.Of(filed[0].Fact.ClientId), filed[0].Fact.Court, [.. shown.OrderBy(entry => entry.On).Select(entry => Told(entry, ids, ofDay.Contains(entry.EntryId)))]),
            filed.SelectMany(one => retractions[one.Fact.EntryId].Append(one.Event)).Max(one => one.Position)!.Value,
            [.. missed.Select(hearing => hearing.At)],
            shown.Select(entry => entry.EventId).ToHashSet());
    }

    /// <summary>What it is about may be in the other file: then it names nothing. Of what is known to the day a time of day would be made up.</summary>
    private static OpenFileEntry Told(FileEntry entry, HashSet<Guid> shown, bool ofDay) => new(entry.EntryId, entry.Kind, entry.On)
    {
        About = entry.About is { } about && shown.Contains(about) ? about : null,
        Code = entry.Code,
        Detail = entry.Detail,
        Phase = entry.Phase,
        At = ofDay && entry.Kind is not (FileEntryKind.HearingScheduled or FileEntryKind.HearingContinued) ? null : entry.At,
        DueOn = entry.DueOn,
        Amount = entry.Amount,
        Yes = entry.Yes,
    };

    /// <summary>As the whole record counts them: what was held was not missed, and what the court excused needs no other excuse.</summary>
    private static List<(Guid Id, DateTimeOffset At)> Missed(List<FileEntry> entries) =>
    [
        .. from hearing in entries.Where(entry => entry.Kind.IsOfHearing()).GroupBy(entry => entry.Subject)
           where hearing.LastOrDefault(entry => entry.Kind == FileEntryKind.HearingMissed) is { Yes: not true }
               && hearing.All(entry => entry.Kind != FileEntryKind.HearingHeld)
           let awaited = hearing.LastOrDefault(entry => entry.Kind is FileEntryKind.HearingScheduled or FileEntryKind.HearingContinued)
               ?? hearing.Last(entry => entry.Kind == FileEntryKind.HearingMissed)
           where awaited.At is not null
           select (hearing.Key, awaited.At!.Value),
    ];

    private static List<FileEntry> Without(List<FileEntry> entries, HashSet<Guid> hearings) =>
        [.. entries.Where(entry => !entry.Kind.IsOfHearing() || !hearings.Contains(entry.Subject))];
}
