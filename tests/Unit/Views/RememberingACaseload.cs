using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.EventStore;
using CaseFlow.EventStore.Views;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCaseload;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Unit.Views;

/// <summary>
/// A caseload's row forgets what is long over, and says the same as if it forgot nothing: whatever is taken back, in whatever order, for every moment asked about.
/// </summary>
public sealed class RememberingACaseload
{
    private static readonly Guid Robin = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b1");
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b3");
    private static readonly DateTimeOffset Begun = new(2025, 1, 6, 15, 0, 0, TimeSpan.Zero);
    private static readonly TestOutcome Negative = new(TestResult.Negative, []);
    private static readonly TestOutcome Positive = new(TestResult.Positive, ["fentanyl"]);
    private static readonly Sealed<string> Words = Sealed<string>.Of("In words.");

    private readonly CourtCaseloadView view = new();
    private readonly List<RecordedEvent> log = [];
    private readonly KeyRows<AgendaEntry> rows = new(new RowKey("wi", Robin.ToString("D")), DateTimeOffset.MinValue);
    private DateTimeOffset now = Begun;

    private AgendaEntry Row => rows.Now[^1].Row;

    [Fact]
    public void When_the_first_negative_tests_are_struck_out_the_next_one_is_the_first()
    {
        Refer();
        var reports = Enumerable.Range(0, 24).Select(_ => TestOf(Negative)).ToList();
        Row.Tests.Count.ShouldBeLessThan(12);
        var days = reports.ConvertAll(report => DateOnly.FromDateTime(report.Data is DrugTestResultReported fact ? fact.OccurredAt.UtcDateTime : default));

        for (var struck = 0; struck < 10; struck++)
        {
            Row.FirstNegativeOn.ShouldBe(days[struck]);
            Correct(reports[struck], Positive);
        }

        (Row.FirstNegativeOn, Row.LastOn(TestStanding.Positive), Row.LastOn(TestStanding.Negative)).ShouldBe((days[10], days[9], days[23]));
        foreach (var report in reports.Take(10).Reverse())
            Correct(report, Negative);
        (Row.FirstNegativeOn, Row.LastOn(TestStanding.Positive)).ShouldBe((days[0], null));
        Row.Tests.Count.ShouldBeLessThan(12);
    }

    [Fact]
    public void A_notice_of_a_draw_that_is_entered_weeks_later_finds_its_test()
    {
        Refer();
        var (test, told) = (Select(), now.AddHours(1));
        for (var n = 0; n < 20; n++)
            Select();
        Add(new DrugTestNotified(Specimen.Urine, ContactMode.Phone, told.AddHours(8)) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = test }, told);

