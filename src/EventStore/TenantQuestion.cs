using System.Data;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Roles;
using Npgsql;

namespace CaseFlow.EventStore;

/// <summary>
/// One question of one tenant on a pool for questions, in one round trip: the tenant is set for this question's transaction
/// and gone with it, so that the next user of the connection starts with none.
/// </summary>
public sealed class TenantQuestion : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly string tenantId;
    private readonly NpgsqlBatchCommand question;
    private NpgsqlBatch? batch;

    /// <param name="source">Made by <see cref="StoreDataSource.ForQuestions"/>.</param>
    /// <param name="tenantId">Whose rows may be seen; also the question's parameter <c>tenant</c>.</param>
    /// <param name="sql">The question, one statement.</param>
    public TenantQuestion(NpgsqlDataSource source, string tenantId, string sql)
    {
        question = new NpgsqlBatchCommand(sql);
        question.Parameters.AddWithValue("tenant", tenantId);
        (this.source, this.tenantId) = (source, tenantId);
    }

    /// <summary>The question's parameters.</summary>
    public NpgsqlParameterCollection Parameters => question.Parameters;

    /// <summary>The answer's rows. A session that was lost while nobody asked is not the asker's trouble: the question is asked again.</summary>
    public async Task<NpgsqlDataReader> ExecuteReaderAsync(CancellationToken cancellation)
    {
        var reader = await Transient.RepeatAsync(() => AskAsync(cancellation), cancellation);
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

    public ValueTask DisposeAsync() => batch?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>On a connection that is the reader's, and ends with it.</summary>
    private async Task<NpgsqlDataReader> AskAsync(CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            // Each time anew: a batch whose session was lost cannot be sent again, nor can its parameters.
            var asked = new NpgsqlBatchCommand(question.CommandText);
            foreach (NpgsqlParameter parameter in question.Parameters)
                asked.Parameters.Add(parameter.Clone());
            batch = new NpgsqlBatch(connection) { BatchCommands = { Setting(tenantId), asked } };
            return await batch.ExecuteReaderAsync(CommandBehavior.CloseConnection, cancellation);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the rest of a transaction a tenant's; it answers with a row.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="plannedOnce">
    /// The transaction's questions are planned once for each session instead of at every use, and by index whatever the statistics say: for look-ups
    /// by key, which have one good plan, and take less time than planning them.
    /// </param>
    internal static NpgsqlBatchCommand Setting(string tenantId, bool plannedOnce = false)
    {
        var plans = plannedOnce ? ", set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)" : "";
        var set = new NpgsqlBatchCommand($"select set_config('{StoreRoles.TenantSetting}', @tenant, true){plans}");
        set.Parameters.AddWithValue("tenant", tenantId);
        return set;
    }
}
