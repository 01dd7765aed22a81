using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Coaching;

/// <summary>Alarms of a coaching: who has no coach, whom nobody met, of what nobody said what came of it (R22, R24, R55).</summary>
public sealed class WatchingACoaching : CoachingSpec
{
    private static readonly PolicyInForce Policy = new(JurisdictionPolicy.Default("recovery-coaches"), 7, 7);
    private static readonly CoachingAlarmRules Alarms = CoachingAlarmRules.Of(
        new CourtInForce(CourtTemplates.Of(CourtType.Drug, "Drug court", "court", ["recovery-coaches"]), 4), Policy);

    /// <summary>Tuesday 3 March 2026, 10:00 local.</summary>
    private static readonly DateTimeOffset Began = Now;

    private static CoachAssigned Assigned(string coachId = "coach-1", int day = 0) => (new CoachAssigned(coachId, "recovery-coaches", null, false, 4)
    {
        ParticipationId = In.ParticipationId,
        ClientId = In.ClientId,
    }).At(Began.AddDays(day));

    private static CoachUnassigned Left(int day, int? version = 3) => (new CoachUnassigned("coach-1", CoachChangeReason.CoachLeft, Words, Began.AddDays(day + 2))
    {
        ParticipationId = In.ParticipationId,
        ClientId = In.ClientId,
        CourtVersion = version,
    }).At(Began.AddDays(day));

    private static CoachingSessionHeld Held(double day) => new CoachingSessionHeld(Guid.NewGuid(), "coach-1", SessionKind.CheckIn, ContactMode.Phone, 15, [], null)
    {
        ParticipationId = In.ParticipationId,
        ClientId = In.ClientId,
    }.At(Began.AddDays(day));

    private static IReadOnlyList<CoachingAlarm> At(double day, params CoachingEvent[] history) => Alarms.At(Began.AddDays(day), CoachingWatched.Of(history));

    /// <summary>R50, scenario 14: it shows while somebody coaches, since the certification ended, and takes nobody away.</summary>
    [Fact]
    public void A_coach_without_certification_is_flagged_while_they_coach()
    {
        var watched = CoachingWatched.Of([Assigned()]) with { UncertifiedSince = Began.AddDays(1) };
        Alarms.At(Began.AddDays(2), watched).ShouldBe([new CoachingAlarm(CoachingAlarmKind.CertificationNotInForce, Began.AddDays(1), null, false, null, 7)]);
        Alarms.At(Began.AddDays(2), watched with { UncertifiedSince = null }).ShouldBeEmpty();
        Alarms.At(Began.AddDays(2), CoachingWatched.Of([Assigned(), Left(1)]) with { UncertifiedSince = Began.AddDays(1) })
            .Select(alarm => alarm.Kind).ShouldBe([CoachingAlarmKind.NoCoach]);
    }

    /// <summary>The day of the last contact says how many days there are to the next: 7 in the first four weeks, 14 to the third month, 30 after it.</summary>
    [Theory]
    [InlineData(null, 7.54, false)]
    [InlineData(null, 7.55, true)] // midnight of 11 March in Wisconsin, 05:00 UTC since the clocks changed, is 7 days and 13 hours later
    [InlineData(27.0, 34.5, false)]
    [InlineData(27.0, 34.6, true)]
    [InlineData(28.0, 42.5, false)]
    [InlineData(28.0, 42.6, true)]
    [InlineData(91.0, 105.5, false)]
    [InlineData(91.0, 105.6, true)]
    [InlineData(92.0, 122.5, false)]
    [InlineData(92.0, 122.6, true)]
    public void Nobody_met_the_client_for_longer_than_the_rule_allows(double? lastContact, double day, bool isLate)
    {
        CoachingEvent[] history = lastContact is { } met ? [Assigned(), Held(1), Held(met)] : [Assigned()];

        var alarms = At(day, history);

        alarms.Select(alarm => alarm.Kind).ShouldBe(isLate ? [CoachingAlarmKind.NoContact] : []);
        if (isLate)
            (alarms[0].Since, alarms[0].Overdue, alarms[0].CourtVersion, alarms[0].PolicyVersion).ShouldBe((Began.AddDays(lastContact ?? 0), true, 4, null));
    }

