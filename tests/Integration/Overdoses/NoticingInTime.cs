using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Privacy;
using CaseFlow.Api.Supervision;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Overdoses;

/// <summary>Somebody is told in time: once, whatever happens, and only while the record still calls for it.</summary>
public sealed class NoticingInTime
{
    /// <summary>Tuesday 10:00 in Wisconsin: due Wednesday 10:00, reminder at 06:00.</summary>
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Due = Tuesday.AddDays(1);

    [Fact]
    public async Task Each_notice_goes_out_once_from_two_nodes_and_moves_no_version()
    {
        await using var county = await County.AtAsync(Tuesday);
        await county.StartNodeAsync();
        var owed = await county.OweAsync(Agent, Tuesday);
        await county.ReferAsync(owed);
        var version = await county.VersionAsync(Agent, owed.Path);

        await county.GoToAsync(Due.AddHours(-4).AddMinutes(1));
        (await NoticesAsync(county, owed, count: 1)).ShouldBe(["reminder"]);

        await county.GoToAsync(Due.AddMinutes(1));
        (await NoticesAsync(county, owed, count: 2)).ShouldBe(["reminder", "overdue"]);

        // Two business days to confirm receipt, and two of grace.
        await county.GoToAsync(Tuesday.AddDays(6).AddMinutes(30));
        (await NoticesAsync(county, owed, count: 3)).ShouldBe(["reminder", "overdue", "unacknowledged"]);

        await EverythingDueWentOutAsync(county, known: Tuesday.AddDays(3).AddMinutes(30), after: Tuesday.AddDays(6).AddMinutes(-55));
        (await NoticesAsync(county, owed, count: 3)).ShouldBe(["reminder", "overdue", "unacknowledged"]);
        (await county.VersionAsync(Agent, owed.Path)).ShouldBe(version);
        (await county.AskAsync(Agent, $"/api/referral-compliance/{owed.DutyId}")).ETag.ShouldBe(version);
        (await county.ChangeAsync(Agent, owed.Path + "/not-interested", version, new NotInterestedRequest(county.Now, Domain.ContactMode.Phone, "No."))).ShouldSucceed();
    }

    [Fact]
    public async Task Each_notice_has_the_labels_that_the_duty_has_now_also_that_nobody_acknowledged_its_referral()
    {
        await using var county = await County.AtAsync(Tuesday);
        var owed = await county.OweAsync(Agent, Tuesday);
        await county.ReferAsync(owed);
        var duty = (await county.AskAsync(Agent, $"/api/clients/{owed.ClientId}/timeline?kind=referral_duty_triggered")).ShouldSucceed().Json["items"]![0]!["eventId"]!.GetValue<Guid>();
        (await county.PostAsync(Supervisor, $"/api/clients/{owed.ClientId}/labels/{duty}/correct", new LabelDoors.Request(["JUVENILE"], "A juvenile then."))).ShouldSucceed();

        await county.GoToAsync(Tuesday.AddDays(6).AddMinutes(30));
        (await NoticesAsync(county, owed, count: 3)).ShouldContain("unacknowledged");

        var notices = (await county.Database.Store.ReadLogPageAsync(0, 1000, "demo", cancellation: TestContext.Current.CancellationToken))
            .Where(one => one.Data is NoticeEvent notice && notice.DutyId == owed.DutyId).ToList();
        notices.Select(one => one.Data.GetType()).ShouldContain(typeof(ReferralUnacknowledgedNoticed));
        notices.ShouldAllBe(one => ((Circumstances)one.Headers!).Labels.Contains("JUVENILE"));
    }

