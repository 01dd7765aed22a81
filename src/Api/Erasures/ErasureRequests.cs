using CaseFlow.Api.Http;
using CaseFlow.Domain.Erasure;
using FluentValidation;

namespace CaseFlow.Api.Erasures;

/// <param name="ReasonCode">From the policy's list of reasons.</param>
/// <param name="Reference">The order's own number, stored sealed apart from the client's content.</param>
public sealed record OrderRequest(ErasureScope Scope, ErasureAuthority Authority, string ReasonCode, string Reference, WhenPart? When = null)
{
    public static readonly OrderRequest Example = new(ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", "Order of branch 3");
}

public sealed class OrderRequestValidator : AbstractValidator<OrderRequest>
{
    public OrderRequestValidator()
    {
        RuleFor(request => request.ReasonCode).NotNull().MustBeSlug();
        RuleFor(request => request.Reference).NotNull().MustBeLine();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="ReasonCode">From the policy's list of reasons for a hold.</param>
/// <param name="Reference">The case's or request's own number, stored sealed apart from the client's content.</param>
public sealed record HoldRequest(ErasureAuthority Authority, string ReasonCode, string Reference, WhenPart? When = null)
{
    public static readonly HoldRequest Example = new(ErasureAuthority.Prosecutor, "litigation", "Preservation letter of 2 March");
}

public sealed class HoldRequestValidator : AbstractValidator<HoldRequest>
{
    public HoldRequestValidator()
    {
        RuleFor(request => request.ReasonCode).NotNull().MustBeSlug();
        RuleFor(request => request.Reference).NotNull().MustBeLine();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record ReleaseRequest(ErasureAuthority Authority, WhenPart? When = null)
{
    public static readonly ReleaseRequest Example = new(ErasureAuthority.Prosecutor);
}

public sealed class ReleaseRequestValidator : AbstractValidator<ReleaseRequest>
{
    public ReleaseRequestValidator() => this.MayStateWhen(request => request.When);
}

public sealed record OrderRecorded(Guid OrderId);

public sealed record HoldRecorded(Guid HoldId);

/// <param name="UnusableEverywhereBy">A node that could not be told uses a key that it holds in memory until then at most.</param>
public sealed record Erased(Guid OrderId, DateTimeOffset UnusableEverywhereBy);
