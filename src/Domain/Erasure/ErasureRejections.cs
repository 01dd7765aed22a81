using System.Globalization;

namespace CaseFlow.Domain.Erasure;

/// <summary>Every way erasure can say no.</summary>
public static class ErasureRejections
{
    public static Rejection ReasonUnknown(string reasonCode) => new(
        RejectionKind.Unprocessable, "erasure-reason-unknown", $"The policy in force has no reason \"{reasonCode}\" for this.", "reasonCode");

    public static Rejection OrderNotFound(Guid orderId) =>
        new(RejectionKind.NotFound, "erasure-order-not-found", $"The client's record has no order {orderId}.");

    public static Rejection LegalHold() => new(
        RejectionKind.Conflict, "legal-hold-in-force", "A legal hold is in force: nothing is erased until it is released.");

    public static Rejection AlreadyErased() => new(
        RejectionKind.Conflict, "already-erased", "The content of this record is erased; there is nothing left to order, to hold or to erase.");

    public static Rejection LeftToUnknown() => new(
        RejectionKind.Unprocessable, "sealing-left-to-unknown", "The directory does not know an agency that the order leaves the record to.", "leftTo");

    public static Rejection OrderLifted() => new(
        RejectionKind.Conflict, "sealing-lifted", "This sealing was lifted; a new order has a reference of its own.");

    public static Rejection OrderRecordedDifferently() => new(
        RejectionKind.Conflict,
        "order-recorded-differently",
        "This order is recorded with another reason, or leaves the record to others. Lift it, and record the right one under a reference of its own.");

    public static Rejection LiftedByCourtAlone() => new(
        RejectionKind.Unprocessable, "sealing-lifted-by-court-alone", "What a court sealed, a court lifts.", "authority");

    public static Rejection LiftedByAnother() => new(
        RejectionKind.Unprocessable, "sealing-lifted-by-another", "A sealing is lifted by whoever ordered it, or by a court.", "authority");

    /// <summary>The skeleton: nothing of the record, but that it is sealed and why.</summary>
    public static Rejection RecordSealed(string reasonCode) => new(
        RejectionKind.Forbidden, "record-sealed", $"The record is sealed by order ({reasonCode}) until the order is lifted.");

    /// <summary>The skeleton of what no order gives back: nothing of the record, but that it is erased and why.</summary>
    public static Rejection RecordErased(string reasonCode) => new(
        RejectionKind.Forbidden, "record-erased", $"The content of the record is erased ({reasonCode}): there is nobody who may see it.");

    public static Rejection HoldNotFound(Guid holdId) =>
        new(RejectionKind.NotFound, "legal-hold-not-found", $"The client's record has no legal hold {holdId}.");

    public static Rejection HoldReleased() => new(
        RejectionKind.Conflict, "legal-hold-released", "This hold was released; a new one has a reference of its own.");

    public static Rejection HoldReleasedDifferently(Guid holdId) => new(
        RejectionKind.Conflict, "legal-hold-released-differently", $"Hold {holdId} was released already, by another authority.", "authority");

    public static Rejection ReleasedByAnother() => new(
        RejectionKind.Unprocessable, "legal-hold-released-by-another", "A legal hold is released by whoever demanded it, or by a court.", "authority");

    public static Rejection HoldPlacedDifferently() => new(
        RejectionKind.Conflict, "legal-hold-placed-differently", "This hold is on record already, with another reason.", "reasonCode");

    public static Rejection RetentionNotByOrder() => new(
        RejectionKind.Unprocessable, "retention-not-by-order", "That the period of keeping a record is over follows from the policy; it is approved, and not ordered.", "reasonCode");

    public static Rejection RetentionBlocked(string blocks) => new(
        RejectionKind.Conflict, "retention-blocked",
        $"The record is kept whatever its age: {blocks}.");

    public static Rejection RetentionNotReached(DateOnly endsOn) => new(
        RejectionKind.Conflict, "retention-not-reached", string.Create(CultureInfo.InvariantCulture, $"The record is to be kept until {endsOn:yyyy-MM-dd}."));

    public static Rejection RetentionChanged(DateOnly endsOn) => new(
        RejectionKind.Conflict, "retention-changed",
        string.Create(CultureInfo.InvariantCulture, $"What was approved is not how the record stands: its period ended on {endsOn:yyyy-MM-dd}. Look again."));

    public static Rejection PostponementOutOfRange(int years) => new(
        RejectionKind.Unprocessable, "retention-postponement-out-of-range",
        string.Create(CultureInfo.InvariantCulture, $"A record is kept longer until a day to come, {years} years ahead at most."), "until");

    public static Rejection ContentErased() => new(
        RejectionKind.Conflict, "content-erased", "This record's content was erased by order: nothing is recorded in it any more but what ends the work with it.");
}
