using CaseFlow.Domain;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Unit.Profile;

public sealed class NeedingToBeUnderstood : ProfileSpec
{
    private static readonly RecordCommunicationNeed Hmong = new(ClientId, CommunicationNeedKind.Language, "language", "hmn", null, "f-hmn", Told);

    private static readonly CommunicationNeedRecorded Recorded =
        new CommunicationNeedRecorded(Hmong.NeedId, Sealed<string>.Of("language"), Sealed<string>.Of("hmn"), null) { ClientId = ClientId }.At(Told);

    private static readonly EndCommunicationNeed End = new(ClientId, Hmong.NeedId, Reason, Told);

    [Fact]
    public void Is_recorded_once()
    {
        WhenAsked(state => RecordCommunicationNeed.Decide(Hmong, state, Policy, Now)).ShouldRecord(Recorded);
        WhenAsked(state => RecordCommunicationNeed.Decide(Hmong, state, Policy, Now)).ShouldBeAlreadyDone();
    }

    [Theory]
    [InlineData(CommunicationNeedKind.Language, "ase", true)]
    [InlineData(CommunicationNeedKind.Language, "hearing", false)]
    [InlineData(CommunicationNeedKind.Disability, "hearing", true)]
    [InlineData(CommunicationNeedKind.Disability, "interpreter", false)]
    [InlineData(CommunicationNeedKind.Accommodation, "interpreter", true)]
    [InlineData(CommunicationNeedKind.Accommodation, "ase", false)]
    public void Each_kind_has_its_own_list(CommunicationNeedKind kind, string code, bool isListed)
    {
        var decision = WhenAsked(state => RecordCommunicationNeed.Decide(Hmong with { Kind = kind, Code = code }, state, Policy, Now));

        if (isListed)
            decision.Events.ShouldHaveSingleItem();
        else
            decision.ShouldBeRefused(ProfileRejections.CodeUnknown("code"));
    }

    [Fact]
    public void A_self_advocate_has_no_code_and_everything_else_has_one()
    {
        var advocate = Hmong with { Kind = CommunicationNeedKind.SelfAdvocate, KindWord = "self-advocate" };

        WhenAsked(state => RecordCommunicationNeed.Decide(advocate, state, Policy, Now)).ShouldBeRefused(ProfileRejections.NeedCodeMismatch());
        WhenAsked(state => RecordCommunicationNeed.Decide(Hmong with { Code = null }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.NeedCodeMismatch());
        WhenAsked(state => RecordCommunicationNeed.Decide(advocate with { Code = null }, state, Policy, Now)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public void Ends_once_and_is_recorded_again_when_it_comes_back()
    {
        Given(Recorded);

        WhenAsked(state => EndCommunicationNeed.Decide(End, state, Now))
            .ShouldRecord(new CommunicationNeedEnded(Hmong.NeedId, Reason) { ClientId = ClientId }.At(Told));
        WhenAsked(state => EndCommunicationNeed.Decide(End, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => RecordCommunicationNeed.Decide(Hmong, state, Policy, Now)).ShouldRecord(Recorded);
    }

    [Fact]
    public void Is_refused_for_a_need_nobody_knows_or_ahead_of_time()
    {
        WhenAsked(state => EndCommunicationNeed.Decide(End, state, Now)).ShouldBeRefused(ProfileRejections.NeedNotFound(Hmong.NeedId));
        WhenAsked(state => RecordCommunicationNeed.Decide(Hmong with { When = Tomorrow }, state, Policy, Now)).ShouldBeRefused(InFuture);
        Given(Recorded);
        WhenAsked(state => EndCommunicationNeed.Decide(End with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }
}
