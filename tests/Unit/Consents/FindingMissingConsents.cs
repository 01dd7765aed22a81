using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>R38: which sources of treatment may not tell a court what monitoring takes, and why.</summary>
public sealed class FindingMissingConsents : ConsentSpec
{
    private const string Peers = "peer-house";

    private static readonly ConsentPolicy Rules = ConsentPolicy.Default;
    private static readonly ProtectedSource OfCoaches = new(Coaches, [Label.Part2]);
    private static readonly ProtectedSource OfPeers = new(Peers, [Label.Wi5130]);

    private static readonly ConsentScope Everything = ToCourt with { RecipientRoles = [], Information = ConsentElements.Monitoring };

    private static readonly DirectoryState Directory = new[]
    {
        new AgencyRegistered(Coaches, "Coaches", AgencyKind.RecoveryCoachProvider, Part2Status.Part2Program, InternalOnly: false),
        new AgencyRegistered(Peers, "Peers", AgencyKind.PeerRun, Part2Status.Unknown, InternalOnly: false),
        new AgencyRegistered(Corrections, "Corrections", AgencyKind.CommunityCorrections, Part2Status.NotPart2, InternalOnly: false),
        new AgencyRegistered(Court, "Court", AgencyKind.Court, Part2Status.NotPart2, InternalOnly: false),
    }.Aggregate(DirectoryState.Initial, (state, fact) => DirectoryState.Evolve(state, fact.At(Now)));

    [Fact]
    public void Without_a_consent_every_source_lacks_one() => Missing(OfPeers, OfCoaches).ShouldBe(
    [
        new(Peers, ConsentGap.None, ConsentElements.Monitoring, [Role.Coordinator, Role.Judge], null),
        new(Coaches, ConsentGap.None, ConsentElements.Monitoring, [Role.Coordinator, Role.Judge], null),
    ]);

    [Theory]
    [InlineData(ConsentKind.CriminalJustice)]
    [InlineData(ConsentKind.CourtTeam)]
    [InlineData(ConsentKind.Part2General)]
    public void A_consent_in_force_to_all_that_monitoring_takes_leaves_nothing_missing(ConsentKind kind)
    {
        Given(Granted(kind: kind, scope: Everything));

        Missing(OfCoaches).ShouldBeEmpty();
        Missing(OfCoaches, OfPeers).ShouldHaveSingleItem().Source.ShouldBe(Peers);
    }

    [Fact]
    public void A_consent_under_state_law_alone_goes_for_state_law_records_alone()
    {
        Given(Granted(kind: ConsentKind.Wi5130, scope: Everything with { Disclosers = [Coaches, Peers] }));

        Missing(OfCoaches, OfPeers).ShouldBe(
            [new(Coaches, ConsentGap.DoesNotCover, ConsentElements.Monitoring, [Role.Coordinator, Role.Judge], First)]);
    }

    [Fact]
    public void What_it_does_not_cover_is_named_with_who_does_not_get_it()
    {
        Given(Granted(kind: ConsentKind.CourtTeam, scope: Everything with { Information = [ConsentInformation.Attendance, ConsentInformation.Progress] }));

        Missing(OfCoaches).ShouldBe(
        [
            new(
                Coaches, ConsentGap.DoesNotCover, [ConsentInformation.Engagement, ConsentInformation.TestResults, ConsentInformation.Discharge],
                [Role.Coordinator, Role.Judge], First),
        ]);

        Given(Granted(Second, ConsentKind.CourtTeam, Everything with { RecipientRoles = [Role.Judge] }));
        Missing(OfCoaches).ShouldHaveSingleItem().Roles.ShouldBe([Role.Coordinator]);
    }

    [Fact]
    public void A_consent_for_another_court_or_for_treatment_is_none_for_this_one()
    {
        Given(Granted(scope: Everything with { Recipients = ["another-court"] }));
        Missing(OfCoaches).Single().Gap.ShouldBe(ConsentGap.None);

        Given(Granted(Second, scope: Everything with { Purposes = [ConsentPurpose.Treatment] }));
        Missing(OfCoaches).Single().Gap.ShouldBe(ConsentGap.DoesNotCover);
    }

