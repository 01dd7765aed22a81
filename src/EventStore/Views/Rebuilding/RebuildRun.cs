using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using CaseFlow.EventStore.Background;
using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>What is rebuilt.</summary>
/// <param name="Name">The view's name.</param>
/// <param name="Version">Its version in this program.</param>
/// <param name="Code">The type whose code folds it.</param>
/// <param name="TablesSql">The DDL of its tables.</param>
internal sealed record RebuildSubject(string Name, int Version, Type Code, string TablesSql)
{
    private const string Own = "CaseFlow.";

    /// <summary>Tells whether a half-built view was built by the same code: otherwise it is begun again.</summary>
    public string Shape => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        [TablesSql, Code.FullName!, .. Builds().Order(StringComparer.Ordinal)]))))[..32];

    /// <summary>The builds of all own code that the view may run: its assembly, what that refers to, and the engine.</summary>
    internal IReadOnlyCollection<string> Builds()
    {
        var found = new Dictionary<string, string>();
        var left = new Queue<Assembly>([Code.Assembly, typeof(RebuildSubject).Assembly]);
        while (left.TryDequeue(out var assembly))
        {
            if (!found.TryAdd(assembly.FullName!, $"{assembly.GetName().Name} {assembly.ManifestModule.ModuleVersionId}"))
                continue;
            foreach (var referred in assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith(Own, StringComparison.Ordinal)))
                left.Enqueue(Assembly.Load(referred));
        }

        return found.Values;
    }

}

