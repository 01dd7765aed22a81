using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Domain.Identities;

/// <summary>
/// Entries were recorded on the wrong person. Plain facts and reports of overdoses are shown with the right one from now on; what decides
/// something (duties, consents, supervision, referrals) is corrected where it was decided.
/// </summary>
/// <param name="ClientId">On whom they were recorded.</param>
/// <param name="RightClientId">Whose they are; null when nobody knows.</param>
public sealed record DeclareIdentityMistake(
    Guid ClientId, Guid MistakeId, Guid? RightClientId, IReadOnlyList<MistakenEntry> Entries, IdentityEvidence Evidence, Sealed<string> Reason, When When)
{
    /// <returns>Whether entries of an event type may be moved.</returns>
    public static bool MayMove(Type? type) => type == typeof(OverdoseReported) || (type?.IsAssignableTo(typeof(TouchpointEvent)) ?? false);

    /// <param name="command">What is said.</param>
    /// <param name="state">What is merged and moved already.</param>
    /// <param name="contents">What is left of the records of both.</param>
    /// <param name="typeOf">The event type of a stored name.</param>
    /// <param name="now">UTC.</param>
    public static Decision<IdentityEvent> Decide(
        DeclareIdentityMistake command, IdentityState state, IReadOnlyCollection<RecordContent> contents, Func<string, Type?> typeOf, DateTimeOffset now)
    {
        if (state.Mistakes.TryGetValue(command.MistakeId, out var known))
        {
            if ((known.ClientId, known.RightClientId) != (command.ClientId, command.RightClientId) || !known.Entries.ToHashSet().SetEquals(command.Entries))
                return IdentityRejections.MistakeDeclaredDifferently(command.MistakeId);
            return known.IsUndone ? IdentityRejections.MistakeUndone(command.MistakeId) : Decision<IdentityEvent>.AlreadyDone;
        }

        if (command.Entries.Count == 0)
            return IdentityRejections.MistakeWithoutEntries();
        if (command.RightClientId is { } right && state.AreOne(command.ClientId, right))
            return IdentityRejections.MistakeOfOnePerson();
        if (command.Entries.FirstOrDefault(entry => !MayMove(typeOf(entry.Kind))) is { } fixedOne)
            return IdentityRejections.EntryNotMovable(fixedOne.Kind);
        if (command.Entries.FirstOrDefault(entry => state.Moved.ContainsKey(entry.EventId)) is { } moved)
            return IdentityRejections.EntryMoved(moved.EventId);
        if (contents.Contains(RecordContent.Erased))
            return IdentityRejections.RecordErased();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        return new IdentityMistakeDeclared(command.MistakeId, command.RightClientId, command.Entries, command.Evidence, command.Reason)
        {
            ClientId = command.ClientId,
        }.At(command.When);
    }
}
