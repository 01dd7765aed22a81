using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Erasure;

/// <summary>How long the record of who read what is kept (R64).</summary>
public sealed class GivingUpReads() : Spec<ReadsKeptState, ReadsKeptEvent>(ReadsKeptState.Initial, ReadsKeptState.Evolve)
{
    [Fact]
    public void Goes_by_the_years_of_the_policy_and_says_which()
    {
        Ask().ShouldRecord(new OldReadsGivenUp(Now.AddYears(-6), Now.AddYears(-6), 3).At(Now));
        State.Last!.PolicyVersion.ShouldBe(3);
    }

    [Fact]
    public void Of_criminal_justice_information_it_keeps_as_long_as_of_anything_or_longer() =>
        Ask(new RetentionPolicy(CjiAccessYears: 10)).ShouldRecord(new OldReadsGivenUp(Now.AddYears(-6), Now.AddYears(-10), 3).At(Now));

    [Fact]
    public void Asked_again_it_gives_up_nothing_more_until_a_day_has_passed_and_never_takes_back()
    {
        Ask();
        Ask().ShouldBeAlreadyDone();
        Ask(at: Now.AddHours(23)).ShouldBeAlreadyDone();
        Ask(rights: new RightsPolicy(AccessLogYears: 8), at: Now.AddDays(2)).ShouldBeAlreadyDone();
        Ask(at: Now.AddDays(1)).Events.Count.ShouldBe(1);
    }

    private Decision<ReadsKeptEvent> Ask(RetentionPolicy? retention = null, RightsPolicy? rights = null, DateTimeOffset? at = null) =>
        WhenAsked(state => GiveUpReads.Decide(state, rights ?? RightsPolicy.Default, retention ?? RetentionPolicy.Default, 3, at ?? Now));
}
