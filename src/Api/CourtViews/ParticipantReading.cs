using System.Collections.Immutable;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
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
/// <param name="OpenFile">From those of the open file; null when it has none.</param>
/// <param name="Relabelled">Labels that entries were given later, by event.</param>
/// <param name="RelabelledThen">The same, as known at the moment.</param>
/// <param name="Erased">What of the client's record is erased, or sealed from the reader.</param>
public sealed record ParticipantHeld(
    ComplianceEntry Whole,
    ComplianceEntry? OpenFile,
    IReadOnlyList<ActivityLine> Activity,
    IReadOnlyList<HearingEntry> Hearings,
    IReadOnlyDictionary<Guid, IReadOnlyList<string>> Relabelled,
    IReadOnlyDictionary<Guid, IReadOnlyList<string>> RelabelledThen,
    ErasedContent Erased)
{
    /// <summary>The order that took, or seals, the content of the record, or of a class of it that is among this; null while all of it is there.</summary>
    public ContentHidden? ErasedBy => OfAll(Erased) ?? Activity.Select(line => line.Source).Distinct(StringComparer.Ordinal)
        .Select(source => Erased.Of(DateTimeOffset.MinValue, [.. ActivityQueries.SourcesOf(source).SelectMany(one => one.Labels)]))
        .FirstOrDefault(order => order is not null);

    private static ContentHidden? OfAll(ErasedContent erased) =>
        erased.OfWholeRecord is { } gone ? new ContentHidden(gone.ReasonCode, IsErased: true)
        : erased.SealOfWholeRecord is { } seal ? new ContentHidden(seal.ReasonCode, IsErased: false) : null;
}

/// <summary>One participant as somebody sees them.</summary>
/// <param name="Entry">The participation, from the whole file or from the open one.</param>
/// <param name="Sources">The joined sources of the rows that are shown, each once.</param>
public sealed record ParticipantSeen(
    ComplianceEntry Entry, IReadOnlyList<ActivityLine> Activity, IReadOnlyList<HearingEntry> Hearings, IReadOnlyList<string> Sources, bool OpenFileOnly)
{
    /// <summary>Whether everybody who may tell that there is a coach may also tell who came to sessions.</summary>
    public bool AttendanceTold { get; init; }
}

/// <summary>Reads participants from the views of a court, many in a few questions.</summary>
public sealed class ParticipantReading(CaseFlowDatabase database)
{
    /// <returns>Those that there are at the moment, by participation.</returns>
    /// <exception cref="ViewBehindException">A view did not come to the position in time.</exception>
    public async Task<IReadOnlyDictionary<Guid, ParticipantHeld>> OfAsync(
        Actor reader, IReadOnlyCollection<Guid> participations, ViewInstant at, CancellationToken cancellation)
    {
        var (views, jurisdiction) = (database.Views, reader.Jurisdiction);
        var wholes = ParticipationQueries.OfAsync(database.Reader, views.CourtCompliance, jurisdiction, participations, at, cancellation);
        var opens = ParticipationQueries.OfAsync(database.Reader, views.CourtOpenFile, jurisdiction, participations, at, cancellation);
        var activity = ActivityQueries.OfAsync(database.Reader, views.CourtActivity, jurisdiction, participations, at, cancellation);
        var hearings = HearingQueries.OfParticipationsAsync(database.Reader, views.HearingCalendar, jurisdiction, participations, at, cancellation);
        await Task.WhenAll(wholes, opens, activity, hearings);

        var found = await wholes;
        var clients = found.Select(entry => entry.ClientId).Distinct().ToList();
        var streams = await database.Store.ReadStreamsAsync(
            jurisdiction, [.. clients.SelectMany(client => new[] { StreamIds.Labels(client), StreamIds.Erasure(client) })], cancellation);
        var lines = (await activity).ToLookup(line => line.ParticipationId);
        var entries = (await hearings).Entries.ToLookup(entry => entry.ParticipationId);
        var openFiles = (await opens).ToDictionary(entry => entry.ParticipationId);
        var held = new Dictionary<Guid, ParticipantHeld>(found.Count);
        foreach (var entry in found)
        {
            var corrections = streams.GetValueOrDefault(StreamIds.Labels(entry.ClientId))?.Events ?? [];
            var relabelled = RelabelledBy(corrections);
            held[entry.ParticipationId] = new ParticipantHeld(
                entry,
                openFiles.GetValueOrDefault(entry.ParticipationId),
                // Which events a row rests on is in the row alone; it is read again for the few whose labels were corrected.
                relabelled.Count == 0
                    ? [.. lines[entry.ParticipationId]]
                    : await ActivityQueries.OfAsync(database.Reader, views.CourtActivity, jurisdiction, [entry.ParticipationId], at, cancellation, whole: true),
                [.. entries[entry.ParticipationId]],
                relabelled,
                RelabelledBy(corrections.Where(one => one.Position <= at.Position)),
                ErasedContent.Of(streams.GetValueOrDefault(StreamIds.Erasure(entry.ClientId))?.Events ?? [], reader));
        }

        return held;
    }

