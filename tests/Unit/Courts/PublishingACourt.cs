using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

public sealed class PublishingACourt() : Spec<CourtState, CourtEvent>(CourtState.Initial, CourtState.Evolve)
{
    private static readonly CourtConfiguration Configuration = CourtTemplates.Of(CourtType.Drug, "Drug court", "court", ["recovery-coaches"]);
    private static readonly PublishCourt Publish = new("drug-court", 1, Now, Configuration, "The handbook.");

    public static TheoryData<CourtType> Types => [.. Enum.GetValues<CourtType>()];

    public static TheoryData<CourtConfiguration, Rejection> Broken => new()
    {
        { Configuration with { Name = "" }, CourtRejections.NameMissing() },
        { Configuration with { Capacity = 0 }, CourtRejections.ConfigurationOutOfRange("capacity", 1, 10_000) },
        { Configuration with { LegalBases = [] }, CourtRejections.CodesInvalid("legalBases") },
        { Configuration with { Providers = ["Not A Slug"] }, CourtRejections.CodesInvalid("providers") },
        { Configuration with { Phases = [] }, CourtRejections.PhasesInvalid() },
        { Configuration with { Phases = [Configuration.Phases[0], Configuration.Phases[0]] }, CourtRejections.PhasesInvalid() },
        { Configuration with { Phases = [Configuration.Phases[0] with { Objectives = [new("a", "A"), new("a", "B")] }] }, CourtRejections.ObjectivesInvalid() },
        { Configuration with { Phases = [Configuration.Phases[0] with { HearingIntervalDays = 0 }] }, CourtRejections.ConfigurationOutOfRange("phases.hearingIntervalDays", 1, 365) },
        { Configuration with { Responses = Configuration.Responses with { Behaviours = [] } }, CourtRejections.CodesInvalid("responses.behaviours") },
        { Configuration with { Responses = Configuration.Responses with { Sanctions = [new("x", "X", 4)] } }, CourtRejections.CodesInvalid("responses.sanctions") },
        { Configuration with { Jail = new JailLimits(true, 3, 2) }, CourtRejections.ConfigurationOutOfRange("jail.alertAboveDays", 3, 365) },
        { Configuration with { Jail = Configuration.Jail with { WindowDays = 0 } }, CourtRejections.ConfigurationOutOfRange("jail.windowDays", 1, 365) },
        { Configuration with { Advancement = new TeamQuorum(0, []) }, CourtRejections.ConfigurationOutOfRange("advancement.persons", 1, 20) },
        { Configuration with { Advancement = new TeamQuorum(1, [Role.Judge, Role.Coordinator]) }, CourtRejections.TeamRolesInvalid("advancement.roles") },
        { Configuration with { Advancement = new TeamQuorum(2, [Role.Judge, Role.Judge]) }, CourtRejections.TeamRolesInvalid("advancement.roles") },
        { Configuration with { Returns = new TeamQuorum(21, []) }, CourtRejections.ConfigurationOutOfRange("returns.persons", 1, 20) },
        { Configuration with { Waivers = new TeamQuorum(1, [Role.Judge, Role.Coordinator]) }, CourtRejections.TeamRolesInvalid("waivers.roles") },
        { Configuration with { TerminationProposals = new TeamQuorum(2, [Role.Judge, Role.Judge]) }, CourtRejections.TeamRolesInvalid("terminationProposals.roles") },
        { Configuration with { TreatmentAgencies = ["Not A Slug"] }, CourtRejections.CodesInvalid("treatmentAgencies") },
        { Configuration with { Tests = Configuration.Tests! with { SelectedDays = 8 } }, CourtRejections.ConfigurationOutOfRange("tests.selectedDays", 1, 7) },
        { Configuration with { Tests = Configuration.Tests! with { ResultHours = 0 } }, CourtRejections.ConfigurationOutOfRange("tests.resultHours", 1, 2160) },
        { Configuration with { Tests = Configuration.Tests! with { OrderDaysAhead = 366 } }, CourtRejections.ConfigurationOutOfRange("tests.orderDaysAhead", 0, 365) },
        { Configuration with { Phases = [Configuration.Phases[0] with { TestsPerWeek = 8 }] }, CourtRejections.ConfigurationOutOfRange("phases.testsPerWeek", 0, 7) },
        { Configuration with { Tests = null }, CourtRejections.SobrietyWithoutTests() },
        { Configuration with { Coaching = Configuration.Coaching with { ContactDays = [7] } }, CourtRejections.ContactDaysInvalid("coaching.contactDays") },
        { Met(new ContactRule("acute-stabilization", null, [7, 0, 30])), CourtRejections.ContactDaysInvalid("coaching.contacts.days") },
        { Met(new ContactRule(null, null, [7, 14, 30])), CourtRejections.ContactsInvalid() },
        { Met(new ContactRule("no-such-phase", null, [7, 14, 30])), CourtRejections.ContactsInvalid() },
        { Met(new ContactRule(null, RiskNeedLevel.High, [7, 14, 30]), new ContactRule(null, RiskNeedLevel.High, [3, 7, 14])), CourtRejections.ContactsInvalid() },
        { Configuration with { Files = new FileRules(["no_such_entry"]) }, CourtRejections.FileKindUnknown() },
        { Configuration with { Conditions = [] }, CourtRejections.CodesInvalid("conditions") },
        { Configuration with { DataEntryHours = 0 }, CourtRejections.ConfigurationOutOfRange("dataEntryHours", 1, 2160) },
        { Configuration with { Sources = [new RuleSource("capacity", " ")] }, CourtRejections.SourceInvalid() },
    };

