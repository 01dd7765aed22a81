using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.RejectedLines;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Processes;

namespace CaseFlow.Api.Composition;

/// <summary>
/// What runs beside HTTP, on the one node that holds the lease: the sequencer, the ledger, the views, the notices, the draws of drug tests, the messages that
/// leave and erasures that have not come to their end. Each goes on by itself after an error, whatever it was, and says so; none ends the program.
/// </summary>
public sealed class BackgroundWork(
    CaseFlowDatabase database,
    TimeProvider clock,
    TestSelections selections,
    BreachSuspicions suspicions,
    IEnumerable<IMessageSender> senders,
    Eraser eraser,
    RejectedLinesEraser rejectedLines,
    AccessExpiryDesk reads,
    ISourceLabels labels,
    ILogger<BackgroundWork> log) : BackgroundService
{
    /// <summary>How often the clock is compared with the timers.</summary>
    private static readonly TimeSpan NoticesEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan DrawsEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MessagesEvery = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ErasuresEvery = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        database.Runner.Stumbled += error => log.LogWarning(error, "The views stumbled and go on");
        database.Daemon.Failed += (work, error) => log.LogError(error, "The work on {Work} failed and begins again", work);
        database.History.Sealer.Refused += why => log.LogCritical("History is not sealed or signed any more: {Why}", why);
        await database.Daemon.RunAsync(
            [
                new DaemonWork("sequencer", database.Sequencer.RunAsync),
                new DaemonWork("ledger", database.History.Sealer.RunAsync),
                new DaemonWork("views", database.Runner.RunAsync),
                new DaemonWork("notices", (_, cancellation) => SendNoticesAsync(cancellation)),
                new DaemonWork("erasures", (_, cancellation) => EndErasuresAsync(cancellation)),
                new DaemonWork("test selections", (_, cancellation) => DrawTestsAsync(cancellation)),
                .. senders.Select(sender => new DaemonWork(
                    $"messages of {sender.Topic}", (_, cancellation) => DeliverAsync(sender, cancellation))),
            ],
            stoppingToken);
    }

    private async Task SendNoticesAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await database.Notices.SendDueAsync(database.Store, labels, clock.GetUtcNow(), cancellation);
            await database.ConsentEnds.SendDueAsync(database.Store, labels, clock.GetUtcNow(), cancellation);
            await database.EmergencyReviews.SendDueAsync(database.Store, clock.GetUtcNow(), cancellation);
            await database.Suspicions.SuspectDueAsync(clock.GetUtcNow(), suspicions.SuspectAsync, cancellation);
            await Task.Delay(NoticesEvery, cancellation);
        }
    }

    private async Task EndErasuresAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await eraser.EndOpenAsync(cancellation);
            await rejectedLines.EndOpenAsync(cancellation);
            await reads.EndOpenAsync(cancellation);
            await Task.Delay(ErasuresEvery, cancellation);
        }
    }

    private async Task DrawTestsAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await database.Selections.DrawDueAsync(clock.GetUtcNow(), selections.AdvanceAsync, cancellation);
            await Task.Delay(DrawsEvery, cancellation);
        }
    }

    private async Task DeliverAsync(IMessageSender sender, CancellationToken cancellation)
    {
        while (true)
        {
            await database.Outbox.DeliverDueAsync(sender, cancellation);
            await Task.Delay(MessagesEvery, cancellation);
        }
    }
}
