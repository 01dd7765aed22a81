using CaseFlow.Domain;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Policies;

public abstract class PolicySpec() : Spec<PolicyState, PolicyEvent>(PolicyState.Initial, PolicyState.Evolve)
{
    protected static readonly JurisdictionPolicy Policy = JurisdictionPolicy.Default("safe-communities");

    protected static JurisdictionPolicyPublished Published(int version, DateTimeOffset effectiveFrom) =>
        new JurisdictionPolicyPublished(version, effectiveFrom, Policy, "As decided").At(Now);
}

public sealed class PublishingAPolicy : PolicySpec
{
    private static readonly PublishPolicy Publish = new(1, Now, Policy, "As decided");

    [Fact]
    public void Records_the_whole_of_it() =>
        WhenAsked(state => PublishPolicy.Decide(Publish, state, Now)).ShouldRecord(Published(1, Now));

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Published(1, Now), Published(2, Now));

        WhenAsked(state => PublishPolicy.Decide(Publish with { Policy = JurisdictionPolicy.Default("safe-communities") }, state, Now))
            .ShouldBeAlreadyDone();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Is_refused_unless_it_is_the_next_version(int version)
    {
        Given(Published(1, Now.AddDays(-1)));

        WhenAsked(state => PublishPolicy.Decide(Publish with { PolicyVersion = version }, state, Now))
            .ShouldBeRefused(PolicyRejections.VersionNotNext(2));
    }

    [Fact]
    public void Is_refused_without_a_word_on_what_changed() =>
        WhenAsked(state => PublishPolicy.Decide(Publish with { ChangeNote = " " }, state, Now))
            .ShouldBeRefused(PolicyRejections.ChangeNoteMissing());

    [Fact]
    public void Is_refused_with_a_broken_rule() =>
        WhenAsked(state => PublishPolicy.Decide(Publish with { Policy = Policy with { TimeZone = "Wisconsin" } }, state, Now))
            .ShouldBeRefused(PolicyRejections.TimeZoneUnknown("Wisconsin"));
}

public sealed class RetiringAPolicy : PolicySpec
{
    private static readonly RetirePolicy Retire = new(1, "replaced");

    [Fact]
    public void Records_it_once()
    {
        Given(Published(1, Now.AddDays(-9)), Published(2, Now.AddDays(-1)));

        WhenAsked(state => RetirePolicy.Decide(Retire, state, Now)).ShouldRecord(new JurisdictionPolicyRetired(1, "replaced").At(Now));
        WhenAsked(state => RetirePolicy.Decide(Retire, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_a_version_that_does_not_exist() =>
        WhenAsked(state => RetirePolicy.Decide(Retire, state, Now)).ShouldBeRefused(PolicyRejections.NotFound(1));

    [Fact]
    public void Is_refused_when_nothing_would_be_left_in_force()
    {
        Given(Published(1, Now.AddDays(-9)), Published(2, Now.AddDays(9)));

        WhenAsked(state => RetirePolicy.Decide(Retire, state, Now)).ShouldBeRefused(PolicyRejections.LastInForce());
    }

    [Fact]
    public void Is_allowed_for_one_that_never_came_into_force()
    {
        Given(Published(1, Now.AddDays(9)));

        WhenAsked(state => RetirePolicy.Decide(Retire, state, Now)).ShouldRecord(new JurisdictionPolicyRetired(1, "replaced").At(Now));
    }
}

public sealed class AskingWhichPolicyIsInForce : PolicySpec
{
    [Fact]
    public void Finds_none_before_the_first()
    {
        State.InForceAt(Now).ShouldBeNull();
        State.Latest.ShouldBe(0);
        Given(Published(1, Now));

        State.InForceAt(Now.AddTicks(-1)).ShouldBeNull();
        State.InForceAt(Now).ShouldBe(new PolicyInForce(Policy, Version: 1, LatestVersion: 1));
    }

    [Fact]
    public void Finds_the_latest_to_take_effect()
    {
        Given(Published(1, Now.AddDays(-9)), Published(2, Now.AddDays(5)), Published(3, Now.AddDays(-2)));

        State.InForceAt(Now)!.Version.ShouldBe(3);
        State.InForceAt(Now.AddDays(-3))!.Version.ShouldBe(1);
        State.InForceAt(Now.AddDays(5))!.Version.ShouldBe(2);
        State.InForceAt(Now)!.LatestVersion.ShouldBe(3);
    }

    [Fact]
    public void Finds_the_newer_of_two_that_take_effect_together()
    {
        Given(Published(1, Now), Published(2, Now));

        State.InForceAt(Now)!.Version.ShouldBe(2);
    }

    [Fact]
    public void Never_lets_a_later_version_judge_what_was_decided()
    {
        Given(Published(1, Now.AddDays(-9)), Published(2, Now.AddDays(-8)));

        State.InForceAt(Now, amongVersionsUpTo: 1).ShouldBe(new PolicyInForce(Policy, Version: 1, LatestVersion: 1));
    }

    [Fact]
    public void Leaves_out_what_was_retired_by_then()
    {
        Given(Published(1, Now.AddDays(-9)), Published(2, Now.AddDays(-5)), new JurisdictionPolicyRetired(2, "mistake").At(Now));

        State.InForceAt(Now)!.Version.ShouldBe(1);
        State.InForceAt(Now.AddTicks(-1))!.Version.ShouldBe(2);
    }
}
