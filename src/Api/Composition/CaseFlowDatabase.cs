using System.Runtime.CompilerServices;
using CaseFlow.Domain.Administration;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Access;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Migrations;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Processes;
using CaseFlow.EventStore.Roles;
using CaseFlow.EventStore.Sealing;
using CaseFlow.EventStore.Sequencing;
using CaseFlow.EventStore.Views;
using CaseFlow.EventStore.Views.Rebuilding;
using CaseFlow.Projections;
using CaseFlow.Projections.Storage;
using Npgsql;

namespace CaseFlow.Api.Composition;

/// <summary>
/// One database with all that works on it, composed by hand: store, sealing, sequencer, views. The server, the command line
/// and the tests use the same.
/// </summary>
public sealed partial class CaseFlowDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource writing;
    private readonly NpgsqlDataSource leases;
    private readonly NpgsqlDataSource background;
    private readonly DatabaseLogins logins;
    private readonly ViewOptions viewOptions;
    private readonly IReadOnlyList<IView> followers;

    /// <summary>With the ring and the list of erasures beside the key file.</summary>
    public CaseFlowDatabase(
        DatabaseLogins logins,
        IWrappingKey wrappingKey,
        EventStoreOptions? options = null,
        Action<ViewFailure>? viewFailed = null,
        bool sendsNotices = false)
        : this(logins, KeyHome.Of(wrappingKey), options, viewFailed, sendsNotices)
    {
    }

    /// <param name="logins">The database, and who works on it.</param>
    /// <param name="keys">What of the keys lives outside the database.</param>
    /// <param name="options">The schemas.</param>
    /// <param name="viewFailed">Told of every view that stops.</param>
    /// <param name="sendsNotices">Whether notices are told to a system outside.</param>
    /// <param name="ledger">What of the integrity ledger lives outside the database; beside the key ring unless given.</param>
    public CaseFlowDatabase(
        DatabaseLogins logins,
        KeyHome keys,
        EventStoreOptions? options = null,
        Action<ViewFailure>? viewFailed = null,
        bool sendsNotices = false,
        EventStore.Integrity.LedgerHome? ledger = null)
    {
        Options = options ?? new EventStoreOptions();
        (Keys, this.logins) = (keys, logins);
        viewOptions = new ViewOptions { Store = Options };
        writing = StoreDataSource.Create(logins.Program);
        leases = StoreDataSource.ForLease(logins.Program);
        background = StoreDataSource.ForBackground(logins.Program);
        Reading = StoreDataSource.ForQuestions(logins.Questions);
        Sealer = new AesGcmSealer(new PostgresDataKeyStore(writing, Options), keys);
        MarkKeys = new MarkKeys(background, Options, keys);
        Marks = new BlindIndex(MarkKeys);
        KeyNews = new KeyNews(background, Options, keys, Sealer);
        Rotation = new KeyRotation(background, Options, keys, MarkKeys, KeyNews);
        Destruction = new KeyDestruction(background, Options, keys, Sealer, KeyNews);
        Views = new ProjectionCatalogue(Options, ProjectionCatalogue.EventTypes, Sealer, Marks);
        IInlineView[] decisions = [new ViewDecisions(Options, DecisionIn), new MessageDecisions(Options, fact => (fact as MessageTriedAgain)?.MessageId)];
        var store = new PostgresEventStore(writing, Options, ProjectionCatalogue.Codec, Sealer, [.. Views.Inline, .. decisions]);
        Store = store;
        Sequencer = new Sequencer(writing, Options, store.Appended);
        Daemon = new Daemon(leases, Options, store.Appended);
        Notices = new NoticeTimers(background, viewOptions);
        ConsentEnds = new ConsentTimers(background, viewOptions);
        (Selections, EmergencyReviews, Suspicions) = (new(background, viewOptions), new(background, viewOptions), new(background, viewOptions));
        Outbox = new Outbox(background, Options);
        followers =
        [
            .. Views.Async, Notices.Queue, ConsentEnds.Queue, Selections.Queue, EmergencyReviews.Queue, Suspicions.Queue,
            new ReactorFollower(new NoticeMessages(sendsNotices), Store, viewOptions),
        ];
        Runner = new ViewRunner(background, Store, followers, Sequencer.Moved, viewOptions, viewFailed);
        Positions = new ViewPositions(Reading, viewOptions, Runner.ViewMoved);
        Reader = new ViewReader(Reading, Positions, viewOptions);
        Statuses = new ViewStatuses(Reading, viewOptions);
        AccessLog = new AccessLog(writing, Options);
        AccessHistory = new AccessHistory(Reading, Options);
        History = new(background, Options, ledger ?? Integrity.LedgerHomes.Open(new(), keys), Sequencer.Moved);
    }

    public EventStoreOptions Options { get; }

    /// <summary>What of the keys lives outside the database.</summary>
    public KeyHome Keys { get; }

    /// <summary>The keys of marks; they do not change with the wrapping key.</summary>
    public MarkKeys MarkKeys { get; }

    public KeyNews KeyNews { get; }

    public KeyRotation Rotation { get; }

    public KeyDestruction Destruction { get; }

    /// <summary>The pool for questions: each shows the rows of the tenant that it has set (<see cref="TenantQuestion"/>), or none.</summary>
    public NpgsqlDataSource Reading { get; }

    public IEventStore Store { get; }

    public AesGcmSealer Sealer { get; }

    public BlindIndex Marks { get; }

    public Sequencer Sequencer { get; }

    /// <summary>Runs the background work on one node at a time.</summary>
    public Daemon Daemon { get; }

    public ProjectionCatalogue Views { get; }

    public NoticeTimers Notices { get; }

    public ConsentTimers ConsentEnds { get; }

    /// <summary>Calls when a court's day is to be drawn.</summary>
    public SelectionTimers Selections { get; }

    /// <summary>Messages on their way out of the database.</summary>
    public Outbox Outbox { get; }

    public ViewRunner Runner { get; }

    public ViewPositions Positions { get; }

    public ViewReader Reader { get; }

    public ViewStatuses Statuses { get; }

    /// <summary>Records who reads whose record.</summary>
    public AccessLog AccessLog { get; }

    /// <summary>Says who read whose record.</summary>
    public AccessHistory AccessHistory { get; }

    /// <summary>Brings the database to this program's schema; any number of nodes may do so at once.</summary>
    /// <returns>The steps applied now.</returns>
    public async Task<IReadOnlyList<int>> MigrateAsync(CancellationToken cancellation)
    {
        await using var migrations = StoreDataSource.ForMigrations(logins.Migrations);
        var applied = await new Migrator(migrations, Options).MigrateAsync(Views.Inline.Select(view => view.TablesSql), cancellation);
        await new ViewTables(background, viewOptions).CreateAsync(followers, cancellation);
        return applied;
    }

    /// <summary>What the program's login may do beyond what the program has to; nothing is good. After a migration.</summary>
    public Task<(string Login, IReadOnlyList<string> Excess)> ExcessRightsAsync(CancellationToken cancellation) =>
        LoginRights.ExcessAsync(logins.Program, Options, cancellation);

    /// <summary>Places every committed event and brings every view to the end of the log; for the command line and tests.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await Sequencer.PlaceNewAsync(cancellation);
        await Runner.CatchUpAsync(cancellation: cancellation);
    }

    /// <summary>Builds every view from nothing, or one.</summary>
    /// <remarks>
    /// A follower without rows, which sends messages, has nothing to build: it goes through the log again only when it is named,
    /// and then tells another system of what was never told it.
    /// </remarks>
    /// <param name="only">Name of the view; null for all that have rows.</param>
    /// <param name="progress">Told the view's name and how far it came.</param>
    /// <param name="cancellation">Ends the rebuild; the old rows stay.</param>
    /// <param name="told">Told of the progress meanwhile.</param>
    /// <returns>How many views were rebuilt.</returns>
    public async Task<int> RebuildAsync(
        string? only, Action<string, long> progress, CancellationToken cancellation, Action<RebuildProgress>? told = null)
    {
        await Sequencer.PlaceNewAsync(cancellation);
        var rebuild = new ViewRebuild(background, Store, viewOptions, null, told);
        var rebuilt = 0;
        foreach (var view in Views.Inline.Where(view => only is null || view.Name == only))
        {
            progress(view.Name, await rebuild.RebuildAsync(view, cancellation));
            rebuilt++;
        }

        foreach (var view in Runner.Views.Where(view => only is null ? view.Tables.Count > 0 : view.Name == only))
        {
            progress(view.Name, await rebuild.RebuildAsync(view, cancellation));
            rebuilt++;
        }

        return rebuilt;
    }

    /// <summary>
    /// Builds every view with rows, or one, beside the live one and compares them. The live ones are moved to the end of the log,
    /// as they would be anyway; nothing else is changed, and no effect is had.
    /// </summary>
    public async IAsyncEnumerable<ViewVerdict> VerifyAsync(
        string? only, Action<RebuildProgress> told, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Sequencer.PlaceNewAsync(cancellation);
        var rebuild = new ViewRebuild(background, Store, viewOptions, null, told);
        foreach (var view in Views.Inline.Where(view => only is null || view.Name == only))
            yield return await VerdictAsync(view.Name, () => rebuild.VerifyAsync(view, cancellation));
        foreach (var view in Runner.Views.Where(view => view.Name == only || (only is null && ViewRebuild.CanVerify(view))))
        {
            if (ViewRebuild.CanVerify(view))
                await Runner.MoveAsync(view, cancellation);
            yield return await VerdictAsync(view.Name, () => rebuild.VerifyAsync(view, cancellation));
        }
    }

    /// <summary>What one view's events cannot be brought to says nothing of the other views.</summary>
    private static async Task<ViewVerdict> VerdictAsync(string view, Func<Task<ViewVerdict>> verify)
    {
        try
        {
            return await verify();
        }
        catch (Exception stopped) when (stopped is ViewFailedException or UnreadableEventException or NewerViewException or RebuildRunningException)
        {
            return ViewVerdict.Refused(view, stopped.Message);
        }
    }

    /// <summary>Every rebuild that has begun and not ended, whichever node is at it.</summary>
    public Task<IReadOnlyList<RebuildStatus>> RebuildsAsync(CancellationToken cancellation) => RebuildStatus.ListAsync(background, Options, cancellation);

    private static ViewDecision? DecisionIn(object fact) => fact switch
    {
        ViewResumed e => new ViewDecision.Resume(e.View),
        ViewEventSkipped e => new ViewDecision.Skip(e.View, e.ViewVersion, e.Position, e.EventId, e.Reason),
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        await writing.DisposeAsync();
        await leases.DisposeAsync();
        await background.DisposeAsync();
        await Reading.DisposeAsync();
    }
}
