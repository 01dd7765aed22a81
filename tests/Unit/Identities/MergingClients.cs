using CaseFlow.Domain;
using CaseFlow.Domain.Identities;

namespace CaseFlow.Unit.Identities;

public abstract class IdentitySpec() : Spec<IdentityState, IdentityEvent>(IdentityState.Initial, IdentityState.Evolve)
{
    protected static readonly Guid One = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    protected static readonly Guid Two = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    protected static readonly Guid Three = Guid.Parse("0195d6c4-0000-7000-8000-000000000003");
    protected static readonly Guid Four = Guid.Parse("0195d6c4-0000-7000-8000-000000000004");
    protected static readonly Sealed<string> Words = Sealed<string>.Of("Both cards are of one licence.");

    protected Decision<IdentityEvent> Merging(Guid survivor, Guid merged, params RecordContent[] contents) =>
        Merging(survivor, merged, _ => true, [.. ((Guid[])[survivor, merged]).Zip(contents)]);

    protected Decision<IdentityEvent> Merging(Guid survivor, Guid merged, Func<Guid, bool> reaches, params (Guid Record, RecordContent Content)[] contents) =>
        WhenAsked(state => MergeClients.Decide(
            new(survivor, merged, IdentityEvidence.DocumentSeen, Words, When.At(Now)), state, contents.ToDictionary(one => one.Record, one => one.Content), reaches, Now));

    protected Decision<IdentityEvent> Reversing(Guid clientId, Guid mergeId, bool isBound = false) =>
        WhenAsked(state => ReverseMerge.Decide(new(clientId, mergeId, MergeReversalReason.DifferentPeople, Words, When.At(Now)), state, isBound, Now));

    protected Guid MergeOf(Guid merged) => State.Into[merged];
}

public sealed class MergingClients : IdentitySpec
{
    [Fact]
    public void Says_which_record_stands_for_the_person_once()
    {
        var mergeId = MergeClients.MergeIdOf(One, Two, IdentityState.Initial);

        Merging(One, Two).ShouldRecord(new ClientsMerged(mergeId, Two, IdentityEvidence.DocumentSeen, Words) { ClientId = One }.At(Now));
        Merging(One, Two).ShouldBeAlreadyDone();

        State.RecordsOf(One).ShouldBe([One, Two]);
        State.RecordsOf(Two).ShouldBe([One, Two]);
        State.SurvivorOf(Two).ShouldBe(One);
        State.RecordsOf(Three).ShouldBe([Three]);
    }

    [Fact]
    public void A_person_of_several_records_is_one_whichever_is_named()
    {
        Merging(Two, Three);
        Merging(One, Two);
        Merging(One, Four);

        foreach (var record in new[] { One, Two, Three, Four })
            State.RecordsOf(record).ShouldBe([One, Two, Four, Three]);
        State.Merged().ShouldBe([(One, One), (Two, One), (Three, One), (Four, One)], ignoreOrder: true);
    }

    [Fact]
    public void Is_refused_for_a_record_and_itself() => Merging(One, One).ShouldBeRefused(IdentityRejections.MergeWithItself());

    [Fact]
    public void Is_refused_the_other_way_round_so_that_nobody_is_their_own_survivor()
    {
        Merging(One, Two);
        Merging(Two, One).ShouldBeRefused(IdentityRejections.AlreadyOnePerson());

        Merging(Three, One);
        Merging(Two, Three).ShouldBeRefused(IdentityRejections.AlreadyOnePerson());
        Merging(Three, Two).ShouldBeRefused(IdentityRejections.AlreadyOnePerson());
    }

    [Fact]
    public void Is_refused_for_a_record_that_is_another_ones_already()
    {
        Merging(One, Two);

        Merging(Three, Two).ShouldBeRefused(IdentityRejections.MergedElsewhere());
        Merging(Two, Three).ShouldBeRefused(IdentityRejections.SurvivorMergedAway());
    }

