namespace CaseFlow.Domain.Courts;

/// <summary>What a court's configuration must satisfy before anything is decided under it; each broken rule names its field.</summary>
public static class CourtRules
{
    private const int MostDays = 3650;
    private const int MostHours = 24 * 90;

    /// <returns>Every broken rule, in the order of the members; empty when it may be published.</returns>
    public static IEnumerable<Rejection> BrokenBy(CourtConfiguration court) =>
    [
        .. court.Name.Length is > 0 and <= 200 ? [] : new[] { CourtRejections.NameMissing() },
        .. Range(court.Capacity, 1, 10_000, "capacity"),
        .. court.LegalBases.Count > 0 && IsDistinct(court.LegalBases) && court.LegalBases.All(Enum.IsDefined) ? [] : new[] { CourtRejections.CodesInvalid("legalBases") },
        .. Codes(court.Providers, "providers", least: 0),
        .. Phases(court),
        .. Responses(court.Responses),
        .. Range(court.Jail.DaysWithoutHearing, 0, 365, "jail.daysWithoutHearing"),
        .. Range(court.Jail.AlertAboveDays, court.Jail.DaysWithoutHearing, 365, "jail.alertAboveDays"),
        .. Range(court.Jail.WindowDays, 1, 365, "jail.windowDays"),
        .. Range(court.Jail.HearingDays, 0, 90, "jail.hearingDays"),
        .. Quorum(court.Advancement, "advancement"),
        .. Quorum(court.Returns, "returns"),
        .. Quorum(court.Waivers, "waivers"),
        .. Quorum(court.TerminationProposals, "terminationProposals"),
        .. Codes(court.TreatmentAgencies ?? [], "treatmentAgencies", least: 0),
        .. Range(court.Graduation.MinDays, 0, MostDays, "graduation.minDays"),
        .. Range(court.Graduation.SobrietyDays, 0, MostDays, "graduation.sobrietyDays"),
        .. court.Tests is { } tests ? Tests(tests) : WithoutTests(court),
        .. Codes(court.Coaching.Agencies, "coaching.agencies", least: 0),
        .. Codes(court.Coaching.Instruments, "coaching.instruments", least: 0),
        .. Range(court.Coaching.CoachCaseload, 1, 1000, "coaching.coachCaseload"),
        .. Range(court.Coaching.OfficerCaseload, 1, 1000, "coaching.officerCaseload"),
        .. Range(court.Coaching.ReassignBusinessDays, 1, 90, "coaching.reassignBusinessDays"),
        .. ContactRules.BrokenBy(court),
        .. court.Files.NeverOpen.All(CourtFacts.Names.Contains) && IsDistinct(court.Files.NeverOpen) ? [] : new[] { CourtRejections.FileKindUnknown() },
        .. Codes(court.Conditions, "conditions", least: 1),
        .. Codes(court.EligibilityReasons, "eligibilityReasons", least: 1),
        .. Codes(court.EndReasons, "endReasons", least: 1),
        .. Codes(court.OverrideReasons, "overrideReasons", least: 0),
        .. Range(court.DataEntryHours, 1, MostHours, "dataEntryHours"),
        .. Range(court.AftercareDays, 0, MostDays, "aftercareDays"),
        .. court.Sources.All(source => IsLine(source.Rule) && IsLine(source.Source)) ? [] : new[] { CourtRejections.SourceInvalid() },
    ];

    private static IEnumerable<Rejection> Quorum(TeamQuorum? quorum, string field) => quorum is null
        ? []
        :
        [
            .. Range(quorum.Persons, 1, 20, $"{field}.persons"),
            .. quorum.Roles.Count <= quorum.Persons && IsDistinct(quorum.Roles) && quorum.Roles.All(Enum.IsDefined)
                ? []
                : new[] { CourtRejections.TeamRolesInvalid($"{field}.roles") },
        ];

