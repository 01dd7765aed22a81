using System.Diagnostics;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;

namespace CaseFlow.Api.Asking;

/// <summary>The moment that a question is answered from.</summary>
/// <param name="At">On both axes, as the reader takes it.</param>
/// <param name="EvaluatedAt">Against which instant time left and overdue are computed.</param>
public readonly record struct Moment(ViewInstant At, DateTimeOffset EvaluatedAt);

/// <summary>A page with the moment it is from.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Next">Address of the next page; null on the last.</param>
/// <param name="Position">Position of the last change that the asker may see.</param>
/// <param name="AsOf">What had occurred by then; null for all that is recorded.</param>
/// <param name="EvaluatedAt">Against which instant time left and overdue are computed.</param>
public sealed record AskedRows<TRow>(IReadOnlyList<TRow> Rows, string? Next, long Position, DateTimeOffset? AsOf, DateTimeOffset EvaluatedAt);

/// <summary>What a question's door hands over: moment, waiting, cursor and link are settled here, once for all views.</summary>
public sealed class AskDesk(CaseFlowDatabase database, ViewInstants instants, TimeProvider clock)
{
    private readonly ViewCursors cursors = new(database.MarkKeys.Derive("view-cursors"));

    /// <summary>The views.</summary>
    public ProjectionCatalogue Views => database.Views;

    /// <summary>Waits until a view shows the write that the answer must show: before anything is looked up that the answer rests on.</summary>
    /// <exception cref="ViewBehindException">The view does not show the write in time.</exception>
    public async Task AwaitAsync<TRow>(FoldedView<TRow> view, string jurisdiction, AskedMoment asked, CancellationToken cancellation)
        where TRow : class
    {
        if (asked.AtLeast is { } token)
            await database.Reader.AwaitAsync(view.Name, jurisdiction, token, cancellation);
    }

