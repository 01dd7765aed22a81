using System.Text.Json.Nodes;
using CaseFlow.Api.Coaching;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Courts;
using CaseFlow.Api.DrugTests;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Erasure;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Identities.IdentityStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Identities;

/// <summary>Somebody takes part in a court with two records: their participations, tests and coaching are shown together while they are one person's.</summary>
public sealed class TakingPartAsOnePerson(County county) : IClassFixture<County>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await county.FurnishCoachesAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("")]
    [InlineData("/drug-tests")]
    public async Task The_team_sees_both_from_either_and_each_its_own_again(string view)
    {
        var (one, two) = (await AdmittedAsync(), await AdmittedAsync());
        foreach (var taking in new[] { one, two })
            (await county.PostAsync(Coordinator, taking.Path + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated."))).Status.ShouldBe(201);
        var (before, own) = (await county.AskAsync(Coordinator, one.Path + view), (await county.AskAsync(Coordinator, two.Path + view)).Json);
        var position = await county.Database.CatchUpToAsync();

        var mergeId = await county.MergeAsync(Officer, one.ClientId, two.ClientId);

        foreach (var (asked, further) in new[] { (one, two), (two, one) })
        {
            foreach (var reader in new[] { Coordinator, Judge })
            {
                var other = (await county.AskAsync(reader, asked.Path + view)).ShouldSucceed().Json["others"]!.AsArray().ShouldHaveSingleItem()!;
                (other["participationId"]!.GetValue<Guid>(), other["clientId"]!.GetValue<Guid>()).ShouldBe((further.ParticipationId, further.ClientId));
            }
        }

        var merged = await county.AskAsync(Coordinator, one.Path + view);
        var shown = merged.Json["others"]![0]!;
        (shown["entries"] ?? shown["tests"])!.ToJsonString().ShouldBe((own["entries"] ?? own["tests"])!.ToJsonString());
        merged.ETag.ShouldBe(before.ETag);
        var meanwhile = await county.Database.CatchUpToAsync();
        (await county.AskAsync(OtherCoordinator, one.Path + view)).Status.ShouldBe(404);

        await county.ReverseAsync(Officer, one.ClientId, mergeId);
        (await county.AskAsync(Coordinator, one.Path + view)).Whole().ShouldBe(before.Whole());

        (await county.AskAsync(Coordinator, $"{one.Path}{view}?asRecordedPosition={position}")).Json["others"]!.AsArray().ShouldBeEmpty();
        (await county.AskAsync(Coordinator, $"{one.Path}{view}?asRecordedPosition={meanwhile}")).Json.ToJsonString().ShouldBe(merged.Json.ToJsonString());
        (await county.AskAsync(Coordinator, $"{one.Path}{view}?asOf={Uri.EscapeDataString(county.Now.ToString("O"))}")).Json["others"]!.AsArray()
            .ShouldBeEmpty("that they were one person is no fact with a time of its own");
    }

    [Fact]
    public async Task A_read_of_one_is_on_record_for_both()
    {
        var (one, two) = (await AdmittedAsync(), await AdmittedAsync());
        await county.MergeAsync(Officer, one.ClientId, two.ClientId);

        (await county.AskAsync(Judge, one.Path)).ShouldSucceed();

        (await county.GetAsync(Officer, Of(two.ClientId, "/access"))).ShouldSucceed().Json["items"]!.AsArray().ShouldContain(
            item => item!["operation"]!.GetValue<string>() == "readParticipation" && item["actorId"]!.GetValue<string>() == Judge.Id);
    }

    [Fact]
    public async Task A_coach_sees_what_their_own_house_recorded_with_the_other_record_and_opens_no_other_coaching()
    {
        var (one, two) = (await AdmittedAsync(), await AdmittedAsync());
        var mine = await county.CoachAsync(one.Path);
        var other = await county.OrderAsync(two.Path);
        (await county.PostAsync(Lead, other + "/assign", new AssignCoachRequest(Second.Id))).ShouldSucceed();
        await county.HoldAsync(Second, other, "About the job.");
        var before = await county.AskAsync(Coach, mine);
        var position = await county.Database.CatchUpToAsync();

        var mergeId = await county.MergeAsync(Officer, one.ClientId, two.ClientId);

        var further = (await county.AskAsync(Coach, mine)).ShouldSucceed().Json["others"]!.AsArray().ShouldHaveSingleItem()!;
        further["participationId"]!.GetValue<Guid>().ShouldBe(two.ParticipationId);
        further["entries"]!.AsArray().ShouldContain(entry => entry!["kind"]!.GetValue<string>() == "coaching_session_held");
        further["entries"]!.ToJsonString().ShouldContain("About the job.");
        (await county.AskAsync(Coach, other)).Status.ShouldBe(404, "it has another coach");
        (await county.AskAsync(Lead, other)).ShouldSucceed().Json["others"]!.AsArray().ShouldHaveSingleItem();

        await county.ReverseAsync(Officer, one.ClientId, mergeId);
        (await county.AskAsync(Coach, mine)).Whole().ShouldBe(before.Whole());
        (await county.AskAsync(Coach, $"{mine}?asRecordedPosition={position}")).Json["others"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caseload_says_which_of_its_lines_are_one_person()
    {
        var (one, two) = (await AdmittedAsync(), await AdmittedAsync());
        var auditor = new Actor("merge-auditor", Role.Auditor, "demo", "court", Purpose: Purpose.Audit);
        await county.EngageAsync(auditor);
        (await county.PostAsync(Administrator, $"/api/staff/{auditor.Id}/audit-grants", new Api.Agencies.GiveAuditGrantDoor.Request("Yearly audit.", county.Now.AddDays(7)))).ShouldSucceed();
        var before = (await LineAsync(Coordinator, one)).ToJsonString();

        var mergeId = await county.MergeAsync(Officer, one.ClientId, two.ClientId);

        foreach (var reader in new[] { Coordinator, Judge, auditor })
        {
            (await LineAsync(reader, one))["alsoAs"]!.AsArray().ShouldHaveSingleItem()!.GetValue<Guid>().ShouldBe(two.ParticipationId);
            (await LineAsync(reader, two))["alsoAs"]!.AsArray().ShouldHaveSingleItem()!.GetValue<Guid>().ShouldBe(one.ParticipationId);
        }

        var merged = (await county.AskAsync(Coordinator, "/api/courts/drug-court/caseload?limit=200")).ShouldSucceed().Json;
        await county.ReverseAsync(Officer, one.ClientId, mergeId);
        (await LineAsync(Coordinator, one)).ToJsonString().ShouldBe(before);
        var then = (await county.AskAsync(Coordinator, $"/api/courts/drug-court/caseload?limit=200&asRecordedPosition={merged["position"]}")).ShouldSucceed().Json;
        then["items"]!.ToJsonString().ShouldBe(merged["items"]!.ToJsonString());
    }

    [Fact]
    public async Task A_word_against_a_consent_on_one_record_counts_for_the_other_while_they_are_one_person_and_not_before()
    {
        var (one, two) = (await ConsentingAsync(), await ConsentingAsync());
        (await county.PostAsync(Coach, Of(two.Taking.ClientId, $"/consents/{two.ConsentId}/take-back"), new TakeBackRequest(RevocationMode.Oral))).ShouldSucceed();
        (await MissingAsync("")).ShouldBeEmpty("it was said of the other record");
        var before = county.Now;

        var mergeId = await county.MergeAsync(Officer, one.Taking.ClientId, two.Taking.ClientId);

        (await MissingAsync("")).ShouldBe(["recovery-coaches"]);
        var meanwhile = county.Now;
        (await MissingAsync($"&asRecorded={Uri.EscapeDataString(before.ToString("O"))}")).ShouldBeEmpty("nobody knew that they are one person");

        await county.ReverseAsync(Officer, one.Taking.ClientId, mergeId);
        (await MissingAsync("")).ShouldBeEmpty();
        (await MissingAsync($"&asRecorded={Uri.EscapeDataString(meanwhile.ToString("O"))}")).ShouldBe(["recovery-coaches"]);

        async Task<IEnumerable<string>> MissingAsync(string query) =>
            (await LineAsync(Coordinator, one.Taking, query))["consentsMissing"]!.AsArray().Select(source => source!.GetValue<string>());
    }

    [Fact]
    public async Task Whoever_takes_part_already_is_not_referred_again_by_their_other_record()
    {
        var one = await AdmittedAsync();
        var clientId = await county.RegisterAsync(Coordinator, new(RegistrationSource.Court));
        var mergeId = await county.MergeAsync(Officer, one.ClientId, clientId);
        var ask = new ReferralRequest(clientId, CourtReferralSource.Prosecutor, CaseNumber: "2026CF000124") { File = CourtFile.Open };

        (await county.PostAsync(Coordinator, "/api/courts/drug-court/referrals", ask)).ShouldBeProblem(409, "participation-already-open");

        await county.ReverseAsync(Officer, one.ClientId, mergeId);
        (await county.PostAsync(Coordinator, "/api/courts/drug-court/referrals", ask)).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/drug-tests")]
    [InlineData("/coaching")]
    public async Task What_is_sealed_of_one_record_is_not_read_through_the_other(string view)
    {
        var (open, closed) = (await AdmittedAsync(), await AdmittedAsync());
        foreach (var taking in new[] { open, closed })
        {
            (await county.PostAsync(Coordinator, taking.Path + "/drug-tests", new OrderTestRequest(ForCause: true, "Seemed intoxicated."))).Status.ShouldBe(201);
            await county.HoldAsync(Coach, await county.CoachAsync(taking.Path));
        }

        var reader = view == "/coaching" ? Coach : Coordinator;
        var before = (await county.AskAsync(reader, open.Path + view)).Whole();
        await county.MergeAsync(Officer, open.ClientId, closed.ClientId);
        (await county.AskAsync(reader, open.Path + view)).Json["others"]!.AsArray().ShouldHaveSingleItem();

        await county.OrderAsync(closed.ClientId);

        (await county.AskAsync(reader, open.Path + view)).Whole().ShouldBe(before);
        (await county.AskAsync(reader, closed.Path + view)).ShouldBeProblem(403, "record-sealed");
        (await LineAsync(Coordinator, open))["alsoAs"]!.AsArray().ShouldBeEmpty();
    }

    private async Task<Taking> AdmittedAsync()
    {
        var path = await county.AdmitAsync();
        var read = (await county.GetAsync(Coordinator, path)).ShouldSucceed().Json;
        return new Taking(path, read["participationId"]!.GetValue<Guid>(), read["clientId"]!.GetValue<Guid>());
    }

    /// <returns>Somebody who takes part, and lets the coaches tell the court all that monitoring takes.</returns>
    private async Task<(Taking Taking, Guid ConsentId)> ConsentingAsync()
    {
        var (path, client) = await county.ReferredAsync();
        var granted = await county.PostAsync(Coach, client + "/consents", GrantConsentRequest.Example with
        {
            Kind = ConsentKind.CourtTeam,
            Recipients = ["court"],
            RecipientRoles = [Role.Judge, Role.Coordinator],
            Information = [ConsentInformation.Engagement, ConsentInformation.Attendance, ConsentInformation.Progress, ConsentInformation.TestResults, ConsentInformation.Discharge],
            Purposes = [ConsentPurpose.CourtMonitoring],
            Term = new TermPart(ExpiresAt: county.Now.AddYears(1)),
            Form = FormPart.Example with { SignedAt = county.Now.AddDays(-2) },
        });
        granted.Status.ShouldBe(201, granted.Text);
        return (new Taking(path, Guid.Parse(path.Split('/')[^1]), Guid.Parse(client.Split('/')[^1])), granted.Json["consentId"]!.GetValue<Guid>());
    }

    private async Task<JsonNode> LineAsync(Actor reader, Taking taking, string query = "") =>
        (await county.AskAsync(reader, "/api/courts/drug-court/caseload?limit=200" + query)).ShouldSucceed().Json["items"]!.AsArray()
            .Single(item => item!["participationId"]!.GetValue<Guid>() == taking.ParticipationId)!;

    private sealed record Taking(string Path, Guid ParticipationId, Guid ClientId);
}
