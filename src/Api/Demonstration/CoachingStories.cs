using CaseFlow.Api.Coaching;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Composition;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Time;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.Domain.Workforce;
using CaseFlow.Projections.Storage;

namespace CaseFlow.Api.Demonstration;

/// <summary>
/// The coaching of the court's participants, told by the coaching's own rules: offered and declined, accepted, ordered; sessions held, missed
/// and excused; plans with goals, measures of recovery, coaches who hand over. One is without a coach, one was not met for too long, of one
/// nobody said what came of a session, and of one an entry was corrected.
/// </summary>
internal sealed class CoachingStories(Teller teller, Registers registers, BlindIndex marks, BusinessCalendar calendar, CourtConfiguration court)
{
    private const int LongestDays = 84;
    private const int Weeks = 4;

    /// <summary>Both coaches are certified before they take anybody on (R50).</summary>
    public async Task CertifyAsync()
    {
        foreach (var coach in new[] { County.Coach1, County.Coach2 })
        {
            await teller.TellAsync(County.CoachLead1, Streams.Workforce, StreamIds.Workforce(Teller.Jurisdiction, coach.Id), (state, _) => CertifyWorker.Decide(
                new(coach.Id, Certification.Cps, Day(480), Day(-240), null, WorkforcePolicy.Default, When.At(teller.Ago(480))), state, teller.Ago(480)));
        }
    }

    /// <param name="client">Whose.</param>
    /// <param name="participation">In which participation.</param>
    /// <param name="n">Number of the participant.</param>
    /// <param name="admitted">Days since the admission.</param>
    /// <param name="ended">Days since the end; null while it lasts.</param>
    public async Task TellAsync(Guid client, Guid participation, int n, int admitted, double? ended)
    {
        var coaching = new CoachingOf(teller, new CoachedIn(participation, client), Math.Min(admitted - 1, LongestDays), ended, n);
        await OfferedAsync(coaching);
        await AttendedAsync(coaching, admitted);
        if (n % 6 == 0 || n == 16)
            return;
        var first = n % 2 == 1 ? County.Coach1 : County.Coach2;
        await AssignedAsync(coaching, first, coaching.Began);
        await new CoachingWork(teller, calendar, court.Coaching, coaching).TellAsync(first, coaching.ChangedAgo ?? coaching.UntilAgo);
        if (coaching.ChangedAgo is { } changed)
        {
            await LeftAsync(coaching, first, changed);
            if (n == 13)
                return;
            await AssignedAsync(coaching, County.Coach2, changed - 0.5);
            await new CoachingWork(teller, calendar, court.Coaching, coaching).ContinueAsync(County.Coach2, changed - 1, isRead: n == 3);
        }

        if (ended is { } end)
            await EndedAsync(coaching, first, end, n == 21 ? CoachingEndReason.Moved : CoachingEndReason.Completed);
    }

    /// <summary>Every sixth is offered a peer and says no, one says yes; to the others it is ordered, a session a week.</summary>
    private Task OfferedAsync(CoachingOf coaching) => teller.TellAsync(County.Coordinator1, async session =>
    {
        var (n, at) = (coaching.Number, teller.Ago(coaching.Began + 0.6));
        var stream = await session.LoadAsync(Streams.CoachingOrder, StreamIds.CoachingOrder(coaching.In.ParticipationId));
        void Tell(Decision<CoachingOrderEvent> decision) => session.Record(stream, decision, CoachingDesk.About);
        if (stream.State.Phase != CoachingOrderPhase.None)
            return Answer.Done(stream);
        if (n % 6 == 0 || n == 17)
        {
            Tell(OfferPeer.Decide(new(coaching.In, CourtStories.Court, County.Provider, null, court.Coaching, When.At(at)), stream.State, at));
            Tell(n == 17
                ? AcceptPeer.Decide(new(coaching.In, When.At(at.AddHours(1))), stream.State, at.AddHours(1))
                : DeclinePeer.Decide(new(coaching.In, Sealed<string>.Of("Not now. Ask me again."), calendar.LocalDate(at).AddDays(30), When.At(at)), stream.State, at));
            return Answer.Done(stream);
        }

        var from = calendar.LocalDate(at);
        var order = new CoachingOrder(1, OrderPeriod.Week, SessionKind.OneToOne, from, from.AddYears(1));
        Tell(OrderCoaching.Decide(new(coaching.In, CourtStories.Court, County.Provider, null, order, court.Coaching, 1, from, When.At(at)), stream.State, at));
        return Answer.Done(stream);
    });

