using CaseFlow.Domain.Consents;

namespace CaseFlow.Projections.EndingConsents;

/// <summary>One notice about the end of a consent, as one agency's list has it.</summary>
/// <param name="AgencyId">Whose list; <see cref="ConsentNoticesView.Everybodys"/> for the one of those who watch over records.</param>
/// <param name="EndsAt">When the consent ends or ended, UTC.</param>
/// <param name="EndedBy">The event that ended it; null for its date.</param>
/// <param name="NoticedAt">When the notice went out, UTC.</param>
public sealed record ConsentNoticeEntry(
    Guid NoticeId, string AgencyId, Guid ClientId, Guid ConsentId, ConsentNoticeKind Kind, DateTimeOffset EndsAt, ConsentCondition? EndedBy, DateTimeOffset NoticedAt)
{
    /// <summary>Where the notice was recorded.</summary>
    public long LogPosition { get; init; }
}
