using CaseFlow.Domain;
using CaseFlow.Domain.Replays;

namespace CaseFlow.Unit.Replays;

public sealed class GoingThroughAProgramme() : Spec<ReplaySessionState, ReplaySessionEvent>(ReplaySessionState.Initial, ReplaySessionState.Evolve)
{
    private static readonly Guid SessionId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000a");
    private static readonly Guid GrantId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000b");
    private static readonly ReplayScope Scope = new("dcc", "day-report", Now.AddYears(-1), Now);
    private static readonly StartReplaySession Start = new(SessionId, "auditor-1", GrantId, Scope, 4711, AsOf: null, AsRecorded: null, IsPositionAsked: false);

    private static readonly ReplaySessionStarted Started =
        new ReplaySessionStarted("auditor-1", GrantId, Scope, 4711, AsOf: null, AsRecorded: null) { SessionId = SessionId }.At(Now);

    [Fact]
    public void Begins_once_and_stays_at_the_moment_that_it_began_with()
    {
        Ask(Start).ShouldRecord(Started);
        Ask(Start with { Position = 5000 }).ShouldBeAlreadyDone();
        State.OfAuditor("auditor-1", SessionId)!.Started.Position.ShouldBe(4711);
        Ask(Start with { IsPositionAsked = true }).ShouldBeAlreadyDone();
        foreach (var other in new[]
        {
            Start with { AuditorId = "auditor-2" },
            Start with { Scope = Scope with { ProgramId = null } },
            Start with { AsOf = Now },
            Start with { AsRecorded = Now },
            Start with { Position = 5000, IsPositionAsked = true },
        })
        {
            Ask(other).ShouldBeRefused(ReplaySessionRejections.StartedDifferently(SessionId));
        }
    }

    [Fact]
    public void Is_of_a_time()
    {
        Ask(Start with { Scope = Scope with { Until = Scope.From } }).ShouldBeRefused(ReplaySessionRejections.TimeEmpty());
        Ask(Start with { Scope = Scope with { Until = Scope.From.AddTicks(-1) } }).ShouldBeRefused(ReplaySessionRejections.TimeEmpty());
    }

    [Fact]
    public void Ends_once_and_by_whoever_began_it()
    {
        End("auditor-1").ShouldBeRefused(ReplaySessionRejections.NotFound(SessionId));
        Given(Started);
        End("auditor-2").ShouldBeRefused(ReplaySessionRejections.NotFound(SessionId));
        State.OfAuditor("auditor-2", SessionId).ShouldBeNull();

        End("auditor-1").ShouldRecord(new ReplaySessionCompleted { SessionId = SessionId }.At(Now));
        End("auditor-1").ShouldBeAlreadyDone();
        State.Sessions.ShouldHaveSingleItem();
    }

    [Fact]
    public void Has_pages_while_it_and_its_grant_last()
    {
        Given(Started);
        State.Find(SessionId)!.WhyNoPage(isGrantInForce: true).ShouldBeNull();
        State.Find(SessionId)!.WhyNoPage(isGrantInForce: false).ShouldBe(ReplaySessionRejections.GrantEnded(SessionId));
        End("auditor-1");
        State.Find(SessionId)!.WhyNoPage(isGrantInForce: true).ShouldBe(ReplaySessionRejections.Completed(SessionId));
    }

    private Decision<ReplaySessionEvent> Ask(StartReplaySession command) => WhenAsked(state => StartReplaySession.Decide(command, state, Now));

    private Decision<ReplaySessionEvent> End(string auditorId) => WhenAsked(state => CompleteReplaySession.Decide(new(SessionId, auditorId), state, Now));
}
