using System.Reflection;
using CaseFlow.Api.Commands;
using CaseFlow.Api.Retention;
using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.DrugTests;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Referrals;
using CaseFlow.Domain.Supervision;
using CaseFlow.Unit.Storage;
using static CaseFlow.Unit.Consents.ConsentFacts;
using TestResult = CaseFlow.Domain.DrugTests.TestResult;

namespace CaseFlow.Unit.Erasure;

/// <summary>Every kind of work that keeps a record: while it is open, whatever else there is, and no longer.</summary>
public sealed class KnowingEveryOpenWork
{
    private static readonly Guid Other = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    private static readonly DateOnly Today = new(2026, 3, 3);

    /// <summary>Kinds of streams in which nobody waits for anything, whatever they hold.</summary>
    private static readonly string[] WithoutWork = ["client", "profile", "disclosures", "overdose", "labels", "treatment_attendance", "touchpoints"];

    private static readonly ReferralDutyTriggered Owed = (ReferralDutyTriggered)SampleEvents.Of(typeof(ReferralDutyTriggered));
    private static readonly OverdoseKnownToAgent Known = (OverdoseKnownToAgent)SampleEvents.Of(typeof(OverdoseKnownToAgent)) with { OverdoseId = Owed.OverdoseId };
    private static readonly ReferralSent Sent = new ReferralSent(ReferralChannel.Inbox, Now, Now, 1) { ClientId = ClientId, ReferralId = Other }.At(Now);
    private static readonly ReferralCreated Created = new ReferralCreated("dcc", "coaches", "agent-1", "recovery-coaching", null) { ClientId = ClientId, ReferralId = Other }.At(Now);
    private static readonly ReferralAcknowledged Acknowledged = new ReferralAcknowledged("coach-1") { ClientId = ClientId, ReferralId = Other, ProviderAgencyId = "coaches" }.At(Now);
    private static readonly TreatmentCourtReferred Referred = In(new TreatmentCourtReferred("court", CourtReferralSource.Defence, null));
    private static readonly WarrantIssued Warrant = In(new WarrantIssued("failure-to-appear"));
    private static readonly ParticipationClosed Closed = In(new ParticipationClosed(ParticipationClosure.CaseDismissed));
    private static readonly DrugTestSelected Selected = Test(new DrugTestSelected(Today, TestSelection.Random, false, 1, null) { ParticipationId = Other, ClientId = ClientId, Court = "court", TestId = Other });
    private static readonly DrugTestCollected Collected = Test(new DrugTestCollected(Specimen.Urine, "staff-1", Sealed<string>.Of("7"), true, null) { ParticipationId = Other, ClientId = ClientId, Court = "court", TestId = Other });
    private static readonly DrugTestResultReported Reported = Test(new DrugTestResultReported(new(TestResult.Positive, ["opiates"]), "lab") { ParticipationId = Other, ClientId = ClientId, Court = "court", TestId = Other });
    private static readonly DrugTestContested Contested = Test(new DrugTestContested(null) { ParticipationId = Other, ClientId = ClientId, Court = "court", TestId = Other });
    private static readonly CoachAssigned Assigned = new CoachAssigned("coach-1", "coaches", null, false, 1) { ParticipationId = Other, ClientId = ClientId }.At(Now);
    private static readonly CoachUnassigned Unassigned = new CoachUnassigned("coach-1", CoachChangeReason.CoachLeft, Sealed<string>.Of("Likes mornings."), Now) { ParticipationId = Other, ClientId = ClientId }.At(Now);
    private static readonly RestrictionRequested Restriction = new RestrictionRequested(RestrictionId, Coaches, null, [], [], null) { ClientId = ClientId }.At(Now);

