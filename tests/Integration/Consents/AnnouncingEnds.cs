using CaseFlow.Api.Composition;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Integration.Asking;
using CaseFlow.Integration.Privacy;
using static CaseFlow.Integration.Asking.People;

namespace CaseFlow.Integration.Consents;

/// <summary>From the log's timers to the lists of the agencies that a consent names.</summary>
public sealed class AnnouncingEnds
{
    [Fact]
    public async Task Each_agency_that_it_names_is_told_before_the_end_and_at_it()
    {
        await using var county = await StoppedCounty.FoundAsync();
        var (clientId, consentId, ends) = await GrantedAsync(county);

        (await SendAsync(county)).ShouldBe(0, "nothing is due");
        (await KindsAsync(county, Coach)).ShouldBeEmpty();
        county.Clock.Now = ends.AddDays(-30);
        (await SendAsync(county)).ShouldBe(1);
        (await SendAsync(county)).ShouldBe(0, "each goes out once");
        (await KindsAsync(county, Coach)).ShouldBe(["ending"]);
        county.Clock.Now = ends.AddDays(1);
        (await SendAsync(county)).ShouldBe(2);

        (await KindsAsync(county, Coach)).ShouldBe(["expired", "ending"], "the notice of a week before is pointless once it is over");
        (await KindsAsync(county, Coordinator)).ShouldBe(["expired", "ending"]);
        (await KindsAsync(county, PrivacyOfficer)).ShouldBe(["expired", "ending"]);
        (await KindsAsync(county, OtherCoach)).ShouldBeEmpty();
        (await county.AskAsync(Agent1, "consent-notices")).ShouldBeProblem(403, "role-not-allowed");
        var item = (await county.AllAsync(Coach, "consent-notices?limit=1"))[0];
        (item["clientId"]!.GetValue<Guid>(), item["consentId"]!.GetValue<Guid>(), item["standing"]!.GetValue<string>()).ShouldBe((clientId, consentId, "expired"));
    }

