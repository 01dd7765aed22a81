using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Supervision;
using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Supervision;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Erasure.ErasureStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Erasure;

/// <summary>An emergency that nobody looked at and a request that nobody answered keep a record whatever its age, each from its own stream.</summary>
public sealed class KeepingForOpenMatters : IAsyncLifetime
{
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    private County county = null!;

    public async ValueTask InitializeAsync() => county = await County.AtAsync(Tuesday);

    public ValueTask DisposeAsync() => county.DisposeAsync();

    [Fact]
    public async Task An_emergency_and_a_request_keep_it_until_each_has_come_to_its_end()
    {
        var (clientId, openingId, requestId) = await OpenedAndAskedAsync("M-1");

        (await BlocksAsync(clientId)).ShouldBe(["emergencyReview", "rightsRequest"], ignoreOrder: true);
        (await ApproveAsync(clientId)).ShouldBeProblem(409, "retention-blocked");
        (await ReviewAsync(clientId, openingId)).ShouldSucceed();
        (await BlocksAsync(clientId)).ShouldBe(["rightsRequest"]);
        (await county.GetAsync(Officer with { Purpose = Domain.Purpose.OwnRecord }, $"/api/clients/{clientId}/records-requests/{requestId}/copy")).ShouldSucceed();
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/records-requests/{requestId}/fulfil", new GivenRequest(DisclosureMethod.Paper))).ShouldSucceed();
        (await BlocksAsync(clientId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_client_asked_keeps_nobody_elses_record()
    {
        var other = await ClosedAsync("M-2");
        await OpenedAndAskedAsync("M-3");

        (await BlocksAsync(other)).ShouldBeEmpty();
        (await ApproveAsync(other)).ShouldSucceed();
    }

    [Fact]
    public async Task A_review_at_the_moment_of_an_approval_is_decided_with_it_and_never_beside_it()
    {
        var (clientId, openingId, requestId) = await OpenedAndAskedAsync("M-4");
        (await county.GetAsync(Officer with { Purpose = Domain.Purpose.OwnRecord }, $"/api/clients/{clientId}/records-requests/{requestId}/copy")).ShouldSucceed();
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/records-requests/{requestId}/fulfil", new GivenRequest(DisclosureMethod.Paper))).ShouldSucceed();

        var replies = await Task.WhenAll(ApproveAsync(clientId), ReviewAsync(clientId, openingId));

        replies[1].ShouldSucceed();
        replies[0].Status.ShouldBe(409, "open when it is looked at before, written of a moment ago when it is after");
        (await county.GetAsync(Officer, PathOf(clientId))).ShouldSucceed().Json["isErased"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task What_begins_at_the_moment_of_an_approval_keeps_the_record_or_comes_too_late()
    {
        Guid[] clients = [.. await ClosedManyAsync(8)];
        await county.GoToAsync(Tuesday.AddYears(8));
        foreach (var (n, clientId) in clients.Index())
        {
            // Both kinds of matter, and either first by a little.
            var began = n % 2 == 0
                ? new Func<Task<Reply>>(() => county.PostAsync(Coach, $"/api/clients/{clientId}/emergency-access", new EmergencyDoors.UseRequest(EmergencyReason.Overdose, "Found so.")))
                : () => county.PostAsync(Officer, $"/api/clients/{clientId}/records-requests", new RecordsAsk(new ProofPart(ProofOfIdentity.PhotoDocument), "All of it."));
            var replies = n % 4 < 2 ? await Task.WhenAll(ApproveAsync(clientId), began()) : [.. (await Task.WhenAll(began(), ApproveAsync(clientId))).Reverse()];

            // What comes after the approval finds the record erased: an opening is refused, and what clients may ask all the same keeps nothing any more.
            var orders = await county.Database.Store.ReadStreamAsync("demo", StreamIds.Erasure(clientId), cancellation: TestContext.Current.CancellationToken);
            (orders.Events.Any(recorded => recorded.Data is RetentionReached) ^ orders.Events.Any(recorded => recorded.Data is RecordCalledFor))
                .ShouldBeTrue($"{n}: {replies[0].Text} {replies[1].Text}");
            (replies[0].Status < 300).ShouldBe(orders.Events.Any(recorded => recorded.Data is RetentionReached), replies[0].Text);
            if (n % 2 == 0)
                (replies[0].Status < 300 ^ replies[1].Status < 300).ShouldBeTrue($"{n}: {replies[0].Text} {replies[1].Text}");
        }
    }

    private async Task<List<Guid>> ClosedManyAsync(int count)
    {
        var clients = new List<Guid>();
        while (clients.Count < count)
            clients.Add(await ClosedAsync($"M-1{clients.Count}"));
        return clients;
    }

    /// <returns>A closed record that is old enough to go, with an unreviewed opening and an unanswered request.</returns>
    private async Task<(Guid ClientId, Guid OpeningId, Guid RequestId)> OpenedAndAskedAsync(string number)
    {
        var (clientId, openingId, requestId) = (await ClosedAsync(number), Guid.CreateVersion7(), Guid.CreateVersion7());
        (await county.PostAsync(Coach, $"/api/clients/{clientId}/emergency-access", new EmergencyDoors.UseRequest(EmergencyReason.Overdose, "Found so.", openingId))).ShouldSucceed();
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/records-requests", new RecordsAsk(new ProofPart(ProofOfIdentity.PhotoDocument), RequestId: requestId)))
            .ShouldSucceed();
        await county.GoToAsync(Tuesday.AddYears(8));
        return (clientId, openingId, requestId);
    }

    private async Task<Guid> ClosedAsync(string number)
    {
        var clientId = await county.KnownAsync(Agent, number);
        var supervision = $"/api/clients/{clientId}/supervision";
        (await county.ChangeAsync(Supervisor, supervision + "/end", await county.VersionAsync(Agent, supervision), new EndSupervisionRequest(SupervisionEndReason.Completed))).ShouldSucceed();
        return clientId;
    }

    private Task<Reply> ApproveAsync(Guid clientId) =>
        county.PostAsync(Officer, $"/api/clients/{clientId}/retention/approve", new { endsOn = new DateOnly(2033, 3, 4), policyVersion = 1 });

    private Task<Reply> ReviewAsync(Guid clientId, Guid openingId) => county.PostAsync(
        Officer, $"/api/clients/{clientId}/emergency-access/{openingId}/review", new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified));

    private async Task<IReadOnlyList<string>> BlocksAsync(Guid clientId) =>
        [.. (await county.GetAsync(Officer, $"/api/clients/{clientId}/retention")).ShouldSucceed().Json["blocks"]!.AsArray().Select(block => block!.GetValue<string>())];
}
