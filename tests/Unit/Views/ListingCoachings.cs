using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Projections.Coachings;

namespace CaseFlow.Unit.Views;

/// <summary>The row of a provider's coaching: open while somebody coaches or is to, with the sessions that move its alarms and no more.</summary>
public sealed class ListingCoachings
{
    private static readonly Guid Participation = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b1");
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b2");
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private static readonly CoachingOrder Weekly = new(1, OrderPeriod.Week, SessionKind.OneToOne, new DateOnly(2026, 6, 1), new DateOnly(2027, 5, 31));
    private static readonly CoachingOrdered Ordered = new CoachingOrdered("drug-court", "coaches", null, Weekly, 1) { ParticipationId = Participation, ClientId = Client }.At(Now);

    private static CoachAssigned Assigned(string coach = "coach-1", int day = 0) =>
        new CoachAssigned(coach, "coaches", null, AboveAdvised: false, 1) { ParticipationId = Participation, ClientId = Client }.At(Now.AddDays(day));

    private static CoachingSessionHeld Held(int day) =>
        new CoachingSessionHeld(Guid.NewGuid(), "coach-1", SessionKind.OneToOne, ContactMode.HomeVisit, 45, [Guid.NewGuid()], null) { ParticipationId = Participation, ClientId = Client }.At(Now.AddDays(day));

    private static CoachingLine? After(params CoachingEvent[] history) => history.Aggregate((CoachingLine?)null, (row, fact) => CoachingLine.Evolve(row, fact, "coaches", Guid.NewGuid()));

    [Fact]
    public void It_is_open_from_the_first_coach_to_the_end()
    {
        After(Ordered)!.IsOpen.ShouldBeFalse("an order is no coaching yet");
        var coached = After(Ordered, Assigned())!;
        (coached.IsOpen, coached.Court, coached.CoachId).ShouldBe((true, "drug-court", "coach-1"));
        var left = After(Ordered, Assigned(), new CoachUnassigned("coach-1", CoachChangeReason.CoachLeft, Sealed<string>.Of("Mondays."), Now.AddDays(3)) { ParticipationId = Participation, ClientId = Client }.At(Now))!;
        (left.IsOpen, left.CoachId).ShouldBe((true, null));
        After(Ordered, Assigned(), new CoachingEnded(CoachingEndReason.Completed) { ParticipationId = Participation, ClientId = Client }.At(Now))!.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void What_was_ended_while_the_order_stands_is_open_until_somebody_coaches_or_nobody_is_to()
    {
        CoachingEnded Ended(DateTimeOffset? nextBy) => new CoachingEnded(CoachingEndReason.Completed) { ParticipationId = Participation, ClientId = Client, NextCoachBy = nextBy }.At(Now.AddDays(5));

        var ended = After(Ordered, Assigned(), Ended(Now.AddDays(7)))!;
        (ended.IsOpen, ended.IsEnded(), ended.CoachId).ShouldBe((true, true, null));
        ended.Watched().NextCoach().ShouldBe((Now.AddDays(5), Now.AddDays(7)));
        var again = After(Ordered, Assigned(), Ended(Now.AddDays(7)), Assigned("coach-2", 6))!;
        (again.IsOpen, again.IsEnded(), again.Tenure.CoachedSince).ShouldBe((true, false, Now.AddDays(6)));
        After(Ordered, Assigned(), Ended(Now.AddDays(7)), Assigned("coach-2", 6), Ended(null))!.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void The_next_review_of_the_plan_is_in_the_row()
    {
        var plan = Guid.NewGuid();
        CoachingEvent made = new RecoveryPlanCreated(plan, Sealed<string>.Of("A home."), new DateOnly(2026, 9, 1)) { ParticipationId = Participation, ClientId = Client }.At(Now);
        CoachingEvent reviewed = new RecoveryPlanReviewed(plan, new DateOnly(2026, 12, 1), null) { ParticipationId = Participation, ClientId = Client }.At(Now.AddDays(60));

        After(Ordered, Assigned())!.Watched().Review.ShouldBeNull();
        After(Ordered, Assigned(), made)!.Watched().Review!.On.ShouldBe(new DateOnly(2026, 9, 1));
        After(Ordered, Assigned(), made, reviewed)!.Watched().Review!.On.ShouldBe(new DateOnly(2026, 12, 1));
    }

    [Fact]
    public void Hundreds_of_sessions_leave_the_last_ones_and_nothing_of_how_they_met()
    {
        var row = After([Ordered, Assigned(), .. Enumerable.Range(1, 200).Select(Held)])!;

        row.Sessions.Count.ShouldBe(8);
        row.Sessions[^1].StartsAt.ShouldBe(Now.AddDays(200));
        row.Sessions.ShouldAllBe(session => session.Mode == null && session.PlanItems.Count == 0);
    }

    [Fact]
    public void A_session_that_never_was_is_no_contact()
    {
        var (first, second) = (Held(3), Held(9));
        var retracted = new CoachingSessionCorrected(second.SessionId, SessionStatement.Held, null)
        { ParticipationId = Participation, ClientId = Client, CorrectedEventId = Guid.NewGuid(), Reason = Sealed<string>.Of("Of another client.") }.At(Now.AddDays(10));

        After(Ordered, Assigned(), first, second, retracted)!.Sessions.ShouldHaveSingleItem().StartsAt.ShouldBe(Now.AddDays(3));
    }

    [Fact]
    public void A_note_changes_nothing_of_it()
    {
        var row = After(Ordered, Assigned());

        CoachingLine.Evolve(row, new CoachNoteKept("coach-1", Sealed<string>.Of("Close to tears.")) { ParticipationId = Participation, ClientId = Client }.At(Now), "coaches", Guid.NewGuid()).ShouldBeSameAs(row);
        CoachingLine.Evolve(null, new PeerAccepted { ParticipationId = Participation, ClientId = Client }.At(Now), "coaches", Guid.NewGuid()).ShouldBeNull();
    }
}
