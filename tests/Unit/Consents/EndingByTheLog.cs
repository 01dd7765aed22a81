using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Courts;
using CaseFlow.Domain.Supervision;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>A consent that ends by an event ends when the event is on record where it happened, without anybody recording it with the consent (R60).</summary>
public sealed class EndingByTheLog : ConsentSpec
{
    private static readonly DateTimeOffset Later = Now.AddDays(10);
    private static readonly Actor Cora = new("cora", Role.Coach, "demo", Coaches);

    private static readonly ConsentTerm UntilSupervisionEnds = AYear with { ExpiresOn = ConsentCondition.EndOfSupervision };

    /// <summary>Irrevocable until the programme ends, which ends it by its date alone.</summary>
    private static readonly ConsentTerm Binding = new(Now, Now.AddYears(1), null, ConsentCondition.EndOfProgram);

    public static TheoryData<ParticipationEvent> EndsOfATime =>
    [
        new EligibilityDetermined(Accepted: false, "no-bed"), new ParticipantDeclinedProgram("no-wish"), new ParticipationTerminated(Guid.Empty, "absconded", null),
        new ParticipantWithdrew("moved", null), new ParticipationClosed(ParticipationClosure.Deceased), new ParticipantGraduated(400, null, CompletionEffect.NothingCharged, null),
    ];

    [Fact]
    public void It_ends_with_the_supervision_that_stood_when_it_was_signed_and_does_not_revive()
    {
        Given(Granted(term: UntilSupervisionEnds));

        var ended = State.EndedBy(LoggedEnds.Of([(Ended(Later), 7), (Ended(Later.AddDays(90)), 9)]), KindOf);

        ended.StandingOf(AgentAsksForEngagement, Later.AddTicks(-1)).Standing.ShouldBe(ConsentStanding.InForce);
        ended.StandingOf(AgentAsksForEngagement, Later).Standing.ShouldBe(ConsentStanding.Expired);
        ended.StandingOf(AgentAsksForEngagement, Later.AddDays(30)).Standing.ShouldBe(ConsentStanding.Expired, "the next supervision had begun");
        ended.Find(First)!.EndedBy(Later).ShouldBe(ConsentCondition.EndOfSupervision);
        ended.Instants().ShouldContain(Later);
        State.StandingOf(AgentAsksForEngagement, Later).Standing.ShouldBe(ConsentStanding.InForce, "nothing is kept");
    }

    [Fact]
    public void One_that_was_signed_after_an_end_waits_for_the_next()
    {
        Given(Granted(term: UntilSupervisionEnds));

        Standing([new(ConsentCondition.EndOfSupervision, Now.AddDays(-1), null, 3)], Later).ShouldBe(ConsentStanding.InForce);
        Standing([new(ConsentCondition.EndOfSupervision, Now, null, 3)], Later).ShouldBe(ConsentStanding.InForce, "signed at that very moment");
        Standing([new(ConsentCondition.EndOfSupervision, Now.AddDays(-1), null, 3), new(ConsentCondition.EndOfSupervision, Later, null, 5)], Later)
            .ShouldBe(ConsentStanding.Expired);
    }

