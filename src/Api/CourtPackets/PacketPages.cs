using System.Text.Json;
using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Composition;
using CaseFlow.Api.CourtViews;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.CourtPackets;

/// <summary>What one page of a packet says, frozen.</summary>
/// <param name="Name">As it was on record then; null for a client without one, and where no consent names the court.</param>
/// <param name="File"><c>whole</c> or <c>open</c>: what it was made from.</param>
/// <param name="Compliance">Left out of a page of the open file, from which nothing is measured.</param>
/// <param name="RedisclosureNotice">What goes with a consented disclosure (42 CFR 2.32); null when nothing here is one.</param>
public sealed record PageContent(
    string CourtName, string? Name, string File, DateOnly AsOfDay,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ParticipantCompliance? Compliance, string? RedisclosureNotice)
{
    /// <summary>The entries of the open file; left out of a page of the whole file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OpenFileShown? OpenFile { get; init; }

    /// <summary>What stands beside entries that it tells of, without the words; left out for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EntryBeside>? Beside { get; init; }

    [JsonIgnore]
    public string ClientCode => Compliance?.ClientCode ?? OpenFile?.ClientCode ?? "";
}

/// <summary>A page, with what was needed to make it.</summary>
/// <param name="Content">Null when the record is erased, or nothing of it was theirs to see.</param>
/// <param name="IsShown">Whether the reader of now may see all of it.</param>
/// <param name="Sources">The joined sources of what it tells.</param>
/// <param name="Eyes">Through whose eyes it is shown.</param>
/// <param name="ErasedReason">Why the content is erased, a code.</param>
/// <param name="Court">The court at that moment, with the clock on its wall.</param>
/// <param name="IsJuvenile">Something on it is recorded as a juvenile's: the page is sealed, and erased, with that class.</param>
public sealed record PageMade(
    Guid ParticipationId, Guid ClientId, PageContent? Content, bool IsShown, IReadOnlyList<string> Sources, CourtEyes Eyes,
    string? ErasedReason, CourtAsked Court, bool IsJuvenile)
{
    /// <summary>The content's JSON; empty for a page without content.</summary>
    public string Data { get; } = DataOf(Content);

    /// <returns>A page's content as it is frozen.</returns>
    public static string DataOf(PageContent? content) => content is null ? "" : JsonSerializer.Serialize(content, JsonRules.Options);
}

/// <summary>The frozen moment of a page.</summary>
/// <param name="Position">What had been recorded.</param>
/// <param name="AsOf">What had occurred; null for all that was recorded.</param>
/// <param name="EvaluatedAt">Against which instant it is measured.</param>
public readonly record struct PageMoment(long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt)
{
    public ViewInstant At => new(Position, AsOf);

    public static PageMoment Of(CourtReportIssued page) => new(page.Position, page.AsOf, page.EvaluatedAt);
}

