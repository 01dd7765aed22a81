using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Time;

namespace CaseFlow.Domain.DrugTests;

/// <summary>A participation is to be tested: by the day's draw, or because somebody decided so.</summary>
/// <param name="Rules">The court's; null for a court without tests.</param>
/// <param name="CaughtUp">Drawn after the day was over.</param>
/// <param name="CourtVersion">Version of the court's configuration that the rules are from.</param>
/// <param name="Reason">Why, when it was not drawn.</param>
public sealed record SelectDrugTest(
    TestedBy Of, Guid TestId, DateOnly Day, TestSelection Selection, bool CaughtUp, TestRules? Rules, int CourtVersion, Sealed<string>? Reason)
{
    /// <summary>Local day on which somebody orders it; null where the day is the draw's.</summary>
    public DateOnly? OrderedOn { get; init; }

    /// <summary>When somebody ordered it; null for a draw, which is of the moment.</summary>
    public When? Ordered { get; init; }

    public static Decision<DrugTestEvent> Decide(SelectDrugTest command, DrugTestingState state, DateTimeOffset now) => command switch
    {
        { Rules: null } => SelectionRejections.CourtWithoutTests(),
        _ when state.Find(command.TestId) is not null => Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestSelected>(fact => fact.TestId == command.TestId, (fact, same) => command.Ordered?.Says(fact, now) is not false && (fact.Day, fact.Selection) == (command.Day, command.Selection) && same(command.Reason, fact.Reason)),
        _ when command.Of.Death?.CheckDone((command.Ordered ?? When.At(now)).OccurredAt) is { } dead => dead,
        _ when command.Ordered?.Check(now) is { } wrongTime => wrongTime,
        _ when command.Day < command.Of.AdmittedOn => DrugTestRejections.BeforeAdmission(),
        _ when command.OrderedOn < command.Of.AdmittedOn => DrugTestRejections.BeforeAdmission() with { Field = "when" },
        { OrderedOn: { } today, Rules: { } rules } when command.Day > today.AddDays(rules.OrderDaysAhead) =>
            DrugTestRejections.TooFarAhead(today.AddDays(rules.OrderDaysAhead)),
        { Selection: TestSelection.ForCause, Reason: null } => DrugTestRejections.CauseMissing(),
        _ => new DrugTestSelected(command.Day, command.Selection, command.CaughtUp, command.CourtVersion, command.Reason)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
        }.At(command.Ordered ?? When.At(now)),
    };

    /// <returns>The one test that a day's draw can select for a participation.</returns>
    public static Guid IdOfDrawn(Guid participationId, DateOnly day) =>
        NamedId.Of(participationId, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"drug-test/{day:yyyy-MM-dd}"));
}

/// <summary>Whose test it is.</summary>
public sealed record TestedBy(Guid ParticipationId, Guid ClientId, string Court)
{
    /// <summary>As far as any record of the person knows; null while they live.</summary>
    public KnownDeath? Death { get; init; }

    /// <summary>Local day of the admission, before which nobody is tested; null where the day is the draw's, which begins after it.</summary>
    public DateOnly? AdmittedOn { get; init; }
}

/// <summary>
/// The participant is told to give a specimen; the window runs from then (R31): on the test's day, or for one that nobody drew later too,
/// and never before, nor before it was ordered or drawn: the window would be over before anybody could know of the test. Of a notice known to the day the window runs from the end of that day, since nobody is late who may be in time.
/// </summary>
/// <param name="On">Local day of the notice.</param>
public sealed record NotifyOfTest(TestedBy Of, Guid TestId, Specimen Specimen, ContactMode Mode, TestRules Rules, DateOnly On, When When)
{
    public static Decision<DrugTestEvent> Decide(NotifyOfTest command, DrugTestingState state, DateTimeOffset now)
    {
        if (state.Find(command.TestId) is not { } test)
            return DrugTestRejections.NotFound(command.TestId);
        if (test.Phase != TestPhase.Selected)
        {
            return Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestNotified>(fact => fact.TestId == command.TestId, (fact, _) => command.When.Says(fact, now) && (fact.Specimen, fact.Mode) == (command.Specimen, command.Mode), DrugTestRejections.NoticeTooLate());
        }

        if (test.CaughtUp || (test.Selection == TestSelection.Random && command.On > test.Day))
            return DrugTestRejections.DayOver();
        if (command.On < test.Day)
            return DrugTestRejections.BeforeItsDay();
        if (command.When.IsBefore(state.SelectedAt[command.TestId]))
            return DrugTestRejections.BeforeSelection();
        if (command.Of.Death?.CheckDone(command.When.OccurredAt) is { } dead)
            return dead;
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        var within = TimeSpan.FromHours(command.Specimen == Specimen.Urine ? command.Rules.UrineHours : command.Rules.OralFluidHours);
        return new DrugTestNotified(command.Specimen, command.Mode, command.When.Latest + within)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
        }.At(command.When);
    }
}

