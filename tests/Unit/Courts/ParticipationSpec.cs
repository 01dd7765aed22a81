using CaseFlow.Domain;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Unit.Courts;

/// <summary>A drug court with a judge and a coordinator, and one client of it.</summary>
public abstract class ParticipationSpec() : Spec<ParticipationState, ParticipationEvent>(ParticipationState.Initial, ParticipationState.Evolve)
{
    protected const string FirstPhase = "acute-stabilization";
    protected const string SecondPhase = "clinical-stabilization";
    protected const string LastPhase = "recovery-management";

    protected static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    protected static readonly Guid ParticipationId = Guid.Parse("0195d6c4-0000-8000-8000-0000000000c1");

    protected static readonly CourtConfiguration DrugCourt = CourtTemplates.Of(CourtType.Drug, "Drug court", "court", ["recovery-coaches"]);

    private int entries;

    /// <summary>The configuration in force; tests change it.</summary>
    protected CourtConfiguration Court { get; set; } = DrugCourt;

    protected int CourtVersion { get; set; } = 1;

    /// <summary>What no consent lets through.</summary>
    protected IReadOnlyList<string> Missing { get; set; } = [];

    /// <summary>Days of tests that count as positive.</summary>
    protected IReadOnlyList<DateOnly> Positives { get; set; } = [];

    /// <summary>What was done last about a test of theirs.</summary>
    protected CaseFlow.Domain.DrugTests.ActOnATest? LastTested { get; set; }

    /// <summary>What was done first about one.</summary>
    protected CaseFlow.Domain.DrugTests.ActOnATest? FirstTested { get; set; }

    /// <summary>How the person's last time in the court ended.</summary>
    protected ParticipationEvent? EndBefore { get; set; }

    /// <summary>Another time of theirs is open.</summary>
    protected bool TakesPartAgain { get; set; }

    /// <summary>The participant's, as far as any record of theirs knows.</summary>
    protected CaseFlow.Domain.Clients.KnownDeath? Death { get; set; }

    /// <summary>The moment of recording; tests move it.</summary>
    protected DateTimeOffset Clock { get; set; } = Now;

    protected static ParticipantAdmitted Admission { get; } = new(
        LegalBasis.DiversionContract, Sealed<string>.Of("Contract 17"), new DateOnly(2026, 3, 2), new DateOnly(2027, 9, 1), CompletionEffect.ChargesDismissed, [], OverrideReason: null);

