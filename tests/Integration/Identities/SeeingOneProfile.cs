using CaseFlow.Api.Consents;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.Profile;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Identities.IdentityStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Identities;

/// <summary>A profile is the person's: put together from every record of theirs, each by the rights to that record.</summary>
public sealed class SeeingOneProfile(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Either_record_shows_what_is_on_both_and_each_its_own_again()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        await PlaceAsync(one, "By the mill.");
        await PlaceAsync(two, "By the boathouse.");
        var (before, etag) = (await WithoutPositionAsync(one), (await ProfileAsync(one)).ETag);
        var earlier = await ProfileAsync(one);
        var position = await county.Database.CatchUpToAsync();

        var mergeId = await county.MergeAsync(Supervisor, one, two);
        foreach (var record in new[] { one, two })
        {
            (await PlacesAsync(Agent, record)).ShouldBe(["By the boathouse.", "By the mill."]);
            (await PlacesAsync(Supervisor, record)).ShouldBe(["By the boathouse.", "By the mill."]);
            (await PlacesAsync(Officer, record)).ShouldBe(["By the boathouse.", "By the mill."]);
        }

        var merged = await ProfileAsync(one);
        merged.ETag.ShouldBe(etag, "the version is of the own part of this record");
        merged.Json["places"]!.AsArray().Select(place => place!["source"]!["clientId"]!.GetValue<Guid>()).ShouldBe([one, two]);
        (await county.GetAsync(Officer, Of(two, "/access"))).Json["items"]!.AsArray().ShouldContain(
            item => item!["operation"]!.GetValue<string>() == "readProfile" && item["askedId"]!.GetValue<Guid>() == one, "a read of one is on record for both");

        await county.ReverseAsync(Supervisor, one, mergeId);
        (await WithoutPositionAsync(one)).ShouldBe(before);

        // As recorded before the merge they are two, while it stood they are one; what had occurred is asked of the person as known now.
        (await AskAsync(Agent, one, $"?asRecordedPosition={position}")).Text.ShouldBe(earlier.Text);
        (await AskAsync(Agent, one, $"?asRecordedPosition={merged.Json["position"]}")).Text.ShouldBe(merged.Text);
        var now = await ProfileAsync(one);
        (await AskAsync(Agent, one, $"?asRecordedPosition={now.Json["position"]}")).Text.ShouldBe(now.Text);
        (await AskAsync(Agent, one, $"?asOf={Uri.EscapeDataString(county.Now.ToString("O"))}")).Json["places"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whoever_opens_one_record_sees_of_the_other_what_their_own_agency_knows()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(SouthAgent));
        await county.ReferAsync(SouthAgent, two, "recovery-coaches");
        (await county.PostAsync(SouthAgent, Of(two, "/places"), PlaceRequest.Example with { Place = "In the south." })).ShouldSucceed();
        (await county.PostAsync(Coach, Of(two, "/emergency-contacts"), EmergencyContactRequest.Example)).ShouldSucceed();
        await county.ReferAsync(Agent, one, "recovery-coaches");
        (await county.PostAsync(Agent, Of(one, "/demographics"), DemographicsRequest.Example)).ShouldSucceed();

        var mergeId = await county.MergeAsync(Officer, one, two);

        var seen = await ProfileAsync(one);
        (await PlacesAsync(Agent, one)).ShouldBe(["In the south."]);
        seen.Json["emergencyContacts"]!.AsArray().ShouldBeEmpty("the coaches know that");
        seen.Json["demographics"]!.AsArray().Select(one => one!["source"]!["agency"]!.GetValue<string>()).Distinct().ShouldBe(["dcc"]);
        (await AskAsync(Agent, two)).ShouldBeProblem(404, "client-not-found");
        (await PlacesAsync(Coach, one)).ShouldBeEmpty();
        (await AskAsync(Coach, one)).Json["emergencyContacts"]!.AsArray().ShouldHaveSingleItem()!["source"]!["clientId"]!.GetValue<Guid>().ShouldBe(two);
        await county.ShouldNotExistAsync(OtherCoach, two, id => AskAsync(OtherCoach, id));
        await county.ReverseAsync(Officer, one, mergeId);
        (await PlacesAsync(Agent, one)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_consent_shows_the_record_that_it_was_given_on_and_a_word_against_it_counts_for_both()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        foreach (var record in new[] { one, two })
        {
            await county.ReferAsync(Agent, record, "recovery-coaches");
            (await county.PostAsync(Agent, Of(record, "/emergency-contacts"), EmergencyContactRequest.Example)).ShouldSucceed();
        }

        var consentId = await GrantAsync(one);
        await county.MergeAsync(Supervisor, one, two);

        foreach (var record in new[] { one, two })
        {
            var contact = (await AskAsync(Coach, record)).Json["emergencyContacts"]!.AsArray().ShouldHaveSingleItem()!;
            contact["source"]!["clientId"]!.GetValue<Guid>().ShouldBe(one);
            contact["source"]!["consentId"]!.GetValue<Guid>().ShouldBe(consentId);
        }

        var later = await GrantAsync(two);
        (await AskAsync(Coach, two)).Json["emergencyContacts"]!.AsArray().Count.ShouldBe(2);
        (await county.PostAsync(Officer, Of(one, $"/consents/{later}/take-back"), new TakeBackRequest(RevocationMode.Oral))).ShouldSucceed();
        (await AskAsync(Coach, one)).Json["emergencyContacts"]!.AsArray().ShouldBeEmpty();
        (await AskAsync(Coach, two)).Json["emergencyContacts"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_emergency_opens_the_person_and_says_whose_record_was_told()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        (await county.PostAsync(Agent, Of(two, "/emergency-contacts"), EmergencyContactRequest.Example)).ShouldSucceed();
        await county.MergeAsync(Supervisor, one, two);
        (await AskAsync(OtherCoach, one)).ShouldBeProblem(404, "client-not-found");

        (await county.PostAsync(OtherCoach, Of(one, "/emergency-access"), new EmergencyDoors.UseRequest(EmergencyReason.Unconscious, "Found in the park."))).Status.ShouldBe(201);

        (await AskAsync(OtherCoach, one)).Json["emergencyContacts"]!.AsArray().ShouldHaveSingleItem()!["source"]!["clientId"]!.GetValue<Guid>().ShouldBe(two);
        (await county.AskAsync(Officer, Of(two, "/accounting"))).Json["items"]!.AsArray().ShouldHaveSingleItem()!["basis"]!.GetValue<string>().ShouldBe("emergencyAccess");
    }

    [Fact]
    public async Task A_sealed_record_shows_nothing_through_the_other_nor_the_other_through_it()
    {
        var (open, closed) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(Agent));
        await PlaceAsync(open, "Seen by all.");
        await PlaceAsync(closed, "Sealed away.");
        await county.MergeAsync(Supervisor, open, closed);
        (await PlacesAsync(Agent, open)).Count.ShouldBe(2);

        await county.OrderAsync(closed);

        (await PlacesAsync(Agent, open)).ShouldBe(["Seen by all."]);
        (await ProfileAsync(open)).Text.ShouldNotContain(closed.ToString());
        var through = await AskAsync(Agent, closed);
        through.Text.ShouldNotContain("Seen by all.");
        through.Text.ShouldNotContain(open.ToString());
    }

    private async Task PlaceAsync(Guid clientId, string place) =>
        (await county.PostAsync(Agent, Of(clientId, "/places"), PlaceRequest.Example with { Place = place })).ShouldSucceed();

    /// <returns>A consent that corrections tell the coaches whom to call.</returns>
    private async Task<Guid> GrantAsync(Guid clientId)
    {
        var granted = await county.PostAsync(Officer, Of(clientId, "/consents"), GrantConsentRequest.Example with
        {
            Disclosers = ["dcc"],
            Recipients = ["recovery-coaches"],
            Information = [ConsentInformation.ContactDetails],
            Purposes = [ConsentPurpose.Treatment],
            Term = new TermPart(ExpiresAt: county.Now.AddMonths(12)),
            Form = FormPart.Example with { SignedAt = county.Now.AddHours(-2) },
        });
        granted.Status.ShouldBe(201, granted.Text);
        return granted.Json["consentId"]!.GetValue<Guid>();
    }

    private Task<Reply> AskAsync(Domain.Actor actor, Guid clientId, string query = "") => county.AskAsync(actor, Of(clientId, "/profile" + query));

    private async Task<Reply> ProfileAsync(Guid clientId) => (await AskAsync(Agent, clientId)).ShouldSucceed();

    private async Task<List<string>> PlacesAsync(Domain.Actor actor, Guid clientId) =>
        [.. (await AskAsync(actor, clientId)).ShouldSucceed().Json["places"]!.AsArray().Select(place => place!["place"]!.GetValue<string>()).Order(StringComparer.Ordinal)];

    private async Task<string> WithoutPositionAsync(Guid clientId)
    {
        var reply = await ProfileAsync(clientId);
        return reply.Whole().Replace($"\"position\":{reply.Json["position"]}", "", StringComparison.Ordinal);
    }
}
