using CaseFlow.Api.Http;
using FluentValidation;

namespace CaseFlow.Api.Administration;

/// <param name="Reason">Why now; on record for ever, so never personal content.</param>
public sealed record ResumeViewRequest(string Reason)
{
    public static readonly ResumeViewRequest Example = new("The disk was full; there is room again.");
}

public sealed class ResumeViewRequestValidator : AbstractValidator<ResumeViewRequest>
{
    public ResumeViewRequestValidator() => RuleFor(request => request.Reason).NotNull().MustBeText();
}

/// <param name="EventId">The event that the view stands before, as the list of views shows it.</param>
/// <param name="Position">Its log position, from the same place.</param>
/// <param name="Reason">Why the view may do without it; on record for ever, so never personal content.</param>
public sealed record SkipEventRequest(Guid EventId, long Position, string Reason)
{
    public static readonly SkipEventRequest Example = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000007"), 4711, "The report was withdrawn; the next release reads it.");
}

public sealed class SkipEventRequestValidator : AbstractValidator<SkipEventRequest>
{
    public SkipEventRequestValidator()
    {
        RuleFor(request => request.EventId).MustBeAnId();
        RuleFor(request => request.Position).GreaterThan(0);
        RuleFor(request => request.Reason).NotNull().MustBeText();
    }
}
