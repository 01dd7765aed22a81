using System.Reflection;
using CaseFlow.Api.Agencies;
using CaseFlow.Api.Documentation;
using CaseFlow.Api.Http;
using CaseFlow.Api.Overdoses;
using CaseFlow.Api.Policies;
using CaseFlow.Api.Referrals;
using CaseFlow.Api.Retention;
using CaseFlow.Api.Supervision;
using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Referrals;
using CaseFlow.Integration.Clients;
using CaseFlow.Integration.Infrastructure;
using static CaseFlow.Integration.Infrastructure.County;

namespace CaseFlow.Integration.Overdoses;

/// <summary>Every refusal of overdoses, duties and referrals that the book of problems lists, each by one request that gets it.</summary>
public sealed class RefusingOverdosesDutiesAndReferrals(County county) : IClassFixture<County>
{
    private static readonly Actor Transport = Feed with { Id = "transport" };
    private static readonly Actor NowhereFeed = Feed with { Jurisdiction = "nowhere" };
    private static readonly Actor NowhereAgent = Agent with { Jurisdiction = "nowhere" };
    private static readonly Actor RisingAgent = Agent with { Id = "agent-9" };

    /// <summary>What no request can bring about, and why.</summary>
    private static readonly Dictionary<string, string> OutOfReach = new()
    {
        ["before-what-it-follows"] = "said of a court's entries and of drug tests, and tried there",
        ["day-without-end"] = "the door itself computes the end of a local day",
        ["referral-need-not-a-slug"] = "the door's shape rules say it first (400)",
        ["receipt-missing"] = "the door's shape rules say it first (400)",
        ["receipt-not-from-transport"] = "the route admits the role service alone",
        ["sender-cannot-confirm-delivery"] = "the routes admit receivers, who hold the referral, and systems alone",
    };