/// <summary>A specimen is given: the identity checked, the collection witnessed, under chain of custody, each time [S:jsi-drug3].</summary>
/// <param name="WitnessedBy">Code of who witnessed it; null for nobody.</param>
/// <param name="Rules">A specimen after the window counts as a missed test does (R32 [P]).</param>
/// <param name="On">Local day of the specimen, by which the test counts whatever day it was ordered for (R33, R40).</param>
public sealed record CollectSpecimen(
    TestedBy Of, Guid TestId, Specimen Specimen, bool IdentityChecked, string? WitnessedBy, Sealed<string> Custody, TestRules Rules, DateOnly On, When When)
{
    public static Decision<DrugTestEvent> Decide(CollectSpecimen command, DrugTestingState state, DateTimeOffset now)
    {
        if (state.Find(command.TestId) is not { } test)
            return DrugTestRejections.NotFound(command.TestId);
        if (test.CollectedAt is not null)
        {
            return command.IdentityChecked ? Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestCollected>(fact => fact.TestId == command.TestId, (fact, same) => command.When.Says(fact, now) && (fact.WitnessedBy, fact.Specimen) == (command.WitnessedBy, command.Specimen) && same(command.Custody, fact.Custody), DrugTestRejections.AlreadyCollected()) : DrugTestRejections.AlreadyCollected();
        }

        if (test.Phase != TestPhase.Notified)
            return test.Phase == TestPhase.Selected ? DrugTestRejections.NotNotified() : DrugTestRejections.NotTaken();
        if (test.Specimen != command.Specimen)
            return DrugTestRejections.AnotherSpecimen();
        if (!command.IdentityChecked)
            return DrugTestRejections.IdentityNotChecked();
        if (command.WitnessedBy is not { } witness)
            return DrugTestRejections.NotWitnessed();
        if (command.When.Check(now) is { } wrongTime)
            return wrongTime;
        if (command.When.IsBefore(test.NotifiedAt))
            return DrugTestRejections.BeforeNotice();
        var inTime = command.When.OccurredAt <= test.CollectBy;
        return new DrugTestCollected(command.Specimen, witness, command.Custody, inTime, inTime ? null : command.Rules.Missed)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
            On = command.On,
        }.At(command.When);
    }
}

/// <summary>The window passed without a specimen; it happened when the window ended (R32).</summary>
/// <param name="Calendar">The jurisdiction's, which says on what day that was.</param>
public sealed record MissTest(TestedBy Of, Guid TestId, TestRules Rules, BusinessCalendar Calendar)
{
    public static Decision<DrugTestEvent> Decide(MissTest command, DrugTestingState state, DateTimeOffset now) => state.Find(command.TestId) switch
    {
        null => DrugTestRejections.NotFound(command.TestId),
        { Phase: TestPhase.Missed } => Decision<DrugTestEvent>.AlreadyDone,
        { Phase: TestPhase.Selected } => DrugTestRejections.NotNotified(),
        { Phase: TestPhase.Notified, CollectBy: { } end } when command.Of.Death?.CheckAwaited(end) is { } dead => dead,
        { Phase: TestPhase.Notified, CollectBy: { } end } => end < now
            ? new DrugTestMissed(command.Rules.Missed)
            {
                ParticipationId = command.Of.ParticipationId,
                ClientId = command.Of.ClientId,
                Court = command.Of.Court,
                TestId = command.TestId,
                On = command.Calendar.LocalDate(end),
            }.At(new When(end, TimePrecision.Exact, now))
            : DrugTestRejections.WindowOpen(end),
        _ => Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestMissed>(fact => fact.TestId == command.TestId, (_, _) => true, DrugTestRejections.AlreadyAnswered()),
    };
}

/// <summary>The participant refuses to give a specimen (R32).</summary>
/// <param name="On">Local day of the refusal.</param>
public sealed record RefuseTest(TestedBy Of, Guid TestId, Sealed<string>? Words, TestRules Rules, DateOnly On, When When)
{
    public static Decision<DrugTestEvent> Decide(RefuseTest command, DrugTestingState state, DateTimeOffset now) => DecideAnew(command, state, now)
        .UnlessTold<DrugTestRefused>(command.When, now, (fact, same) => fact.TestId == command.TestId && same(command.Words, fact.Words));

    private static Decision<DrugTestEvent> DecideAnew(RefuseTest command, DrugTestingState state, DateTimeOffset now) => state.Find(command.TestId) switch
    {
        null => DrugTestRejections.NotFound(command.TestId),
        { Phase: TestPhase.Refused } => Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestRefused>(fact => fact.TestId == command.TestId, (fact, same) => command.When.Says(fact, now) && same(command.Words, fact.Words)),
        { Phase: TestPhase.Selected } => DrugTestRejections.NotNotified(),
        { Phase: TestPhase.Notified } test => (command.When.Check(now) ?? (command.When.IsBefore(test.NotifiedAt) ? DrugTestRejections.BeforeNotice() : null)
            ?? command.Of.Death?.CheckDone(command.When.OccurredAt))
            is { } wrongTime ? wrongTime : new DrugTestRefused(command.Rules.Refused, command.Words)
            {
                ParticipationId = command.Of.ParticipationId,
                ClientId = command.Of.ClientId,
                Court = command.Of.Court,
                TestId = command.TestId,
                On = command.On,
            }.At(command.When),
        _ => Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestRefused>(
            fact => fact.TestId == command.TestId, (fact, same) => command.When.Says(fact, now) && same(command.Words, fact.Words), DrugTestRejections.AlreadyAnswered()),
    };
}

/// <summary>A test that was missed, refused or given late is excused; a result stays what it is.</summary>
public sealed record ExcuseTest(TestedBy Of, Guid TestId, Sealed<string> Reason, When When)
{
    public static Decision<DrugTestEvent> Decide(ExcuseTest command, DrugTestingState state, DateTimeOffset now) => state.Find(command.TestId) switch
    {
        null => DrugTestRejections.NotFound(command.TestId),
        { Excused: true } => Decision<DrugTestEvent>.AlreadyDoneIf<DrugTestExcused>(fact => fact.TestId == command.TestId, (fact, same) => command.When.Says(fact, now) && same(command.Reason, fact.Reason)),
        { } test when !test.Against.Keys.Any(DrugTest.Excusable.Contains) => DrugTestRejections.NothingToExcuse(),
        _ => command.When.Check(now) is { } wrongTime ? wrongTime : new DrugTestExcused(command.Reason)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
        }.At(command.When),
    };
}
