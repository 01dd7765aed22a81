using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Unit.Storage;

namespace CaseFlow.Unit.Architecture;

/// <summary>What is corrected to a day counts from the end of it, as what was told of a day does: every view and every reader asks <see cref="ICorrection"/>.</summary>
public sealed class CountingADayFromItsEnd
{
    /// <summary>When an agent learned of something is a moment, which a clock runs from.</summary>
    private static readonly Type[] OfMoments = [typeof(AgentKnowledgeCorrected)];

    public static TheoryData<string> Moving => [.. EventCatalogue.All.Where(IsMoving).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Moving))]
    public void A_correction_that_can_move_a_time_says_until_when(string name)
    {
        var correction = (ICorrection)SampleEvents.Of(EventCatalogue.All.Single(type => type.Name == name));

        correction.CorrectedCountsFrom.ShouldBe(correction.CorrectedOccurredUntil);
        correction.CorrectedOccurredUntil.ShouldNotBeNull();
    }

    [Fact]
    public void There_are_such_corrections() => Moving.Count.ShouldBeGreaterThanOrEqualTo(3);

    private static bool IsMoving(Type type) => type.IsAssignableTo(typeof(ICorrection)) && !OfMoments.Contains(type) && ((ICorrection)SampleEvents.Of(type)).CorrectedOccurredAt is not null;
}
