using System.Globalization;
using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Identities;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.Timeline;

namespace CaseFlow.Api.Disclosures;

/// <summary>
/// The client's copy of the own record (45 CFR 164.524), made for an open request whose identity was verified: everything that the decision
/// about records gives the client, so nothing from victim services and no worker's private note.
/// </summary>
public static class RecordCopyDoor
{
    /// <summary>Stable name of this view in the record of reads.</summary>
    public const string ViewName = "record_copy";

    private static readonly string[] Head = ["occurredAt", "agency", "kind", "summary", "words"];

    /// <param name="Words">What was written down in words, by member; null where it cannot be opened any more.</param>
    public sealed record Entry(
        Guid EventId, string Kind, string? Agency, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Summary, IReadOnlyDictionary<string, string?> Words)
    {
        /// <summary>It was recorded on this person by mistake, and stays because it decides something.</summary>
        public bool IsMistaken { get; init; }

        /// <summary>What stands beside it at the client's request.</summary>
        public IReadOnlyList<EntryAmendment> Amendments { get; init; } = [];
    }

    /// <param name="FurtherRecords">Of the same person, whose entries are among the others.</param>
    public sealed record Copy(
        Guid ClientId, Guid RequestId, ReadClient.View Client, IReadOnlyList<Entry> Entries, IReadOnlyList<ReadClient.View> FurtherRecords) : IShowsAlso, IMadeFor, ITellsCji
    {
        /// <summary>What the client asked to have amended, and the answers.</summary>
        public IReadOnlyList<AmendmentDoors.Item> Amendments { get; init; } = [];

        /// <summary>By the labels of the entries whose content is there.</summary>
        [JsonIgnore]
        public bool TellsCji { get; init; }

        Guid? IMadeFor.RequestId => RequestId;

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown => FurtherRecords.Select(record => record.ClientId);
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/clients/{clientId:guid}/records-requests/{requestId:guid}/copy", HandleAsync)
        .Named("copyRecord", "The client's copy of the own record, for an open request; for the purpose own-record")
        .Allow(Role.PrivacyOfficer).Shows<Copy>(ViewName)
        .ShowsSkeletonOfErased("that it is erased and why, and what kind of thing each entry was")
        .Asks([new("format", "json unless said, csv, or html to print.", Words: ["json", "csv", "html"])])
        .Gives(new Copy(
            Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), Guid.Parse("0195d6c4-0000-7000-8000-00000000000f"), ReadClient.Example,
            [new(Guid.Parse("0195d6c4-0000-7000-8000-000000000009"), "contact_made", "recovery-coaches", new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 3, 1, 6, 5, 0, TimeSpan.Zero), "Contact by phone.", new Dictionary<string, string?> { ["note"] = "Doing well." })], []));

    private static async Task<IResult> HandleAsync(
        Guid clientId, Guid requestId, HttpRequest request, Actor actor, ClientMatters matters, RecordCopies copies, JurisdictionTime time, TimeProvider clock,
        CancellationToken cancellation)
    {
        var format = FormatOf(new QueryReader(request));
        var asked = (await matters.RequestAsync(actor.Jurisdiction, requestId, cancellation)).Find(requestId, clientId, RightsKind.CopyOfRecord);
        if (asked is null)
            return Problems.From(RecordRightsRejections.NotFound(requestId));
        if (actor.Purpose != Purpose.OwnRecord)
            return Problems.From(RecordRightsRejections.NotForOwnRecord());
        if (asked.Outcome is not null)
            return Problems.From(RecordRightsRejections.NotOpen(requestId));

        var copy = await copies.OfAsync(actor, clientId, requestId, cancellation);
        return format switch
        {
            "csv" => new CsvAnswer<Copy>(copy, "copy-of-record.csv", [Head, .. About(copy.Client), .. copy.FurtherRecords.SelectMany(About), .. copy.Entries.Select(LineOf), .. copy.Amendments.Select(LineOf)]),
            "html" => RecordCopyPage.Of(copy, await time.ZoneAsync(actor.Jurisdiction, clock.GetUtcNow(), cancellation)),
            _ => TypedResults.Ok(copy),
        };
    }

    internal const string Mistaken = "recorded on this record by mistake";

    /// <summary>Stands for words that nobody opens any more.</summary>
    internal const string Unopened = "(cannot be opened any more)";

    /// <returns>What an amendment is, in plain words.</returns>
    internal static string Saying(EntryAmendment amendment) => amendment.Ground is { } ground
        ? $"disagreement with the denial of an amendment ({ground.Kebab()})"
        : "amended";

    /// <returns>What was asked and answered, each part with what it is in plain words.</returns>
    internal static IEnumerable<(string What, string Words)> Parts(AmendmentDoors.Item amendment)
    {
        yield return ("asked to be amended", amendment.Text ?? Unopened);
        if (amendment.Outcome is { } outcome)
            yield return (amendment.Ground is { } ground ? $"{outcome.Kebab()} ({ground.Kebab()})" : outcome.Kebab(), amendment.Answer ?? Unopened);
        if (amendment.DisagreedAt is not null)
            yield return ("disagreement", amendment.Disagreement ?? Unopened);
    }

    private static string?[] LineOf(AmendmentDoors.Item amendment) =>
    [
        amendment.AskedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), amendment.AgencyId, "amendment_requested", null,
        string.Join("\n", Parts(amendment).Select(part => $"{part.What}: {part.Words}")),
    ];

    private static string FormatOf(QueryReader query) => query.Text("format") switch
    {
        null => "json",
        { } format when format is "json" or "csv" or "html" => format,
        _ => throw QueryReader.Bad("format", "json, csv or html."),
    };

    private static IEnumerable<string?[]> About(ReadClient.View client)
    {
        string?[] Line(string kind, string? words) => [null, null, kind, null, words];
        yield return Line("name", client.Name is { } name ? $"{name.GivenName} {name.FamilyName}" : null);
        yield return Line("birth_date", client.BornOn);
        foreach (var alias in client.Aliases)
            yield return Line("alias", alias.IsMistaken ? $"{alias.Alias} ({Mistaken})" : alias.Alias);
        foreach (var point in client.ContactPoints)
            yield return Line(point.Kind.Kebab(), point.Value);
        foreach (var identifier in client.ExternalIdentifiers ?? [])
            yield return Line(identifier.System.Kebab(), identifier.Value);
    }

    private static string?[] LineOf(Entry entry) =>
    [
        entry.OccurredAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), entry.Agency, entry.Kind, entry.Summary,
        string.Join(
            "\n",
            entry.Words.Select(one => $"{one.Key}: {one.Value ?? Unopened}")
                .Concat(entry.IsMistaken ? [Mistaken] : [])
                .Concat(entry.Amendments.Select(one => $"{Saying(one)}: {one.Words ?? Unopened}"))),
    ];
}

