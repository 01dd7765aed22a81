using CaseFlow.Api.Http;
using CaseFlow.Domain.Referrals;
using FluentValidation;

namespace CaseFlow.Api.Referrals;

/// <param name="ReferralId">Chosen by the caller so that telling it twice records it once; made when left out.</param>
/// <param name="DutyId">The duty it is to discharge, when there is one.</param>
/// <param name="Message">To the receiver, stored sealed.</param>
public sealed record CreateReferralRequest(
    Guid ClientId, string ToAgencyId, Guid? ReferralId = null, Guid? DutyId = null, string Need = "recovery-coach", string? Message = null)
{
    public static readonly Guid ExampleId = Guid.Parse("0195d6c4-0000-7000-8000-000000000005");

    public static readonly CreateReferralRequest Example = new(
        Guid.Parse("0195d6c4-0000-7000-8000-000000000001"), "safe-communities", DutyId: Guid.Parse("0195d6c4-0000-8000-8000-000000000004"));
}

public sealed record ReferralCreatedAnswer(Guid ReferralId);

public sealed class CreateReferralRequestValidator : AbstractValidator<CreateReferralRequest>
{
    public CreateReferralRequestValidator()
    {
        RuleFor(request => request.ClientId).MustBeAnId();
        RuleFor(request => request.ReferralId).MustBeANewId();
        RuleFor(request => request.DutyId).NotEqual(Guid.Empty);
        RuleFor(request => request.ToAgencyId).NotNull().MustBeSlug();
        RuleFor(request => request.Need).NotNull().MustBeSlug();
        RuleFor(request => request.Message).MustBeText();
    }
}

public sealed record SendRequest(ReferralChannel Channel = ReferralChannel.Inbox)
{
    public static readonly SendRequest Example = new();
}

public sealed class SendRequestValidator : AbstractValidator<SendRequest>
{
    public SendRequestValidator() => RuleFor(request => request.Channel).IsInEnum();
}

public sealed record WithdrawRequest(WithdrawalReason Reason)
{
    public static readonly WithdrawRequest Example = new(WithdrawalReason.SentInError);
}

public sealed class WithdrawRequestValidator : AbstractValidator<WithdrawRequest>
{
    public WithdrawRequestValidator() => RuleFor(request => request.Reason).IsInEnum();
}

/// <param name="Receipt">The transport's receipt number.</param>
public sealed record ReceiptRequest(string Receipt, WhenPart? When = null)
{
    public static readonly ReceiptRequest Example = new("fax-2026-03-03-0017");
}

public sealed class ReceiptRequestValidator : AbstractValidator<ReceiptRequest>
{
    public ReceiptRequestValidator()
    {
        RuleFor(request => request.Receipt).NotNull().MustBeACode();
        this.MayStateWhen(request => request.When);
    }
}

/// <param name="Reason">Why it did not arrive, stored sealed.</param>
public sealed record FailureRequest(string Reason, WhenPart? When = null)
{
    public static readonly FailureRequest Example = new("The fax line was busy.");
}

public sealed class FailureRequestValidator : AbstractValidator<FailureRequest>
{
    public FailureRequestValidator()
    {
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}
