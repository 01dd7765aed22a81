using CaseFlow.Api.Http;
using CaseFlow.Domain;
using CaseFlow.Domain.Referrals;
using FluentValidation;

namespace CaseFlow.Api.Referrals;

/// <param name="When">When it happened; now when left out.</param>
public sealed record WhenOnly(WhenPart? When = null)
{
    public static readonly WhenOnly Example = new();
}

public sealed class WhenOnlyValidator : AbstractValidator<WhenOnly>
{
    public WhenOnlyValidator() => this.MayStateWhen(request => request.When);
}

public sealed record DeclineRequest(ReceiverDeclineReason Reason, WhenPart? When = null)
{
    public static readonly DeclineRequest Example = new(ReceiverDeclineReason.NoCapacity);
}

public sealed class DeclineRequestValidator : AbstractValidator<DeclineRequest>
{
    public DeclineRequestValidator()
    {
        RuleFor(request => request.Reason).IsInEnum();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="Reason">Stored sealed.</param>
public sealed record RedirectRequest(string ToAgencyId, string Reason, WhenPart? When = null)
{
    public static readonly RedirectRequest Example = new("tellurian", "The client lives in their area.");
}

public sealed class RedirectRequestValidator : AbstractValidator<RedirectRequest>
{
    public RedirectRequestValidator()
    {
        RuleFor(request => request.ToAgencyId).NotNull().MustBeSlug();
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record AttemptRequest(ContactMode Mode, AttemptOutcome Outcome, WhenPart? When = null)
{
    public static readonly AttemptRequest Example = new(ContactMode.Phone, AttemptOutcome.NoAnswer);
}

public sealed class AttemptRequestValidator : AbstractValidator<AttemptRequest>
{
    public AttemptRequestValidator()
    {
        RuleFor(request => request.Mode).IsInEnum();
        RuleFor(request => request.Outcome).IsInEnum();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record FirstContactRequest(ContactMode Mode, WhenPart? When = null)
{
    public static readonly FirstContactRequest Example = new(ContactMode.InPerson);
}

public sealed class FirstContactRequestValidator : AbstractValidator<FirstContactRequest>
{
    public FirstContactRequestValidator()
    {
        RuleFor(request => request.Mode).IsInEnum();
        this.MayStateWhen(request => request.When);
    }
}

public sealed record CloseRequest(ReferralOutcome Outcome, WhenPart? When = null)
{
    public static readonly CloseRequest Example = new(ReferralOutcome.GotHelp);
}

public sealed class CloseRequestValidator : AbstractValidator<CloseRequest>
{
    public CloseRequestValidator()
    {
        RuleFor(request => request.Outcome).IsInEnum();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="Reason">Stored sealed.</param>
public sealed record ReopenRequest(string Reason, WhenPart? When = null)
{
    public static readonly ReopenRequest Example = new("The client called back.");
}

public sealed class ReopenRequestValidator : AbstractValidator<ReopenRequest>
{
    public ReopenRequestValidator()
    {
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}
