using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Consents;

/// <summary>Scenarios 9 and 10 of the domain reference, as far as consents answer them.</summary>
public sealed class LivingTheConsentScenarios : ConsentSpec
{
    private static readonly Actor Cora = new("cora", Role.Coach, "demo", Coaches);

    [Fact]
    public void Scenario_9_a_participant_of_treatment_court_cannot_take_back_what_binds_until_disposition()
    {
        WhenAsked(state => GrantConsent.Decide(new(ClientId, First, ToCriminalCourt), state, _ => true, Policy, Now));

        var tried = Now.AddDays(40);
        WhenAsked(state => TakeConsentBack.Decide(
                new(ClientId, First, RevocationMode.Written, Cora, null, Sealed<string>.Of("I want out."), null, When.At(tried)), state, Policy, tried))
            .Events[1].ShouldBeOfType<ConsentRevocationDeferredUntilEvent>().Until.ShouldBe(ConsentCondition.FinalDisposition);

        State.StandingOf(JudgeAsksForTests, tried.AddDays(1)).ShouldBe(new ConsentAnswer(ConsentStanding.InForce, First, ConsentKind.CriminalJustice));
        State.StandingOf(JudgeAsksForTests with { RecipientRole = Role.Prosecutor }, tried).ShouldBe(ConsentAnswer.None);
        State.StandingOf(JudgeAsksForTests with { Information = ConsentInformation.Assessment }, tried).ShouldBe(ConsentAnswer.None);
    }

    [Fact]
    public void Scenario_10_after_a_withdrawal_nothing_more_is_told_and_the_record_still_says_what_was_permitted_at_the_hearing()
    {
        var tpo = Tpo with { Recipients = [Court], Information = [ConsentInformation.WholeRecord] };
        var asked = JudgeAsksForTests with { RecipientRole = Role.Coordinator, Purpose = Purpose.Care };
        var hearing = Now.AddDays(20);
        WhenAsked(state => GrantConsent.Decide(new(ClientId, First, tpo), state, _ => true, Policy, Now));
        var asRecordedAtTheHearing = State;

        var withdrawn = Now.AddDays(30);
        WhenAsked(state => TakeConsentBack.Decide(
            new(ClientId, First, RevocationMode.Written, Cora, null, null, Sealed<string>.Of("The packet of the hearing."), When.At(withdrawn)), state, Policy, withdrawn));

        State.StandingOf(asked, withdrawn).Standing.ShouldBe(ConsentStanding.Revoked);
        State.StandingOf(asked, hearing).Standing.ShouldBe(ConsentStanding.InForce, "judged at the hearing, with all that is recorded");
        asRecordedAtTheHearing.StandingOf(asked, hearing).Standing.ShouldBe(ConsentStanding.InForce, "judged at the hearing, as it was recorded then");
    }
}
