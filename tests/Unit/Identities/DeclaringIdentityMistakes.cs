using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Identities;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Unit.Identities;

public sealed class DeclaringIdentityMistakes : IdentitySpec
{
    private static readonly Guid MistakeId = Guid.Parse("0195d6c4-0000-7000-8000-0000000000a1");
    private static readonly MistakenEntry Contact = new(Guid.Parse("0195d6c4-0000-7000-8000-0000000000b1"), "contact_made", null);
    private static readonly MistakenEntry Report = new(Guid.Parse("0195d6c4-0000-7000-8000-0000000000b2"), "overdose_reported", Four);

    private static readonly MistakenEntry Consent = new(Guid.Parse("0195d6c4-0000-7000-8000-0000000000b3"), "consent_granted", null);

    public static TheoryData<string> Kinds => [.. EventCatalogue.All.Where(type => type.IsAssignableTo(typeof(IClientEvent))).Select(type => type.Name)];

    private static Type? TypeOf(string name) => name switch
    {
        "overdose_confirmed" => typeof(OverdoseConfirmed),
        "overdose_known_to_agent" => typeof(OverdoseKnownToAgent),
        "event_labels_corrected" => typeof(EventLabelsCorrected),
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
        State.SharingEntriesWith(One).ShouldBe([Two]);
        State.SharingEntriesWith(Two).ShouldBe([One]);
        State.SharingEntriesWith(Three).ShouldBeEmpty();
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

    [Fact]
    public void What_is_no_entry_of_a_clients_record_is_on_nobodys_by_mistake() =>
        Declaring(Two, Contact, Report with { Kind = "nothing_known" }).ShouldBeRefused(IdentityRejections.EntryNotMovable("nothing_known"));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_moved_or_stays_and_is_marked(string name)
    {
        var type = EventCatalogue.All.Single(one => one.Name == name);
        var entry = Contact with { Kind = name };

        var declared = WhenAsked(state => DeclareIdentityMistake.Decide(
            new(One, MistakeId, Two, [entry], IdentityEvidence.Biometrics, Words, When.At(Now)) { Sources = Source(entry, "dcc", "HIPAA") },
            state, [], _ => type, Now)).Events.ShouldHaveSingleItem().ShouldBeOfType<IdentityMistakeDeclared>();

        var moves = type.IsSubclassOf(typeof(TouchpointEvent)) || type == typeof(OverdoseReported);
        declared.Entries.ShouldHaveSingleItem().Stays.ShouldBe(!moves);
        declared.Mark.ShouldBe(moves ? null : new MistakeMark("dcc", ["HIPAA"]));
        State.MistakenOn(One).Count().ShouldBe(moves ? 1 : 0);
        State.OfOthersOn(One).ShouldHaveSingleItem("it is somebody else's, whether it moves or stays");
    }

    [Fact]
    public void What_tells_of_a_moved_entry_goes_along_and_is_told_by_nobody()
    {
        var confirmed = new MistakenEntry(Three, "overdose_confirmed", null) { With = Report.EventId };
        var relabelled = new MistakenEntry(Four, "event_labels_corrected", null) { With = confirmed.EventId };
        var ofConsent = new MistakenEntry(Two, "event_labels_corrected", null) { With = Consent.EventId };

        Declaring(Two, relabelled, Consent, ofConsent, confirmed, Report).Events.ShouldHaveSingleItem().ShouldBeOfType<IdentityMistakeDeclared>()
            .Entries.ShouldBe([relabelled, Consent with { Stays = true }, ofConsent with { Stays = true }, confirmed, Report]);
        Declaring(Two, Consent, Report).ShouldBeAlreadyDone();

        State.MistakenOn(One).ShouldBe([relabelled, confirmed, Report]);
        State.PersonOf(Four, One).ShouldBe(Two);
        Undoing(One, MistakeId).Events.ShouldHaveSingleItem();
        State.MistakenOn(One).ShouldBeEmpty();
    }

    [Fact]
    public void A_knowing_that_stays_does_not_take_the_overdose_to_somebody_else()
    {
        Declaring(Two, new MistakenEntry(Contact.EventId, "overdose_known_to_agent", Four));

        State.PersonOf(Four, One).ShouldBe(One);
    }

    [Fact]
    public void What_stays_is_marked_as_one_agencys_under_all_labels_of_it()
    {
        var duty = new MistakenEntry(Three, "referral_duty_triggered", null);
        DeclareIdentityMistake Command(string agency, Guid? right) => new(One, MistakeId, right, [Consent, duty], IdentityEvidence.Biometrics, Words, When.At(Now))
        {
            Sources = Source(Consent, "dcc", "COURT_OPEN", "HIPAA").Concat(Source(duty, agency, "COURT_CONFIDENTIAL")).ToDictionary(),
        };

        WhenAsked(state => DeclareIdentityMistake.Decide(Command("sheriff", Two), state, [], TypeOf, Now)).ShouldBeRefused(IdentityRejections.MistakeOfSeveralAgencies());
        WhenAsked(state => DeclareIdentityMistake.Decide(Command("dcc", Two), state, [], TypeOf, Now)).Events.ShouldHaveSingleItem()
            .ShouldBeOfType<IdentityMistakeDeclared>().Mark.ShouldBe(new MistakeMark("dcc", ["HIPAA", "COURT_CONFIDENTIAL"]));
        Undoing(One, MistakeId);
        WhenAsked(state => DeclareIdentityMistake.Decide(Command("dcc", null) with { MistakeId = Four }, state, [], TypeOf, Now)).Events.ShouldHaveSingleItem()
            .ShouldBeOfType<IdentityMistakeDeclared>().Mark.ShouldBeNull("there is no other record to say so");
    }

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

    [Theory]
    [InlineData(RecordContent.ErasureOrdered)]
    [InlineData(RecordContent.Erased)]
    public void Nothing_is_moved_there_or_back_while_an_order_about_either_record_stands_or_was_carried_out(RecordContent content)
    {
        var refused = content == RecordContent.Erased ? IdentityRejections.RecordErased() : IdentityRejections.MistakeUnderOrder();
        Declaring(Four, Two, Report);
        WhenAsked(state => DeclareIdentityMistake.Decide(
            new(One, MistakeId, Two, [Contact], IdentityEvidence.Biometrics, Words, When.At(Now)), state, [RecordContent.Whole, content], TypeOf, Now))
            .ShouldBeRefused(refused);
        WhenAsked(state => UndoIdentityMistake.Decide(new(One, Four, Words, When.At(Now)), state, [content, RecordContent.Whole], Now)).ShouldBeRefused(refused);
        State.MistakenOn(One).ShouldBe([Report]);
        State.RecordsOfMoved(Report.EventId).ShouldBe([One, Two]);
        State.RecordsOfMoved(Contact.EventId).ShouldBeEmpty();
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
        WhenAsked(state => UndoIdentityMistake.Decide(new(One, MistakeId, Words, When.At(Now.AddHours(1))), state, [], Now))
            .ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddHours(1), Now));
    }

    private Decision<IdentityEvent> Declaring(Guid? right, params MistakenEntry[] entries) => Declaring(MistakeId, right, entries);

    private Decision<IdentityEvent> Declaring(Guid mistakeId, Guid? right, params MistakenEntry[] entries) => WhenAsked(state => DeclareIdentityMistake.Decide(
        new(One, mistakeId, right, entries, IdentityEvidence.Biometrics, Words, When.At(Now)), state, [], TypeOf, Now));

    private static Dictionary<Guid, MistakeMark> Source(MistakenEntry entry, string agency, params string[] labels) =>
        new() { [entry.EventId] = new MistakeMark(agency, labels) };

    private Decision<IdentityEvent> Undoing(Guid clientId, Guid mistakeId) =>
        WhenAsked(state => UndoIdentityMistake.Decide(new(clientId, mistakeId, Words, When.At(Now)), state, [], Now));
}
