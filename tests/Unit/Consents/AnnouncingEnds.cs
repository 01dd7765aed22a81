using System.Runtime.CompilerServices;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Policies;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>Ends of consents are announced in time and once; no notice decides anything (R60).</summary>
public sealed class AnnouncingEnds : ConsentSpec
{
    private static readonly DateTimeOffset End = AYear.ExpiresAt!.Value;
    private static readonly EndAnnouncements Announced = new([End.AddDays(-30), End.AddDays(-7)]);
    private static readonly ConsentTimer Month = new(ClientId, First, ConsentNoticeKind.Ending, End, End.AddDays(-30));
    private static readonly ConsentTimer Week = new(ClientId, First, ConsentNoticeKind.Ending, End, End.AddDays(-7));
    private static readonly ConsentTimer Over = new(ClientId, First, ConsentNoticeKind.Expired, End, End);
    private static readonly NoticedAgencies Noticed = new([Coaches, Corrections]);

    [Fact]
    public void Policy_says_when_and_what_is_past_already_is_not_announced()
    {
        EndAnnouncements.Of(AYear, ConsentPolicy.Default, Now).ShouldBe(Announced);
        EndAnnouncements.Of(AYear, ConsentPolicy.Default, End.AddDays(-30)).ShouldBe(new EndAnnouncements([End.AddDays(-7)]));
        EndAnnouncements.Of(AYear, ConsentPolicy.Default with { ExpiryNoticeDays = [] }, Now).ShouldBe(new EndAnnouncements([]));
        EndAnnouncements.Of(UntilDisposition, ConsentPolicy.Default, Now).ShouldBeNull();
    }

    [Fact]
    public void A_consent_that_is_given_or_renewed_keeps_when_it_is_announced()
    {
        WhenAsked(state => GrantConsent.Decide(new(ClientId, First, Draft), state, _ => true, Policy, Now))
            .Events.Single().ShouldBeOfType<ConsentGranted>().Announced.ShouldBe(Announced);

        var term = new TermDraft(null, Now.AddDays(40), null, null);
        WhenAsked(state => RenewConsent.Decide(new(ClientId, First, term, Draft.Form with { SignedAt = Now.AddMinutes(1) }), state, Policy, Now.AddMinutes(1)))
            .Events.Single().ShouldBeOfType<ConsentRenewed>().Announced.ShouldBe(new EndAnnouncements([Now.AddDays(10), Now.AddDays(33)]));
    }

    [Fact]
    public void It_sets_a_timer_for_each_and_one_for_the_end() =>
        ConsentNotices.On(Granted() with { Announced = Announced }).ShouldBe([Month, Week, Over]);

    [Fact]
    public void One_from_before_ends_were_announced_is_told_at_its_end() => ConsentNotices.On(Granted()).ShouldBe([Over]);

    [Fact]
    public void One_that_an_event_ends_is_told_when_the_event_happened()
    {
        ConsentNotices.On(GrantedToCourt()).ShouldBeEmpty();
        ConsentNotices.On(MetAt(Now.AddDays(3), ConsentCondition.EndOfProgram))
            .ShouldBe([new(ClientId, First, ConsentNoticeKind.Expired, Now.AddDays(3), Now.AddDays(3))]);
    }

    [Fact]
    public void No_other_fact_sets_one()
    {
        foreach (var type in EventCatalogue.All.Except([typeof(ConsentGranted), typeof(ConsentRenewed), typeof(ConsentConditionMet)]))
            ConsentNotices.On((DomainEvent)RuntimeHelpers.GetUninitializedObject(type)).ShouldBeEmpty(type.Name);
    }

    [Fact]
    public void The_agencies_that_it_names_are_told_before_and_at_its_end()
    {
        Given(Granted());

        ConsentNotices.Fire(Month, State, Month.FireAt).ShouldBe(new ConsentEnding(End) { ClientId = ClientId, ConsentId = First, Noticed = Noticed }.At(Month.FireAt));
        ConsentNotices.Fire(Over, State, End).ShouldBe(new ConsentExpired(End, EndedBy: null) { ClientId = ClientId, ConsentId = First, Noticed = Noticed }.At(End));
        ConsentNotices.StreamOf(Month).ShouldNotBe(ConsentNotices.StreamOf(Week), "each is a notice of its own");
        ConsentNotices.StreamOf(Over).ShouldBe(ConsentNotices.StreamOf(Over));
    }

