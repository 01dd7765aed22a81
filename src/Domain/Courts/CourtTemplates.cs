namespace CaseFlow.Domain.Courts;

/// <summary>
/// Configurations to begin with, by type of court. Nothing here is law: each value is a proposal that names its source in
/// <see cref="CourtConfiguration.Sources"/>, and the court decides.
/// </summary>
public static class CourtTemplates
{
    /// <summary>Every setting is named here, by itself or with all that is in it; what no document says is a local choice.</summary>
    private static readonly RuleSource[] Common =
    [
        new("name", "Local choice: as people call the court"),
        new("type", "Local choice, of the kinds named in [Seed 0.18]"),
        new("agencyId", "Local choice: the agency of the directory that the court is"),
        new("capacity", "Local choice [P]: 50 places"),
        new("providers", "Local choice: whose data are to reach the team, each by consent (R38)"),
        new("treatmentAgencies", "Local choice of who treats; that a change of service is decided with a treatment provider: [S:in27] (R37)"),
        new("advancement", "The team decides, never the system [S:d7]; two people, a judge among them [P] (R33)"),
        new("returns", "As an advance [P]; the plan is made with the participant [S:d7] (R34)"),
        new("waivers", "As an advance, which rests on them [P] (R33)"),
        new("terminationProposals", "Anybody of the team proposes [P]; a judge decides, after a hearing [S:wi-recordkeeping-2011]"),
        new("conditions", "Local choice of codes [P]"),
        new("eligibilityReasons", "Local choice of codes [P]"),
        new("endReasons", "Local choice of codes [P]"),
        new("legalBases", "After being charged, as part of a sentence or a diversion contract [Seed 0.11]; before it only where the court says so"),
        new("phases", "Five phases, acute stabilization to recovery management [S:phases-genially]; advanced on objectives and never by the calendar alone [S:d7]"),
        new("phases.minDays", "Proposal [P]; a year at least as in Waukesha [S:waukesha]"),
        new("phases.hearingIntervalDays", "14, 14, 30, 30, 60 days: All Rise, Waukesha [S:waukesha] (R30)"),
        new("responses", "Behaviours, progressive responses and adjustments are written down [S:in27]; codes are proposals [P]"),
        new("responses.behaviours.isSymptom", "Symptoms are answered by a change of service, never by a sanction [S:in27] (R37)"),
        new("responses.behaviours.side", "Incentives answer compliance, sanctions non-compliance [S:in27]; which is which is a proposal [P]"),
        new("responses.incentivesPerSanction", "About four to one [S:slo], shown over 30 days and never enforced (R35)"),
        new("jail", "Three to six days, not confirmed at its source [K] (R36)"),
        new("jail.windowDays", "30 days in which sanctions are counted together [P] (R36)"),
        new("jail.hearingDays", "7 days from the hearing about a sanction to the sanction [P]; each hearing permits one [P] (R36)"),
        new("graduation", "Local [P] (R40)"),
        new("coaching.agencies", "Local choice: whose coaches the court offers or orders"),
        new("coaching.coachCaseload", "25 [P] (R54)"),
        new("coaching.coachCaseloadIsHard", "Refused beyond it rather than marked [P] (R54)"),
        new("coaching.officerCaseload", "50 active participants of a supervision officer [S:watcp-nadcp], shown and never refused (R54)"),
        new("coaching.contactDays", "7, 14 and 30 days [P] (R22)"),
        new("coaching.contacts", "Local choice by phase and by risk [P]; without one the days of everybody count (R22)"),
        new("coaching.reassignBusinessDays", "2 [P] (R24)"),
        new("coaching.instruments", "BARC-10, ten items of 1 to 6 [S:barc-phenx]"),
        new("files.neverOpen", "Treatment and medical matter is in the confidential file [S:wi-recordkeeping-2011] (R39)"),
        new("overrideReasons", "An admission without a consent in place states the legal reason; the data stay away nevertheless (R38)"),
        new("dataEntryHours", "48 hours [S:wisdoj-tad] (R19, R55)"),
        new("aftercareDays", "90 days [S:watcp-nadcp]"),
    ];