    private static CourtConfiguration Met(params ContactRule[] contacts) => Configuration with { Coaching = Configuration.Coaching with { Contacts = contacts } };

    /// <summary>R22: by phase, by risk, and by both.</summary>
    [Fact]
    public void A_court_may_ask_how_often_a_coach_meets_whom() => CourtRules.BrokenBy(Met(
        new ContactRule("acute-stabilization", null, [3, 7, 7]),
        new ContactRule(null, RiskNeedLevel.High, [7, 7, 14]),
        new ContactRule("acute-stabilization", RiskNeedLevel.High, [2, 2, 2]))).ShouldBeEmpty();

    [Fact]
    public void Records_it_once_and_the_first_version_makes_the_court()
    {
        WhenAsked(state => PublishCourt.Decide(Publish, state, isCourt: true, Now))
            .ShouldRecord(new CourtConfigurationPublished(1, Now, Configuration, "The handbook.") { Court = "drug-court" }.At(Now));
        WhenAsked(state => PublishCourt.Decide(
            Publish with { Configuration = CourtTemplates.Of(CourtType.Drug, "Drug court", "court", ["recovery-coaches"]) }, state, isCourt: true, Now.AddDays(1))).ShouldBeAlreadyDone();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_template_may_be_published_and_names_sources(CourtType type)
    {
        var template = CourtTemplates.Of(type, "Court", "court", []);

        CourtRules.BrokenBy(template).ShouldBeEmpty();
        template.Sources.ShouldAllBe(source => source.Source.Length > 0);
        template.Sources.Select(source => source.Rule).ShouldBeUnique();
        new[] { "phases.hearingIntervalDays", "jail", "dataEntryHours", "tests" }.ShouldAllBe(rule => template.Sources.Any(source => source.Rule.StartsWith(rule)));
    }

    [Fact]
    public void A_mental_health_court_asks_for_no_tests()
    {
        var court = CourtTemplates.Of(CourtType.MentalHealth, "Mental health court", "court", []);

        court.Tests.ShouldBeNull();
        court.Phases.ShouldAllBe(phase => phase.TestsPerWeek == 0 && phase.SobrietyDays == 0);
        court.Phases.SelectMany(phase => phase.Objectives).ShouldNotContain(objective => objective.Code == "tests-complied");
    }

    /// <summary>Then the court's own odds count.</summary>
    [Fact]
    public void A_phase_may_say_nothing_of_how_often_it_tests() =>
        CourtRules.BrokenBy(Configuration with { Phases = [.. Configuration.Phases.Select(phase => phase with { TestsPerWeek = null })] }).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Broken))]
    public void Is_refused_where_the_configuration_is_unsound(CourtConfiguration broken, Rejection rejection) =>
        WhenAsked(state => PublishCourt.Decide(Publish with { Configuration = broken }, state, isCourt: true, Now)).ShouldBeRefused(rejection);

    [Fact]
    public void Is_refused_out_of_turn_without_a_note_or_for_an_agency_that_is_no_court()
    {
        WhenAsked(state => PublishCourt.Decide(Publish with { CourtVersion = 2 }, state, isCourt: true, Now)).ShouldBeRefused(CourtRejections.VersionNotNext(1));
        WhenAsked(state => PublishCourt.Decide(Publish with { ChangeNote = " " }, state, isCourt: true, Now)).ShouldBeRefused(CourtRejections.ChangeNoteMissing());
        WhenAsked(state => PublishCourt.Decide(Publish, state, isCourt: false, Now)).ShouldBeRefused(CourtRejections.AgencyIsNoCourt("court"));
    }

    [Fact]
    public void Is_refused_where_a_court_would_move_to_another_agency()
    {
        WhenAsked(state => PublishCourt.Decide(Publish, state, isCourt: true, Now));

        WhenAsked(state => PublishCourt.Decide(
            Publish with { CourtVersion = 2, Configuration = Configuration with { AgencyId = "other-court" } }, state, isCourt: true, Now)).ShouldBeRefused(CourtRejections.AgencyChanged());
    }

    [Fact]
    public void The_version_that_counts_is_the_one_in_force_when_it_happened()
    {
        WhenAsked(state => PublishCourt.Decide(Publish, state, isCourt: true, Now));
        WhenAsked(state => PublishCourt.Decide(
            Publish with { CourtVersion = 2, EffectiveFrom = Now.AddDays(10), Configuration = Configuration with { Capacity = 60 } }, state, isCourt: true, Now));

        State.InForceAt(Now.AddTicks(-1)).ShouldBeNull();
        State.InForceAt(Now.AddDays(10).AddTicks(-1))!.Version.ShouldBe(1);
        State.InForceAt(Now.AddDays(10))!.Configuration.Capacity.ShouldBe(60);

        WhenAsked(state => RetireCourtVersion.Decide(new("drug-court", 2, "Withdrawn."), state, Now.AddDays(20)))
            .ShouldRecord(new CourtConfigurationRetired(2, "Withdrawn.") { Court = "drug-court" }.At(Now.AddDays(20)));
        State.InForceAt(Now.AddDays(20))!.Version.ShouldBe(1);
        State.InForceAt(Now.AddDays(15))!.Version.ShouldBe(2, "what was decided before stays decided under it");
    }

    [Fact]
    public void The_last_version_in_force_is_not_retired_and_none_twice()
    {
        WhenAsked(state => PublishCourt.Decide(Publish, state, isCourt: true, Now));
        WhenAsked(state => RetireCourtVersion.Decide(new("drug-court", 1, "No more."), state, Now.AddDays(1))).ShouldBeRefused(CourtRejections.LastInForce());
        WhenAsked(state => RetireCourtVersion.Decide(new("drug-court", 2, "No more."), state, Now.AddDays(1))).ShouldBeRefused(CourtRejections.VersionNotFound(2));

        WhenAsked(state => PublishCourt.Decide(Publish with { CourtVersion = 2 }, state, isCourt: true, Now));
        WhenAsked(state => RetireCourtVersion.Decide(new("drug-court", 1, "No more."), state, Now.AddDays(1))).Rejection.ShouldBeNull();
        WhenAsked(state => RetireCourtVersion.Decide(new("drug-court", 1, "No more."), state, Now.AddDays(2))).ShouldBeAlreadyDone();
    }
}