    [Fact]
    public void Signed_again_after_the_end_it_counts_again()
    {
        Given(Granted(term: UntilSupervisionEnds), new ConsentRenewed(
            First, UntilSupervisionEnds with { EffectiveFrom = Later.AddDays(5) }, Form(Later.AddDays(5)), Sealed<string>.Of("Dana Doe"), 3)
        { ClientId = ClientId }.At(Later.AddDays(5)));

        Standing([SupervisionOver], Later.AddDays(4)).ShouldBe(ConsentStanding.Expired);
        Standing([SupervisionOver], Later.AddDays(5)).ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void Known_to_the_day_it_counts_from_the_end_of_that_day_also_for_what_was_signed_on_it()
    {
        var (morning, night) = (Now.AddHours(-10), Now.AddHours(14));
        Given(Granted(term: UntilSupervisionEnds));

        var ended = State.EndedBy(LoggedEnds.Of([(new SupervisionEnded(SupervisionEndReason.Completed) { ClientId = ClientId }
            .At(new When(morning, TimePrecision.Day, Later, night)), 7)]), KindOf);

        ended.StandingOf(AgentAsksForEngagement, night.AddTicks(-1)).Standing.ShouldBe(ConsentStanding.InForce);
        ended.StandingOf(AgentAsksForEngagement, night).Standing.ShouldBe(ConsentStanding.Expired);
    }

    [Theory]
    [MemberData(nameof(EndsOfATime))]
    public void It_ends_with_the_time_in_the_court_that_it_names_whatever_came_of_it(ParticipationEvent end)
    {
        Given(GrantedToCourt());

        Standing(Time(Court, end), Later, JudgeAsksForTests).ShouldBe(ConsentStanding.Expired);
        Standing(Time("another-court", end), Later, JudgeAsksForTests).ShouldBe(ConsentStanding.InForce);
        Standing([SupervisionOver], Later, JudgeAsksForTests).ShouldBe(ConsentStanding.InForce);
        Standing(Time(Court, new EligibilityDetermined(Accepted: true, "fits")), Later, JudgeAsksForTests).ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void A_court_may_be_named_by_its_kind_and_may_be_the_one_that_tells()
    {
        var scopes = new[] { ToCourt with { Recipients = [], RecipientClass = AgencyKind.Court }, ToCorrections with { Disclosers = [Court] }, ToCorrections };

        scopes.Select(scope => ConsentState.Evolve(ConsentState.Initial, Granted(scope: scope, term: UntilDisposition)).Find(First)!.IsEndedBy(ProgramOver, KindOf)).ShouldBe([true, true, false]);
    }

    [Fact]
    public void A_retracted_end_ends_nothing_from_where_it_was_retracted()
    {
        Given(GrantedToCourt());
        var end = new ParticipantWithdrew("moved", null) { EntryId = Second };
        var ends = LoggedEnds.Of([.. TimeIn(Court, end), (new CourtEntryRetracted(Second, "participant_withdrew", Guid.Empty, null), 9L)]);

        State.EndedBy(ends, KindOf).StandingOf(JudgeAsksForTests, Later).Standing.ShouldBe(ConsentStanding.InForce);
        foreach (var (position, standing) in new[] { (6L, ConsentStanding.InForce), (7L, ConsentStanding.Expired), (8L, ConsentStanding.Expired), (9L, ConsentStanding.InForce) })
            State.EndedBy(ends, KindOf, position).StandingOf(JudgeAsksForTests, Later).Standing.ShouldBe(standing, $"at {position}");
    }

    [Fact]
    public void What_has_no_place_in_the_log_yet_counts_now_and_not_in_the_past()
    {
        Given(GrantedToCourt());
        LoggedEnd[] ends = [ProgramOver with { Position = null }];

        State.EndedBy(ends, KindOf).StandingOf(JudgeAsksForTests, Later).Standing.ShouldBe(ConsentStanding.Expired);
        State.EndedBy(ends, KindOf, position: 100).StandingOf(JudgeAsksForTests, Later).Standing.ShouldBe(ConsentStanding.InForce);
    }

    [Fact]
    public void Admitted_again_the_court_needs_another_consent()
    {
        Given(GrantedToCourt(), Granted(Second, ConsentKind.CriminalJustice, ToCourt, UntilDisposition with { EffectiveFrom = Later.AddDays(20) }));

        Standing([ProgramOver], Later.AddDays(19), JudgeAsksForTests).ShouldBe(ConsentStanding.Expired);
        State.EndedBy([ProgramOver], KindOf).StandingOf(JudgeAsksForTests, Later.AddDays(20)).ConsentId.ShouldBe(Second);
    }

    [Fact]
    public void An_end_on_another_record_of_the_person_ends_what_is_on_either()
    {
        Given(GrantedToCourt());
        var other = ConsentState.Evolve(ConsentState.Initial, GrantedToCourt(Second));

        var grounds = new ConsentGrounds(State.EndedBy([ProgramOver], KindOf), Later, KindOf).Beside([(OrderId, other.EndedBy([ProgramOver], KindOf))]);

        grounds.Consents.Consents.Select(consent => consent.StandingAt(Later)).ShouldBe([ConsentStanding.Expired, ConsentStanding.Expired]);
        grounds.NamesForMonitoring(Court, Role.Judge).ShouldBeFalse();
    }

    [Fact]
    public void What_was_deferred_until_then_is_taken_back_by_it_as_when_it_is_recorded_with_the_consent()
    {
        Given(Granted(kind: ConsentKind.CriminalJustice, scope: ToCourt, term: Binding));
        Take(State, Now.AddDays(1)).Events[^1].ShouldBeOfType<ConsentRevocationDeferredUntilEvent>();
        Given(Deferred(Now.AddDays(1)));
        var recorded = RecordConsentCondition.Decide(new(ClientId, First, ConsentCondition.EndOfProgram, "cora", When.At(Later)), State, Later).Events
            .Aggregate(State, ConsentState.Evolve);

        foreach (var ended in new[] { recorded, State.EndedBy([ProgramOver], KindOf) })
        {
            ended.StandingOf(JudgeAsksForTests, Later.AddTicks(-1)).Standing.ShouldBe(ConsentStanding.InForce);
            ended.StandingOf(JudgeAsksForTests, Later).Standing.ShouldBe(ConsentStanding.Revoked);
            ended.Find(First)!.IsIrrevocableAt(Later).ShouldBeFalse();
        }
    }

    /// <summary>The end was told late: what the client asked meanwhile counts from when they asked.</summary>
    [Fact]
    public void What_was_deferred_after_an_end_that_nobody_knew_of_is_taken_back_from_when_it_was_asked()
    {
        Given(Granted(kind: ConsentKind.CriminalJustice, scope: ToCourt, term: Binding), Deferred(Later.AddDays(5)));
        var recorded = RecordConsentCondition.Decide(new(ClientId, First, ConsentCondition.EndOfProgram, "cora", When.At(Later)), State, Later.AddDays(6)).Events
            .Aggregate(State, ConsentState.Evolve);

        foreach (var ended in new[] { recorded, State.EndedBy([ProgramOver], KindOf) })
        {
            ended.StandingOf(JudgeAsksForTests, Later.AddDays(4)).Standing.ShouldBe(ConsentStanding.InForce);
            ended.StandingOf(JudgeAsksForTests, Later.AddDays(5)).Standing.ShouldBe(ConsentStanding.Revoked);
        }
    }

    [Fact]
    public void From_the_end_on_it_is_taken_back_at_once()
    {
        Given(Granted(kind: ConsentKind.CriminalJustice, scope: ToCourt, term: Binding));

        Take(State.EndedBy([ProgramOver], KindOf), Later.AddDays(1)).Events[^1].ShouldBeOfType<ConsentRevoked>();
        State.EndedBy([ProgramOver], KindOf).StandingOf(JudgeAsksForTests, Later.AddDays(1)).Standing.ShouldBe(ConsentStanding.InForce, "its date has not come");
    }

    [Fact]
    public void Recorded_with_the_consent_too_the_earlier_time_counts_and_its_retraction_leaves_the_end_in_the_log()
    {
        Given(GrantedToCourt(), MetAt(Later.AddDays(-3), ConsentCondition.EndOfProgram));
        Standing([ProgramOver], Later.AddDays(-3), JudgeAsksForTests).ShouldBe(ConsentStanding.Expired);
        Standing([ProgramOver], Later.AddDays(-3).AddTicks(-1), JudgeAsksForTests).ShouldBe(ConsentStanding.InForce);

        Given(new ConsentConditionRetracted(First, ConsentCondition.EndOfProgram, Second, "cora", Sealed<string>.Of("Wrong.")) { ClientId = ClientId }.At(Later));

        Standing([ProgramOver], Later.AddDays(-3), JudgeAsksForTests).ShouldBe(ConsentStanding.InForce);
        Standing([ProgramOver], Later, JudgeAsksForTests).ShouldBe(ConsentStanding.Expired);
    }

    [Fact]
    public void A_final_disposition_is_nothing_that_the_log_has()
    {
        Given(Granted(term: AYear with { ExpiresOn = ConsentCondition.FinalDisposition }));

        State.Find(First)!.WaitsForAny().ShouldBeFalse();
        State.EndedBy([SupervisionOver, ProgramOver], KindOf).ShouldBeSameAs(State);
    }

    [Fact]
    public void Whatever_tells_of_an_end_is_read()
    {
        LoggedEnds.Facts.ShouldBeSubsetOf(EventCatalogue.All);
        EndsOfATime.Select(row => row.Data.GetType()).ShouldBeSubsetOf(LoggedEnds.Facts);
    }

    private static LoggedEnd SupervisionOver => new(ConsentCondition.EndOfSupervision, Later, Court: null, 7);

    private static LoggedEnd ProgramOver => new(ConsentCondition.EndOfProgram, Later, Court, 7);

    private static AgencyKind? KindOf(string agency) => agency.EndsWith("court", StringComparison.Ordinal) ? AgencyKind.Court : null;

    private static SupervisionEnded Ended(DateTimeOffset at) => new SupervisionEnded(SupervisionEndReason.Completed) { ClientId = ClientId }.At(at);

    private static ConsentRevocationDeferredUntilEvent Deferred(DateTimeOffset at) =>
        new ConsentRevocationDeferredUntilEvent(First, ConsentCondition.EndOfProgram, "cora", RevocationDeferral.IrrevocableUntilEvent) { ClientId = ClientId }.At(at);

    private static Decision<ConsentEvent> Take(ConsentState state, DateTimeOffset at) =>
        TakeConsentBack.Decide(new(ClientId, First, RevocationMode.Written, Cora, null, null, null, When.At(at)), state, Policy, at);

    private static IReadOnlyList<LoggedEnd> Time(string court, ParticipationEvent end) => LoggedEnds.Of([.. TimeIn(court, end)]);

    private static IEnumerable<(DomainEvent Fact, long? Position)> TimeIn(string court, ParticipationEvent end) =>
        [(new TreatmentCourtReferred(court, CourtReferralSource.Judge, null).At(Now.AddDays(-20)), 2), (end.At(Later), 7)];

    private ConsentStanding Standing(IReadOnlyList<LoggedEnd> ends, DateTimeOffset at, ConsentQuestion? question = null) =>
        State.EndedBy(ends, KindOf).StandingOf(question ?? AgentAsksForEngagement, at).Standing;
}
