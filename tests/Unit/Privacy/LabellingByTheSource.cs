using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Unit.Privacy;

/// <summary>Labels follow from the agency and the programme a record comes from, never from what it says.</summary>
public sealed class LabellingByTheSource
{
    private static readonly Agency Provider = new("safe-communities", "Safe Communities", AgencyKind.RecoveryCoachProvider, Part2Status.Unknown, InternalOnly: false);

    [Theory]
    [InlineData(AgencyKind.RecoveryCoachProvider, Part2Status.Part2Program, new[] { Label.Part2 })]
    [InlineData(AgencyKind.RecoveryCoachProvider, Part2Status.Unknown, new Label[0])]
    [InlineData(AgencyKind.CommunityCorrections, Part2Status.NotPart2, new Label[0])]
    [InlineData(AgencyKind.Hospital, Part2Status.Unknown, new[] { Label.Hipaa })]
    [InlineData(AgencyKind.Court, Part2Status.NotPart2, new[] { Label.CourtConfidential })]
    public void An_agency_of_which_only_its_registration_is_known(AgencyKind kind, Part2Status part2, Label[] labels) =>
        Labelling.LabelsOf(new Agency("one", "One", kind, part2, InternalOnly: false), Filing.Usual).ShouldBe(labels);

    [Fact]
    public void What_was_decided_overrides_the_registration() =>
        Labelling.LabelsOf(Provider with { Part2 = Part2Status.Part2Program, Status = new(Part2Status.NotPart2, Wi5130: true, Hipaa: true, Cji: true, Juvenile: true, VictimServices: true) }, Filing.Usual)
            .ShouldBe([Label.Wi5130, Label.Hipaa, Label.Cji, Label.Juvenile, Label.Victim]);

    [Fact]
    public void A_programme_overrides_its_agency()
    {
        var agency = Provider with
        {
            Part2 = Part2Status.Part2Program,
            Programs = Provider.Programs
                .Add("drop-in", new AgencyUnit("Drop-in", IsOpen: true) { Status = new RecordStatus(Part2Status.NotPart2) })
                .Add("groups", new AgencyUnit("Groups", IsOpen: true)),
        };

        Labelling.LabelsOf(agency, new Filing("drop-in")).ShouldBeEmpty();
        Labelling.LabelsOf(agency, new Filing("groups")).ShouldBe([Label.Part2]);
    }

    [Fact]
    public void A_court_files_as_confidential_unless_somebody_says_open()
    {
        var court = Provider with { Kind = AgencyKind.Court };

        Labelling.LabelsOf(court, new Filing(File: CourtFile.Open)).ShouldBe([Label.CourtOpen]);
        Labelling.LabelsOf(court, new Filing(File: CourtFile.Confidential)).ShouldBe([Label.CourtConfidential]);
    }

    [Fact]
    public void A_peers_own_note_is_private() =>
        Labelling.LabelsOf(Provider, new Filing(WorkerPrivate: true)).ShouldBe([Label.WorkerPrivate]);

    [Fact]
    public void The_systems_own_record_has_no_label() => Labelling.LabelsOf(null, new Filing(WorkerPrivate: true)).ShouldBeEmpty();

    [Fact]
    public void A_filing_that_cannot_be_is_refused()
    {
        var closed = Provider with { Programs = Provider.Programs.Add("groups", new AgencyUnit("Groups", IsOpen: false)) };

        Labelling.Check(new Filing("groups"), closed, Role.Coach).ShouldBe(LabelRejections.ProgramNotOpen("groups"));
        Labelling.Check(new Filing("nothing"), Provider, Role.Coach).ShouldBe(LabelRejections.ProgramNotOpen("nothing"));
        Labelling.Check(new Filing(File: CourtFile.Open), Provider, Role.Coach).ShouldBe(LabelRejections.NoCourtFile());
        Labelling.Check(new Filing(WorkerPrivate: true), Provider, Role.Agent).ShouldBe(LabelRejections.NotAPeerNote());
        Labelling.Check(new Filing(WorkerPrivate: true), Provider, Role.PeerSpecialist).ShouldBeNull();
        Labelling.Check(Filing.Usual, null, Role.Service).ShouldBeNull();
    }

    [Fact]
    public void Codes_read_back_as_their_labels()
    {
        var all = Enum.GetValues<Label>();

        Labels.Of(all.ToCodes()).ShouldBe(all);
        new[] { Label.Cji, Label.Part2, Label.Cji }.ToCodes().ShouldBe(["PART2", "CJI"]);
        Labels.Find(Labels.LawEnforcementSensitive).ShouldBeNull("it is never stored");
        Should.Throw<ArgumentException>(() => Labels.Of(["PART3"]));
    }

    [Theory]
    [InlineData(typeof(ReferralFirstContactMade), ConsentInformation.Engagement, Depth.Participation)]
    [InlineData(typeof(RecoveryCoachAccepted), ConsentInformation.Engagement, Depth.Participation)]
    [InlineData(typeof(ContactMade), ConsentInformation.Attendance, Depth.Participation)]
    [InlineData(typeof(ReferralClosed), ConsentInformation.Discharge, Depth.Progress)]
    [InlineData(typeof(AdmittedToPlacement), ConsentInformation.Progress, Depth.Progress)]
    [InlineData(typeof(ReferralDutyTriggered), ConsentInformation.Progress, Depth.Progress)]
    [InlineData(typeof(ContactPointAdded), ConsentInformation.ContactDetails, Depth.Detail)]
    [InlineData(typeof(NeedMet), ConsentInformation.WholeRecord, Depth.Detail)]
    [InlineData(typeof(NaloxoneProvided), ConsentInformation.WholeRecord, Depth.Detail)]
    [InlineData(typeof(OverdoseReported), ConsentInformation.WholeRecord, Depth.Detail)]
    [InlineData(typeof(AgencyRegistered), ConsentInformation.WholeRecord, Depth.Detail)]
    public void What_a_fact_tells_follows_from_its_kind(Type fact, ConsentInformation information, Depth depth)
    {
        Told.By(fact).ShouldBe(information);
        Told.DepthOf(information).ShouldBe(depth);
    }
}
