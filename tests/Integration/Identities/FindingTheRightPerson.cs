using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Identities;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using Npgsql;
using static CaseFlow.Integration.Identities.IdentityStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Identities;

public sealed class FindingTheRightPerson(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Entries_on_the_wrong_person_are_shown_with_the_right_one_and_undone_where_they_were()
    {
        var (wrong, right) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Colleague));
        await county.ContactAsync(Agent, wrong, "Of the namesake.");
        var (ofWrong, ofRight) = (await county.TimelineAsync(Agent, wrong), await county.TimelineAsync(Colleague, right));
        var contact = await EntryAsync(wrong, "supervision_contact_reported");
        var earlier = (await county.AskAsync(Officer, Of(wrong, "/timeline"))).Json["position"]!.GetValue<long>();

        var mistakeId = await DeclareAsync(Supervisor, wrong, right, contact);
        (await county.TimelineAsync(Agent, wrong)).ShouldBe(ofWrong.Where(id => id != contact));
        (await county.TimelineAsync(Colleague, right)).ShouldBe([contact, .. ofRight], ignoreOrder: true);
        (await county.TimelineAsync(Officer, wrong)).ShouldNotContain(contact);
        (await county.TimelineAsync(Officer, wrong, $"asRecordedPosition={earlier}")).ShouldContain(contact, "whoever watches over records sees what was shown then");
        (await county.TimelineAsync(Agent, wrong, $"asRecordedPosition={earlier}")).ShouldNotContain(contact, "and nobody else");
        (await county.TimelineAsync(Colleague, right, $"asRecordedPosition={earlier}")).ShouldBe(ofRight);
        var told = (await county.AskAsync(Officer, Of(right, "/identity"))).ShouldSucceed().Json["mistakes"]!.AsArray().ShouldHaveSingleItem()!;
        (told["clientId"]!.GetValue<Guid>(), told["entries"]![0]!["eventId"]!.GetValue<Guid>(), told["reason"]!.GetValue<string>()).ShouldBe((wrong, contact, "A namesake."));
        (await county.AskAsync(Supervisor, Of(wrong, "/identity"))).ShouldSucceed().Json["mistakes"]!.AsArray().ShouldHaveSingleItem()!["mistakeId"]!.GetValue<Guid>().ShouldBe(mistakeId);
        (await county.AskAsync(Supervisor, Of(right, "/identity"))).ShouldSucceed().Json["mistakes"]!.AsArray().ShouldBeEmpty("it is told where it was declared");

        await UndoAsync(Supervisor, wrong, mistakeId);
        await UndoAsync(Supervisor, wrong, mistakeId);
        (await county.TimelineAsync(Agent, wrong)).ShouldBe(ofWrong);
        (await county.TimelineAsync(Colleague, right)).ShouldBe(ofRight);
        (await county.Database.RebuildAsync("timeline", (_, _) => { }, TestContext.Current.CancellationToken)).ShouldBe(1);
        (await county.TimelineAsync(Agent, wrong)).ShouldBe(ofWrong);
    }

    [Fact]
    public async Task An_overdose_reported_of_the_wrong_person_is_the_right_agents_to_know_and_nobody_elses_to_read()
    {
        var (wrong, right) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(SouthAgent));
        var overdoseId = await county.ReportAsync(Dispatcher, wrong);
        (await county.KnowAsync(SouthAgent, right, overdoseId)).ShouldBeProblem(404, "overdose-not-found");
        var report = await EntryAsync(wrong, "overdose_reported");

        await DeclareAsync(Officer, wrong, right, report);

        (await county.KnowAsync(SouthAgent, right, overdoseId)).ShouldSucceed();
        (await county.DutiesAsync(SouthAgent, right)).Count.ShouldBe(1);
        (await county.KnowAsync(Agent, wrong, overdoseId)).ShouldBeProblem(404, "overdose-not-found");
        (await county.GetAsync(SouthAgent, $"/api/overdoses/{overdoseId}")).ShouldSucceed().Json["clientId"]!.GetValue<Guid>().ShouldBe(right);
        (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).ShouldBeProblem(404, "overdose-not-found");
    }

    [Fact]
    public async Task What_became_of_a_moved_report_goes_along_and_what_becomes_of_it_later_is_the_right_persons()
    {
        var (wrong, right) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Colleague));
        var overdoseId = await county.ReportAsync(Agent, wrong);
        var overdose = $"/api/overdoses/{overdoseId}";
        (await county.ChangeAsync(Agent, overdose + "/confirm", await county.VersionAsync(Agent, overdose), Api.Overdoses.ConfirmRequest.Example)).ShouldSucceed();
        var (report, confirmed) = (await EntryAsync(wrong, "overdose_reported"), await EntryAsync(wrong, "overdose_confirmed"));
        var ofWrong = await county.TimelineAsync(Agent, wrong);

        var mistakeId = await DeclareAsync(Supervisor, wrong, right, report);
        (await county.TimelineAsync(Agent, wrong)).ShouldBe(ofWrong.Except([report, confirmed]));
        (await county.TimelineAsync(Colleague, right)).ShouldBeSubsetOf([.. await county.TimelineAsync(Officer, right)]);
        (await county.TimelineAsync(Colleague, right)).ShouldContain(report);
        (await county.TimelineAsync(Colleague, right)).ShouldContain(confirmed);
        (await county.ChangeAsync(Colleague, overdose + "/rule-out", await county.VersionAsync(Colleague, overdose), new { reason = "Seen asleep." })).ShouldSucceed();
        var ruledOut = await EntryAsync(right, "overdose_ruled_out");

        await UndoAsync(Supervisor, wrong, mistakeId);
        (await county.TimelineAsync(Agent, wrong)).ShouldBe(ofWrong);
        (await county.TimelineAsync(Colleague, right)).ShouldContain(ruledOut, "what was recorded meanwhile stays where it was recorded");
        (await county.TimelineAsync(Colleague, right)).ShouldNotContain(confirmed);
    }

    [Fact]
    public async Task What_decides_something_stays_and_both_records_say_that_it_is_on_the_wrong_one()
    {
        var (wrong, right) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Colleague));
        var ofRight = await county.TimelineAsync(Colleague, right);
        var ofWrong = await county.TimelineAsync(Agent, wrong);
        var started = await EntryAsync(wrong, "supervision_started");

        var mistakeId = await DeclareAsync(Supervisor, wrong, right, started);

        (await county.TimelineAsync(Agent, wrong)).ShouldBe(ofWrong);
        var there = (await county.AskAsync(Agent, Of(wrong, "/timeline?kind=supervision_started"))).ShouldSucceed();
        there.Json["items"]![0]!["mistaken"]!["at"].ShouldNotBeNull();
        there.Text.ShouldNotContain(right.ToString());
        var here = (await county.AskAsync(Colleague, Of(right, "/timeline?kind=identity_mistake_declared"))).ShouldSucceed();
        var mark = here.Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        mark["summary"]!.GetValue<string>().ShouldBe("On another record by mistake: supervision started (1)");
        mark["sourceAgency"]!.GetValue<string>().ShouldBe("dcc");
        here.Text.ShouldNotContain(wrong.ToString());
        (await DeclaringAsync(Supervisor, wrong, right, started)).ShouldBeProblem(409, "entry-already-moved");

        await UndoAsync(Supervisor, wrong, mistakeId);
        (await county.TimelineAsync(Colleague, right)).ShouldBe(ofRight);
        (await county.AskAsync(Agent, Of(wrong, "/timeline?kind=supervision_started"))).ShouldSucceed().Json["items"]![0]!["mistaken"].ShouldBeNull();
        (await county.Database.RebuildAsync("timeline", (_, _) => { }, TestContext.Current.CancellationToken)).ShouldBe(1);
        (await county.TimelineAsync(Colleague, right)).ShouldBe(ofRight);
    }

    [Fact]
    public async Task A_contact_that_is_moved_is_the_last_one_of_the_right_person_on_the_caseload_and_no_more_of_the_wrong_one()
    {
        await using var county = await County.WithAsync();
        var (wrong, right, elsewhere) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent), await county.SuperviseAsync(SouthAgent));
        await county.ContactAsync(Agent, wrong);
        var kept = (await LinesAsync()).Of;
        await county.ContactAsync(Agent, wrong, "Of the namesake.");
        var (then, before) = (await LinesAsync(), await county.TimelineAsync(Officer, wrong, "kind=supervision_contact_reported&direction=newest"));
        (then.Of[wrong] > kept[wrong], then.Of[right]).ShouldBe((true, null));

        var mistake = await county.PostAsync(Supervisor, Of(wrong, "/identity-mistakes"), new MistakeRequest([before[0]], IdentityEvidence.RecordsCompared, "A namesake.", right));
        mistake.Status.ShouldBe(201, mistake.Text);

        var moved = await LinesAsync();
        (moved.Of[wrong], moved.Of[right]).ShouldBe((kept[wrong], then.Of[wrong]));
        moved.Position.ShouldBeGreaterThan(then.Position);
        (await LinesAsync($"?asRecordedPosition={then.Position}")).Of.ShouldBe(then.Of);
        (await LinesAsync($"?asRecordedPosition={moved.Position}")).Of.ShouldBe(moved.Of);
        (await LinesAsync("", SouthAgent)).Of[elsewhere].ShouldBeNull();
        var merge = await county.MergeAsync(Supervisor, right, wrong);
        (await LinesAsync()).Of[right].ShouldBe(then.Of[wrong]);
        await county.ReverseAsync(Supervisor, right, merge);

        (await county.PostAsync(Supervisor, Of(wrong, $"/identity-mistakes/{mistake.Json["mistakeId"]!.GetValue<Guid>()}/undo"), UndoRequest.Example)).ShouldSucceed();
        var undone = await LinesAsync();
        undone.Of.ShouldBe(then.Of);
        undone.Position.ShouldBeGreaterThan(moved.Position);
        (await county.Database.RebuildAsync("caseload", (_, _) => { }, TestContext.Current.CancellationToken)).ShouldBe(1);
        (await LinesAsync()).Of.ShouldBe(then.Of);

        async Task<(Dictionary<Guid, DateTimeOffset?> Of, long Position)> LinesAsync(string query = "", Actor? agent = null)
        {
            var answer = (await county.AskAsync(agent ?? Agent, "/api/caseload" + query)).ShouldSucceed().Json;
            var lines = answer["items"]!.AsArray().ToDictionary(item => item!["clientId"]!.GetValue<Guid>(), item => item!["ownLastContactAt"]?.GetValue<DateTimeOffset>());
            return (lines, answer["position"]!.GetValue<long>());
        }
    }

    [Fact]
    public async Task They_may_be_nobodys_that_is_known()
    {
        var wrong = await county.SuperviseAsync(Agent);
        await county.ContactAsync(Agent, wrong);
        var contact = await EntryAsync(wrong, "supervision_contact_reported");

        var mistakeId = await DeclareAsync(Officer, wrong, null, contact);
        (await county.TimelineAsync(Officer, wrong)).ShouldNotContain(contact);
        await UndoAsync(Officer, wrong, mistakeId);
        (await county.TimelineAsync(Agent, wrong)).ShouldContain(contact);
        (await county.AskAsync(Supervisor, Of(wrong, "/identity"))).ShouldSucceed().Json["mistakes"]!.AsArray().ShouldBeEmpty("it was not their agency's declaration");
    }

    [Fact]
    public async Task Whoever_declares_that_nobody_knows_whose_they_are_sees_it_and_takes_it_back_and_nobody_elses()
    {
        var wrong = await county.SuperviseAsync(Agent);
        await county.ContactAsync(Agent, wrong);
        var contact = await EntryAsync(wrong, "supervision_contact_reported");

        var mistakeId = await DeclareAsync(Supervisor, wrong, null, contact);
        var told = (await county.AskAsync(Supervisor, Of(wrong, "/identity"))).ShouldSucceed().Json["mistakes"]!.AsArray().ShouldHaveSingleItem()!;
        (told["mistakeId"]!.GetValue<Guid>(), told["reason"]!.GetValue<string>(), told["rightClientId"]).ShouldBe((mistakeId, "A namesake.", null));
        (await county.TimelineAsync(Supervisor, wrong)).ShouldNotContain(contact, "it opens nothing");
        await UndoAsync(Supervisor, wrong, mistakeId);
        (await county.TimelineAsync(Agent, wrong)).ShouldContain(contact);

        var officers = await DeclareAsync(Officer, wrong, null, contact);
        (await county.PostAsync(Supervisor, Of(wrong, $"/identity-mistakes/{officers}/undo"), UndoRequest.Example)).ShouldBeProblem(404, "mistake-not-found");
        (await county.PostAsync(SouthSupervisor, Of(wrong, $"/identity-mistakes/{officers}/undo"), UndoRequest.Example)).Status.ShouldBe(404);
        await UndoAsync(Officer, wrong, officers);
    }

    [Fact]
    public async Task A_mistaken_alias_is_marked_on_the_page_and_finds_nobody_while_the_mistake_stands()
    {
        var (wrong, right) = (await county.NamedAsync(Agent, "Ottoline", "Aliasholder"), await county.NamedAsync(Agent, "Perpetua", "Otherperson"));
        (await county.PostAsync(Agent, Of(wrong, "/aliases"), new Api.Clients.AliasRequest("Zebediah"))).ShouldSucceed();
        (await county.PostAsync(Agent, Of(wrong, "/aliases"), new Api.Clients.AliasRequest("Marmaduke"))).ShouldSucceed();
        var told = await county.Database.Store.ReadStreamAsync("demo", wrong, cancellation: TestContext.Current.CancellationToken);
        var alias = told.Events.First(recorded => recorded.Data is CaseFlow.Domain.Clients.AliasAdded).EventId;
        (await FoundAsync("Zebediah")).ShouldBe([wrong]);

        var mistakeId = await DeclareAsync(Supervisor, wrong, right, alias);
        (await FoundAsync("Zebediah")).ShouldBeEmpty();
        (await FoundAsync("Marmaduke")).ShouldBe([wrong]);
        (await MarkedAsync()).ShouldBe([("Zebediah", true), ("Marmaduke", false)]);

        await UndoAsync(Supervisor, wrong, mistakeId);
        (await FoundAsync("Zebediah")).ShouldBe([wrong]);
        (await MarkedAsync()).ShouldAllBe(one => !one.IsMistaken);

        async Task<List<Guid>> FoundAsync(string called) =>
            [.. (await county.PostAsync(Agent, "/api/clients/search", new { alias = called })).ShouldSucceed().Json["items"]!.AsArray().Select(item => item!["clientId"]!.GetValue<Guid>())];

        async Task<List<(string Alias, bool IsMistaken)>> MarkedAsync() =>
            [.. (await county.GetAsync(Agent, Of(wrong))).ShouldSucceed().Json["aliases"]!.AsArray().Select(one => (one!["alias"]!.GetValue<string>(), one["isMistaken"]!.GetValue<bool>()))];
    }

    [Fact]
    public async Task Is_declared_by_those_whose_entries_they_are()
    {
        var (wrong, right, south) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent), await county.SuperviseAsync(SouthAgent));
        await county.ReferAsync(Agent, wrong, "recovery-coaches");
        (await county.PostAsync(Coach, Of(wrong, "/touchpoints/contacts"), new { mode = "phone" })).ShouldSucceed();
        await county.ContactAsync(Agent, wrong);
        var (own, coaches) = (await EntryAsync(wrong, "supervision_contact_reported"), await EntryAsync(wrong, "contact_made"));

        (await DeclaringAsync(Supervisor, wrong, right, coaches)).ShouldBeProblem(404, "entry-not-found");
        (await DeclaringAsync(Supervisor, wrong, right, Guid.CreateVersion7())).ShouldBeProblem(404, "entry-not-found");
        await county.ShouldNotExistAsync(Supervisor, south, id => DeclaringAsync(Supervisor, wrong, id, own));
        (await DeclaringAsync(Supervisor, wrong, right)).ShouldBeProblem(422, "mistake-without-entries");
        (await DeclaringAsync(Supervisor, wrong, wrong, own)).ShouldBeProblem(422, "mistake-of-one-person");
        (await DeclaringAsync(Agent, wrong, right, own)).ShouldBeProblem(403, "role-not-allowed");

        await DeclareAsync(Officer, wrong, right, coaches);
        (await county.PostAsync(Supervisor, Of(wrong, $"/identity-mistakes/{Guid.CreateVersion7()}/undo"), UndoRequest.Example)).ShouldBeProblem(404, "mistake-not-found");
    }

    [Fact]
    public async Task Of_two_at_once_with_one_entry_one_is_kept()
    {
        var (wrong, right, other) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        await county.ContactAsync(Agent, wrong);
        var contact = await EntryAsync(wrong, "supervision_contact_reported");

        var replies = await Task.WhenAll(DeclaringAsync(Supervisor, wrong, right, contact), DeclaringAsync(Officer, wrong, other, contact));

        replies.Count(reply => reply.Status == 201).ShouldBe(1, string.Join('\n', replies.Select(reply => reply.Text)));
        replies.ShouldAllBe(reply => reply.Status == 201 || reply.Status == 404 || reply.Status == 409);
        ((await county.TimelineAsync(Officer, right)).Contains(contact) ^ (await county.TimelineAsync(Officer, other)).Contains(contact)).ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_told_of_it_once_the_other_person_is_sealed()
    {
        var (wrong, right) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        await county.ContactAsync(Agent, wrong);
        await DeclareAsync(Officer, wrong, right, await EntryAsync(wrong, "supervision_contact_reported"));
        (await county.AskAsync(Officer, Of(wrong, "/identity"))).ShouldSucceed().Text.ShouldContain(right.ToString());

        await county.OrderAsync(right);

        var told = (await county.AskAsync(Officer, Of(wrong, "/identity"))).ShouldSucceed();
        told.Json["mistakes"]!.AsArray().ShouldBeEmpty();
        told.Text.ShouldNotContain(right.ToString());
        told.Text.ShouldNotContain("A namesake.");
    }

    [Fact]
    public async Task An_agent_who_learns_of_the_overdose_meanwhile_owes_nothing_for_the_wrong_person()
    {
        var (wrong, right) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(SouthAgent));
        var overdoseId = await county.ReportAsync(Dispatcher, wrong);
        var report = await EntryAsync(wrong, "overdose_reported");
        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("select 1 from caseflow.mt_streams where tenant_id = 'demo' and id = @id for update", connection))
        {
            hold.Parameters.AddWithValue("id", StreamIds.Supervision(wrong));
            (await hold.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        }

        // The knowing is decided and cannot be recorded yet; the mistake is declared, or waits for the knowing.
        var knowing = county.KnowAsync(Agent, wrong, overdoseId);
        await UntilAsync(async () => await WaitingAsync() == 1);
        var declaring = DeclaringAsync(Officer, wrong, right, report);
        await UntilAsync(async () => declaring.IsCompleted || await WaitingAsync() == 2);
        var declaredFirst = declaring.IsCompleted;
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        (await declaring).Status.ShouldBe(201, (await declaring).Text);
        var known = await knowing;
        known.Status.ShouldBe(declaredFirst ? 404 : 204, known.Text);
        (await county.EventsAsync("referral_duty_triggered", wrong)).ShouldBe(declaredFirst ? 0 : 1);

        async Task<long> WaitingAsync()
        {
            await using var command = source.CreateCommand(
                "select count(*) from pg_stat_activity where wait_event in ('transactionid', 'tuple') and datname = current_database()");
            return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        for (var tries = 0; !await reached(); tries++)
        {
            tries.ShouldBeLessThan(400, "what is waited for does not come");
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }

    private Task<Reply> DeclaringAsync(Actor actor, Guid wrong, Guid? right, params Guid[] entries) => county.PostAsync(
        actor, Of(wrong, "/identity-mistakes"), new MistakeRequest(entries, IdentityEvidence.RecordsCompared, "A namesake.", right));

    private async Task<Guid> DeclareAsync(Actor actor, Guid wrong, Guid? right, params Guid[] entries)
    {
        var reply = await DeclaringAsync(actor, wrong, right, entries);
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json["mistakeId"]!.GetValue<Guid>();
    }

    private async Task UndoAsync(Actor actor, Guid wrong, Guid mistakeId) =>
        (await county.PostAsync(actor, Of(wrong, $"/identity-mistakes/{mistakeId}/undo"), UndoRequest.Example)).ShouldSucceed();

    private async Task<Guid> EntryAsync(Guid clientId, string kind) =>
        (await county.AskAsync(Officer, Of(clientId, $"/timeline?kind={kind}"))).ShouldSucceed().Json["items"]![0]!["eventId"]!.GetValue<Guid>();
}
