using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;

namespace CaseFlow.Unit.DrugTests;

/// <summary>A seed is bound before its first day, each day is drawn once and in order, and the seed is disclosed after the month.</summary>
public sealed class SelectingByDraw : SelectionSpec
{
    private static readonly DateOnly Fourth = new(2026, 3, 4);

    [Fact]
    public void A_seed_made_during_a_month_counts_from_the_next_day_and_one_made_before_from_the_first()
    {
        var commit = new CommitSelectionSeed("drug-court", March, Drawing.CommitmentOf(Seed));
        var before = new DateTimeOffset(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);

        CommitSelectionSeed.Decide(commit, State, before).Events.OfType<SelectionSeedCommitted>().Single().FirstDay.ShouldBe(March.First);
        WhenAsked(state => CommitSelectionSeed.Decide(commit, state, Now)).ShouldRecord(Committed(Fourth));
        WhenAsked(state => CommitSelectionSeed.Decide(commit with { Commitment = "another" }, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void On_the_last_day_of_a_month_it_is_too_late_for_a_seed()
    {
        var lastDay = March.StartOf(March.Last).AddHours(3);

        CommitSelectionSeed.Decide(new("drug-court", March, Drawing.CommitmentOf(Seed)), State, lastDay).ShouldBeRefused(SelectionRejections.MonthOver());
    }

    [Fact]
    public void A_day_is_drawn_when_it_has_begun_once_and_with_the_promised_seed_alone()
    {
        DrawTests.Decide(Draw(), State, Now).ShouldBeRefused(SelectionRejections.NothingCommitted());
        Given(Committed(Fourth));
        var begins = March.StartOf(Fourth);

        WhenAsked(state => DrawTests.Decide(Draw([.. Seed.Reverse()]), state, begins)).ShouldBeRefused(SelectionRejections.AnotherSeed());
        WhenAsked(state => DrawTests.Decide(Draw(), state, begins.AddSeconds(-1))).ShouldBeAlreadyDone();
        WhenAsked(state => DrawTests.Decide(Draw(), state, begins)).ShouldRecord(Drawn(Fourth, begins));
        WhenAsked(state => DrawTests.Decide(Draw(), state, begins.AddHours(20))).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Days_that_an_outage_left_out_are_drawn_in_their_order_and_say_so()
    {
        Given(Committed(Fourth));
        var back = March.StartOf(new DateOnly(2026, 3, 6)).AddHours(9);

        var days = Enumerable.Range(0, 4).SelectMany(_ => WhenAsked(state => DrawTests.Decide(Draw(), state, back)).Events).Cast<TestsDrawn>().ToList();

        days.Select(draw => (draw.Day.Day, draw.CaughtUp)).ShouldBe([(4, true), (5, true), (6, false)]);
    }

    /// <summary>2026-03-08 has 23 hours in Wisconsin.</summary>
    [Fact]
    public void A_day_on_which_the_clocks_change_is_a_day()
    {
        Given(Committed(new DateOnly(2026, 3, 8)));
        var begins = March.StartOf(new DateOnly(2026, 3, 8));

        var drawn = (TestsDrawn)DrawTests.Decide(Draw(), State, begins).Events.Single();

        (drawn.NextAt - begins).ShouldBe(TimeSpan.FromHours(23));
    }

    [Fact]
    public void The_seed_stays_secret_until_the_month_is_over_and_wholly_drawn()
    {
        var disclose = new DiscloseSelectionSeed("drug-court", March, Seed);
        var after = March.StartOf(March.Next.First);
        DiscloseSelectionSeed.Decide(disclose, State, after).ShouldBeRefused(SelectionRejections.NothingCommitted());
        Given(Committed(March.Last.AddDays(-1)), Drawn(March.Last.AddDays(-1), after));
        WhenAsked(state => DiscloseSelectionSeed.Decide(disclose, state, after)).ShouldBeRefused(SelectionRejections.MonthNotOver());
        Given(Drawn(March.Last, after));

        WhenAsked(state => DiscloseSelectionSeed.Decide(disclose, state, after.AddSeconds(-1))).ShouldBeRefused(SelectionRejections.MonthNotOver());
        WhenAsked(state => DiscloseSelectionSeed.Decide(disclose with { Seed = [.. Seed.Reverse()] }, state, after)).ShouldBeRefused(SelectionRejections.AnotherSeed());
        WhenAsked(state => DiscloseSelectionSeed.Decide(disclose, state, after)).Events.Single().ShouldBeOfType<SelectionSeedDisclosed>().Seed.ShouldBe(Convert.ToHexStringLower(Seed));
        WhenAsked(state => DiscloseSelectionSeed.Decide(disclose, state, after)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Whoever_starts_takes_part_once_and_not_in_a_court_without_tests()
    {
        var start = new StartRandomTesting("drug-court", Guid.CreateVersion7(), Guid.CreateVersion7(), CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []).Tests, Fourth);
        StartRandomTesting.Decide(start with { Rules = CourtTemplates.Of(CourtType.MentalHealth, "Mental health court", "court", []).Tests }, TestingRosterState.Initial, Now)
            .ShouldBeRefused(SelectionRejections.CourtWithoutTests());

        var started = StartRandomTesting.Decide(start, TestingRosterState.Initial, Now).Events.Single();
        var roster = TestingRosterState.Evolve(TestingRosterState.Initial, started);
        roster.Tested[start.ParticipationId].ShouldBe(new TestedParticipation(start.ClientId, Fourth));
        StartRandomTesting.Decide(start, roster, Now).ShouldBeAlreadyDone();

        var end = new EndRandomTesting("drug-court", start.ParticipationId, TestingEndReason.OrderedByCourt);
        var left = TestingRosterState.Evolve(roster, EndRandomTesting.Decide(end, roster, Now).Events.Single());
        left.Tested.ShouldBeEmpty();
        EndRandomTesting.Decide(end, left, Now).ShouldBeAlreadyDone();
    }
}
