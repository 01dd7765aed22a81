using CaseFlow.Domain;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views.Rebuilding;
using CaseFlow.Projections;

namespace CaseFlow.Unit.Views;

/// <summary>A half-built view is gone on with only by the code that began it.</summary>
public sealed class TellingBuildsApart
{
    [Fact]
    public void Asks_for_the_build_of_everything_that_the_view_may_run()
    {
        var builds = new RebuildSubject("caseload", 1, typeof(ProjectionCatalogue), "").Builds();

        foreach (var type in new[] { typeof(ProjectionCatalogue), typeof(Actor), typeof(IEventStore) })
            builds.ShouldContain($"{type.Assembly.GetName().Name} {type.Module.ModuleVersionId}");
    }
}