/// <summary>
/// Makes pages of packets from a moment alone: the rows of the views at its position, the court's configuration, the policy, the name and the
/// consents as they were known there. So a page made again by the same program is the same, whatever was recorded, corrected or rebuilt
/// since; what an issued page says to later programs is what was frozen with it.
/// </summary>
public sealed class PacketPages(
    CaseFlowDatabase database, ParticipantReading reading, OpenFiles openFiles, ClientConsents consents, CourtMoments moments, OpenedTexts texts, Persons persons,
    BesideEntries besides, Registers registers)
{
    /// <summary>
    /// Version of what a page holds and how it is written; a change of either is a new format. Since 3 a page is kept as issued, with local
    /// times on paper; pages before are made again. Since 4 it tells attendance of treatment and alarms of coaching; since 5 sessions of coaching
    /// are counted against the order in force, others beside it, and what is to be known before anything is decided stands first: a death, a
    /// legal basis that ends, unusually many days of jail; since 6 a draw that nobody told is told apart, and counts for nothing; since 7 it says what
    /// stands beside the entries that it tells of. Since 8 a page of the open file holds its entries and measures nothing; since 9 a hearing that an
    /// end vacated is none to come, and a consent that names no role tells neither prosecution nor defence. Since 10 it says what a response answers and how much jail
    /// was served, what a test found, and what was waived apart; sobriety is counted as far as tests support it, and the sources without consent are those of the moment; a
    /// page on paper is one sheet, in words; and a name follows its labels. Since 11 every test is named that is positive or not as asked and that no hearing was held since, as far as one
    /// sheet holds them. Since 12 a name that victim services told is not told.
    /// </summary>
    public const int Format = 12;

    private const int OpenFileByEntries = 8;
    private const int ToldByName = 9;
    private const int NamesByLabels = 10;
    private const int TestsSinceHearing = 11;
    private const int NamesBySource = 12;

    /// <param name="reader">Who issues it or reads it now.</param>
    /// <param name="court">The court's code.</param>
    /// <param name="participations">Whose pages.</param>
    /// <param name="moment">The frozen moment.</param>
    /// <param name="forRole">For whose eyes.</param>
    /// <param name="format">Of the pages.</param>
    /// <param name="now">To whom it is to be shown by what holds now: a page is shown only when all of it is theirs. Null for what was theirs at the moment.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>Those that are the court's, by participation.</returns>
    public async Task<IReadOnlyDictionary<Guid, PageMade>> MakeAsync(
        Actor reader, string court, IReadOnlyCollection<Guid> participations, PageMoment moment, Role forRole, int format, Viewer? now, CancellationToken cancellation)
    {
        var jurisdiction = reader.Jurisdiction;
        if (await moments.CourtAsync(jurisdiction, court, moment.Position, moment.EvaluatedAt, cancellation) is not { } configured)
            return new Dictionary<Guid, PageMade>();
        var held = (await reading.OfAsync(reader, participations, moment.At, cancellation)).Where(one => one.Value.Whole.Court == court).ToList();
        var clients = held.Select(one => one.Value.Whole.ClientId).Distinct().ToList();
        var marks = (await besides.HeldAsync(jurisdiction, clients, moment.Position, cancellation)).ToLookup(one => one.Entry.ClientId!.Value);
        var told = await consents.OfAllThenAsync(jurisdiction, clients, moment.Position, moment.EvaluatedAt, cancellation);
        // What a page was made from decides whether it is shown: one of before is withheld from whom its consents no longer reach.
        Domain.Consents.ConsentGrounds Then(Guid client) => format >= ToldByName ? told(client) : told(client) with { UnnamedTellsAll = true };
        var toldNow = now is null ? null : await consents.OfAllAsync(jurisdiction, clients, cancellation);
        var directory = await registers.DirectoryAsync(jurisdiction, cancellation);
        var names = await NamesAsync(jurisdiction, clients, moment.Position, cancellation);
        var lives = await PersonLife.DeathsOfAsync(database.Store, persons, jurisdiction, clients, moment.Position, moment.AsOf, cancellation);
        var agency = configured.InForce.Configuration.AgencyId;
        var viewer = new Viewer(forRole, agency, PurposesOfUse.UsualOf(forRole));
        var pages = new Dictionary<Guid, PageMade>(held.Count);
        // Pages of the formats before are compared as they were made, with all that they rested on.
        var confidential = new RecordShown(agency, [Label.CourtConfidential], Domain.Consents.ConsentInformation.WholeRecord);
        var isOfOpenFile = format >= OpenFileByEntries && Disclosing.Decide(viewer, confidential, Grounds.None) is Disclosure.Restricted;
        var streams = isOfOpenFile ? await openFiles.StreamsAsync(jurisdiction, [.. held.Select(one => one.Key)], cancellation) : null;
        foreach (var (id, found) in held)
        {
            var client = found.Whole.ClientId;
            List<MarkedEntry> marked = [.. marks[client]];
            var participant = marked.Count == 0 ? found : await reading.WholeAsync(jurisdiction, found, moment.At, cancellation);
            var sightThen = format >= NamesByLabels ? EntrySight.Of(viewer, [.. participant.RelabelledThen.Values], bySource: format >= NamesBySource) : EntrySight.Whole;
            var name = Then(client).NamesForMonitoring(agency, forRole) ? names(client, sightThen) : null;
            // A name is told by a consent too, unless its labels of now bar it; an auditor reads under the grant what was made for other eyes.
            var nameNow = name is not null && now is not null && (now.Role == Role.Auditor || toldNow!(client).NamesForMonitoring(agency, now.Role))
                ? names(client, EntrySight.Of(now, [.. participant.Relabelled.Values], bySource: true))
                : null;
            PageContent? OpenOf(IReadOnlyDictionary<Guid, CorrectedEntry> relabelled, CourtEyes eyes, string? name) =>
                streams!.TryGetValue(id, out var recorded) && OpenFiles.Of(recorded, participant, relabelled, eyes, moment.At, lives.GetValueOrDefault(client)?.Death) is { } open
                    ? new PageContent(configured.InForce.Configuration.Name, name, "open", configured.Today, Compliance: null, RedisclosureNotice: null)
                    {
                        OpenFile = open.Shown,
                        Beside = CourtMarks.Of(marked, open.EventIds, eyes).Beside is { Count: > 0 } beside ? beside : null,
                    }
                    : null;
            PageContent AsOfFormat(PageContent content) => format switch
            {
                >= TestsSinceHearing => content,
                >= PacketHtml.OnOneSheet => FirstFormats.WithLatestTests(content),
                _ => FirstFormats.Without(FirstFormats.WithLatestTests(content)),
            };
            PageContent? ContentOf(ParticipantSeen? seen, CourtEyes eyes, string? name) => seen is null
                ? null
                : AsOfFormat(new PageContent(
                    configured.InForce.Configuration.Name,
                    name,
                    seen.OpenFileOnly ? "open" : "whole",
                    configured.Today,
                    ComplianceDoor.Measure(seen, configured, lives.GetValueOrDefault(client)?.Death, CourtSources.NamesFor(configured, told(client), directory)),
                    eyes.ConsentsFor(seen.Sources).Count > 0 ? (configured.Policy?.Policy.Redisclosure ?? Domain.Policies.RedisclosureNotice.Prescribed).Text : null)
                {
                    Beside = CourtMarks.Of(marked, seen, eyes).Beside is { Count: > 0 } beside ? beside : null,
                });

            var isErased = participant.ErasedBy is not null;
            var eyesThen = new CourtEyes(agency, (viewer, Then(client)));
            var seenThen = isErased || isOfOpenFile ? null : ParticipantReading.Seen(participant, eyesThen, configured.LocalDay, participant.RelabelledThen);
            var content = isErased ? null : isOfOpenFile ? OpenOf(participant.RelabelledThen, eyesThen, name) : ContentOf(seenThen, eyesThen, name);
            var (eyes, isShown) = (eyesThen, content is not null);
            if (now is not null && isShown)
            {
                // Through both pairs of eyes, by the labels of now: less than was issued would be another page, so then none is shown.
                eyes = new CourtEyes(agency, (viewer, Then(client)), (now, toldNow!(client)));
                isShown = PageMade.DataOf(isOfOpenFile
                    ? OpenOf(participant.Relabelled, eyes, nameNow)
                    : ContentOf(ParticipantReading.Seen(participant, eyes, configured.LocalDay), eyesThen, nameNow)) == PageMade.DataOf(content);
            }

            pages[id] = new PageMade(
                id, client, content, isShown, seenThen?.Sources ?? [], eyes, participant.ErasedBy?.ReasonCode, configured, participant.WasJuvenileThen);
        }

        return pages;
    }

    /// <summary>Names as they were on record at a position, as far as their labels let them be told; of somebody whose key is destroyed there is none.</summary>
    private async Task<Func<Guid, EntrySight, string?>> NamesAsync(string jurisdiction, IReadOnlyCollection<Guid> clients, long position, CancellationToken cancellation)
    {
        var streams = await database.Store.ReadStreamsAsync(jurisdiction, clients, cancellation);
        await texts.PreloadAsync(jurisdiction, clients, cancellation);
        return (client, sight) =>
        {
            var details = ShownDetails.Of((streams.GetValueOrDefault(client)?.Events ?? []).Where(recorded => recorded.Position <= position), sight);
            return details.Name is { } name && texts.Open(jurisdiction, name.Given.Token) is { } given && texts.Open(jurisdiction, name.Family.Token) is { } family
                ? $"{family}, {given}"
                : null;
        };
    }
}
