using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Integrity;
using CaseFlow.EventStore.Integrity;

namespace CaseFlow.Api.Integrity;

/// <summary>Verifies the stored history and puts the verdict on record.</summary>
public sealed class HistoryDesk(CaseFlowDatabase database, TimeProvider clock)
{
    private int running;

    /// <summary>Verifies all that is sealed, or a range. One at a time on a node: it reads every event.</summary>
    /// <returns>Null when another one runs.</returns>
    public async Task<HistoryVerdict?> VerifyAsync(long? first, long? last, CancellationToken cancellation, Action<long, long>? told = null)
    {
        if (Interlocked.Exchange(ref running, 1) == 1)
            return null;
        try
        {
            return await database.History.Verification.VerifyAsync(first ?? 1, last, told, cancellation);
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>What is put on record in one jurisdiction: of other jurisdictions' events the position, never the event.</summary>
    public static RecordVerification CommandOf(HistoryVerdict verdict, string jurisdiction) => new(
        verdict.Origin,
        verdict.First,
        verdict.Last,
        verdict.IsWhole,
        verdict.SignedSize,
        verdict.NotSealed,
        verdict.Root is { } root ? Convert.ToBase64String(root) : null,
        verdict.FindingCount,
        [
            .. verdict.Findings.Select(finding => new IntegrityFinding(
                finding.Defect.Kebab(), finding.First, finding.Last, finding.TenantId == jurisdiction ? finding.EventId : null)),
        ]);

    /// <summary>Puts a verdict that nobody's token asked for on record in every jurisdiction: the history is one.</summary>
    public async Task RecordEverywhereAsync(HistoryVerdict verdict, CancellationToken cancellation)
    {
        var loop = new CommandLoop(database.Store, clock);
        foreach (var jurisdiction in await database.History.Ledger.TenantsAsync(cancellation))
        {
            var system = new Actor("caseflow-verifier", Role.Service, jurisdiction, Purpose: Purpose.Operations);
            var result = await loop.RunAsync(
                system,
                async session =>
                {
                    var stream = await session.LoadAsync(Streams.Integrity, StreamIds.Integrity(jurisdiction));
                    session.Record(stream, RecordVerification.Decide(CommandOf(verdict, jurisdiction), session.Now));
                    return Answer.Done(stream);
                },
                new CommandTerms(),
                cancellation);
            if (result is not CommandResult.Recorded)
                throw new InvalidOperationException($"A verdict could not be recorded: {result.GetType().Name}.");
        }
    }
}
