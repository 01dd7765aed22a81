using System.Text.RegularExpressions;
using FluentValidation;

namespace CaseFlow.Api.Http;

/// <summary>Ids that people choose: agencies, offices, programmes, staff, jurisdictions.</summary>
public static partial class Slug
{
    /// <returns>Whether the text is 1 to 63 lower-case letters, digits and hyphens, not beginning with a hyphen.</returns>
    public static bool IsOne(string? text) => text is not null && Pattern().IsMatch(text);

    /// <summary>Refuses anything but a slug; null passes (say <c>NotNull()</c> where it is needed).</summary>
    public static IRuleBuilderOptions<T, string?> MustBeSlug<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || IsOne(text))
        .WithErrorCode("slug")
        .WithMessage("1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit.");

    /// <summary>Refuses the empty id.</summary>
    public static IRuleBuilderOptions<T, Guid> MustBeAnId<T>(this IRuleBuilder<T, Guid> rule) => rule
        .NotEqual(Guid.Empty).WithErrorCode("id").WithMessage("An id of an existing or new record, not the empty one.");

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
