using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.Caseload;
using CaseFlow.Projections.ClientDeaths;
using CaseFlow.Projections.Coachings;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCaseload;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.Courts;
using CaseFlow.Projections.CourtTests;
using CaseFlow.Projections.EndingConsents;
using CaseFlow.Projections.HearingCalendar;
using CaseFlow.Projections.RecordAges;
using CaseFlow.Projections.ReferralCompliance;
using CaseFlow.Projections.ReferralInbox;
using CaseFlow.Projections.Storage;
using CaseFlow.Projections.Timeline;
using CaseFlow.Projections.Timeliness;
using CaseFlow.Projections.UnidentifiedOverdoses;
using CaseFlow.Projections.UnitsOfService;
using CaseFlow.Unit.Storage;

namespace CaseFlow.Unit.Documents;

/// <summary>Every event as <c>docs/events.md</c> shows it: read from the types, their docstrings and the views.</summary>
internal static partial class EventBook
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly XDocument Docstrings =
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "CaseFlow.Domain.xml"));

    internal static readonly ProjectionCatalogue Views =
        new(new EventStoreOptions(), ProjectionCatalogue.EventTypes, new OpensNothing(), new BlindIndex(new NoKey()));

    /// <param name="Name">As it is stored.</param>
    /// <param name="Type">For a reader.</param>
    /// <param name="IsOptional">May be null.</param>
    /// <param name="Meaning">From its docstring; null when the name says it all.</param>
    internal sealed record Member(string Name, string Type, bool IsOptional, string? Meaning);

    public static string Markdown()
    {
        var text = new StringBuilder("""
            # Every event

            Generated from the code; the stored shape of each is approved in `tests/Unit/Storage/Samples`. A stored name never changes.

            Each event also has `occurredAt` and `knownAt` (UTC), `occurredPrecision` (exact, minute, day, estimated) and, when only the day
            is known, `occurredUntil`. A `?` marks a member that may be null. *Sealed* members are stored encrypted under the client's key.
            *Shown in* names the views that the event writes to; notices are timers that it sets or takes back. Every event about a client moves
            `record_ages` as well.

            """.ReplaceLineEndings("\n"));
        foreach (var stream in EventCatalogue.All.GroupBy(type => type.BaseType!))
        {
            text.Append($"\n## {AliasOf(stream.Key)}\n\n{SummaryOf(stream.Key)}\n");
            foreach (var type in stream)
                Append(text, type);
        }

        return text.ToString();
    }

    /// <returns>An event's own members, without the times that all have.</returns>
    public static IReadOnlyList<Member> MembersOf(Type type) =>
    [
        .. from property in type.GetProperties()
           where property.CanWrite && property.DeclaringType != typeof(DomainEvent)
           let optional = Nullability.Create(property).WriteState == NullabilityState.Nullable
           select new Member(
               JsonNamingPolicy.CamelCase.ConvertName(property.Name), TypeName(property.PropertyType), optional, SummaryOf(property)),
    ];

    /// <returns>Every enumeration whose words are stored.</returns>
    public static IReadOnlyList<Type> EnumerationsStored()
    {
        HashSet<Type> seen = [];
        Stack<Type> open = new([.. EventCatalogue.All, typeof(Circumstances)]);
        while (open.TryPop(out var type))
        {
            if (type.IsGenericType)
                Array.ForEach(type.GetGenericArguments(), open.Push);
            else if ((type.IsEnum || type.Namespace!.StartsWith("CaseFlow", StringComparison.Ordinal)) && seen.Add(type) && !type.IsEnum)
                Array.ForEach(type.GetProperties(), property => open.Push(property.PropertyType));
        }

        return [.. seen.Where(type => type.IsEnum).OrderBy(type => type.Name, StringComparer.Ordinal)];
    }

    private static void Append(StringBuilder text, Type type)
    {
        text.Append($"\n### `{ProjectionCatalogue.EventTypes.StoredName(type)}`\n\n");
        if (SummaryOf(type) is { } summary)
            text.Append($"{summary}\n\n");
        foreach (var member in MembersOf(type))
            text.Append($"- `{member.Name}`{(member.IsOptional ? "?" : "")}: {member.Type}{(member.Meaning is { } meaning ? $" · {meaning}" : "")}\n");
        text.Append($"\nShown in: {string.Join(", ", ShownIn(type).DefaultIfEmpty("no view"))}.\n");
    }

    private static IEnumerable<string> ShownIn(Type type)
    {
        var sample = SampleEvents.Of(type);
        var eventId = SampleEvents.EventIdOf(type);
        var recorded = new RecordedEvent(
            "sample", SampleEvents.Client, null, 1, eventId, 1, 1, sample.KnownAt, sample, null, new AppendMetadata("agent-1"));
        foreach (var view in Views.Inline)
        {
            if (view.RowsFor(new InlineEvent("sample", SampleEvents.Client, 1, eventId, sample)).Any())
                yield return view.Name;
        }

        foreach (var view in Views.Async)
        {
            if (Touches(view, recorded))
                yield return view.Name;
        }

        if (DutyNotices.On(sample).Count > 0 || ConsentNotices.On(sample).Count > 0 || EmergencyNotices.On(sample) is not null)
            yield return "notices";
    }

    private static bool Touches(IView view, RecordedEvent recorded) => view switch
    {
        FoldedView<DutyEntry> one => one.KeysTouched(recorded).Any(),
        FoldedView<TimelineEntry> one => one.KeysTouched(recorded).Any(),
        FoldedView<CaseloadEntry> one => one.KeysTouched(recorded).Any(),
        FoldedView<ComplianceEntry> one => one.KeysTouched(recorded).Any(),
        FoldedView<AgendaEntry> one => one.KeysTouched(recorded).Any(),
        FoldedView<ActivityEntry> one => one.KeysTouched(recorded).Any(),
        FoldedView<CourtTestEntry> one => one.KeysTouched(recorded).Any(),
        FoldedView<HearingEntry> one => one.KeysTouched(recorded).Any(),
        FoldedView<ClientDeath> one => one.KeysTouched(recorded).Any(),
        FoldedView<CourtRow> one => one.KeysTouched(recorded).Any(),
        FoldedView<CoachingLine> one => one.KeysTouched(recorded).Any(),
        FoldedView<TimedEntry> one => one.KeysTouched(recorded).Any(),
        FoldedView<InboxEntry> one => one.KeysTouched(recorded).Any(),
        TableView<UnitsOfDay> one => one.KeysTouched(recorded).Any(),
        TableView<UnidentifiedOverdose> one => one.KeysTouched(recorded).Any(),
        FoldedView<ConsentNoticeEntry> one => one.KeysTouched(recorded).Any(),
        // Said once for all, above: nearly every event would name it.
        RecordAgesView => false,
        _ => throw new NotSupportedException($"Say here how {view.Name} tells what it shows."),
    };

    private static string AliasOf(Type stream) =>
        stream == typeof(NoticeEvent) || stream == typeof(ConsentNoticeEvent) || stream == typeof(EmergencyNoticeEvent) ? Streams.NoticeAlias
        : typeof(Streams).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType.GetGenericArguments() is [_, var fact] && fact == stream)
            .Select(property => property.PropertyType.GetProperty("Alias")!.GetValue(property.GetValue(null)))
            .Single()!.ToString()!;

    private static string TypeName(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } underlying => TypeName(underlying),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Sealed<>) => $"*sealed* {TypeName(type.GetGenericArguments()[0])}",
        { IsGenericType: true } => $"list of {TypeName(type.GetGenericArguments()[0])}",
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}",
        _ when type == typeof(string) => "text",
        _ when type == typeof(int) || type == typeof(long) => "number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(Guid) => "id",
        _ when type == typeof(DateTimeOffset) => "instant",
        _ when type == typeof(DateOnly) => "date",
        _ when type == typeof(TimeOnly) => "time of day",
        _ => $"{type.Name} ({string.Join(", ", type.GetProperties().Where(one => one.CanWrite).Select(one => JsonNamingPolicy.CamelCase.ConvertName(one.Name)))})",
    };

    private static string? SummaryOf(Type type) => SummaryOf($"T:{type.FullName}");

    private static string? SummaryOf(PropertyInfo property) => SummaryOf($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private static string? SummaryOf(string id)
    {
        var summary = Docstrings.Descendants("member").FirstOrDefault(member => (string?)member.Attribute("name") == id)?.Element("summary");
        if (summary is null)
            return null;
        foreach (var code in summary.Descendants("c").ToList())
            code.ReplaceWith($"`{code.Value}`");
        foreach (var reference in summary.Elements().Where(element => element.HasAttributes).ToList())
            reference.ReplaceWith($"`{reference.FirstAttribute!.Value.Split('.')[^1]}`");
        return Spaces().Replace(summary.Value, " ").Trim() is { Length: > 0 } said ? said : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private sealed class OpensNothing : ISealer
    {
        public string Seal(SealPlace place, ReadOnlySpan<byte> plain) => throw new NotSupportedException();

        public byte[] Open(string tenantId, string token) => "\"opened\""u8.ToArray();
    }

    private sealed class NoKey : IMarkKeys
    {
        public byte[] Derive(string purpose) => new byte[32];
    }
}
