using CaseFlow.Api.Disclosures;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Disclosures;

/// <summary>A record opened in an emergency: with a reason, for a time, and looked at afterwards.</summary>
public sealed class BreakingTheGlass(County county) : IClassFixture<County>
{
    private static readonly EmergencyDoors.UseRequest Unconscious = new(EmergencyReason.Unconscious, "Found behind the station, not breathing well.");

    [Fact]
    public async Task Is_told_once_and_shown_to_the_privacy_officer_until_reviewed()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var path = Path(clientId);
        var ask = Unconscious with { EmergencyAccessId = Guid.CreateVersion7() };

        var opened = await county.PostAsync(Coach, path, ask);
        opened.ShouldBe(System.Net.HttpStatusCode.Created);
        opened.Json["validUntil"]!.GetValue<DateTimeOffset>().ShouldBeInRange(county.Now.AddHours(4).AddMinutes(-1), county.Now.AddHours(4).AddMinutes(1));
        var again = await county.PostAsync(Coach, path, ask);
        again.ShouldBe(System.Net.HttpStatusCode.OK).Json["validUntil"]!.ToJsonString().ShouldBe(opened.Json["validUntil"]!.ToJsonString());
        (await county.PostAsync(OtherCoach, path, ask)).ShouldBeProblem(409, "emergency-access-used-differently");

        var shown = (await county.GetAsync(Officer, path)).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        shown["usedBy"].ShouldSay("coach-1");
        shown["reason"].ShouldSay(Unconscious.Reason);
        shown["verdict"].ShouldBeNull();
        shown["isReviewOverdue"]!.GetValue<bool>().ShouldBeFalse();

        var review = $"{path}/{ask.EmergencyAccessId}/review";
        (await county.PostAsync(Officer, review, new EmergencyDoors.ReviewRequest(EmergencyVerdict.NotJustified, "No emergency that night."))).ShouldSucceed();
        (await county.PostAsync(Officer, review, new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified))).ShouldBeProblem(409, "emergency-access-reviewed-differently");
        (await county.PostAsync(Officer, $"{path}/{Guid.CreateVersion7()}/review", new EmergencyDoors.ReviewRequest(EmergencyVerdict.Justified)))
            .ShouldBeProblem(404, "emergency-access-not-found");
        (await county.GetAsync(Officer, path)).Json["items"]![0]!["verdict"].ShouldSay("notJustified");
    }

    [Fact]
    public async Task Who_may_not_open_learns_nothing_of_who_exists()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var nobody = Guid.CreateVersion7();

        var named = await county.PostAsync(Agent, Path(clientId), Unconscious);
        named.ShouldBeProblem(403, "emergency-access-not-for-care");
        named.Without(clientId).ShouldBe((await county.PostAsync(Agent, Path(nobody), Unconscious)).Without(nobody));
        (await county.PostAsync(Coach, Path(nobody), Unconscious)).ShouldBeProblem(404, "client-not-found");
    }

    private static string Path(Guid clientId) => $"/api/clients/{clientId}/emergency-access";
}
