using CaseFlow.Domain.Courts;

namespace CaseFlow.Domain.DrugTests;

/// <summary>When a test was ordered, told, given, or its result reported, was entered with another time: what follows from it is judged anew, and nothing else moves.</summary>
internal static class CorrectingTestTimes
{
    /// <summary>
    /// Entered after the notice, an order would leave the test without one (<see cref="NotifyOfTest"/>): put right, the test stands as if the order had been
    /// entered when it was given. The day that was that of the entry becomes that of the order; one that was stated stays.
    /// </summary>
    public static Decision<DrugTestEvent> DecideOrder(CorrectTest command, DrugTestingState state, DrugTest test, DateTimeOffset now)
    {
        if (command is not { Ordered: { } right, Calendar: { } calendar })
            return DrugTestRejections.OrderTimeMissing();
        if (state.SelectedAt[command.TestId] == right.OccurredAt)
            return CorrectTest.Stands(command, command.Corrected!.OccurredAt != right.OccurredAt, now);
        if ((right.Check(now) ?? command.Of.Death?.CheckDone(right.OccurredAt)) is { } rejection)
            return rejection;
        var on = calendar.LocalDate(right.OccurredAt);
        if (on < command.Of.AdmittedOn)
            return DrugTestRejections.BeforeAdmission() with { Field = "ordered" };
        if (state.FollowingOf(command.TestId).Notified?.IsBefore(right.OccurredAt) is true)
            return DrugTestRejections.OrderedAfterNotice();
        return new DrugTestCorrected(command.CorrectedEventId, right.OccurredAt, null, command.Error, command.Reason)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
            Corrects = TestStatement.Ordered,
            Day = test.Day == calendar.LocalDate(state.SelectedAt[command.TestId]) && test.Day != on ? on : null,
        }.At(command.When);
    }

    /// <summary>What was found stays as it is; when that was known moves, for every moment asked about, and with it which of confirmation, contest and correction came last.</summary>
    public static Decision<DrugTestEvent> DecideReport(CorrectTest command, When right, TestStatement statement, DrugTestingState state, DrugTest test, DateTimeOffset now)
    {
        if (statement != TestStatement.Result)
            return DrugTestRejections.NoResultTimeCorrected();
        if (command.Outcome is not null || command.Ordered is not null)
            return DrugTestRejections.ResultAndTime();
        var times = state.ResultsOf(command.TestId);
        var isReport = command.Corrected is DrugTestResultReported;
        if (times.Of(command.Corrected!) == new ResultTime(right.OccurredAt, right.OccurredUntil))
            return CorrectTest.Stands(command, command.Corrected!.OccurredAt != right.OccurredAt, now);
        if ((right.Check(now) ?? command.When.Check(now)) is { } wrongTime)
            return wrongTime;
        if (right.IsBefore(test.CollectedAt))
            return DrugTestRejections.BeforeCollection() with { Field = "reported" };
        if ((isReport ? times.ReportDoubted : times.ConfirmationDoubted)?.IsBefore(right.OccurredAt) is true)
            return DrugTestRejections.ReportedAfterDoubt();
        if (command.When.IsBefore(right.OccurredAt))
            return TimeRejections.BeforeWhatItFollows($"what is corrected, {right.OccurredAt:u}");
        return new DrugTestCorrected(command.CorrectedEventId, right.OccurredAt, null, command.Error, command.Reason)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
            Corrects = isReport ? TestStatement.Reported : TestStatement.Confirmed,
            CorrectedOccurredUntil = right.OccurredUntil,
        }.At(command.When);
    }

    /// <summary>When the participant was told, or gave the specimen: each by itself, of the entry that says so, and while they took part.</summary>
    public static Decision<DrugTestEvent> DecideAnswer(CorrectTest command, DrugTestingState state, DrugTest test, DateTimeOffset now)
    {
        var (field, right) = command.Notified is { } notified ? ("notified", notified) : ("collected", command.Collected!.Value);
        if (command is { Notified: not null, Collected: not null } || command.Outcome is not null || command.Ordered is not null || command.Reported is not null)
            return DrugTestRejections.TimesOneByOne(field);
        if (command.Corrected is not (DrugTestNotified or DrugTestCollected) || command.Corrected is DrugTestNotified != command.Notified is not null)
            return DrugTestRejections.NoSuchTimeCorrected(field);
        if (command.Corrected is DrugTestNotified ? (test.NotifiedAt, test.CollectBy) == (right.OccurredAt, right.Latest + Window(command, test)) : (test.CollectedAt, test.CollectedUntil) == (right.OccurredAt, right.Latest))
            return CorrectTest.Stands(command, (command.Corrected!.OccurredAt, command.Corrected.OccurredUntil) != (right.OccurredAt, right.OccurredUntil), now);
        if ((right.Check(now) ?? command.When.Check(now) ?? command.Of.Death?.CheckDone(right.OccurredAt)) is { } rejection)
            return rejection;
        if (command.Over?.IsBefore(right.OccurredAt) is true)
            return DrugTestRejections.AfterTheEnd(field);
        if (command.When.IsBefore(right.OccurredAt))
            return TimeRejections.BeforeWhatItFollows($"what is corrected, {right.OccurredAt:u}");
        return command.Corrected is DrugTestNotified ? Notice(command, right, state, test, now) : Specimen(command, right, state, test);
    }

    /// <summary>
    /// As <see cref="NotifyOfTest"/> asks, and before the answer. The window moves with it: a specimen is in time or late by the new one (R31), and a miss happened when it
    /// ended, which is to have come (R32).
    /// </summary>
    private static Decision<DrugTestEvent> Notice(CorrectTest command, When right, DrugTestingState state, DrugTest test, DateTimeOffset now)
    {
        var (on, end) = (command.Calendar!.LocalDate(right.OccurredAt), right.Latest + Window(command, test));
        if (test.Selection == TestSelection.Random && on > test.Day)
            return DrugTestRejections.DayOver() with { Field = "notified" };
        if (on < test.Day)
            return DrugTestRejections.BeforeItsDay() with { Field = "notified" };
        if (right.IsBefore(state.SelectedAt[command.TestId]))
            return DrugTestRejections.BeforeSelection() with { Field = "notified" };
        if (test.Given?.IsBefore(right.OccurredAt) is true || (test.Phase == TestPhase.Refused && state.FollowingOf(command.TestId).Refused?.IsBefore(right.OccurredAt) is true))
            return DrugTestRejections.NoticeAfterAnswer();
        List<DrugTestEvent> facts = [Told(command, right, TestStatement.Notified) with { CollectBy = end, InTime = Judged(test, test.CollectedAt, end), CountsAs = Counts(command, test, test.CollectedAt, end) }];
        if (test.Phase == TestPhase.Missed && command.MissedEventId is { } missed)
        {
            if (end >= now)
                return DrugTestRejections.WindowOpen(end) with { Field = "notified" };
            if (command.Of.Death?.CheckAwaited(end) is { } dead)
                return dead;
            facts.Add(Told(command, When.At(end), TestStatement.WindowOver) with { CorrectedEventId = missed, On = command.Calendar.LocalDate(end) });
        }

        return facts.ConvertAll(fact => (DrugTestEvent)fact.At(command.When));
    }

    /// <summary>After the notice and before what was found in it; the test counts by its day, and it is in time or late anew.</summary>
    private static Decision<DrugTestEvent> Specimen(CorrectTest command, When right, DrugTestingState state, DrugTest test)
    {
        if (right.IsBefore(test.NotifiedAt))
            return DrugTestRejections.BeforeNotice() with { Field = "collected" };
        var results = state.ResultsOf(command.TestId);
        ResultTime?[] followed = [results.Reported, results.Confirmed, .. state.FollowingOf(command.TestId).Found];
        if (followed.Any(one => one?.IsBefore(right.OccurredAt) is true))
            return DrugTestRejections.SpecimenAfterFinding();
        return (Told(command, right, TestStatement.Collected) with
        {
            On = command.Calendar!.LocalDate(right.OccurredAt),
            InTime = Judged(test, right.OccurredAt, test.CollectBy),
            CountsAs = Counts(command, test, right.OccurredAt, test.CollectBy),
        }).At(command.When);
    }

    private static TimeSpan Window(CorrectTest command, DrugTest test) =>
        TimeSpan.FromHours(test.Specimen == DrugTests.Specimen.Urine ? command.Rules!.UrineHours : command.Rules!.OralFluidHours);

    /// <returns>Whether the specimen was given in time, where that is not what it was; what was struck out or excused stays so where nothing changes.</returns>
    private static bool? Judged(DrugTest test, DateTimeOffset? collectedAt, DateTimeOffset? collectBy) =>
        !(collectedAt > collectBy) is var inTime && inTime != !(test.CollectedAt > test.CollectBy) ? inTime : null;

    private static CountsAs? Counts(CorrectTest command, DrugTest test, DateTimeOffset? collectedAt, DateTimeOffset? collectBy) =>
        Judged(test, collectedAt, collectBy) is false ? command.Rules!.Missed : null;

    private static DrugTestCorrected Told(CorrectTest command, When right, TestStatement statement) =>
        new(command.CorrectedEventId, right.OccurredAt, null, command.Error, command.Reason)
        {
            ParticipationId = command.Of.ParticipationId,
            ClientId = command.Of.ClientId,
            Court = command.Of.Court,
            TestId = command.TestId,
            Corrects = statement,
            CorrectedOccurredUntil = right.OccurredUntil,
        };
}