        Row.Tests.Single(one => one.TestId == test).CourtVersion.ShouldBe(1);
        Row.WindowEnds.ShouldBe([told.AddHours(8)]);
    }

    [Fact]
    public void A_hearing_that_was_not_held_after_all_is_open_again_however_long_ago()
    {
        Refer();
        var held = Enumerable.Range(0, 12).Select(_ => Hear()).ToList();
        Row.Hearings.Count.ShouldBeLessThan(10);
        foreach (var (_, entry) in held.Skip(4))
            Retract(entry);

        Row.OpenHearings.ShouldBe(held.Skip(4).Select(one => one.At));
        Row.LastHeldOn.ShouldBe(DateOnly.FromDateTime(held[3].At.UtcDateTime));
    }

    /// <summary>A laboratory loses a batch and finds it again.</summary>
    [Fact]
    public void A_result_that_comes_after_nobody_waited_for_it_any_more_finds_its_test()
    {
        Refer();
        var lost = Enumerable.Range(0, 10).Select(_ => Collect()).ToList();
        foreach (var test in lost)
            Add(new DrugTestClosed(TestClosure.NotReported) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = test }, now);
        for (var n = 0; n < 20; n++)
            TestOf(Negative);
        now = now.AddDays(1);
        var day = DateOnly.FromDateTime(Begun.AddDays(1).UtcDateTime);
        Add(new DrugTestResultReported(Positive, "lab-1") { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = lost[0] }, now);
        Add(new DrugTestResultReported(Negative, "lab-1") { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = lost[1] }, now);

        (Row.LastOn(TestStanding.Positive), Row.FirstNegativeOn).ShouldBe((day, day.AddDays(1)));
        Row.Tests.Single(one => one.TestId == lost[0]).CourtVersion.ShouldBe(1);
        ShouldSayWhatIsSo();
    }

    /// <summary>The right time of a report may be known to the day, on which the specimen was given.</summary>
    [Fact]
    public void A_result_of_the_day_of_the_specimen_is_not_known_before_the_end_of_that_day()
    {
        Refer();
        var report = TestOf(Positive);
        var start = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        Add(
            new DrugTestCorrected(report.EventId, start, null, TestError.Entry, Words)
            {
                ParticipationId = Robin,
                ClientId = Client,
                Court = "drug-court",
                TestId = IdOf(report),
                Corrects = TestStatement.Reported,
                CorrectedOccurredUntil = start.AddDays(1),
            },
            now);

        rows.Now.First(slice => slice.Row.LastOn(TestStanding.Positive) is not null).From.ShouldBe(start.AddDays(1));
        Api.Asking.Occurred.By(log, start.AddDays(1).AddTicks(-1)).Select(recorded => recorded.Data).OfType<DrugTestResultReported>().ShouldBeEmpty();
        Api.Asking.Occurred.By(log, start.AddDays(1)).Select(recorded => recorded.Data).OfType<DrugTestResultReported>().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_the_row_says_what_a_fold_that_forgets_nothing_says(int seed)
    {
        // The same history for ever: nothing here is secret.
        var random = new Random(seed);
        var reports = new List<RecordedEvent>();
        Refer();
        for (var n = 0; n < 90; n++)
        {
            switch (random.Next(12))
            {
                case < 5:
                    reports.Add(TestOf(random.Next(4) == 0 ? Positive : Negative));
                    break;
                case 5:
                    Miss(excuses: random.Next(2) == 0);
                    break;
                case 6:
                    Select();
                    break;
                case 7 when reports.Count > 0:
                    Add(new DrugTestDilute(CountsAs.NonCompliance) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = IdOf(reports[random.Next(reports.Count)]) }, now);
                    break;
                case 8 when reports.Count > 0:
                    Add(new DrugTestConfirmed(random.Next(2) == 0 ? Positive : Negative, "lab-1") { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = IdOf(reports[random.Next(reports.Count)]) }, now);
                    break;
                case > 8 when reports.Count > 0:
                    // What is oldest is what a row has forgotten.
                    Correct(reports[random.Next(random.Next(reports.Count) + 1)], random.Next(2) == 0 ? Positive : Negative);
                    break;
            }

            if (n % 30 == 0)
                ShouldSayWhatIsSo();
        }

        ShouldSayWhatIsSo();
        Row.Tests.Count.ShouldBeLessThan(45);
    }

    /// <summary>For every moment between two events, against the tests as they are folded one by one.</summary>
    private void ShouldSayWhatIsSo()
    {
        foreach (var slice in rows.Now.Where((_, n) => n % 5 == 0).Append(rows.Now[^1]))
        {
            var tests = new Dictionary<Guid, DrugTest>();
            var pages = new Dictionary<Guid, ActivityEntry?>();
            foreach (var recorded in log.Where(recorded => CountsFrom(recorded) <= slice.From && recorded.Data is DrugTestEvent))
            {
                var fact = (DrugTestEvent)recorded.Data;
                tests[fact.TestId] = fact is DrugTestSelected selected ? DrugTest.Of(selected) : tests[fact.TestId].After(fact);
                pages[fact.TestId] = ActivityFold.Evolve(pages.GetValueOrDefault(fact.TestId), recorded);
            }

            DateOnly?[] DaysOf(TestStanding standing) => [.. tests.Values.Where(test => test.Standing == standing).Select(test => (DateOnly?)test.CountsOn)];
            (slice.Row.FirstNegativeOn, slice.Row.LastOn(TestStanding.Negative), slice.Row.LastOn(TestStanding.Positive), slice.Row.LastOn(TestStanding.NonCompliance))
                .ShouldBe((DaysOf(TestStanding.Negative).Min(), DaysOf(TestStanding.Negative).Max(), DaysOf(TestStanding.Positive).Max(), DaysOf(TestStanding.NonCompliance).Max()));
            foreach (var standing in new[] { TestStanding.Positive, TestStanding.NonCompliance })
            {
                // As a participant's page calls tests new.
                var known = pages.Values.Select(page => page!.Test!).Where(test => test.Test.Standing == standing).SelectMany(test => test.Known().Times(test.Test)).ToList();
                DateTimeOffset? Last(IEnumerable<DateTimeOffset> times) =>
                    times.Where(at => at <= slice.From && DateOnly.FromDateTime(at.UtcDateTime) >= slice.Row.LastOn(standing)).Max(at => (DateTimeOffset?)at);
                Last(slice.Row.KnownOf(standing)).ShouldBe(Last(known));
            }
        }
    }

    private DateTimeOffset CountsFrom(RecordedEvent recorded) => recorded.Data is DrugTestCorrected correction
        ? CountsFrom(log.Single(one => one.EventId == correction.CorrectedEventId))
        : ((DomainEvent)recorded.Data).CountsFrom();

    private void Refer() => Add(
        new TreatmentCourtReferred("court", CourtReferralSource.Prosecutor, null) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", EntryId = Guid.NewGuid() }, now);

    private Guid Select()
    {
        now = now.AddDays(1);
        var test = Guid.NewGuid();
        Add(new DrugTestSelected(DateOnly.FromDateTime(now.UtcDateTime), TestSelection.Random, CaughtUp: false, 1, null) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = test }, now);
        return test;
    }

    /// <returns>The report.</returns>
    private RecordedEvent TestOf(TestOutcome outcome) =>
        Add(new DrugTestResultReported(outcome, "lab-1") { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = Collect() }, now.AddHours(2));

    /// <returns>A test of which the specimen was given.</returns>
    private Guid Collect()
    {
        var (test, on) = (Select(), DateOnly.FromDateTime(now.UtcDateTime));
        Add(new DrugTestNotified(Specimen.Urine, ContactMode.Phone, now.AddHours(8)) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = test }, now);
        Add(new DrugTestCollected(Specimen.Urine, "officer-1", Words, true, null) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = test, On = on }, now.AddHours(1));
        return test;
    }

    private void Miss(bool excuses)
    {
        var test = Select();
        Add(new DrugTestNotified(Specimen.Urine, ContactMode.Phone, now.AddHours(8)) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = test }, now);
        Add(new DrugTestMissed(CountsAs.NonCompliance) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = test, On = DateOnly.FromDateTime(now.UtcDateTime) }, now.AddHours(8));
        if (excuses)
            Add(new DrugTestExcused(Words) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = test }, now.AddHours(9));
    }

    private void Correct(RecordedEvent report, TestOutcome right) =>
        Add(new DrugTestCorrected(report.EventId, null, right, TestError.Laboratory, Words) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = IdOf(report), Corrects = TestStatement.Result }, now);

    /// <returns>When it was, and the entry that says that it was held.</returns>
    private (DateTimeOffset At, RecordedEvent Entry) Hear()
    {
        now = now.AddDays(14);
        var hearing = Guid.NewGuid();
        Add(Entry(new StatusHearingScheduled(HearingKind.Status, now, null), hearing), now.AddDays(-7));
        return (now, Add(Entry(new StatusHearingHeld(hearing, HearingKind.Status, HearingPresence.InPerson), Guid.NewGuid()), now));
    }

    private void Retract(RecordedEvent entry) =>
        Add(Entry(new CourtEntryRetracted(((ParticipationEvent)entry.Data).EntryId, "status_hearing_held", entry.EventId, null), Guid.NewGuid()), now);

    private ParticipationEvent Entry(ParticipationEvent fact, Guid entry) =>
        fact with { ParticipationId = Robin, ClientId = Client, Court = "drug-court", EntryId = entry, OccurredOn = DateOnly.FromDateTime(now.UtcDateTime) };

    private static Guid IdOf(RecordedEvent recorded) => ((DrugTestEvent)recorded.Data).TestId;

    /// <summary>As the log is followed: what moves times is folded with all that was before it, anything else with the rows alone.</summary>
    private RecordedEvent Add(DomainEvent fact, DateTimeOffset at)
    {
        var position = log.Count + 1;
        var recorded = new RecordedEvent(
            "wi", Robin, "stream", position, Guid.CreateVersion7(), position, position, at > now ? at : now, fact.At(at), new Circumstances { Actor = "coord-1", Role = Role.Coordinator, Agency = "court" }, new AppendMetadata("coord-1"));
        rows.Remember(view.EarliestTouched(recorded) is null ? [.. log] : []);
        view.Fold(rows, [recorded]);
        log.Add(recorded);
        return recorded;
    }
}
