using System.Text;
using CaseFlow.Domain.Integrity;
using CaseFlow.EventStore.Integrity;
using FluentValidation;

namespace CaseFlow.Api.Integrity;

/// <param name="FirstPosition">From here on; from the first event unless given.</param>
/// <param name="LastPosition">Up to here; without it, all that is sealed, the checkpoints and the copy outside.</param>
public sealed record VerifyHistoryRequest(long? FirstPosition = null, long? LastPosition = null)
{
    public static readonly VerifyHistoryRequest Example = new();
}

public sealed class VerifyHistoryRequestValidator : AbstractValidator<VerifyHistoryRequest>
{
    public VerifyHistoryRequestValidator()
    {
        RuleFor(request => request.FirstPosition).GreaterThan(0);
        RuleFor(request => request.LastPosition).GreaterThanOrEqualTo(request => request.FirstPosition ?? 1);
    }
}

/// <summary>What a verification found.</summary>
/// <param name="IsIntact">Whether nothing differs.</param>
/// <param name="FirstPosition">First log position that was computed anew.</param>
/// <param name="LastPosition">Last one; 0 when nothing is sealed.</param>
/// <param name="SealedUpTo">How many events were sealed when it began.</param>
/// <param name="SignedUpTo">How many events the last signed checkpoint that holds has.</param>
/// <param name="NotSealed">Events that are not sealed yet: nothing is said of them.</param>
/// <param name="Checkpoints">Signed checkpoints in the database that were compared.</param>
/// <param name="CheckpointsOutside">Those of the copy outside.</param>
/// <param name="RootHash">Of the tree over all that is sealed, base64.</param>
/// <param name="FindingCount">How many differences.</param>
/// <param name="Findings">The first of them.</param>
public sealed record VerificationAnswer(
    bool IsIntact,
    long FirstPosition,
    long LastPosition,
    long SealedUpTo,
    long SignedUpTo,
    long NotSealed,
    long Checkpoints,
    long CheckpointsOutside,
    string? RootHash,
    long FindingCount,
    IReadOnlyList<VerificationAnswer.Difference> Findings)
{
    /// <param name="Defect">What kind.</param>
    /// <param name="FirstPosition">First log position; null when it has none.</param>
    /// <param name="LastPosition">Last one.</param>
    /// <param name="EventId">The event, if it is of the asker's jurisdiction.</param>
    /// <param name="Detail">In words; never content.</param>
    public sealed record Difference(HistoryDefect Defect, long? FirstPosition, long? LastPosition, Guid? EventId, string Detail);

    /// <param name="verdict">What was found.</param>
    /// <param name="jurisdiction">Who asks: other jurisdictions' events are positions to them.</param>
    public static VerificationAnswer Of(HistoryVerdict verdict, string jurisdiction) => new(
        verdict.IsIntact, verdict.First, verdict.Last, verdict.Size, verdict.SignedSize, verdict.NotSealed, verdict.Checkpoints, verdict.Outside,
        verdict.Root is { } root ? Convert.ToBase64String(root) : null,
        verdict.FindingCount,
        [
            .. verdict.Findings.Select(finding => new Difference(
                finding.Defect, finding.First, finding.Last, finding.TenantId == jurisdiction ? finding.EventId : null, finding.Detail)),
        ]);

    public static VerificationAnswer Example { get; } = new(
        IsIntact: false, FirstPosition: 1, LastPosition: 4711, SealedUpTo: 4711, SignedUpTo: 4700, NotSealed: 2, Checkpoints: 12, CheckpointsOutside: 12,
        IntegrityExamples.Hash, FindingCount: 1,
        [new Difference(HistoryDefect.Changed, 42, 42, Guid.Parse("0195d6c4-0000-7000-8000-000000000007"), "The event is not as it was sealed.")]);
}

/// <summary>How far history is sealed and signed, and what the last verification said.</summary>
/// <param name="Origin">Which history; the first line of its checkpoints.</param>
/// <param name="SealedUpTo">How many events are sealed.</param>
/// <param name="Lag">How many have a position and are not sealed yet.</param>
/// <param name="SignedUpTo">How many events the last checkpoint has.</param>
/// <param name="SignedAt">When, UTC.</param>
/// <param name="Checkpoint">The last checkpoint: a signed note.</param>
/// <param name="VerifierKey">The public key that signed it, as C2SP's signed-note writes it. Keep the one of the first day: later ones follow from it.</param>
/// <param name="WhyStopped">Why this node seals or signs no more, if it does not.</param>
/// <param name="LastVerification">What the last verification of all that was sealed said; null before the first.</param>
public sealed record IntegrityAnswer(
    string Origin,
    long SealedUpTo,
    long Lag,
    long SignedUpTo,
    DateTimeOffset? SignedAt,
    string? Checkpoint,
    string VerifierKey,
    string? WhyStopped,
    IntegrityVerdict? LastVerification)
{
    public static IntegrityAnswer Example { get; } = new(
        IntegrityExamples.Origin, SealedUpTo: 4711, Lag: 0, SignedUpTo: 4711, new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero),
        IntegrityExamples.Note, IntegrityExamples.Key, WhyStopped: null, new(new(2026, 3, 3, 15, 0, 0, TimeSpan.Zero), 4700, 4700, 0));
}