/// <summary>
/// Folds the log into a shadow, page by page in short transactions, and keeps now and then how far it has come, together with
/// everything folded: a run that dies is gone on with from there.
/// </summary>
internal sealed class RebuildRun(
    RebuildSubject subject,
    RebuildSession session,
    IShadow shadow,
    IEventStore store,
    StoreSql sql,
    ViewOptions options,
    Action<RebuildProgress>? told)
{
    private static readonly TimeSpan ShownEvery = TimeSpan.FromMilliseconds(500);

    private readonly RebuildLedger ledger = new(sql, subject.Name);
    private readonly Stopwatch running = Stopwatch.StartNew();
    private IReadOnlySet<long> skips = new HashSet<long>();
    private long began;
    private long kept;
    private long end;
    private TimeSpan shownAt;
    private TimeSpan keptAt;
    private string phase = RebuildPhase.Folding;

    public RebuildLedger Ledger => ledger;

    /// <summary>Whether a tenant with a failing event stays behind while the others go on; otherwise the event ends the run.</summary>
    public bool LeavesTenantsBehind { get; init; }

    /// <summary>Whose events are not folded on, since one of them failed.</summary>
    public TenantsLeftBehind Behind { get; } = new(subject, sql, options);

    /// <summary>Everything up to here is folded.</summary>
    public long Position { get; private set; }

    /// <summary>Goes on from an interrupted rebuild by the same code that passed over the same events, or begins.</summary>
    /// <param name="passedOver">Events that the view passes over, as some administrator decided.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task BeginAsync(IReadOnlySet<long> passedOver, CancellationToken cancellation) => session.InTransactionAsync(
        async connection =>
        {
            skips = passedOver;
            var found = await ledger.FindAsync(connection, cancellation);
            if (found is var (version, shape, position, skipped) && version == subject.Version && shape == subject.Shape && SkippedUpTo(position, skipped))
            {
                await shadow.TakeBackAsync(connection, position, cancellation);
                await ledger.ResumeAsync(connection, cancellation);
                Position = began = kept = position;
                return;
            }

            await shadow.CreateAsync(connection, cancellation);
            await ledger.BeginAsync(connection, subject.Version, subject.Shape, cancellation);
        },
        cancellation);

    /// <returns>Whether exactly these events are passed over, here and from here on.</returns>
    /// <remarks>A decision about an event that a tenant was left behind at takes effect when the tenant is moved on.</remarks>
    public bool Skips(IEnumerable<long> skipped) => SkippedUpTo(long.MaxValue, skipped.Except(Behind.Positions));

    private bool SkippedUpTo(long position, IEnumerable<long> skipped) =>
        skipped.Where(skip => skip <= position).ToHashSet().SetEquals(skips.Where(skip => skip <= position));

    /// <summary>Folds the log up to a position, but for the events passed over, and keeps it all.</summary>
    public async Task CatchUpAsync(long upTo, CancellationToken cancellation, Func<RecordedEvent, bool>? wanted = null)
    {
        end = Math.Max(end, upTo);
        while (true)
        {
            try
            {
                await FoldAsync(upTo, wanted, cancellation);
                return;
            }
            catch (Exception failure) when (!session.IsWithin && IsAnEvents(failure))
            {
                if (!await LeaveBehindAsync(failure, cancellation))
                    throw;
            }
        }
    }

    /// <summary>
    /// Goes back to what was kept and leaves the failing event's tenant behind there: from then on nothing of it is folded that
    /// is not before the event. Never while every other tenant is, too.
    /// </summary>
    /// <returns>False when the failure ends the run.</returns>
    public async Task<bool> LeaveBehindAsync(Exception failure, CancellationToken cancellation)
    {
        if (!LeavesTenantsBehind || await KnownAsync(failure) is not ViewFailedException { EventId: not null } known)
            return false;
        var added = false;
        await Task.WhenAny(shadow.SettleAsync());
        shadow.Forget();
        GiveBack();
        await session.InTransactionAsync(
            async connection =>
            {
                await shadow.TakeBackAsync(connection, kept, cancellation);
                if (added = await Behind.TryAddAsync(connection, known, cancellation))
                    await ledger.NeverGoOnAsync(connection, cancellation);
            },
            cancellation);
        return added;
    }

    public static bool IsAnEvents(Exception failure) => failure is ViewFailedException { EventId: not null } or UnreadableEventException;

    private async Task FoldAsync(long upTo, Func<RecordedEvent, bool>? wanted, CancellationToken cancellation)
    {
        if (upTo <= Position)
            return;
        await foreach (var page in LogPages.ReadAsync(
            store, Position, upTo, skips.Union(Behind.Unreadable), options.RebuildPageSize, cancellation))
        {
            var events = wanted is null && Behind.IsNobody
                ? page
                : page.Where(recorded => !Behind.Has(recorded) && wanted?.Invoke(recorded) != false).ToList();
            await shadow.FoldAsync(events, cancellation);
            Position = page[^1].Position!.Value;
            if (shadow.IsFull || running.Elapsed - keptAt > options.RebuildKeptEvery)
                await KeepAsync(cancellation);
            await ShowAsync(phase, cancellation);
        }

        Position = upTo;
        await KeepAsync(cancellation);
    }

    /// <summary>Makes the shadow's tables complete.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await ShowAsync(RebuildPhase.Indexing, cancellation);
        await shadow.CompleteAsync(cancellation);
        await ShowAsync(RebuildPhase.CatchingUp, cancellation);
    }

    /// <summary>Removes what was built, and that it is being built.</summary>
    public Task DropAsync(CancellationToken cancellation) => session.InTransactionAsync(
        async connection =>
        {
            await shadow.DropAsync(connection, cancellation);
            await ledger.EndAsync(connection, cancellation);
        },
        cancellation);

    public async Task ShowAsync(string now, CancellationToken cancellation)
    {
        if (now == phase && running.Elapsed - shownAt < ShownEvery)
            return;
        (phase, shownAt) = (now, running.Elapsed);
        var progress = new RebuildProgress(subject.Name, phase, Position, end, (Position - began) / running.Elapsed.TotalSeconds);
        told?.Invoke(progress);
        await session.InTransactionAsync(connection => ledger.ShowAsync(connection, progress, cancellation), cancellation);
    }

    /// <summary>Keeps for all to see what stops the work, if an event does; what was kept of it stays.</summary>
    public async Task<T> GuardedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (IsAnEvents(failure))
        {
            var known = failure;
            try
            {
                known = await KnownAsync(failure);
                await FailAsync(known);
            }
            catch (Exception unkept) when (unkept is NpgsqlException or IOException or LeaseLostException)
            {
                // Who asked is told of the event all the same; that others are not shown it is the lesser matter.
                known.Data["not shown because"] = unkept.Message;
            }

            ExceptionDispatchInfo.Throw(known);
            throw;
        }
    }

    /// <summary>The transaction that kept the last position was given up.</summary>
    public void GiveBack() => Position = kept;

    /// <summary>Waits until everything kept is on disk, so that the swap need not while readers wait for it.</summary>
    public Task SyncAsync(CancellationToken cancellation) => session.InTransactionAsync(
        async connection =>
        {
            await connection.RunAsync("set local synchronous_commit = on", cancellation);
            await ledger.KeepAsync(connection, kept, skips, cancellation);
        },
        cancellation);

    private async Task KeepAsync(CancellationToken cancellation)
    {
        await shadow.SettleAsync();
        await session.InTransactionAsync(
            async connection =>
            {
                await shadow.KeepAsync(connection, cancellation);
                await ledger.KeepAsync(connection, Position, skips, cancellation);
            },
            cancellation);
        keptAt = running.Elapsed;
        if (!session.IsWithin)
            kept = Position;
    }

    private async Task FailAsync(Exception failure)
    {
        await Task.WhenAny(shadow.SettleAsync());
        var known = failure as ViewFailedException;
        var cause = known is null ? $"{failure.GetType().Name}: {failure.Message}" : $"{known.ErrorType}: {known.Error}";
        await session.InTransactionAsync(
            connection => ledger.FailAsync(connection, cause, known?.After + 1, known?.EventId, CancellationToken.None), CancellationToken.None);
    }

    /// <summary>What cannot be read is somebody's event at a position; when that is found, the failure says so.</summary>
    private async Task<Exception> KnownAsync(Exception failure)
    {
        if (failure is not UnreadableEventException { TenantId: { } tenant } unreadable)
            return failure;
        var known = failure;
        await session.InTransactionAsync(
            async connection =>
            {
                await using var find = new NpgsqlCommand(sql["Views.Rebuilding.Statements.find_unreadable"], connection)
                    .With("tenant", tenant).With("stream", unreadable.StreamId).With("version", unreadable.Version);
                await using var reader = await find.ExecuteReaderAsync(CancellationToken.None);
                if (await reader.ReadAsync())
                    known = ViewFailedException.At(subject.Name, subject.Version, reader.GetString(0), reader.GetInt64(1), reader.GetGuid(2), unreadable);
            },
            CancellationToken.None);
        return known;
    }
}
