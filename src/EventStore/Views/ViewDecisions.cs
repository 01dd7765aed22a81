using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views;

/// <summary>What somebody decided about a view that stands still.</summary>
/// <param name="View">The view.</param>
public abstract record ViewDecision(string View)
{
    /// <summary>It is tried again at once.</summary>
    /// <param name="View">The view.</param>
    public sealed record Resume(string View) : ViewDecision(View);

    /// <summary>It passes over exactly this event, at this version.</summary>
    /// <param name="View">The view.</param>
    /// <param name="Version">The view's version.</param>
    /// <param name="Position">The event's position.</param>
    /// <param name="EventId">The event.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Skip(string View, int Version, long Position, Guid EventId, string Reason) : ViewDecision(View);
}

/// <summary>
/// Puts recorded decisions about stopped views into effect, in the transaction that records them: no decision is recorded
/// without its effect, none takes effect unrecorded. A skip is refused, and so decided anew, once the view has passed the
/// event by itself: what is skipped is never also applied.
/// </summary>
/// <remarks>Its table is the store's own and is not rebuilt: what it holds was true when it was decided.</remarks>
/// <param name="options">The store.</param>
/// <param name="decisionIn">The decision that an event records, or null.</param>
public sealed class ViewDecisions(EventStoreOptions options, Func<object, ViewDecision?> decisionIn) : IInlineView
{
    private readonly StoreSql sql = new(options);

    /// <inheritdoc/>
    public string Name => "view_decisions";

    /// <inheritdoc/>
    public string TablesSql => "-- made by the store's migrations";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => [];

    /// <inheritdoc/>
    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        var command = decisionIn(appended.Data) switch
        {
            ViewDecision.Resume => sql.Command("Views.Statements.try_again"),
            ViewDecision.Skip skip => sql.Command(
                "Views.Statements.skip_event", ("version", skip.Version), ("position", skip.Position), ("event", skip.EventId), ("reason", skip.Reason),
                ("decided_in", appended.EventId), ("stream", appended.StreamId), ("stream_version", appended.Version ?? 0)),
            _ => null,
        };
        if (command is null)
            yield break;
        command.Parameters.AddWithValue("view", decisionIn(appended.Data)!.View);
        command.Parameters.AddWithValue("tenant", appended.TenantId);
        yield return command;
    }
}
