using CaseFlow.Api.Access;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Overdoses;

/// <summary>
/// Of a client's duties what those see and change who supervise the client: as in the queue and the timeline, nothing of an agency that did so before.
/// A duty that followed its client here is theirs, with what its overdoses are known by.
/// </summary>
internal static class OwnDuties
{
    /// <param name="actor">Who supervises the client.</param>
    /// <param name="duties">The client's duties.</param>
    /// <param name="history">The events that they follow from.</param>
    public static DutyState Of(Actor actor, DutyState duties, IEnumerable<RecordedEvent> history)
    {
        var own = duties.Duties.FindAll(duty => ClientRights.Holds(actor, duty));
        var known = history
            .Where(recorded => (recorded.Headers as Circumstances)?.Owner() is { } owner && owner == actor.Agency)
            .Select(recorded => recorded.Data).OfType<OverdoseKnownToAgent>().Select(fact => fact.OverdoseId)
            .Concat(own.SelectMany(duty => duty.OverdoseIds))
            .ToHashSet();
        return duties with
        {
            Duties = own,
            KnownAt = duties.KnownAt.RemoveRange(duties.KnownAt.Keys.Where(id => !known.Contains(id))),
            NotOwed = duties.NotOwed.RemoveRange(duties.NotOwed.Keys.Where(id => !known.Contains(id))),
        };
    }

    /// <summary>Whether there is nothing: then the version is that of a client of whom no agent ever learned of an overdose.</summary>
    public static bool AreNone(DutyState own) => own.Duties.IsEmpty && own.KnownAt.IsEmpty;
}