    private static readonly Dictionary<string, (DomainEvent[] Stream, RetentionBlock? Block)> Table = new()
    {
        ["under supervision"] = ([Supervised()], RetentionBlock.Supervision),
        ["supervision ended"] = ([Supervised(), new SupervisionEnded(SupervisionEndReason.Completed) { ClientId = ClientId }.At(Now)], null),
        ["a duty is owed"] = ([Known, Owed], RetentionBlock.Duty),
        ["the duty closed with the supervision"] = ([Known, Owed, new ReferralDutyClosedUnsupervised(Owed.DutyId, DutyPhase.Open) { ClientId = ClientId }.At(Now)], null),
        ["a referral is not sent"] = ([Created], RetentionBlock.Referral),
        ["a referral is on its way"] = ([Created, Sent], RetentionBlock.Referral),
        ["a delivery failed"] = ([Created, Sent, new ReferralDeliveryFailed(Sealed<string>.Of("No such inbox.")) { ClientId = ClientId, ReferralId = Other }.At(Now)], RetentionBlock.Referral),
        ["a referral was withdrawn"] = ([Created, new ReferralWithdrawn(WithdrawalReason.SentInError) { ClientId = ClientId, ReferralId = Other }.At(Now)], null),
        ["a referral was received"] = ([Acknowledged], RetentionBlock.Referral),
        ["a referral was passed on"] = ([Acknowledged, new ReferralRedirected("others", Sealed<string>.Of("Full.")) { ClientId = ClientId, ReferralId = Other, ProviderAgencyId = "coaches" }.At(Now)], RetentionBlock.Referral),
        ["a referral was closed"] = ([Acknowledged, new ReferralClosed(ReferralOutcome.GotHelp) { ClientId = ClientId, ReferralId = Other, ProviderAgencyId = "coaches" }.At(Now)], null),
        ["referred to a court"] = ([Referred], RetentionBlock.Participation),
        ["over, with a warrant out"] = ([Referred, Warrant, Closed], RetentionBlock.Warrant),
        ["over, the warrant quashed since"] = ([Referred, Warrant, Closed, In(new WarrantQuashed(Warrant.EntryId))], null),
        ["a test is drawn"] = ([Selected], null),
        ["a specimen's result is awaited"] = ([Selected, Collected], RetentionBlock.DrugTest),
        ["the result is there"] = ([Selected, Collected, Reported], null),
        ["the participant says that it is wrong"] = ([Selected, Collected, Reported, Contested], RetentionBlock.DrugTest),
        ["it is confirmed"] =
            ([Selected, Collected, Reported, Contested, Test(new DrugTestConfirmed(new(TestResult.Positive, ["opiates"]), "lab") { ParticipationId = Other, ClientId = ClientId, Court = "court", TestId = Other })], null),
        ["a peer is offered"] = ([new PeerOffered("court", "coaches", null) { ParticipationId = Other, ClientId = ClientId }.At(Now)], null),
        ["somebody coaches"] = ([Assigned], RetentionBlock.Coaching),
        ["the client waits for the next coach"] = ([Assigned, Unassigned], RetentionBlock.Coaching),
        ["coaching ended"] = ([Assigned, Unassigned, new CoachingEnded(CoachingEndReason.Completed) { ParticipationId = Other, ClientId = ClientId }.At(Now)], null),
        ["a consent is in force"] = ([Granted()], RetentionBlock.Consent),
        ["a consent is held"] = ([Granted(), HeldAt(Now)], RetentionBlock.Consent),
        ["a consent was revoked"] = ([Granted(), new ConsentRevoked(First, "coach-1", Now, null) { ClientId = ClientId }.At(Now)], null),
        ["a restriction is asked for"] = ([Restriction], RetentionBlock.RightsRequest),
        ["the restriction was declined"] = ([Restriction, new RestrictionDeclined(RestrictionId, "coach-1", Sealed<string>.Of("Not possible.")) { ClientId = ClientId }.At(Now)], null),
        ["the restriction was agreed to"] = ([Restriction, new RestrictionAgreed(RestrictionId, "coach-1") { ClientId = ClientId }.At(Now)], null),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_keeps_the_record_while_it_is_open(string work) => OpenWork.InStream(Table[work].Stream, Now).ShouldBe(Table[work].Block);

    [Fact]
    public void Every_kind_of_stream_of_a_client_is_in_the_table_or_holds_no_work()
    {
        var inTable = Table.Values.Select(one => AliasOf(one.Stream[0])).ToHashSet();

        inTable.Intersect(WithoutWork).ShouldBeEmpty();
        EventCatalogue.All.Where(type => type.IsAssignableTo(typeof(IClientEvent))).Select(SampleEvents.Of).Where(RecordAge.IsInOwnStream).Select(AliasOf).Distinct()
            .ShouldBe(inTable.Concat(WithoutWork), ignoreOrder: true);
        foreach (var fact in EventCatalogue.All.Select(SampleEvents.Of).Where(fact => fact is IClientEvent && RecordAge.IsInOwnStream(fact) && WithoutWork.Contains(AliasOf(fact))))
            OpenWork.InStream([fact], Now).ShouldBeNull(fact.GetType().Name);
        // Each kind is kept by something, offers of a court aside: they end with the participation.
        foreach (var kind in inTable.Except(["coaching_order"]))
            Table.Values.ShouldContain(one => AliasOf(one.Stream[0]) == kind && one.Block != null, kind);
    }

    [Fact]
    public void What_a_transport_delivered_and_nobody_there_has_taken_is_open_until_somebody_does()
    {
        var byTransport = new ReferralDeliveryConfirmed(DeliveryProof.TransportReceipt, "250") { ClientId = ClientId, ReferralId = Other }.At(Now);
        var byReceiver = byTransport with { Proof = DeliveryProof.ReceiverAcknowledgement };
        var intake = StreamIds.ReferralIntake(Other);

        OpenWork.Across(Streams((Other, [Created, Sent]))).ShouldBeEmpty("its own stream says that");
        OpenWork.Across(Streams((Other, [Created, Sent, byTransport]))).ShouldBe([RetentionBlock.Referral]);
        OpenWork.Across(Streams((Other, [Created, Sent, byTransport]), (intake, [Acknowledged]))).ShouldBeEmpty("the receiver's stream says from here on");
        OpenWork.Across(Streams((Other, [Created, Sent, byReceiver]))).ShouldBeEmpty();
    }

    private static Dictionary<Guid, IReadOnlyList<DomainEvent>> Streams(params (Guid Id, DomainEvent[] Facts)[] streams) =>
        streams.ToDictionary(stream => stream.Id, IReadOnlyList<DomainEvent> (stream) => stream.Facts);

    private static SupervisionStarted Supervised() => new SupervisionStarted(SupervisionStatus.Probation, "dcc", "north", null) { ClientId = ClientId }.At(Now);

    private static T In<T>(T fact)
        where T : ParticipationEvent =>
        (T)(fact with { ClientId = ClientId, ParticipationId = Other, Court = "court", EntryId = NamedId.Of(Other, typeof(T).Name), OccurredOn = Today }).At(Now);

    private static T Test<T>(T fact)
        where T : DrugTestEvent => fact.At(Now);

    /// <summary>The most particular kind: what a court offers is a coaching event in a stream of its own.</summary>
    private static string AliasOf(DomainEvent fact) => typeof(CaseFlow.Api.Composition.Streams).GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Select(property => (property, Fact: property.PropertyType.GetGenericArguments() is [_, var type] ? type : null))
        .Where(one => one.Fact?.IsInstanceOfType(fact) == true)
        .OrderBy(one => one.Fact!.BaseType != typeof(DomainEvent) ? 0 : 1)
        .Select(one => (string)one.property.PropertyType.GetProperty(nameof(StreamOf<int, DomainEvent>.Alias))!.GetValue(one.property.GetValue(null))!)
        .First();
}
