using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Overdoses;
using FluentValidation;

namespace CaseFlow.Api.Overdoses;

/// <param name="KnownAt">When the agent learned, with its offset.</param>
public sealed record KnownRequest(DateTimeOffset KnownAt, LearnedFrom How)
{
    public static readonly KnownRequest Example = new(new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.FromHours(-6)), LearnedFrom.Hospital);
}

public sealed class KnownRequestValidator : AbstractValidator<KnownRequest>
{
    public KnownRequestValidator() => RuleFor(request => request.How).IsInEnum();
}

/// <param name="KnownAt">When the agent really learned.</param>
public sealed record CorrectKnowledgeRequest(DateTimeOffset KnownAt, string Reason)
{
    public static readonly CorrectKnowledgeRequest Example =
        new(new DateTimeOffset(2026, 3, 3, 15, 0, 0, TimeSpan.FromHours(-6)), "The call came in the afternoon; the morning was a typing error.");
}

public sealed class CorrectKnowledgeRequestValidator : AbstractValidator<CorrectKnowledgeRequest>
{
    public CorrectKnowledgeRequestValidator() => RuleFor(request => request.Reason).NotNull().MustBeText();
}

/// <param name="DutyId">The client's latest duty when left out.</param>
public sealed record WhichDuty(Guid? DutyId = null)
{
    public static readonly WhichDuty Example = new();
}

public sealed class WhichDutyValidator : AbstractValidator<WhichDuty>
{
    public WhichDutyValidator() => RuleFor(request => request.DutyId).NotEqual(Guid.Empty);
}

/// <summary>The person who sends this is the one who spoke to the client.</summary>
/// <param name="Answer">The client's own words, stored sealed.</param>
public sealed record NotInterestedRequest(DateTimeOffset AskedAt, ContactMode Mode, string Answer, Guid? DutyId = null)
{
    public static readonly NotInterestedRequest Example =
        new(new DateTimeOffset(2026, 3, 3, 14, 0, 0, TimeSpan.FromHours(-6)), ContactMode.Phone, "Not now, maybe later.");
}

public sealed class NotInterestedRequestValidator : AbstractValidator<NotInterestedRequest>
{
    public NotInterestedRequestValidator()
    {
        RuleFor(request => request.Mode).IsInEnum();
        RuleFor(request => request.Answer).NotNull().MustBeText();
    }
}

/// <param name="Attempts">Every attempt to reach the client; none needed when the client is gone.</param>
public sealed record ImpossibleRequest(ImpossibleReason Reason, IReadOnlyList<ContactAttempt>? Attempts = null, Guid? DutyId = null)
{
    public static readonly ImpossibleRequest Example = new(ImpossibleReason.ClientGone);
}

public sealed class ImpossibleRequestValidator : AbstractValidator<ImpossibleRequest>
{
    public ImpossibleRequestValidator()
    {
        RuleFor(request => request.Reason).IsInEnum();
        RuleFor(request => request.Attempts).Must(attempts => attempts is null || attempts.Count <= 100).WithErrorCode("count").WithMessage("At most 100 attempts.");
        RuleForEach(request => request.Attempts).ChildRules(attempt =>
        {
            attempt.RuleFor(one => one.Mode).IsInEnum();
            attempt.RuleFor(one => one.Outcome).IsInEnum();
        });
    }
}

/// <param name="ReasonCode">From the policy's list.</param>
/// <param name="Evidence">Where the proof is, stored sealed.</param>
public sealed record ExemptRequest(string ReasonCode, string? Evidence = null, Guid? DutyId = null)
{
    public static readonly ExemptRequest Example = new("in-custody-elsewhere", "Booking sheet of the county jail.");
}

public sealed class ExemptRequestValidator : AbstractValidator<ExemptRequest>
{
    public ExemptRequestValidator()
    {
        RuleFor(request => request.ReasonCode).NotNull().MustBeSlug();
        RuleFor(request => request.Evidence).MustBeText();
    }
}

/// <param name="Reason">What is missing, stored sealed.</param>
public sealed record ReturnRequest(string Reason, Guid? DutyId = null)
{
    public static readonly ReturnRequest Example = new("The receipt is of another client; please attach the right one.");
}

public sealed class ReturnRequestValidator : AbstractValidator<ReturnRequest>
{
    public ReturnRequestValidator() => RuleFor(request => request.Reason).NotNull().MustBeText();
}
