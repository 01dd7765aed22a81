using CaseFlow.Domain;
using CaseFlow.Domain.Clients;
using CaseFlow.Projections.ClientSearch;

namespace CaseFlow.Unit.Clients;

public sealed class DismissingADuplicate() : Spec<DuplicateState, DuplicateEvent>(DuplicateState.Initial, DuplicateState.Evolve)
{
    private static readonly Guid One = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");

    [Fact]
    public void Records_the_pair_once_whichever_is_named_first()
    {
        WhenAsked(state => DismissDuplicate.Decide(new(Two, One, DismissalReason.Related), state, Now))
            .ShouldRecord(new DuplicateDismissed(DismissalReason.Related) { ClientId = One, OtherClientId = Two }.At(Now));
        WhenAsked(state => DismissDuplicate.Decide(new(One, Two, DismissalReason.Related), state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_a_client_and_itself() =>
        WhenAsked(state => DismissDuplicate.Decide(new(One, One, DismissalReason.Related), state, Now)).ShouldBeRefused(ClientRejections.DuplicateOfItself());
}

public sealed class ProposingDuplicates
{
    [Theory]
    [InlineData(true, true, SearchKind.BirthDate, SearchKind.FamilySound)]
    [InlineData(true, true, SearchKind.BirthDate, SearchKind.Alias)]
    [InlineData(true, false, SearchKind.FullName)]
    [InlineData(true, true, SearchKind.Identifier)]
    [InlineData(false, true, SearchKind.FullName)]
    [InlineData(false, true, SearchKind.BirthDate)]
    [InlineData(false, false, SearchKind.FamilyName, SearchKind.GivenSound, SearchKind.BirthYear)]
    public void Takes_one_number_or_one_day_and_a_name_alike_or_a_full_name_that_no_date_speaks_against(bool proposed, bool bothKnown, params SearchKind[] shared) =>
        DuplicateQueries.MayBeOne(shared, bothKnown).ShouldBe(proposed);
}
