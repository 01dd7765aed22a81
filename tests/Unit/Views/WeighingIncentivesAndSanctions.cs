using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.CourtViews;
using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Policies;
using CaseFlow.EventStore;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Unit.CourtReports;

namespace CaseFlow.Unit.Views;

/// <summary>R35: incentives for each sanction over the court's days, beside what it aims at. It is shown, and moves nothing else.</summary>
public sealed class WeighingIncentivesAndSanctions
{
    private static readonly Guid Robin = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b1");
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b3");
    private static readonly DateOnly Today = new(2026, 6, 15);
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);
    private static readonly CourtConfiguration Court = CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []);

    private static ParticipationEvent Told(ParticipationEvent fact, int daysAgo) => (fact with
    {
        ParticipationId = Robin,
        ClientId = Client,
        Court = "drug-court",
        EntryId = Guid.NewGuid(),
        OccurredOn = Today.AddDays(-daysAgo),
    }).At(Now.AddDays(-daysAgo));

    private static ParticipationEvent Incentive(int daysAgo) => Told(new IncentiveGranted("praise", "attended"), daysAgo);

    private static ParticipationEvent Sanction(int daysAgo) => Told(new SanctionImposed("warning", "missed-test", DueProcess.Hearing, null, Sealed<string>.Of("Told and heard.")), daysAgo);

    private static ParticipationEvent Jail(int daysAgo) => Told(new JailSanctionImposed(2, "missed-test", Today.AddDays(-daysAgo), DueProcess.Hearing, null, Sealed<string>.Of("Told and heard."), AboveUsual: false), daysAgo);

    /// <returns>The rows as the view folds them; a retraction is of the row that it takes back.</returns>
    private static IEnumerable<ActivityLine> Lines(IEnumerable<ParticipationEvent> facts) => facts
        .GroupBy(fact => fact is CourtEntryRetracted retracted ? retracted.RetractedEntryId : fact.EntryId)
        .Select(entry => entry.Aggregate((ActivityEntry?)null, (row, fact) => ActivityFold.Evolve(row, Recorded(fact)))!)
        .Select(row => new ActivityLine(Robin, row.Kind, row.State, row.Step, row.Day, row.Amount, row.Source, row));

    private static RecordedEvent Recorded(ParticipationEvent fact) =>
        new("wi", Robin, "participation", 1, Guid.NewGuid(), 1, 1, Now, fact, new Circumstances { Actor = "coord-1", Role = Role.Coordinator }, new AppendMetadata("coord-1"));

    private static ParticipantCompliance Measured(CourtConfiguration court, DateOnly today, params ParticipationEvent[] facts) => Measuring.Of(
        new MeasuredBy(new ComplianceEntry(Robin, Client, "C-1", "drug-court", "court", 1, []), [.. Lines(facts)], [], new CourtInForce(court, 1), Now, today));

    private static (int Incentives, int Sanctions) Ratio(params ParticipationEvent[] facts) => Measured(Court, Today, facts).Responses is var shown ? (shown.Incentives, shown.Sanctions) : default;

    [Fact]
    public void Without_responses_there_is_nothing_to_weigh()
    {
        var shown = Measured(Court, Today).Responses;

        (shown.Days, shown.TargetPerSanction, shown.Incentives, shown.Sanctions, shown.AllIncentives, shown.AllSanctions).ShouldBe((30, 4, 0, 0, 0, 0));
        Printed(Measured(Court, Today)).ShouldContain("0 : 0 (aim 4 : 1)");
    }

    [Fact]
    public void Only_sanctions_and_only_incentives_are_weighed_as_they_are()
    {
        Ratio(Sanction(1), Jail(2)).ShouldBe((0, 2), "jail is a sanction");
        Ratio(Incentive(1), Incentive(2), Incentive(3)).ShouldBe((3, 0));
        Ratio(Told(new JailSanctionServed(Robin, 2), 1), Told(new ServiceAdjustmentMade("more-treatment", "use", "house"), 1)).ShouldBe((0, 0), "days that are served, and a change of service, are none");
    }

    /// <summary>At the aim, one below it and one above it nothing changes but the numbers: it is no ground to advance, to warn or to refuse.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void At_the_aim_and_beside_it_only_the_numbers_differ(int incentives)
    {
        var measured = Measured(Court, Today, [.. Enumerable.Range(0, incentives).Select(Incentive), Sanction(3)]);

        (measured.Responses.Incentives, measured.Responses.Sanctions, measured.Responses.TargetPerSanction).ShouldBe((incentives, 1, 4));
        measured.Alerts.ShouldBeNull();
        Printed(measured).ShouldContain($"{incentives} : 1 (aim 4 : 1)");
    }

    /// <summary>Thirty local days with today: the day thirty days ago is out, whatever the hour.</summary>
    [Fact]
    public void The_days_begin_after_the_day_that_is_as_long_ago()
    {
        var shown = Measured(Court, Today, Incentive(0), Incentive(29), Incentive(30), Sanction(29), Sanction(30), Sanction(300)).Responses;

        (shown.Incentives, shown.Sanctions, shown.AllIncentives, shown.AllSanctions).ShouldBe((2, 1, 3, 3));
    }

    [Fact]
    public void Days_and_aim_are_the_courts_own()
    {
        var shown = Measured(Court with { Responses = Court.Responses with { RatioDays = 7, IncentivesPerSanction = 6 } }, Today, Incentive(6), Incentive(7), Sanction(6)).Responses;

        (shown.Days, shown.TargetPerSanction, shown.Incentives, shown.Sanctions).ShouldBe((7, 6, 1, 1));
    }

    /// <summary>The past is weighed over its own days; what had not happened by then is no row of it.</summary>
    [Fact]
    public void Of_a_day_in_the_past_its_own_days_are_weighed()
    {
        var then = Today.AddDays(-20);
        ParticipationEvent[] facts = [Incentive(25), Incentive(49), Incentive(50), Sanction(20)];

        var shown = Measured(Court, then, facts).Responses;
        (shown.Incentives, shown.Sanctions).ShouldBe((2, 1));
        Ratio(facts).ShouldBe((1, 1));
    }

    /// <summary>What was retracted counts no more and stays in sight; what takes its place counts once, by its own day.</summary>
    [Fact]
    public void A_response_that_was_retracted_or_replaced_counts_as_it_should_have()
    {
        var (wrong, right) = (Sanction(1), Incentive(40));
        var retracted = Told(new CourtEntryRetracted(wrong.EntryId, "sanction_imposed", Guid.NewGuid(), right.EntryId), 0);

        var shown = Measured(Court, Today, Incentive(2), wrong, retracted, right).Responses;

        (shown.Incentives, shown.Sanctions, shown.AllIncentives, shown.AllSanctions).ShouldBe((1, 0, 2, 0));
        shown.Latest.Single(one => one.Retracted).Code.ShouldBe("warning");
        Ratio(Incentive(2), wrong).ShouldBe((1, 1), "as it was on record before");
    }

    private static string Printed(ParticipantCompliance measured)
    {
        var policy = new PolicyInForce(JurisdictionPolicy.Default("recovery-coaches"), 3, 3);
        var lines = new StandingLines(PageText.Of(new CourtAsked("drug-court", new CourtInForce(Court, 1), policy, Now)), RichPage.Names);
        return lines.Of(measured, Today).SelectMany(section => section.Always).Single(row => row.Name == "Incentives to sanctions").Value;
    }
}
