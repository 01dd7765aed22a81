using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Unit.DrugTests;

/// <summary>One participant's tests in a drug court, under the template's rules.</summary>
public abstract class DrugTestSpec() : Spec<DrugTestingState, DrugTestEvent>(DrugTestingState.Initial, DrugTestingState.Evolve)
{
    protected static readonly TestedBy Of = new(Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "drug-court");
    protected static readonly DateOnly Day = new(2026, 3, 3);
    protected static readonly Guid Test = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e1");
    protected static readonly TestRules Rules = CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []).Tests!;
    protected static readonly DateTimeOffset Morning = Now.AddHours(-10);
    protected static readonly Sealed<string> Words = Sealed<string>.Of("In words.");

    protected static readonly BusinessCalendar Calendar = new(JurisdictionPolicy.Default("court"));

    protected static TestOutcome Negative => new(TestResult.Negative, []);

    protected static TestOutcome Positive(params string[] substances) => new(TestResult.Positive, substances);

    protected TestStanding Standing => State.Find(Test)!.Standing;

    protected static SelectDrugTest Select(TestSelection selection = TestSelection.Random, bool caughtUp = false) =>
        new(Of, Test, Day, selection, caughtUp, Rules, 1, selection == TestSelection.ForCause ? Words : null);

    protected void GivenSelected(bool caughtUp = false) => WhenAsked(state => SelectDrugTest.Decide(Select(caughtUp: caughtUp), state, Morning));

    protected void GivenNotified(DateTimeOffset? at = null)
    {
        GivenSelected();
        WhenAsked(state => NotifyOfTest.Decide(new(Of, Test, Specimen.Urine, ContactMode.Phone, Rules, Day, When.At(at ?? Morning)), state, Now)).Rejection.ShouldBeNull();
    }

    protected void GivenCollected(DateTimeOffset? at = null)
    {
        GivenNotified();
        WhenAsked(state => CollectSpecimen.Decide(Collect(at), state, Now)).Rejection.ShouldBeNull();
    }

    protected void GivenReported(TestOutcome outcome)
    {
        GivenCollected();
        WhenAsked(state => ReportTestResult.Decide(Report(outcome), state, Now)).Rejection.ShouldBeNull();
    }

    protected static CollectSpecimen Collect(DateTimeOffset? at = null) =>
        new(Of, Test, Specimen.Urine, IdentityChecked: true, "collector-1", Words, Rules, Day, When.At(at ?? Morning.AddHours(1)));

    protected static ReportTestResult Report(TestOutcome outcome) => new(Of, Test, outcome, "state-laboratory", When.At(Now));

    protected static TFact Fact<TFact>(TFact fact, DateTimeOffset at)
        where TFact : DrugTestEvent => fact.At(at);
}
