using System.Text.Json;
using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.Identities;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;
using CaseFlow.EventStore;
using CaseFlow.Projections.CourtCompliance;

namespace CaseFlow.Unit.Views;

/// <summary>The open file states what is filed there, and never what only both files together say.</summary>
public sealed class TellingTheOpenFile
{
    private static readonly Guid Participation = Guid.Parse("0195d6c4-0000-8000-8000-0000000000c1");
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Sealed<string> Plan = Sealed<string>.Of("Two meetings a week.");
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_advance_in_the_open_file_is_an_entry_and_no_phase_after_a_return_in_the_other()
    {
        var advanced = At(1, CourtFile.Open, new PhaseAdvanced("acute-stabilization", "clinical-stabilization", [], [], 30, 30));
        var returned = At(2, CourtFile.Confidential, new PhaseReturnedToEarlier("clinical-stabilization", "acute-stabilization", Plan, MadeWithParticipant: true));

        var entry = Told([advanced, returned]).Entries.ShouldHaveSingleItem();

        (entry.Kind, entry.Detail, entry.Phase).ShouldBe((FileEntryKind.PhaseAdvanced, "acute-stabilization", "clinical-stabilization"));
        Told([advanced, returned]).ShouldBeSame(Told([advanced]));
    }

    [Fact]
    public void It_has_no_member_that_is_put_together_from_entries() =>
        typeof(OpenFileShown).GetProperties().Select(member => member.Name).ShouldBe(["ClientCode", "Court", "Entries"]);

    /// <summary>Any order of any entries in either file, some of them taken back: two hundred histories from a fixed seed.</summary>
    [Fact]
    public void Whatever_is_in_the_other_file_each_entry_is_true_of_the_whole_and_the_other_file_changes_no_byte()
    {
        var random = new Random(20261126);
        for (var history = 0; history < 200; history++)
        {
            var recorded = HistoryOf(random);
            var told = OpenFileRead.Of(recorded, long.MaxValue, null, _ => true, death: null);

            var alone = recorded.Where(IsOpenOrTakesBackWhatIs).ToList();
            JsonSerializer.Serialize(told).ShouldBe(JsonSerializer.Serialize(OpenFileRead.Of(alone, long.MaxValue, null, _ => true, death: null)));

            var whole = recorded.Aggregate((ComplianceEntry?)null, (row, one) => ComplianceEntry.Evolve(row, (ParticipationEvent)one.Data, one));
            var standing = recorded.Select(one => (ParticipationEvent)one.Data).Where(fact => fact is not CourtEntryRetracted && !IsTakenBack(recorded, fact.EntryId)).ToDictionary(fact => fact.EntryId);
            foreach (var entry in told?.Shown.Entries ?? [])
            {
                var fact = standing[entry.EntryId];
                fact.File.ShouldBe(CourtFile.Open);
                entry.On.ShouldBe(fact.OccurredOn);
                if (whole?.Facts.FirstOrDefault(one => one.EntryId == entry.EntryId) is { } kept)
                    (kept.Kind, kept.Code, kept.Detail, kept.Phase, kept.DueOn).ShouldBe((entry.Kind, entry.Code, entry.Detail, entry.Phase, entry.DueOn));
            }

            (told?.Shown.Entries.Count ?? 0).ShouldBe(standing.Values.Count(fact => fact.File == CourtFile.Open));

            bool IsOpenOrTakesBackWhatIs(RecordedEvent one) => one.Data is CourtEntryRetracted retraction
                ? recorded.Any(other => other.Data is ParticipationEvent { File: CourtFile.Open } fact and not CourtEntryRetracted && fact.EntryId == retraction.RetractedEntryId)
                : ((ParticipationEvent)one.Data).File == CourtFile.Open;
        }
    }

    [Fact]
    public void What_is_about_something_in_the_other_file_does_not_name_it()
    {
        var condition = At(1, CourtFile.Confidential, new ConditionOrdered("treatment", null));
        var satisfied = At(2, CourtFile.Open, new ConditionSatisfied(EntryOf(condition)));
        Told([condition, satisfied]).Entries.ShouldHaveSingleItem().About.ShouldBeNull();

        var open = At(1, CourtFile.Open, new ConditionOrdered("essay", null));
        Told([open, At(2, CourtFile.Open, new ConditionSatisfied(EntryOf(open)))]).Entries[1].About.ShouldBe(EntryOf(open));
    }

