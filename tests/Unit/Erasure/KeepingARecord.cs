using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Domain.Consents;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Overdoses;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Touchpoints;

namespace CaseFlow.Unit.Erasure;

/// <summary>How long a record is kept, and who gives it up.</summary>
public sealed class KeepingARecord() : Spec<ErasureState, ErasureEvent>(ErasureState.Initial, ErasureState.Evolve)
{
    private static readonly Guid Client = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid Overdose = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    private static readonly RetentionPolicy Policy = RetentionPolicy.Default;
    private static readonly DateOnly Today = DateOnly.FromDateTime(Now.UtcDateTime);
    private static readonly RecordAge Old = new(Now.AddYears(-8), Now.AddYears(-8), IsJuvenile: false, IsErased: false);
    private static readonly RetentionStanding Over = Standing(Old);
    private static readonly ApproveRetention Approval = new(Client, Over.EndsOn, 3, [Overdose]);

    [Fact]
    public void What_happened_begins_the_period_anew_and_what_was_only_written_does_not()
    {
        var age = After(RecordAge.None, new ClientRegistered("C-7KQ2-9M", RegistrationSource.Supervision, "dcc", Anonymous: false) { ClientId = Client }.At(Now.AddYears(-9)), Now.AddYears(-9));

        age = After(age, new ContactMade(ContactMode.InPerson, 5) { ClientId = Client }.At(Now.AddYears(-8)), Now.AddYears(-7));
        (age.LastActivityAt, age.LastRecordedAt).ShouldBe((Now.AddYears(-8), Now.AddYears(-7)));

        age = After(age, new ConsentRevoked(Overdose, "coach-1", Now, null) { ClientId = Client }.At(Now.AddYears(-1)), Now.AddYears(-1));
        (age.LastActivityAt, age.LastRecordedAt).ShouldBe((Now.AddYears(-8), Now.AddYears(-1)));
    }

    [Fact]
    public void What_happened_earlier_than_what_is_known_does_not_make_a_record_older() =>
        After(Old, new ContactMade(ContactMode.InPerson, 5) { ClientId = Client }.At(Now.AddYears(-20)), Now).ShouldBe(Old with { LastRecordedAt = Now });

    [Fact]
    public void What_the_system_tells_and_what_is_ordered_of_keeping_prolong_nothing()
    {
        After(Old, new ReferralDutyReminderSent("agent-1", Now) { ClientId = Client }.At(Now), Now).ShouldBe(Old);
        After(Old, new RetentionPostponed(Today, "research", 3) { ClientId = Client }.At(Now), Now).ShouldBe(Old);
        After(Old, new LegalHoldReleased(Overdose, ErasureAuthority.Court) { ClientId = Client }.At(Now), Now).ShouldBe(Old);
        After(Old, Erased(ErasureScope.Juvenile), Now).ShouldBe(Old);
        After(Old, Erased(ErasureScope.WholeRecord), Now).ShouldBe(Old with { IsErased = true });
    }

    [Fact]
    public void A_record_that_was_ever_a_juveniles_stays_one()
    {
        var age = RecordAge.After(Old, new ContactMade(ContactMode.InPerson, 5) { ClientId = Client }.At(Now), Now, ["JUVENILE"]);
        age.IsJuvenile.ShouldBeTrue();
        After(age, new ContactMade(ContactMode.InPerson, 5) { ClientId = Client }.At(Now), Now).IsJuvenile.ShouldBeTrue();
        After(Old, new EventLabelsCorrected(Overdose, "contact_made", null, [], ["JUVENILE"], Sealed<string>.Of("A minor.")) { ClientId = Client }.At(Now), Now).IsJuvenile.ShouldBeTrue();
    }

    [Fact]
    public void Records_of_one_person_are_as_young_as_the_youngest_and_gone_when_all_are() =>
        (Old with { IsErased = true }).With(Old with { LastActivityAt = Now, IsJuvenile = true }).ShouldBe(new RecordAge(Now, Old.LastRecordedAt, IsJuvenile: true, IsErased: false));

    [Fact]
    public void Years_are_whole_and_the_anniversary_is_still_kept()
    {
        var last = new DateTimeOffset(2019, 3, 2, 12, 0, 0, TimeSpan.Zero);
        Standing(Old with { LastActivityAt = last, LastRecordedAt = last }).ShouldBe(new RetentionStanding(new DateOnly(2026, 3, 3), RetentionRule.LastActivity, []));
        var leap = new DateTimeOffset(2020, 2, 29, 12, 0, 0, TimeSpan.Zero);
        Standing(Old with { LastActivityAt = leap, LastRecordedAt = leap }).EndsOn.ShouldBe(new DateOnly(2027, 3, 1));
    }

