using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Consents;

// Storage format: renaming a type or a member here breaks every notice already recorded.

/// <summary>
/// A notice about the end of a consent, to those who may renew it. Streams of their own. It decides nothing: whether a consent is in
/// force is computed whenever somebody asks (R60); these say only that somebody was told.
/// </summary>
public abstract record ConsentNoticeEvent : DomainEvent, IClientEvent
{
    public required Guid ClientId { get; init; }

    Guid? IClientEvent.ClientId => ClientId;

    public required Guid ConsentId { get; init; }

    /// <summary>Whose notice it is: the agencies that the consent names. Those that it only names by kind may not know the client.</summary>
    public required NoticedAgencies Noticed { get; init; }
}

/// <summary>The consent ends soon by its date.</summary>
/// <param name="EndsAt">UTC, exclusive.</param>
public sealed record ConsentEnding(DateTimeOffset EndsAt) : ConsentNoticeEvent;

/// <summary>The consent is over, by its date or by its event.</summary>
/// <param name="EndedAt">UTC: from when on it permitted nothing.</param>
/// <param name="EndedBy">The event that ended it; null for its date.</param>
public sealed record ConsentExpired(DateTimeOffset EndedAt, ConsentCondition? EndedBy) : ConsentNoticeEvent;

/// <param name="Ids">Each once, in the consent's order: who may disclose, then who may be told.</param>
public sealed record NoticedAgencies(IReadOnlyList<string> Ids)
{
    public static NoticedAgencies Of(ConsentScope scope) => new([.. scope.Disclosers.Union(scope.Recipients)]);

    public bool Equals(NoticedAgencies? other) => other is not null && Ids.SequenceEqual(other.Ids);

    public override int GetHashCode() => Ids.Count;
}

/// <summary>When the end of a consent by its date is announced, as policy said when it was recorded.</summary>
/// <param name="At">UTC, the first first.</param>
public sealed record EndAnnouncements(IReadOnlyList<DateTimeOffset> At)
{
    /// <returns>Those that lie ahead; null for a consent that no date ends.</returns>
    public static EndAnnouncements? Of(ConsentTerm term, ConsentPolicy policy, DateTimeOffset now) => term.ExpiresAt is { } end
        ? new([.. policy.ExpiryNoticeDays.Select(days => end.AddDays(-days)).Where(at => at > now).Order()])
        : null;

    public bool Equals(EndAnnouncements? other) => other is not null && At.SequenceEqual(other.At);

    public override int GetHashCode() => At.Count;
}

public enum ConsentNoticeKind
{
    Ending,
    Expired,
}

/// <summary>What a timer is about; one per consent, kind, end and moment.</summary>
/// <param name="EndsAt">The end that the notice speaks of, UTC.</param>
/// <param name="FireAt">UTC.</param>
public sealed record ConsentTimer(Guid ClientId, Guid ConsentId, ConsentNoticeKind Kind, DateTimeOffset EndsAt, DateTimeOffset FireAt);

/// <summary>
/// The process that announces ends of consents. Pure: facts in, timers out; a timer that fires becomes at most one notice, and only if
/// the consents still call for it then: one that was renewed or taken back in the meantime ends otherwise, so its timers come to nothing.
/// </summary>
public static class ConsentNotices
{
    /// <summary>Nobody is asked to renew the consent of a client who has died; that it is over is still told.</summary>
    public static bool GoesOut(ConsentNoticeKind kind, bool clientLives) => clientLives || kind == ConsentNoticeKind.Expired;

    /// <returns>The timers that a fact sets.</returns>
    public static IReadOnlyList<ConsentTimer> On(DomainEvent fact) => fact switch
    {
        ConsentGranted e => ForTerm(e.ClientId, e.ConsentId, e.Term, e.Announced),
        ConsentRenewed e => ForTerm(e.ClientId, e.ConsentId, e.Term, e.Announced),
        ConsentConditionMet e => [new(e.ClientId, e.ConsentId, ConsentNoticeKind.Expired, e.OccurredAt, e.OccurredAt)],
        _ => [],
    };

    /// <summary>The stream that can hold this notice only once.</summary>
    public static Guid StreamOf(ConsentTimer timer) => StreamIds.Notice(
        timer.ConsentId, timer.Kind == ConsentNoticeKind.Ending ? $"{timer.Kind}/{timer.FireAt.UtcTicks}" : $"{timer.Kind}", timer.EndsAt);

    /// <returns>The notice, or null when the consents no longer call for it.</returns>
    public static ConsentNoticeEvent? Fire(ConsentTimer timer, ConsentState state, DateTimeOffset now)
    {
        if (state.Find(timer.ConsentId) is not { } consent || consent.RevokedSince(timer.EndsAt) is not null
            || !consent.IsOverAt(timer.EndsAt) || consent.IsOverAt(timer.EndsAt.AddTicks(-1)))
        {
            return null;
        }

        var noticed = NoticedAgencies.Of(consent.Scope);
        return timer.Kind switch
        {
            ConsentNoticeKind.Ending when now < timer.EndsAt =>
                new ConsentEnding(timer.EndsAt) { ClientId = timer.ClientId, ConsentId = timer.ConsentId, Noticed = noticed }.At(now),
            ConsentNoticeKind.Expired when consent.IsOverAt(now) =>
                new ConsentExpired(timer.EndsAt, consent.EndedBy(timer.EndsAt)) { ClientId = timer.ClientId, ConsentId = timer.ConsentId, Noticed = noticed }.At(now),
            _ => null,
        };
    }

    private static IReadOnlyList<ConsentTimer> ForTerm(Guid clientId, Guid consentId, ConsentTerm term, EndAnnouncements? announced) => term.ExpiresAt is { } end
        ?
        [
            .. (announced?.At ?? []).Select(at => new ConsentTimer(clientId, consentId, ConsentNoticeKind.Ending, end, at)),
            new(clientId, consentId, ConsentNoticeKind.Expired, end, end),
        ]
        : [];
}
