using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Disclosures;

/// <summary>A suspected breach with its two clocks (R63).</summary>
public sealed class SuspectingABreach() : Spec<BreachState, BreachEvent>(BreachState.Initial, BreachState.Evolve)
{
    private static readonly Guid BreachId = Guid.Parse("0195d6c4-0000-7000-8000-000000000010");
    private static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Sealed<string> What = Sealed<string>.Of("Left in the waiting room.");
    private static readonly SuspectBreach Suspect = new(BreachId, "dcc", What, "supervisor-1", new When(Now.AddDays(-2), TimePrecision.Exact, Now.AddHours(-1)));
    private static readonly AssessBreach Assess = new(BreachId, BreachFinding.Breach, [ClientId], What, "privacy-1");

    [Fact]
    public void Both_clocks_run_from_when_it_was_learned()
    {
        Ask().Events.ShouldHaveSingleItem().ShouldBeOfType<BreachSuspected>().ShouldSatisfyAllConditions(
            fact => fact.AssessBy.ShouldBe(Now.AddHours(23)),
            fact => fact.NotifyBy.ShouldBe(Now.AddHours(-1).AddDays(60)),
            fact => fact.PolicyVersion.ShouldBe(3));
        Ask().ShouldBeAlreadyDone();
    }

    [Fact]
    public void Told_again_it_is_the_same_only_with_the_same_disclosure() => ShouldLoseNothing(
        Suspect, (told, state, now) => SuspectBreach.Decide(told, state, RightsPolicy.Default, 3, now), "ReportedBy");

    [Fact]
    public void Is_refused_when_it_lies_ahead() =>
        WhenAsked(state => SuspectBreach.Decide(Suspect with { When = When.At(Now.AddHours(1)) }, state, RightsPolicy.Default, 3, Now))
            .Rejection!.Code.ShouldBe("known-in-future");

    [Fact]
    public void Is_assessed_once()
    {
        WhenAsked(state => AssessBreach.Decide(Assess, state, Now)).ShouldBeRefused(BreachRejections.NotFound(BreachId));
        Ask();
        WhenAsked(state => AssessBreach.Decide(Assess, state, Now))
            .ShouldRecord(new BreachAssessed(BreachFinding.Breach, [ClientId], What, "privacy-1") { BreachId = BreachId }.At(Now));
        WhenAsked(state => AssessBreach.Decide(Assess, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => AssessBreach.Decide(Assess with { Finding = BreachFinding.NoBreach }, state, Now)).ShouldBeRefused(BreachRejections.AssessedDifferently(BreachId));
        WhenAsked(state => AssessBreach.Decide(Assess with { ClientIds = [] }, state, Now)).ShouldBeRefused(BreachRejections.AssessedDifferently(BreachId));
    }

    [Fact]
    public void Nobody_is_notified_of_what_is_not_found_to_be_one()
    {
        var notify = new NotifyBreach(BreachId, BreachAudience.Clients, DisclosureMethod.Paper, "privacy-1");
        WhenAsked(state => NotifyBreach.Decide(notify, state, Now)).ShouldBeRefused(BreachRejections.NotFound(BreachId));
        Ask();
        WhenAsked(state => NotifyBreach.Decide(notify, state, Now)).ShouldBeRefused(BreachRejections.NotABreach(BreachId));
        WhenAsked(state => AssessBreach.Decide(Assess, state, Now));
        WhenAsked(state => NotifyBreach.Decide(notify, state, Now)).Events.ShouldHaveSingleItem();
        WhenAsked(state => NotifyBreach.Decide(notify, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => NotifyBreach.Decide(notify with { Audience = BreachAudience.Authority }, state, Now)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Each_clock_is_late_on_its_own()
    {
        Ask();
        bool Assessment(double hours) => State.Find(BreachId)!.IsAssessmentLateAt(Now.AddHours(hours));
        bool Notification(double days) => State.Find(BreachId)!.IsNotificationLateAt(Now.AddDays(days));

        (Assessment(23), Assessment(23.1), Notification(59), Notification(60)).ShouldBe((false, true, false, true));
        WhenAsked(state => AssessBreach.Decide(Assess, state, Now.AddHours(2)));
        (Assessment(23.1), Notification(60)).ShouldBe((false, true));
        WhenAsked(state => NotifyBreach.Decide(new(BreachId, BreachAudience.Authority, DisclosureMethod.Paper, "privacy-1"), state, Now.AddDays(1)));
        Notification(60).ShouldBeTrue();
        WhenAsked(state => NotifyBreach.Decide(new(BreachId, BreachAudience.Clients, DisclosureMethod.Paper, "privacy-1"), state, Now.AddDays(2)));
        Notification(60).ShouldBeFalse();
    }

    [Fact]
    public void What_is_found_to_be_none_is_owed_to_nobody()
    {
        Ask();
        WhenAsked(state => AssessBreach.Decide(Assess with { Finding = BreachFinding.LowProbability }, state, Now));

        State.Find(BreachId)!.IsNotificationLateAt(Now.AddDays(90)).ShouldBeFalse();
    }

    private Decision<BreachEvent> Ask() => WhenAsked(state => SuspectBreach.Decide(Suspect, state, RightsPolicy.Default, 3, Now));
}
