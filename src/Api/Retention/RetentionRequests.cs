using CaseFlow.Api.Http;
using FluentValidation;

namespace CaseFlow.Api.Retention;

/// <param name="EndsOn">When the period ended, as the list showed it.</param>
/// <param name="PolicyVersion">By which version of the policy, as the list showed it; left out while there is none.</param>
public sealed record ApprovalRequest(DateOnly EndsOn, int? PolicyVersion = null)
{
    public static readonly ApprovalRequest Example = new(new DateOnly(2026, 3, 1), 3);
}

public sealed class ApprovalRequestValidator : AbstractValidator<ApprovalRequest>
{
    public ApprovalRequestValidator() => RuleFor(request => request.EndsOn).NotEmpty();
}

/// <param name="Until">The first local day on which the record need not be kept any more.</param>
/// <param name="ReasonCode">From the policy's list of reasons to keep a record longer.</param>
public sealed record PostponementRequest(DateOnly Until, string ReasonCode)
{
    public static readonly PostponementRequest Example = new(new DateOnly(2028, 3, 1), "litigation-expected");
}

public sealed class PostponementRequestValidator : AbstractValidator<PostponementRequest>
{
    public PostponementRequestValidator()
    {
        RuleFor(request => request.Until).NotEmpty();
        RuleFor(request => request.ReasonCode).NotNull().MustBeSlug();
    }
}
