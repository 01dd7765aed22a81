using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.EventStore.Processes;

/// <summary>
/// Puts recorded decisions to try a message again into effect, in the transaction that records them: the message is due at
/// once, set aside or not, with a new count of attempts. One that has been delivered meanwhile stays so.
/// </summary>
/// <param name="options">The store.</param>
/// <param name="messageIn">The message that an event says is tried again, or null.</param>
public sealed class MessageDecisions(EventStoreOptions options, Func<object, Guid?> messageIn) : IInlineView
{
    private readonly StoreSql sql = new(options);

    /// <inheritdoc/>
    public string Name => "message_decisions";

    /// <inheritdoc/>
    public string TablesSql => "-- made by the store's migrations";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => [];

    /// <inheritdoc/>
    public IEnumerable<NpgsqlBatchCommand> RowsFor(InlineEvent appended)
    {
        if (messageIn(appended.Data) is not { } message)
            yield break;
        var command = new NpgsqlBatchCommand(sql["Processes.Statements.try_message_again"]);
        command.Parameters.AddWithValue("id", message);
        command.Parameters.AddWithValue("tenant", appended.TenantId);
        yield return command;
    }
}
