using System.Text.Json;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;

namespace CaseFlow.Api.Composition;

/// <summary>
/// Tells the county's own system of every notice that was recorded, and of every record opened in an emergency, at once. A message says what kind of
/// notice about which duty, referral, consent or opening, never about whom: the receiver asks for the rest with its own rights.
/// </summary>
/// <param name="wanted">
/// Whether somebody receives them. It follows the log either way, so that a receiver named later is told what comes from then on.
/// </param>
public sealed class NoticeMessages(bool wanted) : IReactor
{
    public const string Topic = "notices";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Name => "notice_messages";

    public int Version => 1;

    public IEnumerable<Effect> EffectsOf(RecordedEvent recorded)
    {
        if (!wanted)
            return [];
        return recorded.Data switch
        {
            NoticeEvent notice => [OfDuty(recorded, notice)],
            ConsentNoticeEvent notice => [OfConsent(recorded, notice)],
            EmergencyAccessUsed used => [OfEmergency(recorded, "emergency-access", used.EmergencyAccessId, used.ReviewDueAt)],
            EmergencyReviewOverdue overdue => [OfEmergency(recorded, "emergency-review-overdue", overdue.EmergencyAccessId, overdue.DueAt)],
            _ => [],
        };
    }

    /// <summary>One message for each event, and one event for each opening: telling an opening twice records it once.</summary>
    private static Effect.Send OfEmergency(RecordedEvent recorded, string kind, Guid emergencyAccessId, DateTimeOffset reviewDueAt)
    {
        var message = new NoticeMessage(recorded.EventId, recorded.TenantId, kind, null, null, reviewDueAt, recorded.RecordedAt)
        {
            EmergencyAccessId = emergencyAccessId,
            For = Role.PrivacyOfficer.Kebab(),
        };
        return new Effect.Send(Topic, $"{emergencyAccessId}", JsonSerializer.Serialize(message, Json));
    }

    private static Effect.Send OfConsent(RecordedEvent recorded, ConsentNoticeEvent notice)
    {
        var (kind, endsAt) = notice switch
        {
            ConsentEnding e => ("consent-ending", e.EndsAt),
            ConsentExpired e => ("consent-expired", e.EndedAt),
            _ => throw new System.Diagnostics.UnreachableException($"{notice.GetType().Name} is no notice that is sent."),
        };
        var message = new NoticeMessage(recorded.EventId, recorded.TenantId, kind, null, null, endsAt, recorded.RecordedAt, notice.ConsentId);
        return new Effect.Send(Topic, $"{notice.ConsentId}", JsonSerializer.Serialize(message, Json));
    }

    private static Effect.Send OfDuty(RecordedEvent recorded, NoticeEvent notice)
    {
        var (kind, dueAt, referralId) = notice switch
        {
            ReferralDutyReminderSent e => ("reminder", e.DueAt, (Guid?)null),
            ReferralDutyOverdue e => ("overdue", e.DueAt, null),
            ReferralUnacknowledgedNoticed e => ("unacknowledged", e.DueAt, e.ReferralId),
            _ => throw new System.Diagnostics.UnreachableException($"{notice.GetType().Name} is no notice that is sent."),
        };
        var message = new NoticeMessage(recorded.EventId, recorded.TenantId, kind, notice.DutyId, referralId, dueAt, recorded.RecordedAt);
        return new Effect.Send(Topic, $"{notice.DutyId ?? referralId}", JsonSerializer.Serialize(message, Json));
    }
}

/// <summary>What a receiver is sent; its shape is a promise.</summary>
/// <param name="NoticeId">The notice's event.</param>
/// <param name="Jurisdiction">Whose.</param>
/// <param name="Kind"><c>reminder</c>, <c>overdue</c>, <c>unacknowledged</c>, <c>consent-ending</c>, <c>consent-expired</c>,
/// <c>emergency-access</c> or <c>emergency-review-overdue</c>.</param>
/// <param name="DutyId">The duty it is about, if any.</param>
/// <param name="ReferralId">The referral that nobody has acknowledged.</param>
/// <param name="DueAt">UTC; of a consent, when it ends; of an opening in an emergency, when its review is due.</param>
/// <param name="RecordedAt">When the notice was recorded, UTC.</param>
/// <param name="ConsentId">The consent that ends; null for any other notice.</param>
public sealed record NoticeMessage(
    Guid NoticeId, string Jurisdiction, string Kind, Guid? DutyId, Guid? ReferralId, DateTimeOffset DueAt, DateTimeOffset RecordedAt,
    Guid? ConsentId = null)
{
    /// <summary>The opening of a record in an emergency; null for any other notice.</summary>
    public Guid? EmergencyAccessId { get; init; }

    /// <summary>The role that it is for; null where the record says whose it is.</summary>
    public string? For { get; init; }
}
