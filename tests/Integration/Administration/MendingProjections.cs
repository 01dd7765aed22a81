using System.Net;
using System.Text.Json.Nodes;
using CaseFlow.Api.Administration;
using CaseFlow.Api.Agencies;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.EventStore.Postgres;
using CaseFlow.Integration.Infrastructure;
using Npgsql;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Administration;

/// <summary>
/// Something is in the store that no view can read. The views stand still for that jurisdiction, say so, and go on when an
/// administrator of it decides; the other jurisdiction notices nothing.
/// </summary>
public sealed class MendingProjections(County county) : IClassFixture<County>
{
    private static readonly Actor Elsewhere = Administrator with { Jurisdiction = "elsewhere" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_resumes_and_skips_and_every_reader_is_told_the_truth_meanwhile()
    {
        var owed = await SettledAsync();
        var (eventId, position) = await SpoilAsync("demo");
        var stopped = await StoppedAsync();
        foreach (var view in stopped.Values)
        {
            view["state"]!.GetValue<string>().ShouldBe("stopped");
            var failure = view["failure"]!;
            failure["eventId"]!.GetValue<Guid>().ShouldBe(eventId);
            failure["position"]!.GetValue<long>().ShouldBe(position);
            failure["eventType"]!.GetValue<string>().ShouldBe("client_registered");
            failure["errorType"]!.GetValue<string>().ShouldBe("UnreadableEventException");
            view["behind"]!.GetValue<long>().ShouldBeGreaterThan(0);
        }

        await ReadersAreToldAsync(owed);
        await OtherJurisdictionGoesOnAsync(eventId, position);
        await IsRefusedAsync(eventId, position);
        await ResumeAsync(stopped);

        // One after the other: each view is decided about by itself.
        foreach (var view in stopped.Keys)
        {
            var skipped = await county.PostAsync(Administrator, $"/api/admin/projections/{view}/skip", new SkipEventRequest(eventId, position, "Torn in a restore."));
            skipped.ShouldBe(HttpStatusCode.NoContent);
            (await county.PostAsync(Administrator, $"/api/admin/projections/{view}/skip", new SkipEventRequest(eventId, position, "Torn in a restore.")))
                .ShouldBe(HttpStatusCode.NoContent).ETag.ShouldBe(skipped.ETag, "asked twice, decided once");
        }

        var shown = await ViewsAsync(Administrator, views => views.All(view => view["state"]!.GetValue<string>() == "moving" && view["behind"]!.GetValue<long>() == 0));
        shown["skips"]!.AsArray().Select(skip => skip!["view"]!.GetValue<string>()).ShouldBe(stopped.Keys, ignoreOrder: true);
        foreach (var skip in shown["skips"]!.AsArray())
        {
            (skip!["eventId"]!.GetValue<Guid>(), skip["position"]!.GetValue<long>()).ShouldBe((eventId, position));
            (skip["by"]!.GetValue<string>(), skip["reason"]!.GetValue<string>()).ShouldBe((Administrator.Id, "Torn in a restore."));
        }

        shown["work"]!["isAtWork"]!.GetValue<bool>().ShouldBeTrue();
        shown["work"]!["node"]!.GetValue<string>().ShouldEndWith($"/{Environment.ProcessId}");
        shown["messages"]!.AsArray().ShouldBeEmpty();
        (await county.AskAsync(Agent, owed)).ShouldSucceed();
        (await ListAsync(Elsewhere))["skips"]!.AsArray().ShouldBeEmpty();
        (await EventsAsync("view_event_skipped")).ShouldBe(stopped.Count);
    }

    [Fact]
    public async Task A_node_that_moves_nothing_itself_shows_what_another_recorded()
    {
        await using var second = await county.StartNodeAsync();
        var written = await county.PostAsync(Elsewhere, "/api/agencies", new RegisterAgencyRequest($"agency-{Guid.NewGuid():N}", "New", AgencyKind.Other));
        var token = ("If-Consistent-With", written.ShouldSucceed()["CaseFlow-Recorded"]!);

        (await county.SendAsync(second, HttpMethod.Get, Stranger, "/api/caseload", null, token)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("duty_notices")]
    [InlineData("test_selections")]
    public async Task A_timer_that_fails_is_shown_to_its_jurisdiction_with_the_reason(string process)
    {
        await DoAsync(
            $"""
            insert into caseflow.cf_timers (process, tenant_id, key, due_at, payload)
            values ('{process}', 'demo', 'torn/Reminder', now() - interval '1 hour', '"torn"')
            """);

        var shown = await ListAsync(Administrator);
        for (var tries = 0; shown["timers"]!.AsArray().Count == 0; tries++)
        {
            tries.ShouldBeLessThan(200);
            await Task.Delay(50, Cancellation);
            shown = await ListAsync(Administrator);
        }

        var timer = shown["timers"]!.AsArray().ShouldHaveSingleItem()!;
        (timer["process"]!.GetValue<string>(), timer["key"]!.GetValue<string>()).ShouldBe((process, "torn/Reminder"));
        timer["error"]!.GetValue<string>().ShouldStartWith("JsonException: ");
        timer["attempts"]!.GetValue<int>().ShouldBeGreaterThan(0);
        (await ListAsync(Elsewhere))["timers"]!.AsArray().ShouldBeEmpty();
        await DoAsync("delete from caseflow.cf_timers where key = 'torn/Reminder'");
    }

    [Fact]
    public async Task Shows_what_a_rebuild_failed_on_and_which_event_to_its_own_jurisdiction_alone()
    {
        (await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest($"agency-{Guid.NewGuid():N}", "New", AgencyKind.Other))).ShouldSucceed();
        await DoAsync("""
            insert into caseflow.cf_rebuilds (name, version, shape, position, skips, phase, folded, log_end, events_per_second, error, error_position, error_event_id)
            select 'caseload', 1, '', 0, '{}', 'folding', 0, 1, 0, 'InvalidOperationException: does not add up', 1, id
            from caseflow.mt_events where tenant_id = 'demo' limit 1
            """);

        var own = (await ListAsync(Administrator))["rebuilds"]!.AsArray().ShouldHaveSingleItem()!;
        var others = (await ListAsync(Elsewhere))["rebuilds"]!.AsArray().ShouldHaveSingleItem()!;

        await DoAsync("delete from caseflow.cf_rebuilds");
        foreach (var shown in new[] { own, others })
        {
            shown["error"]!.GetValue<string>().ShouldBe("InvalidOperationException: does not add up");
            shown["errorPosition"]!.GetValue<long>().ShouldBe(1);
            shown["updatedAt"].ShouldNotBeNull();
        }

        own["errorEventId"].ShouldNotBeNull();
        others["errorEventId"].ShouldBeNull();
    }

    [Fact]
    public async Task A_message_that_was_set_aside_is_tried_again_by_a_recorded_decision()
    {
        var (id, fresh) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await DoAsync(
            $"""
            insert into caseflow.cf_outbox (id, tenant_id, topic, key, payload, attempts, set_aside_at, last_error)
            values ('{id}', 'demo', 'nobody-listens', 'a', '{"{}"}', 300, now(), 'HttpRequestException: gone'), ('{fresh}', 'demo', 'nobody-listens', 'b', '{"{}"}', 0, null, null)
            """);
        async Task<JsonNode> MessageAsync() => (await ListAsync(Administrator))["messages"]!.AsArray().ShouldHaveSingleItem()!;
        Task<Reply> TryAgainAsync(Actor actor, Guid message) =>
            county.PostAsync(actor, $"/api/admin/messages/{message}/try-again", TryMessageAgainRequest.Example);

        (await MessageAsync())["isSetAside"]!.GetValue<bool>().ShouldBeTrue();
        (await TryAgainAsync(Elsewhere, id)).ShouldBeProblem(404, "message-not-found");
        (await TryAgainAsync(Administrator, fresh)).ShouldBeProblem(404, "message-not-found");
        (await TryAgainAsync(Supervisor, id)).ShouldBeProblem(403, "role-not-allowed");
        (await EventsAsync("message_tried_again")).ShouldBe(0);

        (await TryAgainAsync(Administrator, id)).ShouldBe(HttpStatusCode.NoContent);

        var message = await MessageAsync();
        (message["isSetAside"]!.GetValue<bool>(), message["attempts"]!.GetValue<int>()).ShouldBe((false, 0));
        (await EventsAsync("message_tried_again")).ShouldBe(1);
        await DoAsync("delete from caseflow.cf_outbox where topic = 'nobody-listens'");
    }

    /// <returns>A question whose answer needs a view.</returns>
    private async Task<string> SettledAsync()
    {
        await ViewsAsync(Administrator, views => views.All(view => view["behind"]!.GetValue<long>() == 0));
        return "/api/caseload";
    }

    private async Task<Dictionary<string, JsonNode>> StoppedAsync()
    {
        var shown = await ViewsAsync(Administrator, views => views.All(view => view["failure"] is not null));
        return shown["views"]!.AsArray().ToDictionary(view => view!["name"]!.GetValue<string>(), view => view!);
    }

    private async Task ReadersAreToldAsync(string path)
    {
        (await county.GetAsync(Agent, path)).ShouldBe(HttpStatusCode.OK);
        var written = await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("late", "Late", AgencyKind.Other));
        var token = ("If-Consistent-With", written.ShouldSucceed()["CaseFlow-Recorded"]!);
        await using var second = await county.StartNodeAsync();
        foreach (var ask in new[] { path, "/api/referral-compliance", "/api/referral-compliance/counts" })
        {
            foreach (var reply in new[] { await county.SendAsync(HttpMethod.Get, Agent, ask, null, token), await county.SendAsync(second, HttpMethod.Get, Agent, ask, null, token) })
            {
                reply.ShouldBeProblem(503, "view-stopped");
                int.Parse(reply["Retry-After"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 31);
            }
        }
    }

    private async Task OtherJurisdictionGoesOnAsync(Guid eventId, long position)
    {
        var written = await county.PostAsync(Elsewhere, "/api/agencies", new RegisterAgencyRequest("late", "Late", AgencyKind.Other));
        (await county.SendAsync(HttpMethod.Get, Stranger, "/api/caseload", null, ("If-Consistent-With", written.ShouldSucceed()["CaseFlow-Recorded"]!))).ShouldBe(HttpStatusCode.OK);
        var views = (await ListAsync(Elsewhere))["views"]!.AsArray();
        views.ShouldAllBe(view => view!["failure"] == null && view["state"]!.GetValue<string>() == "moving");
        (await county.PostAsync(Elsewhere, "/api/admin/projections/timeline/skip", new SkipEventRequest(eventId, position, "Not ours.")))
            .ShouldBeProblem(409, "view-not-stopped");
        (await county.PostAsync(Elsewhere, "/api/admin/projections/timeline/resume", ResumeViewRequest.Example)).ShouldBeProblem(409, "view-not-stopped");
    }

    private async Task IsRefusedAsync(Guid eventId, long position)
    {
        Task<Reply> SkipAsync(string view, object body) => county.PostAsync(Administrator, $"/api/admin/projections/{view}/skip", body);

        (await SkipAsync("nothing", new SkipEventRequest(eventId, position, "Why not."))).ShouldBeProblem(404, "view-not-found");
        (await county.PostAsync(Administrator, "/api/admin/projections/nothing/resume", ResumeViewRequest.Example)).ShouldBeProblem(404, "view-not-found");
        (await SkipAsync("timeline", new SkipEventRequest(Guid.CreateVersion7(), position, "Another."))).ShouldBeProblem(409, "view-stopped-elsewhere", "eventId");
        (await SkipAsync("timeline", new SkipEventRequest(eventId, position - 1, "Another."))).ShouldBeProblem(409, "view-stopped-elsewhere", "eventId");
        (await SkipAsync("timeline", new SkipEventRequest(eventId, position, " "))).ShouldBeProblem(400, "validation-failed");
        (await SkipAsync("timeline", $$"""{"eventId":"{{eventId}}","reason":"No position."}""")).ShouldBeProblem(400, "validation-failed", "position");
        (await county.PostAsync(Supervisor, "/api/admin/projections/timeline/skip", new SkipEventRequest(eventId, position, "May not."))).ShouldBeProblem(403, "role-not-allowed");
        (await county.PostAsync(Agent, "/api/admin/projections/timeline/resume", ResumeViewRequest.Example)).ShouldBeProblem(403, "role-not-allowed");
        (await EventsAsync("view_event_skipped")).ShouldBe(0);
    }

    /// <summary>Tried again at once, and fails again: what is torn stays torn.</summary>
    private async Task ResumeAsync(Dictionary<string, JsonNode> stopped)
    {
        await using (var connection = new NpgsqlConnection(county.ConnectionString))
        {
            await connection.OpenAsync(Cancellation);
            await using var postpone = new NpgsqlCommand("update caseflow.cf_view_failures set next_try_at = now() + interval '1 hour'", connection);
            await postpone.ExecuteNonQueryAsync(Cancellation);
        }

        var before = (await ListAsync(Administrator))["views"]!.AsArray().Single(view => view!["name"]!.GetValue<string>() == "timeline")!["failure"]!["attempts"]!.GetValue<int>();
        (await county.PostAsync(Administrator, "/api/admin/projections/timeline/resume", ResumeViewRequest.Example)).ShouldBe(HttpStatusCode.NoContent);

        await ViewsAsync(Administrator, views => views.Single(view => view["name"]!.GetValue<string>() == "timeline")["failure"]!["attempts"]!.GetValue<int>() > before);
        (await EventsAsync("view_resumed")).ShouldBe(1);
        stopped.Count.ShouldBeGreaterThan(4);
    }

    private async Task<JsonNode> ListAsync(Actor actor) => (await county.GetAsync(actor, "/api/admin/projections")).ShouldBe(HttpStatusCode.OK).Json;

    private async Task<JsonNode> ViewsAsync(Actor actor, Func<List<JsonNode>, bool> wanted)
    {
        for (var tries = 0; ; tries++)
        {
            var shown = await ListAsync(actor);
            if (wanted([.. shown["views"]!.AsArray().Select(view => view!)]))
                return shown;
            tries.ShouldBeLessThan(400, shown.ToJsonString());
            await Task.Delay(50, Cancellation);
        }
    }

    private async Task DoAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(county.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<long> EventsAsync(string type)
    {
        await using var connection = new NpgsqlConnection(county.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var count = new NpgsqlCommand("select count(*) from caseflow.mt_events where type = @type and tenant_id = 'demo'", connection);
        count.Parameters.AddWithValue("type", type);
        return (long)(await count.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Stores an event that lacks what it must hold, as a program with a fault or a torn restore would.</summary>
    private async Task<(Guid EventId, long Position)> SpoilAsync(string tenant)
    {
        var eventId = Guid.CreateVersion7();
        await using var connection = new NpgsqlConnection(county.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await using var spoil = new NpgsqlCommand(
                """
                select pg_advisory_xact_lock_shared(@class, @key);
                insert into caseflow.mt_streams (tenant_id, id, type, version) values (@tenant, @stream, 'client', 1);
                insert into caseflow.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
                values (nextval('caseflow.mt_events_sequence'), @event, @stream, 1, '{"torn": true}', 'client_registered', now(), @tenant)
                """,
                connection);
            spoil.Parameters.AddWithValue("class", AdvisoryLocks.FenceClass);
            spoil.Parameters.AddWithValue("key", county.Database.Options.LockKey);
            spoil.Parameters.AddWithValue("tenant", tenant);
            spoil.Parameters.AddWithValue("stream", Guid.CreateVersion7());
            spoil.Parameters.AddWithValue("event", eventId);
            await spoil.ExecuteNonQueryAsync(Cancellation);
            await transaction.CommitAsync(Cancellation);
        }

        await using var find = new NpgsqlCommand(
            "select position from caseflow.cf_log l join caseflow.mt_events e on e.seq_id = l.seq_id where e.id = @event", connection);
        find.Parameters.AddWithValue("event", eventId);
        for (var tries = 0; ; tries++)
        {
            if (await find.ExecuteScalarAsync(Cancellation) is long position)
                return (eventId, position);
            tries.ShouldBeLessThan(500);
            await Task.Delay(20, Cancellation);
        }
    }
}
