namespace CaseFlow.Domain.Integrity;

/// <summary>Every way a question or a command about integrity can be refused.</summary>
public static class IntegrityRejections
{
    public static Rejection EventNotFound() =>
        new(RejectionKind.NotFound, "event-not-found", "There is no such event here, or it has no position yet.");

    public static Rejection NotSignedYet(long position) => new(
        RejectionKind.Conflict, "not-signed-yet", $"No signed checkpoint covers position {position} yet; one follows within minutes.", "position");

    public static Rejection AlreadyVerifying() => new(
        RejectionKind.Conflict, "verification-running", "A verification runs on this node; ask again when it has ended.");

    public static Rejection LedgerKeysBroken() => new(
        RejectionKind.Conflict, "ledger-keys-broken", "The keys that signed the history do not follow from each other: a verification says where.");

    public static Rejection LedgerIncomplete() => new(
        RejectionKind.Conflict, "ledger-incomplete", "The ledger lacks rows that this proof takes: a verification says which.");
}
