using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Erasures;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;

namespace CaseFlow.Api.Overdoses;

/// <summary>The duty to refer after an overdose: known, discharged, attested, verified (R1–R6).</summary>
public static class DutyDoors
{
    public static void Map(IEndpointRouteBuilder api)
    {
        const string duty = "/clients/{clientId:guid}/referral-duty";

        api.MapFact("/clients/{clientId:guid}/overdoses/{overdoseId:guid}/known", DutyChanges.KnownAsync)
            .Named("recordOverdoseKnown", "The client's agent learned of the overdose: the clock of the duty starts (R1)")
            .Allow(Role.Agent, Role.AgentSupervisor)
            .Takes(new KnownRequestValidator(), KnownRequest.Example);
        api.MapChange("/clients/{clientId:guid}/overdoses/{overdoseId:guid}/correct-knowledge", DutyChanges.CorrectKnowledgeAsync)
            .Named("correctAgentKnowledge", "The agent learned at another time: an open duty's due time moves, a met one is judged again")
            .Allow(Role.Agent, Role.AgentSupervisor)
            .Takes(new CorrectKnowledgeRequestValidator(), CorrectKnowledgeRequest.Example);
        api.MapAsk(duty, ReadDuty.Handle)
            .Named("readReferralDuty", "The client's duties, oldest first, with the version that changes name in If-Match")
            .Allow(Role.Agent, Role.AgentSupervisor).Shows<ReadDuty.View>(Streams.Duty.Alias)
            .Gives(ReadDuty.Example);
        api.MapChange(duty + "/not-interested", DutyChanges.NotInterestedAsync)
            .Named("recordNotInterested", "The client was asked and is not interested: a lawful discharge (R2)")
            .Allow(Role.Agent, Role.AgentSupervisor)
            .Takes(new NotInterestedRequestValidator(), NotInterestedRequest.Example);
        api.MapChange(duty + "/impossible", DutyChanges.ImpossibleAsync)
            .EndsWorkOnErased("nobody can be referred any more")
            .Named("recordImpossibility", "The duty cannot be met: the client is gone, or unreachable after the policy's attempts (R9)")
            .Allow(Role.Agent, Role.AgentSupervisor)
            .Takes(new ImpossibleRequestValidator(), ImpossibleRequest.Example);
        api.MapChange(duty + "/exempt", DutyChanges.ExemptAsync)
            .EndsWorkOnErased("a supervisor ends what nobody can do any more")
            .Named("exemptDuty", "A supervisor exempts the duty for a reason on the policy's list (R3)")
            .Allow(Role.AgentSupervisor)
            .Takes(new ExemptRequestValidator(), ExemptRequest.Example);
        api.MapChange(duty + "/attest", DutyChanges.AttestAsync)
            .Named("attestReferral", "The agent confirms what was done")
            .Allow(Role.Agent)
            .Takes(new WhichDutyValidator(), WhichDuty.Example);
        api.MapChange(duty + "/verify", DutyChanges.VerifyAsync)
            .Named("verifyDuty", "The supervisor verifies it, never an own act (R6)")
            .Allow(Role.AgentSupervisor)
            .Takes(new WhichDutyValidator(), WhichDuty.Example);
        api.MapChange(duty + "/return", DutyChanges.ReturnAsync)
            .Named("returnDuty", "The supervisor returns it with a reason; the agent attests again (R6)")
            .Allow(Role.AgentSupervisor)
            .Takes(new ReturnRequestValidator(), ReturnRequest.Example);
    }
}
