using System.Globalization;
using System.Text.Json.Serialization;
using CaseFlow.Api.Access;
using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identities;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Disclosures;

/// <summary>The accounting of disclosures of a client's record, as JSON or CSV (42 CFR 2.25, 45 CFR 164.528; R62).</summary>
public static class AccountingDoor
{
    /// <summary>Stable name of this view in the record of reads.</summary>
    public const string ViewName = "accounting";

    private static readonly string[] Head =
    [
        "disclosedAt", "disclosedUntil", "disclosingAgency", "recipientAgency", "recipientRole", "recipientStaff", "recipientName", "purpose",
        "content", "description", "basis", "basisId", "noticeVersion", "method", "disclosureId", "law",
    ];

    /// <param name="DisclosedUntil">End of the local day when only the day is known.</param>
    /// <param name="RecordedAt">When it was put on record.</param>
    public sealed record Item(
        Guid DisclosureId,
        DateTimeOffset DisclosedAt,
        DateTimeOffset? DisclosedUntil,
        DateTimeOffset RecordedAt,
        string DisclosingAgency,
        string? RecipientAgency,
        Role? RecipientRole,
        string? RecipientStaff,
        string? RecipientName,
        DisclosurePurpose Purpose,
        IReadOnlyList<string> Content,
        string? Description,
        DisclosureBasis Basis,
        Guid? BasisId,
        string? NoticeVersion,
        DisclosureMethod Method)
    {
        /// <summary>The law, or the order made under it, that asked for it; null where none did, and where nobody named one.</summary>
        public string? Law { get; init; }
    }

    /// <param name="From">The first instant covered.</param>
    /// <param name="To">The last.</param>
    public sealed record Answer(
        Guid ClientId, LookBack LookBack, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Item> Items, long Position, DateTimeOffset? AsOf)
        : IAnsweredFrom, IShowsAlso, IMadeFor, IToldByAgencies
    {
        /// <summary>The client's request that it was made for; null for none.</summary>
        public Guid? RequestId { get; init; }

        [JsonIgnore]
        public IEnumerable<Guid> AlsoShown { get; init; } = [];

        IEnumerable<string?> IToldByAgencies.ToldBy => Items.Select(item => item.DisclosingAgency);
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/clients/{clientId:guid}/accounting", HandleAsync)
        .Named("readAccounting", "To whom the client's record was disclosed, when, what of it and what for, oldest first")
        .Allow(Role.PrivacyOfficer, Role.Auditor).Shows<Answer>(ViewName)
        .Asks([.. AccountingAsked.Parameters, .. AskedMoment.Parameters])
        .Gives(new Answer(
            Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), LookBack.Part2, new DateTimeOffset(2023, 3, 4, 16, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 3, 4, 16, 0, 0, TimeSpan.Zero), [Example], Position: 4711, AsOf: null));

    private static async Task<IResult> HandleAsync(
        Guid clientId, AccountingAsked wanted, AskedMoment asked, Actor actor, ReadingRights rights, StreamMoments moments, Accountings accountings, ClientMatters matters,
        CancellationToken cancellation)
    {
        if (await rights.AccessesAsync(actor, clientId, cancellation) is { } refused)
            return Problems.From(refused);
        var lookBack = wanted.LookBack ?? LookBack.Part2;
        if (wanted.RequestId is { } requestId)
        {
            var request = (await matters.RequestAsync(actor.Jurisdiction, requestId, cancellation)).Find(requestId, clientId, RightsKind.Accounting);
            // Whoever gives it to the client makes it.
            if (request is null || actor.Role != Role.PrivacyOfficer)
                return Problems.From(RecordRightsRejections.NotFound(requestId));
            lookBack = request.LookBack ?? LookBack.Part2;
            if (wanted.LookBack is { } other && other != lookBack)
                throw QueryReader.Bad("lookBack", "As the client asked for it, or left out.");
            if (!asked.IsNow)
                throw QueryReader.Bad("requestId", "An accounting for a request is of now.");
        }

        var moment = await moments.ResolveAsync(asked, cancellation);
        var answer = await accountings.OfAsync(actor, clientId, lookBack, moment, asked.AsOf, cancellation) with { RequestId = wanted.RequestId };
        return wanted.AsCsv
            ? new CsvAnswer<Answer>(answer, "accounting-of-disclosures.csv", [Head, .. answer.Items.Select(LineOf)])
            : TypedResults.Ok(answer);
    }

    private static string?[] LineOf(Item item) =>
    [
        Time(item.DisclosedAt), item.DisclosedUntil is { } until ? Time(until) : null, item.DisclosingAgency, item.RecipientAgency,
        item.RecipientRole?.Kebab(), item.RecipientStaff, item.RecipientName, item.Purpose.Kebab(), string.Join("; ", item.Content), item.Description,
        item.Basis.Kebab(), $"{item.BasisId}", item.NoticeVersion, item.Method.Kebab(), $"{item.DisclosureId}", item.Law,
    ];

