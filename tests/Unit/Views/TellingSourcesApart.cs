using CaseFlow.Projections.Timeline;

namespace CaseFlow.Unit.Views;

public sealed class TellingSourcesApart
{
    [Theory]
    [InlineData("coaches/Engagement/PART2,WI_51_30", "coaches/Engagement/PART2,WI_51_30", true)]
    [InlineData("coaches/Engagement/", "coaches/Engagement/", true)]
    [InlineData("coaches/Engagement/PART2", "coaches/Engagement/", false)]
    [InlineData("coaches/Engagement/PART2", "dcc/Engagement/PART2", false)]
    [InlineData("coaches/Engagement/WORKER_PRIVATE/peer-1", "coaches/Engagement/WORKER_PRIVATE/peer-1", true)]
    [InlineData("coaches/Engagement/WORKER_PRIVATE/peer-1", "coaches/Engagement/WORKER_PRIVATE/peer-2", false)]
    [InlineData("coaches/Engagement/WORKER_PRIVATE/peer-1", "coaches/Engagement/WORKER_PRIVATE", false)]
    public void They_are_one_when_their_keys_are(string one, string other, bool same)
    {
        TimelineSource[] both = [TimelineSource.OfKey(one), TimelineSource.OfKey(other)];

        both.Distinct().Count().ShouldBe(same ? 1 : 2);
        both.Select(source => source.Key).ShouldBe([one, other]);
    }
}