    private static readonly ContactRule[] ByPhaseAndRisk =
    [
        new("acute-stabilization", null, [3, 7, 7]),
        new("recovery-management", null, [20, 20, 60]),
        new(null, RiskNeedLevel.High, [5, 10, 10]),
        new("recovery-management", RiskNeedLevel.High, [15, 15, 40]),
    ];

    private static readonly CoachingRules Asked = Alarms.Rules with { Contacts = ByPhaseAndRisk };

    /// <summary>R22: the rule of both, else the stricter of those of one, else what is asked for everybody.</summary>
    [Theory]
    [InlineData(null, null, "7,14,30")]
    [InlineData("adaptive-habilitation", null, "7,14,30")]
    [InlineData("adaptive-habilitation", RiskNeedLevel.Low, "7,14,30")]
    [InlineData("acute-stabilization", RiskNeedLevel.Low, "3,7,7")]
    [InlineData("adaptive-habilitation", RiskNeedLevel.High, "5,10,10")]
    [InlineData("acute-stabilization", RiskNeedLevel.High, "3,7,7")]
    [InlineData("recovery-management", RiskNeedLevel.Medium, "20,20,60")]
    [InlineData("recovery-management", RiskNeedLevel.High, "15,15,40")]
    public void How_often_a_coach_meets_a_client_follows_from_phase_and_risk(string? phase, RiskNeedLevel? risk, string days)
    {
        Asked.ContactDaysOf(phase, risk).ShouldBe(days.Split(',').Select(int.Parse));
        Alarms.Rules.ContactDaysOf(phase, risk).ShouldBe([7, 14, 30], "a court that says nothing asks the same of everybody");
    }

