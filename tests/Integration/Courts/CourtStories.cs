using CaseFlow.Api.Agencies;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Courts;

/// <summary>What tests about treatment courts begin with: a drug court and another court beside it.</summary>
public static class CourtStories
{
    public static readonly Actor Coordinator = new("coordinator-1", Role.Coordinator, "demo", "court", Purpose: Purpose.CourtMonitoring);
    public static readonly Actor Judge = new("judge-1", Role.Judge, "demo", "court", Purpose: Purpose.CourtMonitoring);
    public static readonly Actor OtherCoordinator = new("coordinator-2", Role.Coordinator, "demo", "city-court", Purpose: Purpose.CourtMonitoring);
    public static readonly Actor OtherJudge = new("judge-2", Role.Judge, "demo", "city-court", Purpose: Purpose.CourtMonitoring);
    public static readonly IReadOnlyList<string> ByJudge = [Judge.Id];
    public static readonly IReadOnlyList<string> ByTeam = [Judge.Id, Coordinator.Id];

    /// <summary>Long before anything that tests tell.</summary>
    private static readonly DateTimeOffset Since = new(2024, 1, 1, 6, 0, 0, TimeSpan.Zero);

    /// <param name="providers">Whose consents an admission needs.</param>
    public static CourtConfiguration Configuration(params string[] providers) => CourtTemplates.Of(CourtType.Drug, "Drug Court", "court", providers);

    /// <summary>A drug court whose data come from no other agency; a second court with none of its participants.</summary>
    public static async Task FurnishCourtAsync(this County county, params string[] providers)
    {
        (await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("court", "Circuit Court", AgencyKind.Court))).ShouldSucceed();
        (await county.PostAsync(Administrator, "/api/agencies", new RegisterAgencyRequest("city-court", "City Court", AgencyKind.Court))).ShouldSucceed();
        foreach (var member in new[] { Coordinator, Judge, OtherCoordinator, OtherJudge })
            await county.EngageAsync(member);
        (await county.PostAsync(Administrator, "/api/courts/drug-court/configurations", new CourtDoors.PublishRequest(1, Since, Configuration(providers), "The handbook."))).ShouldSucceed();
    }

    /// <returns>Address of a participation of somebody who was referred.</returns>
    public static async Task<string> ReferAsync(this County county, Guid? clientId = null, WhenPart? when = null)
    {
        var client = clientId ?? await county.RegisterAsync(Coordinator, new(RegistrationSource.Court));
        var reply = await county.PostAsync(
            Coordinator, "/api/courts/drug-court/referrals", new ReferralRequest(client, CourtReferralSource.Prosecutor, CaseNumber: "2026CF000123") { File = CourtFile.Open, When = when });
        reply.Status.ShouldBe(201, reply.Text);
        return $"/api/participations/{reply.Json["participationId"]!.GetValue<Guid>()}";
    }

    /// <returns>Address of a participation of somebody who was screened and accepted.</returns>
    public static async Task<string> AcceptAsync(this County county, Guid? clientId = null, WhenPart? when = null)
    {
        var participation = await county.ReferAsync(clientId, when);
        await county.FinishScreeningAsync(participation, when);
        return participation;
    }

    /// <summary>Screened in every way, and accepted.</summary>
    public static async Task FinishScreeningAsync(this County county, string participation, WhenPart? when = null)
    {
        foreach (var kind in Enum.GetValues<ScreeningKind>())
        {
            await county.EnterAsync(Coordinator, participation, "screenings", new ScreeningRequest(
                kind, ScreeningResult.Meets, "rant", "4", null, "high-high", RiskNeedLevel.High, RiskNeedLevel.High)
            { File = CourtFile.Confidential, When = when });
        }

        await county.EnterAsync(Coordinator, participation, "eligibility", new EligibilityRequest(true, "eligible") { File = CourtFile.Open, DecidedBy = ByTeam, When = when });
    }

    public static AdmitRequest Admission(WhenPart? when = null) => new(
        LegalBasis.DiversionContract, "Contract 17", new DateOnly(2024, 1, 2), CompletionEffect.ChargesDismissed)
    { File = CourtFile.Open, DecidedBy = ByJudge, When = when };

    /// <returns>Address of a participation of somebody who takes part.</returns>
    public static async Task<string> AdmitAsync(this County county, Guid? clientId = null, WhenPart? when = null)
    {
        var participation = await county.AcceptAsync(clientId, when);
        await county.EnterAsync(Coordinator, participation, "admit", Admission(when));
        return participation;
    }

    /// <summary>Records something at the version that the participation has.</summary>
    public static async Task<Reply> TryAsync(this County county, Actor actor, string participation, string route, CourtRequest ask) =>
        await county.ChangeAsync(actor, $"{participation}/{route}", (await county.GetAsync(Coordinator, participation)).ETag, ask);

    /// <summary>The same, which must stand.</summary>
    /// <returns>The entry's id.</returns>
    public static async Task<Guid> EnterAsync(this County county, Actor actor, string participation, string route, CourtRequest ask)
    {
        var reply = await county.TryAsync(actor, participation, route, ask);
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json["entryId"]!.GetValue<Guid>();
    }
}
