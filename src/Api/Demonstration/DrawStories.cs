using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Api.DrugTests;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Time;

namespace CaseFlow.Api.Demonstration;

/// <summary>
/// The court's random tests: the program's own commitment, draws and disclosures, each by a clock that stands at its day, so that every test has a draw that
/// anybody can check. Only what came of the tests is a story.
/// </summary>
/// <param name="teller">Tells what came of them.</param>
/// <param name="loopAt">The program's commands at an instant.</param>
/// <param name="selectionsWith">The program's draws, recorded by those commands.</param>
/// <param name="cancellation">Ends the telling.</param>
internal sealed class DrawStories(
    Teller teller, Func<DateTimeOffset, CommandLoop> loopAt, Func<CommandLoop, TestSelections> selectionsWith, CancellationToken cancellation)
{
    private const int Days = 40;
    private const string Court = CourtStories.Court;

    private DateOnly? next;

    /// <summary>They take part from the day after their admission on, or from the first day that is told; with the first the seeds are committed.</summary>
    public async Task StartAsync(IReadOnlyList<Drawn> participants, CourtConfiguration court, BusinessCalendar calendar)
    {
        var first = calendar.LocalDate(teller.Ago(Days));
        var began = calendar.Utc(first.AddDays(-1), new TimeOnly(9, 0));
        var loop = loopAt(began);
        await RunAsync(loop, async session =>
        {
            var roster = await session.LoadAsync(Streams.TestingRoster, StreamIds.TestingRoster(Teller.Jurisdiction, Court));
            foreach (var one in participants.OrderByDescending(one => one.AdmittedDaysAgo).Where(one => !IsTold(roster.History, one)))
            {
                var admitted = calendar.Utc(calendar.LocalDate(teller.Ago(one.AdmittedDaysAgo)), new TimeOnly(17, 0));
                var at = admitted < began ? began : admitted;
                var start = new StartRandomTesting(Court, one.ParticipationId, one.ClientId, court.Tests, calendar.LocalDate(at).AddDays(1));
                session.Record(roster, StartRandomTesting.Decide(start, roster.State, at), About);
            }

            await selectionsWith(loop).CommitAsync(session, Court, SelectionMonth.Of(first, calendar), About);
            return Answer.Done(roster);
        });
    }

    /// <summary>Every day that is not drawn yet, each in its first minute; with the first of a month the seed of the one before is disclosed.</summary>
    /// <param name="until">The last of them.</param>
    /// <param name="calendar">Whose days.</param>
    public async Task DrawAsync(DateOnly until, BusinessCalendar calendar)
    {
        for (var day = next ?? calendar.LocalDate(teller.Ago(Days)); day <= until; day = day.AddDays(1))
        {
            var month = SelectionMonth.Of(day, calendar);
            var selections = selectionsWith(loopAt(month.StartOf(day).AddMinutes(1)));
            await selections.AdvanceAsync(Teller.Jurisdiction, Court, month.First, cancellation);
            if (day == month.First)
                await selections.AdvanceAsync(Teller.Jurisdiction, Court, month.First.AddMonths(-1), cancellation);
            next = day.AddDays(1);
        }
    }

    /// <summary>Those whose participation ended take part no more.</summary>
    public Task EndAsync(IReadOnlyList<Drawn> participants) => teller.TellAsync(County.Coordinator1, async session =>
    {
        var roster = await session.LoadAsync(Streams.TestingRoster, StreamIds.TestingRoster(Teller.Jurisdiction, Court));
        foreach (var one in participants)
            session.Record(roster, EndRandomTesting.Decide(new(Court, one.ParticipationId, TestingEndReason.ParticipationEnded), roster.State, teller.Ago(one.EndedDaysAgo!.Value)), About);
        return Answer.Done(roster);
    });

    /// <summary>What came of a participant's tests. Every seventh missed the last one, every sixth was positive in one of the last; of today's most are still to be told.</summary>
    public Task AnswerAsync(Drawn one, TestRules rules, BusinessCalendar calendar) => teller.TellAsync(County.Coordinator1, async session =>
    {
        var tests = await session.LoadAsync(Streams.DrugTesting, StreamIds.DrugTesting(one.ParticipationId));
        session.Filing = new Filing(File: CourtFile.Confidential);
        var told = tests.State.Tests.Values.Where(test => test is { Phase: TestPhase.Selected, CaughtUp: false }).OrderBy(test => test.Day).ToList();
        var positive = one.Number % 6 == 1 ? told.LastOrDefault(test => calendar.Utc(test.Day, TimeOnly.MinValue) < teller.Ago(4)) : null;
        var missed = one.Number % 7 == 2 ? told.LastOrDefault(test => calendar.Utc(test.Day, TimeOnly.MinValue) < teller.Ago(1)) : null;
        foreach (var test in told)
        {
            var at = calendar.Utc(test.Day, new TimeOnly(8, 0));
            Tell(at, now => NotifyOfTest.Decide(new(Of(), test.TestId, Specimen.Urine, ContactMode.Phone, rules, test.Day, When.At(now)), tests.State, now));
            if (test == missed)
            {
                Tell(at.AddHours(rules.UrineHours + 1), now => MissTest.Decide(new(Of(), test.TestId, rules, calendar), tests.State, now));
                continue;
            }

            var outcome = test == positive ? new TestOutcome(TestResult.Positive, ["opiates"]) : new TestOutcome(TestResult.Negative, []);
            Tell(at.AddHours(3), now => CollectSpecimen.Decide(
                new(Of(), test.TestId, Specimen.Urine, true, "officer-1", Sealed<string>.Of($"C-{one.Number}-{test.Day:MMdd}"), rules, test.Day, When.At(now)), tests.State, now));
            Tell(at.AddHours(30), now => ReportTestResult.Decide(new(Of(), test.TestId, outcome, "county-lab", When.At(now)), tests.State, now));
        }

        return Answer.Done(tests);

        TestedBy Of() => new(one.ParticipationId, one.ClientId, Court);

        void Tell(DateTimeOffset at, Func<DateTimeOffset, Decision<DrugTestEvent>> decide)
        {
            if (at <= teller.Anchor)
                session.Record(tests, decide(at), About);
        }
    });

    private static bool IsTold(IEnumerable<EventStore.RecordedEvent> history, Drawn one) =>
        history.Any(recorded => recorded.Data is RandomTestingStarted started && started.ParticipationId == one.ParticipationId);

    private static Circumstances About(Circumstances about) => about with { Intercept = 3 };

    private async Task RunAsync(CommandLoop loop, Func<CommandSession, Task<Answer>> act) =>
        Teller.Told(await loop.RunAsync(County.Coordinator1, act, new CommandTerms(), cancellation));
}

/// <summary>A participant who takes part in the draws.</summary>
/// <param name="Number">Of the participant.</param>
/// <param name="EndedDaysAgo">Days since the end; null while it lasts.</param>
internal sealed record Drawn(Guid ClientId, Guid ParticipationId, int Number, double AdmittedDaysAgo, double? EndedDaysAgo);

/// <summary>A clock that stands, for what is told as of its day; timers run as ever.</summary>
internal sealed class StandingClock(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at;
}
