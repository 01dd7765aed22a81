using System.Text.Json;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Domain.Courts;

/// <summary>
/// Everything a treatment court configures. Each court decides for itself; the templates of <see cref="CourtTemplates"/> are proposals,
/// and each value there names its source. Part of the storage format.
/// </summary>
/// <param name="Name">As people call it.</param>
/// <param name="Type">What kind of treatment court it is.</param>
/// <param name="AgencyId">The agency that the court is in the directory; its staff are the team.</param>
/// <param name="Capacity">Participants it can take at a time.</param>
/// <param name="LegalBases">On what a participation may rest here [Seed 0.11].</param>
/// <param name="Providers">Agencies whose treatment or coaching data are to reach the team, each by the participant's consent (R38).</param>
/// <param name="Phases">In order; a participant begins in the first [S:phases-genially].</param>
/// <param name="Responses">The response matrix [S:in27].</param>
/// <param name="Jail">R36.</param>
/// <param name="Graduation">R40.</param>
/// <param name="Tests">R31, R32; null for a court without drug tests [Seed 0.18].</param>
/// <param name="Coaching">R22, R24, R54.</param>
/// <param name="Files">R39.</param>
/// <param name="Conditions">Codes of conditions that it orders.</param>
/// <param name="EligibilityReasons">Codes of reasons for accepting and declining a referral, and for what a participant declines.</param>
/// <param name="EndReasons">Codes of reasons for terminating and withdrawing.</param>
/// <param name="OverrideReasons">Codes of legal reasons for admitting without a consent in place (R38).</param>
/// <param name="DataEntryHours">Hours after which an entry is late (R19, R55: 48 [S:wisdoj-tad]).</param>
/// <param name="AftercareDays">Days in which past participants are contacted (90 [S:watcp-nadcp]).</param>
/// <param name="Sources">Where each rule of this court comes from, for those who ask why.</param>
public sealed record CourtConfiguration(
    string Name,
    CourtType Type,
    string AgencyId,
    int Capacity,
    IReadOnlyList<LegalBasis> LegalBases,
    IReadOnlyList<string> Providers,
    IReadOnlyList<CourtPhase> Phases,
    ResponseMatrix Responses,
    JailLimits Jail,
    GraduationRequirements Graduation,
    TestRules? Tests,
    CoachingRules Coaching,
    FileRules Files,
    IReadOnlyList<string> Conditions,
    IReadOnlyList<string> EligibilityReasons,
    IReadOnlyList<string> EndReasons,
    IReadOnlyList<string> OverrideReasons,
    int DataEntryHours,
    int AftercareDays,
    IReadOnlyList<RuleSource> Sources)
{
    /// <summary>Who takes part in the decision to let a participant go on (R33); versions from before it was asked for have the default.</summary>
    public TeamQuorum Advancement { get; init; } = TeamQuorum.Default;

    /// <summary>Who takes part in the decision to return a participant to an earlier phase (R34); null, as in versions from before it was asked for: as for an advance.</summary>
    public TeamQuorum? Returns { get; init; }

    /// <summary>Who takes part in the decision not to ask an objective of a participant (R33); null, as in versions from before it was asked for: as for an advance, which rests on it.</summary>
    public TeamQuorum? Waivers { get; init; }

    /// <summary>Who takes part in proposing to terminate; null, as in versions from before it was asked for: anybody of the team who is named. A judge decides, after a hearing.</summary>
    public TeamQuorum? TerminationProposals { get; init; }

    /// <summary>Agencies that treat the court's participants and advise on their services (R37); null, as in versions from before it was asked for: <see cref="Providers"/>.</summary>
    public IReadOnlyList<string>? TreatmentAgencies { get; init; }

    /// <returns>Whether the court names an agency as one that treats its participants (R37); the court itself is none.</returns>
    public bool IsTreatedBy(string agencyId) => agencyId != AgencyId && (TreatmentAgencies ?? Providers).Contains(agencyId, StringComparer.Ordinal);

    /// <returns>The phase with that code, or null.</returns>
    public CourtPhase? FindPhase(string? code) => Phases.FirstOrDefault(phase => phase.Code == code);

    /// <returns>The place of a phase in the order, from 0; -1 when this version has no such phase.</returns>
    public int OrderOf(string? code) => Phases.TakeWhile(phase => phase.Code != code).Count() is var order && order < Phases.Count ? order : -1;

    /// <summary>Equal when stored alike: the lists inside have no equality of their own.</summary>
    public bool Equals(CourtConfiguration? other) =>
        other is not null && JsonSerializer.Serialize(this) == JsonSerializer.Serialize(other);

    public override int GetHashCode() => HashCode.Combine(Name, Type, AgencyId, Capacity, Phases.Count);
}

