using CaseFlow.Domain.Agencies;

namespace CaseFlow.Unit.Agencies;

/// <summary>Told again, what the directory is told is done already only if it is the same.</summary>
public sealed class TellingTheDirectoryAgain : DirectorySpec
{
    [Fact]
    public void Oversight_and_its_end()
    {
        GivenTheStaff();
        WhenAsked(state => EndOversight.Decide(new("sam", "nobody gave it"), state, Now)).ShouldBeAlreadyDone();
        ShouldLoseNothing(new AssignOversight("sam"), AssignOversight.Decide);
        ShouldLoseNothing(new EndOversight("sam", "back to one office"), EndOversight.Decide);
    }

    [Fact]
    public void A_departure()
    {
        GivenTheStaff();
        ShouldLoseNothing(new RecordDeparture("ada", "retired"), RecordDeparture.Decide);
    }

    [Fact]
    public void Under_which_law_records_are()
    {
        GivenTheStaff();
        ShouldLoseNothing(
            new DecideRecordStatus("safe-communities", null, State.FindAgency("safe-communities")!.StatusOfRecords, "asked counsel"), DecideRecordStatus.Decide, "Status");
    }
}
