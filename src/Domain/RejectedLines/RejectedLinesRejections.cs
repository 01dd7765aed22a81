using System.Globalization;

namespace CaseFlow.Domain.RejectedLines;

/// <summary>Every way a command about rejected lines can be refused.</summary>
public static class RejectedLinesRejections
{
    public static Rejection NotFound(Guid runId) => new(
        RejectionKind.NotFound, "rejected-lines-not-found", $"No run {runId} of an import keeps rejected lines.");

    public static Rejection ReasonUnknown(string reasonCode) => new(
        RejectionKind.Unprocessable, "rejected-lines-reason-unknown", $"The policy in force has no reason \"{reasonCode}\" for this.", "reasonCode");

    public static Rejection HoldNotFound(Guid holdId) => new(
        RejectionKind.NotFound, "rejected-lines-hold-not-found", $"These lines have no hold {holdId}.");

    public static Rejection HoldReleased(Guid holdId) => new(
        RejectionKind.Conflict, "rejected-lines-hold-released", $"Hold {holdId} was released; a new one has an id of its own.", "holdId");

    public static Rejection HoldReleasedByAnother() => new(
        RejectionKind.Unprocessable, "rejected-lines-hold-released-by-another", "A hold is released by whoever demanded it, or by a court.", "authority");

    public static Rejection Erased() => new(
        RejectionKind.Conflict, "rejected-lines-erased", "These lines are erased: there is nothing left to hold.");

    public static Rejection RetentionNotByOrder() => new(
        RejectionKind.Unprocessable, "rejected-lines-retention-not-by-order",
        "That the period of keeping rejected lines is over follows from the policy; it is approved, and not ordered.", "reasonCode");

    public static Rejection RetentionNotReached(DateOnly endsOn) => new(
        RejectionKind.Conflict, "rejected-lines-retention-not-reached",
        string.Create(CultureInfo.InvariantCulture, $"These lines are to be kept until {endsOn:yyyy-MM-dd}."));

    public static Rejection RetentionChanged(DateOnly endsOn) => new(
        RejectionKind.Conflict, "rejected-lines-retention-changed",
        string.Create(CultureInfo.InvariantCulture, $"What was approved is not how the lines stand: their period ended on {endsOn:yyyy-MM-dd}. Look again."));

    public static Rejection LineNotFound(int line) => new(
        RejectionKind.NotFound, "rejected-line-not-found",
        string.Create(CultureInfo.InvariantCulture, $"The run keeps nothing of a line {line} that goes by itself; a line that an earlier program kept goes with its run."));

    public static Rejection Held() => new(
        RejectionKind.Conflict, "rejected-lines-held", "A legal hold is in force, on these lines or on the record of somebody whom one of them is about: nothing is erased until it is released.");
}
