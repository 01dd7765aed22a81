using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.ReferralInbox;

namespace CaseFlow.Api.ReferralInbox;

/// <summary>
/// Referrals of an inbox without what corrected labels hide from its reader: that somebody was referred, by whom and when it was received stays, or
/// nobody would go to them.
/// </summary>
public sealed class InboxSights(IEventStore store, EntrySights sights)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="rows">The rows of one answer.</param>
    /// <param name="at">The moment of the answer.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>By referral, those of which something is hidden, with whether what was asked for is.</returns>
    public async Task<IReadOnlyDictionary<Guid, (InboxEntry Entry, bool WithoutNeed)>> OfAsync(
        Actor actor, IReadOnlyList<InboxEntry> rows, ViewInstant at, CancellationToken cancellation)
    {
        var shown = new Dictionary<Guid, (InboxEntry, bool)>();
        var sightOf = await sights.OfAllAsync(actor, rows.Select(row => row.ClientId), cancellation);
        foreach (var row in rows.Where(row => sightOf(row.ClientId).HidesAny))
        {
            var sight = sightOf(row.ClientId);
            var sent = await store.ReadStreamAsync(actor.Jurisdiction, row.ReferralId, upToPosition: at.Position, cancellation: cancellation);
            var received = await store.ReadStreamAsync(actor.Jurisdiction, StreamIds.ReferralIntake(row.ReferralId), upToPosition: at.Position, cancellation: cancellation);
            var events = sent.Events.Concat(received.Events).ToList();
            if (!events.Exists(sight.Hides))
                continue;
            var told = events.Where(recorded => !(((DomainEvent)recorded.Data).CountsFrom() > at.Instant) && (MakesTheRow(recorded) || !sight.Hides(recorded)))
                .OrderBy(recorded => recorded.Sequence).Aggregate((InboxEntry?)null, (entry, recorded) => InboxEntry.Evolve(entry, (DomainEvent)recorded.Data));
            if (told is null)
                continue;
            var withoutNeed = events.Exists(recorded => recorded.Data is ReferralCreated && sight.Hides(recorded));
            shown[row.ReferralId] = (withoutNeed ? told with { Message = null } : told, withoutNeed);
        }

        return shown;
    }

    /// <summary>Without these there would be no row, or it would be somebody else's.</summary>
    private static bool MakesTheRow(RecordedEvent recorded) => recorded.Data is ReferralCreated or ReferralSent or ReferralRedirected or ReferralWithdrawn;
}
