using System.Text.Json;
using System.Text.Json.Serialization;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.EventStore;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCaseload;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.CourtTests;
using CaseFlow.Projections.HearingCalendar;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Unit.Views;

/// <summary>The rows of a court's views, folded from events: whose they are, what a test counts as, and what is never forgotten.</summary>
public sealed class FoldingWhatACourtKeeps
{
    private static readonly Guid Robin = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b1");
    private static readonly Guid Kim = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b2");
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b3");
    private static readonly Guid Shared = Guid.Parse("0195d6c4-0000-7000-8000-0000000000b4");
    private static readonly DateOnly Day = new(2026, 6, 1);
    private static readonly DateTimeOffset Now = new(2026, 7, 15, 14, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    [Theory]
    [InlineData("selected")]
    [InlineData("scheduled")]
    [InlineData("rescheduled")]
    [InlineData("held")]
    [InlineData("missed-session")]
    [InlineData("excused-session")]
    [InlineData("corrected-session")]
    [InlineData("treatment")]
    [InlineData("corrected-treatment")]
    [InlineData("incentive")]
    [InlineData("retracted")]
    public void An_id_that_two_participations_share_names_a_row_of_each(string what)
    {
        var view = new CourtActivityView();

        var (robins, kims) = (view.KeysTouched(Recorded(Activity(what, Robin))).ShouldHaveSingleItem(), view.KeysTouched(Recorded(Activity(what, Kim))).ShouldHaveSingleItem());

        robins.ShouldNotBe(kims);
    }

    /// <summary>A test stands as it does since somebody learned of what made it so, not since it happened: a confirmation, a finding, a miss that is entered late.</summary>
    [Fact]
    public void A_test_stands_as_it_does_since_it_became_known()
    {
        T Of<T>(T fact, int hours)
            where T : DrugTestEvent => ((T)(fact with { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = Shared })).At(new When(Now, TimePrecision.Exact, Now.AddHours(hours)));
        TestProgress After(params DrugTestEvent[] facts) => facts.Aggregate((ActivityEntry?)null, (row, fact) => ActivityFold.Evolve(row, Recorded(fact)))!.Test!;
        var (none, negative, positive) = (Guid.Empty, new TestOutcome(TestResult.Negative, []), new TestOutcome(TestResult.Positive, ["fentanyl"]));
        var selected = Of(new DrugTestSelected(Day, TestSelection.Random, CaughtUp: false, 1, null) { ParticipationId = none, ClientId = none, Court = "", TestId = none }, 0);
        var reported = Of(new DrugTestResultReported(negative, "lab-1") { ParticipationId = none, ClientId = none, Court = "", TestId = none }, 1);
        DrugTestConfirmed Confirmed(TestOutcome outcome) => Of(new DrugTestConfirmed(outcome, "lab-1") { ParticipationId = none, ClientId = none, Court = "", TestId = none }, 2);

        After(selected).StandsSince.ShouldBeNull();
        After(selected, Of(new DrugTestMissed(CountsAs.NonCompliance) { ParticipationId = none, ClientId = none, Court = "", TestId = none }, 5)).StandsSince.ShouldBe(Now.AddHours(5));
        After(selected, reported).StandsSince.ShouldBe(Now.AddHours(1));
        After(selected, reported, Confirmed(positive)).StandsSince.ShouldBe(Now.AddHours(2));
        After(selected, reported, Confirmed(negative)).StandsSince.ShouldBe(Now.AddHours(1));
        After(selected, reported, Of(new DrugTestAdulterated(CountsAs.Positive) { ParticipationId = none, ClientId = none, Court = "", TestId = none }, 3)).StandsSince.ShouldBe(Now.AddHours(3));
    }

    [Fact]
    public void A_retraction_finds_the_entry_of_its_own_participation()
    {
        var activity = new CourtActivityView();
        activity.KeysTouched(Recorded(Activity("retracted", Robin))).ShouldBe(activity.KeysTouched(Recorded(Activity("incentive", Robin))));

        var calendar = new HearingCalendarView();
        calendar.KeysTouched(Recorded(Activity("retracted", Robin))).ShouldBe(calendar.KeysTouched(Recorded(Hearing(Robin))));
        calendar.KeysTouched(Recorded(Hearing(Robin))).ShouldNotBe(calendar.KeysTouched(Recorded(Hearing(Kim))));
    }

    [Fact]
    public void A_hearing_id_that_two_participations_share_is_two_hearings()
    {
        HearingEntry Entry(Guid participation) => new(
            participation, Client, "drug-court", InOpenFile: true, Projections.CourtCompliance.FileEntry.Of(Hearing(participation), Recorded(Hearing(participation)))!, 1);

        HearingQueries.Together([Entry(Robin), Entry(Kim)]).Select(one => one.ParticipationId).ShouldBe([Robin, Kim]);
    }

    [Fact]
    public void Each_provider_has_a_row_for_its_own_coach()
    {
        var view = new CourtActivityView();
        DomainEvent ended = new CoachingEnded(CoachingEndReason.OrderLifted) { ParticipationId = Robin, ClientId = Client }.At(Now);
        DomainEvent assigned = new CoachAssigned("coach-1", "b", null, AboveAdvised: false, 1) { ParticipationId = Robin, ClientId = Client }.At(Now);

        view.KeysTouched(Recorded(ended, "a")).ShouldNotBe(view.KeysTouched(Recorded(assigned, "b")));
        view.KeysTouched(Recorded(ended, "b")).ShouldBe(view.KeysTouched(Recorded(assigned, "b")));
    }

    [Theory]
    [InlineData("held", "held", 60)]
    [InlineData("held corrected-session", "held", 15)]
    [InlineData("held retracted-session", null, 0)]
    [InlineData("scheduled held retracted-session", "scheduled", 0)]
    [InlineData("scheduled held retracted-session held corrected-session", "held", 15)]
    [InlineData("treatment", "reported", 0)]
    [InlineData("treatment corrected-treatment", "reported", 0)]
    [InlineData("treatment retracted-treatment", "retracted", 0)]
    [InlineData("corrected-session", null, 0)]
    [InlineData("corrected-treatment", null, 0)]
    public void What_was_corrected_stands_as_it_was_and_what_never_was_is_not_there(string history, string? state, long minutes)
    {
        var row = history.Split(' ').Aggregate((ActivityEntry?)null, (row, word) => Stored(ActivityFold.Evolve(row, Recorded(Activity(word, Robin).At(Now)))));

        (row?.State, row?.Amount ?? 0).ShouldBe((state, minutes));
        if (row?.Session is { } standing)
            (standing.Session.Mode, standing.Session.PlanItems.Count).ShouldBe((null, 0), "how they met and on what they worked is nobody's at the court");
    }

    [Theory]
    [InlineData("selected", TestVerdict.Pending)]
    [InlineData("caught-up", TestVerdict.Nothing)]
    [InlineData("selected notified collected", TestVerdict.Pending)]
    [InlineData("selected notified collected negative", TestVerdict.Negative)]
    [InlineData("selected notified collected negative confirmed-positive", TestVerdict.Positive)]
    [InlineData("selected notified collected positive confirmed-negative", TestVerdict.Negative)]
    [InlineData("selected notified collected positive corrected-negative", TestVerdict.Negative)]
    [InlineData("selected notified late negative", TestVerdict.NonCompliance)]
    [InlineData("selected notified late positive excused", TestVerdict.Positive)]
    [InlineData("selected notified late adulterated excused", TestVerdict.Positive)]
    [InlineData("selected notified late dilute dilute-corrected", TestVerdict.NonCompliance)]
    [InlineData("selected notified collected dilute negative", TestVerdict.NonCompliance)]
    [InlineData("selected notified missed", TestVerdict.NonCompliance)]
    [InlineData("selected notified missed excused", TestVerdict.Nothing)]
    [InlineData("selected notified missed missed-corrected", TestVerdict.Pending)]
    public void A_test_counts_in_every_view_as_it_does_in_its_own_record(string story, TestVerdict verdict)
    {
        var (row, agenda) = ((ActivityEntry?)null, Agenda());
        foreach (var fact in story.Split(' ').Select(word => Test(word, Shared, Day)))
        {
            row = Stored(ActivityFold.Evolve(row, Recorded(fact)));
            agenda = Stored(agenda.WithTest(fact, Recorded(fact)))!;
        }

        row!.Test!.Verdict.ShouldBe(verdict);
        agenda.LastOn(TestStanding.Positive).ShouldBe(verdict == TestVerdict.Positive ? Day : null);
        agenda.LastOn(TestStanding.NonCompliance).ShouldBe(verdict == TestVerdict.NonCompliance ? Day : null);
    }

    [Fact]
    public void A_correction_is_shown_with_what_counted_before()
    {
        var row = "selected notified collected positive corrected-negative".Split(' ')
            .Aggregate((ActivityEntry?)null, (folded, word) => ActivityFold.Evolve(folded, Recorded(Test(word, Shared, Day))));

        (row!.Test!.Correction!.Previous, row.Test.Correction.Error, row.Test.Step).ShouldBe((TestVerdict.Positive, TestError.Laboratory, TestStep.Collected));
    }

    [Fact]
    public void However_many_tests_follow_the_last_positive_is_not_forgotten()
    {
        var agenda = With(Agenda(), "selected notified collected positive", Day);
        for (var n = 1; n <= 30; n++)
            agenda = With(agenda, n % 3 == 0 ? "selected" : n % 3 == 1 ? "selected notified missed" : "selected notified collected negative", Day.AddDays(n));

        agenda.LastOn(TestStanding.Positive).ShouldBe(Day);
        agenda.LastOn(TestStanding.NonCompliance).ShouldBe(Day.AddDays(28));
    }

    [Theory]
    [InlineData("collected positive", TestStanding.Positive)]
    [InlineData("late negative", TestStanding.NonCompliance)]
    [InlineData("missed", TestStanding.NonCompliance)]
    public void A_test_taken_after_the_day_it_was_ordered_for_counts_by_its_own_day_in_every_view(string story, TestStanding standing)
    {
        var (row, agenda, taken) = ((ActivityEntry?)null, Agenda(), Day.AddDays(19));
        foreach (var fact in $"selected notified {story}".Split(' ').Select(word => On(taken, Test(word, Shared, Day))))
        {
            row = Stored(ActivityFold.Evolve(row, Recorded(fact)));
            agenda = Stored(agenda.WithTest(fact, Recorded(fact)))!;
        }

        row!.Day.ShouldBe(taken);
        agenda.LastOn(standing).ShouldBe(taken);
    }

    [Fact]
    public void A_test_that_was_forgotten_comes_back_when_it_turns_out_positive()
    {
        var agenda = Agenda();
        for (var n = 0; n < 30; n++)
            agenda = With(agenda, "selected notified collected negative", Day.AddDays(n));
        var late = Test("confirmed-positive", IdOf(Day.AddDays(1)), Day.AddDays(1));

        agenda.WithTest(late, Recorded(late)).LastOn(TestStanding.Positive).ShouldBe(DateOnly.FromDateTime(Now.UtcDateTime));
    }

    /// <summary>A row keeps since when it is known by the page's own rule, and no more than can matter.</summary>
    [Theory]
    [InlineData("selected notified collected positive", TestStanding.Positive)]
    [InlineData("selected notified collected negative confirmed-positive", TestStanding.Positive)]
    [InlineData("selected notified collected adulterated", TestStanding.Positive)]
    [InlineData("selected notified missed", TestStanding.NonCompliance)]
    [InlineData("selected notified late negative dilute dilute-corrected", TestStanding.NonCompliance)]
    public void What_became_known_of_a_test_late_is_in_its_row(string story, TestStanding standing)
    {
        var (row, agenda, column) = ((ActivityEntry?)null, Agenda(), standing == TestStanding.Positive ? "positives_known" : "non_compliances_known");
        foreach (var fact in story.Split(' ').Select(word => Test(word, Shared, Day)))
        {
            row = Stored(ActivityFold.Evolve(row, Recorded(fact)));
            agenda = Stored(agenda.WithTest(fact, Recorded(fact)))!;
        }

        HearingTimes.Read(ColumnOf(agenda, column)).ShouldBe(row!.Test!.Known().Times(row.Test.Test).Distinct().Order());
        HearingTimes.Read(ColumnOf(agenda, column)).Max().ShouldBe(Now);
        ColumnOf(agenda, standing == TestStanding.Positive ? "non_compliances_known" : "positives_known").ShouldBe("");

        var later = With(agenda, standing == TestStanding.Positive ? "selected notified collected positive" : "selected notified missed", DateOnly.FromDateTime(Now.UtcDateTime).AddDays(1));
        ColumnOf(later, column).ShouldBe("", "the day of a later one keeps it in sight for longer");
    }

    [Theory]
    [InlineData("selected notified collected positive corrected-negative")]
    [InlineData("selected notified missed excused")]
    [InlineData("selected notified missed missed-corrected")]
    public void What_counts_no_more_is_no_news(string story)
    {
        var agenda = With(Agenda(), story, Day);

        (ColumnOf(agenda, "positives_known"), ColumnOf(agenda, "non_compliances_known")).ShouldBe(("", ""));
    }

    /// <summary>An old specimen of which a laboratory tells late is not pushed out by newer ones that were known before.</summary>
    [Fact]
    public void However_many_tests_are_later_what_became_known_last_is_not_forgotten()
    {
        var agenda = With(Agenda(), "selected notified collected", Day);
        for (var n = 1; n <= 20; n++)
            agenda = With(agenda, "selected notified collected positive", Day.AddDays(n));
        var known = Now.AddDays(9);
        var late = Test("positive", IdOf(Day), Day).At(known);
        agenda = agenda.WithTest(late, Recorded(late) with { RecordedAt = known });
        agenda = With(agenda, "selected notified collected positive", Day.AddDays(21));

        HearingTimes.Read(ColumnOf(agenda, "positives_known")).Max().ShouldBe(known);
        agenda.WithTest(late, Recorded(late) with { RecordedAt = known }).News.Single(one => one.TestId == IdOf(Day)).Known.StandsSince.ShouldBe(known, "told again it stands as it did");
        agenda.Tests.Count.ShouldBeLessThan(18);
    }

    /// <summary>A clock that is ahead makes nothing known after it was recorded.</summary>
    [Fact]
    public void Nothing_is_known_later_than_it_is_recorded()
    {
        var told = Test("missed", Shared, Day).At(new When(Now, TimePrecision.Exact, Now.AddMinutes(2)));

        HearingTimes.Read(ColumnOf(With(Agenda(), "selected notified", Day).WithTest(told with { TestId = IdOf(Day) }, Recorded(told)), "non_compliances_known")).ShouldBe([Now]);
    }

    /// <summary>A run of sobriety begins with it, however many follow.</summary>
    [Fact]
    public void The_first_negative_test_is_not_forgotten()
    {
        var agenda = Agenda();
        for (var n = 0; n < 30; n++)
            agenda = With(agenda, "selected notified collected negative", Day.AddDays(n));

        (agenda.FirstNegativeOn, agenda.LastOn(TestStanding.Negative), agenda.Tests.Count).ShouldBe((Day, Day.AddDays(29), 9));
    }

    /// <summary>However long nobody looked: what is under way is in the row until somebody says what came of it.</summary>
    [Fact]
    public void However_many_tests_follow_one_that_is_under_way_is_not_forgotten()
    {
        var agenda = With(With(Agenda(), "selected notified", Day), "selected notified late", Day.AddDays(1));
        for (var n = 2; n <= 60; n++)
            agenda = With(agenda, n % 3 == 0 ? "selected" : n % 3 == 1 ? "selected notified missed" : "selected notified collected negative", Day.AddDays(n));

        HearingTimes.Read(ColumnOf(agenda, "window_ends")).ShouldBe([Now]);
        HearingTimes.ReadResults(ColumnOf(agenda, "results_awaited")).ShouldBe([new AwaitedResult(Now, 1)]);
        agenda.Tests.Count.ShouldBeLessThan(40);

        agenda = With(With(agenda, "missed", Day), "adulterated", Day.AddDays(1));
        (ColumnOf(agenda, "window_ends"), ColumnOf(agenda, "results_awaited")).ShouldBe(("", ""));
    }

    [Theory]
    [InlineData("selected", true)]
    [InlineData("caught-up", false)]
    [InlineData("selected notified", true)]
    [InlineData("selected notified missed", false)]
    [InlineData("selected notified late", true)]
    [InlineData("selected notified collected negative", false)]
    [InlineData("selected notified collected dilute", false)]
    [InlineData("selected notified collected dilute dilute-corrected", true)]
    [InlineData("selected notified collected positive contested", true)]
    [InlineData("selected notified collected positive contested confirmed-positive", false)]
    [InlineData("selected notified collected positive contested corrected-negative", false)]
    [InlineData("selected notified collected positive contested confirmed-positive contested", true)]
    public void A_courts_list_keeps_what_something_is_still_to_come_of(string story, bool isOpen)
    {
        var row = Folded(story.Split(' ').Select(word => Recorded(Test(word, Shared, Day))));

        (row!.IsOpen, row.AgencyId, row.Court).ShouldBe((isOpen, "court", "drug-court"));
    }

    [Fact]
    public void What_another_agency_says_of_a_test_is_not_in_the_courts_list()
    {
        var row = Folded([Recorded(Test("selected", Shared, Day)), Recorded(Test("notified", Shared, Day), "coaches"), Recorded(Test("selected", Shared, Day), "coaches")]);

        (row!.Test.Phase, row.AgencyId).ShouldBe((TestPhase.Selected, "court"));
        Folded([Recorded(Test("collected", Shared, Day))]).ShouldBeNull("nobody ordered it");
    }

    private static CourtTestEntry? Folded(IEnumerable<RecordedEvent> story) =>
        story.Aggregate((CourtTestEntry?)null, (row, recorded) => Stored(CourtTestEntry.Evolve(row, recorded)));

    private static string ColumnOf(AgendaEntry agenda, string column) => (string)new CourtCaseloadView().Columns.Single(one => one.Name == column).Of(agenda)!;

    [Fact]
    public void However_many_hearings_are_missed_the_last_that_was_held_is_not_forgotten()
    {
        var agenda = Heard(Agenda(), new StatusHearingHeld(null, HearingKind.Status, HearingPresence.InPerson), Day);
        for (var n = 1; n <= 20; n++)
            agenda = Heard(agenda, new StatusHearingMissed(Guid.CreateVersion7(), Excused: false), Day.AddDays(7 * n));

        agenda.LastHeldOn.ShouldBe(Day);
        agenda.Hearings.Count.ShouldBeLessThan(10);
    }

    [Fact]
    public void Every_hearing_that_is_open_is_kept_with_its_time_the_earliest_first()
    {
        var (moved, told) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var agenda = Entered(Agenda(), moved, new StatusHearingScheduled(HearingKind.Status, Now.AddDays(1).AddMicroseconds(3), null));
        agenda = Entered(agenda, told, new StatusHearingScheduled(HearingKind.Status, Now.AddDays(3), null));
        agenda = Entered(agenda, Guid.CreateVersion7(), new StatusHearingScheduled(HearingKind.Status, Now.AddDays(-7).ToOffset(TimeSpan.FromHours(-5)), null));
        Opened(agenda).ShouldBe([Now.AddDays(-7), Now.AddDays(1).AddMicroseconds(3), Now.AddDays(3)]);

        agenda = Entered(agenda, Guid.CreateVersion7(), new StatusHearingContinued(moved, Now.AddDays(9), "counsel-ill"));
        agenda = Entered(agenda, Guid.CreateVersion7(), new StatusHearingMissed(told, Excused: true));
        Opened(agenda).ShouldBe([Now.AddDays(-7), Now.AddDays(9)]);
        Opened(Agenda()).ShouldBeEmpty();
    }

    private static AgendaEntry Entered(AgendaEntry agenda, Guid entry, ParticipationEvent fact)
    {
        var told = (fact with { ParticipationId = Robin, ClientId = Client, Court = "drug-court", EntryId = entry, OccurredOn = Day }).At(Now);
        return AgendaEntry.Evolve(agenda, told, Recorded(told))!;
    }

    /// <summary>As a row keeps them and a reader reads them.</summary>
    private static IReadOnlyList<DateTimeOffset> Opened(AgendaEntry agenda) =>
        HearingTimes.Read((string)new CourtCaseloadView().Columns.Single(column => column.Name == "open_hearings").Of(agenda)!);

    private static DrugTestEvent On(DateOnly day, DrugTestEvent fact) => fact switch
    {
        DrugTestCollected e => e with { On = day },
        DrugTestMissed e => e with { On = day },
        _ => fact,
    };

    private static AgendaEntry Agenda() => new(Robin, "drug-court", "court", [], [], []);

    private static AgendaEntry With(AgendaEntry agenda, string story, DateOnly day) => story.Split(' ').Select(word => Test(word, IdOf(day), day))
        .Aggregate(agenda, (folded, fact) => folded.WithTest(fact, Recorded(fact)));

    private static AgendaEntry Heard(AgendaEntry agenda, ParticipationEvent fact, DateOnly on)
    {
        var told = fact with { ParticipationId = Robin, ClientId = Client, Court = "drug-court", EntryId = Guid.CreateVersion7(), OccurredOn = on };
        return AgendaEntry.Evolve(agenda, told.At(new DateTimeOffset(on, new TimeOnly(14, 0), TimeSpan.Zero)), Recorded(told))!;
    }

    private static Guid IdOf(DateOnly day) => NamedId.Of(Shared, $"{day:O}");

    private static TRow? Stored<TRow>(TRow? row) => JsonSerializer.Deserialize<TRow>(JsonSerializer.Serialize(row, Json), Json);

    [Theory]
    [InlineData(5, 10, "agent-5")]
    [InlineData(10, 5, "agent-5")]
    [InlineData(5, 5, "agent-again")]
    public void Whoever_was_named_last_in_time_supervises(int firstDaysAgo, int secondDaysAgo, string officer)
    {
        SupervisionOfficerNamed Named(int daysAgo, string who) => new SupervisionOfficerNamed(who)
        {
            ParticipationId = Robin,
            ClientId = Client,
            Court = "drug-court",
            EntryId = Guid.CreateVersion7(),
            OccurredOn = Day,
        }.At(Now.AddDays(-daysAgo));
        var facts = new[] { Named(firstDaysAgo, $"agent-{firstDaysAgo}"), Named(secondDaysAgo, firstDaysAgo == secondDaysAgo ? "agent-again" : $"agent-{secondDaysAgo}") };

        facts.Aggregate((ComplianceEntry?)null, (row, fact) => ComplianceEntry.Evolve(row, fact, Recorded(fact)))!.OfficerId.ShouldBe(officer);
    }

    private static RecordedEvent Recorded(DomainEvent fact, string agency = "court") => new(
        "wi", Robin, "stream", 1, Guid.CreateVersion7(), 1, 1, Now, fact, new Circumstances { Actor = "coord-1", Role = Role.Coordinator, Agency = agency }, new AppendMetadata("coord-1"));

    private static StatusHearingScheduled Hearing(Guid participation) => new(HearingKind.Status, Now, null)
    {
        ParticipationId = participation,
        ClientId = Client,
        Court = "drug-court",
        EntryId = Shared,
        OccurredOn = Day,
    };

    private static DomainEvent Activity(string what, Guid participation) => what switch
    {
        "selected" => new DrugTestSelected(Day, TestSelection.Random, CaughtUp: false, 1, null) { ParticipationId = participation, ClientId = Client, Court = "drug-court", TestId = Shared },
        "scheduled" => new CoachingSessionScheduled(Shared, Now, SessionKind.Group, ContactMode.InPerson) { ParticipationId = participation, ClientId = Client },
        "rescheduled" => new CoachingSessionRescheduled(Shared, Now, SessionParty.Coach) { ParticipationId = participation, ClientId = Client },
        "held" => new CoachingSessionHeld(Shared, "coach-1", SessionKind.Group, ContactMode.InPerson, 60, [], null) { ParticipationId = participation, ClientId = Client },
        "missed-session" => new CoachingSessionMissed(Shared, SessionKind.Group, Excused: false, null) { ParticipationId = participation, ClientId = Client },
        "excused-session" => new CoachingSessionExcused(Shared, Sealed<string>.Of("Ill.")) { ParticipationId = participation, ClientId = Client },
        "corrected-session" => new CoachingSessionCorrected(Shared, SessionStatement.Held, new SessionOutcome(Attendance.Attended, SessionKind.CheckIn, 15))
        { ParticipationId = participation, ClientId = Client, CorrectedEventId = Shared, Reason = Sealed<string>.Of("Typed wrongly.") },
        "retracted-session" => new CoachingSessionCorrected(Shared, SessionStatement.Held, null)
        { ParticipationId = participation, ClientId = Client, CorrectedEventId = Shared, Reason = Sealed<string>.Of("Of another client.") },
        "treatment" => new TreatmentAttendanceReported("house", null, Day, Day.AddDays(6), new AttendanceCount(3, 1, 1)) { ParticipationId = participation, ClientId = Client, ReportId = Shared },
        "corrected-treatment" => new TreatmentAttendanceCorrected(Shared, new AttendanceCount(3, 2, 1), Sealed<string>.Of("Came late."))
        { ParticipationId = participation, ClientId = Client, ReportId = Shared },
        "retracted-treatment" => new TreatmentAttendanceCorrected(Shared, null, Sealed<string>.Of("Of another client."))
        { ParticipationId = participation, ClientId = Client, ReportId = Shared },
        "incentive" => new IncentiveGranted("praise", "attended") { ParticipationId = participation, ClientId = Client, Court = "drug-court", EntryId = Shared },
        "retracted" => new CourtEntryRetracted(Shared, "incentive_granted", Shared, null) { ParticipationId = participation, ClientId = Client, Court = "drug-court", EntryId = Guid.CreateVersion7() },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such fact."),
    };

    private static DrugTestEvent Test(string word, Guid testId, DateOnly day)
    {
        var (positive, negative) = (new TestOutcome(TestResult.Positive, ["fentanyl"]), new TestOutcome(TestResult.Negative, []));
        var reason = Sealed<string>.Of("In words.");
        DrugTestEvent fact = word switch
        {
            "selected" or "caught-up" => new DrugTestSelected(day, TestSelection.Random, word == "caught-up", 1, null) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId },
            "notified" => new DrugTestNotified(Specimen.Urine, ContactMode.Phone, Now) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId },
            "collected" or "late" => new DrugTestCollected(Specimen.Urine, "officer-1", reason, word != "late", word == "late" ? CountsAs.NonCompliance : null)
            { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId },
            "missed" => new DrugTestMissed(CountsAs.NonCompliance) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId },
            "dilute" => new DrugTestDilute(CountsAs.NonCompliance) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId },
            "adulterated" => new DrugTestAdulterated(CountsAs.Positive) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId },
            "positive" or "negative" => new DrugTestResultReported(word == "positive" ? positive : negative, "lab-1") { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId },
            "confirmed-positive" or "confirmed-negative" => new DrugTestConfirmed(word == "confirmed-positive" ? positive : negative, "lab-1")
            { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId },
            "contested" => new DrugTestContested(null) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId },
            "excused" => new DrugTestExcused(reason) { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId },
            "corrected-negative" => new DrugTestCorrected(Shared, null, negative, TestError.Laboratory, reason)
            { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId, Corrects = TestStatement.Result },
            "dilute-corrected" or "missed-corrected" => new DrugTestCorrected(Shared, null, null, TestError.Entry, reason)
            { ParticipationId = Robin, ClientId = Client, Court = "drug-court", TestId = testId, Corrects = word == "dilute-corrected" ? TestStatement.Dilute : TestStatement.Missed },
            _ => throw new ArgumentOutOfRangeException(nameof(word), word, "No such fact."),
        };
        return fact.At(Now);
    }
}
