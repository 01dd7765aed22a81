using CaseFlow.Api.Http;
using CaseFlow.Domain.Policies;
using FluentValidation;

namespace CaseFlow.Api.Policies;

/// <param name="PolicyVersion">The last version's number plus one: whoever publishes knew the versions before.</param>
/// <param name="EffectiveFrom">May lie in the past; what was decided before is never judged again.</param>
/// <param name="Policy">The whole policy; a version does not build on another.</param>
/// <param name="ChangeNote">What changed and why, for the register.</param>
public sealed record PublishPolicyRequest(int PolicyVersion, DateTimeOffset EffectiveFrom, JurisdictionPolicy Policy, string ChangeNote)
{
    public static readonly PublishPolicyRequest Example = new(
        1, new DateTimeOffset(2026, 1, 1, 6, 0, 0, TimeSpan.Zero), JurisdictionPolicy.Default("recovery-coaches"), "First policy of the county.");
}

/// <summary>Shape alone; what a policy must satisfy is judged by <see cref="PolicyRules"/>.</summary>
public sealed class PublishPolicyRequestValidator : AbstractValidator<PublishPolicyRequest>
{
    private const int MostDays = 14;
    private const int MostHolidays = 1000;
    private const int MostCodes = 100;

    public PublishPolicyRequestValidator()
    {
        RuleFor(request => request.PolicyVersion).GreaterThan(0);
        RuleFor(request => request.ChangeNote).NotNull().MustBeText();
        RuleFor(request => request.Policy.TimeZone).MustBeLine(100);
        RuleFor(request => request.Policy.OfficeHours).Must(days => days.Count <= MostDays).WithErrorCode("too-many").WithMessage($"At most {MostDays}.");
        RuleFor(request => request.Policy.Holidays).Must(days => days.Count <= MostHolidays).WithErrorCode("too-many").WithMessage($"At most {MostHolidays}.");
        RuleFor(request => request.Policy.OverdoseDuty.ProviderAgencyId).MustBeLine(100);
        RuleFor(request => request.Policy.OverdoseDuty.ExemptionReasons)
            .Must(codes => codes.Count <= MostCodes).WithErrorCode("too-many").WithMessage($"At most {MostCodes}.");
        RuleForEach(request => request.Policy.OverdoseDuty.ExemptionReasons).NotNull().MustBeLine(100);
        RuleFor(request => request.Policy.OverdoseDuty.NotInterestedModes)
            .Must(modes => modes.Count <= MostCodes).WithErrorCode("too-many").WithMessage($"At most {MostCodes}.");
        RuleFor(request => request.Policy.OverdoseDuty.MayDischarge)
            .Must(roles => roles.Count <= MostCodes).WithErrorCode("too-many").WithMessage($"At most {MostCodes}.");
        RuleFor(request => request.Policy.Consents!.MayReceiveRevocation)
            .Must(roles => roles.Count <= MostCodes).WithErrorCode("too-many").WithMessage($"At most {MostCodes}.")
            .When(request => request.Policy.Consents is not null);
        RuleFor(request => request.Policy.Consents!.CourtMonitoring)
            .Must(codes => codes.Count <= MostCodes).WithErrorCode("too-many").WithMessage($"At most {MostCodes}.")
            .When(request => request.Policy.Consents is not null);
        RuleFor(request => request.Policy.Consents!.ExpiryNoticeDays)
            .Must(days => days.Count <= MostCodes).WithErrorCode("too-many").WithMessage($"At most {MostCodes}.")
            .When(request => request.Policy.Consents is not null);
    }
}

public sealed record RetirePolicyRequest(string Reason)
{
    public static readonly RetirePolicyRequest Example = new("Replaced by version 2.");
}

public sealed class RetirePolicyRequestValidator : AbstractValidator<RetirePolicyRequest>
{
    public RetirePolicyRequestValidator() => RuleFor(request => request.Reason).NotNull().MustBeText();
}