    /// <summary>Each request, by the code it gets.</summary>
    private static readonly Dictionary<string, Func<County, Task<Reply>>> Requests = new()
    {
        // Time
        ["occurred-in-future"] = county => county.PostAsync(Agent, "/api/overdoses", Overdose(new WhenPart(county.Now.AddHours(1)))),
        ["known-before-occurred"] = county => county.PostAsync(Agent, "/api/overdoses", Overdose(new WhenPart(county.Now.AddHours(-1), KnownAt: county.Now.AddHours(-2)))),
        ["known-in-future"] = county => county.PostAsync(Agent, "/api/overdoses", Overdose(new WhenPart(county.Now.AddHours(-1), KnownAt: county.Now.AddHours(1)))),

        // Overdoses
        ["overdose-not-found"] = county => ChangeOverdoseAsync(county, Guid.CreateVersion7(), "confirm", ConfirmRequest.Example),
        ["overdose-reported-differently"] = async county =>
        {
            var overdoseId = await county.ReportAsync(Agent, null);
            return await county.PostAsync(Agent, "/api/overdoses", Overdose(new WhenPart(county.Now.AddDays(-1))) with { OverdoseId = overdoseId });
        },
        ["overdose-id-not-free"] = async county =>
        {
            var overdoseId = await county.ReportAsync(Dispatcher, null);
            return await county.PostAsync(Agent, "/api/overdoses", Overdose(new WhenPart(county.Now.AddHours(-1))) with { OverdoseId = overdoseId });
        },
        ["doses-without-naloxone"] = county => ReportDetailsAsync(county, DetailsPart.Example with { NaloxoneGiven = false, NaloxoneDoses = 2 }),
        ["doses-out-of-range"] = county => ReportDetailsAsync(county, DetailsPart.Example with { NaloxoneDoses = 51 }),
        ["substance-unknown"] = county => ReportDetailsAsync(county, DetailsPart.Example with { Substances = ["moonlight"] }),
        ["person-already-identified"] = async county =>
        {
            var overdoseId = await county.ReportAsync(Agent, await county.SuperviseAsync(Agent));
            return await ChangeOverdoseAsync(county, overdoseId, "identify", new IdentifyRequest(await county.SuperviseAsync(Agent), IdentifiedBy.Document));
        },
        ["overdose-ruled-out"] = async county =>
        {
            var overdoseId = await county.ReportAsync(Agent, null);
            (await ChangeOverdoseAsync(county, overdoseId, "rule-out", RuleOutRequest.Example)).ShouldSucceed();
            return await ChangeOverdoseAsync(county, overdoseId, "confirm-fatality", ConfirmRequest.Example);
        },
        ["fatality-confirmed"] = async county =>
        {
            var overdoseId = await county.ReportAsync(Agent, null);
            (await ChangeOverdoseAsync(county, overdoseId, "confirm-fatality", ConfirmRequest.Example)).ShouldSucceed();
            return await ChangeOverdoseAsync(county, overdoseId, "rule-out", RuleOutRequest.Example);
        },
        ["nothing-corrected"] = async county =>
        {
            var overdoseId = await county.ReportAsync(Agent, null);
            var read = (await county.GetAsync(Agent, $"/api/overdoses/{overdoseId}")).Json;
            var when = new WhenPart(read["occurredAt"]!.GetValue<DateTimeOffset>());
            return await ChangeOverdoseAsync(county, overdoseId, "correct", new CorrectRequest(read["reportEventId"]!.GetValue<Guid>(), DetailsPart.Example, "A slip.", when));
        },
        ["corrected-event-unknown"] = async county => await ChangeOverdoseAsync(
            county, await county.ReportAsync(Agent, null), "correct", CorrectRequest.Example),
        ["no-policy"] = async county =>
        {
            var overdoseId = await county.ReportAsync(NowhereFeed, null);
            return await ChangeOverdoseAsync(county, overdoseId, "confirm-fatality", ConfirmRequest.Example, NowhereFeed);
        },

        ["overdose-report-restricted"] = async county =>
        {
            var clientId = await county.SuperviseAsync(Agent);
            var overdoseId = await county.ReportAsync(Dispatcher, clientId);
            (await county.KnowAsync(Agent, clientId, overdoseId)).ShouldSucceed();
            return await county.ChangeAsync(Agent, $"/api/overdoses/{overdoseId}/confirm", "\"1\"", ConfirmRequest.Example);
        },

        // The agent's knowing
        ["overdose-person-known"] = async county => await county.PostAsync(
            Officer, $"/api/overdoses/{await county.ReportAsync(Agent, await county.SuperviseAsync(Agent))}/retention/approve", ApprovalRequest.Example),
        ["overdose-not-of-client"] = async county => await county.KnowAsync(Agent, await county.SuperviseAsync(Agent), await county.ReportAsync(Agent, null)),
        ["knowledge-already-recorded"] = async county =>
        {
            var owed = await county.OweAsync(Agent);
            return await county.KnowAsync(Agent, owed.ClientId, owed.OverdoseId, county.Now.AddMinutes(-3));
        },
        ["knowledge-not-recorded"] = async county =>
        {
            var clientId = await county.SuperviseAsync(Agent);
            return await CorrectKnowledgeAsync(county, clientId, await county.ReportAsync(Agent, clientId), county.Now);
        },
        ["known-after-discharge"] = async county =>
        {
            var owed = await county.OweAsync(Agent);
            (await county.ChangeDutyAsync(Agent, owed.ClientId, "not-interested", NotInterested(county.Now.AddMinutes(-9)))).ShouldSucceed();
            return await CorrectKnowledgeAsync(county, owed.ClientId, owed.OverdoseId, county.Now.AddMinutes(-1));
        },

        ["client-without-agent"] = async county =>
        {
            var clientId = await county.RegisterAsync(Supervisor);
            (await county.PostAsync(Supervisor, $"/api/clients/{clientId}/supervision/start", ClientStories.StartOf(Supervisor) with { AgentId = null })).ShouldSucceed();
            return await county.KnowAsync(Supervisor, clientId, await county.ReportAsync(Supervisor, clientId));
        },

        // The duty
        ["duty-not-found"] = async county => await county.ChangeDutyAsync(Agent, await county.SuperviseAsync(Agent), "attest", WhichDuty.Example),
        ["duty-already-discharged"] = async county =>
        {
            var owed = await DischargedAsync(county);
            return await county.ChangeDutyAsync(Supervisor, owed.ClientId, "exempt", ExemptRequest.Example);
        },
        ["duty-closed"] = async county =>
        {
            var owed = await county.OweAsync(Agent);
            var supervision = $"/api/clients/{owed.ClientId}/supervision";
            (await county.ChangeAsync(Supervisor, supervision + "/end", await county.VersionAsync(Supervisor, supervision), EndSupervisionRequest.Example)).ShouldSucceed();
            (await county.PostAsync(Feed, supervision + "/start", ClientStories.StartOf(Agent) with { When = null })).ShouldSucceed();
            return await county.DeclineAsync(Agent, owed.ClientId);
        },
        ["role-may-not-discharge"] = async county =>
        {
            var policy = JurisdictionPolicy.Default("recovery-coaches");
            (await county.PostAsync(Administrator with { Jurisdiction = "elsewhere" }, "/api/policies", new PublishPolicyRequest(
                2, county.Now.AddHours(-1), policy with { OverdoseDuty = policy.OverdoseDuty with { MayDischarge = [Role.AgentSupervisor] } }, "Supervisors only."))).ShouldSucceed();
            return await county.DeclineAsync(Stranger, (await county.OweAsync(Stranger)).ClientId);
        },
        ["mode-does-not-count"] = async county => await county.ChangeDutyAsync(
            Agent, (await county.OweAsync(Agent)).ClientId, "not-interested", NotInterested(county.Now) with { Mode = ContactMode.Text }),
        ["asked-before-known"] = async county => await county.ChangeDutyAsync(
            Agent, (await county.OweAsync(Agent)).ClientId, "not-interested", NotInterested(county.Now.AddMinutes(-20))),
        ["exemption-unknown"] = async county => await county.ChangeDutyAsync(
            Supervisor, (await county.OweAsync(Agent)).ClientId, "exempt", ExemptRequest.Example with { ReasonCode = "too-busy" }),
        ["approver-is-agent"] = async county =>
        {
            await county.EngageAsync(RisingAgent);
            var owed = await county.OweAsync(RisingAgent);
            (await county.PostAsync(Administrator, $"/api/staff/{RisingAgent.Id}/depart", BecauseRequest.Example)).ShouldSucceed();
            await county.EngageAsync(RisingAgent with { Role = Role.AgentSupervisor });
            return await county.ChangeDutyAsync(RisingAgent with { Role = Role.AgentSupervisor }, owed.ClientId, "exempt", ExemptRequest.Example);
        },
        ["attempts-missing"] = async county => await county.ChangeDutyAsync(
            Agent, (await county.OweAsync(Agent)).ClientId, "impossible", new ImpossibleRequest(ImpossibleReason.Unreachable)),
        ["attempt-in-future"] = async county => await county.ChangeDutyAsync(
            Agent,
            (await county.OweAsync(Agent)).ClientId,
            "impossible",
            new ImpossibleRequest(ImpossibleReason.Unreachable, [new ContactAttempt(county.Now.AddHours(1), ContactMode.Phone, AttemptOutcome.NoAnswer)])),
        ["nothing-to-attest"] = async county => await county.ChangeDutyAsync(Agent, (await county.OweAsync(Agent)).ClientId, "attest", WhichDuty.Example),
        ["nothing-to-verify"] = async county => await county.ChangeDutyAsync(Supervisor, (await county.OweAsync(Agent)).ClientId, "verify", WhichDuty.Example),
        ["not-attested"] = async county => await county.ChangeDutyAsync(Supervisor, (await DischargedAsync(county)).ClientId, "verify", WhichDuty.Example),
        ["own-act"] = async county =>
        {
            var owed = await county.OweAsync(Agent);
            (await county.DeclineAsync(Supervisor, owed.ClientId)).ShouldSucceed();
            return await county.ChangeDutyAsync(Supervisor, owed.ClientId, "verify", WhichDuty.Example);
        },
        ["duty-already-verified"] = async county =>
        {
            var owed = await VerifiedAsync(county);
            return await county.ChangeDutyAsync(Supervisor, owed.ClientId, "return", ReturnRequest.Example);
        },
        ["not-duty-holder"] = async county =>
        {
            // What is not verified would follow the client to the new agent.
            var owed = await VerifiedAsync(county);
            var supervision = $"/api/clients/{owed.ClientId}/supervision";
            (await county.ChangeAsync(
                Supervisor, supervision + "/reassign", await county.VersionAsync(Supervisor, supervision), new ReassignAgentRequest(Colleague.Id, "Workload."))).ShouldSucceed();
            return await county.ChangeDutyAsync(Colleague, owed.ClientId, "attest", WhichDuty.Example);
        },
        ["wrong-provider"] = async county =>
        {
            var owed = await county.OweAsync(Agent);
            return await county.PostAsync(Agent, "/api/referrals", new CreateReferralRequest(owed.ClientId, "peer-house", DutyId: owed.DutyId));
        },

        // The sender's side of a referral
        ["referral-not-found"] = county => county.ChangeAsync(Agent, $"/api/referrals/{Guid.CreateVersion7()}/send", "\"1\"", SendRequest.Example),
        ["referral-created-differently"] = async county =>
        {
            var owed = await county.OweAsync(Agent);
            var referralId = await county.ReferAsync(owed, send: false);
            return await county.PostAsync(Agent, "/api/referrals", new CreateReferralRequest(owed.ClientId, "peer-house", referralId));
        },
        ["referral-receiver-unknown"] = county => ReferToAsync(county, "nobody"),
        ["referral-to-own-agency"] = county => ReferToAsync(county, "dcc"),
        ["referral-without-policy"] = async county =>
        {
            var administrator = Administrator with { Jurisdiction = "nowhere" };
            (await county.PostAsync(administrator, "/api/agencies", new RegisterAgencyRequest("dcc", "Community Corrections", AgencyKind.CommunityCorrections))).ShouldSucceed();
            (await county.PostAsync(administrator, "/api/agencies", new RegisterAgencyRequest("peer-house", "Peer House", AgencyKind.RecoveryCoachProvider))).ShouldSucceed();
            (await county.PostAsync(administrator, "/api/agencies/dcc/offices", new OpenOfficeRequest("north", "North office"))).ShouldSucceed();
            await county.EngageAsync(NowhereAgent);
            var created = (await county.PostAsync(NowhereAgent, "/api/referrals", new CreateReferralRequest(await county.SuperviseAsync(NowhereAgent), "peer-house"))).ShouldSucceed();
            return await county.ChangeAsync(NowhereAgent, $"{created["Location"]}/send", created.ETag, SendRequest.Example);
        },
        ["referral-not-sent"] = async county => await county.PostAsync(
            Transport, $"/api/referrals/{await county.ReferAsync(await county.OweAsync(Agent), send: false)}/delivery-receipt", ReceiptRequest.Example),
        ["referral-already-delivered"] = async county =>
        {
            var referralId = await ReceivedAsync(county);
            return await county.ChangeAsync(Agent, $"/api/referrals/{referralId}/withdraw", await county.VersionAsync(Agent, $"/api/referrals/{referralId}"), WithdrawRequest.Example);
        },
        ["referral-withdrawn"] = async county =>
        {
            var referral = $"/api/referrals/{await county.ReferAsync(await county.OweAsync(Agent))}";
            (await county.ChangeAsync(Agent, referral + "/withdraw", await county.VersionAsync(Agent, referral), WithdrawRequest.Example)).ShouldSucceed();
            return await county.ChangeAsync(Agent, referral + "/send", await county.VersionAsync(Agent, referral), SendRequest.Example);
        },
        ["referral-before-previous-step"] = async county => await county.PostAsync(
            Agent,
            $"/api/referrals/{await county.ReferAsync(await county.OweAsync(Agent))}/delivery-failure",
            FailureRequest.Example with { When = new WhenPart(county.Now.AddDays(-1)) }),

        // The receiver's side
        ["referral-declined"] = async county =>
        {
            var referralId = await ReceivedAsync(county);
            (await IntakeAsync(county, referralId, "decline", DeclineRequest.Example)).ShouldSucceed();
            return await IntakeAsync(county, referralId, "accept", WhenOnly.Example);
        },
        ["referral-closed"] = async county =>
        {
            var referralId = await AcceptedAsync(county);
            (await IntakeAsync(county, referralId, "close", new CloseRequest(ReferralOutcome.InCustody))).ShouldSucceed();
            return await county.PostAsync(Coach, $"/api/referrals/{referralId}/attempts", AttemptRequest.Example);
        },
        ["referral-already-accepted"] = async county => await IntakeAsync(county, await AcceptedAsync(county), "decline", DeclineRequest.Example),
        ["referral-not-accepted"] = async county => await county.PostAsync(Coach, $"/api/referrals/{await ReceivedAsync(county)}/attempts", AttemptRequest.Example),
        ["referral-not-answered"] = async county => await IntakeAsync(county, await ReceivedAsync(county), "close", new CloseRequest(ReferralOutcome.InCustody)),
        ["referral-not-closed"] = async county => await IntakeAsync(county, await AcceptedAsync(county), "reopen", ReopenRequest.Example),
        ["redirect-target-unknown"] = async county => await IntakeAsync(county, await ReceivedAsync(county), "redirect", RedirectRequest.Example with { ToAgencyId = "sheriff" }),
        ["redirect-to-oneself"] = async county => await IntakeAsync(county, await ReceivedAsync(county), "redirect", RedirectRequest.Example with { ToAgencyId = "recovery-coaches" }),
        ["referral-in-contact"] = async county =>
        {
            var referralId = await AcceptedAsync(county);
            (await IntakeAsync(county, referralId, "first-contact", FirstContactRequest.Example)).ShouldSucceed();
            return await IntakeAsync(county, referralId, "could-not-contact", WhenOnly.Example);
        },
        ["contact-attempts-insufficient"] = async county => await IntakeAsync(county, await AcceptedAsync(county), "could-not-contact", WhenOnly.Example),
        ["referral-no-contact-made"] = async county => await IntakeAsync(county, await AcceptedAsync(county), "close", new CloseRequest(ReferralOutcome.GotHelp)),
        ["unreachability-not-recorded"] = async county => await IntakeAsync(county, await AcceptedAsync(county), "close", new CloseRequest(ReferralOutcome.CouldNotContact)),
    };

