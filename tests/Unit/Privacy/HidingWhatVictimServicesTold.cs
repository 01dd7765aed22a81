using CaseFlow.Api.Clients;
using CaseFlow.Api.Privacy;
using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.EventStore;
using CaseFlow.Projections;
using CaseFlow.Unit.Storage;

namespace CaseFlow.Unit.Privacy;

/// <summary>Who a client is and how they are reached is told to whoever works with them, but not what victim services told of it; an author keeps what a correction made private.</summary>
public sealed class HidingWhatVictimServicesTold
{
    private static readonly Guid ClientId = Guid.NewGuid();

    private static readonly IReadOnlyList<DomainEvent> Details =
        [.. ProjectionCatalogue.EventTypes.All.Values.Where(type => type.IsSubclassOf(typeof(ClientEvent))).Select(SampleEvents.Of)];

    private static readonly Viewer Watching = new(Role.PrivacyOfficer, null, Purpose.Audit);

    public static TheoryData<Role, string?, Purpose, bool> Viewers => new()
    {
        { Role.Agent, "dcc", Purpose.Supervision, true },
        { Role.AgentSupervisor, "dcc", Purpose.Supervision, true },
        { Role.Coach, "coaches", Purpose.Care, true },
        { Role.Dispatcher, "sheriff", Purpose.Care, true },
        { Role.Service, null, Purpose.Operations, true },
        { Role.Judge, "court", Purpose.CourtMonitoring, true },
        { Role.PrivacyOfficer, null, Purpose.OwnRecord, true },
        { Role.PrivacyOfficer, null, Purpose.Audit, false },
        { Role.PeerSpecialist, "harbor", Purpose.Care, false },
    };

    [Theory]
    [MemberData(nameof(Viewers))]
    public void Hides_every_detail_from_all_but_their_own_agency_and_those_who_watch(Role role, string? agency, Purpose purpose, bool hides)
    {
        var sight = EntrySight.Of(new Viewer(role, agency, purpose), [], bySource: true);

        foreach (var fact in Details)
        {
            sight.Hides(Told(fact, "harbor", "VICTIM")).ShouldBe(hides, fact.GetType().Name);
            sight.HidesAnyOf([Told(fact, "harbor", "VICTIM")]).ShouldBe(hides, fact.GetType().Name);
            sight.Hides(Told(fact, null, "VICTIM")).ShouldBe(role != Role.PrivacyOfficer || hides, "an import is nobody's own");
        }
    }

    /// <summary>Whoever supervises somebody has to reach them, and to tell a coach whom to call (docs/decisions/0075).</summary>
    [Theory]
    [InlineData("PART2")]
    [InlineData("WI_51_30")]
    [InlineData("HIPAA")]
    [InlineData("CJI")]
    [InlineData("JUVENILE")]
    public void Hides_no_detail_by_another_label_of_its_source(string label)
    {
        var sight = EntrySight.Of(new Viewer(Role.Coach, "coaches", Purpose.Care), [], bySource: true);

        Details.ShouldAllBe(fact => !sight.Hides(Told(fact, "harbor", label)));
        sight.HidesAnyOf(Details.Select(fact => Told(fact, "harbor", label))).ShouldBeFalse();
    }

    [Fact]
    public void Hides_by_the_labels_of_now()
    {
        var (coach, name) = (new Viewer(Role.Coach, "coaches", Purpose.Care), Told(Details[0], "harbor", "VICTIM"));

        EntrySight.Of(coach, [Corrected(name, ["VICTIM"], [])], bySource: true).Hides(name).ShouldBeFalse("it was put right");
        EntrySight.Of(coach, [Corrected(name, ["VICTIM"], ["VICTIM", "HIPAA"])], bySource: true).Hides(name).ShouldBeTrue();
        EntrySight.Of(coach, [], bySource: false).Hides(name).ShouldBeFalse("a page of before is what it was");
        EntrySight.Of(coach, [Corrected(name, [], ["VICTIM"])], bySource: false).Hides(name).ShouldBeTrue();
        EntrySight.Of(Watching, [Corrected(name, [], ["VICTIM"])], bySource: true).Hides(name).ShouldBeFalse();
    }

    /// <summary>What is no detail of the client is decided where it is shown.</summary>
    [Fact]
    public void Hides_nothing_else_by_its_source() =>
        EntrySight.Of(new Viewer(Role.Coach, "coaches", Purpose.Care), [], bySource: true)
            .Hides(Told(SampleEvents.Of(typeof(ContactMade)), "harbor", "VICTIM")).ShouldBeFalse();

    [Fact]
    public void Is_not_found_by_a_number_nor_shown_in_the_place_of_which_an_older_would_stand()
    {
        var older = Told(SampleEvents.Of(typeof(ClientNameRecorded)), "dcc");
        var name = Told(SampleEvents.Of(typeof(ClientNameRecorded)), "harbor", "VICTIM");
        var agent = EntrySight.Of(new Viewer(Role.Agent, "dcc", Purpose.Supervision), [], bySource: true);

        ShownDetails.Of([older, name], agent).Name.ShouldBeNull();
        ShownDetails.Of([older, name], EntrySight.Whole).Name.ShouldNotBeNull();
        ShownDetails.Of([name, older], agent).Name.ShouldNotBeNull();
        ShownInEmergency.AgenciesOf([name], agent).ShouldBeEmpty("it was told by nobody");
    }

    [Fact]
    public void A_correction_that_keeps_an_entry_private_leaves_it_to_its_author_as_a_worker_of_the_agency()
    {
        foreach (var fact in new[] { SampleEvents.Of(typeof(OverdoseReported)), SampleEvents.Of(typeof(ContactMade)) })
        {
            var noted = Told(fact, "harbor");

            Sees(new Viewer(Role.PeerSpecialist, "harbor", Purpose.Care) { StaffId = "peer-1" }).ShouldBeTrue();
            Sees(new Viewer(Role.PeerSpecialist, "harbor", Purpose.Care) { StaffId = "peer-2" }).ShouldBeFalse();
            Sees(new Viewer(Role.PeerSpecialist, "coaches", Purpose.Care) { StaffId = "peer-1" }).ShouldBeFalse("they work elsewhere now");
            Sees(new Viewer(Role.CoachSupervisor, "harbor", Purpose.Care) { StaffId = "lead-1" }).ShouldBeTrue();
            Sees(Watching).ShouldBeFalse();

            bool Sees(Viewer viewer) => !EntrySight.Of(viewer, [Corrected(noted, [], ["WORKER_PRIVATE"])], bySource: true).Hides(noted);
        }
    }

    private static CorrectedEntry Corrected(RecordedEvent recorded, string[] before, string[] labels) =>
        new(recorded.EventId, ProjectionCatalogue.EventTypes.StoredName(recorded.Data.GetType()), null, ((Circumstances)recorded.Headers!).Agency, before, labels);

    private static RecordedEvent Told(DomainEvent fact, string? agency, params string[] labels) => new(
        "demo", ClientId, "client", 1, Guid.NewGuid(), 1, 1, DateTimeOffset.UnixEpoch, fact,
        new Circumstances { Actor = "peer-1", Role = Role.PeerSpecialist, Agency = agency, Labels = labels }, new AppendMetadata("peer-1"));
}