    [Fact]
    public void Is_refused_where_a_record_is_erased_or_is_to_be()
    {
        Merging(One, Two, RecordContent.Whole, RecordContent.ErasureOrdered).ShouldBeRefused(IdentityRejections.CannotMergeHere());
        Merging(One, Two, RecordContent.Erased, RecordContent.ErasureOrdered).ShouldBeRefused(IdentityRejections.RecordErased());
        Merging(One, Two, RecordContent.Whole, RecordContent.Whole).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Of_a_record_that_is_out_of_reach_no_refusal_tells()
    {
        Merging(One, Two);
        bool Reaches(Guid record) => record != One;

        Merging(Three, Two, Reaches).ShouldBeRefused(IdentityRejections.CannotMergeHere());
        Merging(Two, Three, Reaches).ShouldBeRefused(IdentityRejections.CannotMergeHere());
        Merging(Three, Four, Reaches, (One, RecordContent.Erased)).ShouldBeRefused(IdentityRejections.CannotMergeHere());
        Merging(Three, Four, Reaches, (One, RecordContent.ErasureOrdered)).ShouldBeRefused(IdentityRejections.CannotMergeHere());
        Merging(Three, Four, Reaches, (Four, RecordContent.ErasureOrdered)).ShouldBeRefused(IdentityRejections.CannotMergeHere());
        Merging(Three, Four, Reaches, (Four, RecordContent.Erased)).ShouldBeRefused(IdentityRejections.RecordErased());
        Merging(Three, Four, Reaches).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Is_refused_for_a_time_that_lies_ahead() =>
        WhenAsked(state => MergeClients.Decide(
            new(One, Two, IdentityEvidence.DocumentSeen, Words, When.At(Now.AddHours(1))), state, new Dictionary<Guid, RecordContent>(), _ => true, Now))
            .ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddHours(1), Now));

    [Fact]
    public void Is_taken_back_once_and_can_be_done_again_as_another_merge()
    {
        Merging(One, Two);
        var first = MergeOf(Two);

        Reversing(Two, first).ShouldRecord(new MergeReversed(first, Two, MergeReversalReason.DifferentPeople, Words) { ClientId = One }.At(Now));
        Reversing(One, first).ShouldBeAlreadyDone();
        State.RecordsOf(One).ShouldBe([One]);
        State.RecordsOf(Two).ShouldBe([Two]);

        Merging(One, Two).Events.ShouldHaveSingleItem();
        MergeOf(Two).ShouldNotBe(first);
        Reversing(One, first).ShouldBeAlreadyDone();
        State.RecordsOf(One).ShouldBe([One, Two]);
    }

    [Fact]
    public void Taken_back_in_the_middle_leaves_each_side_together()
    {
        Merging(Two, Three);
        Merging(One, Two);

        Reversing(One, MergeOf(Two));

        State.RecordsOf(One).ShouldBe([One]);
        State.RecordsOf(Three).ShouldBe([Two, Three]);
    }

    [Fact]
    public void Taking_back_is_refused_for_what_is_not_this_clients_or_lies_ahead()
    {
        Merging(One, Two);
        var mergeId = MergeOf(Two);

        Reversing(Three, mergeId).ShouldBeRefused(IdentityRejections.MergeNotFound(mergeId));
        Reversing(One, Three).ShouldBeRefused(IdentityRejections.MergeNotFound(Three));
        WhenAsked(state => ReverseMerge.Decide(
            new(One, mergeId, MergeReversalReason.WrongRecord, Words, When.At(Now.AddHours(1))), state, isBound: false, Now))
            .ShouldBeRefused(TimeRejections.KnownInFuture(Now.AddHours(1), Now));
    }

    [Fact]
    public void Is_not_taken_back_while_an_order_or_a_hold_reaches_through_it()
    {
        Merging(One, Two);
        var mergeId = MergeOf(Two);

        Reversing(One, mergeId, isBound: true).ShouldBeRefused(IdentityRejections.CannotReverseHere());
        Reversing(One, mergeId).Events.ShouldHaveSingleItem();
        Reversing(One, mergeId, isBound: true).ShouldBeAlreadyDone();
    }

    [Fact]
    public void The_words_go_with_the_content_of_either_record()
    {
        Merging(One, Two);
        var mergeId = MergeOf(Two);
        State.SubjectsOf(One).ShouldBe([mergeId]);
        State.SubjectsOf(Two).ShouldBe([mergeId]);

        Reversing(One, mergeId);
        State.SubjectsOf(Two).ShouldBe([mergeId, IdentitySubjects.OfReversal(mergeId)]);
        State.SubjectsOf(Three).ShouldBeEmpty();
    }
}
