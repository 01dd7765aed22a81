using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Domain.Privacy;

/// <summary>
/// Whose a worker's private note is. What its author adds to it (a confirmation, a correction) is a part of it; what others add takes its label, and is nobody's
/// note.
/// </summary>
public static class PrivateNotes
{
    /// <returns>Whether a correction may keep something private: what a peer worker could have kept so, or said of a session.</returns>
    /// <param name="fact">What was recorded; null for what is none.</param>
    /// <param name="by">By whom; null for the system.</param>
    public static bool CanBe(Type? fact, Role? by) => by is { } role && Labelling.IsPeerWorker(role)
        && (fact == typeof(CoachNoteKept) || fact == typeof(CoachingSessionHeld) || fact == typeof(OverdoseReported) || fact?.IsSubclassOf(typeof(TouchpointEvent)) == true);

    /// <returns>
    /// The staff id of whose private note a fact is: of who recorded it, whether they kept it private or a correction did since; null for what is none.
    /// </returns>
    /// <param name="fact">What was recorded.</param>
    /// <param name="by">How; null when nobody knows.</param>
    /// <param name="labels">Codes that hold for it.</param>
    public static string? AuthorOf(DomainEvent fact, Circumstances? by, IReadOnlyList<string>? labels) => fact switch
    {
        CoachNoteKept => by?.Actor,
        CoachingSessionHeld or OverdoseReported or TouchpointEvent when IsPrivate(labels) => by?.Actor,
        _ when by is { OfOwnNote: true } && IsPrivate(labels) => by.Actor,
        _ => null,
    };

    /// <returns>Whether what completes some entries is a part of the recorder's own note: of all that is private of them somebody is the author, and nobody but the recorder.</returns>
    /// <param name="recorder">A staff id.</param>
    /// <param name="completed">What is completed: how it was recorded, and the labels that it has now.</param>
    public static bool IsOfOwnNote(string recorder, IEnumerable<(DomainEvent Fact, Circumstances? By, IReadOnlyList<string> Labels)> completed)
    {
        var isOwn = false;
        foreach (var (fact, by, labels) in completed.Where(one => IsPrivate(one.Labels)))
        {
            // Somebody else's, or nobody's note that a correction keeps private.
            var author = AuthorOf(fact, by, labels);
            if (author is null ? !IsPrivate(by?.Labels) : author != recorder)
                return false;
            isOwn |= author == recorder;
        }

        return isOwn;
    }

    /// <returns>Whether labels keep something private.</returns>
    public static bool IsPrivate(IReadOnlyList<string>? labels) => labels?.Contains(Label.WorkerPrivate.Code(), StringComparer.Ordinal) == true;
}
