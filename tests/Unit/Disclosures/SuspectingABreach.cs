using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Disclosures;

/// <summary>A suspected breach with its two clocks (R63).</summary>
public sealed class SuspectingABreach() : Spec<BreachState, BreachEvent>(BreachState.Initial, BreachState.Evolve)
{
    private static readonly Guid BreachId = Guid.Parse("0195d6c4-0000-7000-8000-000000000010");
    private static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid Other = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
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
        WhenAsked(state => AssessBreach.Decide(Assess, state, [ClientId], Now)).ShouldBeRefused(BreachRejections.NotFound(BreachId));
        Ask();
        WhenAsked(state => AssessBreach.Decide(Assess, state, [ClientId], Now))
            .ShouldRecord(new BreachAssessed(BreachFinding.Breach, [ClientId], What, "privacy-1") { BreachId = BreachId }.At(Now));
        WhenAsked(state => AssessBreach.Decide(Assess, state, [ClientId], Now)).ShouldBeAlreadyDone();
        WhenAsked(state => AssessBreach.Decide(Assess with { Finding = BreachFinding.NoBreach }, state, [ClientId], Now)).ShouldBeRefused(BreachRejections.AssessedDifferently(BreachId));
        WhenAsked(state => AssessBreach.Decide(Assess with { ClientIds = [] }, state, [ClientId], Now)).ShouldBeRefused(BreachRejections.AssessedDifferently(BreachId));
    }

    [Fact]
    public void Is_of_records_that_there_are_and_of_the_one_that_was_told_or_opened()
    {
        var used = new EmergencyAccessUsed("coach-1", Role.Coach, "coaches", EmergencyReason.Overdose, What, Now.AddHours(4), Now.AddDays(7), PolicyVersion: 3)
        { ClientId = ClientId, EmergencyAccessId = BreachId }.At(Now.AddHours(-2));
        var suspect = SuspectBreach.Of(used, "privacy-1", Now);
        WhenAsked(state => SuspectBreach.Decide(suspect, state, RightsPolicy.Default, 3, Now)).Events.ShouldHaveSingleItem().ShouldBeOfType<BreachSuspected>().ShouldSatisfyAllConditions(
            fact => (fact.Opened, fact.AgencyId, fact.OccurredAt, fact.KnownAt).ShouldBe((new OpenedWithoutCause(BreachId, ClientId), "coaches", Now.AddHours(-2), Now)),
            fact => fact.AssessBy.ShouldBe(Now.AddHours(24)));
        WhenAsked(state => SuspectBreach.Decide(suspect, state, RightsPolicy.Default, 3, Now.AddHours(1))).ShouldBeAlreadyDone();
        var assess = Assess with { BreachId = suspect.BreachId };

        Answer(assess with { ClientIds = [BreachId, ClientId] }, [ClientId]).ShouldBeRefused(BreachRejections.ClientUnknown(BreachId));
        Answer(assess with { ClientIds = [BreachId] }, [BreachId]).ShouldBeRefused(BreachRejections.ClientLeftOut(ClientId));
        Answer(assess with { ClientIds = [] }, []).ShouldBeRefused(BreachRejections.ClientLeftOut(ClientId));
        Answer(assess with { ClientIds = [BreachId, ClientId] }, [ClientId, BreachId]).Events.ShouldHaveSingleItem();

        Decision<BreachEvent> Answer(AssessBreach told, Guid[] known) => WhenAsked(state => AssessBreach.Decide(told, state, known, Now));
    }

    [Fact]
    public void One_that_is_found_to_be_none_is_of_nobodys_record()
    {
        WhenAsked(state => SuspectBreach.Decide(
            Suspect with { Disclosed = new DisclosedWithoutBasis(BreachId, ClientId) }, state, RightsPolicy.Default, 3, Now)).Events.ShouldHaveSingleItem();

        WhenAsked(state => AssessBreach.Decide(Assess with { Finding = BreachFinding.NoBreach, ClientIds = [] }, state, [], Now)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Nobody_is_notified_of_what_is_not_found_to_be_one()
    {
        var notify = new NotifyBreach(BreachId, BreachAudience.Clients, DisclosureMethod.Paper, "privacy-1");
        WhenAsked(state => NotifyBreach.Decide(notify, state, Now)).ShouldBeRefused(BreachRejections.NotFound(BreachId));
        Ask();
        WhenAsked(state => NotifyBreach.Decide(notify, state, Now)).ShouldBeRefused(BreachRejections.NotABreach(BreachId));
        WhenAsked(state => AssessBreach.Decide(Assess, state, [ClientId], Now));
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
        WhenAsked(state => AssessBreach.Decide(Assess, state, [ClientId], Now.AddHours(2)));
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
        WhenAsked(state => AssessBreach.Decide(Assess with { Finding = BreachFinding.LowProbability }, state, [ClientId], Now));

        State.Find(BreachId)!.IsNotificationLateAt(Now.AddDays(90)).ShouldBeFalse();
    }

    [Fact]
    public void Is_assessed_anew_by_a_correction_that_leaves_the_first_on_record()
    {
        var correct = new CorrectBreachAssessment(BreachId, BreachFinding.NoBreach, [], Sealed<string>.Of("An empty form."), "privacy-1");
        Correct(correct).ShouldBeRefused(BreachRejections.NotFound(BreachId));
        Ask();
        Correct(correct).ShouldBeRefused(BreachRejections.NotAssessed(BreachId));
        WhenAsked(state => AssessBreach.Decide(Assess, state, [ClientId], Now));
        Correct(correct with { ClientIds = [Other] }).ShouldBeRefused(BreachRejections.ClientUnknown(Other));

        Correct(correct).ShouldRecord(new BreachAssessmentCorrected(BreachFinding.NoBreach, [], correct.Reason, "privacy-1") { BreachId = BreachId }.At(Now.AddHours(1)));

        Correct(correct).ShouldBeAlreadyDone();
        Correct(correct with { Reason = What }).ShouldBeRefused(RepeatRejections.RecordedDifferently());
        WhenAsked(state => AssessBreach.Decide(Assess, state, [ClientId], Now)).ShouldBeAlreadyDone();
        State.Find(BreachId)!.Assessments.Select(one => one.Finding).ShouldBe([BreachFinding.Breach, BreachFinding.NoBreach]);
        Correct(correct with { Finding = BreachFinding.Breach, ClientIds = [ClientId, Other] }, Other).Events.ShouldHaveSingleItem();
        Correct(correct).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_correction_of_what_was_told_or_opened_names_that_record()
    {
        WhenAsked(state => SuspectBreach.Decide(
            Suspect with { Disclosed = new DisclosedWithoutBasis(BreachId, ClientId) }, state, RightsPolicy.Default, 3, Now)).Events.ShouldHaveSingleItem();
        WhenAsked(state => AssessBreach.Decide(Assess with { Finding = BreachFinding.NoBreach, ClientIds = [] }, state, [], Now)).Events.ShouldHaveSingleItem();

        Correct(new CorrectBreachAssessment(BreachId, BreachFinding.Breach, [Other], What, "privacy-1"), Other).ShouldBeRefused(BreachRejections.ClientLeftOut(ClientId));
    }

    [Fact]
    public void Who_was_told_one_after_the_other_is_told()
    {
        Ask();
        WhenAsked(state => AssessBreach.Decide(Assess, state, [ClientId], Now));
        var notify = new NotifyBreach(BreachId, BreachAudience.Clients, DisclosureMethod.Paper, "privacy-1");
        WhenAsked(state => NotifyBreach.Decide(notify, state, Now)).Events.ShouldHaveSingleItem();
        Correct(new(BreachId, BreachFinding.Breach, [Other], Sealed<string>.Of("The other one."), "privacy-1"), Other).Events.ShouldHaveSingleItem();
        State.Find(BreachId)!.IsOwedToClients.ShouldBeTrue();
        WhenAsked(state => NotifyBreach.Decide(notify with { Method = DisclosureMethod.Phone }, state, Now.AddHours(1))).Events.ShouldHaveSingleItem();

        Correct(new(BreachId, BreachFinding.Breach, [ClientId, Other], Sealed<string>.Of("Both."), "privacy-1"), Other).Events.ShouldHaveSingleItem();

        (State.Find(BreachId)!.IsOwedToClients, State.Find(BreachId)!.IsNotificationLateAt(Now.AddDays(90))).ShouldBe((false, false));
    }

    [Fact]
    public void Whom_a_correction_names_is_told_though_others_were()
    {
        Ask();
        WhenAsked(state => AssessBreach.Decide(Assess, state, [ClientId], Now));
        var notify = new NotifyBreach(BreachId, BreachAudience.Clients, DisclosureMethod.Paper, "privacy-1");
        WhenAsked(state => NotifyBreach.Decide(notify, state, Now)).Events.ShouldHaveSingleItem();
        bool Late() => State.Find(BreachId)!.IsNotificationLateAt(Now.AddDays(90));
        (Late(), State.Find(BreachId)!.IsOwedToClients).ShouldBe((false, false));

        Correct(new(BreachId, BreachFinding.Breach, [ClientId, Other], Sealed<string>.Of("Two pages."), "privacy-1"), Other).Events.ShouldHaveSingleItem();

        (Late(), State.Find(BreachId)!.IsOwedToClients, State.Find(BreachId)!.IsNotificationLateAt(Now.AddMinutes(30))).ShouldBe((true, true, false));
        WhenAsked(state => NotifyBreach.Decide(notify with { Method = DisclosureMethod.Phone }, state, Now.AddHours(2))).Events.ShouldHaveSingleItem();
        WhenAsked(state => NotifyBreach.Decide(notify with { Method = DisclosureMethod.Phone }, state, Now.AddHours(2))).ShouldBeAlreadyDone();
        (Late(), State.Find(BreachId)!.IsOwedToClients).ShouldBe((false, false));
        Correct(new(BreachId, BreachFinding.Breach, [ClientId], Sealed<string>.Of("One page after all."), "privacy-1"), Other).Events.ShouldHaveSingleItem();
        Late().ShouldBeFalse("who was told stays told");
    }

    [Fact]
    public void Nobody_is_told_of_what_a_correction_finds_to_be_none_and_somebody_of_what_it_finds_to_be_one()
    {
        Ask();
        WhenAsked(state => AssessBreach.Decide(Assess with { Finding = BreachFinding.NoBreach }, state, [ClientId], Now));
        State.Find(BreachId)!.IsNotificationLateAt(Now.AddDays(90)).ShouldBeFalse();
        Correct(new(BreachId, BreachFinding.Breach, [ClientId], What, "privacy-1")).Events.ShouldHaveSingleItem();
        State.Find(BreachId)!.IsNotificationLateAt(Now.AddDays(90)).ShouldBeTrue("the clock runs from when it was learned");

        Correct(new(BreachId, BreachFinding.LowProbability, [ClientId], Sealed<string>.Of("It came back unopened."), "privacy-1")).Events.ShouldHaveSingleItem();
        State.Find(BreachId)!.IsNotificationLateAt(Now.AddDays(90)).ShouldBeFalse();
        WhenAsked(state => NotifyBreach.Decide(new(BreachId, BreachAudience.Clients, DisclosureMethod.Paper, "privacy-1"), state, Now))
            .ShouldBeRefused(BreachRejections.NotABreach(BreachId));
    }

    private Decision<BreachEvent> Correct(CorrectBreachAssessment command, params Guid[] alsoKnown) =>
        WhenAsked(state => CorrectBreachAssessment.Decide(command, state, [ClientId, .. alsoKnown], Now.AddHours(1)));

    private Decision<BreachEvent> Ask() => WhenAsked(state => SuspectBreach.Decide(Suspect, state, RightsPolicy.Default, 3, Now));
}