/// <summary>The public keys of the ledger, each named by the one before. Whoever kept one of them needs no more to trust those after it.</summary>
/// <param name="Origin">Which history; every statement names it.</param>
/// <param name="Keys">The first one first; the last one signs.</param>
public sealed record LedgerKeysAnswer(string Origin, IReadOnlyList<LedgerKeysAnswer.SigningKey> Keys)
{
    /// <param name="Number">From 1 on.</param>
    /// <param name="VerifierKey">As C2SP's signed-note writes it.</param>
    /// <param name="From">When it took its place, UTC; null for the first.</param>
    /// <param name="Until">When the next one did; null for the one that signs.</param>
    /// <param name="SignsUpTo">Events of the largest checkpoint that may bear its signature; null for the one that signs.</param>
    /// <param name="Succession">The signed note by which the key before names this one; null for the first.</param>
    public sealed record SigningKey(int Number, string VerifierKey, DateTimeOffset? From, DateTimeOffset? Until, long? SignsUpTo, string? Succession);

    public static LedgerKeysAnswer Of(string origin, KeyChain chain) => new(
        origin,
        [.. chain.Keys.Select(key => new SigningKey(key.Number, SignedNote.VerifierKeyOf(key.Verifier), key.From, key.Until, key.LastSize, key.Succession))]);

    public static LedgerKeysAnswer Example { get; } = Of(IntegrityExamples.Origin, IntegrityExamples.Chain);
}

/// <summary>Proves that an event is in the history that a signed checkpoint states. Only hashes.</summary>
/// <param name="Position">The event's log position; the leaf's number is one less.</param>
/// <param name="LeafHash">Hash of the event as it was sealed, base64.</param>
/// <param name="Size">Events of the checkpoint.</param>
/// <param name="Path">Hashes from the leaf up, base64 (RFC 9162, section 2.1.3).</param>
/// <param name="Checkpoint">The signed note.</param>
/// <param name="VerifierKey">The public key that it is checked with.</param>
public sealed record InclusionAnswer(long Position, string LeafHash, long Size, IReadOnlyList<string> Path, string Checkpoint, string VerifierKey)
{
    public static InclusionAnswer Example { get; } =
        new(42, IntegrityExamples.Hash, 4711, [IntegrityExamples.Hash], IntegrityExamples.Note, IntegrityExamples.Key);
}

/// <summary>Proves that the history of an earlier checkpoint is the beginning of the last one's. Only hashes.</summary>
/// <param name="Earlier">Events of the earlier one.</param>
/// <param name="Size">Events of the last one.</param>
/// <param name="Path">Base64 (RFC 9162, section 2.1.4).</param>
/// <param name="Checkpoint">The last signed note.</param>
/// <param name="VerifierKey">The public key that it is checked with.</param>
public sealed record ConsistencyAnswer(long Earlier, long Size, IReadOnlyList<string> Path, string Checkpoint, string VerifierKey)
{
    public static ConsistencyAnswer Example { get; } = new(42, 4711, [IntegrityExamples.Hash], IntegrityExamples.Note, IntegrityExamples.Key);
}

/// <summary>Signed with a key that everybody knows.</summary>
internal static class IntegrityExamples
{
    public const string Origin = "caseflow/0195d6c4-0000-7000-8000-000000000001";
    private static readonly Ed25519CheckpointKey Known = Ed25519CheckpointKey.Of(Encoding.ASCII.GetBytes("an example key, known to anybody"));
    private static readonly Ed25519CheckpointKey Next = Ed25519CheckpointKey.Of(Encoding.ASCII.GetBytes("another example, known likewise!"));

    public static string Hash { get; } = Convert.ToBase64String(MerkleHash.Empty);

    public static string Note { get; } = SignedNote.Sign(new Checkpoint(Origin, 4711, MerkleHash.Empty), Known);

    public static string Key { get; } = SignedNote.VerifierKeyOf(Known);

    public static KeyChain Chain { get; } = KeyChain.Follow(
        Origin, Known,
        [new KeySuccession(Origin, 2, 4711, new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero), Key, SignedNote.VerifierKeyOf(Next)).Sign(Known, Next)],
        Ed25519Verifier.Parse);
}
