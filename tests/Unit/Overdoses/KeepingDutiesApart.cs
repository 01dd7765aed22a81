using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using FsCheck;
using FsCheck.Fluent;

namespace CaseFlow.Unit.Overdoses;

/// <summary>Whatever is learned, discharged and corrected, in whatever order it is recorded.</summary>
public sealed class KeepingDutiesApart : DutySpec
{
    private const int Overdoses = 8;
    private const int HoursInAWeek = 7 * 24;

    private static readonly DateTimeOffset Monday = Cdt(6, 1, 0);
    private static readonly TimeSpan MergeWindow = TimeSpan.FromHours(24);

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void No_overdose_is_in_two_duties() =>
        Whatever(states => states.Last().Duties.SelectMany(duty => duty.OverdoseIds).CountBy(id => id).All(count => count.Value == 1));

    [Fact]
    public void No_two_open_duties_lie_inside_one_merge_window() =>
        Whatever(states => states.All(state => FirstKnowingsOfOpenDuties(state).Zip(FirstKnowingsOfOpenDuties(state).Skip(1))
            .All(pair => pair.Second - pair.First > MergeWindow)), Act.Correct);

    [Fact]
    public void Every_verdict_agrees_with_due_time_and_discharge() =>
        Whatever(states => states.All(state => state.Duties
            .Where(duty => duty.Phase == DutyPhase.Discharged)
            .All(duty => duty.InTime == (duty.EndedAt <= duty.DueAt))));

    [Fact]
    public void Every_due_time_follows_from_the_first_knowing() =>
        Whatever(states => states.All(state => state.Duties
            .All(duty => duty.DueAt == DutyClock.Of(duty.OverdoseIds.Min(id => state.KnownAt[id]), Policy).DueAt)));

    [Fact]
    public void Nothing_known_after_its_end_is_in_a_duty() =>
        Whatever(states => states.All(state => state.Duties
            .All(duty => duty.EndedAt is null || duty.OverdoseIds.All(id => state.KnownAt[id] <= duty.EndedAt))));

    [Fact]
    public void Asking_twice_changes_nothing() => Check.One(Often, Prop.ForAll(Stories().ToArbitrary(), story =>
    {
        var state = DutyState.Initial;
        foreach (var step in story)
        {
            var decision = Decide(step, state);
            state = decision.Events.Aggregate(state, DutyState.Evolve);
            if (decision.Events.Count > 0 && Decide(step, state) is not { Rejection: null, Events.Count: 0 })
                return false;
        }

        return true;
    }));

    private static void Whatever(Func<IReadOnlyCollection<DutyState>, bool> holds, params Act[] without) =>
        Check.One(Often, Prop.ForAll(Stories(without).ToArbitrary(), story => holds(Tell(story))));

    private static DutyState[] Tell(Step[] story)
    {
        List<DutyState> states = [DutyState.Initial];
        foreach (var step in story)
            states.Add(Decide(step, states[^1]).Events.Aggregate(states[^1], DutyState.Evolve));
        return [.. states];
    }

    private static IEnumerable<DateTimeOffset> FirstKnowingsOfOpenDuties(DutyState state) => state.Duties
        .Where(duty => duty.Phase == DutyPhase.Open)
        .Select(duty => duty.OverdoseIds.Min(id => state.KnownAt[id]))
        .Order();

    private static Gen<Step[]> Stories(params Act[] without) =>
        (from act in Gen.Frequency(Enum.GetValues<Act>().Except(without).Select(act => (act == Act.Learn ? 6 : 1, Gen.Constant(act))))
         from which in Gen.Choose(0, Overdoses - 1)
         from hour in Gen.Choose(0, HoursInAWeek)
         select new Step(act, which, Monday.AddHours(hour))).ArrayOf();

    private static Decision<DutyEvent> Decide(Step step, DutyState state)
    {
        var overdose = NamedId.Of(ClientId, $"overdose/{step.Which}");
        var dutyId = DutyOf(overdose);
        var duty = state.Find(dutyId);

        // Nothing is done about a duty before all of its overdoses are known.
        var lastKnown = duty?.OverdoseIds.Max(id => state.KnownAt[id]) ?? step.At;
        var doneAt = step.At > lastKnown ? step.At : lastKnown;
        var end = Monday.AddDays(8);

        return step.Act switch
        {
            Act.Learn => RecordOverdoseKnown.Decide(
                new RecordOverdoseKnown(ClientId, overdose, Agent, LearnedFrom.Other, step.At), state, FactsOf(overdose), Supervision, InForce, end),
            Act.Correct => CorrectAgentKnowledge.Decide(
                new CorrectAgentKnowledge(ClientId, overdose, KnownEventId, step.At, Sealed<string>.Of("Wrong.")),
                state,
                FactsOf(overdose),
                InForce,
                end),
            Act.Deliver => DischargeByDelivery.Decide(new DischargeByDelivery(ClientId, dutyId, ReferralId, doneAt), state, InForce),
            Act.Ask => RecordNotInterested.Decide(
                new RecordNotInterested(ClientId, dutyId, Agent, Role.Agent, step.At, ContactMode.Phone, Sealed<string>.Of("No.")),
                state,
                Policy,
                end),
            Act.Exempt => ExemptDuty.Decide(new ExemptDuty(ClientId, dutyId, "deceased", Supervisor, Evidence: null), state, Policy, doneAt),
            Act.GiveUp => RecordImpossibility.Decide(
                new RecordImpossibility(ClientId, dutyId, ImpossibleReason.ClientGone, []), state, Policy, doneAt),
            _ => FollowSupervision.ToAgent(ClientId, state, new SupervisedBy(NextAgent, "doc", "office-2"), When.At(step.At)),
        };
    }

    private sealed record Step(Act Act, int Which, DateTimeOffset At);

    private enum Act
    {
        Learn,
        Correct,
        Deliver,
        Ask,
        Exempt,
        GiveUp,
        Reassign,
    }
}
