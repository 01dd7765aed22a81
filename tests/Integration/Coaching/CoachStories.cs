using CaseFlow.Api.Agencies;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Coaching;
using CaseFlow.Api.Consents;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Http;
using CaseFlow.Api.Workforce;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Workforce;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Coaching;

/// <summary>What tests about coaching begin with: a drug court whose coaches are those of recovery-coaches, two of them, and who supervises them.</summary>
public static class CoachStories
{
    public static readonly Actor Lead = new("coach-lead-1", Role.CoachSupervisor, "demo", "recovery-coaches");
    public static readonly Actor Second = new("coach-7", Role.Coach, "demo", "recovery-coaches");
    public static readonly Actor OtherLead = new("coach-lead-2", Role.CoachSupervisor, "demo", "peer-house");
    public static readonly Actor Prosecutor = new("prosecutor-1", Role.Prosecutor, "demo", "court", Purpose: Purpose.CourtMonitoring);

    public static async Task FurnishCoachesAsync(this County county, int mostClients = 25)
    {
        await county.FurnishCourtAsync();
        var court = Configuration();
        (await county.PostAsync(Administrator, "/api/courts/drug-court/configurations", new CourtDoors.PublishRequest(
            2, new DateTimeOffset(2024, 1, 1, 6, 0, 0, TimeSpan.Zero),
            court with { Coaching = court.Coaching with { Agencies = ["recovery-coaches", "peer-house"], CoachCaseload = mostClients } }, "Coaches of two houses."))).ShouldSucceed();
        (await county.PostAsync(Administrator, "/api/agencies/recovery-coaches/programs", new OpenProgramRequest("alumni", "Alumni", null))).ShouldSucceed();
        foreach (var member in new[] { Lead, Second, OtherLead, Prosecutor })
            await county.EngageAsync(member);
        foreach (var coach in new[] { Coach, Second })
            await county.CertifyAsync(coach);
    }

    public static async Task CertifyAsync(this County county, Actor coach) => (await county.PostAsync(
        Lead, $"/api/workforce/{coach.Id}/certifications",
        new WorkforceDoors.CertifyRequest(Certification.Cps, DateOnly.FromDateTime(county.Now.UtcDateTime).AddYears(1)))).ShouldSucceed();

    public static CoachingOrder Weekly(this County county)
    {
        var today = DateOnly.FromDateTime(county.Now.UtcDateTime);
        return new CoachingOrder(1, OrderPeriod.Week, SessionKind.OneToOne, today.AddDays(-1), today.AddYears(1));
    }

    /// <returns>Address of the coaching of somebody for whom it was ordered.</returns>
    public static async Task<string> OrderAsync(this County county, string? participation = null, string provider = "recovery-coaches")
    {
        var coaching = (participation ?? await county.AdmitAsync()) + "/coaching";
        (await county.PostAsync(Coordinator, coaching + "/order", new OrderRequest(provider, county.Weekly()))).ShouldSucceed();
        return coaching;
    }

    /// <returns>Address of the coaching of somebody who has a coach.</returns>
    public static async Task<string> CoachAsync(this County county, string? participation = null)
    {
        var coaching = await county.OrderAsync(participation);
        (await county.PostAsync(Lead, coaching + "/assign", new AssignCoachRequest(Coach.Id))).ShouldSucceed();
        return coaching;
    }

    public static async Task HoldAsync(this County county, Actor coach, string coaching, string? content = null, int minutes = 45, double hoursAgo = 1) => (await county.PostAsync(
        coach, $"{coaching}/sessions/{Guid.CreateVersion7()}/hold",
        new HeldRequest(SessionKind.OneToOne, ContactMode.InPerson, minutes, Content: content, When: new WhenPart(county.Now.AddHours(-hoursAgo))))).ShouldSucceed();

    /// <returns>Address of a participation, and the client's, of somebody whom the coaches reach, so that they can take a consent.</returns>
    public static async Task<(string Participation, string Client)> ReferredAsync(this County county, AdmitRequest? admission = null)
    {
        var number = $"A{Random.Shared.Next()}";
        var clientId = await county.SuperviseAsync(Agent);
        await county.ReferAsync(Agent, clientId, "recovery-coaches");
        (await county.PostAsync(Agent, $"/api/clients/{clientId}/external-identifiers", new IdentifierRequest(IdentifierSystem.Doc, number))).ShouldSucceed();
        var ask = new ReferralRequest(clientId, CourtReferralSource.SupervisingAgent, new IdentifierRequest(IdentifierSystem.Doc, number)) { File = CourtFile.Open };
        var referred = await county.PostAsync(Coordinator, "/api/courts/drug-court/referrals", ask);
        referred.Status.ShouldBe(201, referred.Text);
        var participation = $"/api/participations/{referred.Json["participationId"]!.GetValue<Guid>()}";
        await county.FinishScreeningAsync(participation);
        await county.EnterAsync(Coordinator, participation, "admit", admission ?? Admission());
        return (participation, $"/api/clients/{clientId}");
    }

    public static async Task ConsentToCourtAsync(this County county, string client) => (await county.PostAsync(Coach, client + "/consents", GrantConsentRequest.Example with
    {
        Kind = ConsentKind.CourtTeam,
        Disclosers = ["recovery-coaches"],
        Recipients = ["court"],
        RecipientRoles = [Role.Judge, Role.Coordinator, Role.Prosecutor],
        Information = [ConsentInformation.Engagement, ConsentInformation.Attendance, ConsentInformation.Progress],
        Purposes = [ConsentPurpose.CourtMonitoring],
        Term = new TermPart(ExpiresAt: county.Now.AddYears(1)),
        Form = FormPart.Example with { SignedAt = county.Now.AddDays(-2) },
    })).ShouldSucceed();
}
