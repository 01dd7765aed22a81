using CaseFlow.Domain;
using CaseFlow.Domain.Agencies;

namespace CaseFlow.Unit.Agencies;

public sealed class GivingAnAuditGrant : DirectorySpec
{
    private const int LongestDays = 30;
    private static readonly GiveAuditGrant Give = new(GrantId, "audrey", "yearly audit", Now, Now.AddDays(30));
    private static readonly AuditGrantGiven Given30Days = new AuditGrantGiven(GrantId, "audrey", "yearly audit", Now, Now.AddDays(30)).At(Now);

    [Fact]
    public void Records_it_once()
    {
        GivenTheStaff();

        WhenAsked(state => GiveAuditGrant.Decide(Give, state, LongestDays, Now)).ShouldRecord(Given30Days);
        WhenAsked(state => GiveAuditGrant.Decide(Give, state, LongestDays, Now.AddDays(40))).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Covers_its_range_and_nothing_else()
    {
        GivenTheStaff();
        Given(Given30Days);

        State.GrantInForce("audrey", Now.AddTicks(-1)).ShouldBeNull();
        State.GrantInForce("audrey", Now)!.GrantId.ShouldBe(GrantId);
        State.GrantInForce("audrey", Now.AddDays(30).AddTicks(-1))!.GrantId.ShouldBe(GrantId);
        State.GrantInForce("audrey", Now.AddDays(30)).ShouldBeNull();
        State.GrantInForce("ada", Now).ShouldBeNull();
    }

    [Fact]
    public void Is_refused_to_anybody_but_an_auditor_at_work()
    {
        GivenTheStaff();

        WhenAsked(state => GiveAuditGrant.Decide(Give with { AuditorId = "ada" }, state, LongestDays, Now))
            .ShouldBeRefused(DirectoryRejections.AuditorUnknown("ada"));
        WhenAsked(state => GiveAuditGrant.Decide(Give with { AuditorId = "nobody" }, state, LongestDays, Now))
            .ShouldBeRefused(DirectoryRejections.AuditorUnknown("nobody"));
    }

    [Fact]
    public void Is_refused_without_a_purpose()
    {
        GivenTheStaff();

        WhenAsked(state => GiveAuditGrant.Decide(Give with { GrantedPurpose = "  " }, state, LongestDays, Now))
            .ShouldBeRefused(DirectoryRejections.AuditPurposeMissing());
    }

    [Fact]
    public void Is_refused_longer_than_policy_allows()
    {
        GivenTheStaff();

        WhenAsked(state => GiveAuditGrant.Decide(Give with { ValidUntil = Now.AddDays(30).AddTicks(1) }, state, LongestDays, Now))
            .ShouldBeRefused(DirectoryRejections.AuditGrantTooLong(30));
    }

    [Fact]
    public void Is_refused_for_no_time_at_all()
    {
        GivenTheStaff();

        WhenAsked(state => GiveAuditGrant.Decide(Give with { ValidUntil = Now }, state, LongestDays, Now))
            .ShouldBeRefused(DirectoryRejections.AuditGrantRangeEmpty());
        WhenAsked(state => GiveAuditGrant.Decide(Give, state, LongestDays, Now.AddDays(31)))
            .ShouldBeRefused(DirectoryRejections.AuditGrantRangeEmpty());
    }

    [Fact]
    public void Is_refused_for_reading_already_done()
    {
        GivenTheStaff();

        WhenAsked(state => GiveAuditGrant.Decide(Give, state, LongestDays, Now.AddMinutes(5).AddTicks(1)))
            .ShouldBeRefused(DirectoryRejections.AuditGrantBackdated());
    }

    [Fact]
    public void Is_refused_under_an_id_that_means_another()
    {
        GivenTheStaff();
        Given(Given30Days);

        WhenAsked(state => GiveAuditGrant.Decide(Give with { GrantedPurpose = "curiosity" }, state, LongestDays, Now))
            .ShouldBeRefused(DirectoryRejections.AuditGrantGivenDifferently(GrantId));
    }
}

public sealed class EndingAnAuditGrant : DirectorySpec
{
    private static readonly EndAuditGrant End = new(GrantId, "audit finished");

    [Fact]
    public void Records_it_once_and_covers_nothing_from_then_on()
    {
        GivenTheStaff();
        Given(new AuditGrantGiven(GrantId, "audrey", "yearly audit", Now, Now.AddDays(30)).At(Now));
        var later = Now.AddDays(3);

        WhenAsked(state => EndAuditGrant.Decide(End, state, later))
            .ShouldRecord(new AuditGrantEnded(GrantId, "audrey", "audit finished").At(later));
        WhenAsked(state => EndAuditGrant.Decide(End, state, later)).ShouldBeAlreadyDone();

        State.GrantInForce("audrey", later).ShouldBeNull();
        State.GrantInForce("audrey", later.AddTicks(-1)).ShouldNotBeNull();
    }

    [Fact]
    public void Is_not_needed_once_it_ran_out()
    {
        GivenTheStaff();
        Given(new AuditGrantGiven(GrantId, "audrey", "yearly audit", Now, Now.AddDays(30)).At(Now));

        WhenAsked(state => EndAuditGrant.Decide(End, state, Now.AddDays(30))).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_a_grant_nobody_gave() =>
        WhenAsked(state => EndAuditGrant.Decide(End, state, Now)).ShouldBeRefused(DirectoryRejections.AuditGrantNotFound(GrantId));
}
