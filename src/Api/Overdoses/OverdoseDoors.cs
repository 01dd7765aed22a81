using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;

namespace CaseFlow.Api.Overdoses;

/// <summary>Overdoses: reported by anybody who learns of one, then identified, confirmed, ruled out, corrected.</summary>
public static class OverdoseDoors
{
    /// <summary>Everybody who may hear of an overdose and is not there to judge (overdose-duty, "Roles").</summary>
    internal static readonly Role[] Reporters =
    [
        Role.Agent, Role.AgentSupervisor, Role.Coach, Role.CoachSupervisor, Role.PeerSpecialist, Role.Coordinator, Role.Dispatcher, Role.Service,
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        ReportOverdoseDoor.Map(api);
        api.MapAsk("/overdoses/{overdoseId:guid}", ReadOverdose.Handle)
            .Named("readOverdose", "One overdose, as far as its reporting agency and those who supervise the client see it").Allow([.. Reporters, Role.PrivacyOfficer])
            .Shows<ReadOverdose.View>(Streams.Overdose.Alias, (shown, _) => shown.ClientId is { } client ? [client] : [], withheld: shown => shown.Details is null)
            .ShowsSkeletonOfSealed("its reporter's own report; the handler refuses it to those who supervise the client")
            .Gives(ReadOverdose.Example);
        api.MapChange("/overdoses/{overdoseId:guid}/identify", ChangeOverdose.IdentifyAsync)
            .Named("identifyOverdosePerson", "The person of the overdose is this client").Allow(Reporters)
            .Takes(new IdentifyRequestValidator(), IdentifyRequest.Example);
        api.MapChange("/overdoses/{overdoseId:guid}/confirm", ChangeOverdose.ConfirmAsync)
            .Named("confirmOverdose", "A suspected overdose is confirmed").Allow(Reporters)
            .Takes(new ConfirmRequestValidator(), ConfirmRequest.Example);
        api.MapChange("/overdoses/{overdoseId:guid}/rule-out", ChangeOverdose.RuleOutAsync)
            .Named("ruleOutOverdose", "It was no overdose after all").Allow(Reporters)
            .Takes(new RuleOutRequestValidator(), RuleOutRequest.Example);
        api.MapChange("/overdoses/{overdoseId:guid}/confirm-fatality", ChangeOverdose.ConfirmFatalityAsync)
            .Named("confirmOverdoseFatality", "The person died; support for the family is scheduled (R18)").Allow(Reporters)
            .Takes(new ConfirmRequestValidator(), ConfirmRequest.Example);
        api.MapChange("/overdoses/{overdoseId:guid}/correct", ChangeOverdose.CorrectAsync)
            .Named("correctOverdoseReport", "What was reported was wrong; the record shows both").Allow(Reporters)
            .Takes(new CorrectRequestValidator(), CorrectRequest.Example);
    }
}
