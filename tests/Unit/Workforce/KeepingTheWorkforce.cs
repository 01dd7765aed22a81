using CaseFlow.Domain;
using CaseFlow.Domain.Workforce;

namespace CaseFlow.Unit.Workforce;

/// <summary>Certifications, capacity and conflicts, and what they mean for taking somebody on (R50, R54, R56, scenario 14).</summary>
public sealed class KeepingTheWorkforce() : Spec<WorkforceState, WorkforceEvent>(WorkforceState.Initial, WorkforceState.Evolve)
{
    private static readonly DateOnly Today = new(2026, 3, 3);
    private static readonly CertifyWorker Certify = new("coach-1", Certification.Cps, Today, Today.AddYears(2), null, WorkforcePolicy.Default, When.At(Now));
    private static readonly TakeOnClient TakeOn = new(
        "coach-1", Guid.Parse("0195d6c4-0000-8000-8000-0000000000d1"), new StaffPost("coach-1", Role.Coach, "recovery-coaches", null), "recovery-coaches", "mark-of-client",
        Today, Limit: 25, LimitIsHard: true);

    private void GivenCertified() => WhenAsked(state => CertifyWorker.Decide(Certify, state, Now)).Rejection.ShouldBeNull();

    private void GivenCaseload(int count)
    {
        for (var n = 1; n <= count; n++)
            Given(new CaseloadEntered(new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), AboveAdvised: false) { StaffId = "coach-1" }.At(Now));
    }

    [Fact]
    public void A_certification_is_valid_for_two_years_at_most_and_renewed_with_twenty_hours()
    {
        WhenAsked(state => CertifyWorker.Decide(Certify with { ValidUntil = Today.AddYears(2).AddDays(1) }, state, Now)).ShouldBeRefused(WorkforceRejections.ValidityUnsound(2));
        WhenAsked(state => CertifyWorker.Decide(Certify with { ValidUntil = Today }, state, Now)).ShouldBeRefused(WorkforceRejections.ValidityUnsound(2));
        var renew = Certify with { On = Today.AddDays(30), ValidUntil = Today.AddDays(30).AddYears(2), ContinuingEducationHours = 20 };
        WhenAsked(state => CertifyWorker.Decide(renew, state, Now)).ShouldBeRefused(WorkforceRejections.NotCertified(Certification.Cps));

        WhenAsked(state => CertifyWorker.Decide(Certify, state, Now)).ShouldRecord(new CertificationGranted(Certification.Cps, Today.AddYears(2)) { StaffId = "coach-1" }.At(Now));
        WhenAsked(state => CertifyWorker.Decide(Certify, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => CertifyWorker.Decide(Certify with { ValidUntil = Today.AddYears(1) }, state, Now)).ShouldBeRefused(WorkforceRejections.RenewalNeeded());
        WhenAsked(state => CertifyWorker.Decide(renew with { ContinuingEducationHours = 19 }, state, Now)).ShouldBeRefused(WorkforceRejections.EducationShort(20));
        WhenAsked(state => CertifyWorker.Decide(renew, state, Now)).Events.Single().ShouldBeOfType<CertificationRenewed>().ContinuingEducationHours.ShouldBe(20);
    }

    [Fact]
    public void Told_again_it_is_done_already_only_if_it_is_the_same()
    {
        ShouldLoseNothing(Certify, CertifyWorker.Decide, "StaffId", "On", "Policy");
        ShouldLoseNothing(new WithdrawCertification("coach-1", Certification.Cps, "investigation", When.At(Now)), WithdrawCertification.Decide, "StaffId");
        ShouldLoseNothing(new RevokeCertification("coach-1", Certification.Cps, "misconduct", When.At(Now)), RevokeCertification.Decide, "StaffId");
    }

    [Fact]
    public void It_counts_to_the_end_of_its_last_day_and_no_longer_without_anybody_saying_so()
    {
        GivenCertified();

        State.IsCertified([Certification.Cps], Today.AddYears(2)).ShouldBeTrue();
        State.IsCertified([Certification.Cps], Today.AddYears(2).AddDays(1)).ShouldBeFalse();
        State.IsCertified([Certification.Cpps, Certification.Prc], Today).ShouldBeFalse();
    }

    /// <summary>Scenario 14: no new client, and none is taken away.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("complaint-under-review")]
    public void Once_it_lapsed_or_was_suspended_nobody_new_is_taken_on_and_nobody_is_lost(string? suspension)
    {
        WhenAsked(state => WithdrawCertification.Decide(new("coach-1", Certification.Cps, suspension, When.At(Now)), state, Now))
            .ShouldBeRefused(WorkforceRejections.NotCertified(Certification.Cps));
        GivenCertified();
        WhenAsked(state => TakeOnClient.Decide(TakeOn, state, Now)).Events.Single().ShouldBeOfType<CaseloadEntered>();
        WhenAsked(state => WithdrawCertification.Decide(new("coach-1", Certification.Cps, suspension, When.At(Now)), state, Now)).Rejection.ShouldBeNull();
        WhenAsked(state => WithdrawCertification.Decide(new("coach-1", Certification.Cps, suspension, When.At(Now)), state, Now)).ShouldBeAlreadyDone();

        WhenAsked(state => TakeOnClient.Decide(TakeOn with { ParticipationId = Guid.CreateVersion7() }, state, Now)).ShouldBeRefused(WorkforceRejections.WithoutCertification());
        State.Caseload.ShouldBe([TakeOn.ParticipationId]);
    }

    /// <summary>So reads a moment between a lapse and the certification that was dated after it.</summary>
    [Fact]
    public void A_lapse_of_what_is_not_there_yet_leaves_nothing_in_force()
    {
        Given(new CertificationLapsed(Certification.Cps) { StaffId = "coach-1" }.At(Now), new CertificationSuspended(Certification.Prc, "complaint-under-review") { StaffId = "coach-1" }.At(Now));

        State.IsCertified(Enum.GetValues<Certification>(), Today).ShouldBeFalse();
    }

    [Fact]
    public void Nobody_without_a_certification_takes_anybody_on() =>
        TakeOnClient.Decide(TakeOn, State, Now).ShouldBeRefused(WorkforceRejections.WithoutCertification());

    [Theory]
    [InlineData(Role.Agent, "recovery-coaches", false)]
    [InlineData(Role.Coach, "peer-house", false)]
    [InlineData(Role.Coach, "recovery-coaches", true)]
    public void Nobody_who_is_no_coach_at_work_there_takes_anybody_on(Role role, string agency, bool departed)
    {
        GivenCertified();
        TakeOnClient.Decide(TakeOn with { Post = new StaffPost("coach-1", role, agency, null, departed) }, State, Now).ShouldBeRefused(WorkforceRejections.NotACoachThere());
        TakeOnClient.Decide(TakeOn with { Post = null }, State, Now).ShouldBeRefused(WorkforceRejections.NotACoachThere());
    }

    [Fact]
    public void A_conflict_blocks_that_client_and_no_other()
    {
        GivenCertified();
        WhenAsked(state => DeclareConflict.Decide(new("coach-1", "mark-of-client"), state, Now)).Events.Single().ShouldBeOfType<ConflictOfInterestDeclared>();
        WhenAsked(state => DeclareConflict.Decide(new("coach-1", "mark-of-client"), state, Now)).Events.Single()
            .ShouldBeOfType<ConflictOfInterestDeclared>("a record that stood still would tell that it was declared before");
        State.Conflicts.ShouldBe(["mark-of-client"]);

        WhenAsked(state => TakeOnClient.Decide(TakeOn, state, Now)).ShouldBeRefused(WorkforceRejections.InConflict());
        WhenAsked(state => TakeOnClient.Decide(TakeOn with { Mark = "mark-of-another" }, state, Now)).Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_full_caseload_is_refused_where_the_limit_is_hard_and_marked_where_it_is_soft()
    {
        GivenCertified();
        GivenCaseload(24);
        TakeOnClient.Decide(TakeOn, State, Now).Events.Single().ShouldBeOfType<CaseloadEntered>().AboveAdvised.ShouldBeFalse();
        GivenCaseload(25);

        TakeOnClient.Decide(TakeOn, State, Now).ShouldBeRefused(WorkforceRejections.CaseloadFull());
        TakeOnClient.Decide(TakeOn with { LimitIsHard = false }, State, Now).Events.Single().ShouldBeOfType<CaseloadEntered>().AboveAdvised.ShouldBeTrue();
    }

    [Fact]
    public void The_workers_own_capacity_counts_before_the_courts()
    {
        GivenCertified();
        WhenAsked(state => SetCaseloadCapacity.Decide(new("coach-1", 3, 2), state, Now)).ShouldBeRefused(WorkforceRejections.CapacityUnsound());
        WhenAsked(state => SetCaseloadCapacity.Decide(new("coach-1", -1, 2), state, Now)).ShouldBeRefused(WorkforceRejections.CapacityUnsound());
        WhenAsked(state => SetCaseloadCapacity.Decide(new("coach-1", 2, 3), state, Now)).Events.Single().ShouldBeOfType<CaseloadCapacitySet>();
        WhenAsked(state => SetCaseloadCapacity.Decide(new("coach-1", 2, 3), state, Now)).ShouldBeAlreadyDone();
        GivenCaseload(2);

        WhenAsked(state => TakeOnClient.Decide(TakeOn with { LimitIsHard = false }, state, Now)).Events.Single().ShouldBeOfType<CaseloadEntered>().AboveAdvised.ShouldBeTrue();
        WhenAsked(state => TakeOnClient.Decide(TakeOn with { ParticipationId = Guid.CreateVersion7(), LimitIsHard = false }, state, Now))
            .ShouldBeRefused(WorkforceRejections.CaseloadFull());
    }

    [Fact]
    public void Whoever_is_let_go_makes_room()
    {
        GivenCertified();
        WhenAsked(state => LetClientGo.Decide(new("coach-1", TakeOn.ParticipationId), state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => TakeOnClient.Decide(TakeOn, state, Now));
        WhenAsked(state => TakeOnClient.Decide(TakeOn, state, Now)).ShouldBeAlreadyDone();

        WhenAsked(state => LetClientGo.Decide(new("coach-1", TakeOn.ParticipationId), state, Now)).Events.Single().ShouldBeOfType<CaseloadLeft>();
        State.Caseload.ShouldBeEmpty();
    }

    /// <summary>Who is assigned late is judged by what held when they began.</summary>
    [Fact]
    public void Certification_and_conflicts_are_those_of_the_day_on_which_they_began()
    {
        GivenCertified();
        var then = State;
        Given(new CertificationRevoked(Certification.Cps, "misconduct") { StaffId = "coach-1" }.At(Now.AddDays(1)));
        Given(new ConflictOfInterestDeclared(TakeOn.Mark) { StaffId = "coach-1" }.At(Now.AddDays(1)));
        var later = Now.AddDays(2);

        TakeOnClient.Decide(TakeOn with { On = Today.AddDays(2) }, State, later).ShouldBeRefused(WorkforceRejections.WithoutCertification());
        TakeOnClient.Decide(TakeOn with { Then = then, When = When.At(Now) }, State, later).Events.Single().ShouldBeOfType<CaseloadEntered>().OccurredAt.ShouldBe(Now);
        TakeOnClient.Decide(TakeOn with { Then = WorkforceState.Initial, When = When.At(Now) }, then, later).ShouldBeRefused(WorkforceRejections.WithoutCertification());
        TakeOnClient.Decide(TakeOn with { Then = then with { Conflicts = [TakeOn.Mark] } }, State, later).ShouldBeRefused(WorkforceRejections.InConflict());
    }
}
