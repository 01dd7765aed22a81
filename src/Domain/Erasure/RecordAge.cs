using CaseFlow.Domain.Consents;
using CaseFlow.Domain.CourtReports;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Erasure;

/// <summary>
/// When something last happened with a client and was last written of them, as far as the log tells: what a period of keeping counts from.
/// </summary>
/// <param name="LastActivityAt">When what happened last with the client counts as happened, UTC; null while nothing did.</param>
/// <param name="LastRecordedAt">When anything was last recorded, UTC.</param>
/// <param name="IsJuvenile">Something of it is, or was, under the label JUVENILE.</param>
/// <param name="IsErased">Its content is erased: there is nothing left to keep.</param>
public sealed record RecordAge(DateTimeOffset? LastActivityAt, DateTimeOffset LastRecordedAt, bool IsJuvenile, bool IsErased)
{
    /// <summary>Of a record of which nothing was recorded.</summary>
    public static readonly RecordAge None = new(LastActivityAt: null, DateTimeOffset.MinValue, IsJuvenile: false, IsErased: false);

    /// <summary>
    /// The record one fact older. Everything that happened with the client begins the period anew. What was decided or told about the record itself
    /// (consents, disclosures, rights, labels, which records are one person's) is documentation and counts from when it was recorded. What the
    /// system told on its own, and what is ordered about keeping and erasing, counts for nothing: else a period would never end.
    /// </summary>
    public static RecordAge After(RecordAge age, DomainEvent fact, DateTimeOffset recordedAt, IReadOnlyList<string> labels) => fact switch
    {
        NoticeEvent or ConsentNoticeEvent => age,
        ExpunctionApplied { Scope: ErasureScope.WholeRecord } => age with { IsErased = true },
        ErasureEvent => age,
        _ when IsDocumentation(fact) => age.Written(fact, recordedAt, labels),
        _ => age.Written(fact, recordedAt, labels) with { LastActivityAt = Later(age.LastActivityAt, fact.CountsFrom()) },
    };

    /// <returns>Both together, for records of one person.</returns>
    public RecordAge With(RecordAge other) => new(
        other.LastActivityAt is { } activity ? Later(LastActivityAt, activity) : LastActivityAt,
        Later(LastRecordedAt, other.LastRecordedAt),
        IsJuvenile || other.IsJuvenile,
        IsErased && other.IsErased);

    /// <returns>Whether a fact about a client is in a stream that holds nobody else's facts, so that nothing can be added to the record unseen by who looks there.</returns>
    public static bool IsInOwnStream(DomainEvent fact) => fact is not (
        NoticeEvent or ConsentNoticeEvent or ErasureEvent or IdentityEvent or EmergencyAccessEvent or RecordRightsEvent or BreachEvent or TestingRosterEvent
        or CourtReportEvent);

    private static bool IsDocumentation(DomainEvent fact) => fact is
        ConsentEvent or DisclosureEvent or EmergencyAccessEvent or RecordRightsEvent or BreachEvent or LabelEvent or IdentityEvent
        or CourtReportEvent or TestingRosterEvent;

    private RecordAge Written(DomainEvent fact, DateTimeOffset recordedAt, IReadOnlyList<string> labels) => this with
    {
        LastRecordedAt = Later(LastRecordedAt, recordedAt),
        IsJuvenile = IsJuvenile || IsUnderJuvenile(labels) || (fact is EventLabelsCorrected corrected && IsUnderJuvenile(corrected.Labels)),
    };

    private static bool IsUnderJuvenile(IReadOnlyList<string> labels) => labels.Contains(Label.Juvenile.Code(), StringComparer.Ordinal);

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
