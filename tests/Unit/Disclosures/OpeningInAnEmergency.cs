using CaseFlow.Domain;
using CaseFlow.Domain.Disclosures;
using CaseFlow.Domain.Policies;

namespace CaseFlow.Unit.Disclosures;

public sealed class OpeningInAnEmergency() : Spec<EmergencyAccessState, EmergencyAccessEvent>(EmergencyAccessState.Initial, EmergencyAccessState.Evolve)
{
    private static readonly Guid ClientId = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");
    private static readonly Guid AccessId = Guid.Parse("0195d6c4-0000-7000-8000-00000000000e");
    private static readonly Sealed<string> Why = Sealed<string>.Of("Found unconscious.");
    private static readonly Actor Coach = new("coach-1", Role.Coach, "demo", "coaches");
    private static readonly UseEmergencyAccess Open = new(ClientId, AccessId, Coach, EmergencyReason.Overdose, Why);

    private static readonly EmergencyAccessUsed Used = new EmergencyAccessUsed(
        "coach-1", Role.Coach, "coaches", EmergencyReason.Overdose, Why, Now.AddHours(4), Now.AddDays(7), PolicyVersion: 3)
    { ClientId = ClientId, EmergencyAccessId = AccessId }.At(Now);

    [Fact]
    public void Is_recorded_once_with_its_end_and_its_review_due()
    {
        Ask(Open).ShouldRecord(Used);
        Ask(Open).ShouldBeAlreadyDone();
        Ask(Open with { ReasonCode = EmergencyReason.Disaster }).ShouldBeRefused(EmergencyAccessRejections.UsedDifferently(AccessId));
        Ask(Open with { Actor = Coach with { Id = "coach-2" } }).ShouldBeRefused(EmergencyAccessRejections.UsedDifferently(AccessId));
    }

    [Fact]
    public void Lasts_as_long_as_the_policy_says_for_that_person_alone()
    {
        WhenAsked(state => UseEmergencyAccess.Decide(Open, state, new RightsPolicy(EmergencyAccessHours: 1), 3, Now)).Events.ShouldHaveSingleItem();

        State.InForce(ClientId, "coach-1", "coaches", Now.AddTicks(-1)).ShouldBeNull();
        State.InForce(ClientId, "coach-1", "coaches", Now)!.Used.EmergencyAccessId.ShouldBe(AccessId);
        State.InForce(ClientId, "coach-1", "coaches", Now.AddHours(1).AddTicks(-1)).ShouldNotBeNull();
        State.InForce(ClientId, "coach-1", "coaches", Now.AddHours(1)).ShouldBeNull();
        State.InForce(ClientId, "coach-2", "coaches", Now).ShouldBeNull();
        State.InForce(AccessId, "coach-1", "coaches", Now).ShouldBeNull();
        State.InForce(ClientId, "coach-1", "another-agency", Now).ShouldBeNull();
    }

    [Fact]
    public void Is_for_those_who_help_and_for_care()
    {
        foreach (var role in Enum.GetValues<Role>().Except(UseEmergencyAccess.Roles))
            Ask(Open with { Actor = Coach with { Role = role } }).ShouldBeRefused(EmergencyAccessRejections.NotForRole());
        foreach (var purpose in Enum.GetValues<Purpose>().Except([Purpose.Care]))
            Ask(Open with { Actor = Coach with { Purpose = purpose } }).ShouldBeRefused(EmergencyAccessRejections.NotForCare());
        Ask(Open with { Actor = Coach with { Agency = null } }).ShouldBeRefused(EmergencyAccessRejections.NotForRole());
    }

    [Fact]
    public void Is_reviewed_once_and_not_by_whoever_opened()
    {
        var review = new ReviewEmergencyAccess(ClientId, AccessId, "privacy-1", EmergencyVerdict.NotJustified, null);
        WhenAsked(state => ReviewEmergencyAccess.Decide(review, state, Now)).ShouldBeRefused(EmergencyAccessRejections.NotFound(AccessId));
        Given(Used);

        WhenAsked(state => ReviewEmergencyAccess.Decide(review with { ClientId = AccessId }, state, Now)).ShouldBeRefused(EmergencyAccessRejections.NotFound(AccessId));
        WhenAsked(state => ReviewEmergencyAccess.Decide(review with { ReviewedBy = "coach-1" }, state, Now)).ShouldBeRefused(EmergencyAccessRejections.OwnReview());
        WhenAsked(state => ReviewEmergencyAccess.Decide(review, state, Now)).ShouldRecord(
            new EmergencyAccessReviewed("privacy-1", EmergencyVerdict.NotJustified, null) { ClientId = ClientId, EmergencyAccessId = AccessId }.At(Now));
        WhenAsked(state => ReviewEmergencyAccess.Decide(review, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => ReviewEmergencyAccess.Decide(review with { Verdict = EmergencyVerdict.Justified }, state, Now))
            .ShouldBeRefused(EmergencyAccessRejections.ReviewedDifferently(AccessId));
    }

    [Theory]
    [InlineData(EmergencyVerdict.Justified, true)]
    [InlineData(EmergencyVerdict.NotJustified, false)]
    public void Is_closed_by_a_verdict_that_it_was_not_justified(EmergencyVerdict verdict, bool isOpen)
    {
        Given(Used);
        WhenAsked(state => ReviewEmergencyAccess.Decide(new(ClientId, AccessId, "privacy-1", verdict, null), state, Now.AddHours(1))).Events.ShouldHaveSingleItem();

        (State.InForce(ClientId, "coach-1", "coaches", Now.AddHours(2)) is not null).ShouldBe(isOpen);
    }

    private Decision<EmergencyAccessEvent> Ask(UseEmergencyAccess command) =>
        WhenAsked(state => UseEmergencyAccess.Decide(command, state, RightsPolicy.Default, 3, Now));
}
