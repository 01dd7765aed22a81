using CaseFlow.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CaseFlow.EventStore.Views.Rebuilding;

/// <summary>The row that a rebuild keeps of itself: what an interrupted one goes on from, and what others see of its progress.</summary>
internal sealed class RebuildLedger(StoreSql sql, string name)
{
    public async Task<(int Version, string Shape, long Position, long[] Skips)?> FindAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var find = Statement(connection, "find_rebuild");
        await using var reader = await find.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? (reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<long[]>(3))
            : null;
    }

    public Task BeginAsync(NpgsqlConnection connection, int version, string shape, CancellationToken cancellation) => RunAsync(
        Statement(connection, "begin_rebuild").With("version", version).With("shape", shape).With("phase", RebuildPhase.Folding), cancellation);

    public Task ResumeAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        RunAsync(Statement(connection, "resume_rebuild").With("phase", RebuildPhase.Folding), cancellation);

    /// <summary>In the transaction that wrote the last of what the position stands for.</summary>
    public Task KeepAsync(NpgsqlConnection connection, long position, IReadOnlySet<long> skips, CancellationToken cancellation) =>
        RunAsync(Statement(connection, "keep_rebuild").With("position", position).With("skips", skips.ToArray()), cancellation);

    public Task ShowAsync(NpgsqlConnection connection, RebuildProgress progress, CancellationToken cancellation) => RunAsync(
        Statement(connection, "show_rebuild").With("phase", progress.Phase).With("folded", progress.Position).With("log_end", progress.End)
            .With("events_per_second", progress.EventsPerSecond),
        cancellation);

    public Task FailAsync(NpgsqlConnection connection, string error, long? position, Guid? eventId, CancellationToken cancellation)
    {
        var fail = Statement(connection, "fail_rebuild").With("error", error);
        fail.Parameters.AddWithValue("position", NpgsqlDbType.Bigint, (object?)position ?? DBNull.Value);
        fail.Parameters.AddWithValue("event", NpgsqlDbType.Uuid, (object?)eventId ?? DBNull.Value);
        return RunAsync(fail, cancellation);
    }

    /// <summary>Shown on, and never gone on with.</summary>
    public Task NeverGoOnAsync(NpgsqlConnection connection, CancellationToken cancellation) => RunAsync(Statement(connection, "never_go_on"), cancellation);

    public Task EndAsync(NpgsqlConnection connection, CancellationToken cancellation) => RunAsync(Statement(connection, "end_rebuild"), cancellation);

    private NpgsqlCommand Statement(NpgsqlConnection connection, string statement) =>
        new NpgsqlCommand(sql[$"Views.Rebuilding.Statements.{statement}"], connection).With("name", name);

    private static async Task RunAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (command)
            await command.ExecuteNonQueryAsync(cancellation);
    }
}
