using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Consents;
using FluentValidation;

namespace CaseFlow.Api.Consents;

/// <param name="DisclosingAgency">The agency that is asked.</param>
/// <param name="RecipientAgency">Not to be told; nobody when it is left out.</param>
/// <param name="Information">Everything when it is left out.</param>
/// <param name="Purposes">All when it is left out.</param>
/// <param name="Words">The client's own words, stored sealed.</param>
/// <param name="PaidInFull">The client paid for the service in full: for payment and operations the agency then has to agree.</param>
public sealed record RestrictionRequest(
    string DisclosingAgency,
    string? RecipientAgency = null,
    IReadOnlyList<ConsentInformation>? Information = null,
    IReadOnlyList<ConsentPurpose>? Purposes = null,
    string? Words = null,
    bool PaidInFull = false,
    Guid? RestrictionId = null,
    WhenPart? When = null)
{
    public static readonly RestrictionRequest Example =
        new("recovery-coaches", "dcc", [ConsentInformation.TestResults], Words: "Not my tests, please.");
}

public sealed class RestrictionRequestValidator : AbstractValidator<RestrictionRequest>
{
    public RestrictionRequestValidator()
    {
        RuleFor(request => request.DisclosingAgency).NotNull().MustBeSlug();
        RuleFor(request => request.RecipientAgency).MustBeSlug();
        RuleFor(request => request.Information).MustBeShort();
        RuleFor(request => request.Purposes).MustBeShort();
        RuleFor(request => request.Words).MustBeText();
        RuleFor(request => request.RestrictionId).MustBeANewId();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record AgreeRequest(WhenPart? When = null)
{
    public static readonly AgreeRequest Example = new();
}

public sealed class AgreeRequestValidator : AbstractValidator<AgreeRequest>
{
    public AgreeRequestValidator() => this.MayStateWhen(request => request.When);
}

/// <param name="Reason">Stored sealed.</param>
public sealed record DeclineRestrictionRequest(string Reason, WhenPart? When = null)
{
    public static readonly DeclineRestrictionRequest Example = new("The court orders these results.");
}

public sealed class DeclineRestrictionRequestValidator : AbstractValidator<DeclineRestrictionRequest>
{
    public DeclineRestrictionRequestValidator()
    {
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="Words">What was said, stored sealed.</param>
public sealed record EndRestrictionRequest(string? Words = null, WhenPart? When = null)
{
    public static readonly EndRestrictionRequest Example = new("They may know my tests now.");
}

public sealed class EndRestrictionRequestValidator : AbstractValidator<EndRestrictionRequest>
{
    public EndRestrictionRequestValidator()
    {
        RuleFor(request => request.Words).MustBeText();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="CaseReference">Court and case number, stored sealed.</param>
/// <param name="OrderedUntil">Left out when the order names no end.</param>
/// <param name="RecipientRoles">Who at the receiving agency; left out when the order names nobody.</param>
public sealed record CourtOrderRequest(
    CourtOrderBasis Basis,
    string DisclosingAgency,
    string RecipientAgency,
    IReadOnlyList<ConsentInformation> Information,
    string CaseReference,
    DateTimeOffset? OrderedUntil = null,
    IReadOnlyList<Role>? RecipientRoles = null,
    Guid? OrderId = null,
    WhenPart? When = null)
{
    public static readonly CourtOrderRequest Example = new(
        CourtOrderBasis.NonCriminal, "recovery-coaches", "dcc", [ConsentInformation.Attendance], "Circuit court, branch 1, a civil case");
}

public sealed class CourtOrderRequestValidator : AbstractValidator<CourtOrderRequest>
{
    public CourtOrderRequestValidator()
    {
        RuleFor(request => request.DisclosingAgency).NotNull().MustBeSlug();
        RuleFor(request => request.RecipientAgency).NotNull().MustBeSlug();
        RuleFor(request => request.Information).NotEmpty().MustBeShort();
        RuleFor(request => request.RecipientRoles).MustBeShort();
        RuleFor(request => request.CaseReference).NotNull().MustBeText();
        RuleFor(request => request.OrderId).MustBeANewId();
        this.MayStateWhen(request => request.When);
    }
}
