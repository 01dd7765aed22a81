using CaseFlow.Domain;
using CaseFlow.Domain.Clients;

namespace CaseFlow.Unit.Clients;

public abstract class ContactPointSpec : ClientSpec
{
    protected static readonly Guid PhoneId = ValueId.Of(ClientId, "contact-point/Phone", "f-phone");

    protected static readonly AddContactPoint Add =
        new(ClientId, ContactPointKind.Phone, Sealed<string>.Of("+1 608 555 0100"), "f-phone", SafeToText: true, SafeToLeaveMessage: false, Today);

    protected static readonly ContactPointAdded Added =
        new ContactPointAdded(PhoneId, ContactPointKind.Phone, Add.Value, SafeToText: true, SafeToLeaveMessage: false) { ClientId = ClientId }.At(Now);

    protected static readonly ContactPointRemoved Removed =
        new ContactPointRemoved(PhoneId, Sealed<string>.Of("disconnected")) { ClientId = ClientId }.At(Now);
}

public sealed class AddingAContactPoint : ContactPointSpec
{
    [Fact]
    public void Records_it_once()
    {
        Given(Registered);

        WhenAsked(state => AddContactPoint.Decide(Add, state, Now)).ShouldRecord(Added);
        WhenAsked(state => AddContactPoint.Decide(Add, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Takes_back_one_that_was_removed()
    {
        Given(Registered, Added, Removed);

        WhenAsked(state => AddContactPoint.Decide(Add, state, Now)).ShouldRecord(Added);
    }

    [Fact]
    public void Is_refused_with_other_flags_than_the_client_gave_before()
    {
        Given(Registered, Added);

        WhenAsked(state => AddContactPoint.Decide(Add with { SafeToText = false }, state, Now))
            .ShouldBeRefused(ClientRejections.ContactPointAddedDifferently());
    }

    [Theory]
    [InlineData(ContactPointKind.Email)]
    [InlineData(ContactPointKind.Address)]
    public void Is_refused_as_safe_to_text_unless_it_is_a_phone(ContactPointKind kind)
    {
        Given(Registered);

        WhenAsked(state => AddContactPoint.Decide(Add with { Kind = kind }, state, Now)).ShouldBeRefused(ClientRejections.TextOnlyToPhone());
    }

    [Fact]
    public void Is_refused_empty_or_ahead_of_time()
    {
        Given(Registered);

        WhenAsked(state => AddContactPoint.Decide(Add with { Value = Sealed<string>.Of("") }, state, Now))
            .ShouldBeRefused(ClientRejections.ValueMissing("value"));
        WhenAsked(state => AddContactPoint.Decide(Add with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }

    [Fact]
    public void Is_refused_for_a_client_nobody_knows() =>
        WhenAsked(state => AddContactPoint.Decide(Add, state, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));
}

public sealed class FlaggingAContactPoint : ContactPointSpec
{
    private static readonly FlagContactPoint Flag = new(ClientId, PhoneId, SafeToText: false, SafeToLeaveMessage: false, Today);

    [Fact]
    public void Records_it_once()
    {
        Given(Registered, Added);

        WhenAsked(state => FlagContactPoint.Decide(Flag, state, Now)).ShouldRecord(
            new ContactPointSafetyFlagged(PhoneId, SafeToText: false, SafeToLeaveMessage: false) { ClientId = ClientId }.At(Now));
        WhenAsked(state => FlagContactPoint.Decide(Flag, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_what_the_client_does_not_have()
    {
        WhenAsked(state => FlagContactPoint.Decide(Flag, state, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));
        Given(Registered);
        WhenAsked(state => FlagContactPoint.Decide(Flag, state, Now)).ShouldBeRefused(ClientRejections.ContactPointNotFound(PhoneId));
        Given(Added, Removed);
        WhenAsked(state => FlagContactPoint.Decide(Flag, state, Now)).ShouldBeRefused(ClientRejections.ContactPointNotFound(PhoneId));
    }

    [Fact]
    public void Is_refused_as_safe_to_text_unless_it_is_a_phone()
    {
        Given(Registered, Added with { Kind = ContactPointKind.Email, SafeToText = false });

        WhenAsked(state => FlagContactPoint.Decide(Flag with { SafeToText = true }, state, Now))
            .ShouldBeRefused(ClientRejections.TextOnlyToPhone());
    }

    [Fact]
    public void Is_refused_ahead_of_time()
    {
        Given(Registered, Added);

        WhenAsked(state => FlagContactPoint.Decide(Flag with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }
}

public sealed class RemovingAContactPoint : ContactPointSpec
{
    private static readonly RemoveContactPoint Remove = new(ClientId, PhoneId, Sealed<string>.Of("disconnected"), Today);

    [Fact]
    public void Records_it_once()
    {
        Given(Registered, Added);

        WhenAsked(state => RemoveContactPoint.Decide(Remove, state, Now)).ShouldRecord(Removed);
        WhenAsked(state => RemoveContactPoint.Decide(Remove, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_what_the_client_never_had()
    {
        WhenAsked(state => RemoveContactPoint.Decide(Remove, state, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));
        Given(Registered);
        WhenAsked(state => RemoveContactPoint.Decide(Remove, state, Now)).ShouldBeRefused(ClientRejections.ContactPointNotFound(PhoneId));
    }

    [Fact]
    public void Is_refused_ahead_of_time()
    {
        Given(Registered, Added);

        WhenAsked(state => RemoveContactPoint.Decide(Remove with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }
}
