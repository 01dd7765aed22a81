using CaseFlow.Api.Agencies;
using CaseFlow.Api.Clients;
using CaseFlow.Api.Consents;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.Courts;
using CaseFlow.Api.Disclosures;
using CaseFlow.Api.DrugTests;
using CaseFlow.Api.Http;
using CaseFlow.Api.Profile;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.Replays;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Referrals;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Coaching;
using CaseFlow.Integration.Courts;
using CaseFlow.Integration.Identities;
using CaseFlow.Integration.Infrastructure;
using CaseFlow.Integration.Overdoses;
using static CaseFlow.Integration.Coaching.CoachStories;
using static CaseFlow.Integration.Courts.CourtStories;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Erasure;

/// <summary>A client with something in every part of the record: words that are sealed, and codes that are not.</summary>
/// <param name="Ids">By the name that addresses have for each.</param>
/// <param name="Version">Of the client's own stream.</param>
public sealed record WholeRecord(Guid ClientId, IReadOnlyDictionary<string, string> Ids, string Version)
{
    public static readonly Actor Auditor = new("whole-auditor", Role.Auditor, "demo", "sheriff", Purpose: Purpose.Audit);
    public static readonly Actor ForTheClient = Officer with { Purpose = Purpose.OwnRecord };

    /// <summary>Everybody who may have seen something of it.</summary>
    public static readonly IReadOnlyList<Actor> Everybody =
    [
        Agent, Colleague, Supervisor, Coach, OtherCoach, Lead, Coordinator, Judge, Prosecutor, Officer, ForTheClient, Auditor, Feed, Dispatcher, Administrator,
        new("whole-peer", Role.PeerSpecialist, "demo", "recovery-coaches"),
        new("whole-defender", Role.Defence, "demo", "court", Purpose: Purpose.CourtMonitoring),
    ];

    /// <summary>Words of the record, and codes that tell of it; no other record of the county has one of them.</summary>
    public static readonly IReadOnlyList<string> Planted =
    [
        .. Told, "W-7001", "W7001", "2026CF000777", "COC-7734", "messageLeft", "chargesDismissed",
    ];

    /// <summary>Those of them that some door tells somebody while the record is whole.</summary>
    public static IReadOnlyList<string> Told => ["Planted", "608 555 0117", "fentanyl", "nonFatal", "cocaine", "gotHelp"];

    private string Client => $"/api/clients/{ClientId}";

    /// <summary>The address of a route, with what the record has of it.</summary>
    public string Addressed(string pattern) => string.Join('/', pattern.Split('/').Select(part =>
        part.StartsWith('{') ? Ids.GetValueOrDefault(part.Trim('{', '}').Split(':')[0]) ?? (part.Contains(":int", StringComparison.Ordinal) ? "1" : $"{Guid.CreateVersion7()}") : part));

    /// <param name="county">Where.</param>
    /// <param name="statuses">What is decided of agencies before anything is recorded.</param>
    public static async Task<WholeRecord> TellAsync(County county, params (string Agency, RecordStatus Status)[] statuses)
    {
        await county.FurnishCoachesAsync();
        foreach (var (agency, status) in statuses)
            (await county.PostAsync(Officer, $"/api/agencies/{agency}/record-status", new RecordStatusRequest(status, "Opinion of counsel."))).ShouldSucceed();
        foreach (var member in new[] { Auditor, Everybody[^2], Everybody[^1] })
            await county.EngageAsync(member);
        (await county.PostAsync(Administrator, $"/api/staff/{Auditor.Id}/audit-grants", new GiveAuditGrantDoor.Request("Review.", county.Now.AddDays(7)))).ShouldSucceed();
        var clientId = await county.KnownAsync(Agent, "W-7001");
        var record = new WholeRecord(clientId, new Dictionary<string, string>(), "");
        await county.ContactAsync(Agent, clientId, "Planted note.");
        (await county.PostAsync(Agent, record.Client + "/places", new PlaceRequest("vehicle", "Planted ramp"))).ShouldSucceed();
        var ids = new Dictionary<string, string> { ["clientId"] = $"{clientId}", ["court"] = "drug-court", ["month"] = $"{county.Now:yyyy-MM}" };
        await TellOfOverdoseAsync(county, clientId, ids);
        await TellOfCourtAsync(county, record, ids);
        await TellOfRightsAsync(county, record, ids);
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        return record with { Ids = ids, Version = (await county.GetAsync(Agent, record.Client)).ShouldSucceed().ETag! };
    }

