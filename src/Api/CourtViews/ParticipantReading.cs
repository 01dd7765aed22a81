using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.HearingCalendar;

namespace CaseFlow.Api.CourtViews;

/// <summary>One participant as the views hold them at a moment, before anybody's rights are asked.</summary>
/// <param name="Whole">From all of the court's entries.</param>
/// <param name="OpenFile">From those of the open file, as pages of earlier formats were made; null when it has none, and when it was not asked.</param>
/// <param name="Relabelled">Entries that were given other labels later, by event.</param>
/// <param name="RelabelledThen">The same, as known at the moment.</param>
/// <param name="Erased">What of the client's record is erased, or sealed from the reader.</param>
/// <param name="Changes">Where the rows changed last; null when it was not asked.</param>
public sealed record ParticipantHeld(
    ComplianceEntry Whole,
    Lazy<ComplianceEntry>? OpenFile,
    IReadOnlyList<ActivityLine> Activity,
    IReadOnlyList<HearingEntry> Hearings,
    IReadOnlyDictionary<Guid, CorrectedEntry> Relabelled,
    IReadOnlyDictionary<Guid, CorrectedEntry> RelabelledThen,
    ErasedContent Erased,
    ParticipantChanges? Changes = null)
{
    /// <summary>The order that took, or seals, the content of the record, or of a class of it that is among this; null while all of it is there.</summary>
    public ContentHidden? ErasedBy => OfAll(Erased) ?? LabelsOf(Relabelled).Select(labels => Erased.Of(DateTimeOffset.MinValue, labels)).FirstOrDefault(order => order is not null);

    /// <summary>Something of it was a juvenile's, by the labels known at the moment: a page about it is sealed, and erased, with that class.</summary>
    public bool WasJuvenileThen => LabelsOf(RelabelledThen).Any(labels => labels.Contains(Label.Juvenile.Code(), StringComparer.Ordinal));

    /// <summary>Of the court's own entries whether they are a juvenile's, of whatever is told of them besides all labels.</summary>
    private IEnumerable<IReadOnlyList<string>> LabelsOf(IReadOnlyDictionary<Guid, CorrectedEntry> relabelled)
    {
        IReadOnlyList<string> juvenile = [Label.Juvenile.Code()];
        foreach (var source in Activity.Select(line => line.Source).Distinct(StringComparer.Ordinal))
            yield return [.. ActivityQueries.SourcesOf(source).SelectMany(one => one.Labels)];
        var own = Whole.Facts.Concat(Hearings.Select(hearing => hearing.Fact)).ToList();
        if (own.Exists(fact => fact.IsJuvenile && !relabelled.ContainsKey(fact.EventId)))
            yield return juvenile;
        foreach (var told in own.Select(fact => fact.EventId).Concat(Activity.SelectMany(line => line.Row?.Events ?? [])))
        {
            if (relabelled.TryGetValue(told, out var entry))
                yield return entry.Labels;
        }
    }

    private static ContentHidden? OfAll(ErasedContent erased) =>
        erased.OfWholeRecord is { } gone ? new ContentHidden(gone.ReasonCode, IsErased: true)
        : erased.SealOfWholeRecord is { } seal ? new ContentHidden(seal.ReasonCode, IsErased: false) : null;
}

/// <summary>Positions of the last changes of one participant's rows up to a moment.</summary>
/// <param name="OfActivity">By source; of a participation that is over without what the court has no part in any more.</param>
public sealed record ParticipantChanges(
    long OfWhole, long OfHearings, IReadOnlyDictionary<string, long> OfActivity)
{
    /// <returns>The last change of what somebody sees who reads both files: what they do not see does not move it.</returns>
    public long Of(ParticipantSeen seen) =>
        OfActivity.Where(one => seen.Sources.Contains(one.Key)).Select(one => one.Value).Append(OfWhole).Append(OfHearings).Max();
}

/// <summary>One participant as somebody sees them.</summary>
/// <param name="Entry">The participation, from the whole file or from the open one.</param>
/// <param name="Sources">The joined sources of the rows that are shown, each once.</param>
public sealed record ParticipantSeen(
    ComplianceEntry Entry, IReadOnlyList<ActivityLine> Activity, IReadOnlyList<HearingEntry> Hearings, IReadOnlyList<string> Sources, bool OpenFileOnly)
{
    /// <summary>The participation from all of the court's entries.</summary>
    public ComplianceEntry? Whole { get; init; }

    /// <summary>Whether everybody who may tell that there is a coach may also tell who came to sessions.</summary>
    public bool AttendanceTold { get; init; }
}