    private static readonly RuleSource[] OfTests =
    [
        new("phases.testsPerWeek", "Twice a week at least [S:call2test]; reduced last of all [S:d7] (R31)"),
        new("phases.sobrietyDays", "Proposal after local practice [S:calvert]; 90 days before graduation [K]"),
        new("tests.selectedDays", "2 in 7 with equal odds on every day, weekends and holidays too [S:call2test] (R31), where no phase says how often"),
        new("tests.ofDays", "2 in 7 [S:call2test] (R31)"),
        new("tests.urineHours", "8 hours from notice, oral fluid 4 [S:jsi-drug] (R31)"),
        new("tests.oralFluidHours", "4 hours from notice [S:jsi-drug] (R31)"),
        new("tests.resultHours", "48 hours [K]; a later result is shown as late"),
        new("tests.orderDaysAhead", "31 days [P]"),
        new("tests.missed", "A non-compliance and not a positive [P] (R32)"),
        new("tests.refused", "A non-compliance [P] (R32)"),
        new("tests.dilute", "A non-compliance [P] (R32)"),
        new("tests.adulterated", "As a positive [P] (R32)"),
    ];

    private static readonly CourtPhase[] Tested =
    [
        Phase("acute-stabilization", "Acute stabilization", 60, 14, 14, 2,
            [new("treatment-begun", "Assessed, and in treatment"), new("hearings-attended", "Comes to hearings and to the office"), new("housing-plan", "Has a plan for a safe place to live")]),
        Phase("clinical-stabilization", "Clinical stabilization", 90, 30, 14, 2,
            [new("treatment-engaged", "Takes part in treatment"), new("tests-complied", "Comes to every test"), new("prosocial-time", "Has begun to spend time with people who do not use", Required: false)]),
        Phase("prosocial-habilitation", "Prosocial habilitation", 90, 45, 30, 2,
            [new("peer-support", "Has a peer group or recovery network"), new("criminal-thinking", "Works in a criminal-thinking programme"), new("health-care", "Is seen by a doctor", Required: false)]),
        Phase("adaptive-habilitation", "Adaptive habilitation", 90, 60, 30, 2,
            [new("occupation", "Works, learns or cares for others"), new("finances", "Pays restitution and fees by plan")]),
        Phase("recovery-management", "Recovery management", 90, 90, 60, 1,
            [new("continuing-care-plan", "Has a plan for continuing care"), new("relapse-prevention-plan", "Has a plan against relapse")]),
    ];

    /// <returns>A configuration to begin with.</returns>
    /// <param name="type">What kind of court.</param>
    /// <param name="name">As people call it.</param>
    /// <param name="agencyId">The agency that the court is.</param>
    /// <param name="providers">Agencies whose data are to reach the team.</param>
    public static CourtConfiguration Of(CourtType type, string name, string agencyId, IReadOnlyList<string> providers) => type switch
    {
        CourtType.MentalHealth => Base(type, name, agencyId, providers) with
        {
            Phases = [.. Tested.Select(phase => phase with
            {
                SobrietyDays = 0,
                TestsPerWeek = 0,
                Objectives = [.. phase.Objectives.Where(objective => objective.Code != "tests-complied")],
            })],
            Graduation = new GraduationRequirements(365, SobrietyDays: 0, RestitutionPaid: false, FeesSettled: false, CommunityServiceDone: false, NoOpenWarrant: true),
            Jail = new JailLimits(Allowed: false, DaysWithoutHearing: 0, AlertAboveDays: 0),
            Tests = null,
            Sources = [.. Common, new("tests", "A mental health court tests nobody for drugs [Seed 0.18]")],
        },
        CourtType.Owi => Base(type, name, agencyId, providers) with
        {
            LegalBases = [LegalBasis.Sentence],
            Phases = [.. Tested.Select(phase => phase with { MinDays = phase.MinDays + (phase.Code == "acute-stabilization" ? 0 : 30) })],
        },
        _ => Base(type, name, agencyId, providers),
    };