    protected static Guid Id(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Records something as the door would, and folds it.</summary>
    protected Decision<ParticipationEvent> Record(
        ParticipationEvent fact,
        Guid? entry = null,
        CourtFile? file = null,
        string[]? by = null,
        string? words = "As the team said.",
        DateTimeOffset? at = null) => WhenAsked(state => RecordInCourt.Decide(
            CommandOf(fact, entry ?? Id(1000 + ++entries), file, by, words, at), state, Question(), Clock));

    /// <summary>The same, at a time that need not be exact.</summary>
    protected Decision<ParticipationEvent> RecordOn(ParticipationEvent fact, When when) => WhenAsked(state => RecordInCourt.Decide(
        CommandOf(fact, Id(1000 + ++entries), null, null, "As the team said.", when.OccurredAt) with { When = when }, state, Question(), Clock));

    /// <summary>The same, which must stand.</summary>
    /// <returns>The entry's id.</returns>
    protected Guid Recorded(ParticipationEvent fact, Guid? entry = null, CourtFile? file = null, string[]? by = null, DateTimeOffset? at = null)
    {
        var decision = Record(fact, entry, file, by, at: at);
        decision.Rejection.ShouldBeNull();
        return decision.Events[0].EntryId;
    }

    protected void DaysPass(int days) => Clock = Clock.AddDays(days);

    protected void GivenReferred() => Recorded(Referral());

    protected void GivenScreened()
    {
        GivenReferred();
        foreach (var kind in Enum.GetValues<ScreeningKind>())
            Recorded(Screening(kind));
    }

    protected void GivenAccepted()
    {
        GivenScreened();
        Recorded(new EligibilityDetermined(Accepted: true, "eligible"));
    }

    protected void GivenAdmitted()
    {
        GivenAccepted();
        Recorded(Admission);
    }

    /// <summary>Everything that the current phase asks, and its days.</summary>
    protected void GivenPhaseDone()
    {
        var phase = Court.FindPhase(State.Phase)!;
        foreach (var objective in phase.Objectives.Where(objective => objective.Required))
            Recorded(new PhaseRequirementRecorded(phase.Code, objective.Code));
        DaysPass(phase.MinDays);
    }

    protected void GivenInTheLastPhase()
    {
        GivenAdmitted();
        while (State.Phase != LastPhase)
        {
            GivenPhaseDone();
            Recorded(new PhaseAdvanced("", Court.Phases[Court.OrderOf(State.Phase) + 1].Code, [], [], 0, Court.FindPhase(State.Phase)!.SobrietyDays));
        }
    }

    protected static TreatmentCourtReferred Referral() => new("court", CourtReferralSource.Prosecutor, Sealed<string>.Of("2026CF000123"))
    {
        ClientId = ClientId,
        ParticipationId = ParticipationId,
        Court = "drug-court",
    };

    protected static EligibilityScreened Screening(ScreeningKind kind, ScreeningResult result = ScreeningResult.Meets) => new(
        kind, result, kind == ScreeningKind.Legal ? null : "rant", "4", null, "high-high", RiskNeedLevel.High, RiskNeedLevel.High);

    /// <summary>Facts that can be recorded of somebody who takes part, each sound.</summary>
    protected static ParticipationEvent[] EveryActiveFact { get; } =
    [
        new SupervisionOfficerNamed("agent-1"),
        new PhaseRequirementRecorded(FirstPhase, "treatment-begun"),
        new PhaseRequirementWaived(FirstPhase, "housing-plan"),
        new StatusHearingScheduled(HearingKind.Status, Now.AddYears(3), "3b"),
        new StatusHearingHeld(null, HearingKind.Status, HearingPresence.InPerson),
        new StaffingHeld(["coord-1"], null),
        new JudicialActionRecorded("order-entered", null),
        new ConditionOrdered("essay", new DateOnly(2029, 3, 17)),
        new WarrantIssued("failure-to-appear"),
        new IncentiveGranted("praise", "attended"),
        new SanctionImposed("essay", "dishonest", DueProcess.HeardInCourt, null, Sealed<string>.Of("Page 4.")),
        new ServiceAdjustmentMade("more-treatment", "use", "recovery-coaches"),
        new JailSanctionImposed(2, "tampered-test", new DateOnly(2029, 3, 17), DueProcess.HearingWaived, null, Sealed<string>.Of("Page 5."), AboveUsual: false),
        new RestitutionOrdered(25_000, null),
        new FeeOrdered("program-fee", 4_000, null),
        new CommunityServiceOrdered(20, null),
        new TerminationProposed("absconded"),
        new ParticipantWithdrew("moved", null),
        new ParticipationClosed(ParticipationClosure.CaseDismissed),
    ];

    private static RecordInCourt CommandOf(ParticipationEvent fact, Guid entry, CourtFile? file, string[]? by, string? words, DateTimeOffset? at, DateTimeOffset clock) => new(
        fact,
        new CourtEntry(
            entry,
            file ?? FileOf(fact),
            DateOnly.FromDateTime((at ?? clock).UtcDateTime),
            by ?? ["judge-1", "coord-1"],
            words is null ? null : Sealed<string>.Of(words)),
        at is { } told ? new When(told, TimePrecision.Exact, clock) : When.At(clock));

    private static CourtFile FileOf(ParticipationEvent fact) =>
        CourtFacts.Of(fact).File ?? (fact is EligibilityScreened ? CourtFile.Confidential : CourtFile.Open);

    private static IReadOnlyList<StaffPost> PostsOf(string staffId) => staffId switch
    {
        "judge-1" => [new("judge-1", Role.Judge, "court", null)],
        "judge-2" => [new("judge-2", Role.Judge, "another-court", null)],
        "judge-3" => [new("judge-3", Role.Judge, "court", null, Departed: true)],
        "judge-4" => [new("judge-4", Role.Judge, "court", null)],
        "judge-5" => [new("judge-5", Role.Judge, "court", null), new("judge-5", Role.Judge, "another-court", null)],
        "coord-1" => [new("coord-1", Role.Coordinator, "court", null)],
        "coord-2" => [new("coord-2", Role.Coordinator, "court", null), new("coord-2", Role.Coordinator, "another-court", null), new("coord-2", Role.Coordinator, "another-court", null, Departed: true)],
        "agent-1" => [new("agent-1", Role.Agent, "dcc", "north")],
        "agent-gone" => [new("agent-gone", Role.Agent, "dcc", "north", Departed: true)],
        _ => [],
    };

    private RecordInCourt CommandOf(ParticipationEvent fact, Guid entry, CourtFile? file, string[]? by, string? words, DateTimeOffset? at) =>
        CommandOf(fact, entry, file, by, words, at, Clock);

    private CourtQuestion Question() => new(new CourtInForce(Court, CourtVersion), PostsOf, agency => agency is "court" or "recovery-coaches" or "treatment-house", Missing) { PositiveDays = Positives, LastTested = LastTested, FirstTested = FirstTested, EndBefore = EndBefore, TakesPartAgain = TakesPartAgain, Death = Death };
}