/// <summary>Kinds of treatment court [Seed 0.18], domain reference 2.4.</summary>
public enum CourtType
{
    Drug,
    Owi,
    MentalHealth,
    Veterans,
    Family,
    Other,
}

/// <summary>On what a participation rests, always after being charged but for the last [Seed 0.11].</summary>
public enum LegalBasis
{
    Sentence,
    DiversionContract,
    DeferredProsecution,

    /// <summary>Before anything is charged, as in the Madison area's initiative.</summary>
    PreCharge,
}

/// <summary>One phase of the programme (R30, R31, R33).</summary>
/// <param name="Code">A slug; the same code in a later version means the same phase.</param>
/// <param name="Objectives">What must be met before the next phase, or graduation.</param>
/// <param name="MinDays">Fewest days in it.</param>
/// <param name="SobrietyDays">Consecutive days of sobriety before the next phase; 0 where none is asked.</param>
/// <param name="HearingIntervalDays">Most days between hearings (R30).</param>
/// <param name="TestsPerWeek">
/// Tests a week (R31): so many days in seven, with equal odds on each; 0 for none. Null when the phase says nothing: then the court's own odds count
/// (<see cref="TestRules.SelectedDays"/> of <see cref="TestRules.OfDays"/>).
/// </param>
public sealed record CourtPhase(
    string Code, string Name, IReadOnlyList<PhaseObjective> Objectives, int MinDays, int SobrietyDays, int HearingIntervalDays, int? TestsPerWeek = null);

/// <param name="Code">A slug, unique in its phase.</param>
/// <param name="Name">What is to be met, in plain words.</param>
/// <param name="Required">False for one that is only encouraged.</param>
public sealed record PhaseObjective(string Code, string Name, bool Required = true);

/// <summary>What the court answers to what behaviour, written down beforehand [S:in27].</summary>
/// <param name="Behaviours">What is answered.</param>
/// <param name="Incentives">From small to large.</param>
/// <param name="Sanctions">From small to large.</param>
/// <param name="Adjustments">Changes of service, decided with a treatment provider.</param>
/// <param name="IncentivesPerSanction">Target to show, never to enforce (R35: 4 [S:slo]).</param>
/// <param name="RatioDays">Days over which the ratio is counted (R35: 30).</param>
public sealed record ResponseMatrix(
    IReadOnlyList<Behaviour> Behaviours,
    IReadOnlyList<Response> Incentives,
    IReadOnlyList<Response> Sanctions,
    IReadOnlyList<Response> Adjustments,
    int IncentivesPerSanction,
    int RatioDays);

/// <param name="Code">A slug.</param>
/// <param name="IsSymptom">Part of the illness that is treated: answered by a change of service, never by a sanction (R37 [S:in27]).</param>
public sealed record Behaviour(string Code, string Name, bool IsSymptom = false)
{
    /// <summary>Incentives answer compliance, sanctions non-compliance; null, as in versions from before it was asked for: whatever the team chooses.</summary>
    public BehaviourSide? Side { get; init; }
}

/// <summary>What a behaviour is by the response matrix [S:in27].</summary>
public enum BehaviourSide
{
    /// <summary>What was asked, or more: answered by incentives.</summary>
    Compliance,

    /// <summary>Not what was asked: answered by sanctions, unless it is a symptom.</summary>
    NonCompliance,
}

