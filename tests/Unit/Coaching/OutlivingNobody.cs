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
}
