using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Domain.Identities;

/// <summary>
/// Entries were recorded on the wrong person. Plain facts and reports of overdoses are shown with the right one from now on, and what only tells of
/// them goes along. What decides something (duties, consents, supervision, referrals, a court) stays, is marked on both records, and is
/// corrected where it was decided.
/// </summary>
/// <param name="ClientId">On whom they were recorded.</param>
/// <param name="RightClientId">Whose they are; null when nobody knows.</param>
public sealed record DeclareIdentityMistake(
    Guid ClientId, Guid MistakeId, Guid? RightClientId, IReadOnlyList<MistakenEntry> Entries, IdentityEvidence Evidence, Sealed<string> Reason, When When)
{
    /// <summary>Whose the entries are, by the event that wrote each: for the mark on the right person's record.</summary>
    public IReadOnlyDictionary<Guid, MistakeMark> Sources { get; init; } = new Dictionary<Guid, MistakeMark>();

    /// <returns>Whether entries of an event type are moved by themselves.</returns>
    public static bool MayMove(Type? type) => type == typeof(OverdoseReported) || (type?.IsAssignableTo(typeof(TouchpointEvent)) ?? false);

    /// <returns>Whether entries of an event type go along with the entry that they tell of: what became of a report, and a correction of labels.</returns>
    public static bool GoesAlong(Type? type) =>
        type is not null && type != typeof(OverdoseReported) && (type.IsAssignableTo(typeof(OverdoseEvent)) || type == typeof(EventLabelsCorrected));

    /// <param name="command">What is said.</param>
    /// <param name="state">What is merged and moved already.</param>
    /// <param name="contents">What is left, of the records of both, of what is named.</param>
    /// <param name="typeOf">The event type of a stored name.</param>
    /// <param name="now">UTC.</param>
    public static Decision<IdentityEvent> Decide(
        DeclareIdentityMistake command, IdentityState state, IReadOnlyCollection<RecordContent> contents, Func<string, Type?> typeOf, DateTimeOffset now)
    {
        if (state.Mistakes.TryGetValue(command.MistakeId, out var known))
        {
            if ((known.ClientId, known.RightClientId) != (command.ClientId, command.RightClientId) || !Named(known.Entries).SetEquals(Named(command.Entries)))
                return IdentityRejections.MistakeDeclaredDifferently(command.MistakeId);
            return known.IsUndone ? IdentityRejections.MistakeUndone(command.MistakeId) : Decision<IdentityEvent>.AlreadyDoneIf<IdentityMistakeDeclared>(fact => fact.MistakeId == command.MistakeId, (fact, same) => command.When.Says(fact, now) && fact.Evidence == command.Evidence && same(command.Reason, fact.Reason), IdentityRejections.MistakeDeclaredDifferently(command.MistakeId));
        }

        if (command.Entries.Count == 0)
            return IdentityRejections.MistakeWithoutEntries();
        if (command.RightClientId is { } right && state.AreOne(command.ClientId, right))
            return IdentityRejections.MistakeOfOnePerson();
        if (command.Entries.FirstOrDefault(entry => typeOf(entry.Kind)?.IsAssignableTo(typeof(IClientEvent)) is not true) is { } foreign)
            return IdentityRejections.EntryNotMovable(foreign.Kind);
        if (command.Entries.FirstOrDefault(entry => state.Moved.ContainsKey(entry.EventId)) is { } moved)
            return IdentityRejections.EntryMoved(moved.EventId);
        if (contents.Contains(RecordContent.Erased))
            return IdentityRejections.RecordErased();
        if (contents.Contains(RecordContent.ErasureOrdered))
            return IdentityRejections.MistakeUnderOrder();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;

        var entries = Placed(command.Entries, typeOf);
        var staying = entries.Where(entry => entry.Stays).ToList();
        var sources = staying.Select(entry => command.Sources.GetValueOrDefault(entry.EventId)).OfType<MistakeMark>().ToList();
        if (sources.Select(source => source.AgencyId).Distinct().Count() > 1)
            return IdentityRejections.MistakeOfSeveralAgencies();
        return new IdentityMistakeDeclared(command.MistakeId, command.RightClientId, entries, command.Evidence, command.Reason)
        {
            ClientId = command.ClientId,
            Mark = command.RightClientId is null || sources.Count == 0
                ? null
                : new MistakeMark(
                    sources[0].AgencyId, sources.Aggregate<MistakeMark, IReadOnlyList<string>>([], (all, source) => Completing.Together(all, source.Labels))),
        }.At(command.When);
    }

    /// <summary>What goes along with a moved entry is moved, whichever was named first; everything else stays.</summary>
    private static List<MistakenEntry> Placed(IReadOnlyList<MistakenEntry> entries, Func<string, Type?> typeOf)
    {
        var moved = entries.Where(entry => MayMove(typeOf(entry.Kind))).Select(entry => entry.EventId).ToHashSet();
        for (var before = 0; before < moved.Count;)
        {
            before = moved.Count;
            moved.UnionWith(entries.Where(entry => entry.With is { } with && moved.Contains(with) && GoesAlong(typeOf(entry.Kind))).Select(entry => entry.EventId));
        }

        return [.. entries.Select(entry => entry with { Stays = !moved.Contains(entry.EventId) })];
    }

    private static HashSet<Guid> Named(IEnumerable<MistakenEntry> entries) => [.. entries.Where(entry => entry.With is null).Select(entry => entry.EventId)];
}
