using CaseFlow.EventStore.Roles;
using Npgsql;

namespace CaseFlow.EventStore;

/// <summary>
/// One question of one tenant on a pool for questions, in one round trip: the tenant is set for this question's transaction
/// and gone with it, so that the next user of the connection starts with none.
/// </summary>
public sealed class TenantQuestion : IAsyncDisposable
{
    private readonly NpgsqlBatch batch;
    private readonly NpgsqlBatchCommand question;

    /// <param name="source">Made by <see cref="StoreDataSource.ForQuestions"/>.</param>
    /// <param name="tenantId">Whose rows may be seen; also the question's parameter <c>tenant</c>.</param>
    /// <param name="sql">The question, one statement.</param>
    public TenantQuestion(NpgsqlDataSource source, string tenantId, string sql)
    {
        question = new NpgsqlBatchCommand(sql);
        question.Parameters.AddWithValue("tenant", tenantId);
        batch = source.CreateBatch();
        batch.BatchCommands.Add(Setting(tenantId));
        batch.BatchCommands.Add(question);
    }

    /// <summary>The question's parameters.</summary>
    public NpgsqlParameterCollection Parameters => question.Parameters;

    /// <summary>The answer's rows.</summary>
    public async Task<NpgsqlDataReader> ExecuteReaderAsync(CancellationToken cancellation)
    {
        var reader = await batch.ExecuteReaderAsync(cancellation);
        try
        {
            await reader.NextResultAsync(cancellation);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <returns>The first column of the first row; null when there is no row.</returns>
    public async Task<object?> ExecuteScalarAsync(CancellationToken cancellation)
    {
        await using var reader = await ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? reader.GetValue(0) : null;
    }

    public ValueTask DisposeAsync() => batch.DisposeAsync();

    /// <summary>Makes the rest of a transaction a tenant's; it answers with a row.</summary>
    internal static NpgsqlBatchCommand Setting(string tenantId)
    {
        var set = new NpgsqlBatchCommand($"select set_config('{StoreRoles.TenantSetting}', @tenant, true)");
        set.Parameters.AddWithValue("tenant", tenantId);
        return set;
    }
}
