using CaseFlow.Domain;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using Npgsql;
using static CaseFlow.Integration.Identities.IdentityStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Identities;

/// <summary>Every view follows a merge and its reversal; what was recorded meanwhile stays on the record that it was recorded on.</summary>
public sealed class SeeingOnePerson(County county) : IClassFixture<County>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timeline_shows_both_records_from_either_and_each_its_own_again()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        await county.ContactAsync(Agent, one);
        await county.ContactAsync(Agent, two);
        var (ownOne, ownTwo) = (await county.TimelineAsync(Agent, one), await county.TimelineAsync(Agent, two));
        var before = (await county.AskAsync(Agent, Of(one, "/timeline"))).Whole();
        var earlier = (await county.AskAsync(Agent, Of(one, "/timeline"))).Json["position"]!.GetValue<long>();

        var mergeId = await county.MergeAsync(Supervisor, one, two);
        foreach (var record in new[] { one, two })
        {
            (await county.TimelineAsync(Agent, record)).ShouldBe([.. ownOne, .. ownTwo], ignoreOrder: true);
            (await county.TimelineAsync(Agent, record, "limit=1")).ShouldBe(await county.TimelineAsync(Agent, record));
            (await county.TimelineAsync(Agent, record, "limit=3&direction=oldest")).ShouldBe((await county.TimelineAsync(Agent, record)).AsEnumerable().Reverse());
            (await county.TimelineAsync(Agent, record, "kind=supervision_contact_reported")).Count.ShouldBe(2);
        }

        var merged = (await county.AskAsync(Agent, Of(one, "/timeline"))).ShouldSucceed();
        await county.ContactAsync(Agent, two, "Recorded while they were one.");
        (await county.TimelineAsync(Agent, one)).Count.ShouldBe(ownOne.Count + ownTwo.Count + 1);

        await county.ReverseAsync(Supervisor, one, mergeId);
        (await county.TimelineAsync(Agent, one)).ShouldBe(ownOne);
        (await county.TimelineAsync(Agent, two)).Count.ShouldBe(ownTwo.Count + 1);

        // Questions about the past: before the merge, while it stood, and after it.
        (await county.AskAsync(Agent, Of(one, $"/timeline?asRecordedPosition={earlier}"))).Whole().ShouldBe(before);
        var then = (await county.AskAsync(Agent, Of(one, $"/timeline?asRecordedPosition={merged.Json["position"]}"))).ShouldSucceed();
        then.Text.ShouldBe(merged.Text);
        var now = (await county.AskAsync(Agent, Of(one, "/timeline"))).ShouldSucceed();
        (await county.AskAsync(Agent, Of(one, $"/timeline?asRecordedPosition={now.Json["position"]}"))).Text.ShouldBe(now.Text);
        // That two records are one person's is no fact with a time of its own: what had occurred is asked of the person as known now.
        (await county.AskAsync(Agent, Of(one, $"/timeline?asOf={Uri.EscapeDataString(county.Now.AddSeconds(1).ToString("O"))}"))).Json["items"]!.AsArray().Count.ShouldBe(ownOne.Count);
    }

    [Fact]
    public async Task Pages_go_on_from_the_moment_of_the_first_though_the_merge_is_taken_back()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        var mergeId = await county.MergeAsync(Supervisor, one, two);
        var whole = await county.TimelineAsync(Agent, one);
        var first = (await county.AskAsync(Agent, Of(one, "/timeline?limit=2"))).ShouldSucceed().Json;

        await county.ReverseAsync(Supervisor, one, mergeId);

        var seen = first["items"]!.AsArray().Select(item => item!["eventId"]!.GetValue<Guid>()).ToList();
        for (var next = first["next"]?.GetValue<string>(); next is not null;)
        {
            var page = (await county.AskAsync(Agent, next)).ShouldSucceed().Json;
            seen.AddRange(page["items"]!.AsArray().Select(item => item!["eventId"]!.GetValue<Guid>()));
            next = page["next"]?.GetValue<string>();
        }

        seen.ShouldBe(whole);
    }

    [Fact]
    public async Task Whoever_reaches_one_record_sees_of_the_other_what_their_own_agency_recorded()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(SouthAgent));
        var (ownOne, ownTwo) = (await county.TimelineAsync(Agent, one), await county.TimelineAsync(SouthAgent, two));
        await county.ReferAsync(SouthAgent, two, "recovery-coaches");
        (await county.PostAsync(Coach, Of(two, "/touchpoints/contacts"), new { mode = "phone" })).ShouldSucceed();
        ownTwo = await county.TimelineAsync(SouthAgent, two);

        var mergeId = await county.MergeAsync(Officer, one, two);

        (await county.TimelineAsync(Agent, one)).ShouldBe([.. ownOne, .. ownTwo], ignoreOrder: true);
        (await county.AskAsync(Agent, Of(two, "/timeline"))).ShouldBeProblem(404, "client-not-found");
        (await county.TimelineAsync(Coach, two)).Count.ShouldBe(1, "the coaches have no entry on the other record");
        (await county.TimelineAsync(Officer, one)).Count.ShouldBe(ownOne.Count + ownTwo.Count + 1);
        await county.ReverseAsync(Officer, one, mergeId);
        (await county.TimelineAsync(Agent, one)).ShouldBe(ownOne);
    }

    [Fact]
    public async Task A_read_of_one_is_on_record_for_both()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        await county.MergeAsync(Supervisor, one, two);
        (await county.AskAsync(Agent, Of(one, "/timeline"))).ShouldSucceed();

        await using var source = NpgsqlDataSource.Create(county.ConnectionString);
        await using var command = source.CreateCommand("select subject_ids from caseflow.cf_access where view = 'timeline' and asked_id = $1 order by at desc limit 1");
        command.Parameters.AddWithValue(one);
        ((Guid[])(await command.ExecuteScalarAsync(Stop))!).ShouldBe([one, two], ignoreOrder: true);

        foreach (var record in new[] { one, two })
        {
            var reads = (await county.GetAsync(Officer, Of(record, "/access"))).ShouldSucceed().Json["items"]!.AsArray();
            reads.Count(read => read!["operation"]!.GetValue<string>() == "readTimeline").ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_caseload_has_one_line_with_the_duties_of_both()
    {
        var agent = new Actor("merging-agent", Role.Agent, "demo", "dcc", "north", Purpose.Supervision);
        await county.EngageAsync(agent);
        var (one, two) = (await county.OweAsync(agent), await county.OweAsync(agent, county.Now.AddMinutes(-5)));
        var quiet = await county.SuperviseAsync(agent);
        var before = (await county.AskAsync(agent, "/api/caseload")).Whole();
        before.ShouldContain(two.ClientId.ToString());

        var mergeId = await county.MergeAsync(Supervisor, two.ClientId, one.ClientId);
        var items = (await county.AskAsync(agent, "/api/caseload")).ShouldSucceed().Json["items"]!.AsArray();
        items.Select(item => item!["clientId"]!.GetValue<Guid>()).ShouldBe([two.ClientId, quiet]);
        items[0]!["otherRecords"]!.AsArray().ShouldHaveSingleItem()!.GetValue<Guid>().ShouldBe(one.ClientId);
        items[0]!["openDuties"]!.AsArray().Select(duty => duty!["dutyId"]!.GetValue<Guid>()).ShouldBe([one.DutyId, two.DutyId], ignoreOrder: true);
        var merged = (await county.AskAsync(agent, "/api/caseload")).ShouldSucceed();
        var first = (await county.AskAsync(agent, "/api/caseload?limit=1")).ShouldSucceed().Json;
        (await county.AskAsync(agent, first["next"]!.GetValue<string>())).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem();

        await county.ReverseAsync(Supervisor, two.ClientId, mergeId);
        (await county.AskAsync(agent, "/api/caseload")).ShouldSucceed().Json["items"]!.AsArray().Count.ShouldBe(3);
        (await county.AskAsync(agent, $"/api/caseload?asRecordedPosition={merged.Json["position"]}")).Text.ShouldBe(merged.Text);
    }

    [Fact]
    public async Task A_duty_queue_asked_for_the_client_has_the_duties_of_both_and_each_is_judged()
    {
        var (one, two) = (await county.OweAsync(Agent), await county.OweAsync(Agent));
        (await DutiesAsync(one.ClientId)).ShouldBe([one.DutyId]);

        var mergeId = await county.MergeAsync(Supervisor, one.ClientId, two.ClientId);
        foreach (var record in new[] { one.ClientId, two.ClientId })
        {
            (await DutiesAsync(record)).ShouldBe([one.DutyId, two.DutyId], ignoreOrder: true);
            (await county.AskAsync(Agent, $"/api/referral-compliance/counts?client={record}")).Json["counts"]!["open"]!.GetValue<int>().ShouldBe(2);
        }

        var items = (await county.AskAsync(Agent, $"/api/referral-compliance?client={two.ClientId}")).Json["items"]!.AsArray();
        items.ShouldAllBe(item => item!["personId"]!.GetValue<Guid>() == one.ClientId);
        (await county.DutiesAsync(Agent, two.ClientId)).Select(duty => duty!["clientId"]!.GetValue<Guid>()).ShouldBe([two.ClientId, one.ClientId]);
        (await county.DeclineAsync(Agent, two.ClientId)).ShouldSucceed();
        (await county.AskAsync(Agent, $"/api/referral-compliance/counts?client={one.ClientId}")).Json["counts"]!["notInterested"]!.GetValue<int>().ShouldBe(1);
        (await county.AskAsync(Agent, $"/api/referral-compliance/counts?client={one.ClientId}")).Json["counts"]!["open"]!.GetValue<int>().ShouldBe(1);

        await county.ReverseAsync(Supervisor, one.ClientId, mergeId);
        (await DutiesAsync(one.ClientId)).ShouldBe([one.DutyId]);
        (await DutiesAsync(two.ClientId)).ShouldBe([two.DutyId]);

        async Task<List<Guid>> DutiesAsync(Guid clientId) =>
            [.. (await county.AskAsync(Agent, $"/api/referral-compliance?client={clientId}")).ShouldSucceed().Json["items"]!.AsArray().Select(item => item!["dutyId"]!.GetValue<Guid>())];
    }

    [Fact]
    public async Task What_the_agent_learns_goes_to_the_record_that_stands_for_the_person_and_makes_one_duty()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        var known = await county.ReportAsync(Agent, two);
        (await county.KnowAsync(Agent, two, known)).ShouldSucceed();
        await county.MergeAsync(Supervisor, one, two);
        var later = await county.ReportAsync(Agent, two);

        (await county.KnowAsync(Agent, two, later)).ShouldSucceed();
        (await county.EventsAsync("overdose_known_to_agent", one)).ShouldBe(1);
        (await county.EventsAsync("overdose_known_to_agent", two)).ShouldBe(1);
        (await county.KnowAsync(Agent, one, known, county.Now.AddMinutes(-10))).Status.ShouldBeOneOf(204, 409);
        (await county.EventsAsync("overdose_known_to_agent", one)).ShouldBe(1, "it is known already, on the other record");
        (await county.DutiesAsync(Agent, one)).Count.ShouldBe(2);
        (await county.DutiesAsync(Agent, two)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_inbox_says_which_of_its_referrals_are_of_one_person()
    {
        var (one, two, other) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        foreach (var client in new[] { one, two, other })
            await county.ReferAsync(Agent, client, "peer-house");
        (await PersonsAsync()).ShouldBe([one, two, other], ignoreOrder: true);

        var mergeId = await county.MergeAsync(Supervisor, two, one);
        (await PersonsAsync()).ShouldBe([two, two, other], ignoreOrder: true);
        await county.ReverseAsync(Supervisor, two, mergeId);
        (await PersonsAsync()).ShouldBe([one, two, other], ignoreOrder: true);

        async Task<List<Guid>> PersonsAsync() =>
            [.. (await county.AskAsync(OtherCoach, "/api/referral-inbox?limit=200")).ShouldSucceed().Json["items"]!.AsArray()
                .Where(item => new[] { one, two, other }.Contains(item!["clientId"]!.GetValue<Guid>())).Select(item => item!["personId"]!.GetValue<Guid>())];
    }

    [Fact]
    public async Task A_copy_of_the_record_and_its_accounting_are_of_the_person()
    {
        var (one, two) = (await county.NamedAsync(Agent, "Benedicta", "Olmsted"), await county.NamedAsync(Agent, "Benny", "Olmsted"));
        await county.ContactAsync(Agent, two, "Told on the other record.");
        (await county.PostAsync(Agent, Of(two, "/disclosures"), new { purpose = "requiredByLaw", content = new[] { "attendance" }, basis = "requiredByLaw", method = "phone", recipientName = "County medical examiner", law = "wis-stat-979-01" })).ShouldSucceed();
        await county.MergeAsync(Supervisor, one, two);
        await county.Database.CatchUpAsync(Stop);
        var ask = new Api.Disclosures.RecordsAsk(new(Domain.Disclosures.ProofOfIdentity.PhotoDocument), "Everything.", Guid.CreateVersion7());
        (await county.PostAsync(Officer, Of(one, "/records-requests"), ask)).ShouldSucceed();

        var copy = (await county.GetAsync(Officer with { Purpose = Purpose.OwnRecord }, Of(one, $"/records-requests/{ask.RequestId}/copy"))).ShouldSucceed();
        copy.Text.ShouldContain("Told on the other record.");
        copy.Json["client"]!["name"]!["givenName"]!.GetValue<string>().ShouldBe("Benedicta");
        copy.Json["furtherRecords"]![0]!["name"]!["givenName"]!.GetValue<string>().ShouldBe("Benny");
        (await county.GetAsync(Officer, Of(one, "/accounting"))).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_consent_on_either_record_is_listed_and_taken_back_where_it_is()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        foreach (var client in new[] { one, two })
            await county.ReferAsync(Agent, client, "recovery-coaches");
        var consentId = await county.GrantedAsync(two);
        var mergeId = await county.MergeAsync(Supervisor, one, two);

        var listed = (await county.GetAsync(Coach, Of(one, "/consents"))).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        (listed["consentId"]!.GetValue<Guid>(), listed["standing"]!.GetValue<string>()).ShouldBe((consentId, "inForce"));
        (await county.PostAsync(Coach, Of(one, $"/consents/{consentId}/take-back"), new { mode = "oral" })).ShouldSucceed();
        (await county.EventsAsync("consent_protective_hold_placed", two)).ShouldBe(1);

        await county.ReverseAsync(Supervisor, one, mergeId);
        (await county.GetAsync(Coach, Of(one, "/consents"))).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();
        (await county.GetAsync(Coach, Of(two, "/consents"))).ShouldSucceed().Json["items"]![0]!["standing"]!.GetValue<string>().ShouldBe("held");
        (await county.PostAsync(Coach, Of(one, $"/consents/{consentId}/take-back"), new { mode = "oral" })).ShouldBeProblem(404, "consent-not-found");
    }
}