    private static async Task TellOfOverdoseAsync(County county, Guid clientId, Dictionary<string, string> ids)
    {
        var overdoseId = await county.ReportAsync(Coach, clientId);
        (await county.KnowAsync(Agent, clientId, overdoseId)).ShouldSucceed();
        var dutyId = (await county.DutiesAsync(Agent, clientId)).Single()!["dutyId"]!.GetValue<Guid>();
        var created = (await county.PostAsync(Agent, "/api/referrals", new CreateReferralRequest(
            clientId, "recovery-coaches", DutyId: dutyId, Message: "Planted message."))).ShouldSucceed();
        var referral = $"/api/referrals/{created.Json["referralId"]!.GetValue<Guid>()}";
        (await county.ChangeAsync(Agent, referral + "/send", created.ETag, SendRequest.Example)).ShouldSucceed();
        (await county.PostAsync(Coach, referral + "/acknowledge", WhenOnly.Example)).ShouldSucceed();
        await ActAsync("accept", WhenOnly.Example);
        (await county.PostAsync(Coach, referral + "/attempts", new AttemptRequest(ContactMode.Phone, AttemptOutcome.MessageLeft))).ShouldSucceed();
        await ActAsync("first-contact", new FirstContactRequest(ContactMode.Phone));
        await ActAsync("close", new CaseFlow.Api.Referrals.CloseRequest(ReferralOutcome.GotHelp));
        (ids["overdoseId"], ids["dutyId"], ids["referralId"]) = ($"{overdoseId}", $"{dutyId}", referral.Split('/')[^1]);

        async Task ActAsync(string act, object body) =>
            (await county.ChangeAsync(Coach, $"{referral}/{act}", await county.VersionAsync(Coach, referral + "/intake"), body)).ShouldSucceed();
    }

    private static async Task TellOfCourtAsync(County county, WholeRecord record, Dictionary<string, string> ids)
    {
        var referred = (await county.PostAsync(Coordinator, "/api/courts/drug-court/referrals", new ReferralRequest(
            record.ClientId, CourtReferralSource.SupervisingAgent, new IdentifierRequest(IdentifierSystem.Doc, "W-7001"), "2026CF000777")
        { File = CourtFile.Open })).ShouldSucceed();
        var participation = $"/api/participations/{referred.Json["participationId"]!.GetValue<Guid>()}";
        await county.FinishScreeningAsync(participation);
        await county.EnterAsync(Coordinator, participation, "admit", Admission());
        await county.HoldAsync(Coach, await county.CoachAsync(participation), "Planted talk.");
        (await county.PostAsync(Coach, record.Client + "/consents", GrantConsentRequest.Example with
        {
            Kind = ConsentKind.CourtTeam,
            Disclosers = ["recovery-coaches"],
            Recipients = ["court"],
            RecipientRoles = [Role.Judge, Role.Coordinator, Role.Prosecutor],
            Information =
            [
                ConsentInformation.Engagement, ConsentInformation.Attendance, ConsentInformation.Progress, ConsentInformation.TestResults, ConsentInformation.Discharge,
            ],
            Purposes = [ConsentPurpose.CourtMonitoring],
            Term = new TermPart(ExpiresAt: county.Now.AddYears(1)),
            Form = FormPart.Example with { SignedAt = county.Now.AddDays(-2) },
        })).ShouldSucceed();
        var testId = (await county.PostAsync(Coordinator, participation + "/drug-tests", new OrderTestRequest(ForCause: true, "Planted reason.", When: new WhenPart(county.Now.AddHours(-4))))).ShouldSucceed().Json["testId"]!.GetValue<Guid>();
        var test = $"{participation}/drug-tests/{testId}";
        (await county.PostAsync(Coordinator, test + "/notify", new NotifyRequest(Specimen.OralFluid, ContactMode.Text, new WhenPart(county.Now.AddHours(-3))))).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/collect", new CollectRequest(
            Specimen.OralFluid, IdentityChecked: true, "collector-1", "COC-7734", new WhenPart(county.Now.AddHours(-2))))).ShouldSucceed();
        (await county.PostAsync(Coordinator, test + "/result", new ResultRequest(CaseFlow.Domain.DrugTests.TestResult.Positive, "state-laboratory", ["cocaine"]))).ShouldSucceed();
        (ids["participationId"], ids["testId"]) = (participation.Split('/')[^1], $"{testId}");
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        var packet = (await county.PostAsync(Coordinator, "/api/courts/drug-court/packets", new PacketRequest(
            Role.Judge, Participations: [Guid.Parse(ids["participationId"])]))).ShouldSucceed();
        ids["packetId"] = $"{packet.Json["packetId"]!.GetValue<Guid>()}";
        var replay = new StartReplayRequest("court", new(2020, 1, 1, 6, 0, 0, TimeSpan.Zero), new(2100, 1, 1, 6, 0, 0, TimeSpan.Zero));
        await county.Database.CatchUpAsync(TestContext.Current.CancellationToken);
        ids["sessionId"] = $"{(await county.PostAsync(Auditor, "/api/audit/replays", replay)).ShouldSucceed().Json["sessionId"]!.GetValue<Guid>()}";
    }

    private static async Task TellOfRightsAsync(County county, WholeRecord record, Dictionary<string, string> ids)
    {
        (await county.PostAsync(OtherCoach, record.Client + "/emergency-access", new EmergencyDoors.UseRequest(EmergencyReason.Overdose, "Planted emergency."))).ShouldSucceed();
        var copy = new RecordsAsk(new(ProofOfIdentity.PhotoDocument), "Planted wish.", Guid.CreateVersion7());
        (await county.PostAsync(Officer, record.Client + "/records-requests", copy)).ShouldSucceed();
        ids["requestId"] = $"{copy.RequestId}";
    }
}
