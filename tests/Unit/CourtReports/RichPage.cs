using CaseFlow.Api.CourtPackets;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.TreatmentAttendance;
using CaseFlow.EventStore;
using CaseFlow.Projections;
using CaseFlow.Projections.CourtActivity;
using CaseFlow.Projections.CourtCompliance;
using CaseFlow.Projections.Timeline;
using CaseFlow.Unit.Storage;

namespace CaseFlow.Unit.CourtReports;

/// <summary>Pages that say everything a page can say, as often as it is asked.</summary>
internal static class RichPage
{
    private static readonly DateOnly Today = new(2026, 3, 4);
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 16, 0, 0, TimeSpan.Zero);

    public static CourtConfiguration Court { get; } = CourtTemplates.Of(CourtType.Drug, "Drug court", "court", ["recovery-coaches"]);

    public static PageNames Names { get; } = new(Court, id => id == "recovery-coaches" ? "Recovery Coaches" : null);

    /// <param name="times">How often each thing is there.</param>
    /// <param name="words">Stands wherever somebody names something.</param>
    public static PageContent Whole(int times, string words = "") => new(
        "Drug court" + words, "Example, Person" + words, "whole", Today, Standing(times, words), "Do not tell <others>.")
    {
        Beside = [.. Enumerable.Range(0, times).Select(n => Beside(n))],
    };

    /// <summary>The open file with an entry of each kind, so many times.</summary>
    public static PageContent Open(int times) => new("Drug court", "Example, Person", "open", Today, Compliance: null, RedisclosureNotice: null)
    {
        OpenFile = new OpenFileShown("C-7KQ2-9M", "drug-court", [.. Enumerable.Range(0, times).SelectMany(n => Filed().Select(fact => Entry(fact, n)))]),
        Beside = [.. Enumerable.Range(0, times).Select(n => Beside(n))],
    };

    private static ParticipantCompliance Standing(int times, string words)
    {
        IReadOnlyList<T> Each<T>(Func<int, T> made, int most = 10) => [.. Enumerable.Range(0, Math.Min(times, most)).Select(made)];
        TEnum Nth<TEnum>(int n)
            where TEnum : struct, Enum => Enum.GetValues<TEnum>()[n % Enum.GetValues<TEnum>().Length];
        return new ParticipantCompliance(
            Guid.Parse("0195d6c4-0000-7000-8000-000000000041"), Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "C-7KQ2-9M", "drug-court", 1,
            ParticipationStage.Closed,
            new BasisShown("deferredProsecution", Today.AddDays(-900), 900, Today.AddDays(20), "sentenceSatisfied"),
            new PhaseShown(
                "acute-stabilization", "Acute stabilization" + words, Today.AddDays(-70), 70, 60, 14,
                Each(n => new ObjectiveShown($"met-{n}", $"Objective {2 * n}{words}", true), 20),
                Each(n => new ObjectiveShown($"open-{n}", $"To do {n}{words}", n % 2 == 0), 40),
                IsEligible: true)
            { Waived = Each(n => new ObjectiveShown($"other-{n}", $"Objective {(2 * n) + 1}{words}", true), 20) },
            new TestsShown(1200, 900, 200, 100, 300, 500, 400, 3, 10, 20, new SobrietyRun(20, 124, Today.AddDays(-20)), Each(n => new TestShown(
                Today.AddDays(-n), Nth<TestStep>(n + 2), n % 3 == 0 ? TestVerdict.Positive : n % 3 == 1 ? TestVerdict.NonCompliance : TestVerdict.Negative, n % 2 == 0,
                new TestCorrectionShown(Guid.Empty, Now.AddDays(-n), Nth<TestError>(n), TestVerdict.NonCompliance))
            { Substances = ["fentanyl-analogue", "pharmaceutical-opioid", "synthetic-marijuana", "bath-salts"] }))
            { Untold = 12 },
            new CoachingShown(
                "betweenCoaches", "recovery-coaches", true, new CoachingOrder(2, OrderPeriod.WholeOrder, SessionKind.OneToOne, Today.AddDays(-90), Today.AddDays(90)), 40,
                new AttendanceShown(35, 10, 5, 1, 12000))
            {
                AttendedSoFar = 33,
                Apart = Each(n => new SessionsApart("peer-house", Nth<SessionKind>(n), Nth<ApartReason>(n), new AttendanceShown(20, 10, 5, 0, 3000)), 30),
                Attention = Each(n => new CoachingAlarm(Nth<CoachingAlarmKind>(n), Now.AddDays(-3), Now.AddDays(2), true, 1, 1), 12),
            },
            new HearingsShown(70, 12, 5, 1, Now.AddDays(-14), new HearingShown(Guid.Empty, "graduation", Now.AddDays(2)), Today.AddDays(14)) { Vacated = 2 },
            Each(
                n => new OrderedCondition(
                    Guid.Empty, Court.Conditions[n % Court.Conditions.Count], Today.AddDays(-n), Today.AddDays(n - 5), n % 3 == 1 ? Today.AddDays(-n) : null, n % 3 == 2 ? Today.AddDays(-n) : null, n % 4),
                100),
            new OrdersShown(new(2500000, 500000, 2000000, 100000), new(90000, 40000, 50000, 10000) { Waived = 15000 }, new(200, 120, 80, 20)),
            new ResponsesShown(30, 40, 10, 4, 300, 100, 20, 60, Each(Response)),
            OpenWarrant: true,
            TerminationProposed: true,
            Each(n => n == 0 ? "recovery-coaches" : $"agency-{n}", 20),
            new EndShown(Today, "transferredToAnotherCourt", true),
            Aftercare: null)
        {
            Alerts = Each(n => new ComplianceAlert(Nth<ComplianceAlertKind>(n), Today.AddDays(-n), 9, 6), 5),
            TreatmentAttendance = Each(
                n => new TreatmentShown($"treatment-house-{n}", 40, 30, 5, 5, [new TreatmentPeriodShown(Today.AddDays(-7), Today, new AttendanceCount(4, 3, 1), null)]), 12),
        };
    }

    private static ResponseShown Response(int n) => (n % 5) switch
    {
        0 => new ResponseShown(Today.AddDays(-n), "jailImposed", "jail", false) { Behaviour = "missed-test", Days = 3, DaysServed = n == 0 ? 2 : 0 },
        1 => new ResponseShown(Today.AddDays(-n), "incentive", "fewer-hearings", false) { Behaviour = "milestone" },
        2 => new ResponseShown(Today.AddDays(-n), "sanction", "more-reports", false) { Behaviour = "missed-appointment" },
        3 => new ResponseShown(Today.AddDays(-n), "adjustment", "other-level-of-care", false) { Behaviour = "gone-from-the-matrix" },
        _ => new ResponseShown(Today.AddDays(-n), "retracted", "community-service", true) { Behaviour = "tampered-test" },
    };

    private static EntryBeside Beside(int n) => new(
        Guid.Empty, "drug_test_result_reported", Now.AddDays(-n), new EntryMistake(Guid.Empty, Now), [.. Enum.GetValues<AmendmentDenial>().Cast<AmendmentDenial?>().Append(null).Select(ground =>
            new EntryAmendment(Guid.Empty, Guid.Empty, ground is null ? RightsOutcome.Accepted : RightsOutcome.Denied, ground, Now, null))]);

    /// <summary>One of every fact of a participation, with every member filled.</summary>
    public static IEnumerable<ParticipationEvent> Filed() => ProjectionCatalogue.EventTypes.All.Values
        .Where(type => type.IsSubclassOf(typeof(ParticipationEvent)) && type != typeof(CourtEntryRetracted))
        .OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => (ParticipationEvent)SampleEvents.Of(type));

    private static OpenFileEntry Entry(ParticipationEvent fact, int n)
    {
        var recorded = new RecordedEvent(
            "wi", fact.ParticipationId, "participation", 1, Guid.Empty, 1, 1, Now, fact, new Circumstances { Actor = "coord-1", Role = Role.Coordinator }, new AppendMetadata("coord-1"));
        var filed = FileEntry.Of(fact, recorded)!;
        return new OpenFileEntry(filed.EntryId, filed.Kind, Today.AddDays(n))
        {
            // Who supervises is told by an id, which is somebody's and no code.
            Code = filed.Kind == FileEntryKind.OfficerNamed ? "officer" : filed.Code,
            Detail = filed.Detail,
            Phase = filed.Phase,
            At = filed.At,
            DueOn = filed.DueOn,
            Amount = filed.Amount,
            Yes = filed.Yes,
        };
    }
}
