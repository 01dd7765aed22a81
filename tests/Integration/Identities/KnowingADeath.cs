using CaseFlow.Api.Clients;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Http;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Identities.IdentityStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Identities;

/// <summary>Whoever has died on one record has died: what is decided goes by it, and those are told of it who reach the record that says so.</summary>
public sealed class KnowingADeath(County county) : IClassFixture<County>
{
    [Fact]
    public async Task The_other_record_shows_it_where_it_was_recorded_and_lives_again_after_a_reversal()
    {
        var (one, two) = (await county.NamedAsync(Agent, "Ottoline", "Restfield"), await county.NamedAsync(Agent, "Ottoline", "Restfeld"));
        await DiedAsync(Agent, two);
        var before = (await county.AskAsync(Agent, Of(one))).Whole();

        var mergeId = await county.MergeAsync(Supervisor, one, two);

        var death = (await county.GetAsync(Agent, Of(one))).ShouldSucceed().Json["death"]!;
        (death["recordedOn"]!.GetValue<Guid>(), death["source"]!.GetValue<string>()).ShouldBe((two, DeathRequest.Example.Source));
        (await county.GetAsync(Agent, Of(two))).Json["death"]!["recordedOn"].ShouldBeNull();
        (await IsDeceasedAsync("Restfield")).ShouldBeTrue();

        await county.ReverseAsync(Supervisor, one, mergeId);
        (await county.AskAsync(Agent, Of(one))).Whole().ShouldBe(before);
        (await IsDeceasedAsync("Restfield")).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_consents_on_the_other_record_any_more_until_it_is_found_to_be_another_persons()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(SouthAgent));
        await county.ReferAsync(Agent, one, "recovery-coaches");
        await DiedAsync(SouthAgent, two);
        var mergeId = await county.MergeAsync(Officer, one, two);
        var ask = GrantConsentRequest.Example with
        {
            Term = new TermPart(ExpiresAt: county.Now.AddMonths(12)),
            Form = FormPart.Example with { SignedAt = county.Now.AddHours(-1) },
        };

        (await county.PostAsync(Coach, Of(one, "/consents"), ask)).ShouldBeProblem(409, "client-deceased");
        (await county.PostAsync(Coach, Of(one, "/consents/requests"), RequestConsentRequest.Example)).ShouldBeProblem(409, "client-deceased");

        await county.ReverseAsync(Officer, one, mergeId);
        (await county.PostAsync(Coach, Of(one, "/consents"), ask)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task It_is_told_to_those_who_reach_that_record_or_whose_agency_recorded_it()
    {
        var (one, two) = (await county.SuperviseAsync(Agent), await county.SuperviseAsync(SouthAgent));
        await county.ReferAsync(Agent, one, "recovery-coaches");
        await DiedAsync(SouthAgent, two);
        var before = (await county.GetAsync(Coach, Of(one))).Text;
        await county.MergeAsync(Officer, one, two);

        var told = (await county.GetAsync(Agent, Of(one))).ShouldSucceed().Json["death"]!;
        told["recordedOn"]!.GetValue<Guid>().ShouldBe(two, "a colleague recorded it");
        told["source"].ShouldBeNull("that record is not opened");
        (await county.GetAsync(Officer, Of(one))).Json["death"].ShouldNotBeNull();
        (await county.GetAsync(Coach, Of(one))).Text.ShouldBe(before, "what another agency recorded there is not told by a merge");
    }

    [Fact]
    public async Task A_sealed_record_does_not_tell_it()
    {
        var (open, closed) = (await county.NamedAsync(Agent, "Hyacinth", "Quietacre"), await county.NamedAsync(Agent, "Hyacinth", "Quietaker"));
        await DiedAsync(Agent, closed);
        await county.MergeAsync(Supervisor, open, closed);
        (await IsDeceasedAsync("Quietacre")).ShouldBeTrue();

        await county.OrderAsync(closed);

        (await county.GetAsync(Agent, Of(open))).ShouldSucceed().Json["death"].ShouldBeNull();
        (await IsDeceasedAsync("Quietacre")).ShouldBeFalse();
    }

    private async Task DiedAsync(Domain.Actor agent, Guid clientId) => (await county.PostAsync(
        agent, Of(clientId, "/death"), DeathRequest.Example with { When = new WhenPart(county.Now.AddDays(-1)) })).ShouldSucceed();

    private async Task<bool> IsDeceasedAsync(string family) => (await county.PostAsync(Agent, "/api/clients/search", new { familyName = family }))
        .ShouldSucceed().Json["items"]!.AsArray()[0]!["isDeceased"]!.GetValue<bool>();
}
