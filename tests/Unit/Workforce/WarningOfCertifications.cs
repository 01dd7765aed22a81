using CaseFlow.Domain;
using CaseFlow.Domain.Policies;
using CaseFlow.Domain.Workforce;

namespace CaseFlow.Unit.Workforce;

/// <summary>Certifications that end soon, and those that count no more (R50: 180, 90 and 30 days, on the jurisdiction's own days).</summary>
public sealed class WarningOfCertifications() : Spec<WorkforceState, WorkforceEvent>(WorkforceState.Initial, WorkforceState.Evolve)
{
    private static readonly DateOnly Last = new(2026, 11, 30);
    private static readonly PolicyInForce Policy = new(JurisdictionPolicy.Default("recovery-coaches"), 7, 7);

    /// <summary>Midnight of a local day in Wisconsin: 06:00 UTC in winter.</summary>
    private static DateTimeOffset StartOf(DateOnly day) => new CaseFlow.Domain.Time.BusinessCalendar(Policy.Policy).DayOf(day).Start;

    private static CertificationGranted Granted(Certification kind, DateOnly until) => new CertificationGranted(kind, until) { StaffId = "coach-1" }.At(Now);

    private static CertificationWarnings At(DateTimeOffset now, PolicyInForce? policy = null) => new(policy ?? Policy, now);

    [Theory]
    [InlineData(181, null)]
    [InlineData(180, 180)]
    [InlineData(91, 180)]
    [InlineData(90, 90)]
    [InlineData(31, 90)]
    [InlineData(30, 30)]
    [InlineData(0, 30)]
    public void It_is_warned_of_from_the_first_second_of_each_of_the_policys_days(int before, int? within)
    {
        Given(Granted(Certification.Cps, Last));
        var day = Last.AddDays(-before);

        foreach (var instant in new[] { StartOf(day), StartOf(day.AddDays(1)).AddTicks(-1) })
        {
            var warning = At(instant).Of(State).SingleOrDefault();
            if (within is { } days)
                warning.ShouldBe(new CertificationWarning(Certification.Cps, CertificationWarningKind.Expiring, Last.AddDays(-days), Last, before, days, 7));
            else
                warning.ShouldBeNull();
            At(instant).IsCertified(State).ShouldBeTrue();
            At(instant).UncertifiedSince(State).ShouldBeNull();
        }
    }

    [Fact]
    public void After_its_last_day_it_is_over_from_midnight_where_the_jurisdiction_is()
    {
        Given(Granted(Certification.Cps, Last));
        var midnight = new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero);

        At(midnight.AddTicks(-1)).Of(State).Single().Warning.ShouldBe(CertificationWarningKind.Expiring);
        At(midnight).Of(State).Single().ShouldBe(new CertificationWarning(Certification.Cps, CertificationWarningKind.Expired, Last.AddDays(1), Last, null, null, 7));
        At(midnight).UncertifiedSince(State).ShouldBe(midnight);
    }

    [Fact]
    public void The_days_are_those_of_the_policy()
    {
        Given(Granted(Certification.Cps, Last));
        var policy = Policy with { Policy = Policy.Policy with { Workforce = WorkforcePolicy.Default with { CertificationWarningDays = [10] } }, Version = 8 };

        At(StartOf(Last.AddDays(-11)), policy).Of(State).ShouldBeEmpty();
        At(StartOf(Last.AddDays(-10)), policy).Of(State).Single().ShouldBe(
            new CertificationWarning(Certification.Cps, CertificationWarningKind.Expiring, Last.AddDays(-10), Last, 10, 10, 8));
        var none = policy with { Policy = policy.Policy with { Workforce = WorkforcePolicy.Default with { CertificationWarningDays = [] } } };
        At(StartOf(Last), none).Of(State).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_taken_away_comes_first_and_says_since_when()
    {
        Given(
            Granted(Certification.Cps, Last), Granted(Certification.Cpps, Last), Granted(Certification.Prc, Last),
            new CertificationSuspended(Certification.Cps, "complaint-under-review") { StaffId = "coach-1" }.At(Now.AddDays(1)),
            new CertificationRevoked(Certification.Cpps, "revoked-by-the-state") { StaffId = "coach-1" }.At(Now.AddDays(2)));
        At(Now.AddDays(3)).Of(State).Select(one => (one.Kind, one.Warning, one.Since)).ShouldBe([
            (Certification.Cpps, CertificationWarningKind.Revoked, new DateOnly(2026, 3, 5)), (Certification.Cps, CertificationWarningKind.Suspended, new DateOnly(2026, 3, 4))]);
        At(Now.AddDays(3)).UncertifiedSince(State).ShouldBeNull("one still counts");

        Given(new CertificationLapsed(Certification.Prc) { StaffId = "coach-1" }.At(Now.AddDays(3)));
        At(Now.AddDays(4)).Of(State)[^1].Warning.ShouldBe(CertificationWarningKind.Lapsed);
        At(Now.AddDays(4)).UncertifiedSince(State).ShouldBe(Now.AddDays(3));
    }

    [Fact]
    public void Nobody_who_was_never_certified_is_warned()
    {
        At(Now).Of(State).ShouldBeEmpty();
        At(Now).IsCertified(State).ShouldBeFalse();
        At(Now).UncertifiedSince(State).ShouldBeNull();
    }

    [Fact]
    public void What_was_revoked_is_granted_anew_and_neither_renewed_nor_suspended()
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var certify = new CertifyWorker("coach-1", Certification.Cps, today, today.AddYears(2), null, WorkforcePolicy.Default, When.At(Now));
        var revoke = new RevokeCertification("coach-1", Certification.Cps, "revoked-by-the-state", When.At(Now));
        WhenAsked(state => RevokeCertification.Decide(revoke, state, Now)).ShouldBeRefused(WorkforceRejections.NotCertified(Certification.Cps));
        WhenAsked(state => CertifyWorker.Decide(certify, state, Now)).Rejection.ShouldBeNull();

        WhenAsked(state => RevokeCertification.Decide(revoke, state, Now)).ShouldRecord(
            new CertificationRevoked(Certification.Cps, "revoked-by-the-state") { StaffId = "coach-1" }.At(Now));
        WhenAsked(state => RevokeCertification.Decide(revoke, state, Now)).ShouldBeAlreadyDone();
        State.IsCertified([Certification.Cps], today).ShouldBeFalse();
        WhenAsked(state => CertifyWorker.Decide(certify with { ContinuingEducationHours = 40, ValidUntil = today.AddYears(1) }, state, Now))
            .ShouldBeRefused(WorkforceRejections.CertificationRevoked(Certification.Cps));
        WhenAsked(state => WithdrawCertification.Decide(new("coach-1", Certification.Cps, "complaint-under-review", When.At(Now)), state, Now))
            .ShouldBeRefused(WorkforceRejections.CertificationRevoked(Certification.Cps));
        WhenAsked(state => CertifyWorker.Decide(certify, state, Now)).Events.Single().ShouldBeOfType<CertificationGranted>();
        State.IsCertified([Certification.Cps], today).ShouldBeTrue();
    }
}