    public static TheoryData<string> Reachable => [.. Requests.Keys];

    [Theory]
    [MemberData(nameof(Reachable))]
    public async Task Is_refused_with_the_documented_status(string code) =>
        (await Requests[code](county)).ShouldBeProblem(ProblemBook.All[code].Status, code);

    [Fact]
    public void Every_refusal_of_the_three_is_in_the_list_once()
    {
        var all = new[] { typeof(OverdoseRejections), typeof(DutyRejections), typeof(ReferralRejections), typeof(IntakeRejections), typeof(TimeRejections) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.ReturnType == typeof(Rejection))
            .Select(method => CodeOf(method));

        Requests.Keys.Concat(OutOfReach.Keys).Order().ShouldBe(all.Distinct().Order());
        OutOfReach.Count.ShouldBeLessThan(Requests.Count / 8);
    }

    /// <summary>The code is text in the method, so any values do.</summary>
    private static string CodeOf(MethodInfo method) => ((Rejection)method.Invoke(null, [.. method.GetParameters().Select(parameter =>
        parameter.ParameterType == typeof(string) ? "x"
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
        : Array.Empty<string>())])!).Code;

    private static ReportOverdoseDoor.Request Overdose(WhenPart when) => new(null, null, DetailsPart.Example, OverdoseSource.Hospital, when);

