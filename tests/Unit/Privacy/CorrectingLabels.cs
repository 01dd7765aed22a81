using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;

namespace CaseFlow.Unit.Privacy;

public sealed class CorrectingLabels() : Spec<LabelsState, LabelEvent>(LabelsState.Initial, LabelsState.Evolve)
{
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid Event = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    private static readonly LabelledEntry Entry = new(Event, "contact_made", null, ["PART2"]);
    private static readonly Sealed<string> Reason = Sealed<string>.Of("Recorded for the drop-in.");

    [Fact]
    public void Records_what_held_before_and_what_holds_now()
    {
        var (before, after) = Was(Ask(["JUVENILE", "HIPAA", "HIPAA"]));

        before.ShouldBe(["PART2"]);
        after.ShouldBe(["HIPAA", "JUVENILE"]);
    }

    [Fact]
    public void Again_goes_on_from_the_last_correction()
    {
        Ask([]);

        var (before, after) = Was(Ask(["HIPAA"]));

        before.ShouldBeEmpty();
        after.ShouldBe(["HIPAA"]);
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Ask(["HIPAA", "JUVENILE"]);

        Ask(["JUVENILE", "HIPAA"]).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Twice_changes_nothing_also_once_another_entry_was_corrected()
    {
        Ask(["HIPAA"]);
        Ask(["WI_51_30"], Entry with { EventId = Client });

        Ask(["HIPAA"]).ShouldBeAlreadyDone();
    }

    [Fact]
    public void To_what_it_is_changes_nothing() => Ask(["PART2"]).ShouldBeAlreadyDone();

    [Fact]
    public void Is_refused_for_a_label_that_is_none_without_saying_again_what_was_sent()
    {
        var refused = Ask(["PART2", "Dana Doe"]);

        refused.ShouldBeRefused(LabelRejections.Unknown());
        refused.Rejection!.Reason.ShouldNotContain("Dana");
    }

    [Fact]
    public void Is_refused_for_what_belongs_to_the_investigator() =>
        Ask(["LE_SENSITIVE"]).ShouldBeRefused(LabelRejections.LawEnforcementSensitive());

    [Fact]
    public void Is_refused_for_both_files_of_a_court() =>
        Ask(["COURT_OPEN", "COURT_CONFIDENTIAL"]).ShouldBeRefused(LabelRejections.CourtFilesBoth());

    [Fact]
    public void Twice_for_another_reason_is_refused_because_that_would_be_lost()
    {
        Ask(["HIPAA"]);

        WhenAsked(state => CorrectLabels.Decide(new(Client, Entry, ["HIPAA"], Sealed<string>.Of("Another.")), state, Now)).ShouldBeRefused(RepeatRejections.RecordedDifferently());
    }

    [Fact]
    public void Makes_a_private_note_of_nothing_that_could_not_be_one_and_lets_one_from_before_be_corrected()
    {
        Ask(["PART2", "WORKER_PRIVATE"]).ShouldBeRefused(LabelRejections.CannotBePrivate());

        Was(Ask(["PART2", "WORKER_PRIVATE"], Entry with { CanBePrivate = true })).After.ShouldBe(["PART2", "WORKER_PRIVATE"]);
        Was(Ask(["PART2", "JUVENILE", "WORKER_PRIVATE"])).After.ShouldBe(["PART2", "JUVENILE", "WORKER_PRIVATE"]);
    }

    [Fact]
    public void Takes_nothing_out_of_a_class_that_an_order_stands_about()
    {
        var bound = Entry with { Labels = ["PART2", "JUVENILE"], Bound = ["JUVENILE"] };

        Ask(["PART2"], bound).ShouldBeRefused(LabelRejections.BoundByOrder());
        Was(Ask(["HIPAA", "JUVENILE"], bound)).After.ShouldBe(["HIPAA", "JUVENILE"], "it stays of the class");
        Ask([], bound).ShouldBeRefused(LabelRejections.BoundByOrder());
        Was(Ask([], bound with { Bound = [] })).After.ShouldBeEmpty();
        Was(Ask(["JUVENILE"], bound)).After.ShouldBe(["JUVENILE"], "what comes under it is hidden, and stays so");
        Ask([], bound).ShouldBeRefused(LabelRejections.BoundByOrder());
    }

    [Fact]
    public void Puts_into_a_class_that_an_order_stands_about_only_what_its_source_has_there_or_the_privacy_officer_decides()
    {
        var bound = Entry with { Bound = ["JUVENILE"] };

        Ask(["PART2", "JUVENILE"], bound).ShouldBeRefused(LabelRejections.NotOfSource());
        Was(Ask(["HIPAA"], bound)).After.ShouldBe(["HIPAA"], "what is of no class is corrected as ever");
        Was(Ask(["JUVENILE"], bound with { OfSource = ["PART2", "JUVENILE"] })).After.ShouldBe(["JUVENILE"]);
        Was(WhenAsked(state => CorrectLabels.Decide(new(Client, bound with { EventId = Client }, ["JUVENILE"], Reason) { ByPrivacyOfficer = true }, state, Now)), Client).After
            .ShouldBe(["JUVENILE"]);
    }

    [Theory]
    [InlineData("CJI")]
    [InlineData("VICTIM")]
    public void Keeps_from_those_who_watch_only_what_its_source_has_under_that_law_or_the_privacy_officer_decides(string label)
    {
        Ask(["PART2", label]).ShouldBeRefused(LabelRejections.NotOfSource());
        Ask([label], Entry with { OfSource = ["PART2", label == "CJI" ? "VICTIM" : "CJI"] }).ShouldBeRefused(LabelRejections.NotOfSource());
        Was(Ask([label], Entry with { OfSource = [label] })).After.ShouldBe([label]);
        Was(Ask(["HIPAA", label])).After.ShouldBe(Labels.Of(["HIPAA", label]).ToCodes(), "it is under it already");
        Was(Ask([])).After.ShouldBeEmpty();
        Was(Ask([label], Entry with { Labels = [label] })).After.ShouldBe([label], "it was recorded so, and taken off by a mistake");
        Was(Ask([])).After.ShouldBeEmpty();
        Was(WhenAsked(state => CorrectLabels.Decide(new(Client, Entry, [label], Reason) { ByPrivacyOfficer = true }, state, Now))).After.ShouldBe([label]);
    }

    private Decision<LabelEvent> Ask(string[] labels, LabelledEntry? entry = null) =>
        WhenAsked(state => CorrectLabels.Decide(new(Client, entry ?? Entry, labels, Reason), state, Now));

    private static (string[] Before, string[] After) Was(Decision<LabelEvent> decision, Guid? entry = null)
    {
        decision.Rejection.ShouldBeNull();
        var fact = decision.Events.ShouldHaveSingleItem().ShouldBeOfType<EventLabelsCorrected>();
        (fact.ClientId, fact.CorrectedEventId, fact.CorrectedKind, fact.Reason, fact.OccurredAt).ShouldBe((Client, entry ?? Event, "contact_made", Reason, Now));
        return ([.. fact.PreviousLabels], [.. fact.Labels]);
    }
}
