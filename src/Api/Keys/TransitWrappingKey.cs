using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using CaseFlow.EventStore.Sealing;

namespace CaseFlow.Api.Keys;

/// <summary>
/// A wrapping key in a key service: the transit engine's <c>encrypt</c> and <c>decrypt</c> as HashiCorp Vault and OpenBao offer
/// them. The key never leaves the service. A cloud provider's own service takes the same two calls and an adapter of this size.
/// </summary>
public sealed class TransitWrappingKey : IWrappingKey, IDisposable
{
    private readonly HttpClient http;
    private readonly string key;

    /// <param name="mount">The engine's mount.</param>
    /// <param name="key">Name of the key, of a type that takes associated data (aes256-gcm96).</param>
    /// <param name="token">Lets the program encrypt and decrypt with it, and nothing else.</param>
    public TransitWrappingKey(Uri mount, string key, string token)
    {
        this.key = Uri.EscapeDataString(key);
        KeyId = $"transit:{mount.Authority}{mount.AbsolutePath.TrimEnd('/')}/{key}";
        http = new HttpClient { BaseAddress = new Uri($"{mount.AbsoluteUri.TrimEnd('/')}/"), Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Add("X-Vault-Token", token);
    }

    /// <inheritdoc />
    public string KeyId { get; }

    /// <inheritdoc />
    public byte[] Wrap(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> associatedData) =>
        System.Text.Encoding.ASCII.GetBytes(
            Ask("encrypt", new(dataKey.ToArray(), null, associatedData.ToArray())).Ciphertext ?? throw Unusable("encrypt", "answered without a ciphertext"));

    /// <inheritdoc />
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associatedData) =>
        Ask("decrypt", new(null, System.Text.Encoding.ASCII.GetString(wrapped), associatedData.ToArray())).Plaintext
        ?? throw Unusable("decrypt", "answered without a plaintext");

    public void Dispose() => http.Dispose();

    private Data Ask(string operation, Data asked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{operation}/{key}") { Content = JsonContent.Create(asked) };
        using var response = Send(request, operation);
        // 400 is how the service says that a ciphertext is not its own; anything else is the service's state, not the value's.
        if (response.StatusCode == HttpStatusCode.BadRequest)
            throw new CryptographicException($"The key service refused to {operation}.");
        if (!response.IsSuccessStatusCode)
            throw Unusable(operation, $"answered {(int)response.StatusCode}");
        using var body = response.Content.ReadAsStream();
        return System.Text.Json.JsonSerializer.Deserialize<Reply>(body)?.Data ?? throw Unusable(operation, "answered without data");
    }

    private HttpResponseMessage Send(HttpRequestMessage request, string operation)
    {
        try
        {
            return http.Send(request);
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            throw Unusable(operation, "does not answer", lost);
        }
    }

    private static SealBrokenException Unusable(string operation, string what, Exception? why = null) =>
        new($"The key service {what} ({operation}).", why);

    private sealed record Reply([property: JsonPropertyName("data")] Data? Data);

    private sealed record Data(
        [property: JsonPropertyName("plaintext"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] byte[]? Plaintext,
        [property: JsonPropertyName("ciphertext"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ciphertext,
        [property: JsonPropertyName("associated_data"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] byte[]? AssociatedData);
}
