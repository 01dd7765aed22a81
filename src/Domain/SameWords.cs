namespace CaseFlow.Domain;

/// <summary>Whether words on their way in are those that are recorded. Only whoever has the keys can tell.</summary>
/// <param name="told">Plain; null says nothing that could be lost, so it passes for the same.</param>
/// <param name="recorded">As the store has it. What nobody can open any more is taken for the same: there is nothing left to lose.</param>
public delegate bool SameWords(Sealed<string>? told, Sealed<string>? recorded);

/// <summary>What is said when a command was carried out before, in other words or with other values.</summary>
public static class RepeatRejections
{
    public static Rejection RecordedDifferently() => new(
        RejectionKind.Conflict,
        "recorded-differently",
        "This is on record already, in other words or with other values, and nothing was recorded now: what is on record stays until it is corrected.");
}
