using System.Text;
using CaseFlow.EventStore.Processes;

namespace CaseFlow.Api.Composition;

/// <summary>
/// Posts each notice to the address of <c>Notices:Webhook</c>. The header <c>Webhook-Id</c> is the same for every attempt;
/// any answer of 200 to 299 means that the receiver has it. Why one failed is said in the program's own words: an error of the
/// runtime may quote what was sent.
/// </summary>
public sealed class NoticeWebhook(Uri address) : IMessageSender, IDisposable
{
    public const string IdHeader = "Webhook-Id";

    // Shorter than the database lets a transaction stand idle. A redirect is an answer that nobody has taken the message.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(8) };

    public string Topic => NoticeMessages.Topic;

    public async Task SendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(message.Payload, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(IdHeader, message.Id.ToString());
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new IOException($"The receiver answered {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException unreachable)
        {
            throw new IOException($"The receiver could not be reached: {unreachable.HttpRequestError}.", unreachable);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException("The receiver did not answer in time.", late);
        }
    }

    public void Dispose() => http.Dispose();
}