    private static IEnumerable<Rejection> Phases(CourtConfiguration court)
    {
        if (court.Phases.Count is < 1 or > 20 || court.Phases.Any(phase => !Slug.IsValid(phase.Code) || !IsLine(phase.Name)) || !IsDistinct([.. court.Phases.Select(phase => phase.Code)]))
            yield return CourtRejections.PhasesInvalid();
        foreach (var phase in court.Phases)
        {
            if (phase.Objectives.Any(objective => !Slug.IsValid(objective.Code) || !IsLine(objective.Name)) || !IsDistinct([.. phase.Objectives.Select(objective => objective.Code)]))
                yield return CourtRejections.ObjectivesInvalid();
            foreach (var broken in Range(phase.MinDays, 0, MostDays, "phases.minDays")
                .Concat(Range(phase.SobrietyDays, 0, MostDays, "phases.sobrietyDays"))
                .Concat(Range(phase.HearingIntervalDays, 1, 365, "phases.hearingIntervalDays"))
                .Concat(Range(phase.TestsPerWeek ?? 0, 0, 7, "phases.testsPerWeek")))
            {
                yield return broken;
            }
        }
    }

    private static IEnumerable<Rejection> Responses(ResponseMatrix responses)
    {
        if (responses.Behaviours.Count == 0 || !AreNamed(responses.Behaviours.Select(one => (one.Code, one.Name))) || responses.Behaviours.Any(one => one.Side is { } side && !Enum.IsDefined(side)))
            yield return CourtRejections.CodesInvalid("responses.behaviours");
        foreach (var (list, field) in new[] { (responses.Incentives, "incentives"), (responses.Sanctions, "sanctions"), (responses.Adjustments, "adjustments") })
        {
            if (!AreNamed(list.Select(one => (one.Code, one.Name))) || list.Any(one => one.Magnitude is < 1 or > 3))
                yield return CourtRejections.CodesInvalid($"responses.{field}");
        }

        foreach (var broken in Range(responses.IncentivesPerSanction, 1, 20, "responses.incentivesPerSanction").Concat(Range(responses.RatioDays, 1, 365, "responses.ratioDays")))
            yield return broken;
    }

    private static IEnumerable<Rejection> Tests(TestRules tests) =>
    [
        .. Range(tests.OfDays, 1, 31, "tests.ofDays"),
        .. Range(tests.SelectedDays, 1, Math.Clamp(tests.OfDays, 1, 31), "tests.selectedDays"),
        .. Range(tests.UrineHours, 1, 72, "tests.urineHours"),
        .. Range(tests.OralFluidHours, 1, 72, "tests.oralFluidHours"),
        .. Range(tests.ResultHours, 1, MostHours, "tests.resultHours"),
        .. Range(tests.OrderDaysAhead, 0, 365, "tests.orderDaysAhead"),
        .. new[] { tests.Missed, tests.Refused, tests.Dilute, tests.Adulterated }.All(Enum.IsDefined) ? [] : new[] { CourtRejections.CodesInvalid("tests") },
    ];

    /// <summary>A court without tests cannot ask for what only tests show [Seed 0.18].</summary>
    private static IEnumerable<Rejection> WithoutTests(CourtConfiguration court) =>
        court.Graduation.SobrietyDays > 0 || court.Phases.Any(phase => phase.SobrietyDays > 0 || phase.TestsPerWeek > 0)
            ? [CourtRejections.SobrietyWithoutTests()]
            : [];

    private static bool AreNamed(IEnumerable<(string Code, string Name)> list) =>
        list.ToList() is var all && all.TrueForAll(one => Slug.IsValid(one.Code) && IsLine(one.Name)) && IsDistinct([.. all.Select(one => one.Code)]);

    private static Rejection[] Codes(IReadOnlyList<string> codes, string field, int least) =>
        codes.Count >= least && codes.Count <= 200 && codes.All(Slug.IsValid) && IsDistinct(codes) ? [] : [CourtRejections.CodesInvalid(field)];

    private static bool IsLine(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= 500 && !text.Any(char.IsControl);

    private static Rejection[] Range(int amount, int least, int most, string field) =>
        amount >= least && amount <= most ? [] : [CourtRejections.ConfigurationOutOfRange(field, least, most)];

    private static bool IsDistinct<T>(IReadOnlyList<T> list) => list.Distinct().Count() == list.Count;
}
