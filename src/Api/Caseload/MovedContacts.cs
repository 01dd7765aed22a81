using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Supervision;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.Caseload;

namespace CaseFlow.Api.Caseload;

/// <summary>
/// Contacts that were found to be of another person count on that one's line, and no more where they were recorded. The view's rows follow what was recorded
/// on each client, so the few lines that a mistake touches are folded anew from the clients' own streams.
/// </summary>
public sealed class MovedContacts(IEventStore store)
{
    private static readonly string[] Kinds =
    [
        ProjectionCatalogue.EventTypes.StoredName(typeof(Domain.Touchpoints.SupervisionContactReported)),
        ProjectionCatalogue.EventTypes.StoredName(typeof(Domain.Touchpoints.ContactMade)),
    ];

    /// <returns>Everybody from whom, or to whom, a contact was ever moved.</returns>
    public static IEnumerable<Guid> Ever(PersonHistory history) => Told(history, position: null).SelectMany(one => one.Clients).Distinct();

    /// <returns>The last log position, no later than one, at which a contact was moved from or to some clients, or back; 0 for none.</returns>
    public static long ChangedAt(PersonHistory history, IReadOnlySet<Guid> clients, long position) =>
        Told(history, position).Where(one => one.Clients.Any(clients.Contains)).Select(one => one.Position).DefaultIfEmpty().Max();

    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="state">Which mistakes were known at the position.</param>
    /// <param name="rows">Lines of the asker's caseload.</param>
    /// <param name="at">The moment, with a position.</param>
    /// <param name="cancellation">Ends the reads.</param>
    /// <returns>The same lines, each with the contacts that are of its person.</returns>
    public async Task<IReadOnlyList<CaseloadEntry>> PutRightAsync(
        string jurisdiction, IdentityState state, IReadOnlyList<CaseloadEntry> rows, ViewInstant at, CancellationToken cancellation)
    {
        List<Move> moves =
        [
            .. from mistake in state.Mistakes.Values
               where !mistake.IsUndone
               from entry in mistake.Entries
               where !entry.Stays && Kinds.Contains(entry.Kind)
               select new Move(entry.EventId, mistake.ClientId, mistake.RightClientId),
        ];
        var right = new List<CaseloadEntry>(rows.Count);
        foreach (var row in rows)
        {
            var own = moves.Where(move => move.From == row.ClientId || move.To == row.ClientId).ToList();
            right.Add(own.Count == 0 ? row : row with { LastContacts = await ContactsAsync(jurisdiction, row, own, at, cancellation) });
        }

        return right;
    }

    private async Task<SortedDictionary<string, DateTimeOffset>> ContactsAsync(
        string jurisdiction, CaseloadEntry row, IReadOnlyList<Move> moves, ViewInstant at, CancellationToken cancellation)
    {
        var supervision = await ReadAsync(StreamIds.Supervision(row.ClientId));
        var agencies = supervision.Select(recorded => recorded.Data).OfType<SupervisionStarted>().Select(fact => fact.AgencyId).Append(row.AgencyId).Distinct().ToList();
        var told = new List<RecordedEvent>(supervision);
        foreach (var client in moves.Where(move => move.To == row.ClientId).Select(move => move.From).Append(row.ClientId).Distinct())
        {
            foreach (var agency in agencies)
                told.AddRange((await ReadAsync(StreamIds.Touchpoints(client, agency))).Where(recorded => IsOf(recorded.EventId, client)));
        }

        return told.OrderBy(recorded => recorded.Position)
            .Aggregate((CaseloadEntry?)null, (line, recorded) => CaseloadEntry.Evolve(line, (DomainEvent)recorded.Data, recorded.Headers as Circumstances))?.LastContacts
            ?? row.LastContacts;

        // Of the own record all that was not moved away, of another's only what was moved here.
        bool IsOf(Guid eventId, Guid client) => client == row.ClientId
            ? !moves.Any(move => move.EventId == eventId && move.From == row.ClientId)
            : moves.Any(move => move.EventId == eventId && move.To == row.ClientId);

        async Task<IReadOnlyList<RecordedEvent>> ReadAsync(Guid streamId)
        {
            var read = await store.ReadStreamAsync(jurisdiction, streamId, upToPosition: at.Position, cancellation: cancellation);
            return [.. read.Events.Where(recorded => at.Instant is null || ((DomainEvent)recorded.Data).CountsFrom() <= at.Instant)];
        }
    }

    private static IEnumerable<(long Position, IReadOnlyList<Guid> Clients)> Told(PersonHistory history, long? position)
    {
        foreach (var recorded in history.UpTo(position))
        {
            var (wrong, right, entries) = recorded.Data switch
            {
                IdentityMistakeDeclared e => (e.ClientId, e.RightClientId, e.Entries),
                IdentityMistakeUndone e => (e.ClientId, e.RightClientId, e.Entries),
                _ => (Guid.Empty, null, []),
            };
            if (entries.Any(entry => !entry.Stays && Kinds.Contains(entry.Kind)))
                yield return (recorded.Position ?? 0, right is { } other ? [wrong, other] : [wrong]);
        }
    }

    /// <param name="From">On whom it was recorded.</param>
    /// <param name="To">Whose it is; null for nobody known.</param>
    private sealed record Move(Guid EventId, Guid From, Guid? To);
}
