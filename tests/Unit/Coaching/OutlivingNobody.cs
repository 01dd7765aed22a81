using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Coaching;

namespace CaseFlow.Unit.Coaching;

/// <summary>Whoever has died met nobody afterwards, and missed nothing.</summary>
public sealed class OutlivingNobody : CoachingSpec
{
    private static readonly Guid Session = Guid.Parse("0195d6c4-0000-7000-8000-0000000000e9");
    private static readonly DateTimeOffset StartsAt = Now.AddHours(2);
    private static readonly DateTimeOffset Later = Now.AddHours(5);

    private static CoachedIn DiedAt(DateTimeOffset at) => In with { Death = new KnownDeath("hospital", at, at) };

    [Fact]
    public void A_session_from_the_death_on_is_neither_missed_nor_held()
    {
        GivenCoached();
        WhenAsked(state => ScheduleSession.Decide(new(In, Session, StartsAt, SessionKind.OneToOne, ContactMode.InPerson), state, Now)).Rejection.ShouldBeNull();

        MissSession.Decide(new(DiedAt(StartsAt), Session, Excused: false, null), State, Later).ShouldBeRefused(ClientRejections.ParticipantDeceased());
        MissSession.Decide(new(DiedAt(StartsAt), Session, Excused: true, Words), State, Later).Rejection.ShouldBeNull();
        MissSession.Decide(new(DiedAt(StartsAt.AddTicks(1)), Session, Excused: false, null), State, Later).Rejection.ShouldBeNull();
        var hold = new HoldSession(DiedAt(StartsAt), Session, SessionKind.OneToOne, ContactMode.InPerson, 30, [], null, When.At(StartsAt.AddHours(1)));
        HoldSession.Decide(hold, State, Later).ShouldBeRefused(ClientRejections.ParticipantDeceased());
        HoldSession.Decide(hold with { When = When.At(StartsAt) }, State, Later).Rejection.ShouldBeNull();
    }

    /// <summary>A correction is no way round what is asked of who says it first.</summary>
    [Fact]
    public void Nor_is_it_corrected_to_have_been_missed_held_or_moved_after_the_death_or_the_end_of_the_order()
    {
        GivenCoached();
        WhenAsked(state => ScheduleSession.Decide(new(In, Session, StartsAt, SessionKind.OneToOne, ContactMode.InPerson), state, Now)).Rejection.ShouldBeNull();
        var entry = new CoachingEntry(Guid.NewGuid(), WhenAsked(state => MissSession.Decide(new(In, Session, Excused: false, null), state, StartsAt)).Events.Single(), "coach-1");
        var (held, missed) = (new SessionOutcome(Attendance.Attended, SessionKind.OneToOne, 30), new SessionOutcome(Attendance.Missed, SessionKind.OneToOne, null));
        Decision<CoachingEvent> Corrected(CoachedIn on, SessionOutcome outcome, DateTimeOffset? at = null) => CorrectSession.Decide(
            new(on, entry, outcome, at is { } right ? When.At(right) : null, new Corrector("coach-1", Leads: false), Words), State, Later);

        Corrected(DiedAt(StartsAt.AddTicks(-1)), held).ShouldBeRefused(ClientRejections.ParticipantDeceased());
        Corrected(DiedAt(StartsAt), held).Rejection.ShouldBeNull();
        Corrected(DiedAt(StartsAt.AddHours(1)), missed, StartsAt.AddHours(1)).ShouldBeRefused(ClientRejections.ParticipantDeceased());
        Corrected(DiedAt(StartsAt), missed with { Kind = SessionKind.CheckIn }).Rejection.ShouldBeNull("nothing is said anew of who came");
        Corrected(DiedAt(Now), new SessionOutcome(Attendance.Excused, SessionKind.OneToOne, null)).Rejection.ShouldBeNull();

        Corrected(In with { OrderEndedAt = StartsAt }, held).ShouldBeRefused(CoachingRejections.OrderEnded());
        Corrected(In with { OrderEndedAt = StartsAt }, held, StartsAt.AddTicks(-1)).Rejection.ShouldBeNull();
        Corrected(In with { OrderEndedAt = StartsAt.AddHours(1) }, missed, StartsAt.AddHours(1)).ShouldBeRefused(CoachingRejections.OrderEnded());
    }
}