    [Fact]
    public void Held_revoked_and_over_are_told_apart()
    {
        Given(Granted(kind: ConsentKind.CourtTeam, scope: Everything));
        Missing(AYear.ExpiresAt!.Value, OfCoaches).Single().ShouldBe(
            new MissingConsent(Coaches, ConsentGap.Expired, ConsentElements.Monitoring, [Role.Coordinator, Role.Judge], First));

        Given(HeldAt(Now.AddDays(1)));
        Missing(Now.AddDays(1), OfCoaches).Single().Gap.ShouldBe(ConsentGap.Held);
        Missing(OfCoaches).ShouldBeEmpty("it held until then");

        Given(RevokedAt(Now.AddDays(2)));
        Missing(Now.AddDays(2), OfCoaches).Single().Gap.ShouldBe(ConsentGap.Revoked);
    }

    [Fact]
    public void What_is_irrevocable_stays_until_its_event()
    {
        Given(Granted(kind: ConsentKind.CriminalJustice, scope: Everything, term: UntilDisposition));
        Missing(Now.AddYears(3), OfCoaches).ShouldBeEmpty();

        Given(MetAt(Now.AddDays(9), ConsentCondition.EndOfProgram));
        Missing(Now.AddDays(9), OfCoaches).Single().Gap.ShouldBe(ConsentGap.Expired);
    }

    [Fact]
    public void An_agreed_restriction_stands_in_the_way_and_the_court_is_not_told_that_it_is_one()
    {
        Given(Granted(kind: ConsentKind.CourtTeam, scope: Everything), RestrictionAsked(ConsentInformation.TestResults) with { RecipientAgency = Court }, RestrictionAgreedAt(Now));

        var expected = new MissingConsent(Coaches, ConsentGap.Restricted, [ConsentInformation.TestResults], [Role.Coordinator, Role.Judge], First);
        Missing(OfCoaches).ShouldBe([expected]);
        MissingConsents.ToldTo(Court, Grounds(Now), [OfCoaches], Rules).ShouldBe([expected with { Gap = ConsentGap.Held }]);
    }

    [Fact]
    public void Policy_says_what_monitoring_takes()
    {
        Given(Granted(kind: ConsentKind.CourtTeam, scope: Everything with { Information = [ConsentInformation.Attendance] }));

        MissingConsents.Of(Court, Grounds(Now), [OfCoaches], Rules with { CourtMonitoring = [ConsentInformation.Attendance] }).ShouldBeEmpty();
    }

    [Fact]
    public void A_court_lacks_nothing_of_itself() => Missing(new ProtectedSource(Court, [Label.Part2])).ShouldBeEmpty();

    [Fact]
    public void The_list_is_what_the_decision_does_not_show()
    {
        Given(
            Granted(kind: ConsentKind.CourtTeam, scope: Everything with { RecipientRoles = [Role.Judge] }),
            Granted(Second, scope: Everything with { Information = [ConsentInformation.Progress] }),
            HeldAt(Now.AddDays(1), Second));

        foreach (var at in new[] { Now, Now.AddDays(1), Now.AddYears(1) })
        {
            var missing = Missing(at, OfCoaches);
            foreach (var role in new[] { Role.Coordinator, Role.Judge })
            {
                foreach (var information in ConsentElements.Monitoring)
                {
                    var (viewer, record) = (new Viewer(role, Court, Purpose.CourtMonitoring), new RecordShown(Coaches, [Label.Part2], information));
                    var isShown = Disclosing.Decide(viewer, record, Grounds(at).For(viewer, record)) is Disclosure.Allowed;
                    if (!isShown)
                        missing.ShouldContain(one => one.Roles.Contains(role) && one.Information.Contains(information), $"{role} {information} {at}");
                }
            }
        }
    }

    [Fact]
    public void A_court_knows_of_the_sources_that_a_consent_or_a_request_named_to_it()
    {
        MissingConsents.KnownTo(Court, State, Directory.FindAgency).ShouldBeEmpty();

        Given(
            Granted(scope: ToCourt with { Recipients = ["another-court"] }),
            new ConsentRequested(Second, ConsentKind.CourtTeam, ToCourt with { Disclosers = [Peers, Corrections, "nobody"] }, "cleo") { ClientId = ClientId }.At(Now));
        MissingConsents.KnownTo(Court, State, Directory.FindAgency).ShouldBe([new ProtectedSource(Peers, [Label.Part2])]);

        Given(Granted(scope: ToCourt with { Recipients = [], RecipientClass = AgencyKind.Court }));
        MissingConsents.KnownTo(Court, State, Directory.FindAgency).Select(source => source.AgencyId).ShouldBe([Coaches, Peers]);
    }