    /// <summary>What of a participant somebody sees: by labels of now where they were corrected, so that the past is no way around them.</summary>
    /// <param name="held">The participant.</param>
    /// <param name="eyes">Through whose eyes.</param>
    /// <param name="openFileOnly">Only what the open file holds.</param>
    /// <param name="relabelled">Labels that were corrected; those of now unless said.</param>
    /// <returns>Null when nothing of the participation is theirs to see.</returns>
    public static ParticipantSeen? Seen(
        ParticipantHeld held, CourtEyes eyes, bool openFileOnly, IReadOnlyDictionary<Guid, IReadOnlyList<string>>? relabelled = null)
    {
        var openOnly = openFileOnly || !eyes.SeesConfidentialFile;
        var entry = openOnly ? held.OpenFile : held.Whole;
        if (entry is null || !eyes.SeesOpenFile)
            return null;
        var hidden = (relabelled ?? held.Relabelled)
            .Where(one => !eyes.SeesOwn(one.Value) || (openOnly && one.Value.Contains(Label.CourtConfidential.Code(), StringComparer.Ordinal)))
            .Select(one => one.Key)
            .ToHashSet();
        List<ActivityLine> activity =
        [
            .. held.Activity.Where(line => eyes.Sees(line.Source)
                && (!openFileOnly || IsOfOpenFile(line.Source))
                && line.Row?.Events.Any(hidden.Contains) is not true),
        ];
        return new ParticipantSeen(
            hidden.Count == 0 ? entry : entry.Without(hidden),
            activity,
            [.. held.Hearings.Where(one => (!openOnly || one.InOpenFile) && !hidden.Contains(one.Fact.EventId))],
            [.. activity.Select(line => line.Source).Distinct(StringComparer.Ordinal)],
            openOnly)
        {
            AttendanceTold = !openFileOnly && activity.Where(line => line.Kind == ActivityKind.Coach).SelectMany(line => ActivityQueries.SourcesOf(line.Source))
                .All(source => eyes.Sees((source with { Information = ConsentInformation.Attendance }).Key)),
        };
    }

    /// <summary>The position of the last change of what somebody sees, up to the moment: what they do not see does not move it.</summary>
    public async Task<long> PositionAsync(string jurisdiction, ParticipantSeen seen, ViewInstant at, CancellationToken cancellation)
    {
        var (participation, views) = (seen.Entry.ParticipationId, database.Views);
        var own = new ViewScope(jurisdiction)
        {
            Where = "key = @participation",
            WhereParameters = parameters => parameters.AddWithValue("participation", participation.ToString()),
        };
        var ofEntry = database.Reader.LastChangeAsync(seen.OpenFileOnly ? views.CourtOpenFile : views.CourtCompliance, at, own, cancellation);
        var ofHearings = database.Reader.LastChangeAsync(
            views.HearingCalendar, at, HearingQueries.ScopeOf(jurisdiction, participation, seen.OpenFileOnly), cancellation);
        var ofActivity = ActivityQueries.LastChangesAsync(database.Reader, views.CourtActivity, jurisdiction, participation, at, cancellation);
        await Task.WhenAll(ofEntry, ofHearings, ofActivity);
        var shown = (await ofActivity).Where(one => seen.Sources.Contains(one.Key)).Select(one => one.Value);
        return shown.Append(await ofEntry).Append(await ofHearings).Max();
    }

    private static bool IsOfOpenFile(string source) =>
        ActivityQueries.SourcesOf(source).All(one => one.Labels.Contains(Label.CourtOpen.Code(), StringComparer.Ordinal));

    private static ImmutableDictionary<Guid, IReadOnlyList<string>> RelabelledBy(IEnumerable<RecordedEvent> corrections) =>
        corrections.Aggregate(LabelsState.Initial, (state, one) => LabelsState.Evolve(state, (LabelEvent)one.Data)).Corrected;
}
