using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>
/// The tenants that a raised view could not be brought to the end of the log for. They stand before the event that failed, with
/// the failure on show, like those of any view that has stopped; the others are not kept waiting for them.
/// </summary>
internal sealed class TenantsLeftBehind(RebuildSubject subject, StoreSql sql, ViewOptions options)
{
    /// <summary>Each one is found by reading up to it again; with more there is more amiss than a torn event.</summary>
    private const int MostUnreadable = 200;

    private readonly Dictionary<string, ViewFailedException> failures = [];
    private readonly HashSet<long> unreadable = [];

    public bool IsNobody => failures.Count == 0;

    /// <summary>The events that tenants stand before.</summary>
    public IEnumerable<long> Positions => failures.Values.Select(failure => failure.After + 1);

    /// <summary>Events of these tenants that are not even to be read.</summary>
    public IReadOnlySet<long> Unreadable => unreadable;

    /// <summary>Whether an event is not to be folded, because it or an earlier one of its tenant failed.</summary>
    public bool Has(RecordedEvent recorded) => failures.TryGetValue(recorded.TenantId, out var failure) && recorded.Position > failure.After;

    /// <summary>Leaves the tenant of a failing event behind, and puts the failure on show.</summary>
    /// <returns>False when no tenant would be left that goes on: then it is the view that cannot be built.</returns>
    public async Task<bool> TryAddAsync(NpgsqlConnection connection, ViewFailedException failure, CancellationToken cancellation)
    {
        var isUnreadable = failure.InnerException is UnreadableEventException;
        if (failures.ContainsKey(failure.TenantId))
            return isUnreadable && unreadable.Count < MostUnreadable && unreadable.Add(failure.After + 1);
        await using var others = new NpgsqlCommand(sql["Views.Rebuilding.Statements.others_in_log"], connection)
            .With("tenants", failures.Keys.Append(failure.TenantId).ToArray());
        if (await others.ExecuteScalarAsync(cancellation) is not true)
            return false;
        failures.Add(failure.TenantId, failure);
        if (isUnreadable)
            unreadable.Add(failure.After + 1);
        await ViewFailures.KeepAsync(connection, new(options), options, failure, known: true, cancellation);
        return true;
    }

    /// <summary>Where these tenants stand: at their last event before the one that failed.</summary>
    public async Task StandAsync(NpgsqlConnection connection, Dictionary<string, long> ends, CancellationToken cancellation)
    {
        foreach (var (tenant, failure) in failures)
        {
            await using var before = new NpgsqlCommand(sql["Views.Rebuilding.Statements.last_before"], connection)
                .With("tenant", tenant).With("position", failure.After + 1);
            ends[tenant] = (long)(await before.ExecuteScalarAsync(cancellation))!;
        }
    }

    /// <summary>From now on they have stopped there, at the view's new version.</summary>
    public async Task KeepAsync(NpgsqlConnection connection, Dictionary<string, long> ends, CancellationToken cancellation)
    {
        foreach (var (tenant, failure) in failures)
        {
            var stopped = new ViewFailedException(subject.Name, tenant, subject.Version, ends[tenant], 1, failure.InnerException!);
            await ViewFailures.KeepAsync(connection, new(options), options, stopped, known: true, cancellation);
        }
    }
}