    [Fact]
    public void The_rule_that_ends_last_counts()
    {
        Standing(Old with { LastRecordedAt = Now.AddYears(-2) }).ShouldBe(new RetentionStanding(Today.AddYears(4).AddDays(1), RetentionRule.Documentation, []));
        Standing(Old, consentAt: Now.AddYears(-1)).Rule.ShouldBe(RetentionRule.Documentation);
        Standing(Old, consentAt: Now.AddYears(-1)).EndsOn.ShouldBe(Today.AddYears(5).AddDays(1));
        Standing(Old, bornOn: Today.AddYears(-18)).ShouldBe(new RetentionStanding(Today.AddYears(1).AddDays(1), RetentionRule.Minor, []));
        Standing(Old, bornOn: Today.AddYears(-40)).Rule.ShouldBe(RetentionRule.LastActivity);
        Standing(Old, keptUntil: Today.AddDays(1)).ShouldBe(new RetentionStanding(Today.AddDays(1), RetentionRule.Postponed, []));
    }

    [Fact]
    public void A_juvenile_without_a_birth_date_is_taken_to_be_as_young_as_possible() =>
        Standing(Old with { IsJuvenile = true }).ShouldBe(new RetentionStanding(Today.AddYears(11).AddDays(1), RetentionRule.Minor, []));

    [Fact]
    public void What_is_recorded_of_somebody_whom_nobody_knows_has_years_of_its_own_and_the_other_rules_of_a_record()
    {
        var own = new RetentionPolicy(RecordYears: 7, UnidentifiedYears: 9).OfUnidentified();

        Of(Old).ShouldBe((Today.AddYears(1).AddDays(1), RetentionRule.LastActivity));
        Of(Old with { LastRecordedAt = Now.AddYears(-2) }).ShouldBe((Today.AddYears(4).AddDays(1), RetentionRule.Documentation));
        Of(Old with { IsJuvenile = true }).ShouldBe((Today.AddYears(11).AddDays(1), RetentionRule.Minor));

        (DateOnly, RetentionRule) Of(RecordAge age)
        {
            var standing = RetentionStanding.Of(new RetentionFacts(age, null, null, null, []), own, at => DateOnly.FromDateTime(at.UtcDateTime));
            return (standing.EndsOn, standing.Rule);
        }
    }

    [Fact]
    public void A_record_of_which_nothing_happened_counts_from_when_it_was_written() =>
        Standing(Old with { LastActivityAt = null }).ShouldBe(Over);

    [Fact]
    public void What_is_open_stands_in_the_way_whatever_the_day()
    {
        var blocked = Standing(Old, blocks: [RetentionBlock.Supervision, RetentionBlock.LegalHold, RetentionBlock.Supervision]);

        blocked.Blocks.ShouldBe([RetentionBlock.LegalHold, RetentionBlock.Supervision]);
        blocked.IsProposedOn(Today).ShouldBeFalse();
        Over.IsProposedOn(Today).ShouldBeTrue();
        Over.IsProposedOn(Over.EndsOn.AddDays(-1)).ShouldBeFalse();
        Approve(standing: blocked).ShouldBeRefused(ErasureRejections.RetentionBlocked("legal hold, supervision"));
    }

    [Fact]
    public void What_is_approved_goes_once_with_everything_sealed_and_says_by_which_rule_of_which_policy()
    {
        var facts = Approve().Events;

        facts.Count.ShouldBe(2);
        facts[0].ShouldBe(new RetentionReached(ApproveRetention.OrderOf(Client), Over.EndsOn, RetentionRule.LastActivity, Old.LastActivityAt, Old.LastRecordedAt, 3) { ClientId = Client }.At(Now));
        var applied = facts[1].ShouldBeOfType<ExpunctionApplied>();
        (applied.OrderId, applied.Scope, applied.Authority, applied.ReasonCode).ShouldBe((ApproveRetention.OrderOf(Client), ErasureScope.WholeRecord, ErasureAuthority.Agency, "retention-reached"));
        applied.Subjects.ShouldBe([Client, SealedClasses.SubjectOf(Client, ["JUVENILE"]), Overdose]);
        State.IsErased.ShouldBeTrue();
        Approve().ShouldBeAlreadyDone();
        Approve(standing: Standing(Old, blocks: [RetentionBlock.Breach])).ShouldBeAlreadyDone();
    }

