using CaseFlow.Api.Http;
using CaseFlow.Domain.Clients;
using FluentValidation;

namespace CaseFlow.Api.Clients;

public sealed record NameRequest(string GivenName, string FamilyName, WhenPart? When = null)
{
    public static readonly NameRequest Example = new("Dana", "Doe");
}

public sealed class NameRequestValidator : AbstractValidator<NameRequest>
{
    public NameRequestValidator()
    {
        RuleFor(request => request.GivenName).NotNull().MustBeLine();
        RuleFor(request => request.FamilyName).NotNull().MustBeLine();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record AliasRequest(string Alias, WhenPart? When = null)
{
    public static readonly AliasRequest Example = new("Dee");
}

public sealed class AliasRequestValidator : AbstractValidator<AliasRequest>
{
    public AliasRequestValidator()
    {
        RuleFor(request => request.Alias).NotNull().MustBeLine();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record BirthDateRequest(DateOnly BornOn, WhenPart? When = null)
{
    public static readonly BirthDateRequest Example = new(new DateOnly(1990, 12, 31));
}

public sealed class BirthDateRequestValidator : AbstractValidator<BirthDateRequest>
{
    public BirthDateRequestValidator() => this.MayStateWhen(request => request.When);
}

/// <param name="SafeToText">Only when the client said so.</param>
/// <param name="SafeToLeaveMessage">Only when the client said so.</param>
public sealed record ContactPointRequest(
    ContactPointKind Kind, string Value, bool SafeToText = false, bool SafeToLeaveMessage = false, WhenPart? When = null)
{
    public static readonly ContactPointRequest Example = new(ContactPointKind.Phone, "+1 608 555 0100", SafeToText: true);
}

public sealed class ContactPointRequestValidator : AbstractValidator<ContactPointRequest>
{
    public ContactPointRequestValidator()
    {
        RuleFor(request => request.Value).NotNull().MustBeLine();
        RuleFor(request => request.Value)
            .Must(value => value is null || value.Count(char.IsAsciiDigit) is >= 3 and <= 18)
            .When(request => request.Kind == ContactPointKind.Phone)
            .WithErrorCode("phone").WithMessage("A phone number has 3 to 18 digits.");
        RuleFor(request => request.Value).EmailAddress().When(request => request.Kind == ContactPointKind.Email);
        this.MayStateWhen(request => request.When);
    }
}

public sealed record SafetyRequest(bool SafeToText, bool SafeToLeaveMessage, WhenPart? When = null)
{
    public static readonly SafetyRequest Example = new(SafeToText: false, SafeToLeaveMessage: false);
}

public sealed class SafetyRequestValidator : AbstractValidator<SafetyRequest>
{
    public SafetyRequestValidator() => this.MayStateWhen(request => request.When);
}

/// <param name="Reason">Stored sealed.</param>
public sealed record ReasonRequest(string Reason, WhenPart? When = null)
{
    public static readonly ReasonRequest Example = new("It belongs to somebody else now.");
}

public sealed class ReasonRequestValidator : AbstractValidator<ReasonRequest>
{
    public ReasonRequestValidator()
    {
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record IdentifierRequest(IdentifierSystem System, string Value, WhenPart? When = null)
{
    public static readonly IdentifierRequest Example = new(IdentifierSystem.Doc, "123456");
}

public sealed class IdentifierRequestValidator : AbstractValidator<IdentifierRequest>
{
    public IdentifierRequestValidator()
    {
        RuleFor(request => request.Value).NotNull().MustBeLine();
        this.MayStateWhen(request => request.When);
    }
}

/// <summary>A number in the body, never in an address: addresses end up in logs.</summary>
public sealed record FindRequest(IdentifierSystem System, string Value)
{
    public static readonly FindRequest Example = new(IdentifierSystem.Doc, "123456");
}

public sealed class FindRequestValidator : AbstractValidator<FindRequest>
{
    public FindRequestValidator() => RuleFor(request => request.Value).NotNull().MustBeLine();
}
