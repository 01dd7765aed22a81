using System.Text.RegularExpressions;
using CaseFlow.Domain;
using FluentValidation;

namespace CaseFlow.Api.Http;

/// <summary>Ids that people choose: agencies, offices, programmes, staff, jurisdictions.</summary>
public static partial class SlugRules
{
    /// <summary>Refuses anything but a slug; null passes (say <c>NotNull()</c> where it is needed).</summary>
    public static IRuleBuilderOptions<T, string?> MustBeSlug<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || Slug.IsValid(text))
        .WithErrorCode("slug")
        .WithMessage("1 to 63 lower-case letters, digits and single hyphens between them.");

    /// <summary>Numbers and codes of other systems: letters, digits and <c>. _ : / -</c>, at most 64, without spaces.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeACode<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || (text.Length is > 0 and <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "._:/-".Contains(letter))))
        .WithErrorCode("code")
        .WithMessage("1 to 64 letters, digits and . _ : / -, without spaces.");

    /// <summary>An area without identity: a code such as <c>north</c>, or FIPS state, county and its name. Never an address: that is somebody.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeAnArea<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || Slug.IsValid(text) || County().IsMatch(text))
        .WithErrorCode("area")
        .WithMessage("A code of small letters, digits and hyphens, or a county such as \"PA-045 Delaware\"; never an address.");

    [GeneratedRegex(@"\A[A-Z]{2}-[0-9]{3} [A-Z][A-Za-z]{1,20}\z", RegexOptions.CultureInvariant)]
    private static partial Regex County();

    /// <summary>
    /// An id that the caller chose for a new record: random or by time (RFC 9562 version 4 or 7). The system's own derived
    /// ids (version 8) are refused, or a caller could ask about, or take, the id of a record that is not theirs.
    /// </summary>
    public static IRuleBuilderOptions<T, Guid?> MustBeANewId<T>(this IRuleBuilder<T, Guid?> rule) => rule
        .Must(id => id is null || id.Value.Version is 4 or 7)
        .WithErrorCode("new-id")
        .WithMessage("An id for a new record is a UUID of version 4 or 7; leave it out to have one made.");

    /// <summary>Refuses the empty id.</summary>
    public static IRuleBuilderOptions<T, Guid> MustBeAnId<T>(this IRuleBuilder<T, Guid> rule) => rule
        .NotEqual(Guid.Empty).WithErrorCode("id").WithMessage("An id of an existing or new record, not the empty one.");
}
