using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Privacy;
using CaseFlow.Unit.Consents;

namespace CaseFlow.Unit.Disclosures;

/// <summary>What was told is stated by the day: its ground held whenever in it that can have been.</summary>
public sealed class TellingByTheDay
{
    private static readonly DateTimeOffset Morning = ConsentFacts.Now.AddDays(3);
    private static readonly DateTimeOffset Told = Morning.AddHours(12);
    private static readonly DateTimeOffset Midnight = Morning.AddHours(24);

    private static readonly RecordDisclosure Today = new(
        ConsentFacts.ClientId, Guid.Parse("0195d6c4-0000-7000-8000-00000000000c"), ConsentFacts.Coaches, new DisclosureRecipient(ConsentFacts.Corrections, null, null),
        DisclosurePurpose.Supervision, ["engagement"], DisclosureBasis.Consent, ConsentFacts.First, "42-cfr-2-32-short", DisclosureMethod.Phone, Description: null,
        RecipientName: null, new When(Morning, TimePrecision.Day, Told, Midnight));

    [Fact]
    public void A_consent_holds_until_it_is_told_or_it_does_not_hold()
    {
        HeldFrom(Today, ConsentFacts.Granted()).ShouldBe(Morning);
        HeldFrom(Today, ConsentFacts.Granted(), ConsentFacts.RevokedAt(Told.AddHours(-1))).ShouldBeNull();
        HeldFrom(Today, ConsentFacts.Granted(), ConsentFacts.HeldAt(Told)).ShouldBeNull("the clock says no more");
        HeldFrom(Today, ConsentFacts.Granted(), ConsentFacts.RevokedAt(Told.AddTicks(1))).ShouldBe(Morning, "it was told before that");
        HeldFrom(Today, ConsentFacts.Granted(), ConsentFacts.HeldAt(Morning.AddHours(1)), ConsentFacts.LiftedAt(Morning.AddHours(2))).ShouldBeNull("in between it was held");
        HeldFrom(Today, ConsentFacts.Granted(), ConsentFacts.RestrictionAsked(), ConsentFacts.RestrictionAgreedAt(Told.AddHours(-1))).ShouldBeNull();
        HeldFrom(Today, [ConsentFacts.Granted()], [ConsentFacts.Granted(ConsentFacts.Second), ConsentFacts.RevokedAt(Told.AddHours(-1), ConsentFacts.Second)]).ShouldBeNull();
    }

    [Fact]
    public void What_begins_in_the_day_permits_from_then_and_what_ends_with_it_to_its_end()
    {
        var noon = Morning.AddHours(6);

        HeldFrom(Today, ConsentFacts.Granted(term: new ConsentTerm(noon, noon.AddYears(1), null, null))).ShouldBe(noon);
        HeldFrom(Today, ConsentFacts.Granted(), ConsentFacts.HeldAt(Morning.AddDays(-1)), ConsentFacts.LiftedAt(noon)).ShouldBe(noon);
        HeldFrom(Today, Until(noon)).ShouldBeNull();
        HeldFrom(Today with { When = Today.When with { KnownAt = Midnight.AddHours(9) } }, Until(Midnight)).ShouldBe(Morning, "told the day after");
        HeldFrom(Today with { When = Today.When with { KnownAt = Midnight.AddHours(9) } }, Until(Midnight.AddTicks(-1))).ShouldBeNull();

        static ConsentGranted Until(DateTimeOffset end) => ConsentFacts.Granted(term: new ConsentTerm(ConsentFacts.Now, end, null, null));
    }

    [Fact]
    public void An_order_an_audit_grant_and_an_opening_are_judged_alike()
    {
        var ordered = Today with
        {
            Basis = DisclosureBasis.CourtOrder,
            BasisId = ConsentFacts.OrderId,
            Content = ["attendance"],
            Recipient = new DisclosureRecipient(ConsentFacts.Court, Role.Judge, null),
        };
        HeldFrom(ordered, ConsentFacts.Ordered(Midnight)).ShouldBe(Morning);
        HeldFrom(ordered, ConsentFacts.Ordered(Told)).ShouldBeNull();
        HeldFrom(ordered, ConsentFacts.Ordered() with { OccurredAt = Morning.AddHours(1) }).ShouldBe(Morning.AddHours(1));

        var grant = new AuditGrant(ConsentFacts.OrderId, "auditor-1", "Review.", Morning.AddDays(-1), Midnight);
        var audited = ordered with { Basis = DisclosureBasis.AuditGrant, Recipient = new DisclosureRecipient("county", null, null), Purpose = DisclosurePurpose.AuditOrEvaluation };
        (Grounds() with { Granted = (grant, "county") }).HeldFrom(audited).ShouldBe(Morning);
        (Grounds() with { Granted = (grant with { EndedAt = Told.AddHours(-1) }, "county") }).HeldFrom(audited).ShouldBeNull();

        var opened = new EmergencyAccessUsed(
            "coach-1", Role.Coach, "coaches", EmergencyReason.Overdose, Sealed<string>.Of("Found unconscious."), Morning.AddHours(14), Morning.AddDays(7), PolicyVersion: 3)
        { ClientId = ConsentFacts.ClientId, EmergencyAccessId = ConsentFacts.OrderId }.At(Morning.AddHours(10));
        var helped = audited with { Basis = DisclosureBasis.EmergencyAccess, Recipient = new DisclosureRecipient("coaches", null, null), Purpose = DisclosurePurpose.MedicalEmergency };
        (Grounds() with { Opening = new EmergencyAccess(opened, null) }).HeldFrom(helped).ShouldBe(Morning.AddHours(10));
        (Grounds() with { Opening = new EmergencyAccess(opened, null) }).HeldFrom(helped with { When = helped.When with { KnownAt = Midnight } }).ShouldBeNull("it was over by then: at what time?");
    }

    [Fact]
    public void Who_told_and_who_was_told_are_agencies_that_there_are()
    {
        Ask(_ => true).Events.ShouldHaveSingleItem();
        Ask(agency => agency != ConsentFacts.Corrections).ShouldBeRefused(DisclosureRejections.AgencyUnknown());
        Ask(agency => agency != ConsentFacts.Coaches).ShouldBeRefused(DisclosureRejections.AgencyUnknown());

        static Decision<DisclosureEvent> Ask(Func<string, bool> isKnown) => RecordDisclosure.Decide(Today, DisclosureState.Initial, [], basisHeld: true, Told, isKnown);
    }

    private static DateTimeOffset? HeldFrom(RecordDisclosure command, params ConsentEvent[] facts) => HeldFrom(command, facts, beside: []);

    private static DateTimeOffset? HeldFrom(RecordDisclosure command, ConsentEvent[] facts, ConsentEvent[] beside) => Grounds(facts, beside).HeldFrom(command);

    private static DisclosureGrounds Grounds(ConsentEvent[]? facts = null, ConsentEvent[]? beside = null) => new(Fold(facts ?? []), [Fold(beside ?? [])], [Label.Part2]);

    private static ConsentGrounds Fold(ConsentEvent[] facts) =>
        new(facts.Aggregate(ConsentState.Initial, ConsentState.Evolve), ConsentFacts.Now, _ => AgencyKind.Other);
}
