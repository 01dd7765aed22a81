using CaseFlow.Domain;
using CaseFlow.Domain.Courts;

namespace CaseFlow.Unit.Courts;

/// <summary>A court's capacity is held against an admission; whoever is admitted and not ended holds a place.</summary>
public sealed class KeepingPlaces() : Spec<PlaceState, CourtPlaceEvent>(PlaceState.Initial, PlaceState.Evolve)
{
    private const string Court = "drug-court";

    private static readonly Guid[] People = [.. Enumerable.Range(1, 5).Select(n => new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0))];
    private static readonly ParticipantAdmitted Admission = Entry(new ParticipantAdmitted(
        LegalBasis.Sentence, Sealed<string>.Of("Judgment 7"), new DateOnly(2026, 3, 1), null, CompletionEffect.SentenceReduced, [], null));

    private static readonly PhaseAssigned FirstPhase = Entry(new PhaseAssigned("acute-stabilization"));
    private static readonly ParticipantWithdrew Withdrawal = Entry(new ParticipantWithdrew("moved", null));

    private static readonly ParticipationState Referred = After(ParticipationState.Initial, Entry(new TreatmentCourtReferred("court", CourtReferralSource.Defence, null)));
    private static readonly ParticipationState Accepted = After(Referred, Entry(new EligibilityDetermined(true, "eligible")));
    private static readonly ParticipationState Admitted = After(Accepted, Admission, FirstPhase);
    private static readonly ParticipationState Withdrawn = After(Admitted, Withdrawal);

    private int capacity = 2;

    public static TheoryData<ParticipationEvent> Ends =>
    [
        Withdrawal,
        Entry(new ParticipationTerminated(Guid.Empty, "absconded", null)),
        Entry(new ParticipationClosed(ParticipationClosure.CaseDismissed)),
        Entry(new ParticipantGraduated(400, 120, CompletionEffect.SentenceReduced, null)),
        Retraction(Admission),
    ];

    [Fact]
    public void An_admission_takes_a_place_with_the_version_whose_capacity_allowed_it()
    {
        Given(Counted());

        Admit(0).ShouldRecord(Taken(0));
        State.Taken.ShouldBe([People[0]]);
        Admit(0).ShouldBeAlreadyDone();
    }

    [Fact]
    public void When_all_places_are_taken_nobody_is_admitted_and_the_refusal_says_how_many_are()
    {
        Given(Counted(0), Taken(1));

        Admit(2).ShouldBeRefused(ParticipationRejections.CourtFull(2, 2));

        var refusal = ParticipationRejections.CourtFull(2, 2);
        (refusal.Kind, refusal.Code).ShouldBe((RejectionKind.Conflict, "court-full"));
        refusal.Reason.ShouldStartWith("2 of the court's 2 places are taken");
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void Whatever_ends_a_participation_gives_its_place_back(ParticipationEvent end)
    {
        Given(Counted(0, 1));
        Keep(0, Admitted, end).ShouldRecord(new CourtPlaceGivenBack(People[0]) { Court = Court }.At(Now));

        Keep(0, Admitted, end).ShouldBeAlreadyDone();
        Admit(2).ShouldRecord(Taken(2));
        Admit(3).ShouldBeRefused(ParticipationRejections.CourtFull(2, 2));
    }

    [Fact]
    public void An_end_that_is_taken_back_takes_the_place_again()
    {
        Given(Counted(0));
        Keep(0, Admitted, Withdrawal);

        Keep(0, Withdrawn, Retraction(Withdrawal)).ShouldRecord(Taken(0));
    }

    [Fact]
    public void Nobody_stays_out_by_a_mistake_even_when_somebody_else_has_come_and_the_court_admits_nobody_until_there_is_room()
    {
        Given(Counted(0, 1));
        Keep(0, Admitted, Withdrawal);
        Admit(2);

        Keep(0, Withdrawn, Retraction(Withdrawal)).ShouldRecord(new CourtPlaceTaken(People[0], 1, AboveCapacity: true) { Court = Court }.At(Now));

        Admit(3).ShouldBeRefused(ParticipationRejections.CourtFull(3, 2));
        Keep(1, Admitted, Withdrawal);
        Admit(3).ShouldBeRefused(ParticipationRejections.CourtFull(2, 2));
        Keep(2, Admitted, Withdrawal);
        Admit(3).ShouldRecord(Taken(3));
    }

    [Fact]
    public void A_lower_capacity_puts_nobody_out_and_admits_nobody()
    {
        Given(Counted(0, 1));
        capacity = 1;

        Admit(2).ShouldBeRefused(ParticipationRejections.CourtFull(2, 1));
        State.Taken.Count.ShouldBe(2);
        capacity = 3;
        Admit(2).ShouldRecord(Taken(2));
    }

    [Fact]
    public void Entries_that_move_nobody_in_or_out_ask_nothing_of_the_register()
    {
        KeepOf(0, ParticipationState.Initial, Entry(new TreatmentCourtReferred("court", CourtReferralSource.Defence, null))).Moves.ShouldBeFalse();
        KeepOf(0, Referred, Entry(new EligibilityDetermined(false, "no-capacity"))).Moves.ShouldBeFalse();
        KeepOf(0, Accepted, Entry(new ParticipantDeclinedProgram("not-interested"))).Moves.ShouldBeFalse();
        KeepOf(0, Admitted, Entry(new FeeOrdered("program-fee", 4_000, null))).Moves.ShouldBeFalse();
        KeepOf(0, Withdrawn, Entry(new AftercareContactMade(ContactMode.Phone, Reached: true))).Moves.ShouldBeFalse();
        KeepOf(0, Admitted).Moves.ShouldBeFalse("the work was done before");
        Given(Counted());
        Keep(0, Admitted, Entry(new FeeOrdered("program-fee", 4_000, null))).ShouldBeAlreadyDone();
    }

    [Fact]
    public void The_register_begins_once_with_who_holds_a_place_and_nothing_is_decided_before()
    {
        Should.Throw<InvalidOperationException>(() => Admit(0));

        WhenAsked(state => CountPlaces.Decide(new(Court, [People[2], People[0], People[2]]), state, Now))
            .Events.ShouldHaveSingleItem().ShouldBeOfType<CourtPlacesCounted>().Participations.ShouldBe([People[0], People[2]]);
        WhenAsked(state => CountPlaces.Decide(new(Court, []), state, Now)).ShouldBeAlreadyDone();
        State.Taken.ShouldBe([People[0], People[2]], ignoreOrder: true);
        Admit(1).ShouldBeRefused(ParticipationRejections.CourtFull(2, 2));
    }

    private static CourtPlacesCounted Counted(params int[] holders) => new CourtPlacesCounted([.. holders.Select(one => People[one])]) { Court = Court }.At(Now);

    private static CourtPlaceTaken Taken(int person) => new CourtPlaceTaken(People[person], 1, AboveCapacity: false) { Court = Court }.At(Now);

    private static TFact Entry<TFact>(TFact fact)
        where TFact : ParticipationEvent => (TFact)(ParticipationEvent)(fact with { Court = Court, EntryId = NamedId.Of("entry", typeof(TFact).Name) }).At(Now);

    private static CourtEntryRetracted Retraction(ParticipationEvent of) => Entry(new CourtEntryRetracted(of.EntryId, "some-kind", Guid.Empty, null));

    private static ParticipationState After(ParticipationState state, params ParticipationEvent[] facts) => facts.Aggregate(state, ParticipationState.Evolve);

    private KeepPlace KeepOf(int person, ParticipationState before, params ParticipationEvent[] decided) => new(
        Court, People[person], before, decided,
        new CourtInForce(CourtTemplates.Of(CourtType.Drug, "Drug court", "court", []) with { Capacity = capacity }, 1), When.At(Now));

    private Decision<CourtPlaceEvent> Keep(int person, ParticipationState before, params ParticipationEvent[] decided) =>
        WhenAsked(state => KeepPlace.Decide(KeepOf(person, before, decided), state));

    private Decision<CourtPlaceEvent> Admit(int person) => Keep(person, Accepted, Admission, FirstPhase);
}
