using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>Who supervises a participant, as the court has it, and how many each officer has (R54).</summary>
public sealed class NamingOfficers : ParticipationSpec
{
    [Fact]
    public void An_agent_at_work_is_named_and_the_last_one_counts()
    {
        GivenAdmitted();

        Record(new SupervisionOfficerNamed("agent-1")).Events.ShouldHaveSingleItem().ShouldBeOfType<SupervisionOfficerNamed>().OfficerId.ShouldBe("agent-1");
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("coord-1")]
    [InlineData("agent-gone")]
    public void Whoever_is_no_agent_at_work_supervises_nobody(string officer)
    {
        GivenAdmitted();

        Record(new SupervisionOfficerNamed(officer)).ShouldBeRefused(ParticipationRejections.OfficerUnknown());
    }

    [Fact]
    public void Nobody_is_supervised_for_a_court_that_has_not_admitted_them()
    {
        GivenAccepted();

        Record(new SupervisionOfficerNamed("agent-1")).ShouldBeRefused(ParticipationRejections.WrongStage(ParticipationStage.Accepted));
    }

    [Fact]
    public void Each_officers_participants_are_counted_against_the_courts_limit()
    {
        var rules = DrugCourt.Coaching with { OfficerCaseload = 2 };

        OfficerCaseload.Of(["b", "a", null, "a", "b", "a"], rules).ShouldBe([new("a", 3, 2, IsAbove: true), new("b", 2, 2, IsAbove: false)]);
        OfficerCaseload.Of([null], rules).ShouldBeEmpty();
    }
}