    /// <summary>The last contact was on day 10; the phase, or the risk, changes on another day, and the client is to be met by the end of the last one that is written.</summary>
    [Theory]
    [InlineData("", 17)]
    [InlineData("0:acute-stabilization", 13)]
    [InlineData("0:acute-stabilization:high", 13)]
    [InlineData("10:acute-stabilization", 13)] // of that very day
    [InlineData("0:acute-stabilization 12:adaptive-habilitation", 17)] // more days are counted from the contact
    [InlineData("0:acute-stabilization 20:adaptive-habilitation", 17)]
    [InlineData("0:adaptive-habilitation 11:acute-stabilization", 14)] // fewer from the day that asks for them
    [InlineData("0:adaptive-habilitation 15:acute-stabilization", 17)] // and what was due before stays so
    [InlineData("0:adaptive-habilitation 20:acute-stabilization", 17)]
    [InlineData("0:recovery-management 12:acute-stabilization", 15)]
    [InlineData("0:recovery-management 29:recovery-management:high", 30)]
    [InlineData("0:recovery-management 12:acute-stabilization 13:recovery-management", 30)]
    public void A_change_of_phase_or_risk_makes_nobody_late_before_it_was_known(string standings, int due)
    {
        var last = new DateOnly(2026, 5, 1).AddDays(10);
        List<ContactStanding> known =
        [
            .. standings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':')).Select(one => new ContactStanding(
                new DateOnly(2026, 5, 1).AddDays(int.Parse(one[0], System.Globalization.CultureInfo.InvariantCulture)), one[1], one.Length > 2 ? RiskNeedLevel.High : null)),
        ];

        Asked.NextContactBy(last, 0, known).ShouldBe(new DateOnly(2026, 5, 1).AddDays(due));
    }

    [Fact]
    public void The_alarm_is_judged_by_the_phase_that_stands_and_says_by_which_version()
    {
        var alarms = Alarms with { Rules = Asked };
        var began = DateOnly.FromDateTime(Began.UtcDateTime);
        var watched = CoachingWatched.Of([Assigned(), Held(1)]) with { Standings = [new ContactStanding(began, "acute-stabilization", null)] };

        alarms.At(Began.AddDays(4.5), watched).ShouldBeEmpty();
        var late = alarms.At(Began.AddDays(4.6), watched).ShouldHaveSingleItem();
        (late.Kind, late.Since, late.CourtVersion, late.PolicyVersion).ShouldBe((CoachingAlarmKind.NoContact, Began.AddDays(1), 4, null));
        alarms.At(Began.AddDays(4.6), watched with { Standings = [.. watched.Standings, new ContactStanding(began.AddDays(4), "adaptive-habilitation", null)] }).ShouldBeEmpty();
        alarms.At(Began.AddDays(4.6), watched with { Standings = [] }).ShouldBeEmpty("nothing is known of the participant");
    }

    [Fact]
    public void Who_may_not_know_of_sessions_is_told_of_no_missing_contact() =>
        Alarms.At(Began.AddDays(300), new CoachingWatched(CoachingWatched.Of([Assigned()]).Tenure, Sessions: null)).ShouldBeEmpty();

    [Fact]
    public void A_client_without_a_coach_wants_one_by_the_time_that_was_set()
    {
        var alarm = At(6, Assigned(), Left(5)).ShouldHaveSingleItem();
        (alarm.Kind, alarm.Since, alarm.DueAt, alarm.Overdue, alarm.CourtVersion).ShouldBe((CoachingAlarmKind.NoCoach, Began.AddDays(5), Began.AddDays(7), false, 3));
        At(7, Assigned(), Left(5)).ShouldHaveSingleItem().Overdue.ShouldBeTrue();
        At(7, Assigned(), Left(5, version: null)).ShouldHaveSingleItem().CourtVersion.ShouldBeNull();

        At(7.2, Assigned(), Left(5), Assigned("coach-2", 7)).ShouldHaveSingleItem().Kind.ShouldBe(CoachingAlarmKind.HandoverUnread);
        At(8, Assigned(), Left(5), Assigned("coach-2", 7), Held(7.5), Fact((p, c) => new HandoverCompleted("coach-2") { ParticipationId = p, ClientId = c })).ShouldBeEmpty();
        At(300, Assigned(), Left(5), Fact((p, c) => new CoachingEnded(CoachingEndReason.Moved) { ParticipationId = p, ClientId = c })).ShouldBeEmpty();
    }

    /// <summary>Ended while the court's order stands, it wants a next coach as if the coach had left (R24).</summary>
    [Fact]
    public void What_was_ended_while_the_order_stands_wants_a_coach()
    {
        CoachingEnded Ended(int day, int? nextIn) => (new CoachingEnded(CoachingEndReason.Completed)
        {
            ParticipationId = In.ParticipationId,
            ClientId = In.ClientId,
            NextCoachBy = nextIn is { } days ? Began.AddDays(day + days) : null,
            CourtVersion = nextIn is null ? null : 3,
        }).At(Began.AddDays(day));
        IReadOnlyList<CoachingAlarm> Standing(double day, params CoachingEvent[] history) =>
            Alarms.At(Began.AddDays(day), CoachingWatched.Of(history) with { OrderStands = true });

        Standing(6, Assigned(), Ended(5, 2)).ShouldBe([new CoachingAlarm(CoachingAlarmKind.NoCoach, Began.AddDays(5), Began.AddDays(7), Overdue: false, 3, null)]);
        Standing(7, Assigned(), Ended(5, 2)).ShouldHaveSingleItem().Overdue.ShouldBeTrue();
        At(7, Assigned(), Ended(5, 2)).ShouldBeEmpty("the order stands no more");
        Standing(7, Assigned(), Ended(5, nextIn: null)).ShouldBeEmpty("nobody was to come");
        Standing(7, Assigned(), Left(4), Ended(5, 2)).ShouldHaveSingleItem().Since.ShouldBe(Began.AddDays(4), "since the coach left");
        Standing(7, Assigned(), Ended(5, 2), Assigned("coach-2", 6)).ShouldHaveSingleItem().Kind.ShouldBe(CoachingAlarmKind.HandoverUnread);
    }

    /// <summary>It is due on its day, until the day is over in Wisconsin.</summary>
    [Theory]
    [InlineData(10.5, false, false)] // 23:00 on Friday 13 March
    [InlineData(10.55, true, false)] // Saturday has begun
    [InlineData(11.54, true, false)]
    [InlineData(11.55, true, true)] // and is over at 05:00 UTC
    public void A_review_of_the_plan_is_due_on_its_day(double day, bool isDue, bool isOverdue)
    {
        var watched = CoachingWatched.Of([Assigned(), Held(8)]) with { Review = new ReviewDate(Guid.NewGuid(), new DateOnly(2026, 3, 14), Began) };

        var alarms = Alarms.At(Began.AddDays(day), watched);

        alarms.Select(alarm => (alarm.Kind, alarm.Since, alarm.Overdue)).ShouldBe(isDue ? [(CoachingAlarmKind.PlanReviewDue, Began, isOverdue)] : []);
        Alarms.At(Began.AddDays(day), watched with { Tenure = CoachTenure.None }).ShouldBeEmpty("nobody is coached");
    }

    [Fact]
    public void A_review_says_the_next_and_one_that_never_was_moves_it_back()
    {
        var (plan, other) = (Guid.NewGuid(), Guid.NewGuid());
        var (made, first, second) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        (Guid Id, CoachingEvent Fact)[] history =
        [
            (made, Fact((p, c) => new RecoveryPlanCreated(plan, Words, Today.AddDays(30)) { ParticipationId = p, ClientId = c })),
            (first, Fact((p, c) => new RecoveryPlanReviewed(plan, Today.AddDays(60), null) { ParticipationId = p, ClientId = c })),
            (second, Fact((p, c) => new RecoveryPlanReviewed(plan, Today.AddDays(90), null) { ParticipationId = p, ClientId = c })),
            (Guid.NewGuid(), Fact((p, c) => new RecoveryPlanEntryRetracted(PlanStatement.Review, plan, null) { ParticipationId = p, ClientId = c, CorrectedEventId = second, Reason = Words })),
            (Guid.NewGuid(), Fact((p, c) => new RecoveryPlanEntryRetracted(PlanStatement.Review, plan, null) { ParticipationId = p, ClientId = c, CorrectedEventId = first, Reason = Words })),
            (Guid.NewGuid(), Fact((p, c) => new RecoveryPlanReviewed(other, Today.AddDays(7), null) { ParticipationId = p, ClientId = c })),
            (Guid.NewGuid(), Fact((p, c) => new RecoveryPlanCreated(other, Words, Today.AddDays(10)) { ParticipationId = p, ClientId = c })),
        ];

        var next = new List<int>();
        PlanReviews? reviews = null;
        foreach (var (id, fact) in history)
        {
            reviews = PlanReviews.After(reviews, id, fact);
            next.Add(reviews!.Next().On.DayNumber - Today.DayNumber);
        }

        next.ShouldBe([30, 60, 90, 60, 30, 30, 10]);
    }

    [Fact]
    public void The_weeks_of_a_coaching_go_on_when_the_coach_changes()
    {
        CoachingEvent[] changed = [Assigned(), Held(40), Left(41), Assigned("coach-2", 42), Fact((p, c) => new HandoverCompleted("coach-2") { ParticipationId = p, ClientId = c })];

        At(54.5, changed).ShouldBeEmpty();
        At(54.6, changed).ShouldHaveSingleItem().Since.ShouldBe(Began.AddDays(40), "the new coach has not met the client");
    }

    [Fact]
    public void What_came_of_a_session_is_said_in_time()
    {
        var session = Guid.NewGuid();
        var agreed = new CoachingSessionScheduled(session, Began.AddDays(1), SessionKind.OneToOne, ContactMode.InPerson) { ParticipationId = In.ParticipationId, ClientId = In.ClientId }.At(Began);

        At(2.9, Assigned(), agreed).ShouldBeEmpty();
        var alarm = At(3, Assigned(), agreed).ShouldHaveSingleItem();
        (alarm.Kind, alarm.Since, alarm.DueAt, alarm.CourtVersion, alarm.PolicyVersion).ShouldBe((CoachingAlarmKind.SessionUntold, Began.AddDays(1), Began.AddDays(3), null, 7));
        At(3, Assigned(), agreed, Fact((p, c) => new CoachingSessionMissed(session, SessionKind.OneToOne, false, null) { ParticipationId = p, ClientId = c })).ShouldBeEmpty();
    }

    /// <summary>A meeting that never was is no contact.</summary>
    [Fact]
    public void A_session_that_was_retracted_is_no_contact()
    {
        var held = Held(5);
        var retracted = new CoachingSessionCorrected(held.SessionId, SessionStatement.Held, null)
        {
            ParticipationId = In.ParticipationId,
            ClientId = In.ClientId,
            CorrectedEventId = Guid.NewGuid(),
            Reason = Words,
        }.At(Began.AddDays(6));

        At(9, Assigned(), held).ShouldBeEmpty();
        At(9, Assigned(), held, retracted).ShouldHaveSingleItem().Since.ShouldBe(Began);
    }
}
