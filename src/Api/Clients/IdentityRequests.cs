using CaseFlow.Api.Http;
using CaseFlow.Domain.Clients;
using FluentValidation;

namespace CaseFlow.Api.Clients;

/// <param name="CodeWord">Case, spaces and punctuation do not count. It is not kept.</param>
public sealed record CodeWordRequest(string CodeWord, WhenPart? When = null)
{
    public static readonly CodeWordRequest Example = new("Blue heron at dusk");
}

public sealed class CodeWordRequestValidator : AbstractValidator<CodeWordRequest>
{
    public CodeWordRequestValidator()
    {
        RuleFor(request => request.CodeWord).NotNull().MustBeLine();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="DocumentKind">A code of the policy, for a document that was seen. Its number is never asked for.</param>
public sealed record VerifyIdentityRequest(IdentityMethod How, string? DocumentKind = null, WhenPart? When = null)
{
    public static readonly VerifyIdentityRequest Example = new(IdentityMethod.DocumentSeen, "state-id");
}

public sealed class VerifyIdentityRequestValidator : AbstractValidator<VerifyIdentityRequest>
{
    public VerifyIdentityRequestValidator()
    {
        RuleFor(request => request.DocumentKind).MustBeSlug();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="VerifiedBy">A code of the policy.</param>
/// <param name="Source">How that became known, stored sealed.</param>
/// <param name="When">When the client died, often known to the day; and when that was learned.</param>
public sealed record DeathRequest(string VerifiedBy, string Source, WhenPart When)
{
    public static readonly DeathRequest Example =
        new("medical-examiner", "Told by telephone by the medical examiner's office.", new WhenPart(OccurredOn: new DateOnly(2026, 3, 1)));
}

public sealed class DeathRequestValidator : AbstractValidator<DeathRequest>
{
    public DeathRequestValidator()
    {
        RuleFor(request => request.VerifiedBy).NotNull().MustBeSlug();
        RuleFor(request => request.Source).NotNull().MustBeText();
        RuleFor(request => request.When).NotNull();
        this.MayStateWhen(request => request.When);
    }
}