    private static CourtConfiguration Base(CourtType type, string name, string agencyId, IReadOnlyList<string> providers) => new(
        name,
        type,
        agencyId,
        Capacity: 50,
        [LegalBasis.Sentence, LegalBasis.DiversionContract, LegalBasis.DeferredProsecution],
        providers,
        Tested,
        Matrix(),
        new JailLimits(Allowed: true, DaysWithoutHearing: 3, AlertAboveDays: 6),
        new GraduationRequirements(MinDays: 365, SobrietyDays: 90, RestitutionPaid: true, FeesSettled: true, CommunityServiceDone: true, NoOpenWarrant: true),
        new TestRules(2, 7, UrineHours: 8, OralFluidHours: 4, ResultHours: 48, CountsAs.NonCompliance, CountsAs.NonCompliance, CountsAs.NonCompliance, CountsAs.Positive),
        new CoachingRules(providers, CoachCaseload: 25, CoachCaseloadIsHard: true, OfficerCaseload: 50, ReassignBusinessDays: 2, [7, 14, 30], ["barc-10"]),
        new FileRules(["eligibility_screened", "staffing_held", "service_adjustment_made"]),
        ["treatment", "no-contact", "curfew", "employment", "education", "housing", "community-service", "medication-as-prescribed", "essay", "other"],
        ["eligible", "legally-excluded", "clinically-unsuitable", "risk-or-need-too-low", "no-capacity", "out-of-area", "not-interested", "other"],
        ["new-offence", "absconded", "non-compliance", "danger-to-others", "moved", "own-wish", "health", "other"],
        ["consent-pending-signature", "court-order", "no-data-needed-yet"],
        DataEntryHours: 48,
        AftercareDays: 90,
        [.. Common, .. OfTests]);

    private static ResponseMatrix Matrix() => new(
        [
            Asked("attended", "Came to all that was asked"), Asked("honest", "Told the truth when it was hard"), Asked("milestone", "Reached a milestone"),
            NotAsked("missed-appointment", "Missed an appointment"), NotAsked("missed-test", "Missed a test"), NotAsked("missed-hearing", "Missed a hearing"),
            NotAsked("dishonest", "Did not tell the truth"), NotAsked("tampered-test", "Tampered with a test"), NotAsked("new-offence", "A new offence"),
            new("use", "Used, before being stable", IsSymptom: true), new("symptoms", "Showed symptoms of the illness that is treated", IsSymptom: true),
        ],
        [new("praise", "Praise from the bench"), new("token", "A token or card", 2), new("fewer-hearings", "Fewer hearings", 3), new("fee-credit", "Credit on fees", 3)],
        [new("warning", "A warning"), new("essay", "An essay", 1), new("more-reports", "More reports to the office", 2), new("community-service", "Hours of service", 2), new("curfew", "A curfew", 3)],
        [new("more-treatment", "More hours of treatment", 2), new("other-level-of-care", "Another level of care", 3), new("medication-review", "A review of medication", 2), new("more-coaching", "More coaching")],
        IncentivesPerSanction: 4,
        RatioDays: 30);

    private static Behaviour Asked(string code, string name) => new(code, name) { Side = BehaviourSide.Compliance };

    private static Behaviour NotAsked(string code, string name) => new(code, name) { Side = BehaviourSide.NonCompliance };

    private static CourtPhase Phase(
        string code, string name, int minDays, int sobrietyDays, int hearingIntervalDays, int testsPerWeek, IReadOnlyList<PhaseObjective> objectives) =>
        new(code, name, objectives, minDays, sobrietyDays, hearingIntervalDays, testsPerWeek);
}