/// <summary>Puts a client's copy of the own record together.</summary>
public sealed class RecordCopies(
    CaseFlowDatabase database, RecordSights sights, EntrySights entrySights, PersonSights persons, Persons known, Amendments amendments, OpenedTexts texts)
{
    private const int PageSize = 200;

    public async Task<RecordCopyDoor.Copy> OfAsync(Actor actor, Guid clientId, Guid requestId, CancellationToken cancellation)
    {
        var sees = await persons.OfAsync(actor.Jurisdiction, clientId, position: null, record => sights.OfAsync(actor, record, position: null, cancellation), cancellation);
        Guid[] records = [.. sees.Records.Select(record => record.ClientId)];
        await texts.PreloadAsync(actor.Jurisdiction, records, cancellation);
        var entries = new List<TimelineEntry>();
        ViewCursor? after = null;
        do
        {
            var page = await database.Reader.PageAsync(
                database.Views.Timeline,
                TimelineQueries.PageOf(sees.Ask(actor.Jurisdiction, ViewInstant.Now), new PageWanted(PageSize, after)),
                cancellation);
            entries.AddRange(page.Rows.Select(row => row.Row));
            after = page.Next;
        }
        while (after is not null);

        var erased = await ErasedContent.OfAsync(database.Store, known, actor, entries, cancellation);
        var words = await WordsAsync(actor.Jurisdiction, entries, cancellation);
        var clients = new List<ReadClient.View>();
        foreach (var record in records)
            clients.Add(await ClientAsync(actor, record, cancellation));
        var asked = await amendments.OfAsync(actor, clientId, ofAgency: null, cancellation);
        return new RecordCopyDoor.Copy(
            clientId,
            requestId,
            clients[0],
            [.. entries.Select(entry => erased(entry) is { } hidden
                ? EntryOf(entry, hidden.IsErased ? "Erased" : "Sealed", [])
                : EntryOf(entry, entry.Summary, words.GetValueOrDefault(entry.EventId) ?? []) with { Amendments = Opened(actor.Jurisdiction, entry.Amendments) })],
            clients[1..])
        {
            Amendments = asked,
            TellsCji = entries.Exists(entry => erased(entry) is null && CjiReads.IsCji(entry.Labels)) || asked.Any(one => !one.IsRestricted && CjiReads.IsCji(one.Labels)),
        };

        static RecordCopyDoor.Entry EntryOf(TimelineEntry entry, string summary, Dictionary<string, string?> words) =>
            new(entry.EventId, entry.Kind, entry.SourceAgency, entry.OccurredAt, entry.RecordedAt, summary, words) { IsMistaken = entry.Mistaken is not null };
    }

    private async Task<ReadClient.View> ClientAsync(Actor actor, Guid clientId, CancellationToken cancellation)
    {
        var erased = await ErasedContent.OfAsync(database.Store, actor, clientId, cancellation);
        var read = await database.Store.ReadStreamAsync(actor.Jurisdiction, clientId, cancellation: cancellation);
        var details = ShownDetails.Of(read.Events, await entrySights.OfAsync(actor, [clientId], cancellation));
        var isHidden = erased.OfWholeRecord is not null || erased.SealOfWholeRecord is not null;
        var view = ReadClient.Opened(
            clientId, details, ClientReach.Whole, actor, content => isHidden ? null : texts.Open(actor.Jurisdiction, content.Token));
        return (isHidden ? view.WithoutContent() : view) with
        {
            Erased = ReadClient.ErasedView.Of(erased.OfWholeRecord),
            Sealed = ReadClient.SealedView.Of(erased.SealOfWholeRecord),
        };
    }

    /// <summary>What the entries say in words, opened: each entry's own event is asked, whatever stream it is of, so that no kind of record is left out.</summary>
    private async Task<Dictionary<Guid, Dictionary<string, string?>>> WordsAsync(
        string jurisdiction, IReadOnlyList<TimelineEntry> entries, CancellationToken cancellation)
    {
        var past = PastEvents.Of(database.Store);
        var words = new Dictionary<Guid, Dictionary<string, string?>>();
        foreach (var page in entries.Select(entry => entry.LogPosition).Chunk(PageSize))
        {
            foreach (var recorded in await past.AtAsync(page, cancellation))
                words[recorded.EventId] = Opened(jurisdiction, recorded.Data);
        }

        return words;
    }

    private IReadOnlyList<EntryAmendment> Opened(string jurisdiction, IReadOnlyList<EntryAmendment> amendments) =>
        [.. amendments.Select(amendment => amendment with { Words = texts.Open(jurisdiction, amendment.Words) })];

    /// <summary>The mark of a code word is no word of anybody's, a court's frozen page says again what stands here itself, and the words about a mistaken
    /// identity speak of another person.</summary>
    private Dictionary<string, string?> Opened(string jurisdiction, object fact) => fact.GetType().GetProperties()
        .Where(property => property.PropertyType == typeof(Sealed<string>) && fact is not (ClientIdentifiedAnonymously or CourtReportEvent or IdentityEvent))
        .Select(property => (property.Name, Content: (Sealed<string>?)property.GetValue(fact)))
        .Where(member => member.Content is not null)
        .OrderBy(member => member.Name, StringComparer.Ordinal)
        .ToDictionary(
            member => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(member.Name), member => texts.Open(jurisdiction, member.Content!.Token));
}
