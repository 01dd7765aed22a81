using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Integration.Asking;
using static CaseFlow.Integration.Asking.People;
using static CaseFlow.Integration.Asking.StoppedCounty;

namespace CaseFlow.Integration.Privacy;

/// <summary>What a court order shows although nobody consented (42 CFR 2.61), and what the end of a restriction gives back.</summary>
public sealed class ShowingByOrder
{
    private static readonly ConsentInformation[] Ordered = [ConsentInformation.Attendance, ConsentInformation.Discharge];

    [Fact]
    public async Task An_order_shows_what_it_names_to_those_it_is_for_until_it_ends_and_is_accounted_for()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        foreach (var actor in new[] { Judge, Coordinator, Prosecutor })
            (await county.AskAsync(actor, Path(story))).ShouldBeProblem(404, "client-not-found");

        var orderId = await OrderAsync(county, story.ClientId, CourtOrderBasis.NonCriminal, county.Clock.Now.AddDays(10));

        var heard = await county.AskAsync(Judge, Path(story));
        var items = heard.Ok()["items"]!.AsArray();
        items.Select(item => item!["kind"]!.GetValue<string>()).Order().ShouldBe(["contact_made", "referral_closed"]);
        items.ShouldAllBe(item => item!["basis"]!.GetValue<string>() == "courtOrder" && item["orderId"]!.GetValue<Guid>() == orderId && item["consentId"] == null);
        heard.Ok()["otherAgencies"]!.GetValue<string>().ShouldBe("by-order");
        heard.Ok()["notice"].ShouldBeNull("nobody consented");
        (await county.AskAsync(Prosecutor, Path(story))).ShouldBeProblem(404, "client-not-found");
        (await county.AskAsync(Agent1, Path(story))).Ok()["items"]!.AsArray().ShouldNotContain(item => item!["basis"]!.GetValue<string>() == "courtOrder");
        var told = (await county.Database.Store.ReadStreamAsync(Jurisdiction, StreamIds.Disclosures(story.ClientId), cancellation: Cancellation))
            .Events.Select(recorded => recorded.Data).Cast<DisclosureMade>().ToList();
        told.Count.ShouldBe(2);
        told.ShouldAllBe(fact => fact.Basis == DisclosureBasis.CourtOrder && fact.BasisId == orderId && fact.DisclosingAgency == Stories.Provider && fact.NoticeVersion == null);

        county.Clock.Now = county.Clock.Now.AddDays(10);
        (await county.AskAsync(Judge, Path(story))).ShouldBeProblem(404, "client-not-found");
    }

    [Fact]
    public async Task An_order_to_prosecute_is_for_the_prosecution_and_one_under_state_law_opens_no_Part_2_record()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        await OrderAsync(county, story.ClientId, CourtOrderBasis.Wi5130);
        (await county.AskAsync(Coordinator, Path(story))).Ok()["items"]!.AsArray().ShouldBeEmpty();

        await OrderAsync(county, story.ClientId, CourtOrderBasis.CriminalAgainstClient);

        (await county.AskAsync(Prosecutor, Path(story))).Ok()["items"]!.AsArray().Count.ShouldBe(2);
        (await county.AskAsync(Coordinator, Path(story))).Ok()["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_shows_engagement_in_the_duty_queue_without_a_consent()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        await OrderAsync(county, story.ClientId, CourtOrderBasis.NonCriminal, to: "dcc", information: [ConsentInformation.Engagement]);

        (await county.AskAsync(Agent1, $"referral-compliance/{story.DutyId}")).Ok()["duty"]!["engagement"]!.GetValue<string>().ShouldBe("accepted");
    }

    [Fact]
    public async Task A_source_without_consent_but_with_an_order_is_not_missing_what_the_order_names()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        await county.GrantAsync(
            story.ClientId, ConsentStories.ToCourt with { Disclosers = [Stories.Provider], Information = [ConsentInformation.Engagement, ConsentInformation.Progress] },
            ConsentKind.CourtTeam);
        await OrderAsync(county, story.ClientId, CourtOrderBasis.NonCriminal);

        var missing = (await county.AskAsync(Coordinator, $"clients/{story.ClientId}/consents/missing")).Ok()["items"]!.AsArray().Single()!;
        missing["information"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["testResults"]);
    }

    [Fact]
    public async Task A_restriction_that_the_agency_ended_holds_what_it_had_and_frees_what_it_receives()
    {
        await using var county = await FoundAsync();
        var story = await CoachedAsync(county);
        await county.GrantAsync(story.ClientId, ConsentStories.ToCorrections);
        var restrictionId = Guid.CreateVersion7();
        await county.TellAsync(
            story.ClientId,
            new RestrictionRequested(restrictionId, Stories.Provider, "dcc", [], [], Words: null) { ClientId = story.ClientId }.At(Cdt(6, 11, 9)),
            new RestrictionAgreed(restrictionId, Coach.Id) { ClientId = story.ClientId }.At(Cdt(6, 11, 9)));
        await county.ShowAsync();
        (await ContactsAsync(county, story)).ShouldBe(0);

        await EndAsync(county, story.ClientId, restrictionId, RestrictionEnder.Agency, Cdt(6, 14, 9));
        (await ContactsAsync(county, story)).ShouldBe(0, "the contact of the twelfth was received before");
        await county.RecordAsync(Coach, StreamIds.Touchpoints(story.ClientId, Stories.Provider), "touchpoints",
            [new ContactMade(ContactMode.Phone, 10) { ClientId = story.ClientId }.At(Cdt(6, 14, 10))]);
        await county.ShowAsync();
        (await ContactsAsync(county, story)).ShouldBe(1);

        await EndAsync(county, story.ClientId, restrictionId, RestrictionEnder.Client, Cdt(6, 15, 8));
        (await ContactsAsync(county, story)).ShouldBe(2);
    }

    private static string Path(Story story) => $"clients/{story.ClientId}/timeline?direction=oldest";

    private static async Task<int> ContactsAsync(StoppedCounty county, Story story) =>
        (await county.AllAsync(Agent1, Path(story) + "&limit=1")).Count(item => item["kind"]!.GetValue<string>() == "contact_made");

    private static async Task EndAsync(StoppedCounty county, Guid clientId, Guid restrictionId, RestrictionEnder by, DateTimeOffset at)
    {
        await county.TellAsync(clientId, new RestrictionEnded(restrictionId, by, Coach.Id, Words: null) { ClientId = clientId }.At(at));
        await county.ShowAsync();
    }

    private static async Task<Guid> OrderAsync(
        StoppedCounty county, Guid clientId, CourtOrderBasis basis, DateTimeOffset? until = null, string to = "court", ConsentInformation[]? information = null)
    {
        var orderId = Guid.CreateVersion7();
        await county.TellAsync(clientId, new CourtOrderForDisclosureReceived(
            orderId, basis, Stories.Provider, to, information ?? Ordered, until, Sealed<string>.Of("Branch 3"), Coach.Id)
        {
            ClientId = clientId,
        }.At(county.Clock.Now));
        await county.ShowAsync();
        return orderId;
    }

    private static async Task<Story> CoachedAsync(StoppedCounty county)
    {
        var story = await county.OverdoseKnownAsync(await county.ClientAsync(), Cdt(6, 9, 10), Cdt(6, 10, 10));
        await story.SentAsync(Cdt(6, 9, 11));
        await story.DeliveredAsync(Cdt(6, 9, 12));
        await story.CoachedAsync(Cdt(6, 12, 9));
        await county.ShowAsync();
        return story;
    }
}
