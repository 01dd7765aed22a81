using CaseFlow.Domain;
using CaseFlow.Domain.Clients;

namespace CaseFlow.Unit.Clients;

public sealed class RegisteringAClient : ClientSpec
{
    private static readonly RegisterClient Register = new(ClientId, RegistrationSource.Supervision, "dcc", Joan, Today);

    [Fact]
    public void With_a_name_records_the_name_too() =>
        WhenAsked(state => RegisterClient.Decide(Register, state, Now)).ShouldRecord(Registered with { Anonymous = false }, Named);

    [Fact]
    public void Without_a_name_is_anonymous()
    {
        WhenAsked(state => RegisterClient.Decide(Register with { Name = null }, state, Now)).ShouldRecord(Registered);

        State.IsAnonymous.ShouldBeTrue();
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Registered, Named);

        WhenAsked(state => RegisterClient.Decide(Register, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Again_with_another_name_is_refused_and_drops_nothing_silently()
    {
        Given(Registered, Named);
        var other = Joan with { Family = Sealed<string>.Of("Roe"), Fingerprint = "f-joan-roe" };

        WhenAsked(state => RegisterClient.Decide(Register with { Name = other }, state, Now))
            .ShouldBeRefused(ClientRejections.RegisteredDifferently(ClientId));
    }

    [Theory]
    [InlineData(" ", "Doe", "givenName")]
    [InlineData("Joan", "", "familyName")]
    public void Is_refused_with_half_a_name(string given, string family, string field)
    {
        var name = new ClientName(Sealed<string>.Of(given), Sealed<string>.Of(family), "f");

        WhenAsked(state => RegisterClient.Decide(Register with { Name = name }, state, Now))
            .ShouldBeRefused(ClientRejections.NameIncomplete(field));
    }

    [Fact]
    public void Is_refused_ahead_of_time() =>
        WhenAsked(state => RegisterClient.Decide(Register with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
}

public sealed class CodingAClient
{
    private static readonly Guid Id = Guid.Parse("0195d6c4-0000-7000-8000-000000000001");

    [Fact]
    public void Gives_the_same_client_the_same_code() => ClientCode.Of(Id).ShouldBe(ClientCode.Of(Id));

    [Fact]
    public void Uses_eight_letters_and_digits_nobody_misreads() =>
        ClientCode.Of(Id).ShouldMatch("^C-[0-9A-HJKMNP-TV-Z]{8}$");

    [Fact]
    public void Tells_clients_apart_who_were_registered_together() => Enumerable.Range(0, 1000)
        .Select(n => ClientCode.Of(new Guid(n, 0, 0, new byte[8]))).Distinct().Count().ShouldBe(1000);
}

public sealed class RecordingAName : ClientSpec
{
    private static readonly RecordName Record = new(ClientId, Joan, Today);

    [Fact]
    public void Ends_anonymity()
    {
        Given(Registered);

        WhenAsked(state => RecordName.Decide(Record, state, Now)).ShouldRecord(Named);
        State.IsAnonymous.ShouldBeFalse();
    }

    [Fact]
    public void Twice_changes_nothing()
    {
        Given(Registered, Named);

        WhenAsked(state => RecordName.Decide(Record, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Takes_another_name_and_the_first_one_again()
    {
        Given(Registered, Named);
        var married = Joan with { Family = Sealed<string>.Of("Roe"), Fingerprint = "f-joan-roe" };

        WhenAsked(state => RecordName.Decide(Record with { Name = married }, state, Now)).Events.Count.ShouldBe(1);
        WhenAsked(state => RecordName.Decide(Record, state, Now)).ShouldRecord(Named);
    }

    [Fact]
    public void Is_refused_for_a_client_nobody_knows() =>
        WhenAsked(state => RecordName.Decide(Record, state, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));

    [Fact]
    public void Is_refused_with_half_a_name()
    {
        Given(Registered);
        var half = Joan with { Given = Sealed<string>.Of(""), Fingerprint = "f-doe" };

        WhenAsked(state => RecordName.Decide(Record with { Name = half }, state, Now))
            .ShouldBeRefused(ClientRejections.NameIncomplete("givenName"));
    }

    [Fact]
    public void Is_refused_ahead_of_time()
    {
        Given(Registered);

        WhenAsked(state => RecordName.Decide(Record with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }
}

public sealed class AddingAnAlias : ClientSpec
{
    private static readonly AddAlias Add = new(ClientId, Sealed<string>.Of("JD"), "f-jd", Today);

    [Fact]
    public void Records_it_once()
    {
        Given(Registered);

        WhenAsked(state => AddAlias.Decide(Add, state, Now)).ShouldRecord(
            new AliasAdded(Add.Alias) { ClientId = ClientId, AliasId = ValueId.Of(ClientId, "alias", "f-jd") }.At(Now));
        WhenAsked(state => AddAlias.Decide(Add, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_a_client_nobody_knows() =>
        WhenAsked(state => AddAlias.Decide(Add, state, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));

    [Fact]
    public void Is_refused_empty_or_ahead_of_time()
    {
        Given(Registered);

        WhenAsked(state => AddAlias.Decide(Add with { Alias = Sealed<string>.Of(" ") }, state, Now))
            .ShouldBeRefused(ClientRejections.ValueMissing("alias"));
        WhenAsked(state => AddAlias.Decide(Add with { When = Tomorrow }, state, Now)).ShouldBeRefused(InFuture);
    }
}

public sealed class RecordingABirthDate : ClientSpec
{
    private static readonly RecordBirthDate Record = new(ClientId, Sealed<string>.Of("1990-12-31"), "f-1990-12-31", Today);

    [Fact]
    public void Records_it_once()
    {
        Given(Registered);

        WhenAsked(state => RecordBirthDate.Decide(Record, state, Now)).ShouldRecord(new BirthDateRecorded(Record.BornOn)
        {
            ClientId = ClientId,
            BirthDateId = ValueId.Of(ClientId, "birth-date", "f-1990-12-31"),
        }.At(Now));
        WhenAsked(state => RecordBirthDate.Decide(Record, state, Now)).ShouldBeAlreadyDone();
    }

    [Fact]
    public void Is_refused_for_what_cannot_be_a_birth_date()
    {
        Given(Registered);

        Refusal("31.12.1990").ShouldBe(ClientRejections.BirthDateInvalid());
        Refusal("1990-02-30").ShouldBe(ClientRejections.BirthDateInvalid());
        Refusal("2026-03-04").ShouldBe(ClientRejections.BirthDateInFuture());
        Refusal("1906-03-02").ShouldBe(ClientRejections.BirthDateTooLongAgo());
        Refusal("2026-03-03").ShouldBeNull();
        Refusal("1906-03-03").ShouldBeNull();
    }

    [Fact]
    public void Is_refused_for_a_client_nobody_knows() =>
        WhenAsked(state => RecordBirthDate.Decide(Record, state, Now)).ShouldBeRefused(ClientRejections.NotFound(ClientId));

    private Rejection? Refusal(string bornOn) =>
        RecordBirthDate.Decide(Record with { BornOn = Sealed<string>.Of(bornOn), Fingerprint = bornOn }, State, Now).Rejection;
}
