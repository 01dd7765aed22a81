using System.Globalization;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.RejectedLines;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.RejectedLines;

/// <summary>
/// Records what a run keeps, and carries out that it is erased: recorded, on the list outside, the key destroyed, and that recorded. What a kill left
/// open is ended at the next start or turn; a restored backup is erased again by the list.
/// </summary>
public sealed class RejectedLinesEraser(CaseFlowDatabase database, TimeProvider clock)
{
    /// <summary>What the list outside says where it names what of a client's record is erased.</summary>
    public const string Scope = "RejectedLines";

    /// <summary>The same of one line, with its number behind it.</summary>
    private const string LineScope = "RejectedLine/";

    private readonly CommandLoop loop = new(database.Store, clock);

    /// <summary>Before the file has its name: a file whose run nobody knows could not be erased.</summary>
    public Task KeepAsync(string jurisdiction, Guid runId, string source, int lines, IReadOnlyCollection<Guid> overdoses) => RecordAsync(
        jurisdiction, (state, now) => KeepRejectedLines.Decide(new(runId, source, lines, [.. overdoses]), state, now));

    /// <returns>Whether the list outside names rejected lines, and no client's record.</returns>
    public static bool IsOf(string scope) => scope == Scope || scope.StartsWith(LineScope, StringComparison.Ordinal);

    /// <summary>Destroys the key of every run that is erased and not ended, or that the list outside does not hold.</summary>
    public async Task FinishAsync(string jurisdiction)
    {
        var read = await database.Store.FoldAsync(Streams.RejectedLines, jurisdiction, StreamIds.RejectedLines(jurisdiction), CancellationToken.None);
        var erased = read.State.Runs.Values.Where(run => run.Erased is not null).ToList();
        var lines = read.State.Runs.Values.SelectMany(run => run.ErasedLines.Values).ToList();
        if (erased.Count == 0 && lines.Count == 0)
            return;
        var listed = database.Keys.Erasures.Read().Where(one => one.TenantId == jurisdiction).Select(one => one.OrderId).ToHashSet();
        foreach (var run in erased.Where(run => run.DestroyedAt is null || !listed.Contains(RejectedRun.OrderOf(run.RunId))))
        {
            var order = run.Erased!;
            await database.Destruction.DestroyAsync(
                new ListedErasure(
                    jurisdiction, RejectedRun.OrderOf(run.RunId), run.RunId, Scope, [RejectedRun.SubjectOf(run.RunId)], $"{order.Authority}", order.ReasonCode, order.OccurredAt),
                CancellationToken.None);
            await RecordAsync(jurisdiction, (state, now) => ConfirmRejectedLinesDestroyed.Decide(new(run.RunId), state, now));
        }

        foreach (var (order, destroyedAt) in lines.Where(one => one.DestroyedAt is null || !listed.Contains(RejectedRun.OrderOf(one.Erased.RunId, one.Erased.Line))))
        {
            await database.Destruction.DestroyAsync(
                new ListedErasure(
                    jurisdiction, RejectedRun.OrderOf(order.RunId, order.Line), order.RunId, string.Create(CultureInfo.InvariantCulture, $"{LineScope}{order.Line}"),
                    [RejectedRun.SubjectOf(order.RunId, order.Line), RejectedRun.SubjectOfOverdoseLine(order.RunId, order.Line)], $"{order.Authority}", order.ReasonCode, order.OccurredAt),
                CancellationToken.None);
            if (destroyedAt is null)
                await RecordAsync(jurisdiction, (state, now) => ConfirmRejectedLineDestroyed.Decide(new(order.RunId, order.Line), state, now));
        }
    }

    /// <summary>Before the first answer, after the keys that the list names were destroyed again.</summary>
    public async Task RepeatAsync(IReadOnlyList<ListedErasure> listed, CancellationToken cancellation)
    {
        foreach (var erasures in listed.Where(one => IsOf(one.Scope)).GroupBy(one => one.TenantId))
        {
            var known = (await database.Store.FoldAsync(Streams.RejectedLines, erasures.Key, StreamIds.RejectedLines(erasures.Key), cancellation)).State.Runs;
            foreach (var line in erasures.Where(one => one.Scope != Scope && known.ContainsKey(one.ClientId)))
            {
                var command = new RepeatRejectedLineErasure(
                    line.ClientId, int.Parse(line.Scope[LineScope.Length..], CultureInfo.InvariantCulture), Enum.Parse<ErasureAuthority>(line.Authority), line.ReasonCode, line.At);
                await RecordAsync(erasures.Key, (state, now) => RepeatRejectedLineErasure.Decide(command, state, now));
            }

            foreach (var erasure in erasures.Where(one => one.Scope == Scope && known.GetValueOrDefault(one.ClientId) is { Erased: null }))
            {
                await RecordAsync(
                    erasures.Key,
                    (state, now) => RepeatRejectedLinesErasure.Decide(
                        new(erasure.ClientId, Enum.Parse<ErasureAuthority>(erasure.Authority), erasure.ReasonCode, erasure.At), state, now));
            }
        }

        await EndOpenAsync(cancellation);
    }

    /// <summary>Ends what a failure left, in every jurisdiction.</summary>
    public async Task EndOpenAsync(CancellationToken cancellation)
    {
        foreach (var jurisdiction in await database.History.Ledger.TenantsAsync(cancellation))
            await FinishAsync(jurisdiction);
    }

    private async Task RecordAsync(string jurisdiction, Func<RejectedLinesState, DateTimeOffset, Decision<RejectedLinesEvent>> decide)
    {
        var result = await loop.RunAsync(
            new Actor("caseflow-eraser", Role.Service, jurisdiction, Purpose: Purpose.Operations),
            async session =>
            {
                var stream = await session.LoadAsync(Streams.RejectedLines, StreamIds.RejectedLines(jurisdiction));
                session.Record(stream, decide(stream.State, session.Now));
                return Answer.Done(stream);
            },
            new CommandTerms(),
            CancellationToken.None);
        if (result is not (CommandResult.Recorded or CommandResult.AlreadyDone))
            throw new InvalidOperationException($"What becomes of rejected lines could not be recorded: {result.GetType().Name}.");
    }
}
