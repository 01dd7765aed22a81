using System.Globalization;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Views;
using Npgsql;

namespace CaseFlow.EventStore.Sealing;

/// <summary>
/// Tells every node at once that a key is destroyed or the ring has changed. Who is not told (cut off, stopped) forgets by age:
/// <see cref="AesGcmSealer.LongestInMemory"/>.
/// </summary>
public sealed class KeyNews(NpgsqlDataSource source, EventStoreOptions options, KeyHome home, AesGcmSealer sealer)
{
    private const string RingChanged = "ring";
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);
    private readonly StoreSql sql = new(options);

    private string Channel => $"{options.Schema}_keys";

    /// <summary>Listens until the connection is lost or the call cancelled; what was missed before is made up for first.</summary>
    public async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        connection.Notification += (_, news) => Hear(news.Payload);
        await connection.RunAsync($"listen {Channel}", cancellation);
        sealer.ForgetAll();
        home.Ring.Reload();
        try
        {
            while (true)
            {
                if (!await connection.WaitAsync(SignOfLife, cancellation))
                    await connection.RunAsync("select 1", cancellation);
            }
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open)
                await connection.RunAsync($"unlisten {Channel}", CancellationToken.None);
        }
    }

    /// <summary>Tells that the ring has changed.</summary>
    internal Task TellRingAsync(CancellationToken cancellation) => TellAsync(RingChanged, cancellation);

    /// <summary>Tells that keys are destroyed.</summary>
    internal async Task TellAsync(string tenantId, IEnumerable<Guid> subjects, CancellationToken cancellation)
    {
        foreach (var subject in subjects)
            await TellAsync(string.Create(CultureInfo.InvariantCulture, $"{subject:N} {tenantId}"), cancellation);
    }

    private async Task TellAsync(string news, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql["Sealing.Statements.tell"]);
        command.Parameters.AddWithValue("channel", Channel);
        command.Parameters.AddWithValue("news", news);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private void Hear(string news)
    {
        if (news.Split(' ', 2) is [var subject, var tenant] && Guid.TryParseExact(subject, "N", out var id))
            sealer.Forget(tenant, id);
        home.Ring.Reload();
    }
}
