using CaseFlow.Api.Http;
using CaseFlow.Integration.Infrastructure;
using Microsoft.AspNetCore.Routing;

namespace CaseFlow.Integration.Http;

/// <summary>Handlers are put together when first called; that they can be is known before anybody calls.</summary>
public sealed class PreparingRoutes(County county) : IClassFixture<County>
{
    [Fact]
    public void Every_handler_can_be_put_together_with_its_filters()
    {
        var routes = county.Service<EndpointDataSource>().Endpoints.Select(route => route.Metadata.GetMetadata<HandlerOnDemand>()).OfType<HandlerOnDemand>().ToList();

        routes.Count.ShouldBeGreaterThan(250);
        foreach (var route in routes)
            route.Prepare().ShouldBeSameAs(route.Prepare());
    }
}