/// <param name="Code">A slug.</param>
/// <param name="Magnitude">1 small, 2 moderate, 3 large.</param>
public sealed record Response(string Code, string Name, int Magnitude = 1);

/// <summary>Jail as a sanction (R36 [K]).</summary>
/// <param name="Allowed">Whether the court uses it at all.</param>
/// <param name="DaysWithoutHearing">Most days without a hearing held about them, all sanctions counted together that are imposed within <see cref="WindowDays"/>.</param>
/// <param name="AlertAboveDays">More than this, in one sanction or within <see cref="WindowDays"/>, is marked as unusual.</param>
public sealed record JailLimits(bool Allowed, int DaysWithoutHearing, int AlertAboveDays)
{
    /// <summary>Local days within which sanctions are counted together; versions from before it was asked for have the default (30 [P]).</summary>
    public int WindowDays { get; init; } = 30;

    /// <summary>Most local days from a hearing to the sanction that it was about; versions from before it was asked for have the default (7 [P]).</summary>
    public int HearingDays { get; init; } = 7;
}

/// <summary>Who takes part in what only the team decides (R33 [S:d7]).</summary>
/// <param name="Persons">Fewest people who decide, each named (2 [P]).</param>
/// <param name="Roles">Roles of which somebody is among them; a judge is one of this court (judge [P]).</param>
public sealed record TeamQuorum(int Persons, IReadOnlyList<Role> Roles)
{
    public static TeamQuorum Default { get; } = new(2, [Role.Judge]);
}

/// <summary>What it takes to graduate (R40).</summary>
/// <param name="MinDays">Fewest days from admission.</param>
/// <param name="SobrietyDays">Consecutive days of sobriety; 0 where none is asked.</param>
public sealed record GraduationRequirements(
    int MinDays, int SobrietyDays, bool RestitutionPaid, bool FeesSettled, bool CommunityServiceDone, bool NoOpenWarrant);

/// <summary>How the court tests and what counts as what (R31, R32).</summary>
/// <param name="SelectedDays">The odds wherever no phase says how often, and before the first phase: selected on so many …</param>
/// <param name="OfDays">… of so many days, with equal odds on every day, weekends and holidays included (2 in 7 [S:call2test]).</param>
/// <param name="UrineHours">From notice to collection (8 [S:jsi-drug]).</param>
/// <param name="OralFluidHours">From notice to collection (4 [S:jsi-drug]).</param>
/// <param name="ResultHours">From collection to result (48 [K]); a result that is not there by then is shown as late.</param>
/// <param name="Missed">R32: a non-compliance, not a positive [P].</param>
public sealed record TestRules(
    int SelectedDays,
    int OfDays,
    int UrineHours,
    int OralFluidHours,
    int ResultHours,
    CountsAs Missed,
    CountsAs Refused,
    CountsAs Dilute,
    CountsAs Adulterated)
{
    /// <summary>A test that nobody draws is ordered for a day at most so many days ahead [P]: what lies beyond is a slip, and would stand open for years.</summary>
    public int OrderDaysAhead { get; init; } = 31;
}

/// <summary>What a test that gave no clear result counts as (R32).</summary>
public enum CountsAs
{
    /// <summary>As nothing: no fault of the participant's.</summary>
    Nothing,

    /// <summary>As not doing what was asked, and not as use.</summary>
    NonCompliance,

    /// <summary>As use.</summary>
    Positive,
}

/// <summary>Which of the court's two files an entry may go to (R39 [S:wi-recordkeeping-2011]).</summary>
/// <param name="NeverOpen">Stored names of entries that never go to the open file.</param>
public sealed record FileRules(IReadOnlyList<string> NeverOpen)
{
    /// <returns>Whether an entry of that stored name may be filed there.</returns>
    public bool Allow(string storedName, CourtFile file) => file == CourtFile.Confidential || !NeverOpen.Contains(storedName);
}

/// <param name="Rule">The member that it is about, such as <c>phases.hearingIntervalDays</c>.</param>
/// <param name="Source">Handbook, standard or statute, or that it is a proposal.</param>
public sealed record RuleSource(string Rule, string Source);
