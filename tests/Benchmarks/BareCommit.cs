using Npgsql;

namespace CaseFlow.Benchmarks;

/// <summary>The least that a commit can cost: one prepared row into a table without index.</summary>
internal sealed class BareCommit(NpgsqlDataSource source) : IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private NpgsqlCommand? insert;

    public async Task PrepareAsync()
    {
        connection = await source.OpenConnectionAsync();
        await using (var table = new NpgsqlCommand("create table bare (id uuid not null, at timestamptz not null, what text not null)", connection))
            await table.ExecuteNonQueryAsync();
        insert = new NpgsqlCommand("insert into bare values (@id, now(), 'a row about as wide as that of a read, with codes and names of views')", connection);
        insert.Parameters.AddWithValue("id", Guid.CreateVersion7());
        await insert.PrepareAsync();
    }

    public Task<int> CommitAsync() => insert!.ExecuteNonQueryAsync();

    public async ValueTask DisposeAsync()
    {
        if (insert is not null)
            await insert.DisposeAsync();
        if (connection is not null)
            await connection.DisposeAsync();
    }
}