    private static string Time(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Item Example { get; } = new(
        Guid.Parse("0195d6c4-0000-7000-8000-00000000000c"),
        new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero),
        DisclosedUntil: null,
        new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero),
        "recovery-coaches",
        "dcc",
        Role.Agent,
        "agent-1",
        RecipientName: null,
        DisclosurePurpose.Supervision,
        ["timeline", "progress"],
        Description: null,
        DisclosureBasis.Consent,
        Guid.Parse("0195d6c4-0000-7000-8000-00000000000d"),
        "42-cfr-2-32-short",
        DisclosureMethod.System);
}

/// <summary>Which accounting, and in what form.</summary>
/// <param name="LookBack">Null when it was not said.</param>
/// <param name="RequestId">The client's request that it is made for; null for none.</param>
public sealed record AccountingAsked(LookBack? LookBack, bool AsCsv, Guid? RequestId)
{
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("lookBack", "Three years (part2, unless said) or six (hipaa).", Words: QueryReader.ViewWords<LookBack>()),
        new("format", "json unless said, or csv.", Words: ["json", "csv"]),
        new("requestId", "The client's request that it is made for: by the privacy officer, as the client asked, and of now. Without one it answers no request."),
    ];

    public static ValueTask<AccountingAsked?> BindAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request);
        return new(new AccountingAsked(query.Word<LookBack>("lookBack"), query.IsCsv(), query.Id("requestId")));
    }
}

public static class AskedFormat
{
    /// <returns>Whether a file of comma-separated values is wanted rather than JSON.</returns>
    /// <exception cref="UnreadableRequestException">Neither of them.</exception>
    public static bool IsCsv(this QueryReader query) => query.Text("format") switch
    {
        null or "json" => false,
        "csv" => true,
        _ => throw QueryReader.Bad("format", "json or csv."),
    };
}

/// <summary>Folds a client's disclosures into an accounting.</summary>
public sealed class Accountings(PlacedStreams streams, JurisdictionTime time, Persons persons, SealedRecords seals, OpenedTexts texts)
{
    /// <returns>What an accounting lists at a moment, by the periods of the policy that is in force then.</returns>
    public async Task<AccountingDoor.Answer> OfAsync(
        Actor reader, Guid clientId, LookBack lookBack, StreamMoment moment, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var jurisdiction = reader.Jurisdiction;
        var policy = (await time.PolicyAtAsync(jurisdiction, moment.At, cancellation))?.Policy.Rights ?? RightsPolicy.Default;
        // Whose record it was told of when it was told: what is one person's is accounted for together.
        var history = await persons.OfAsync(jurisdiction, cancellation);
        var records = await seals.OpenAsync(
            reader, clientId, (moment.Position is null ? history.Now : history.At(moment.Position)).RecordsOf(clientId), cancellation);
        var told = new List<RecordedEvent>();
        foreach (var record in records)
            told.AddRange((await streams.ReadAsync(jurisdiction, StreamIds.Disclosures(record), moment.Position, cancellation)).Events);
        await texts.PreloadAsync(jurisdiction, records, cancellation);
        var items = told
            .Where(recorded => recorded.Data is DisclosureMade made && Accounting.Lists(made, lookBack, moment.At, asOf, policy))
            .OrderBy(recorded => ((DisclosureMade)recorded.Data).CountsFrom()).ThenBy(recorded => recorded.Sequence)
            .Select(recorded => ItemOf(jurisdiction, recorded));
        var changedAt = history.ChangedAt([.. history.EverWith(clientId)], moment.Position);
        var position = moment.Position ?? Math.Max(changedAt, told.Count == 0 ? 0 : told.Max(recorded => recorded.Position ?? 0));
        return new AccountingDoor.Answer(clientId, lookBack, Accounting.From(lookBack, moment.At, policy), moment.At, [.. items], position, asOf)
        {
            AlsoShown = records,
        };
    }

    private AccountingDoor.Item ItemOf(string jurisdiction, RecordedEvent recorded)
    {
        var made = (DisclosureMade)recorded.Data;
        return new AccountingDoor.Item(
            made.DisclosureId, made.OccurredAt, made.OccurredUntil, recorded.RecordedAt, made.DisclosingAgency, made.Recipient.AgencyId, made.Recipient.Role,
            made.Recipient.StaffId, texts.Open(jurisdiction, made.RecipientName?.Token), made.Purpose, made.Content,
            texts.Open(jurisdiction, made.Description?.Token), made.Basis, made.BasisId, made.NoticeVersion, made.Method)
        { Law = made.Law };
    }
}
