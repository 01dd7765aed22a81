using CaseFlow.Api.Clients;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Http;
using CaseFlow.Api.Overdoses;
using CaseFlow.Domain.Consents;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Clients;

public sealed class RecordingADeath(County county) : IClassFixture<County>
{
    [Fact]
    public async Task Is_shown_in_the_record_and_the_search_until_it_is_taken_back()
    {
        var clientId = await county.SuperviseAsync(Agent, new(Domain.Clients.RegistrationSource.Supervision, Name: new("Mortimer", "Deathsby")));
        var client = $"/api/clients/{clientId}";
        var told = DeathRequest.Example with { When = new WhenPart(OccurredOn: DateOnly.FromDateTime(county.Now.UtcDateTime).AddDays(-3)) };

        (await county.PostAsync(Agent, client + "/death", told)).Status.ShouldBe(204);
        (await county.PostAsync(Agent, client + "/death", told)).Status.ShouldBe(204);
        (await county.PostAsync(Agent, client + "/death", told with { VerifiedBy = "hospital" })).ShouldBeProblem(409, "death-recorded-differently");
        var death = (await county.GetAsync(Agent, client)).Json["death"]!;
        (death["verifiedBy"]!.GetValue<string>(), death["precision"]!.GetValue<string>(), death["source"]!.GetValue<string>())
            .ShouldBe(("medical-examiner", "day", told.Source));
        (await IsDeceasedAsync("Deathsby")).ShouldBeTrue();
        (await Tables.HoldingAsync(county.ConnectionString, told.Source)).ShouldBeEmpty();

        (await county.PostAsync(Agent, client + "/death/retract", ReasonRequest.Example)).Status.ShouldBe(428);
        (await county.ChangeAsync(Agent, client + "/death/retract", "\"1\"", ReasonRequest.Example)).Status.ShouldBe(412);
        (await county.ChangeAsync(Agent, client + "/death/retract", await county.VersionAsync(Agent, client), ReasonRequest.Example)).Status.ShouldBe(204);
        (await county.ChangeAsync(Agent, client + "/death/retract", await county.VersionAsync(Agent, client), ReasonRequest.Example)).Status.ShouldBe(204);
        (await county.GetAsync(Agent, client)).Json["death"].ShouldBeNull();
        (await IsDeceasedAsync("Deathsby")).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_has_died_consents_to_nothing_but_what_they_signed_before_counts()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        var client = $"/api/clients/{clientId}";
        var died = county.Now.AddDays(-1);
        (await county.PostAsync(Agent, client + "/death", DeathRequest.Example with { When = new WhenPart(died) })).ShouldSucceed();

        GrantConsentRequest SignedAt(DateTimeOffset at, ConsentSigner by = ConsentSigner.Client) => GrantConsentRequest.Example with
        {
            Term = new TermPart(ExpiresAt: county.Now.AddMonths(12)),
            Form = FormPart.Example with { SignedAt = at, Signer = by },
        };
        (await county.PostAsync(Coach, client + "/consents", SignedAt(died.AddHours(1)))).ShouldBeProblem(409, "client-deceased");
        (await county.PostAsync(Coach, client + "/consents/requests", RequestConsentRequest.Example)).ShouldBeProblem(409, "client-deceased");
        (await county.PostAsync(Coach, client + "/consents/refusals", RefuseConsentRequest.Example)).ShouldBeProblem(409, "client-deceased");

        var before = await county.PostAsync(Coach, client + "/consents", SignedAt(died.AddHours(-1)));
        before.Status.ShouldBe(201, before.Text);
        var renewal = new RenewConsentRequest(new TermPart(ExpiresAt: county.Now.AddMonths(20)), FormPart.Example with { SignedAt = died.AddHours(2) });
        (await county.PostAsync(Coach, $"{client}/consents/{before.Json["consentId"]}/renew", renewal)).ShouldBeProblem(409, "client-deceased");
        (await county.PostAsync(Coach, client + "/consents", SignedAt(died.AddHours(3), ConsentSigner.LegalRepresentative))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Is_recorded_by_those_who_keep_the_record_alone_and_said_without_the_source_to_an_agency_the_client_was_referred_to()
    {
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        var told = DeathRequest.Example with { When = new WhenPart(county.Now.AddDays(-1)) };

        (await county.PostAsync(Coach, $"/api/clients/{clientId}/death", told)).ShouldBeProblem(403, "client-not-yours-to-change");
        await county.ShouldNotExistAsync(Colleague, clientId, id => county.PostAsync(Colleague, $"/api/clients/{id}/death", told));
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/death", told with { VerifiedBy = "rumour" })).ShouldBeProblem(422, "code-not-in-policy");
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/death", told with { When = new WhenPart(county.Now.AddDays(1)) })).Status.ShouldBe(422);
        (await county.PostAsync(Officer, $"/api/clients/{clientId}/death", told)).ShouldSucceed();

        var death = (await county.GetAsync(Coach, $"/api/clients/{clientId}")).Json["death"]!;
        death["verifiedBy"]!.GetValue<string>().ShouldBe("medical-examiner");
        death["source"].ShouldBeNull();
    }

    [Fact]
    public async Task Two_who_tell_it_differently_at_once_do_not_both_succeed()
    {
        var clientId = await county.SuperviseAsync(Agent);
        var told = DeathRequest.Example with { When = new WhenPart(county.Now.AddDays(-1)) };

        var replies = await Task.WhenAll(new[] { "hospital", "coroner", "next-of-kin", "medical-examiner" }.Select(by =>
            county.PostAsync(Agent, $"/api/clients/{clientId}/death", told with { VerifiedBy = by })));

        replies.Count(reply => reply.Status == 204).ShouldBe(1);
        replies.Count(reply => reply.Status == 409).ShouldBe(3);
    }

    private async Task<bool> IsDeceasedAsync(string familyName) =>
        (await county.PostAsync(Agent, "/api/clients/search", new { familyName })).ShouldSucceed().Json["items"]!.AsArray().ShouldHaveSingleItem()!["isDeceased"]!.GetValue<bool>();
}

/// <summary>Nobody is told to reach somebody who has died; the duty itself still waits for a supervisor.</summary>
public sealed class RemindingOfNobodyWhoDied
{
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task No_reminder_goes_out_and_the_overdue_duty_is_told_until_a_supervisor_exempts_it()
    {
        await using var county = await County.AtAsync(Tuesday);
        var died = await county.OweAsync(Agent, Tuesday);
        var lives = await county.OweAsync(Agent, Tuesday);
        await county.ReferAsync(died);
        await county.GoToAsync(Tuesday.AddHours(2));
        (await county.PostAsync(Agent, $"/api/clients/{died.ClientId}/death", DeathRequest.Example with { When = new WhenPart(Tuesday.AddHours(1)) })).ShouldSucceed();

        // The reminder of the living is due at the same instant and goes out after: once it has, the other's is settled.
        await county.GoToAsync(Tuesday.AddDays(1).AddHours(-4).AddMinutes(1));
        (await NoticesAsync(county, lives, 1)).ShouldBe(["reminder"]);
        await county.GoToAsync(Tuesday.AddDays(1).AddMinutes(1));
        (await NoticesAsync(county, lives, 2)).ShouldBe(["reminder", "overdue"]);
        (await NoticesAsync(county, died, 1)).ShouldBe(["overdue"]);

        (await county.ChangeAsync(
            Supervisor, died.Path + "/exempt", await county.VersionAsync(Supervisor, died.Path), new ExemptRequest("deceased", "Medical examiner."))).ShouldSucceed();
        await county.GoToAsync(Tuesday.AddDays(7));
        var marker = await county.OweAsync(Agent, Tuesday.AddDays(5));
        (await NoticesAsync(county, marker, 2)).Count.ShouldBe(2);
        (await NoticesAsync(county, died, 1)).ShouldBe(["overdue"]);
    }

    private static async Task<IReadOnlyList<string>> NoticesAsync(County county, Owed owed, int count)
    {
        for (var waited = 0; ; waited++)
        {
            var notices = (await county.InQueueAsync(owed.Agent, owed.DutyId))["notices"]!.AsArray();
            if (notices.Count >= count || waited > 200)
                return [.. notices.Select(notice => notice!["kind"]!.GetValue<string>())];
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
