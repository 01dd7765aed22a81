using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Disclosures;
using CaseFlow.Domain.Disclosures;
using CaseFlow.EventStore.Processes;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Overdoses;

/// <summary>Notices are posted to the county's own system when it gives an address.</summary>
public sealed class TellingAnotherSystem
{
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_notice_is_posted_until_it_is_taken_under_one_id_and_says_nothing_about_whom()
    {
        await using var receiver = new Receiver(refusals: 2);
        await using var county = await County.AtAsync(Tuesday, ("Notices:Webhook", receiver.Address));
        await county.StartNodeAsync();
        var owed = await county.OweAsync(Agent, Tuesday);

        await county.GoToAsync(Tuesday.AddDays(1).AddMinutes(1));
        for (var waited = 0; receiver.Taken.Count < 2; waited++)
        {
            waited.ShouldBeLessThan(300);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        receiver.Refused.ShouldAllBe(refused => refused.Id == receiver.Taken.First().Id);
        receiver.Refused.Count.ShouldBe(2);
        receiver.Taken.Select(taken => taken.Id).Distinct().Count().ShouldBe(2);
        var told = receiver.Taken.Select(taken => JsonNode.Parse(taken.Body)!).ToList();
        told.Select(notice => notice["kind"]!.GetValue<string>()).ShouldBe(["reminder", "overdue"]);
        told.ShouldAllBe(notice => notice["dutyId"]!.GetValue<Guid>() == owed.DutyId && notice["jurisdiction"]!.GetValue<string>() == Agent.Jurisdiction);
        told.ShouldAllBe(notice => notice["dueAt"]!.GetValue<DateTimeOffset>() == Tuesday.AddDays(1));
        receiver.Taken.ShouldAllBe(taken => !taken.Body.Contains(owed.ClientId.ToString()) && !taken.Body.Contains(Agent.Id));
    }

    [Fact]
    public async Task An_opening_in_an_emergency_is_told_at_once_and_once_and_its_review_when_it_is_late()
    {
        await using var receiver = new Receiver(refusals: 1);
        await using var county = await County.AtAsync(Tuesday, ("Notices:Webhook", receiver.Address));
        await county.StartNodeAsync();
        var (clientId, opening, reviewed) = (await county.SuperviseAsync(Agent), Guid.CreateVersion7(), Guid.CreateVersion7());
        var path = $"/api/clients/{clientId}/emergency-access";
        foreach (var accessId in new[] { opening, opening, reviewed })
            (await county.PostAsync(Coach, path, new EmergencyDoors.UseRequest(EmergencyReason.Unconscious, "Found behind the station.", accessId))).ShouldSucceed();
        await UntilAsync(2);
        (await county.PostAsync(Officer, $"{path}/{reviewed}/review", new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified))).ShouldSucceed();
        (await county.GetAsync(Officer, "/api/emergency-access?overdue=true")).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();

        await county.GoToAsync(Tuesday.AddDays(7).AddMinutes(1));
        await UntilAsync(3);
        (await county.GetAsync(Officer, "/api/emergency-access?overdue=true")).ShouldSucceed().Json["items"]!.AsArray()
            .ShouldHaveSingleItem()!["access"]!["emergencyAccessId"]!.GetValue<Guid>().ShouldBe(opening);
        await Task.Delay(1500, TestContext.Current.CancellationToken);

        var told = receiver.Taken.Select(taken => JsonNode.Parse(taken.Body)!).ToList();
        told.Select(notice => (notice["kind"]!.GetValue<string>(), notice["emergencyAccessId"]!.GetValue<Guid>())).ShouldBe(
            [("emergency-access", opening), ("emergency-access", reviewed), ("emergency-review-overdue", opening)], ignoreOrder: true);
        told.ShouldAllBe(notice => notice["for"]!.GetValue<string>() == "privacy-officer");
        receiver.Taken.ShouldAllBe(taken => !taken.Body.Contains(clientId.ToString()) && !taken.Body.Contains(Coach.Id) && !taken.Body.Contains("station"));

        async Task UntilAsync(int count)
        {
            for (var waited = 0; receiver.Taken.Count < count; waited++)
            {
                waited.ShouldBeLessThan(300);
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task Why_one_was_not_taken_is_said_in_the_programs_own_words()
    {
        await using var receiver = new Receiver(refusals: 1);
        using var refused = new NoticeWebhook(new Uri(receiver.Address));
        using var unreachable = new NoticeWebhook(new Uri("http://127.0.0.1:1/"));
        var message = new OutboxMessage(Guid.NewGuid(), Agent.Jurisdiction, NoticeMessages.Topic, "a", "{}", Tuesday, Attempts: 0);

        (await Should.ThrowAsync<IOException>(() => refused.SendAsync(message, TestContext.Current.CancellationToken))).Message
            .ShouldBe("The receiver answered 503.");
        (await Should.ThrowAsync<IOException>(() => unreachable.SendAsync(message, TestContext.Current.CancellationToken))).Message
            .ShouldBe("The receiver could not be reached: ConnectionError.");
        await refused.SendAsync(message, TestContext.Current.CancellationToken);
        receiver.Taken.Single().Id.ShouldBe($"{message.Id}");
    }

    /// <summary>Another system: refuses some, then takes everything.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly HttpListener listener = new();
        private readonly Task serving;
        private int refusals;

        public Receiver(int refusals)
        {
            this.refusals = refusals;
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
            }

            listener.Prefixes.Add(Address);
            listener.Start();
            serving = Task.Run(ServeAsync);
        }

        public string Address { get; }

        public ConcurrentQueue<(string? Id, string Body)> Taken { get; } = new();

        public ConcurrentQueue<(string? Id, string Body)> Refused { get; } = new();

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await serving;
            listener.Close();
        }

        private async Task ServeAsync()
        {
            while (listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await listener.GetContextAsync();
                }
                catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var reader = new StreamReader(context.Request.InputStream);
                var message = (context.Request.Headers[NoticeWebhook.IdHeader], await reader.ReadToEndAsync());
                var refuses = refusals-- > 0;
                (refuses ? Refused : Taken).Enqueue(message);
                context.Response.StatusCode = refuses ? 503 : 204;
                context.Response.Close();
            }
        }
    }
}