    [Fact]
    public async Task After_an_outage_over_both_due_times_each_goes_out_once_and_only_where_it_is_still_called_for()
    {
        await using var county = await County.AtAsync(Tuesday);
        var owed = await county.OweAsync(Agent, Tuesday);
        var discharged = await county.OweAsync(Agent, Tuesday);
        var corrected = await county.OweAsync(Agent, Tuesday);
        var reassigned = await county.OweAsync(Agent, Tuesday);
        await county.GoToAsync(Tuesday.AddHours(5));
        (await county.DeclineAsync(Agent, discharged.ClientId)).ShouldSucceed();
        (await county.ChangeAsync(
            Agent,
            $"/api/clients/{corrected.ClientId}/overdoses/{corrected.OverdoseId}/correct-knowledge",
            await county.VersionAsync(Agent, corrected.Path),
            new CorrectKnowledgeRequest(Tuesday.AddHours(5), "The call came in the afternoon."))).ShouldSucceed();
        var supervision = $"/api/clients/{reassigned.ClientId}/supervision";
        (await county.ChangeAsync(
            Supervisor, supervision + "/reassign", await county.VersionAsync(Supervisor, supervision), new ReassignAgentRequest(Colleague.Id, "Workload."))).ShouldSucceed();

        await county.StopAsync();
        await county.GoToAsync(Due.AddHours(1));
        await county.StartNodeAsync();
        await county.StartNodeAsync();

        (await NoticesAsync(county, owed, count: 2)).Order().ShouldBe(["overdue", "reminder"]);
        (await NoticesAsync(county, reassigned with { Agent = Colleague }, count: 2)).Order().ShouldBe(["overdue", "reminder"]);
        // Known at 15:00: due at 15:00 of the next day, and an hour after 10:00 the reminder's time has just come.
        (await NoticesAsync(county, corrected, count: 1)).ShouldBe(["reminder"]);
        await EverythingDueWentOutAsync(county, known: Tuesday.AddMinutes(30), after: Due);
        (await NoticesAsync(county, owed, count: 2)).Count.ShouldBe(2);
        (await NoticesAsync(county, corrected, count: 1)).ShouldBe(["reminder"]);
        (await NoticesAsync(county, discharged, count: 0)).ShouldBeEmpty();
        (await AddresseesAsync(county, owed)).ShouldBe([Agent.Id]);
        (await AddresseesAsync(county, reassigned)).ShouldBe([Colleague.Id]);

        await county.GoToAsync(Due.AddHours(5).AddMinutes(1));
        (await NoticesAsync(county, corrected, count: 2)).ShouldBe(["reminder", "overdue"]);
    }

    /// <summary>Notices are sent earliest due first: once one that is due after all others went out, none is still to come.</summary>
    /// <param name="known">When the agent knew of what that one is about.</param>
    /// <param name="after">When the last of the others was due.</param>
    private static async Task EverythingDueWentOutAsync(County county, DateTimeOffset known, DateTimeOffset after)
    {
        var marker = await county.OweAsync(Colleague, known);
        (await county.InQueueAsync(Colleague, marker.DutyId))["dueAt"]!.GetValue<DateTimeOffset>().ShouldBeInRange(after, county.Now);
        (await NoticesAsync(county, marker, count: 2)).Count.ShouldBe(2);
    }

    /// <returns>The notices of the duty as its compliance entry shows them, once there are so many.</returns>
    private static async Task<IReadOnlyList<string>> NoticesAsync(County county, Owed owed, int count)
    {
        for (var waited = 0; ; waited++)
        {
            var notices = (await county.InQueueAsync(owed.Agent, owed.DutyId))["notices"]!.AsArray();
            if (notices.Count >= count || waited > 200)
                return [.. notices.Select(notice => notice!["kind"]!.GetValue<string>())];
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<IReadOnlyList<string>> AddresseesAsync(County county, Owed owed)
    {
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand(
            "select distinct data ->> 'agentId' from caseflow.mt_events where type in ('referral_duty_reminder_sent', 'referral_duty_overdue') and data ->> 'dutyId' = @duty");
        command.Parameters.AddWithValue("duty", owed.DutyId.ToString());
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            names.Add(reader.GetString(0));
        return names;
    }
}
