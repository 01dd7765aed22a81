using System.Collections.Immutable;
using System.Diagnostics;

namespace CaseFlow.Domain.Identities;

/// <summary>Which records are of one person, and which entries are on the wrong one.</summary>
/// <param name="Merges">By id, in force or not.</param>
/// <param name="Into">The merge in force by which a record is another's, by the merged record.</param>
/// <param name="Under">Records that are merged into one directly, in the order of their merging.</param>
/// <param name="Mistakes">By id, in force or not.</param>
/// <param name="Moved">The mistake in force that an entry is in, by the event that wrote it.</param>
public sealed record IdentityState(
    ImmutableDictionary<Guid, ClientMerge> Merges,
    ImmutableDictionary<Guid, Guid> Into,
    ImmutableDictionary<Guid, ImmutableList<Guid>> Under,
    ImmutableDictionary<Guid, IdentityMistake> Mistakes,
    ImmutableDictionary<Guid, Guid> Moved)
{
    public static readonly IdentityState Initial = new(
        ImmutableDictionary<Guid, ClientMerge>.Empty,
        ImmutableDictionary<Guid, Guid>.Empty,
        ImmutableDictionary<Guid, ImmutableList<Guid>>.Empty,
        ImmutableDictionary<Guid, IdentityMistake>.Empty,
        ImmutableDictionary<Guid, Guid>.Empty);

    /// <returns>The record that stands for the person; the client's own where nothing is merged.</returns>
    public Guid SurvivorOf(Guid clientId)
    {
        while (Into.TryGetValue(clientId, out var mergeId))
            clientId = Merges[mergeId].ClientId;
        return clientId;
    }

    /// <returns>Whether two records are of one person.</returns>
    public bool AreOne(Guid clientId, Guid otherId) => SurvivorOf(clientId) == SurvivorOf(otherId);

    /// <returns>Whose an overdose is, as far as mistakes say; otherwise as it was recorded.</returns>
    /// <param name="overdoseId">The overdose.</param>
    /// <param name="recorded">Whose it was recorded to be; null for nobody known.</param>
    public Guid? PersonOf(Guid overdoseId, Guid? recorded) =>
        Mistakes.Values.FirstOrDefault(mistake => !mistake.IsUndone && mistake.ClientId == recorded && mistake.Entries.Exists(entry => !entry.Stays && entry.OverdoseId == overdoseId)) is { } mistake
            ? mistake.RightClientId
            : recorded;

    /// <returns>All records of the person, the survivor first.</returns>
    public IReadOnlyList<Guid> RecordsOf(Guid clientId)
    {
        List<Guid> records = [SurvivorOf(clientId)];
        for (var n = 0; n < records.Count; n++)
            records.AddRange(Under.GetValueOrDefault(records[n]) ?? []);
        return records;
    }

    /// <returns>Every record that is of one person with another, with the record that stands for the person.</returns>
    public IEnumerable<(Guid ClientId, Guid SurvivorId)> Merged() =>
        Into.Keys.Concat(Into.Values.Select(mergeId => Merges[mergeId].ClientId)).Distinct().Select(clientId => (clientId, SurvivorOf(clientId)));

    /// <returns>The entries recorded on a client that are shown with somebody else, or with nobody.</returns>
    public IEnumerable<MistakenEntry> MistakenOn(Guid clientId) => OfOthersOn(clientId).Where(entry => !entry.Stays);

    /// <returns>The entries recorded on a client that are known to be somebody else's, or nobody's, wherever they are shown.</returns>
    public IEnumerable<MistakenEntry> OfOthersOn(Guid clientId) =>
        Mistakes.Values.Where(mistake => mistake.ClientId == clientId && !mistake.IsUndone).SelectMany(mistake => mistake.Entries);

    /// <returns>The records between which an entry was moved, the right one where it is known; none for one that was not.</returns>
    public IEnumerable<Guid> RecordsOfMoved(Guid eventId) =>
        Moved.TryGetValue(eventId, out var mistakeId) && Mistakes[mistakeId] is var mistake && mistake.Entries.Exists(entry => entry.EventId == eventId && !entry.Stays)
            ? [mistake.ClientId, .. mistake.RightClientId is { } right ? [right] : (Guid[])[]]
            : [];

    /// <returns>The records from which entries were moved to a client's, and to which its own were: their content goes with either.</returns>
    public IEnumerable<Guid> SharingEntriesWith(Guid clientId) => Mistakes.Values
        .Where(mistake => !mistake.IsUndone && mistake.Entries.Exists(entry => !entry.Stays))
        .Select(mistake => mistake.ClientId == clientId ? mistake.RightClientId : mistake.RightClientId == clientId ? mistake.ClientId : null)
        .OfType<Guid>().Distinct();

    /// <returns>Merges and their reversals that speak of a record, and mistakes made on it or found to be it.</returns>
    public IEnumerable<Guid> SubjectsOf(Guid clientId) =>
    [
        .. Merges.Values.Where(merge => merge.ClientId == clientId || merge.MergedClientId == clientId)
            .SelectMany(merge => (Guid[])(merge.IsReversed ? [merge.MergeId, IdentitySubjects.OfReversal(merge.MergeId)] : [merge.MergeId])),
        .. Mistakes.Values.Where(mistake => mistake.ClientId == clientId || mistake.RightClientId == clientId)
            .SelectMany(mistake => (Guid[])(mistake.IsUndone ? [mistake.MistakeId, IdentitySubjects.OfUndoing(mistake.MistakeId)] : [mistake.MistakeId])),
    ];

    public static IdentityState Evolve(IdentityState state, IdentityEvent fact) => fact switch
    {
        ClientsMerged e => state with
        {
            Merges = state.Merges.SetItem(e.MergeId, new(e.MergeId, e.ClientId, e.MergedClientId, IsReversed: false)),
            Into = state.Into.SetItem(e.MergedClientId, e.MergeId),
            Under = state.Under.SetItem(e.ClientId, (state.Under.GetValueOrDefault(e.ClientId) ?? []).Add(e.MergedClientId)),
        },
        MergeReversed e => state with
        {
            Merges = state.Merges.SetItem(e.MergeId, state.Merges[e.MergeId] with { IsReversed = true }),
            Into = state.Into.Remove(e.MergedClientId),
            Under = state.Under.SetItem(e.ClientId, state.Under[e.ClientId].Remove(e.MergedClientId)),
        },
        IdentityMistakeDeclared e => state with
        {
            Mistakes = state.Mistakes.SetItem(e.MistakeId, new(e.MistakeId, e.ClientId, e.RightClientId, [.. e.Entries], IsUndone: false)),
            Moved = state.Moved.SetItems(e.Entries.Select(entry => KeyValuePair.Create(entry.EventId, e.MistakeId))),
        },
        IdentityMistakeUndone e => state with
        {
            Mistakes = state.Mistakes.SetItem(e.MistakeId, state.Mistakes[e.MistakeId] with { IsUndone = true }),
            Moved = state.Moved.RemoveRange(e.Entries.Select(entry => entry.EventId)),
        },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(IdentityState)}."),
    };
}

/// <summary>What is left of a record's content, as far as it matters to whose it is.</summary>
public enum RecordContent
{
    /// <summary>All that was recorded.</summary>
    Whole,

    /// <summary>All of it, while an order to erase it is open.</summary>
    ErasureOrdered,

    /// <summary>Nothing.</summary>
    Erased,
}

/// <param name="ClientId">The record that it is merged into.</param>
/// <param name="MergedClientId">The record that is merged.</param>
public sealed record ClientMerge(Guid MergeId, Guid ClientId, Guid MergedClientId, bool IsReversed);

/// <param name="ClientId">On whom the entries were recorded.</param>
/// <param name="RightClientId">Whose they are; null when nobody knows.</param>
public sealed record IdentityMistake(Guid MistakeId, Guid ClientId, Guid? RightClientId, ImmutableList<MistakenEntry> Entries, bool IsUndone);
