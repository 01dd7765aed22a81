using Npgsql;

namespace CaseFlow.EventStore.Views;

internal static class Commands
{
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, object value)
    {
        command.Parameters.AddWithValue(name, value);
        return command;
    }

    public static async Task<int> RunAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Runs statements in one round trip.</summary>
    public static async Task RunAsync(this NpgsqlConnection connection, CancellationToken cancellation, params IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        await using var batch = connection.BatchOf(commands);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public static NpgsqlBatch BatchOf(this NpgsqlConnection connection, IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        return batch;
    }
}
