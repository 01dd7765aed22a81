using System.Diagnostics;
using System.Globalization;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Migrations;
using CaseFlow.EventStore.Postgres;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections;
using CaseFlow.Projections.ReferralCompliance;
using CaseFlow.Projections.Timeline;
using Npgsql;

namespace CaseFlow.Benchmarks;

/// <summary>The duty queue of a large jurisdiction and the timeline of one client with a thousand touchpoints: pages, counts, positions.</summary>
internal static class QueueAtScale
{
    private const string Tenant = "north";
    private static readonly Guid BusyClient = Guid.Parse("0195d6c4-0000-7000-8000-0000000000c1");
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<bool> RunAsync(string? count)
    {
        var duties = count is null ? 100_000 : int.Parse(count, CultureInfo.InvariantCulture);
        await using var server = await World.StartServerAsync();
        await using var source = StoreDataSource.Create(server.ConnectionString);
        await using (var migrations = StoreDataSource.ForMigrations(server.ConnectionString))
            await new Migrator(migrations, new EventStoreOptions()).MigrateAsync();
        await using (var owner = StoreDataSource.Open(new NpgsqlConnectionStringBuilder(server.ConnectionString)))
            await WriteAsync(owner, duties);
        await using var questions = StoreDataSource.ForQuestions(server.ConnectionString);
        var store = new PostgresEventStore(source, new EventStoreOptions(), ProjectionCatalogue.Codec);
        var (queue, timeline) = (new ReferralComplianceView(), new TimelineView(ProjectionCatalogue.EventTypes.StoredName));
        await MeasureAsync("rebuilding the queue", () => new ViewRebuild(source, store).RebuildAsync(queue));
        await MeasureAsync("rebuilding the timeline", () => new ViewRebuild(source, store).RebuildAsync(timeline));

        var reader = new ViewReader(questions, new ViewPositions(questions));
        var end = (await store.EndOfLogAsync(CancellationToken.None)).Position;
        var middle = Start.AddMinutes(duties / 2);
        foreach (var (moment, at, evaluated) in new (string, ViewInstant, DateTimeOffset)[]
        {
            ("now", ViewInstant.Now, Start.AddMinutes(duties)),
            ("at the middle of the log", new(end / 2, null), middle),
            ("as of the middle of the time", new(null, middle), middle),
        })
        {
            var all = new DutiesAsked(Tenant, new DutiesOf.Jurisdiction(), at, evaluated);
            foreach (var (title, asked) in new (string, DutiesAsked)[]
            {
                ("jurisdiction", all),
                ("jurisdiction, overdue", all with { States = [DutyFilter.Overdue] }),
                ("jurisdiction, met late and unverified", all with { States = [DutyFilter.MetLate, DutyFilter.Unverified] }),
                ("office", all with { Whose = new DutiesOf.Office("dcc", "office-7") }),
                ("office, due soon", all with { Whose = new DutiesOf.Office("dcc", "office-7"), States = [DutyFilter.DueSoon] }),
                ("agent", all with { Whose = new DutiesOf.Agent("agent-107") }),
                ("agent before", all with { Whose = new DutiesOf.AgentBefore("agent-0") }),
            })
            {
                await PageAsync(reader, queue, $"{title}, {moment}", ComplianceQueries.PageOf(asked, new PageWanted(50)));
            }

            await MeasureAsync($"\n== counts of the jurisdiction, {moment}", () => ComplianceQueries.CountAsync(reader, queue, all, CancellationToken.None));
            await MeasureAsync($"== position of the jurisdiction's last change, {moment}", () => reader.LastChangeAsync(queue, at, ComplianceQueries.ScopeOf(Tenant)));
            foreach (var agency in new[] { "dcc", null })
            {
                var own = new TimelineAsked(Tenant, BusyClient, agency is null ? null : TimelineSight.Unlabelled(agency), at);
                await PageAsync(reader, timeline, $"timeline of {agency ?? "all"}, {moment}", TimelineQueries.PageOf(own, new PageWanted(50, Descending: true)));
                await MeasureAsync(
                    $"== position of the client's last change, {moment}",
                    () => reader.LastChangeAsync(timeline, at, TimelineQueries.ScopeOf(Tenant, BusyClient, own.Sees)));
            }
        }

        return true;
    }

