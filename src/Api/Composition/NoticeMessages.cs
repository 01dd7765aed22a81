using System.Text.Json;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Processes;

namespace CaseFlow.Api.Composition;

/// <summary>
/// Tells the county's own system of every notice that was recorded. A message says what kind of notice about which duty or
/// referral, never about whom: the receiver asks for the rest with its own rights.
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
        if (!wanted || recorded.Data is not NoticeEvent notice)
            return [];
        var (kind, dueAt, referralId) = notice switch
        {
            ReferralDutyReminderSent e => ("reminder", e.DueAt, (Guid?)null),
            ReferralDutyOverdue e => ("overdue", e.DueAt, null),
            ReferralUnacknowledgedNoticed e => ("unacknowledged", e.DueAt, e.ReferralId),
            _ => throw new System.Diagnostics.UnreachableException($"{notice.GetType().Name} is no notice that is sent."),
        };
        var message = new NoticeMessage(recorded.EventId, recorded.TenantId, kind, notice.DutyId, referralId, dueAt, recorded.RecordedAt);
        return [new Effect.Send(Topic, $"{notice.DutyId ?? referralId}", JsonSerializer.Serialize(message, Json))];
    }
}

/// <summary>What a receiver is sent; its shape is a promise.</summary>
/// <param name="NoticeId">The notice's event.</param>
/// <param name="Jurisdiction">Whose.</param>
/// <param name="Kind"><c>reminder</c>, <c>overdue</c> or <c>unacknowledged</c>.</param>
/// <param name="DutyId">The duty it is about, if any.</param>
/// <param name="ReferralId">The referral that nobody has acknowledged.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="RecordedAt">When the notice was recorded, UTC.</param>
public sealed record NoticeMessage(
    Guid NoticeId, string Jurisdiction, string Kind, Guid? DutyId, Guid? ReferralId, DateTimeOffset DueAt, DateTimeOffset RecordedAt);
