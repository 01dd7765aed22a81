using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;

namespace CaseFlow.Unit.Overdoses;

public sealed class IdentifyingThePerson : OverdoseSpec
{
    private static readonly IdentifyOverdosePerson Identify = new(OverdoseId, ClientId, IdentifiedBy.Family, Later);

    [Fact]
    public void Names_the_client()
    {
        Given(ReportedOfSomebody());

        Decide(Identify).ShouldRecord(Identified());
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(ReportedOfSomebody(), Identified());

        Decide(Identify).ShouldRecordNothing();
    }

    [Fact]
    public void Of_the_client_whom_the_report_named_says_once_who_recognised_them()
    {
        var told = Decide(Identify, Reported());
        told.ShouldRecord(Identified());
        Given(told.Events[0]);

        var history = new OverdoseEvent[] { Reported(), Identified() };
        Decide(Identify).Against(history, (_, _) => true).ShouldRecordNothing();
        Decide(Identify with { How = IdentifiedBy.Document }).Against(history, (_, _) => true).ShouldRefuse(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void Of_whom_it_is_by_now_is_done_where_somebody_recognised_them_on_another_record()
    {
        var elsewhere = Identified() with { ClientId = OtherClient };
        Given(ReportedOfSomebody(), elsewhere);

        IdentifyOverdosePerson.Decide(Identify, State with { ClientId = ClientId }, Now).Against([ReportedOfSomebody(), elsewhere], (_, _) => true).ShouldRecordNothing();
    }

    [Fact]
    public void Is_refused_when_somebody_else_is_identified()
    {
        Given(Reported());

        Decide(Identify with { ClientId = OtherClient }).ShouldRefuse(OverdoseRejections.PersonAlreadyIdentified(OverdoseId));
    }

    [Fact]
    public void Is_refused_before_the_report() => Decide(Identify).ShouldRefuse(OverdoseRejections.NotFound(OverdoseId));

    [Fact]
    public void Is_refused_ahead_of_the_recording()
    {
        Given(ReportedOfSomebody());

        Decide(Identify with { When = When.At(Ahead) }).ShouldRefuse(TimeRejections.KnownInFuture(Ahead, Now));
    }

    private Decision<OverdoseEvent> Decide(IdentifyOverdosePerson command, params OverdoseEvent[] history)
    {
        Given(history);
        return Decide(command).Against(history, (_, _) => true);
    }

    private Decision<OverdoseEvent> Decide(IdentifyOverdosePerson command) => IdentifyOverdosePerson.Decide(command, State, Now);
}
