using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Integration.Infrastructure;

namespace CaseFlow.Faults.Servers;

/// <summary>The published program in a process of its own, spoken to over HTTP.</summary>
internal sealed class Node : IDisposable
{
    private readonly ProgramProcess process;
    private readonly HttpClient http;
    private readonly Keys keys;
    private long lastAcknowledged;
    private volatile bool killed;

    private Node(string name, ProgramProcess process, Uri address, Keys keys)
    {
        (Name, this.process, this.keys) = (name, process, keys);
        http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Its sessions' application name.</summary>
    public string Name { get; }

    public bool IsAlive => !killed && !process.HasEnded;

    /// <summary>Whether it is gone though nobody killed it.</summary>
    public bool EndedByItself => !killed && process.HasEnded;

    /// <summary>When the latest of the requests was asked that it acknowledged.</summary>
    public long LastAcknowledged => Interlocked.Read(ref lastAcknowledged);

    /// <summary>What it has printed.</summary>
    public string Output => process.Output;

    /// <param name="name">Its application name in the database.</param>
    /// <param name="connectionString">Without an application name.</param>
    /// <param name="keys">Shared by all nodes of a database.</param>
    /// <param name="settings">Further settings, as on the command line.</param>
    public static async Task<Node> StartAsync(string name, string connectionString, Keys keys, params IReadOnlyList<string> settings)
    {
        var process = ProgramProcess.Start(
        [
            "--Urls=http://127.0.0.1:0", $"--ConnectionStrings:CaseFlow={connectionString}",
            $"--Keys:File={keys.WrappingKeyFile}", $"--Authentication:DevelopmentKeyFile={keys.TokenKeyFile}", .. settings,
        ]);
        try
        {
            var line = await process.AnsweringAsync();
            return new Node(name, process, new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ', ',')[0]), keys);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        killed = true;
        process.Kill();
    }

    /// <returns>Status, body, and whether it is the answer to an earlier request under the same key.</returns>
    public async Task<Answered> PostAsync(Actor actor, string path, object body, string? key = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(JsonSerializer.Serialize(body, body.GetType(), JsonRules.Options), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys.TokenOf(actor));
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        var asked = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        for (var last = LastAcknowledged; response.IsSuccessStatusCode && last < asked; last = LastAcknowledged)
            Interlocked.CompareExchange(ref lastAcknowledged, asked, last);
        return new((int)response.StatusCode, text, response.Headers.Contains("Idempotency-Replayed"));
    }

    public void Dispose()
    {
        killed = true;
        http.Dispose();
        process.Dispose();
    }
}

/// <param name="Replayed">It is a first answer, given again.</param>
internal sealed record Answered(int Status, string Text, bool Replayed)
{
    public bool Succeeded => Status is >= 200 and < 300;

    public Answered ShouldSucceed()
    {
        Status.ShouldBeInRange(200, 299, Text);
        return this;
    }
}

/// <summary>The files that every node of a database shares, and tokens signed with them.</summary>
internal sealed class Keys(string directory)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Actor, string> issued = new();
    private readonly Lazy<DevelopmentTokens> tokens = new(() => new DevelopmentTokens(Path.Combine(directory, "token.key")));

    public string WrappingKeyFile => Path.Combine(directory, "wrapping.key");

    public string TokenKeyFile => Path.Combine(directory, "token.key");

    public string TokenOf(Actor actor) => issued.GetOrAdd(actor, one => tokens.Value.Issue(one, TimeSpan.FromHours(12)));
}
