using CaseFlow.Api.Http;
using CaseFlow.Domain.Overdoses;
using FluentValidation;

namespace CaseFlow.Api.Overdoses;

public sealed record IdentifyRequest(Guid ClientId, IdentifiedBy How, WhenPart? When = null)
{
    public static readonly IdentifyRequest Example = new(Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), IdentifiedBy.Document);
}

public sealed class IdentifyRequestValidator : AbstractValidator<IdentifyRequest>
{
    public IdentifyRequestValidator()
    {
        RuleFor(request => request.ClientId).MustBeAnId();
        RuleFor(request => request.How).IsInEnum();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record ConfirmRequest(ConfirmedBy By, WhenPart? When = null)
{
    public static readonly ConfirmRequest Example = new(ConfirmedBy.Hospital);
}

public sealed class ConfirmRequestValidator : AbstractValidator<ConfirmRequest>
{
    public ConfirmRequestValidator()
    {
        RuleFor(request => request.By).IsInEnum();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record RuleOutRequest(string Reason, WhenPart? When = null)
{
    public static readonly RuleOutRequest Example = new("Laboratory found no substance; a diabetic emergency.");
}

public sealed class RuleOutRequestValidator : AbstractValidator<RuleOutRequest>
{
    public RuleOutRequestValidator()
    {
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="CorrectedEventId">The report's event id, as the overdose's page shows it.</param>
/// <param name="Details">All details as they should have been reported.</param>
/// <param name="When">The time as it should have been reported.</param>
public sealed record CorrectRequest(Guid CorrectedEventId, DetailsPart Details, string Reason, WhenPart When)
{
    public static readonly CorrectRequest Example = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000003"),
        DetailsPart.Example,
        "The hospital corrected the time of arrival.",
        new WhenPart(new DateTimeOffset(2026, 3, 2, 22, 10, 0, TimeSpan.Zero)));
}

public sealed class CorrectRequestValidator : AbstractValidator<CorrectRequest>
{
    public CorrectRequestValidator()
    {
        RuleFor(request => request.CorrectedEventId).MustBeAnId();
        RuleFor(request => request.Details).SetValidator(new DetailsPartValidator());
        RuleFor(request => request.Reason).NotNull().MustBeText();
        RuleFor(request => request.When).SetValidator(new WhenPartValidator());
    }
}