    private static async Task PageAsync<TRow>(ViewReader reader, FoldedView<TRow> view, string title, ViewPageQuestion question)
        where TRow : class
    {
        var first = await reader.PageAsync(view, question);
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < 10; n++)
            await reader.PageAsync(view, question with { After = first.Next });
        Console.WriteLine($"\n== {title}: {first.Rows.Count} rows, next page in {watch.Elapsed.TotalMilliseconds / 10:0.0} ms");
        Console.WriteLine(await reader.ExplainAsync(view, question with { After = first.Next }));
    }

    /// <summary>About 2.4 events for each duty, placed in the log.</summary>
    internal static async Task WriteAsync(NpgsqlDataSource source, int duties)
    {
        var facts = $$"""
            create temp table facts as
            select row_number() over (order by minute, k, v) as n, k, v, minute, type, client, data
            from (
              select k, 1 as v, k as minute, 'referral_duty_triggered' as type, md5('client ' || k)::uuid as client, jsonb_build_object(
                'overdoseId', md5('overdose ' || k)::uuid, 'rule', 'R1', 'agentId', 'agent-' || (k % 500), 'agencyId', 'dcc', 'officeId', 'office-' || (k % 25),
                'providerAgencyId', 'provider', 'clockStartsAt', at(k), 'dueAt', at(k + 1440), 'remindAt', at(k + 1200), 'policyVersion', 1, 'latestPolicyVersion', 1) as data
              from generate_series(1, {{duties}}) k
              union all
              select k, 2, k + 300 + k % 1500, 'referral_duty_discharged', md5('client ' || k)::uuid, jsonb_build_object(
                'path', (array['referred', 'notInterested', 'exempt'])[1 + k % 3], 'referralId', null, 'dueAt', at(k + 1440), 'inTime', k % 1500 <= 1140, 'policyVersion', 1)
              from generate_series(1, {{duties}}) k where k % 10 < 8
              union all
              select k, 3, k + 2000, 'referral_attestation_given', md5('client ' || k)::uuid, jsonb_build_object('attestedBy', 'agent-' || (k % 500))
              from generate_series(1, {{duties}}) k where k % 10 < 6
              union all
              select k, 4, k + 2500, 'referral_duty_reassigned', md5('client ' || k)::uuid, jsonb_build_object(
                'previousAgentId', 'agent-' || (k % 500), 'agentId', 'agent-1', 'agencyId', 'dcc', 'officeId', 'office-1')
              from generate_series(1, {{duties}}) k where k % 500 = 0
              union all
              select k, 5, k * ({{duties}} / 1000), 'supervision_contact_reported', '{{BusyClient}}'::uuid, jsonb_build_object('mode', 'phone', 'note', null)
              from generate_series(1, 1000) k
            ) as told;
            insert into caseflow.mt_streams (tenant_id, id, type, version)
            select '{{Tenant}}', md5('stream ' || client)::uuid, 'measured', count(*) from facts group by client;
            insert into caseflow.mt_events (seq_id, id, stream_id, version, data, headers, type, timestamp, tenant_id, user_name)
            select n, md5('event ' || n)::uuid, md5('stream ' || client)::uuid, case when v = 5 then k else v end,
              data || jsonb_build_object('clientId', client, 'occurredAt', at(minute), 'occurredPrecision', 'exact', 'occurredUntil', null, 'knownAt', at(minute))
                || case when v < 5 then jsonb_build_object('dutyId', md5('duty ' || k)::uuid) else '{}' end,
              '{"actor": "agent-1", "role": "agent", "agency": "dcc", "purpose": "supervision"}', type, at(minute), '{{Tenant}}', 'agent-1'
            from facts;
            insert into caseflow.cf_log (position, seq_id, tenant_id, stamped_at) select n, n, '{{Tenant}}', at(minute) from facts;
            insert into caseflow.cf_log_ends (tenant_id, position) select '{{Tenant}}', max(n) from facts;
            select setval('caseflow.mt_events_sequence', max(n)) from facts;
            analyze caseflow.mt_events; analyze caseflow.cf_log
            """.Replace("at(", "pg_temp.at(", StringComparison.Ordinal);
        await using var connection = await source.OpenConnectionAsync();
        await using (var clock = new NpgsqlCommand(
            $"create function pg_temp.at(minute bigint) returns timestamptz language sql immutable as $$ select timestamptz '{Start:yyyy-MM-dd HH:mm}Z' + make_interval(mins => minute::int) $$",
            connection))
        {
            await clock.ExecuteNonQueryAsync();
        }

        await using var write = new NpgsqlCommand(facts, connection) { CommandTimeout = 600 };
        await write.ExecuteNonQueryAsync();
    }

    private static async Task MeasureAsync(string what, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        Console.WriteLine($"{what}: {watch.Elapsed.TotalMilliseconds:0.0} ms");
    }
}