    [Fact]
    public void A_past_moment_has_what_was_recorded_and_had_occurred_by_then()
    {
        RecordedEvent[] recorded = [At(1, CourtFile.Open, new ConditionOrdered("essay", null)), At(5, CourtFile.Open, new WarrantIssued("failure-to-appear"))];

        OpenFileRead.Of(recorded, 1, null, _ => true, null)!.Shown.Entries.ShouldHaveSingleItem();
        OpenFileRead.Of(recorded, 9, Start.AddDays(4), _ => true, null)!.Shown.Entries.ShouldHaveSingleItem().Kind.ShouldBe(FileEntryKind.ConditionOrdered);
        OpenFileRead.Of(recorded, 9, Start, _ => true, null).ShouldBeNull();
        OpenFileRead.Of(recorded, 9, null, one => one.Data is WarrantIssued, null)!.Shown.Entries.ShouldHaveSingleItem().Kind.ShouldBe(FileEntryKind.WarrantIssued);
    }

    /// <summary>Nobody fails to come on the day they die.</summary>
    [Fact]
    public void A_hearing_missed_by_somebody_who_had_died_is_not_told_as_missed()
    {
        var scheduled = At(1, CourtFile.Open, new StatusHearingScheduled(HearingKind.Status, Start.AddDays(9), null));
        RecordedEvent[] recorded = [scheduled, At(9, CourtFile.Open, new StatusHearingMissed(EntryOf(scheduled), Excused: false)), At(1, CourtFile.Open, new ConditionOrdered("essay", null))];
        OpenFileShown Of(DateTimeOffset died) => OpenFileRead.Of(recorded, 9, null, _ => true, new KnownDeath("medical-examiner", died, died))!.Shown;

        Of(Start.AddDays(8)).Entries.ShouldHaveSingleItem().Kind.ShouldBe(FileEntryKind.ConditionOrdered);
        Of(Start.AddDays(10)).Entries.Count.ShouldBe(3);
        OpenFileRead.Of(recorded, 9, null, _ => true, null)!.MissedAt.ShouldBe([Start.AddDays(9)]);
    }

    /// <summary>As the whole record counts it: a death changes nothing of what was excused, or held after all.</summary>
    [Fact]
    public void A_hearing_that_was_excused_or_held_is_told_as_it_was_whenever_somebody_died()
    {
        var (excused, held) = (
            At(1, CourtFile.Open, new StatusHearingScheduled(HearingKind.Status, Start.AddDays(9), null)), At(1, CourtFile.Open, new StatusHearingScheduled(HearingKind.Status, Start.AddDays(9), null)));
        RecordedEvent[] recorded =
        [
            excused, At(9, CourtFile.Open, new StatusHearingMissed(EntryOf(excused), Excused: true)),
            held, At(9, CourtFile.Open, new StatusHearingMissed(EntryOf(held), Excused: false)), At(9, CourtFile.Open, new StatusHearingHeld(EntryOf(held), HearingKind.Status, HearingPresence.InPerson)),
        ];

        var died = Start.AddDays(8);
        var read = OpenFileRead.Of(recorded, 9, null, _ => true, new KnownDeath("medical-examiner", died, died))!;

        read.Shown.ShouldBeSame(Told(recorded));
        read.MissedAt.ShouldBeEmpty();
    }

    [Fact]
    public void A_death_moves_the_position_of_what_it_excuses_alone()
    {
        KnownDeath Died(int day) => new("medical-examiner", Start.AddDays(day), Start.AddDays(day));
        var life = new DeathHeld(Died(20), [(30, Died(5)), (31, null), (32, Died(20))]);
        DateTimeOffset[] MissedOn(params int[] days) => [.. days.Select(day => Start.AddDays(day))];

        life.ChangedAt.ShouldBe(32);
        life.ChangedFor([]).ShouldBe(0);
        life.ChangedFor(MissedOn(4)).ShouldBe(0, "it was missed by a living participant");
        life.ChangedFor(MissedOn(4, 9)).ShouldBe(31, "excused, and then no more");
        life.ChangedFor(MissedOn(9, 21)).ShouldBe(32);
        new DeathHeld(null, []).ChangedAt.ShouldBe(0);
    }

