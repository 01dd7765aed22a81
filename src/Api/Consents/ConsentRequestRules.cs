using CaseFlow.Api.Http;
using CaseFlow.Domain.Consents;
using FluentValidation;

namespace CaseFlow.Api.Consents;

/// <summary>Shape alone: which elements a consent must have is the domain's to say.</summary>
public sealed class GrantConsentRequestValidator : AbstractValidator<GrantConsentRequest>
{
    public GrantConsentRequestValidator()
    {
        RuleFor(request => request.ConsentId).MustBeANewId();
        RuleFor(request => request.Disclosers).MustBeShort();
        RuleForEach(request => request.Disclosers).MustBeSlug();
        RuleFor(request => request.Recipients).MustBeShort();
        RuleForEach(request => request.Recipients).MustBeSlug();
        RuleFor(request => request.RecipientRoles).MustBeShort();
        RuleFor(request => request.RecipientPerson).MustBeLine();
        RuleFor(request => request.Information).MustBeShort();
        RuleFor(request => request.Description).MustBeText();
        RuleFor(request => request.Purposes).MustBeShort();
        RuleFor(request => request.PurposeInWords).MustBeText();
        RuleFor(request => request.Form).SetValidator(new FormPartValidator()!).When(request => request.Form is not null);
    }
}

public sealed class FormPartValidator : AbstractValidator<FormPart>
{
    public FormPartValidator()
    {
        RuleFor(form => form.FormVersion).MustBeACode();
        RuleFor(form => form.ExplainedBy).MustBeSlug();
        RuleFor(form => form.Language).MustBeACode();
        RuleFor(form => form.SignedName).MustBeLine();
    }
}

public sealed class RenewConsentRequestValidator : AbstractValidator<RenewConsentRequest>
{
    public RenewConsentRequestValidator()
    {
        RuleFor(request => request.Term).NotNull();
        RuleFor(request => request.Form).NotNull().SetValidator(new FormPartValidator());
    }
}

/// <summary>Who would tell whom, whether the client is asked or refuses.</summary>
public abstract class ConsentQuestionValidator<TRequest> : AbstractValidator<TRequest>
    where TRequest : IConsentQuestion
{
    protected ConsentQuestionValidator()
    {
        RuleFor(request => request.ConsentId).MustBeANewId();
        RuleFor(request => request.Disclosers).NotEmpty().MustBeShort();
        RuleForEach(request => request.Disclosers).MustBeSlug();
        // A relative is told by name, and is no agency.
        RuleFor(request => request.Recipients).NotEmpty().When(request => request.Kind != ConsentKind.Family).MustBeShort();
        RuleForEach(request => request.Recipients).MustBeSlug();
        this.MayStateWhen(request => request.When);
    }
}

public sealed class RequestConsentRequestValidator : ConsentQuestionValidator<RequestConsentRequest>
{
    public RequestConsentRequestValidator()
    {
        RuleFor(request => request.Information).MustBeShort();
        RuleFor(request => request.Purposes).MustBeShort();
    }
}

public sealed class RefuseConsentRequestValidator : ConsentQuestionValidator<RefuseConsentRequest>
{
    public RefuseConsentRequestValidator()
    {
        RuleFor(request => request.ConsequenceTold).NotNull().MustBeText();
        RuleFor(request => request.Reason).MustBeText();
    }
}

public sealed class TakeBackRequestValidator : AbstractValidator<TakeBackRequest>
{
    public TakeBackRequestValidator()
    {
        RuleFor(request => request.Words).MustBeText();
        RuleFor(request => request.RelianceNote).MustBeText();
        RuleFor(request => request.RelianceNote).Null()
            .WithErrorCode("only-in-writing").WithMessage("What was done in reliance is noted with the revocation in writing; an oral request only holds.")
            .When(request => request.Mode != RevocationMode.Written);
        this.MayStateWhen(request => request.When);
    }
}

public sealed class LiftHoldRequestValidator : AbstractValidator<LiftHoldRequest>
{
    public LiftHoldRequestValidator()
    {
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}

public sealed class ConditionRequestValidator : AbstractValidator<ConditionRequest>
{
    public ConditionRequestValidator() => this.MayStateWhen(request => request.When);
}

internal static class ShortLists
{
    private const int Longest = 50;

    /// <summary>A form names a few agencies and kinds of information, each once; null passes.</summary>
    public static IRuleBuilderOptions<TRequest, IReadOnlyList<TItem>?> MustBeShort<TRequest, TItem>(this IRuleBuilder<TRequest, IReadOnlyList<TItem>?> rule) => rule
        .Must(list => list is null || (list.Count <= Longest && list.Distinct().Count() == list.Count))
        .WithErrorCode("short-list").WithMessage($"At most {Longest}, each once.");
}

public sealed class RetractConditionRequestValidator : AbstractValidator<RetractConditionRequest>
{
    public RetractConditionRequestValidator()
    {
        RuleFor(request => request.Reason).NotNull().MustBeText();
        this.MayStateWhen(request => request.When);
    }
}
