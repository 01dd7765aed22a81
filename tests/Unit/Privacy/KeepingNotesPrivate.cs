using CaseFlow.Domain;
using CaseFlow.Domain.Coaching;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Touchpoints;
using CaseFlow.Projections;
using CaseFlow.Unit.Storage;

namespace CaseFlow.Unit.Privacy;

/// <summary>A private note has an author, whoever kept it private; what others add to it, and what is kept private no more, has none.</summary>
public sealed class KeepingNotesPrivate
{
    private static readonly Circumstances Kept = new() { Actor = "peer-1", Role = Role.PeerSpecialist, Agency = "coaches", Labels = ["PART2", "WORKER_PRIVATE"] };

    [Fact]
    public void Whoever_wrote_it_is_its_author_once_it_is_kept_private()
    {
        foreach (var fact in Notes())
        {
            PrivateNotes.AuthorOf(fact, Kept, Kept.Labels).ShouldBe("peer-1", fact.GetType().Name);
            PrivateNotes.AuthorOf(fact, Kept with { Labels = ["PART2"] }, Kept.Labels).ShouldBe("peer-1", "a correction leaves it to them");
            PrivateNotes.AuthorOf(fact, Kept, ["PART2"]).ShouldBe(fact is CoachNoteKept ? "peer-1" : null, fact.GetType().Name);
            PrivateNotes.AuthorOf(fact, null, Kept.Labels).ShouldBeNull();
        }
    }

    [Fact]
    public void What_takes_the_label_of_a_note_that_it_completes_is_nobodys_note()
    {
        foreach (var fact in Samples.Where(fact => fact is not (CoachNoteKept or CoachingSessionHeld or OverdoseReported or TouchpointEvent)))
            PrivateNotes.AuthorOf(fact, Kept, Kept.Labels).ShouldBeNull(fact.GetType().Name);
    }

    [Fact]
    public void What_its_author_adds_to_a_note_is_a_part_of_it()
    {
        foreach (var fact in Samples.Where(fact => fact is not (CoachNoteKept or OverdoseReported or TouchpointEvent)))
            PrivateNotes.AuthorOf(fact, Kept with { OfOwnNote = true }, Kept.Labels).ShouldBe("peer-1", fact.GetType().Name);
        var open = Kept with { Labels = ["PART2"] };
        PrivateNotes.AuthorOf(Samples.First(fact => fact is OverdoseRuledOut), open with { OfOwnNote = true }, open.Labels).ShouldBeNull("the label is what makes it one");
    }

    [Fact]
    public void It_is_its_authors_own_as_far_as_they_wrote_all_of_it_that_anybody_did()
    {
        DomainEvent report = Samples.First(fact => fact is OverdoseReported), confirmed = Samples.First(fact => fact is OverdoseConfirmed);
        var lead = Kept with { Actor = "lead-1" };

        Own((report, Kept)).ShouldBe((true, false));
        Own((report, Kept), (confirmed, Kept with { OfOwnNote = true })).ShouldBe((true, false));
        Own((report, Kept), (confirmed, lead)).ShouldBe((true, false), "the lead's confirmation is nobody's note");
        Own((report, Kept with { Labels = ["PART2"] })).ShouldBe((false, false), "and never kept private");
        Own((report, lead)).ShouldBe((false, true));
        Own((confirmed, Kept)).ShouldBe((false, false), "of what it completes nobody is the author");
        PrivateNotes.IsOfOwnNote("peer-1", [(report, Kept with { Labels = ["PART2"] }, Kept.Labels)]).ShouldBeTrue("a correction left it to them");
        PrivateNotes.IsOfOwnNote("peer-1", [(report, Kept, Kept.Labels), (confirmed, Kept with { Labels = ["PART2"] }, Kept.Labels)]).ShouldBeFalse("of that a correction made nobody's note");
        PrivateNotes.IsOfOwnNote("peer-1", []).ShouldBeFalse();

        static (bool Peers, bool Leads) Own(params (DomainEvent Fact, Circumstances By)[] completed) => (
            PrivateNotes.IsOfOwnNote("peer-1", completed.Select(one => (one.Fact, (Circumstances?)one.By, one.By.Labels))),
            PrivateNotes.IsOfOwnNote("lead-1", completed.Select(one => (one.Fact, (Circumstances?)one.By, one.By.Labels))));
    }

    [Fact]
    public void A_correction_keeps_private_what_a_peer_worker_noted_or_said_of_a_session_and_nothing_else()
    {
        foreach (var fact in Samples)
        {
            foreach (var role in new[] { Role.PeerSpecialist, Role.Coach, Role.CoachSupervisor })
                PrivateNotes.CanBe(fact.GetType(), role).ShouldBe(fact is CoachNoteKept or CoachingSessionHeld or OverdoseReported or TouchpointEvent, fact.GetType().Name);
            foreach (var other in new Role?[] { Role.Agent, Role.Coordinator, Role.PrivacyOfficer, null })
                PrivateNotes.CanBe(fact.GetType(), other).ShouldBeFalse(fact.GetType().Name);
        }

        PrivateNotes.CanBe(null, Role.Coach).ShouldBeFalse();
    }

    private static IEnumerable<DomainEvent> Samples => ProjectionCatalogue.EventTypes.All.Values.Select(SampleEvents.Of);

    private static IEnumerable<DomainEvent> Notes() => Samples.Where(fact => fact is CoachNoteKept or CoachingSessionHeld or OverdoseReported or TouchpointEvent);
}
