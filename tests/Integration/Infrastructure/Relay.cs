using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CaseFlow.Integration.Infrastructure;

/// <summary>Stands between a program and its database, and goes away as the program does when it is killed.</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly (string Host, int Port) target;
    private readonly Task listening;

    /// <param name="connectionString">The database behind it.</param>
    public Relay(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        target = (settings.Host!, settings.Port);
        listener.Start();
        (settings.Host, settings.Port) = ("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        ConnectionString = settings.ConnectionString;
        listening = Task.Run(ListenAsync);
    }

    /// <summary>The same database, through here.</summary>
    public string ConnectionString { get; }

    /// <summary>Closes every connection, as an operating system does for a process that ended.</summary>
    public Task CutAsync() => over.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        await listening;
        listener.Dispose();
        over.Dispose();
    }

    private async Task ListenAsync()
    {
        var served = new List<Task>();
        while (!over.IsCancellationRequested)
        {
            try
            {
                served.Add(ServeAsync(await listener.AcceptSocketAsync(over.Token)));
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await Task.WhenAll(served);
    }

    private async Task ServeAsync(Socket client)
    {
        using var near = client;
        using var far = target.Host.StartsWith('/') ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        EndPoint end = target.Host.StartsWith('/') ? new UnixDomainSocketEndPoint($"{target.Host}/.s.PGSQL.{target.Port}") : new DnsEndPoint(target.Host, target.Port);
        await far.ConnectAsync(end);
        await using var there = new NetworkStream(near);
        await using var back = new NetworkStream(far);
        await Task.WhenAny(there.CopyToAsync(back, over.Token), back.CopyToAsync(there, over.Token));
    }
}
