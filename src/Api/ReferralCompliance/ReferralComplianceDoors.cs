using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Asking;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.Projections.ReferralCompliance;

namespace CaseFlow.Api.ReferralCompliance;

/// <summary>The duty queue: who did, who did not, and why.</summary>
public static class ReferralComplianceDoors
{
    /// <summary>A coordinator sees whether the participants of the own court are discharged: nobody, while there are no courts.</summary>
    private static readonly Role[] Readers = [Role.Agent, Role.AgentSupervisor, Role.Auditor, Role.Coordinator];

    private static readonly DateTimeOffset ExampleInstant = new(2026, 3, 4, 13, 30, 0, TimeSpan.Zero);

    public static void Map(IEndpointRouteBuilder api)
    {
        const string queue = "/referral-compliance";
        // A duty always withholds what the coach did; its record says so.
        const string view = ReferralComplianceView.ViewName;

        api.MapAsk(queue, AskCompliance.PageAsync)
            .Named("listReferralCompliance", "The duty queue by due time: own, of the office, of the jurisdiction")
            .Allow(Readers)
            .Shows<AskCompliance.Queue>(view, (answer, _) => answer.Items.Select(item => item.ClientId), answer => answer.Items.Count > 0)
            .Covers<AskCompliance.Queue>((queue, why) => queue with { Items = [.. queue.Items.Select(item => why(item.ClientId) is { } hidden ? item.WithoutContent(hidden) : item)] })
            .Asks([.. QueueFilter.Parameters, .. QueueSort.Parameters, .. AskedMoment.Parameters, .. AskedPage.Parameters])
            .Gives(new AskCompliance.Queue([DutyItem.Example], Next: null, Position: 4711, AsOf: null, ExampleInstant));
        api.MapAsk(queue + "/counts", AskCompliance.CountAsync)
            .Named("countReferralCompliance", "How many duties of the same queue stand where")
            .Allow(Readers)
            .Shows<AskCompliance.Counted>(view, (answer, client) => client is not { } asked ? [] : answer.Counts.All > 0 ? [asked] : null)
            .ShowsSkeletonOfHidden("numbers")
            .Asks([.. QueueFilter.Parameters, .. AskedMoment.Parameters])
            .Gives(new AskCompliance.Counted(
                new DutyCounts(12, 3, 1, 1, 1, 4, 2, 1, 1, 1, 6, 1, 2, 4, 1, 1), Position: 4711, AsOf: null, ExampleInstant));
        api.MapAsk(queue + "/{dutyId:guid}", AskCompliance.FindAsync)
            .Named("readReferralCompliance", "One duty with every fact behind it; its ETag is for If-Match on the client's duty")
            .Allow(Readers).Shows<AskCompliance.Detail>(view, (answer, _) => [answer.Duty.ClientId], _ => true)
            .Asks(AskedMoment.Parameters)
            .Gives(new AskCompliance.Detail(DutyItem.Example, [DutyFact.Example], Position: 4711, AsOf: null, ExampleInstant));
    }
}
