using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Unit.Identities;

public sealed class DeclaringIdentityMistakes : IdentitySpec
{
    private static readonly Guid MistakeId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1");
    private static readonly MistakenEntry Contact = new(Guid.Parse("0195d6c4-0000-7000-8000-0000000000b1"), "contact_made", null);
    private static readonly MistakenEntry Report = new(Guid.Parse("0195d6c4-0000-7000-8000-0000000000b2"), "overdose_reported", Four);

    private static Type? TypeOf(string name) => name switch
    {
        "contact_made" => typeof(ContactMade),
        "overdose_reported" => typeof(OverdoseReported),
        "consent_granted" => typeof(ConsentGranted),
        "referral_duty_triggered" => typeof(ReferralDutyTriggered),
        _ => null,
    };

    [Fact]
    public void Moves_the_entries_to_the_right_person_once()
    {
        Declaring(Two, Contact, Report)
            .ShouldRecord(new IdentityMistakeDeclared(MistakeId, Two, [Contact, Report], IdentityEvidence.Biometrics, Words) { ClientId = One }.At(Now));
        Declaring(Two, Report, Contact).ShouldBeAlreadyDone();

        State.MistakenOn(One).ShouldBe([Contact, Report]);
        State.MistakenOn(Two).ShouldBeEmpty();
        State.PersonOf(Four, One).ShouldBe(Two);
        State.PersonOf(Three, One).ShouldBe(One);
        State.SubjectsOf(Two).ShouldBe([MistakeId]);
    }

    [Fact]
    public void They_may_be_nobodys_that_is_known()
    {
        Declaring(null, Report).Events.ShouldHaveSingleItem();

        State.PersonOf(Four, One).ShouldBeNull();
    }

    [Fact]
    public void Names_entries_of_two_people()
    {
        Declaring(Two).ShouldBeRefused(IdentityRejections.MistakeWithoutEntries());
        Declaring(One, Contact).ShouldBeRefused(IdentityRejections.MistakeOfOnePerson());

        Merging(Two, One);
        Declaring(Two, Contact).ShouldBeRefused(IdentityRejections.MistakeOfOnePerson());
    }

    [Theory]
    [InlineData("consent_granted")]
    [InlineData("referral_duty_triggered")]
    [InlineData("nothing_known")]
    public void What_decides_something_is_not_moved(string kind) =>
        Declaring(Two, Contact, Report with { Kind = kind }).ShouldBeRefused(IdentityRejections.EntryNotMovable(kind));

    [Fact]
    public void An_entry_is_in_one_mistake_at_a_time()
    {
        Declaring(Two, Contact);

        Declaring(Three, Contact).ShouldBeRefused(IdentityRejections.MistakeDeclaredDifferently(MistakeId));
        Declaring(Four, Three, Contact).ShouldBeRefused(IdentityRejections.EntryMoved(Contact.EventId));
    }

    [Fact]
    public void Is_refused_where_a_record_is_erased_or_the_time_lies_ahead()
    {
        DeclareIdentityMistake Command(DateTimeOffset at) => new(One, MistakeId, Two, [Contact], IdentityEvidence.Biometrics, Words, When.At(at));

        WhenAsked(state => DeclareIdentityMistake.Decide(Command(Now), state, [RecordContent.Whole, RecordContent.Erased], TypeOf, Now)).ShouldBeRefused(IdentityRejections.RecordErased());
        WhenAsked(state => DeclareIdentityMistake.Decide(Command(Now.AddHours(1)), state, [], TypeOf, Now))
            .ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddHours(1), Now));
    }

    [Fact]
    public void Is_undone_once_and_the_entries_are_where_they_were()
    {
        Declaring(Two, Contact, Report);

        Undoing(One, MistakeId).ShouldRecord(new IdentityMistakeUndone(MistakeId, Two, [Contact, Report], Words) { ClientId = One }.At(Now));
        Undoing(One, MistakeId).ShouldBeAlreadyDone();
        Declaring(Two, Contact, Report).ShouldBeRefused(IdentityRejections.MistakeUndone(MistakeId));
        Declaring(Two, Contact).ShouldBeRefused(IdentityRejections.MistakeDeclaredDifferently(MistakeId));

        State.MistakenOn(One).ShouldBeEmpty();
        State.PersonOf(Four, One).ShouldBe(One);
        State.SubjectsOf(One).ShouldBe([MistakeId, IdentitySubjects.OfUndoing(MistakeId)]);
        Declaring(Four, Three, Contact).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Undoing_is_refused_for_what_is_not_this_clients_or_lies_ahead()
    {
        Declaring(Two, Contact);

        Undoing(Two, MistakeId).ShouldBeRefused(IdentityRejections.MistakeNotFound(MistakeId));
        Undoing(One, Three).ShouldBeRefused(IdentityRejections.MistakeNotFound(Three));
        WhenAsked(state => UndoIdentityMistake.Decide(new(One, MistakeId, Words, When.At(Now.AddHours(1))), state, Now))
            .ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddHours(1), Now));
    }

    private Decision<IdentityEvent> Declaring(Guid? right, params MistakenEntry[] entries) => Declaring(MistakeId, right, entries);

    private Decision<IdentityEvent> Declaring(Guid mistakeId, Guid? right, params MistakenEntry[] entries) => WhenAsked(state => DeclareIdentityMistake.Decide(
        new(One, mistakeId, right, entries, IdentityEvidence.Biometrics, Words, When.At(Now)), state, [], TypeOf, Now));

    private Decision<IdentityEvent> Undoing(Guid clientId, Guid mistakeId) =>
        WhenAsked(state => UndoIdentityMistake.Decide(new(clientId, mistakeId, Words, When.At(Now)), state, Now));
}