    private static Task<Reply> ReportDetailsAsync(County county, DetailsPart details) =>
        county.PostAsync(Agent, "/api/overdoses", Overdose(new WhenPart(county.Now.AddHours(-1))) with { Details = details });

    private static async Task<Reply> ChangeOverdoseAsync(County county, Guid overdoseId, string act, object body, Actor? actor = null)
    {
        var overdose = $"/api/overdoses/{overdoseId}";
        return await county.ChangeAsync(actor ?? Agent, $"{overdose}/{act}", (await county.GetAsync(actor ?? Agent, overdose)).ETag ?? "\"1\"", body);
    }

    private static async Task<Reply> CorrectKnowledgeAsync(County county, Guid clientId, Guid overdoseId, DateTimeOffset knownAt) => await county.ChangeAsync(
        Agent,
        $"/api/clients/{clientId}/overdoses/{overdoseId}/correct-knowledge",
        await county.VersionAsync(Agent, $"/api/clients/{clientId}/referral-duty"),
        new CorrectKnowledgeRequest(knownAt, "A slip."));

    private static NotInterestedRequest NotInterested(DateTimeOffset askedAt) => new(askedAt, ContactMode.Phone, "Not now.");

    private static async Task<Owed> DischargedAsync(County county)
    {
        var owed = await county.OweAsync(Agent);
        (await county.DeclineAsync(Agent, owed.ClientId)).ShouldSucceed();
        return owed;
    }

