using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.EventStore;
using CaseFlow.Integration.EventStore;

namespace CaseFlow.Integration.Processes;

/// <summary>A rebuild makes rows anew; it does not tell another system of what is long past.</summary>
public sealed class RebuildingWithoutTelling
{
    private static readonly DateTimeOffset Then = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notices_from_before_the_webhook_are_sent_only_when_their_messages_are_asked_for_by_name()
    {
        await using var store = await StoreDatabase.CreateAsync();
        var key = Example.NewWrappingKey();
        await using (var without = new CaseFlowDatabase(store.ConnectionString, key))
        {
            await without.MigrateAsync(Stop);
            await NoticeAsync(without);
            await without.CatchUpAsync(Stop);
        }

        await using var with = new CaseFlowDatabase(store.ConnectionString, key, sendsNotices: true);
        await with.CatchUpAsync(Stop);
        await with.RebuildAsync(null, (_, _) => { }, Stop);
        (await store.AskAsync<long>("select count(*) from caseflow.cf_outbox")).ShouldBe(0);

        await NoticeAsync(with);
        await with.CatchUpAsync(Stop);
        (await store.AskAsync<long>("select count(*) from caseflow.cf_outbox")).ShouldBe(1);

        (await with.RebuildAsync("notice_messages", (_, _) => { }, Stop)).ShouldBe(1);
        (await store.AskAsync<long>("select count(*) from caseflow.cf_outbox")).ShouldBe(2);
    }

    private static async Task NoticeAsync(CaseFlowDatabase database)
    {
        var notice = new ReferralDutyReminderSent("agent-1", Then) { ClientId = Guid.CreateVersion7(), DutyId = Guid.CreateVersion7(), OccurredAt = Then, KnownAt = Then };
        var circumstances = new Circumstances { Actor = "notices", Role = Role.Service, Purpose = Purpose.Operations, Intercept = 5 };
        (await database.Store.AppendAsync(
            new Append(
                "demo",
                [new StreamAppend(Guid.CreateVersion7(), Streams.NoticeAlias, ExpectedVersion.NoStream, [new NewEvent(Guid.CreateVersion7(), notice, circumstances)])],
                new AppendMetadata("notices")),
            Stop)).ShouldBeOfType<AppendResult.Appended>();
    }
}
