using CaseFlow.Api.Coaching;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Time;

namespace CaseFlow.Api.Demonstration;

/// <summary>What one coach does with one participant: a plan with goals, a session a week, a measure of recovery at the beginning and later.</summary>
internal sealed class CoachingWork(Teller teller, BusinessCalendar calendar, CoachingRules rules, CoachingOf coaching)
{
    private const int DaysBetweenMeasures = 35;

    private readonly int n = coaching.Number;

    /// <summary>The first coach, from the assignment until so long ago; the whole is one command.</summary>
    public async Task TellAsync(Actor coach, double until)
    {
        await InOneAsync(coach, tell =>
        {
            for (var day = coaching.Began - 0.5; day > until; day -= 7)
            {
                if (day == coaching.Began - 0.5)
                    Plan(tell, day);
                Session(tell, day);
            }

            if (n == 10 && coaching.Began > 9)
                Agree(tell, "untold", 4, 9);
            if (n != 13 && coaching is { Ended: null, ChangedAgo: null })
                Agree(tell, "next", -3, 0.4);
            for (var day = coaching.Began - 1.5; day > until; day -= DaysBetweenMeasures)
                Measure(tell, coach, day);
            if (coaching.Began > 60)
                Progress(tell, Math.Max(until, 1.2));
        });
        if (n == 2)
            await CorrectAsync(coach);
    }

    /// <summary>Whoever comes next.</summary>
    public Task ContinueAsync(Actor coach, double from, bool isRead) => InOneAsync(coach, tell =>
    {
        if (isRead)
            tell((state, at) => CompleteHandover.Decide(new(coaching.In, coach.Id), state, at), from);
        for (var day = from - 1; day > 0.5; day -= 7)
            Session(tell, day);
        Agree(tell, "next", -3, 0.4);
    });

    private void Plan(Told tell, double day)
    {
        var (plan, housing, work) = (Id("plan"), Id("goal/housing"), Id("goal/work"));
        var review = calendar.LocalDate(teller.Ago(day)).AddDays(90);
        tell((state, at) => CreatePlan.Decide(new(coaching.In, plan, Sealed<string>.Of("A home, work, and somebody to call."), review, calendar.LocalDate(at)), state, at), day);
        tell((state, at) => SetGoal.Decide(new(coaching.In, plan, housing, "housing", Sealed<string>.Of("A room of my own."), review), state, at), day);
        tell((state, at) => SetGoal.Decide(new(coaching.In, plan, work, "employment", Sealed<string>.Of("Work where they know."), null), state, at), day);
        tell((state, at) => SignPlan.Decide(new(coaching.In, plan, SessionParty.Client, When.At(at)), state, at), day);
        tell((state, at) => SignPlan.Decide(new(coaching.In, plan, SessionParty.Coach, When.At(at)), state, at), day);
    }

    private void Progress(Told tell, double day)
    {
        var today = calendar.LocalDate(teller.Ago(day));
        tell((state, at) => MoveGoal.Decide(new(coaching.In, Id("goal/work"), GoalPhase.Open, Sealed<string>.Of("Two applications."), When.At(at)), state, at), day);
        tell((state, at) => MoveGoal.Decide(new(coaching.In, Id("goal/housing"), GoalPhase.Achieved, null, When.At(at)), state, at), day);
        tell((state, at) => ReviewPlan.Decide(new(coaching.In, Id("plan"), today.AddDays(60), Sealed<string>.Of("The room is there; work is next."), today), state, at), day);
    }

    /// <summary>Most are held; every fifth participant missed one of the last weeks, every seventh was excused from one.</summary>
    private void Session(Told tell, double day)
    {
        var (id, isLate) = (Id($"session/{day}"), day is > 7 and <= 14);
        if (isLate && (n % 5 == 1 || n % 7 == 1))
        {
            Agree(tell, $"session/{day}", day, Math.Min(day + 2, coaching.Began));
            var reason = n % 7 == 1 ? Sealed<string>.Of("Had to work.") : null;
            tell((state, at) => MissSession.Decide(new(coaching.In, id, n % 7 == 1, reason), state, at), day - 0.1);
            return;
        }

        var kind = (int)day % 3 == 0 ? SessionKind.CheckIn : SessionKind.OneToOne;
        tell(
            (state, at) => HoldSession.Decide(new(
                coaching.In, id, kind, kind == SessionKind.CheckIn ? ContactMode.Phone : ContactMode.InPerson, kind == SessionKind.CheckIn ? 15 : 45,
                state.Goals.ContainsKey(Id("goal/work")) ? [Id("goal/work")] : [], Sealed<string>.Of("How the week was."), When.At(at)), state, at),
            day);
    }

    /// <param name="tell">Tells it.</param>
    /// <param name="name">Names the session.</param>
    /// <param name="daysAgo">When it is, or was, to be.</param>
    /// <param name="agreedAgo">When it was agreed.</param>
    private void Agree(Told tell, string name, double daysAgo, double agreedAgo) => tell(
        (state, at) => ScheduleSession.Decide(new(coaching.In, Id(name), teller.Ago(daysAgo), SessionKind.OneToOne, ContactMode.InPerson), state, at), agreedAgo);

    private void Measure(Told tell, Actor coach, double day)
    {
        var score = 22 + (n % 9) + (int)((coaching.Began - day) / 4);
        int[] answers = [.. Enumerable.Range(0, 10).Select(item => Math.Min(6, (score / 10) + (item < score % 10 ? 1 : 0)))];
        tell(
            (state, at) => CompleteAssessment.Decide(
                new(coaching.In, Id($"barc/{day}"), "barc-10", "2017", answers.Sum(), null, answers, coach.Id, rules, When.At(at)), state, at),
            day);
    }

    /// <summary>A length that was typed wrongly: what was recorded stays in the record.</summary>
    private Task CorrectAsync(Actor coach) => teller.TellAsync(coach, async session =>
    {
        var stream = await session.LoadAsync(Streams.Coaching, StreamIds.Coaching(coaching.In.ParticipationId, County.Provider));
        var held = stream.History.Last(recorded => recorded.Data is CoachingSessionHeld);
        var fact = (CoachingSessionHeld)held.Data;
        var right = new CorrectSession(
            coaching.In, new CoachingEntry(held.EventId, fact, coach.Id), new SessionOutcome(Attendance.Attended, fact.Kind, 60), Right: null,
            new Corrector(coach.Id, Leads: false), Sealed<string>.Of("We talked for an hour."));
        session.Record(stream, CorrectSession.Decide(right, stream.State, session.Now), CoachingDesk.About);
        return Answer.Done(stream);
    });

    private Guid Id(string name) => NamedId.Of(coaching.In.ParticipationId, $"demonstration/{name}");

    private delegate void Told(Func<CoachingState, DateTimeOffset, Decision<CoachingEvent>> decide, double daysAgo);

    private Task InOneAsync(Actor coach, Action<Told> story) => teller.TellAsync(coach, async session =>
    {
        var stream = await session.LoadAsync(Streams.Coaching, StreamIds.Coaching(coaching.In.ParticipationId, County.Provider));
        var isTold = stream.History.Any(recorded => (recorded.Headers as Circumstances)?.Actor == coach.Id);
        if (!isTold)
            story((decide, daysAgo) => session.Record(stream, decide(stream.State, teller.Ago(daysAgo)), CoachingDesk.About));
        return Answer.Done(stream);
    });
}
