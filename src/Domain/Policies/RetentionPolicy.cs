namespace CaseFlow.Domain.Policies;

/// <summary>
/// How long a client's record is kept (R64 and the checklist of what a jurisdiction configures). The numbers are defaults, to be confirmed by
/// counsel; a time that the law sets is a floor.
/// </summary>
/// <param name="RecordYears">Whole years after the last thing that happened with the client (Wis. Admin. Code DHS 92.12 (1): 7 after treatment [K]).</param>
/// <param name="MinorUntilAge">The record of somebody young is kept at least until this age (DHS 92.12 (2): 19 [K]).</param>
/// <param name="DocumentationYears">
/// Whole years after anything was last written or told of the client, and after a consent last was in effect (45 CFR 164.316 (b)(2), 164.530 (j): 6).
/// </param>
/// <param name="LongestPostponementYears">How far ahead a record may be kept longer at once, years ([P]: 10).</param>
/// <param name="CjiAccessYears">How long reads of criminal justice information are kept at least, years; never less than other reads (R64: 1 [S:cjis-log]).</param>
/// <param name="UnidentifiedYears">
/// Whole years after the last thing that happened with an overdose whose person nobody knows ([P]: 7, as a client's record, because they may still be known).
/// </param>
/// <param name="RejectedLineYears">Whole years after a run of an import kept the lines that it rejected ([P]: 6, as documentation).</param>
public sealed record RetentionPolicy(
    int RecordYears = 7, int MinorUntilAge = 19, int DocumentationYears = 6, int LongestPostponementYears = 10, int CjiAccessYears = 1,
    int UnidentifiedYears = 7, int RejectedLineYears = 6)
{
    /// <summary>The reason of an erasure for which this policy speaks, and no order.</summary>
    public const string ReasonCode = "retention-reached";

    public static RetentionPolicy Default { get; } = new();

    /// <summary>Codes for keeping a record longer [P].</summary>
    public IReadOnlyList<string> PostponementReasons { get; init; } = ["litigation-expected", "client-wish", "research", "historical-value"];

    /// <summary>The same rules for what is recorded of somebody whom nobody knows.</summary>
    public RetentionPolicy OfUnidentified() => this with { RecordYears = UnidentifiedYears };

    public bool Equals(RetentionPolicy? other) => other is not null
        && (RecordYears, MinorUntilAge, DocumentationYears, LongestPostponementYears, CjiAccessYears, UnidentifiedYears, RejectedLineYears)
            == (other.RecordYears, other.MinorUntilAge, other.DocumentationYears, other.LongestPostponementYears, other.CjiAccessYears,
                other.UnidentifiedYears, other.RejectedLineYears)
        && PostponementReasons.SequenceEqual(other.PostponementReasons);

    public override int GetHashCode() => HashCode.Combine(
        (RecordYears, MinorUntilAge, DocumentationYears, LongestPostponementYears, CjiAccessYears), UnidentifiedYears, RejectedLineYears, PostponementReasons.Count);
}
