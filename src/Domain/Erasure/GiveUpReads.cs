using System.Diagnostics;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Domain.Erasure;

// Storage format: renaming a type or a member here breaks every decision already recorded.

/// <summary>Until when the record of reads goes back. One stream per jurisdiction; a legal hold keeps the reads of its client whatever is decided here.</summary>
public abstract record ReadsKeptEvent : DomainEvent;

/// <summary>Whoever is responsible approved that reads go whose time is over (R64).</summary>
/// <param name="Before">UTC: reads from before then.</param>
/// <param name="CjiBefore">UTC: reads of criminal justice information from before then.</param>
/// <param name="PolicyVersion">The version that said so; null while there was none, and the defaults held.</param>
public sealed record OldReadsGivenUp(DateTimeOffset Before, DateTimeOffset CjiBefore, int? PolicyVersion) : ReadsKeptEvent;

/// <summary>What was given up last.</summary>
/// <param name="Last">Null while nothing ever was.</param>
public sealed record ReadsKeptState(OldReadsGivenUp? Last)
{
    public static readonly ReadsKeptState Initial = new(Last: null);

    public static ReadsKeptState Evolve(ReadsKeptState state, ReadsKeptEvent fact) => fact switch
    {
        OldReadsGivenUp e => new ReadsKeptState(e),
        _ => throw new UnreachableException($"{fact.GetType().Name} has no place in {nameof(ReadsKeptState)}."),
    };
}

/// <summary>Reads that are older than policy has them kept go. Asked again on the same day, or with a policy that keeps more, it gives up nothing more.</summary>
public static class GiveUpReads
{
    public static Decision<ReadsKeptEvent> Decide(
        ReadsKeptState state, RightsPolicy rights, RetentionPolicy retention, int? policyVersion, DateTimeOffset now)
    {
        var before = now.AddYears(-rights.AccessLogYears);
        var cjiBefore = now.AddYears(-Math.Max(rights.AccessLogYears, retention.CjiAccessYears));
        return state.Last is { } last && before < last.Before.AddDays(1) && cjiBefore < last.CjiBefore.AddDays(1)
            ? Decision<ReadsKeptEvent>.AlreadyDone
            : new OldReadsGivenUp(before, cjiBefore, policyVersion).At(now);
    }
}