    private static async Task<Owed> VerifiedAsync(County county)
    {
        var owed = await DischargedAsync(county);
        (await county.ChangeDutyAsync(Agent, owed.ClientId, "attest", WhichDuty.Example)).ShouldSucceed();
        (await county.ChangeDutyAsync(Supervisor, owed.ClientId, "verify", WhichDuty.Example)).ShouldSucceed();
        return owed;
    }

    private static async Task<Reply> ReferToAsync(County county, string agency) =>
        await county.PostAsync(Agent, "/api/referrals", new CreateReferralRequest(await county.SuperviseAsync(Agent), agency));

    private static async Task<Guid> ReceivedAsync(County county)
    {
        var referralId = await county.ReferAsync(await county.OweAsync(Agent));
        (await county.AcknowledgeAsync(Coach, referralId)).ShouldSucceed();
        return referralId;
    }

    private static async Task<Guid> AcceptedAsync(County county)
    {
        var referralId = await ReceivedAsync(county);
        (await IntakeAsync(county, referralId, "accept", WhenOnly.Example)).ShouldSucceed();
        return referralId;
    }

    private static async Task<Reply> IntakeAsync(County county, Guid referralId, string act, object body) => await county.ChangeAsync(
        Coach, $"/api/referrals/{referralId}/{act}", await county.VersionAsync(Coach, $"/api/referrals/{referralId}/intake"), body);
}