    /// <returns>The instant and the log position that were "now" at the moment asked about; null for what is recorded now.</returns>
    /// <exception cref="UnreadableRequestException">There is no such moment.</exception>
    public async Task<(DateTimeOffset Instant, long? Position)> ThenAsync(string jurisdiction, AskedMoment asked, CancellationToken cancellation)
    {
        if (asked.AsRecorded > clock.GetUtcNow() + When.Skew)
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.AsRecordedAhead, field: "asRecorded"));
        if (await instants.ResolveAsync(null, asked.AsRecorded, asked.AsRecordedPosition, cancellation) is not ViewInstantAnswer.At { Instant.Position: var position })
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.PositionBeyondLog, field: "asRecordedPosition"));
        return position is { } past
            ? (asked.AsRecorded ?? await database.Positions.StampOfAsync(jurisdiction, past, cancellation), past)
            : (clock.GetUtcNow(), null);
    }

    /// <returns>The log position that a page is answered from, as far as that is settled before it is asked: the position asked about, or that of
    /// the page before; null for what is recorded now.</returns>
    /// <exception cref="UnreadableRequestException">There is no such moment, or no such page.</exception>
    public async Task<long?> PositionAsync(Actor actor, AskedMoment asked, AskedPage page, CancellationToken cancellation) =>
        page.After(cursors, actor) is { } after ? after.At.Position : (await ThenAsync(actor.Jurisdiction, asked, cancellation)).Position;

    /// <returns>What the pages before rested on and this one goes on with, as their door said; none on the first page.</returns>
    /// <exception cref="UnreadableRequestException">There is no such page.</exception>
    public IReadOnlyList<Guid> GroundsOf(Actor actor, AskedPage page) => page.After(cursors, actor)?.Grounds ?? [];

    /// <summary>Waits until a view has come to a position from which an answer is the same again.</summary>
    /// <exception cref="ViewBehindException">The view does not come there in time.</exception>
    public Task AwaitPositionAsync<TRow>(FoldedView<TRow> view, string jurisdiction, long position, CancellationToken cancellation)
        where TRow : class => position == 0
            ? Task.CompletedTask
            : database.Reader.AwaitPositionAsync(view.Name, jurisdiction, position, TimeSpan.Zero, cancellation);

    /// <summary>Finds the moment asked about.</summary>
    /// <exception cref="UnreadableRequestException">There is no such moment.</exception>
    /// <exception cref="ViewBehindException">The view does not show the write in time.</exception>
    public async Task<Moment> ResolveAsync<TRow>(
        FoldedView<TRow> view, ViewScope scope, AskedMoment asked, CancellationToken cancellation, ViewCursor? cursor = null)
        where TRow : class
    {
        var waited = Stopwatch.StartNew();
        if (asked.AtLeast is { } token)
            await database.Reader.AwaitAsync(view.Name, scope.TenantId, token, cancellation);
        var moment = await ResolveShownAsync(view, scope, asked, cursor, cancellation);

        // One patience for both: what the token has taken is not there for the position.
        if (asked.AtLeast is not null && moment.At.Position is { } position)
            await database.Reader.AwaitPositionAsync(view.Name, scope.TenantId, position, waited.Elapsed, cancellation);
        return moment;
    }

    private async Task<Moment> ResolveShownAsync<TRow>(
        FoldedView<TRow> view, ViewScope scope, AskedMoment asked, ViewCursor? cursor, CancellationToken cancellation)
        where TRow : class
    {
        var now = clock.GetUtcNow();
        if (cursor is not null)
            return new Moment(cursor.At, cursor.JudgedAt ?? now);
        if (asked.AsRecorded > now + When.Skew)
            throw new UnreadableRequestException(new Problem(ProblemCatalogue.AsRecordedAhead, field: "asRecorded"));

        var at = await instants.ResolveAsync(asked.AsOf, asked.AsRecorded, asked.AsRecordedPosition, cancellation) switch
        {
            ViewInstantAnswer.At found => found.Instant,
            // Not how far the log is: that moves by what others do.
            _ => throw new UnreadableRequestException(new Problem(ProblemCatalogue.PositionBeyondLog, field: "asRecordedPosition")),
        };
        return new Moment(at, asked.AsOf ?? asked.AsRecorded ?? (asked.AsRecordedPosition is null ? now : await StampAsync(view, scope, at, cancellation)));
    }

    /// <summary>Answers a page.</summary>
    /// <param name="view">The view.</param>
    /// <param name="scope">Whose changes move the position.</param>
    /// <param name="asked">Which moment.</param>
    /// <param name="page">Which page.</param>
    /// <param name="actor">Whose cursor it is.</param>
    /// <param name="ask">The question at a moment.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <param name="descending">Downwards in the view's order.</param>
    /// <param name="noEarlierThan">A position that the view has come to and that the answer is from at least, because what it asks follows from it.</param>
    /// <param name="groundsOf">What the next page goes on with after these rows.</param>
    public async Task<AskedRows<TRow>> PageAsync<TRow>(
        FoldedView<TRow> view,
        ViewScope scope,
        AskedMoment asked,
        AskedPage page,
        Actor actor,
        Func<Moment, PageWanted, ViewPageQuestion> ask,
        CancellationToken cancellation,
        bool descending = false,
        long noEarlierThan = 0,
        Func<IReadOnlyList<TRow>, IEnumerable<Guid>>? groundsOf = null)
        where TRow : class
    {
        var after = page.After(cursors, actor);
        var moment = await ResolveAsync(view, scope, asked, cancellation, after);
        var found = await database.Reader.PageAsync(view, ask(moment, new PageWanted(page.Limit, after, descending)), cancellation);
        var position = Math.Max(found.At.Position!.Value, noEarlierThan);
        TRow[] rows = [.. found.Rows.Select(row => row.Row)];
        var next = found.Next is { } end
            ? end with
            {
                At = end.At with { Position = position },
                JudgedAt = moment.EvaluatedAt,
                Grounds = [.. (after?.Grounds ?? []).Union(groundsOf?.Invoke(rows) ?? [])],
            }
            : null;
        return new AskedRows<TRow>(
            rows, page.Next(cursors, actor, next), position, found.At.Instant, moment.EvaluatedAt);
    }

    /// <summary>A position is judged at its own stamp, so that it is judged the same for ever, whatever lay between it and the last change.</summary>
    private async Task<DateTimeOffset> StampAsync<TRow>(FoldedView<TRow> view, ViewScope scope, ViewInstant at, CancellationToken cancellation)
        where TRow : class =>
        await database.Positions.StampOfAsync(scope.TenantId, await database.Reader.LastChangeAsync(view, at, scope, cancellation), cancellation);
}
