using CaseFlow.Api.AccessRecords;
using CaseFlow.Api.Composition;
using CaseFlow.Api.Http;
using CaseFlow.Api.Identity;
using CaseFlow.Domain;
using CaseFlow.EventStore.Views;

namespace CaseFlow.Api.Administration;

/// <summary>How the views are doing.</summary>
public static class ProjectionDoors
{
    /// <param name="Views">Each view, where it stands, and why it stopped if it did.</param>
    public sealed record Answer(IReadOnlyList<ViewStatus> Views);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapAsk("/admin/projections", async (CaseFlowDatabase database, CancellationToken cancellation) =>
            new Answer(await database.Runner.StatusAsync(cancellation)))
        .Named("listProjections", "Where each view stands in the log, and what it stopped at").Allow(Role.Administrator)
        .ShowsNobody("names and positions of views").Asks()
        .Gives(new Answer([new ViewStatus("timeline", Position: 4711, Behind: 0)]));
}
