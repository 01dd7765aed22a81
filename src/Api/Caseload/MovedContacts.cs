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

    /// <returns>The last log position, no later than one, at which one of some contacts was moved, or back; 0 for none.</returns>
    public static long ChangedAt(PersonHistory history, IReadOnlySet<Guid> contacts, long position) =>
        Told(history, position).Where(one => one.Contacts.Any(contacts.Contains)).Select(one => one.Position).DefaultIfEmpty().Max();

    /// <param name="jurisdiction">The tenant.</param>
    /// <param name="state">Which mistakes were known at the position.</param>
    /// <param name="rows">Lines of the asker's caseload.</param>
    /// <param name="at">The moment, with a position.</param>
    /// <param name="cancellation">Ends the reads.</param>
    /// <returns>
    /// The same lines, each with the contacts that are of its person; and which contacts were moved from or to them, or back. What another agency told moves
    /// nothing here, so that nothing of an answer says that it did.
    /// </returns>
    public async Task<(IReadOnlyList<CaseloadEntry> Rows, IReadOnlySet<Guid> Moved)> PutRightAsync(
        string jurisdiction, IdentityState state, IReadOnlyList<CaseloadEntry> rows, ViewInstant at, CancellationToken cancellation)
    {
        List<Move> moves =
        [
            .. from mistake in state.Mistakes.Values
               from entry in mistake.Entries
               where !entry.Stays && Kinds.Contains(entry.Kind)
               select new Move(entry.EventId, mistake.ClientId, mistake.RightClientId, mistake.IsUndone),
        ];
        var (right, moved) = (new List<CaseloadEntry>(rows.Count), new HashSet<Guid>());
        foreach (var row in rows)
        {
            var own = moves.Where(move => move.From == row.ClientId || move.To == row.ClientId).ToList();
            if (own.Count == 0)
            {
                right.Add(row);
                continue;
            }

            var told = await ToldAsync(jurisdiction, row, own, at, cancellation);
            moved.UnionWith(own.Select(move => move.EventId).Intersect(told.Select(one => one.Recorded.EventId)));
            right.Add(row with { LastContacts = Contacts(row, own, told) ?? row.LastContacts });
        }

        return (right, moved);
    }

    /// <returns>What the agencies that supervised the client told of them, and of those whose contacts may be theirs; in log order.</returns>
    private async Task<List<(Guid On, RecordedEvent Recorded)>> ToldAsync(
        string jurisdiction, CaseloadEntry row, IReadOnlyList<Move> moves, ViewInstant at, CancellationToken cancellation)
    {
        var told = await ReadAsync(row.ClientId, StreamIds.Supervision(row.ClientId));
        var agencies = told.Select(one => one.Recorded.Data).OfType<SupervisionStarted>().Select(fact => fact.AgencyId).Append(row.AgencyId).Distinct().ToList();
        foreach (var client in moves.Where(move => move.To == row.ClientId).Select(move => move.From).Append(row.ClientId).Distinct())
        {
            foreach (var agency in agencies)
                told.AddRange(await ReadAsync(client, StreamIds.Touchpoints(client, agency)));
        }

        return [.. told.OrderBy(one => one.Recorded.Position)];

        async Task<List<(Guid On, RecordedEvent Recorded)>> ReadAsync(Guid on, Guid streamId)
        {
            var read = await store.ReadStreamAsync(jurisdiction, streamId, upToPosition: at.Position, cancellation: cancellation);
            return [.. read.Events.Where(recorded => at.Instant is null || ((DomainEvent)recorded.Data).CountsFrom() <= at.Instant).Select(recorded => (on, recorded))];
        }
    }

    /// <returns>Of the own record all that was not moved away, of another's only what was moved here.</returns>
    private static SortedDictionary<string, DateTimeOffset>? Contacts(
        CaseloadEntry row, IReadOnlyList<Move> moves, IReadOnlyList<(Guid On, RecordedEvent Recorded)> told)
    {
        var standing = moves.Where(move => !move.IsUndone).ToList();
        return told
            .Where(one => one.On == row.ClientId
                ? !standing.Exists(move => move.EventId == one.Recorded.EventId && move.From == row.ClientId)
                : standing.Exists(move => move.EventId == one.Recorded.EventId && move.To == row.ClientId))
            .Aggregate((CaseloadEntry?)null, (line, one) => CaseloadEntry.Evolve(line, (DomainEvent)one.Recorded.Data, one.Recorded.Headers as Circumstances))?.LastContacts;
    }

    private static IEnumerable<(long Position, IReadOnlyList<Guid> Clients, IReadOnlyList<Guid> Contacts)> Told(PersonHistory history, long? position)
    {
        foreach (var recorded in history.UpTo(position))
        {
            var (wrong, right, entries) = recorded.Data switch
            {
                IdentityMistakeDeclared e => (e.ClientId, e.RightClientId, e.Entries),
                IdentityMistakeUndone e => (e.ClientId, e.RightClientId, e.Entries),
                _ => (Guid.Empty, null, []),
            };
            IReadOnlyList<Guid> contacts = [.. entries.Where(entry => !entry.Stays && Kinds.Contains(entry.Kind)).Select(entry => entry.EventId)];
            if (contacts.Count > 0)
                yield return (recorded.Position ?? 0, right is { } other ? [wrong, other] : [wrong], contacts);
        }
    }

    /// <param name="From">On whom it was recorded.</param>
    /// <param name="To">Whose it is; null for nobody known.</param>
    private sealed record Move(Guid EventId, Guid From, Guid? To, bool IsUndone);
}