/// <summary>Reads participants from the views of a court, many in a few questions.</summary>
public sealed class ParticipantReading(CaseFlowDatabase database)
{
    /// <summary>Reads participants at a moment that has a position.</summary>
    /// <returns>Those that there are, by participation.</returns>
    /// <exception cref="ViewBehindException">A view did not come to the position in time.</exception>
    public Task<IReadOnlyDictionary<Guid, ParticipantHeld>> OfAsync(
        Actor reader, IReadOnlyCollection<Guid> participations, ViewInstant at, CancellationToken cancellation) =>
        ReadAsync(reader, participations, at, changes: null, beside: null, cancellation);

    /// <summary>Reads one participant, with the positions of the last changes, and meanwhile what else is needed of them.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="participation">Which one.</param>
    /// <param name="at">The moment, with a position.</param>
    /// <param name="beside">Begins the other reads as soon as it is known of whom; null for a participation that is not the reader's to see.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>Null when there is none that is the reader's.</returns>
    /// <exception cref="ViewBehindException">A view did not come to the position in time.</exception>
    public async Task<(ParticipantHeld Held, T Beside)?> OneAsync<T>(
        Actor reader, Guid participation, ViewInstant at, Func<ComplianceEntry, Task<T>?> beside, CancellationToken cancellation)
        where T : class
    {
        T? other = null;
        var held = await ReadAsync(
            reader,
            [participation],
            at,
            new ChangeQuestions(database.Views, reader.Jurisdiction, participation),
            async found => other = found is [var entry] && beside(entry) is { } begun ? await begun : null,
            cancellation);
        return other is null ? null : (held[participation], other);
    }

    private async Task<IReadOnlyDictionary<Guid, ParticipantHeld>> ReadAsync(
        Actor reader, IReadOnlyCollection<Guid> participations, ViewInstant at, ChangeQuestions? changes, Func<IReadOnlyList<ComplianceEntry>, Task>? beside,
        CancellationToken cancellation)
    {
        var (views, jurisdiction) = (database.Views, reader.Jurisdiction);
        var wholes = ParticipationQueries.Of(views.CourtCompliance, participations);
        // Only pages of earlier formats are made from the open file's own row.
        var opens = changes is null ? ParticipationQueries.LaterOf(views.CourtOpenFile, participations) : null;
        var activity = ActivityQueries.Of(views.CourtActivity, participations);
        var hearings = HearingQueries.OfParticipations(views.HearingCalendar, participations);
        // Two questions at one position are one answer. Who they are is known long before all that they did is read.
        var details = database.Reader.AskAsync(jurisdiction, at, [activity, hearings, .. changes?.OfDetails ?? []], cancellation);
        var corrected = StreamsAsync();
        await Task.WhenAll(details, corrected);
        var (found, streams) = (wholes.Answer, await corrected);
        var lines = activity.Answer.ToLookup(line => line.ParticipationId);
        var entries = hearings.Answer.ToLookup(entry => entry.ParticipationId);
        var held = new Dictionary<Guid, ParticipantHeld>(found.Count);
        foreach (var entry in found)
        {
            var corrections = streams.GetValueOrDefault(StreamIds.Labels(entry.ClientId))?.Events ?? [];
            var relabelled = RelabelledBy(corrections);
            // An end whose labels were corrected may be hidden from the reader: then what follows it is as if there were none.
            var ended = entry.Ended is { } end && !relabelled.ContainsKey(end.EventId) ? end : null;
            var changed = changes is null ? null : await changes.AnswerAsync(database.Reader, at, ended, cancellation);
            held[entry.ParticipationId] = new ParticipantHeld(
                entry,
                opens?.Answer.GetValueOrDefault(entry.ParticipationId),
                // Which events a row rests on is in the row alone; it is read again for the few whose labels were corrected.
                relabelled.Count == 0
                    ? [.. lines[entry.ParticipationId]]
                    : await WholeActivityAsync(jurisdiction, entry.ParticipationId, at, cancellation),
                [.. entries[entry.ParticipationId]],
                relabelled,
                RelabelledBy(corrections.Where(one => one.Position <= at.Position)),
                ErasedContent.Of(streams.GetValueOrDefault(StreamIds.Erasure(entry.ClientId))?.Events ?? [], reader),
                changed);
        }

        return held;

        async Task<IReadOnlyDictionary<Guid, StreamEvents>> StreamsAsync()
        {
            await database.Reader.AskAsync(jurisdiction, at, [wholes, changes?.OfEntry ?? (ViewQuestion)opens!], cancellation);
            var clients = wholes.Answer.Select(entry => entry.ClientId).Distinct();
            var read = database.Store.ReadStreamsAsync(
                jurisdiction, [.. clients.SelectMany(client => new[] { StreamIds.Labels(client), StreamIds.Erasure(client) })], cancellation);
            await Task.WhenAll(read, beside?.Invoke(wholes.Answer) ?? Task.CompletedTask);
            return await read;
        }
    }