    [Fact]
    public void A_refusal_leaves_the_source_known_and_the_consent_missing()
    {
        Given(new ConsentRefused(First, ConsentKind.CourtTeam, [Coaches], [Court], "cleo", true, Sealed<string>.Of("None."), null) { ClientId = ClientId }.At(Now));

        MissingConsents.AtAdmission(Court, [], State, Directory.FindAgency, Rules, Now).ShouldBe(
            [new(Coaches, ConsentGap.None, ConsentElements.Monitoring, [Role.Coordinator, Role.Judge], null)]);
    }

    /// <summary>A clinic of which nobody decided is taken as protected where the court works with it; who is no agency is nobody.</summary>
    [Fact]
    public void An_admission_asks_for_the_courts_own_providers_and_for_those_that_consents_name()
    {
        var directory = DirectoryState.Evolve(Directory, new AgencyRegistered("clinic", "Clinic", AgencyKind.Hospital, Part2Status.Unknown, InternalOnly: false).At(Now));
        Sources([]).ShouldBeEmpty();
        Sources([Peers, "clinic", Corrections, "nobody"]).ShouldBe(["clinic", Peers]);

        Given(Granted(kind: ConsentKind.CourtTeam, scope: Everything with { Disclosers = [Peers], Information = [ConsentInformation.Attendance] }));
        Sources([Coaches]).ShouldBe([Peers, Coaches]);
        MissingConsents.AtAdmission(Court, [Peers], State, directory.FindAgency, Rules, Now).ShouldHaveSingleItem().Gap.ShouldBe(ConsentGap.DoesNotCover);
        MissingConsents.AtAdmission(Court, [Peers], State, directory.FindAgency, Rules with { CourtMonitoring = [ConsentInformation.Attendance] }, Now).ShouldBeEmpty();

        IEnumerable<string> Sources(string[] providers) =>
            MissingConsents.AtAdmission(Court, providers, State, directory.FindAgency, Rules, Now).Select(missing => missing.Source).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Of_an_admission_in_the_past_nobody_is_asked_for_whom_a_later_consent_names()
    {
        Given(Granted(kind: ConsentKind.CourtTeam, scope: Everything with { Disclosers = [Peers], Information = [ConsentInformation.Attendance] }));

        MissingConsents.AtAdmission(Court, [], State, Directory.FindAgency, Rules, Now).ShouldNotBeEmpty();
        MissingConsents.AtAdmission(Court, [], State, Directory.FindAgency, Rules, Now.AddYears(-1)).ShouldBeEmpty();
        MissingConsents.AtAdmission(Court, [Peers], State, Directory.FindAgency, Rules, Now.AddYears(-1)).ShouldHaveSingleItem().Gap.ShouldBe(ConsentGap.None);
    }

    [Fact]
    public void The_directory_says_who_is_a_source()
    {
        ProtectedSource.Of((Agency?)null).ShouldBeNull();
        Of(Corrections).ShouldBeNull();
        Of(Coaches).ShouldBe(OfCoaches);
        Of(Peers).ShouldBe(new ProtectedSource(Peers, [Label.Part2]), "nobody has decided about it");
        ProtectedSource.Of(Directory.Agencies[Coaches] with { InternalOnly = true }).ShouldBeNull();
        ProtectedSource.Of(Directory.Agencies[Peers] with { Status = new RecordStatus(Part2Status.NotPart2) }).ShouldBeNull();
        var youth = Decided(Decided(Directory, new ProgramOpened(Corrections, "clinic", "Clinic", null)),
            new RecordStatusDecided(Corrections, "clinic", new RecordStatus(Part2Status.Part2Program, Wi5130: true), "Counsel."));
        ProtectedSource.Of(youth.Agencies[Corrections]).ShouldBe(new ProtectedSource(Corrections, [Label.Part2, Label.Wi5130]));

        static ProtectedSource? Of(string agency) => ProtectedSource.Of(Directory.Agencies[agency]);
        static DirectoryState Decided(DirectoryState state, DirectoryEvent fact) => DirectoryState.Evolve(state, fact.At(Now));
    }

    private ConsentGrounds Grounds(DateTimeOffset at) => new(State, at, agency => Directory.FindAgency(agency)?.Kind);

    private IReadOnlyList<MissingConsent> Missing(params ProtectedSource[] sources) => Missing(Now, sources);

    private IReadOnlyList<MissingConsent> Missing(DateTimeOffset at, params ProtectedSource[] sources) => MissingConsents.Of(Court, Grounds(at), sources, Rules);
}
