using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;

namespace CaseFlow.Unit.Erasure;

public sealed class ErasingEveryRecordOfAPerson() : Spec<ErasureState, ErasureEvent>(ErasureState.Initial, ErasureState.Evolve)
{
    private static readonly Guid Named = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid Further = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    private static readonly Guid Merge = Guid.Parse("0195d6c4-0000-7000-8000-000000000003");
    private static readonly ExpunctionApplied Applied = new ExpunctionApplied(
        Guid.Parse("0195d6c4-0000-7000-8000-0000000000e1"), ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", [Named])
    { ClientId = Named }.At(Now);

    [Fact]
    public void The_order_goes_with_a_further_record_once_under_an_order_of_its_own()
    {
        var fact = Extending(Applied).Events.ShouldHaveSingleItem().ShouldBeOfType<ExpunctionApplied>();

        (fact.ClientId, fact.Authority, fact.ReasonCode, fact.OccurredAt).ShouldBe((Further, Applied.Authority, Applied.ReasonCode, Now));
        fact.OrderId.ShouldNotBe(Applied.OrderId);
        fact.Subjects.ShouldBe([.. SealedClasses.SubjectsOf(Further, ErasureScope.WholeRecord), Merge]);
        State.IsErased.ShouldBeTrue();
        Extending(Applied).ShouldBeAlreadyDone();
    }

    [Fact]
    public void A_class_goes_alone() =>
        Extending(Applied with { Scope = ErasureScope.Juvenile }).Events.ShouldHaveSingleItem().ShouldBeOfType<ExpunctionApplied>()
            .Subjects.ShouldBe(SealedClasses.SubjectsOf(Further, ErasureScope.Juvenile));

    [Fact]
    public void A_hold_on_it_stops_all()
    {
        Given(new LegalHoldPlaced(Merge, ErasureAuthority.Prosecutor, "litigation", Sealed<string>.Of("letter 3")) { ClientId = Further }.At(Now));

        Extending(Applied).ShouldBeRefused(ErasureRejections.LegalHold());
    }

    private Decision<ErasureEvent> Extending(ExpunctionApplied applied) =>
        WhenAsked(state => ExtendExpunction.Decide(new(Further, applied, [Merge]), state, Now));
}
