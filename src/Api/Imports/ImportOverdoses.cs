using System.Diagnostics;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;

namespace CaseFlow.Api.Imports;

/// <summary>
/// Records every row of a file exactly once, however often it is run, killed in the middle or run twice at once: a row's
/// stream follows from its identity at the source and is only ever appended to when it does not exist. The decision is the
/// one of the HTTP door, <see cref="ReportOverdose"/>.
/// </summary>
/// <param name="store">Where to record.</param>
/// <param name="terms">What holds for every row.</param>
/// <param name="keep">Gets each rejected row, in the order in which they are settled.</param>
/// <param name="dryRun">Decide and compare as always, and record nothing.</param>
public sealed class ImportOverdoses(IEventStore store, ImportTerms terms, Func<RejectedRow, Task> keep, bool dryRun = false)
{
    /// <summary>Rows of one transaction.</summary>
    public const int BatchSize = 500;

    /// <summary>Tries to record a batch together while another import records the same rows.</summary>
    private const int TriesTogether = 3;

    private readonly ImportTally tally = new();
    private readonly Dictionary<Guid, (int Line, Guid Content)> seen = [];

    /// <summary>Runs the import; ended early, it is resumed by running it again.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="batchDone">Told the counts so far after each batch.</param>
    /// <param name="cancellation">Ends it between two batches; what is recorded stays.</param>
    public async Task<ImportTally> RunAsync(
        IEnumerable<IncidentLine> lines, Action<ImportTally>? batchDone = null, CancellationToken cancellation = default)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var chunk in lines.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = new List<IncidentReport>(chunk.Length);
            foreach (var line in chunk)
                await ReadAsync(line, batch);
            await SettleAsync(batch, cancellation);
            tally.Elapsed = Stopwatch.GetElapsedTime(started);
            batchDone?.Invoke(tally);
        }

        tally.Elapsed = Stopwatch.GetElapsedTime(started);
        return tally;
    }

    private async Task ReadAsync(IncidentLine line, List<IncidentReport> batch)
    {
        tally.RowsRead++;
        var reading = line.Row is { } row ? IncidentRules.Read(row, terms) : line.Rejected!;
        if (reading.Report is not { } report)
        {
            await RejectAsync(reading.Rejected!);
            return;
        }

        var content = NamedId.Of([.. report.Row.Values]);
        if (seen.TryAdd(report.Command.OverdoseId, (report.Row.Line, content)))
        {
            batch.Add(report);
            return;
        }

        var first = seen[report.Command.OverdoseId];
        if (first.Content == content)
        {
            tally.Repeated++;
            return;
        }

        await RejectAsync(report.Row.Reject(
            "repeated-differently", "victim_id", $"Line {first.Line} has the same numbers and other content."));
    }

    private async Task SettleAsync(List<IncidentReport> batch, CancellationToken cancellation)
    {
        var open = await SortOutAsync(batch, cancellation);
        for (var tries = 1; tries <= TriesTogether && open.Count > 0; tries++)
        {
            if (dryRun || await AppendAsync(open, cancellation) is AppendResult.Appended)
            {
                open.ForEach(fresh => tally.In(fresh.Report, already: false));
                return;
            }

            open = await SortOutAsync(open.ConvertAll(fresh => fresh.Report), cancellation);
        }

        foreach (var fresh in open)
            await SettleAloneAsync(fresh, cancellation);
    }

    private async Task SettleAloneAsync(FreshOverdose fresh, CancellationToken cancellation)
    {
        switch (await AppendAsync([fresh], cancellation))
        {
            case AppendResult.Appended:
                tally.In(fresh.Report, already: false);
                break;
            case AppendResult.Conflict when await SortOutAsync([fresh.Report], cancellation) is []:
                break;
            case AppendResult.Duplicate duplicate:
                await RejectAsync(fresh.Report.Row.Reject(
                    "held-elsewhere", null, $"Another record holds what {duplicate.Constraint} allows once."));
                break;
            case var other:
                throw new InvalidOperationException($"The store answered {other}, which no import expects.");
        }
    }

    /// <summary>Settles what is recorded already or refused.</summary>
    /// <returns>What is left to record.</returns>
    private async Task<List<FreshOverdose>> SortOutAsync(List<IncidentReport> reports, CancellationToken cancellation)
    {
        var fresh = new List<FreshOverdose>(reports.Count);
        if (reports.Count == 0)
            return fresh;
        var known = await store.ReadStreamsAsync(
            terms.Jurisdiction, reports.ConvertAll(report => report.Command.OverdoseId), cancellation);
        foreach (var report in reports)
        {
            var stream = known.GetValueOrDefault(report.Command.OverdoseId);
            var decision = ReportOverdose.Decide(report.Command, StateOf(stream), terms.KnownAt);
            if (decision.Rejection is { } refused)
                await RejectAsync(stream is null ? report.Row.Reject(refused.Code, null, refused.Reason) : Changed(report));
            else if (stream is not null)
                tally.In(report, already: true);
            else
                fresh.Add(new FreshOverdose(report, decision.Events));
        }

        return fresh;
    }

    private static OverdoseState StateOf(StreamEvents? stream) => (stream?.Events ?? []).Aggregate(
        Streams.Overdose.Initial, (state, recorded) => Streams.Overdose.Evolve(state, (OverdoseEvent)recorded.Data));

    private static RejectedRow Changed(IncidentReport report) => report.Row.Reject(
        "changed-since-import", null, "The row was imported with other content; correct the record instead.");

    private Task<AppendResult> AppendAsync(List<FreshOverdose> rows, CancellationToken cancellation) => store.AppendAsync(
        new Append(terms.Jurisdiction, rows.ConvertAll(StreamOf), new AppendMetadata(ImportTerms.Actor)), cancellation);

    /// <summary>
    /// The event id is new in each run: should two imports record the same rows at once, one of them meets a conflict, and
    /// the row is counted by the one that recorded it.
    /// </summary>
    private StreamAppend StreamOf(FreshOverdose fresh) => new(
        fresh.Report.Command.OverdoseId,
        Streams.Overdose.Alias,
        ExpectedVersion.NoStream,
        [.. fresh.Facts.Select(fact => new NewEvent(Guid.CreateVersion7(), fact, terms.CircumstancesOf(fresh.Report)))],
        terms.ConversationOf(fresh.Report));

    private async Task RejectAsync(RejectedRow row)
    {
        tally.Reject(row);
        await keep(row);
    }

    private sealed record FreshOverdose(IncidentReport Report, IReadOnlyList<OverdoseEvent> Facts);
}
