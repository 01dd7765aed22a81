using CaseFlow.Api.Clients;
using CaseFlow.Api.Coaching;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Coaching;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>Whoever coaches a client for a court knows who that is, from the assignment to the end; to every other coach the client does not exist.</summary>
public sealed class KnowingWhomOneCoaches
{
    private static readonly DateTimeOffset First = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_coach_and_the_lead_reach_the_client_while_the_coaching_lasts_and_nobody_else_does()
    {
        await using var county = await County.AtAsync(First);
        await county.FurnishCoachesAsync();
        var client = await county.RegisterAsync(Coordinator, new(RegistrationSource.Court, Name: new RegisterClientDoor.NamePart("Robin", "Planted")));
        var participation = await county.AdmitAsync(client);
        var coaching = await county.OrderAsync(participation);
        await NobodyAsync(county, client, Coach, Lead, Second, OtherLead);

        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldSucceed();
        await SeenAsync(county, client, Coach, Lead);
        await NobodyAsync(county, client, Second, OtherLead);

        (await county.PostAsync(Lead, coaching + "/reassign", new ReassignRequest(Second.Id, CoachChangeReason.Reassigned, "Mondays."))).ShouldSucceed();
        await SeenAsync(county, client, Second, Lead);
        await NobodyAsync(county, client, Coach, OtherLead);

        (await county.PostAsync(Lead, coaching + "/end", new FinishCoachingRequest(CoachingEndReason.Completed, "All is told."))).ShouldSucceed();
        await NobodyAsync(county, client, Coach, Second, Lead, OtherLead);
    }

    private static async Task SeenAsync(County county, Guid client, params Actor[] actors)
    {
        await county.Database.CatchUpAsync(Stop);
        foreach (var actor in actors)
        {
            var read = (await county.GetAsync(actor, $"/api/clients/{client}")).ShouldSucceed();
            read.Json["name"]!["familyName"].ShouldSay("Planted");
            read.Json["identifiers"].ShouldBeNull("what is needed to make contact, as of whom was referred");
            (await county.GetAsync(actor, $"/api/clients/{client}/profile")).ShouldSucceed();
            var timeline = (await county.GetAsync(actor, $"/api/clients/{client}/timeline")).ShouldSucceed().Json["items"]!.AsArray();
            timeline.ShouldNotBeEmpty();
            timeline.ShouldAllBe(item => item!["sourceAgency"]!.GetValue<string>() == "recovery-coaches", "what the court keeps is told by consent alone");
            (await county.PostAsync(actor, "/api/clients/search", new SearchClientsDoor.Request(FamilyName: "Planted", GivenName: "Robin"))).ShouldSucceed().Json["items"]!.AsArray()
                .ShouldHaveSingleItem();
        }
    }

    private static async Task NobodyAsync(County county, Guid client, params Actor[] actors)
    {
        await county.Database.CatchUpAsync(Stop);
        var nobody = Guid.CreateVersion7();
        foreach (var actor in actors)
        {
            foreach (var route in new[] { "", "/profile", "/timeline" })
            {
                var there = await county.GetAsync(actor, $"/api/clients/{client}{route}");
                there.ShouldBeProblem(404, "client-not-found");
                there.Without(client).ShouldBe((await county.GetAsync(actor, $"/api/clients/{nobody}{route}")).Without(nobody));
            }

            (await county.PostAsync(actor, "/api/clients/search", new SearchClientsDoor.Request(FamilyName: "Planted", GivenName: "Robin"))).ShouldSucceed().Json["items"]!.AsArray().ShouldBeEmpty();
        }
    }
}