    [Fact]
    public async Task What_is_taken_back_or_renewed_before_is_not_announced()
    {
        await using var county = await StoppedCounty.FoundAsync();
        var (clientId, consentId, ends) = await GrantedAsync(county);
        await county.RevokeAsync(clientId, consentId);
        await county.ShowAsync();
        county.Clock.Now = ends.AddDays(1);

        await SendAsync(county);

        (await KindsAsync(county, PrivacyOfficer)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_somebody_who_died_only_the_end_is_told()
    {
        await using var county = await StoppedCounty.FoundAsync();
        var (clientId, _, ends) = await GrantedAsync(county);
        await county.RecordAsync(
            Coach, clientId, "client", [new ClientDeceased("hospital", Sealed<string>.Of("Told by the ward.")) { ClientId = clientId }.At(county.Clock.Now)]);
        await county.ShowAsync();

        county.Clock.Now = ends.AddDays(-30);
        await SendAsync(county);
        (await KindsAsync(county, Coach)).ShouldBeEmpty("nobody is asked to renew it");
        county.Clock.Now = ends.AddDays(1);
        await SendAsync(county);
        (await KindsAsync(county, Coach)).ShouldBe(["expired"]);
    }

    [Fact]
    public async Task A_death_on_another_record_of_the_person_counts_until_it_is_found_to_be_somebody_elses()
    {
        await using var county = await StoppedCounty.FoundAsync();
        var (clientId, _, ends) = await GrantedAsync(county);
        var (other, mergeId) = (await county.ClientAsync(), Guid.CreateVersion7());
        await county.RecordAsync(
            Coach, other, "client", [new ClientDeceased("hospital", Sealed<string>.Of("Told by the ward.")) { ClientId = other }.At(county.Clock.Now)]);
        await county.RecordAsync(
            PrivacyOfficer, StreamIds.Identities(StoppedCounty.Jurisdiction), "identities",
            [new ClientsMerged(mergeId, other, IdentityEvidence.DocumentSeen, Sealed<string>.Of("One licence.")) { ClientId = clientId }.At(county.Clock.Now)]);
        await county.ShowAsync();

        county.Clock.Now = ends.AddDays(-30);
        await SendAsync(county);
        (await KindsAsync(county, Coach)).ShouldBeEmpty("nobody is asked to renew it");

        await county.RecordAsync(
            PrivacyOfficer, StreamIds.Identities(StoppedCounty.Jurisdiction), "identities",
            [new MergeReversed(mergeId, other, MergeReversalReason.DifferentPeople, Sealed<string>.Of("Two.")) { ClientId = clientId }.At(county.Clock.Now)]);
        await county.ShowAsync();
        county.Clock.Now = ends.AddDays(-7);
        await SendAsync(county);
        (await KindsAsync(county, Coach)).ShouldBe(["ending"]);
    }

    [Fact]
    public async Task Nobody_is_reminded_to_reach_a_person_who_died_on_another_record_and_that_a_duty_is_overdue_is_told()
    {
        await using var county = await StoppedCounty.FoundAsync();
        var clientId = await county.ClientAsync();
        var other = await county.ClientAsync();
        await county.RecordAsync(
            Coach, other, "client", [new ClientDeceased("hospital", Sealed<string>.Of("Told by the ward.")) { ClientId = other }.At(county.Clock.Now)]);
        await county.RecordAsync(
            PrivacyOfficer, StreamIds.Identities(StoppedCounty.Jurisdiction), "identities",
            [new ClientsMerged(Guid.CreateVersion7(), other, IdentityEvidence.DocumentSeen, Sealed<string>.Of("One licence.")) { ClientId = clientId }.At(county.Clock.Now)]);
        var living = await county.OverdoseKnownAsync(await county.ClientAsync(), county.Clock.Now);
        var story = await county.OverdoseKnownAsync(clientId, county.Clock.Now);
        await county.ShowAsync();
        county.Clock.Now = story.DueAt.AddHours(1);

        var store = county.Database.Store;
        await county.Database.Notices.SendDueAsync(store, new SourceLabels(new Registers(store)), county.Clock.Now, StoppedCounty.Cancellation);

        (await IsSentAsync(living, NoticeKind.Overdue)).ShouldBeTrue();
        (await IsSentAsync(story, NoticeKind.Overdue)).ShouldBeTrue();
        (await IsSentAsync(living, NoticeKind.Reminder)).ShouldBeTrue();
        (await IsSentAsync(story, NoticeKind.Reminder)).ShouldBeFalse();

        async Task<bool> IsSentAsync(Story of, NoticeKind kind) =>
            (await store.ReadStreamAsync(
                StoppedCounty.Jurisdiction, DutyNotices.StreamOf(new NoticeTimer(kind, of.DutyId, of.ClientId, of.DutyId, of.DueAt)),
                cancellation: StoppedCounty.Cancellation)).Events.Count > 0;
    }

    [Fact]
    public async Task A_notice_is_labelled_by_the_agency_whose_records_the_consent_is_about()
    {
        await using var county = await StoppedCounty.FoundAsync();
        var (_, consentId, ends) = await GrantedAsync(county);
        county.Clock.Now = ends;
        await SendAsync(county);

        var timer = new ConsentTimer(Guid.Empty, consentId, ConsentNoticeKind.Expired, ends, ends);
        var notice = await county.Database.Store.ReadStreamAsync(StoppedCounty.Jurisdiction, ConsentNotices.StreamOf(timer), cancellation: StoppedCounty.Cancellation);
        ((Circumstances)notice.Events.Single().Headers!).Labels.ShouldBe(["PART2"]);
    }

    [Fact]
    public async Task Sending_twice_at_once_sends_once()
    {
        await using var county = await StoppedCounty.FoundAsync();
        var (_, _, ends) = await GrantedAsync(county);
        county.Clock.Now = ends;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(county, show: false)));
        await county.ShowAsync();

        (await KindsAsync(county, Coach)).ShouldBe(["expired"]);
    }

    private static async Task<(Guid ClientId, Guid ConsentId, DateTimeOffset Ends)> GrantedAsync(StoppedCounty county)
    {
        var (clientId, ends) = (await county.ClientAsync(), county.Clock.Now.AddDays(100));
        var consentId = await county.GrantAsync(
            clientId, ConsentStories.ToCourt with { Disclosers = [Stories.Provider] }, ConsentKind.CourtTeam, ends, announced: new EndAnnouncements([ends.AddDays(-30), ends.AddDays(-7)]));
        await county.ShowAsync();
        return (clientId, consentId, ends);
    }

    private static async Task<int> SendAsync(StoppedCounty county, bool show = true)
    {
        var store = county.Database.Store;
        var sent = await county.Database.ConsentEnds.SendDueAsync(
            store, new SourceLabels(new Registers(store)), county.Clock.Now, StoppedCounty.Cancellation);
        if (show)
            await county.ShowAsync();
        return sent;
    }

    private static async Task<List<string>> KindsAsync(StoppedCounty county, Actor actor) =>
        [.. (await county.AllAsync(actor, "consent-notices")).Select(item => item["kind"]!.GetValue<string>())];
}
