using CaseFlow.EventStore.Postgres;
using Npgsql;

namespace CaseFlow.EventStore.Views;

internal static class Commands
{
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, object value)
    {
        command.Parameters.AddWithValue(name, value);
        return command;
    }

    /// <summary>A statement as part of a batch.</summary>
    public static NpgsqlBatchCommand Command(this StoreSql sql, string name, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = new NpgsqlBatchCommand(sql[name]);
        foreach (var (parameter, value) in parameters)
            command.Parameters.AddWithValue(parameter, value);
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
