using CaseFlow.Domain;
using FluentValidation;

namespace CaseFlow.Api.Http;

/// <summary>Ids that people choose: agencies, offices, programmes, staff, jurisdictions.</summary>
public static class SlugRules
{
    /// <summary>Refuses anything but a slug; null passes (say <c>NotNull()</c> where it is needed).</summary>
    public static IRuleBuilderOptions<T, string?> MustBeSlug<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || Slug.IsValid(text))
        .WithErrorCode("slug")
        .WithMessage("1 to 63 lower-case letters, digits and single hyphens between them.");

    /// <summary>Refuses the empty id.</summary>
    public static IRuleBuilderOptions<T, Guid> MustBeAnId<T>(this IRuleBuilder<T, Guid> rule) => rule
        .NotEqual(Guid.Empty).WithErrorCode("id").WithMessage("An id of an existing or new record, not the empty one.");
}
