namespace CaseFlow.Domain.Identities;

/// <summary>Every way that merging and mistakes can say no; none says more of either person than whoever asks knows.</summary>
public static class IdentityRejections
{
    public static Rejection MergeWithItself() =>
        new(RejectionKind.Unprocessable, "merge-with-itself", "A record is not merged with itself; name two.", "mergedClientId");

    public static Rejection AlreadyOnePerson() => new(
        RejectionKind.Conflict, "already-one-person", "Both records are of one person already; reverse the merge first to merge them the other way.", "mergedClientId");

    public static Rejection MergedElsewhere() => new(
        RejectionKind.Conflict, "client-merged-elsewhere", "This record is merged into another one; merge the one that it was merged into, or reverse that first.", "mergedClientId");

    public static Rejection SurvivorMergedAway() => new(
        RejectionKind.Conflict, "survivor-merged-away", "The record that is to stand for the person is merged into another one; merge into that.");

    public static Rejection RecordErased() => new(
        RejectionKind.Conflict, "identity-of-erased", "The content of one of the records is erased: nobody is recognised by it any more.");

    /// <summary>One answer for all that not everybody who merges may know: an open order to erase, and whatever is about a record that they do not reach.</summary>
    public static Rejection CannotMergeHere() => new(
        RejectionKind.Conflict,
        "cannot-merge-here",
        "The records cannot be merged as they stand: an order about one of them is open, or what was decided about the person stands against it. A privacy officer can tell.");

    public static Rejection CannotReverseHere() => new(
        RejectionKind.Conflict,
        "cannot-reverse-here",
        "The records cannot be taken apart as they stand: an order or a hold reaches them through the merge. A privacy officer can.");

    public static Rejection MergeNotFound(Guid mergeId) =>
        new(RejectionKind.NotFound, "merge-not-found", $"The client's record has no merge {mergeId}.");

    public static Rejection MistakeUnderOrder() => new(
        RejectionKind.Conflict, "mistake-under-order", "An order about one of the records stands, and what it hides stays where it is: have the order lifted first.");

    public static Rejection MistakeWithoutEntries() =>
        new(RejectionKind.Unprocessable, "mistake-without-entries", "Name the entries that were recorded on the wrong person.", "entries");

    public static Rejection MistakeOfOnePerson() => new(
        RejectionKind.Unprocessable, "mistake-of-one-person", "Both records are of one person, so no entry is on the wrong one.", "rightClientId");

    public static Rejection EntryNotFound(Guid eventId) =>
        new(RejectionKind.NotFound, "entry-not-found", $"The client's record has no entry {eventId} that is yours to correct.");

    public static Rejection EntryNotMovable(string kind) => new(
        RejectionKind.Unprocessable,
        "entry-not-movable",
        $"An entry of the kind {kind} is no entry of a client's record, so it is on nobody's by mistake.",
        "entries");

    public static Rejection MistakeOfSeveralAgencies() => new(
        RejectionKind.Unprocessable,
        "mistake-of-several-agencies",
        "Entries that decide something stay and are marked as one agency's; declare those of each agency by themselves.",
        "entries");

    public static Rejection EntryMoved(Guid eventId) => new(
        RejectionKind.Conflict, "entry-already-moved", $"The entry {eventId} is in another mistake; undo that first.", "entries");

    public static Rejection MistakeDeclaredDifferently(Guid mistakeId) => new(
        RejectionKind.Conflict, "mistake-declared-differently", $"The mistake {mistakeId} was declared with other entries or another person.", "mistakeId");

    public static Rejection MistakeUndone(Guid mistakeId) => new(
        RejectionKind.Conflict, "mistake-undone", $"The mistake {mistakeId} was undone; a new one has an id of its own.", "mistakeId");

    public static Rejection MistakeNotFound(Guid mistakeId) =>
        new(RejectionKind.NotFound, "mistake-not-found", $"The client's record has no mistake {mistakeId}.");
}