    /// <summary>The provider's groups, week by week: counts alone.</summary>
    private Task AttendedAsync(CoachingOf coaching, int admitted) => teller.TellAsync(County.CoachLead1, async session =>
    {
        var n = coaching.Number;
        var (participation, client) = coaching.In;
        var stream = await session.LoadAsync(Streams.TreatmentAttendance, StreamIds.TreatmentAttendance(participation, County.Provider));
        var today = calendar.LocalDate(teller.Anchor);
        var sunday = today.AddDays(today.DayOfWeek == DayOfWeek.Sunday ? -7 : -(int)today.DayOfWeek);
        var attended = new AttendedIn(participation, client, Day(admitted), coaching.Ended is { } ended ? Day(ended) : null);
        foreach (var week in Enumerable.Range(0, Weeks).Select(back => sunday.AddDays(-7 * back)).Where(week => week >= attended.ReferredOn && (attended.EndedOn is not { } end || week <= end)))
        {
            var missed = (week.DayNumber / 7 + n) % 5 == 0 ? 1 : 0;
            var excused = (week.DayNumber / 7 + n) % 7 == 0 ? 1 : 0;
            var (start, until) = calendar.DayOf(week);
            var known = until < teller.Anchor ? until : teller.Anchor;
            session.Record(stream, ReportTreatmentAttendance.Decide(
                new(attended, NamedId.Of(participation, $"attendance/{week:O}"), County.Provider, null, week.AddDays(-6), week,
                    new AttendanceCount(3, 3 - missed - excused, excused), today, new When(start, TimePrecision.Day, known, until)),
                stream.State, session.Now), CoachingDesk.About);
        }

        return Answer.Done(stream);
    });

    private Task AssignedAsync(CoachingOf coaching, Actor coach, double daysAgo) => teller.TellAsync(County.CoachLead1, async session =>
    {
        var (participation, client) = coaching.In;
        var at = teller.Ago(daysAgo);
        var stream = await session.LoadAsync(Streams.Coaching, StreamIds.Coaching(participation, County.Provider));
        if (stream.History.Any(recorded => recorded.Data is CoachAssigned one && one.CoachId == coach.Id))
            return Answer.Done(stream);
        var order = (await session.LoadAsync(Streams.CoachingOrder, StreamIds.CoachingOrder(participation))).State;
        var worker = await session.LoadAsync(Streams.Workforce, StreamIds.Workforce(Teller.Jurisdiction, coach.Id));
        var directory = await registers.DirectoryAsync(Teller.Jurisdiction, session.Cancellation);
        var mark = Convert.ToHexStringLower(marks.MarkOf(Teller.Jurisdiction, "conflict-of-interest", $"{coach.Id}/{client:D}"));
        session.Record(worker, TakeOnClient.Decide(
            new(coach.Id, participation, directory.PostOf(coach.Id), County.Provider, mark, calendar.LocalDate(at), court.Coaching.CoachCaseload, court.Coaching.CoachCaseloadIsHard),
            worker.State, at));
        session.Record(stream, AssignCoach.Decide(new(coaching.In, County.Provider, coach.Id, AboveAdvised: false, 1), stream.State, order, at), CoachingDesk.About);
        return Answer.Done(stream);
    });

    private Task LeftAsync(CoachingOf coaching, Actor coach, double daysAgo) => teller.TellAsync(County.CoachLead1, async session =>
    {
        var at = teller.Ago(daysAgo);
        var stream = await session.LoadAsync(Streams.Coaching, StreamIds.Coaching(coaching.In.ParticipationId, County.Provider));
        if (stream.State.CoachId != coach.Id)
            return Answer.Done(stream);
        var nextBy = calendar.Add(at, new TimeLimit(court.Coaching.ReassignBusinessDays, TimeUnit.BusinessDays));
        session.Record(stream, UnassignCoach.Decide(
            new(coaching.In, CoachChangeReason.CoachLeft, Sealed<string>.Of("Meets best on Mondays, and not at home."), nextBy, 1), stream.State, at), CoachingDesk.About);
        await LetGoAsync(session, coaching, coach, at);
        return Answer.Done(stream);
    });

    private Task EndedAsync(CoachingOf coaching, Actor coach, double daysAgo, CoachingEndReason reason) => teller.TellAsync(coach, async session =>
    {
        var at = teller.Ago(daysAgo);
        var stream = await session.LoadAsync(Streams.Coaching, StreamIds.Coaching(coaching.In.ParticipationId, County.Provider));
        session.Record(stream, EndCoaching.Decide(new(coaching.In, reason, When.At(at)), stream.State, at), CoachingDesk.About);
        await LetGoAsync(session, coaching, coach, at);
        return Answer.Done(stream);
    });

    private static async Task LetGoAsync(CommandSession session, CoachingOf coaching, Actor coach, DateTimeOffset at)
    {
        var worker = await session.LoadAsync(Streams.Workforce, StreamIds.Workforce(Teller.Jurisdiction, coach.Id));
        session.Record(worker, LetClientGo.Decide(new(coach.Id, coaching.In.ParticipationId), worker.State, at));
    }

    private DateOnly Day(double daysAgo) => calendar.LocalDate(teller.Ago(daysAgo));
}

/// <summary>One participant's coaching in the stories.</summary>
/// <param name="Began">Days since the first coach.</param>
/// <param name="Ended">Days since its end; null while it lasts.</param>
/// <param name="Number">Of the participant.</param>
internal sealed record CoachingOf(Teller Teller, CoachedIn In, double Began, double? Ended, int Number)
{
    /// <summary>Days since the coach changed, or left; null for one coach from the beginning.</summary>
    public double? ChangedAgo => Number switch { 3 => Math.Min(20, Began / 2), 9 => Math.Min(12, Began / 2), 13 => 6, _ => null };

    /// <summary>Days since the last session.</summary>
    public double UntilAgo => Number == 7 ? 30 : Ended ?? 0.5;
}
