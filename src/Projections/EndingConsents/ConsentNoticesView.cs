using System.Globalization;
using CaseFlow.Domain.Consents;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Projections.EndingConsents;

/// <summary>Which ends of consents were announced to whom. Async: one notice stands in the list of each agency that the consent names.</summary>
public sealed class ConsentNoticesView : EntryView<ConsentNoticeEntry>
{
    public const string ViewName = "consent_notices";

    /// <summary>No agency's id.</summary>
    public const string Everybodys = "*";

    public override string Name => ViewName;

    public override int Version => 1;

    public override IReadOnlyList<ViewColumn<ConsentNoticeEntry>> Columns { get; } =
    [
        ViewColumn<ConsentNoticeEntry>.Text("agency_id", entry => entry.AgencyId),
        ViewColumn<ConsentNoticeEntry>.Number("log_position", entry => entry.LogPosition),
    ];

    public override IReadOnlyList<ViewOrder> Orders { get; } = [OfAgency];

    internal static ViewOrder OfAgency { get; } = new("agency", ["agency_id"], ["occ_from", "log_position"]);

    /// <summary>A page of one list, by when the notice went out.</summary>
    public static ViewPageQuestion PageOf(string tenantId, string agencyId, ViewInstant at, PageWanted page) =>
        new RowFilter().Page(ScopeOf(tenantId, agencyId), OfAgency, new Dictionary<string, object> { ["agency_id"] = agencyId }, at, page);

    /// <summary>One list.</summary>
    public static ViewScope ScopeOf(string tenantId, string agencyId) => new(tenantId, ("agency_id", agencyId));

    protected override IEnumerable<string> EntriesOf(RecordedEvent recorded) => recorded.Data is ConsentNoticeEvent notice
        ? notice.Noticed.Ids.Append(Everybodys).Select(agency => string.Create(CultureInfo.InvariantCulture, $"{recorded.EventId:D}/{agency}"))
        : [];

    protected override ConsentNoticeEntry? Evolve(ConsentNoticeEntry? entry, string entryId, RecordedEvent recorded)
    {
        var notice = (ConsentNoticeEvent)recorded.Data;
        var (kind, endsAt, endedBy) = notice switch
        {
            ConsentEnding e => (ConsentNoticeKind.Ending, e.EndsAt, (ConsentCondition?)null),
            ConsentExpired e => (ConsentNoticeKind.Expired, e.EndedAt, e.EndedBy),
            _ => throw new System.Diagnostics.UnreachableException($"{notice.GetType().Name} announces no end."),
        };
        return new ConsentNoticeEntry(
            recorded.EventId, entryId[(entryId.IndexOf('/', StringComparison.Ordinal) + 1)..], notice.ClientId, notice.ConsentId, kind, endsAt, endedBy, notice.OccurredAt)
        {
            LogPosition = recorded.Position!.Value,
        };
    }

    protected override DateTimeOffset CountsFrom(ConsentNoticeEntry entry) => entry.NoticedAt;
}
