using CaseFlow.Domain;
using CaseFlow.Domain.Erasure;
using static CaseFlow.Unit.Consents.ConsentFacts;

namespace CaseFlow.Unit.Erasure;

public sealed class CallingForARecord
{
    [Fact]
    public void Says_so_among_the_orders_and_of_a_record_that_is_gone_nothing()
    {
        var call = new CallForRecord(ClientId, Guid.Parse("0195d6c4-0000-7000-8000-000000000009"));
        var erased = new ExpunctionApplied(Guid.Empty, ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", [ClientId]) { ClientId = ClientId }.At(Now);

        CallForRecord.Decide(call, ErasureState.Initial, Now).Events.ShouldHaveSingleItem().ShouldBeOfType<RecordCalledFor>().MatterId.ShouldBe(call.MatterId);
        var done = CallForRecord.Decide(call, ErasureState.Evolve(ErasureState.Initial, erased), Now);
        (done.Events.Count, done.Rejection).ShouldBe((0, null));
    }
}
