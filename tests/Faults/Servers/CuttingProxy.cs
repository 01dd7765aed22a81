using System.Net;
using System.Net.Sockets;

namespace CaseFlow.Faults.Servers;

/// <summary>
/// Stands between programs and the database and cuts connections: after a random number of bytes in either direction, or
/// when a request has gone through whole and its answer is on the way back.
/// </summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly int target;
    private readonly Random random;
    private int cuts;
    private volatile bool cutting;

    public CuttingProxy(int target, int seed)
    {
        (this.target, random) = (target, new Random(seed));
        listener.Start();
        _ = Task.Run(ListenAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many connections it has cut.</summary>
    public int Cuts => cuts;

    /// <summary>Connections made from now on live for a random number of bytes; those made before live on.</summary>
    public void Cut(bool on) => cutting = on;

    public void Dispose()
    {
        over.Cancel();
        listener.Dispose();
        over.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(over.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        near.NoDelay = far.NoDelay = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target);
            // Dead letters reach whoever waits at once, as when a host vanishes behind a firewall that rejects.
            near.LingerState = new LingerOption(true, 0);
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
            var plan = PlanOf();
            var there = PumpAsync(near.GetStream(), far.GetStream(), plan.Way is Way.ToServer ? plan.Bytes : long.MaxValue, false, ends.Token);
            var back = PumpAsync(
                far.GetStream(), near.GetStream(), plan.Way is Way.ToServer ? long.MaxValue : plan.Bytes, plan.Way is Way.BeforeAnswer, ends.Token);
            var first = await Task.WhenAny(there, back);
            if (await first)
                Interlocked.Increment(ref cuts);
            await ends.CancelAsync();
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two ends has gone: that is what a proxy sees of the end of a connection.
        }
    }

    private (Way Way, long Bytes) PlanOf()
    {
        lock (random)
        {
            // A connection's greeting and a hundred appends are some 3 and 200 thousand bytes.
            return cutting ? ((Way)random.Next(3), random.Next(5) == 0 ? random.Next(4_000) : random.Next(3_000, 150_000)) : (Way.ToServer, long.MaxValue);
        }
    }

    /// <param name="whole">What goes beyond the budget is not passed on in part either.</param>
    /// <returns>True when the budget was used up, false when the connection ended by itself.</returns>
    private static async Task<bool> PumpAsync(NetworkStream from, NetworkStream to, long budget, bool whole, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var count = await from.ReadAsync(buffer, cancellation);
            if (count == 0)
                return false;
            var passed = count < budget ? count : whole ? 0 : (int)budget;
            await to.WriteAsync(buffer.AsMemory(0, passed), cancellation);
            if (count >= budget)
                return true;
            budget -= count;
        }
    }

    private enum Way
    {
        ToServer,
        FromServer,

        /// <summary>The server has done what was asked, and nobody hears of it.</summary>
        BeforeAnswer,
    }
}