    [Fact]
    public void What_is_not_over_or_not_as_it_was_shown_does_not_go()
    {
        var young = Standing(Old with { LastActivityAt = Now });
        Approve(Approval with { EndsOn = young.EndsOn }, young).ShouldBeRefused(ErasureRejections.RetentionNotReached(young.EndsOn));
        Approve(Approval with { EndsOn = Over.EndsOn.AddDays(-1) }).ShouldBeRefused(ErasureRejections.RetentionChanged(Over.EndsOn));
        Approve(Approval with { PolicyVersion = 2 }).ShouldBeRefused(ErasureRejections.RetentionChanged(Over.EndsOn));
        Approve(Approval with { PolicyVersion = null }).ShouldBeRefused(ErasureRejections.RetentionChanged(Over.EndsOn));
        State.IsErased.ShouldBeFalse();
    }

    [Fact]
    public void A_record_that_an_order_erased_has_nothing_left_to_give_up()
    {
        Given(Erased(ErasureScope.WholeRecord));
        Approve().ShouldBeRefused(ErasureRejections.AlreadyErased());
        Postpone(Today.AddDays(1)).ShouldBeRefused(ErasureRejections.AlreadyErased());
    }

    [Fact]
    public void A_record_is_kept_longer_until_a_later_day_for_a_reason_of_the_policy()
    {
        Postpone(Today.AddYears(2)).ShouldRecord(new RetentionPostponed(Today.AddYears(2), "research", 3) { ClientId = Client }.At(Now));
        State.KeptUntil.ShouldBe(Today.AddYears(2));
        Postpone(Today.AddYears(2)).ShouldBeAlreadyDone();
        Postpone(Today.AddYears(1)).ShouldBeAlreadyDone();
        Postpone(Today.AddYears(3)).Events.Count.ShouldBe(1);
        Postpone(Today).ShouldBeAlreadyDone();
    }

    [Fact]
    public void A_day_that_is_not_to_come_or_too_far_ahead_and_a_reason_that_the_policy_does_not_have_are_refused()
    {
        Postpone(Today).ShouldBeRefused(ErasureRejections.PostponementOutOfRange(10));
        Postpone(Today.AddYears(10).AddDays(1)).ShouldBeRefused(ErasureRejections.PostponementOutOfRange(10));
        Postpone(DateOnly.MaxValue).ShouldBeRefused(ErasureRejections.PostponementOutOfRange(10));
        WhenAsked(state => PostponeRetention.Decide(new(Client, Today.AddDays(1), "because"), state, Policy, 3, Today, Now)).ShouldBeRefused(ErasureRejections.ReasonUnknown("because"));
    }

    [Fact]
    public void That_a_period_is_over_is_no_reason_of_an_order()
    {
        var order = new OrderSealing(Client, ErasureScope.WholeRecord, ErasureAuthority.Agency, "retention-reached", Sealed<string>.Of("7"), "mark", When.At(Now));
        WhenAsked(state => OrderSealing.Decide(order, state, ErasurePolicy.Default, _ => true, Now)).ShouldBeRefused(ErasureRejections.RetentionNotByOrder());
    }

    private Decision<ErasureEvent> Approve(ApproveRetention? command = null, RetentionStanding? standing = null) =>
        WhenAsked(state => ApproveRetention.Decide(command ?? Approval, state, Old, standing ?? Over, 3, Today, Now));

    private Decision<ErasureEvent> Postpone(DateOnly until) =>
        WhenAsked(state => PostponeRetention.Decide(new(Client, until, "research"), state, Policy, 3, Today, Now));

    private static RecordAge After(RecordAge age, DomainEvent fact, DateTimeOffset recordedAt) => RecordAge.After(age, fact, recordedAt, []);

    private static RetentionStanding Standing(
        RecordAge age, DateTimeOffset? consentAt = null, DateOnly? bornOn = null, DateOnly? keptUntil = null, params IReadOnlyList<RetentionBlock> blocks) =>
        RetentionStanding.Of(new RetentionFacts(age, consentAt, bornOn, keptUntil, blocks), Policy, at => DateOnly.FromDateTime(at.UtcDateTime));

    private static ExpunctionApplied Erased(ErasureScope scope) =>
        new ExpunctionApplied(Overdose, scope, ErasureAuthority.Court, "adult-expunction", []) { ClientId = Client }.At(Now);
}