    [Fact]
    public void An_end_known_to_the_day_has_no_time_of_day()
    {
        var exact = At(3, CourtFile.Open, new ParticipantWithdrew("moved", null));
        var told = (ParticipantWithdrew)exact.Data;
        var ofDay = exact with { Data = told with { OccurredAt = Start, OccurredUntil = told.OccurredAt, OccurredPrecision = TimePrecision.Day } };

        Told([exact]).Entries.ShouldHaveSingleItem().At.ShouldBe(told.OccurredAt);
        var entry = Told([ofDay]).Entries.ShouldHaveSingleItem();
        (entry.At, entry.On).ShouldBe((null, told.OccurredOn));
        var names = new PageNames(CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []), _ => null);
        new OpenFileLines(PageText.InUtc, names).Of(Told([ofDay])).Single(section => section.Listed.Count > 0).Listed
            .ShouldBe([new PageRow("2026-03-05", "withdrew: moved, nobody referred to")]);
    }

    private static OpenFileShown Told(RecordedEvent[] recorded) => OpenFileRead.Of(recorded, long.MaxValue, null, _ => true, death: null)!.Shown;

    private static List<RecordedEvent> HistoryOf(Random random)
    {
        var recorded = new List<RecordedEvent>();
        for (var n = 1; n <= random.Next(1, 25); n++)
        {
            var file = random.Next(2) == 0 ? CourtFile.Open : CourtFile.Confidential;
            var before = recorded.Where(one => one.Data is not CourtEntryRetracted).ToList();
            var about = before.Count == 0 ? Guid.NewGuid() : EntryOf(before[random.Next(before.Count)]);
            string[] phases = ["acute-stabilization", "clinical-stabilization", "recovery-management"];
            ParticipationEvent fact = random.Next(16) switch
            {
                0 => new PhaseAssigned(phases[random.Next(3)]),
                1 => new PhaseAdvanced(phases[0], phases[1], [], [], 30, 30),
                2 => new PhaseReturnedToEarlier(phases[1], phases[0], Plan, MadeWithParticipant: true),
                3 => new PhaseRequirementRecorded(phases[random.Next(3)], "treatment-begun"),
                4 => new ConditionOrdered("essay", new DateOnly(2026, 6, 1)),
                5 => new ConditionSatisfied(about),
                6 => new WarrantIssued("failure-to-appear"),
                7 => new WarrantQuashed(about),
                8 => new FeeOrdered("program-fee", 10_000, null),
                9 => new FeePaid(about, 4_000),
                10 => new StatusHearingScheduled(HearingKind.Status, Start.AddDays(n + 7), null),
                11 => new StatusHearingMissed(about, Excused: false),
                12 => new IncentiveGranted("praise", "attended"),
                13 => new ParticipantWithdrew("moved", null),
                14 when before.Count > 0 => new CourtEntryRetracted(about, "any", about, null),
                _ => new TerminationProposed("absconded"),
            };
            recorded.Add(At(n, file, fact));
        }

        return recorded;
    }

    private static bool IsTakenBack(IEnumerable<RecordedEvent> recorded, Guid entryId) =>
        recorded.Any(one => one.Data is CourtEntryRetracted retraction && retraction.RetractedEntryId == entryId);

    private static Guid EntryOf(RecordedEvent recorded) => ((ParticipationEvent)recorded.Data).EntryId;

    private static RecordedEvent At(int day, CourtFile file, ParticipationEvent fact)
    {
        var at = Start.AddDays(day);
        var told = (fact with { ParticipationId = Participation, ClientId = Client, Court = "drug-court", EntryId = Guid.CreateVersion7(), File = file, OccurredOn = DateOnly.FromDateTime(at.UtcDateTime) }).At(at);
        var about = new Circumstances
        {
            Actor = "coord-1",
            Role = Role.Coordinator,
            Agency = "court",
            Labels = [(file == CourtFile.Open ? Label.CourtOpen : Label.CourtConfidential).Code()],
        };
        return new RecordedEvent("wi", Participation, "participation", day, Guid.CreateVersion7(), day, day, at, told, about, new AppendMetadata("coord-1"));
    }
}

internal static class OpenFileAssertions
{
    public static void ShouldBeSame(this OpenFileShown told, OpenFileShown other) => JsonSerializer.Serialize(told).ShouldBe(JsonSerializer.Serialize(other));
}
