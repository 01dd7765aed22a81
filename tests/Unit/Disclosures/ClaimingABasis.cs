using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;

namespace CaseFlow.Unit.Disclosures;

/// <summary>Whoever tells something under an audit grant or in an emergency names it, and it must have permitted that.</summary>
public sealed class ClaimingABasis
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 16, 0, 0, TimeSpan.Zero);
    private static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid BasisId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000e");
    private static readonly AuditGrant Grant = new(BasisId, "auditor-1", "Review.", Now.AddDays(-1), Now.AddDays(1));

    private static readonly EmergencyAccessUsed Used = new EmergencyAccessUsed(
        "coach-1", Role.Coach, "coaches", EmergencyReason.Overdose, Sealed<string>.Of("Found unconscious."), Now.AddHours(4), Now.AddDays(7), PolicyVersion: 3)
    { ClientId = ClientId, EmergencyAccessId = BasisId }.At(Now);

    private static readonly RecordDisclosure ToAuditor = new(
        ClientId, Guid.Parse("0195d6c4-0000-7000-8000-00000000000c"), "dcc", new DisclosureRecipient("county", Role.Auditor, StaffId: null),
        DisclosurePurpose.AuditOrEvaluation, ["attendance"], DisclosureBasis.AuditGrant, BasisId, NoticeVersion: null, DisclosureMethod.Phone, Description: null,
        RecipientName: null, When.At(Now));

    private static readonly RecordDisclosure ToOpener = ToAuditor with
    {
        Recipient = new DisclosureRecipient("coaches", Role.Coach, StaffId: null),
        Purpose = DisclosurePurpose.MedicalEmergency,
        Basis = DisclosureBasis.EmergencyAccess,
        When = When.At(Now.AddHours(1)),
    };

    private static readonly RecordDisclosure ToAmbulance = ToOpener with { DisclosingAgency = "coaches", Recipient = new DisclosureRecipient("ems", null, StaffId: null) };

    [Theory]
    [InlineData(DisclosureBasis.AuditGrant)]
    [InlineData(DisclosureBasis.EmergencyAccess)]
    public void It_is_named_and_held(DisclosureBasis basis)
    {
        Decide(ToAuditor with { Basis = basis, BasisId = null }, held: true).Rejection.ShouldBe(DisclosureRejections.BasisMissing());
        Decide(ToAuditor with { Basis = basis }, held: false).Rejection.ShouldBe(DisclosureRejections.BasisNotInForce());
        Decide(ToAuditor with { Basis = basis }, held: true).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_grant_is_for_its_auditor_for_the_audit_while_it_lasts()
    {
        Held(ToAuditor).ShouldBeTrue();
        Held(ToAuditor with { Recipient = new DisclosureRecipient("county", null, StaffId: null) }).ShouldBeTrue();
        foreach (var other in new[]
        {
            ToAuditor with { BasisId = ClientId }, ToAuditor with { Purpose = DisclosurePurpose.Supervision }, ToAuditor with { When = When.At(Now.AddDays(1)) },
            ToAuditor with { Recipient = new DisclosureRecipient("sheriff", Role.Auditor, StaffId: null) },
            ToAuditor with { Recipient = new DisclosureRecipient("county", Role.Agent, StaffId: null) },
            ToAuditor with { Recipient = new DisclosureRecipient(null, null, StaffId: null) },
        })
        {
            Held(other).ShouldBeFalse($"{other}");
        }

        new DisclosureGrounds(Grounds(), [], []).Held(ToAuditor).ShouldBeFalse();
        Held(ToAuditor, Grant with { EndedAt = Now.AddHours(-1) }).ShouldBeFalse();
    }

    [Fact]
    public void An_opening_is_for_whoever_opened_and_for_those_who_treat_whom_they_tell()
    {
        foreach (var permitted in new[]
        {
            ToOpener, ToAmbulance, ToAmbulance with { Recipient = new DisclosureRecipient(null, null, StaffId: null) },
            ToOpener with { When = new When(Now.AddHours(-10), TimePrecision.Day, Now.AddHours(1), Now.AddHours(14)) },
        })
        {
            Opened(permitted).ShouldBeTrue($"{permitted}");
        }

        foreach (var other in new[]
        {
            ToOpener with { BasisId = ClientId }, ToOpener with { Purpose = DisclosurePurpose.Supervision }, ToOpener with { When = When.At(Now.AddHours(4)) },
            ToOpener with { When = When.At(Now.AddMinutes(-1)) }, ToOpener with { Recipient = new DisclosureRecipient("coaches", Role.CoachSupervisor, StaffId: null) },
            ToOpener with { Recipient = new DisclosureRecipient("sheriff", null, StaffId: null) }, ToAmbulance with { DisclosingAgency = "dcc" },
            ToAmbulance with { Recipient = new DisclosureRecipient("sheriff", null, StaffId: null) },
        })
        {
            Opened(other).ShouldBeFalse($"{other}");
        }

        new DisclosureGrounds(Grounds(), [], []).Held(ToOpener).ShouldBeFalse();
    }

    [Fact]
    public void One_that_was_not_justified_permits_nothing()
    {
        Opened(ToOpener, Reviewed(EmergencyVerdict.Justified)).ShouldBeTrue();
        Opened(ToOpener, Reviewed(EmergencyVerdict.NotJustified)).ShouldBeFalse();
        new EmergencyAccess(Used, Reviewed(EmergencyVerdict.Justified)).OpenUntil.ShouldBe(Now.AddHours(4));
        new EmergencyAccess(Used, Reviewed(EmergencyVerdict.NotJustified)).OpenUntil.ShouldBe(Now.AddHours(2), "closed by the verdict");
    }

    private static EmergencyAccessReviewed Reviewed(EmergencyVerdict verdict) =>
        new EmergencyAccessReviewed("privacy-1", verdict, null) { ClientId = ClientId, EmergencyAccessId = BasisId }.At(Now.AddHours(2));

    private static bool Held(RecordDisclosure command, AuditGrant? grant = null) =>
        new DisclosureGrounds(Grounds(), [], []) { Granted = (grant ?? Grant, "county") }.Held(command);

    private static bool Opened(RecordDisclosure command, EmergencyAccessReviewed? reviewed = null) =>
        new DisclosureGrounds(Grounds(), [], []) { Opening = new EmergencyAccess(Used, reviewed) }.Held(command);

    private static ConsentGrounds Grounds() => new(ConsentState.Initial, Now, agency => agency == "ems" ? AgencyKind.FireAndEms : AgencyKind.Other);

    private static Decision<DisclosureEvent> Decide(RecordDisclosure command, bool held) => RecordDisclosure.Decide(command, DisclosureState.Initial, [], held, Now.AddDays(2));
}
