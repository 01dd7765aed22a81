using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Domain.Privacy;

/// <summary>Whose a worker's private note is. What others add to one (a confirmation, a correction) takes its label, and is nobody's note.</summary>
public static class PrivateNotes
{
    /// <returns>Whether a correction may keep something private: what a peer worker could have kept so, or said of a session.</returns>
    /// <param name="fact">What was recorded; null for what is none.</param>
    /// <param name="by">By whom; null for the system.</param>
    public static bool CanBe(Type? fact, Role? by) => by is { } role && Labelling.IsPeerWorker(role)
        && (fact == typeof(CoachNoteKept) || fact == typeof(CoachingSessionHeld) || fact == typeof(OverdoseReported) || fact?.IsSubclassOf(typeof(TouchpointEvent)) == true);

    /// <returns>
    /// The staff id of who kept a fact private when they recorded it; null for everything else. A label that a correction puts on later makes no note of
    /// anything: what it takes away, it takes from whoever recorded it, too.
    /// </returns>
    /// <param name="fact">What was recorded.</param>
    /// <param name="by">How; null when nobody knows.</param>
    public static string? AuthorOf(DomainEvent fact, Circumstances? by) => fact switch
    {
        CoachNoteKept => by?.Actor,
        OverdoseReported or TouchpointEvent when by?.Labels.Contains(Label.WorkerPrivate.Code(), StringComparer.Ordinal) == true => by.Actor,
        _ => null,
    };
}