    /// <returns>The same participant with every row of activity whole, so that which events they rest on is known.</returns>
    public async Task<ParticipantHeld> WholeAsync(string jurisdiction, ParticipantHeld held, ViewInstant at, CancellationToken cancellation) =>
        held with { Activity = await WholeActivityAsync(jurisdiction, held.Whole.ParticipationId, at, cancellation) };

    private async Task<IReadOnlyList<ActivityLine>> WholeActivityAsync(string jurisdiction, Guid participation, ViewInstant at, CancellationToken cancellation)
    {
        var whole = ActivityQueries.Of(database.Views.CourtActivity, [participation], whole: true);
        await database.Reader.AskAsync(jurisdiction, at, [whole], cancellation);
        return whole.Answer;
    }

    /// <summary>What of a participant somebody sees: by labels of now where they were corrected, so that the past is no way around them.</summary>
    /// <param name="held">The participant.</param>
    /// <param name="eyes">Through whose eyes.</param>
    /// <param name="dayOf">The court's local day of an instant.</param>
    /// <param name="relabelled">Labels that were corrected; those of now unless said.</param>
    /// <returns>Null when nothing of the participation is theirs to see.</returns>
    public static ParticipantSeen? Seen(
        ParticipantHeld held, CourtEyes eyes, Func<DateTimeOffset, DateOnly> dayOf, IReadOnlyDictionary<Guid, CorrectedEntry>? relabelled = null)
    {
        var openOnly = !eyes.SeesConfidentialFile;
        var entry = openOnly ? held.OpenFile?.Value : held.Whole;
        if (entry is null || !eyes.SeesOpenFile)
            return null;
        var hidden = (relabelled ?? held.Relabelled)
            .Where(one => !eyes.Sees(one.Value) || (openOnly && one.Value.Labels.Contains(Label.CourtConfidential.Code(), StringComparer.Ordinal)))
            .Select(one => one.Key)
            .ToHashSet();
        var shown = hidden.Count == 0 ? entry : entry.Without(hidden);
        var ended = shown.Ended;
        List<ActivityLine> activity =
        [
            .. held.Activity.Where(line => eyes.Sees(line.Source)
                && line.Row?.Events.Any(hidden.Contains) is not true
                && !AfterTheEnd.Holds(line, ended, dayOf)),
        ];
        return new ParticipantSeen(
            shown,
            activity,
            [.. held.Hearings.Where(one => (!openOnly || one.InOpenFile) && !hidden.Contains(one.Fact.EventId))],
            [.. activity.Select(line => line.Source).Distinct(StringComparer.Ordinal)],
            openOnly)
        {
            Whole = held.Whole,
            AttendanceTold = activity.Where(line => line.Kind == ActivityKind.Coach).SelectMany(line => ActivityQueries.SourcesOf(line.Source))
                .All(source => eyes.Sees((source with { Information = ConsentInformation.Attendance }).Key)),
        };
    }

    private static Dictionary<Guid, CorrectedEntry> RelabelledBy(IEnumerable<RecordedEvent> corrections) =>
        EntryLabels.Of(corrections).Corrected.ToDictionary(entry => entry.EventId);
}
