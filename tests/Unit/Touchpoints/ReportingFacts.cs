using CaseFlow.Domain;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Unit.Touchpoints;

public sealed class ReportingFacts
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");

    public static TheoryData<TouchpointEvent, string> Summaries => new()
    {
        { new SupervisionContactReported(ContactMode.InPerson) { ClientId = ClientId }, "Agent and client were in contact in person." },
        { new ContactMade(ContactMode.Phone, 20) { ClientId = ClientId }, "Contact by phone, 20 minutes." },
        { new ContactMade(ContactMode.HomeVisit, null) { ClientId = ClientId }, "Contact at home." },
        { new OutreachAttempted(ContactMode.Text, AttemptOutcome.NoAnswer) { ClientId = ClientId }, "Tried to reach the client by text: no answer." },
        { new CallForServiceReceived("welfare-check") { ClientId = ClientId }, "Call for service: welfare-check." },
        { new NaloxoneProvided(1) { ClientId = ClientId }, "Given naloxone: 1 dose." },
        { new EdArrivalReported("meriter") { ClientId = ClientId }, "Arrived at the emergency department: meriter." },
        { new EdDischargeReported("meriter") { ClientId = ClientId }, "Discharged from the emergency department: meriter." },
        { new RecoveryCoachOffered { ClientId = ClientId }, "Offered a recovery coach." },
        { new RecoveryCoachAccepted { ClientId = ClientId }, "Accepted a recovery coach." },
        { new RecoveryCoachDeclined { ClientId = ClientId }, "Declined a recovery coach for now." },
        { new WarmHandoffPerformed("meriter", "safe-communities", true) { ClientId = ClientId }, "Handed over from meriter to safe-communities, all in one place." },
        { new AdmittedToPlacement("residential") { ClientId = ClientId }, "Admitted to residential care." },
        { new NeedMet("clothing") { ClientId = ClientId }, "Need met: clothing." },
    };

    public static TheoryData<TouchpointEvent, Rejection> Wrong => new()
    {
        { new ContactMade(ContactMode.Phone, 0) { ClientId = ClientId }, FactRejections.AmountOutOfRange("minutes", 1, 1440) },
        { new NaloxoneProvided(51) { ClientId = ClientId }, FactRejections.AmountOutOfRange("doses", 1, 50) },
        { new CallForServiceReceived("Joan Doe fell") { ClientId = ClientId }, FactRejections.NotACode("callType") },
        { new EdArrivalReported("") { ClientId = ClientId }, FactRejections.NotACode("facility") },
        { new EdDischargeReported("Meriter!") { ClientId = ClientId }, FactRejections.NotACode("facility") },
        { new WarmHandoffPerformed("Joan", "cora", false) { ClientId = ClientId }, FactRejections.NotACode("from") },
        { new WarmHandoffPerformed("ed", "Cora", false) { ClientId = ClientId }, FactRejections.NotACode("to") },
        { new AdmittedToPlacement("Detox") { ClientId = ClientId }, FactRejections.NotACode("levelOfCare") },
        { new NeedMet("a warm coat") { ClientId = ClientId }, FactRejections.NotACode("need") },
    };

    [Theory]
    [MemberData(nameof(Summaries))]
    public void Records_them_with_their_times_and_says_them_in_plain_words(TouchpointEvent fact, string summary)
    {
        var when = new When(Now.AddHours(-2), TimePrecision.Minute, Now.AddHours(-1));

        var decision = ReportFact.Decide(new(fact, when), Now);

        decision.ShouldRecord(fact.At(when));
        ReportableFacts.Of(fact).Summary(fact).ShouldBe(summary);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Is_refused_where_the_fact_itself_is_wrong(TouchpointEvent fact, Rejection rejection) =>
        ReportFact.Decide(new(fact, When.At(Now)), Now).ShouldBeRefused(rejection);

    [Fact]
    public void Is_refused_ahead_of_time() =>
        ReportFact.Decide(new(new RecoveryCoachOffered { ClientId = ClientId }, When.At(Now.AddDays(1))), Now)
            .ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddDays(1), Now));

    [Fact]
    public void Has_one_line_for_every_touchpoint_with_a_route_of_its_own()
    {
        ReportableFacts.All.Select(line => line.EventType)
            .ShouldBe(EventCatalogue.All.Where(type => type.IsSubclassOf(typeof(TouchpointEvent))), ignoreOrder: true);
        ReportableFacts.All.Select(line => line.Route).ShouldBeUnique();
        ReportableFacts.All.ShouldAllBe(line => Slug.IsValid(line.Route) && line.Roles.Count > 0 && line.Roles.Distinct().Count() == line.Roles.Count);
    }
}
