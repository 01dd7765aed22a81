using CaseFlow.Api.Consents;
using CaseFlow.Api.Http;
using CaseFlow.Domain.Erasure;
using FluentValidation;

namespace CaseFlow.Api.Erasures;

/// <param name="ReasonCode">From the policy's list of reasons.</param>
/// <param name="Reference">The order's own number, stored sealed apart from the client's content.</param>
/// <param name="LeftTo">Whom the order leaves the record to until it is lifted or carried out; nobody when it is left out.</param>
/// <param name="LeftToClient">The client keeps the copy of the own record, unless the order says that they do not.</param>
public sealed record OrderRequest(
    ErasureScope Scope, ErasureAuthority Authority, string ReasonCode, string Reference, IReadOnlyList<SealedFor>? LeftTo = null, bool LeftToClient = true,
    WhenPart? When = null)
{
    public static readonly OrderRequest Example = new(ErasureScope.WholeRecord, ErasureAuthority.Court, "adult-expunction", "Order of branch 3");
}

public sealed class OrderRequestValidator : AbstractValidator<OrderRequest>
{
    public OrderRequestValidator()
    {
        RuleFor(request => request.ReasonCode).NotNull().MustBeSlug();
        RuleFor(request => request.Reference).NotNull().MustBeLine();
        RuleFor(request => request.LeftTo).MustBeShort();
        RuleForEach(request => request.LeftTo).ChildRules(one => one.RuleFor(left => left.AgencyId).NotNull().MustBeSlug());
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="Reference">The lifting order's own number, stored sealed apart from the client's content.</param>
public sealed record LiftRequest(ErasureAuthority Authority, string Reference, WhenPart? When = null)
{
    public static readonly LiftRequest Example = new(ErasureAuthority.Court, "Order of branch 3 of 9 March");
}

public sealed class LiftRequestValidator : AbstractValidator<LiftRequest>
{
    public LiftRequestValidator()
    {
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
public sealed record Erased(Guid OrderId, DateTimeOffset UnusableEverywhereBy)
{
    /// <summary>Every record of the person: it is carried out on all of them, whichever it was given of. None where it is an overdose of nobody known.</summary>
    public IReadOnlyList<Guid> Records { get; init; } = [];
}
