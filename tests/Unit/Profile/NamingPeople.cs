using CaseFlow.Domain;
using CaseFlow.Domain.Privacy;
using CaseFlow.Domain.Profile;

namespace CaseFlow.Unit.Profile;

public sealed class NamingWhomToCall : ProfileSpec
{
    private static readonly RecordEmergencyContact Robin = new(
        ClientId, "sibling", Sealed<string>.Of("Robin Doe"), Sealed<string>.Of("608 555 0101"), new(SafeToLeaveMessage: true, KnowsOfServices: false), "f-robin", Told);

    private static readonly EmergencyContactRecorded Recorded = new EmergencyContactRecorded(
        Robin.ContactId, Sealed<string>.Of("sibling"), Robin.Name, Robin.Reach, SafeToLeaveMessage: true, KnowsOfServices: false)
    { ClientId = ClientId }.At(Told);

    private static readonly RemoveEmergencyContact Remove = new(ClientId, Robin.ContactId, Reason, Told);

    [Fact]
    public void Is_recorded_once_and_what_may_be_said_is_what_was_said_last()
    {
        WhenAsked(state => RecordEmergencyContact.Decide(Robin, state, Policy, Now)).ShouldRecord(Recorded);
        WhenAsked(state => RecordEmergencyContact.Decide(Robin, state, Policy, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => RecordEmergencyContact.Decide(Robin with { Terms = new(false, true) }, state, Policy, Now))
            .ShouldRecord(Recorded with { SafeToLeaveMessage = false, KnowsOfServices = true });
    }

    [Fact]
    public void Is_removed_once_and_may_be_named_again()
    {
        Given(Recorded);

        WhenAsked(state => RemoveEmergencyContact.Decide(Remove, state, Now))
            .ShouldRecord(new EmergencyContactRemoved(Robin.ContactId, Reason) { ClientId = ClientId }.At(Told));
        WhenAsked(state => RemoveEmergencyContact.Decide(Remove, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => RecordEmergencyContact.Decide(Robin, state, Policy, Now)).ShouldRecord(Recorded);
    }

    [Fact]
    public void Is_refused_without_a_name_a_number_a_listed_relation_or_ahead_of_time()
    {
        WhenAsked(state => RecordEmergencyContact.Decide(Robin with { Name = Sealed<string>.Of(" ") }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.ValueMissing("name"));
        WhenAsked(state => RecordEmergencyContact.Decide(Robin with { Reach = Sealed<string>.Of(" ") }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.ValueMissing("reach"));
        WhenAsked(state => RecordEmergencyContact.Decide(Robin with { Relation = "foe" }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.CodeUnknown("relation"));
        WhenAsked(state => RecordEmergencyContact.Decide(Robin with { When = Tomorrow }, state, Policy, Now)).ShouldBeRefused(InFuture);
        WhenAsked(state => RemoveEmergencyContact.Decide(Remove, state, Now)).ShouldBeRefused(ProfileRejections.ContactNotFound(Robin.ContactId));
        Given(Recorded);
        WhenAsked(state => RemoveEmergencyContact.Decide(Remove with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }
}

public sealed class NamingFamily : ProfileSpec
{
    private static readonly Guid Brother = Guid.Parse("0195d6c4-0000-7000-8000-000000000002");
    private static readonly LinkFamilyMember Sam = new(ClientId, "child", null, Sealed<string>.Of("Sam Doe"), "f-sam", Told);

    private static readonly FamilyMemberLinked Linked =
        new FamilyMemberLinked(Sam.LinkId, Sealed<string>.Of("child"), null, Sam.Name) { ClientId = ClientId }.At(Told);

    private static readonly UnlinkFamilyMember Unlink = new(ClientId, Sam.LinkId, Reason, Told);

    [Fact]
    public void A_person_who_is_no_client_is_linked_once()
    {
        WhenAsked(state => LinkFamilyMember.Decide(Sam, state, Policy, Now)).ShouldRecord(Linked);
        WhenAsked(state => LinkFamilyMember.Decide(Sam, state, Policy, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Another_client_is_linked_by_a_sealed_id_and_has_a_name_too()
    {
        var brother = Sam with { Relation = "sibling", OtherClientId = Brother, Fingerprint = "f-brother" };

        WhenAsked(state => LinkFamilyMember.Decide(brother with { Name = Sealed<string>.Of(" ") }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.ValueMissing("name"));
        WhenAsked(state => LinkFamilyMember.Decide(brother, state, Policy, Now)).ShouldRecord(
            new FamilyMemberLinked(brother.LinkId, Sealed<string>.Of("sibling"), Sealed<Guid>.Of(Brother), Sam.Name) { ClientId = ClientId }.At(Told));
    }

    [Fact]
    public void Is_refused_for_oneself_for_a_relation_that_is_not_listed_and_ahead_of_time()
    {
        WhenAsked(state => LinkFamilyMember.Decide(Sam with { OtherClientId = ClientId }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.FamilyOfOneself());
        WhenAsked(state => LinkFamilyMember.Decide(Sam with { Relation = "foe" }, state, Policy, Now)).ShouldBeRefused(ProfileRejections.CodeUnknown("relation"));
        WhenAsked(state => LinkFamilyMember.Decide(Sam with { When = Tomorrow }, state, Policy, Now)).ShouldBeRefused(InFuture);
    }

    [Fact]
    public void Is_unlinked_once_and_may_be_linked_again()
    {
        Given(Linked);

        WhenAsked(state => UnlinkFamilyMember.Decide(Unlink, state, Now)).ShouldRecord(new FamilyMemberUnlinked(Sam.LinkId, Reason) { ClientId = ClientId }.At(Told));
        WhenAsked(state => UnlinkFamilyMember.Decide(Unlink, state, Now)).ShouldBeAlreadyDone();
        WhenAsked(state => LinkFamilyMember.Decide(Sam, state, Policy, Now)).ShouldRecord(Linked);
    }

    [Fact]
    public void Unlinking_is_refused_for_a_link_nobody_knows_or_ahead_of_time()
    {
        WhenAsked(state => UnlinkFamilyMember.Decide(Unlink, state, Now)).ShouldBeRefused(ProfileRejections.FamilyLinkNotFound(Sam.LinkId));
        Given(Linked);
        WhenAsked(state => UnlinkFamilyMember.Decide(Unlink with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }
}

public sealed class SupportingAVictim : ProfileSpec
{
    private static readonly OpenVictimWitnessRecord Open = new(ClientId, "witness", Sealed<string>.Of("Will testify."), Told);

    [Fact]
    public void Victim_services_open_one_record()
    {
        WhenAsked(state => OpenVictimWitnessRecord.Decide(Open, state, [Label.Hipaa, Label.Victim], Now)).ShouldRecord(
            new VictimWitnessSupportRecordOpened(Sealed<string>.Of("witness"), Open.Words) { ClientId = ClientId }.At(Told));
        WhenAsked(state => OpenVictimWitnessRecord.Decide(Open, state, [Label.Victim], Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Nobody_else_does_and_not_ahead_of_time()
    {
        WhenAsked(state => OpenVictimWitnessRecord.Decide(Open, state, [Label.Hipaa], Now)).ShouldBeRefused(ProfileRejections.NotVictimServices());
        WhenAsked(state => OpenVictimWitnessRecord.Decide(Open with { When = Tomorrow }, state, [Label.Victim], Now)).ShouldBeRefused(InFuture);
    }
}