    [Fact]
    public void After_an_outage_nobody_is_told_that_what_is_over_ends_soon()
    {
        Given(Granted());

        ConsentNotices.Fire(Week, State, End).ShouldBeNull();
        ConsentNotices.Fire(Over, State, End.AddDays(2)).ShouldBeOfType<ConsentExpired>().EndedAt.ShouldBe(End);
    }

    [Fact]
    public void Nobody_is_asked_to_renew_the_consent_of_somebody_who_died()
    {
        ConsentNotices.GoesOut(ConsentNoticeKind.Ending, clientLives: true).ShouldBeTrue();
        ConsentNotices.GoesOut(ConsentNoticeKind.Ending, clientLives: false).ShouldBeFalse();
        ConsentNotices.GoesOut(ConsentNoticeKind.Expired, clientLives: false).ShouldBeTrue();
    }

    [Fact]
    public void What_was_renewed_ends_otherwise()
    {
        Given(Granted(), Renewed(Now.AddMonths(11), Now.AddMonths(20)));

        ConsentNotices.Fire(Week, State, Week.FireAt).ShouldBeNull();
        ConsentNotices.Fire(Over, State, End).ShouldBeNull();
        ConsentNotices.Fire(Over with { EndsAt = Now.AddMonths(20), FireAt = Now.AddMonths(20) }, State, Now.AddMonths(20)).ShouldNotBeNull();
    }

    [Fact]
    public void A_gap_before_the_renewal_begins_is_told()
    {
        Given(Granted(), Renewed(End.AddDays(10), End.AddYears(1)));

        ConsentNotices.Fire(Over, State, End).ShouldNotBeNull();
        ConsentNotices.Fire(Over, State, End.AddDays(11)).ShouldBeNull("by then it is in force again");
    }

    [Fact]
    public void What_was_taken_back_does_not_end()
    {
        Given(Granted(), RevokedAt(Now.AddDays(1)));

        ConsentNotices.Fire(Week, State, Week.FireAt).ShouldBeNull();
        ConsentNotices.Fire(Over, State, End).ShouldBeNull();
    }

    [Fact]
    public void What_is_only_held_ends_and_is_told()
    {
        Given(Granted(), HeldAt(Now.AddDays(1)));

        ConsentNotices.Fire(Over, State, End).ShouldNotBeNull();
    }

    [Fact]
    public void An_event_ends_it_once_however_it_would_have_ended_otherwise()
    {
        Given(Granted(term: AYear with { ExpiresOn = ConsentCondition.EndOfTreatment }), MetAt(Now.AddDays(5), ConsentCondition.EndOfTreatment));
        var ended = Over with { EndsAt = Now.AddDays(5), FireAt = Now.AddDays(5) };

        ConsentNotices.Fire(ended, State, Now.AddDays(6)).ShouldBeOfType<ConsentExpired>().EndedBy.ShouldBe(ConsentCondition.EndOfTreatment);
        ConsentNotices.Fire(Week, State, Week.FireAt).ShouldBeNull();
        ConsentNotices.Fire(Over, State, End).ShouldBeNull();
    }

    [Fact]
    public void An_event_that_only_makes_it_revocable_ends_nothing()
    {
        Given(GrantedToCourt(), MetAt(Now.AddDays(5), ConsentCondition.FinalDisposition));

        ConsentNotices.Fire(Over with { EndsAt = Now.AddDays(5), FireAt = Now.AddDays(5) }, State, Now.AddDays(5)).ShouldBeNull();
    }

    [Fact]
    public void Nobodys_consent_is_not_told_of() => ConsentNotices.Fire(Over, State, End).ShouldBeNull();
}
